/** The people who can be played, by role, and the chats of each. */

import { addPerson } from "./api.js";
import { el, icon, iconButton } from "./dom.js";
import { ask, choice, field } from "./menu.js";
import { avatarOf } from "./message.js";

const ROLES = { facilitator: "Facilitators", participant: "Lab participants", resident: "Residents" };
const LANGUAGES = ["nl", "fr", "de", "en"];

/** Draw the list into `node`; `unread(person, chatId)` counts, `open(person, chatId, beside)` opens. */
export function drawPeople(node, { store, layout, unread, open }) {
  const focused = document.activeElement?.dataset?.key;
  const roles = [...new Set([...Object.keys(ROLES).reverse(), ...[...store.people.values()].map(({ role }) => role)])];
  const groups = roles.map((role) => [role, [...store.people.values()].filter((person) => person.role === role)]);
  const draw = { store, layout, unread, open };
  const sections = groups
    .filter(([, people]) => people.length)
    .map(([role, people]) => [el("h2", {}, ROLES[role] ?? role), el("ul", {}, people.map((person) => personItem(person, draw)))]);
  const add = el("button", { type: "button", class: "quiet add-person", on: { click: () => askPerson(open) } }, icon("add"), "Add a person");
  node.replaceChildren(...sections.flat(), add);
  if (focused) node.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function personItem(person, draw) {
  const { store } = draw;
  const tone = `tone-${store.toneOf(person.id)}`;
  const chats = store.chatsOf(person.id).map((chat) => chatItem(person, chat, draw));
  return el(
    "li",
    { class: `person ${tone}` },
    el("p", { class: "person-name" }, avatarOf(person), el("strong", {}, store.nameOf(person.id)), el("small", {}, languageOf(person))),
    el("ul", {}, chats),
  );
}

function chatItem(person, chat, { store, layout, unread, open }) {
  const isOpen = layout.open.some((pane) => pane.person === person.id && pane.chatId === chat.id);
  const title = chat.type === "private" ? "Chat with the bot" : store.titleOf(chat);
  const count = unread(person.id, chat.id);
  const badge = count ? el("span", { class: "badge" }, String(count), el("span", { class: "unseen" }, " new")) : null;
  const key = `${person.id}.${chat.id}`;
  const main = el(
    "button",
    {
      type: "button",
      class: "chat-link",
      "aria-current": isOpen ? "true" : null,
      data: { key },
      on: { click: () => open(person.id, chat.id, false) },
    },
    el("span", {}, title),
    badge,
  );
  const beside = iconButton("beside", `Open ${store.nameOf(person.id)}, ${title}, beside`, () => open(person.id, chat.id, true));
  beside.dataset.key = `${key} beside`;
  return el("li", { class: "chat" }, main, layout.hasRoom && !isOpen ? beside : null);
}

function languageOf({ language_code: code }) {
  if (!code) return "";
  const language = code.slice(0, 2);
  return new Intl.DisplayNames([language], { type: "language" }).of(language);
}

function askPerson(open) {
  const fields = [
    field("First name", "first_name", { required: true, maxlength: 64 }),
    choice("Language of their phone", "language_code", LANGUAGES.map((code) => [code, languageOf({ language_code: code })])),
  ];
  const submit = async (answers) => {
    const person = await addPerson(Object.fromEntries(answers));
    open(person.id, person.id, true);
  };
  ask("Add a person", fields, submit, { send: "Add", note: "They get a private chat with the bot." });
}
