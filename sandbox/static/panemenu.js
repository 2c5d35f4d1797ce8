/** What can be done with a chat as a whole. */

import * as api from "./api.js";
import { botLink } from "./links.js";
import { alertWith, ask, choice, field } from "./menu.js";

const STATUSES = [
  ["member", "Let the bot be a member"],
  ["administrator", "Make the bot an administrator"],
  ["left", "Remove the bot"],
];

/** The entries of a pane's menu. */
export function paneMenu(pane) {
  const { chat, person } = pane;
  const attempt = (action) => action().catch((error) => pane.composer.complain(error.message));
  if (chat.type === "private") {
    const isBlocked = chat.bot_status === "kicked";
    const label = isBlocked ? "Unblock the bot" : "Block the bot";
    return [
      { label: "About the bot", run: () => tellAbout(pane) },
      { label: "Open a link to the bot", run: () => askLink(pane) },
      { label, run: () => attempt(() => api.block(person, !isBlocked)) },
    ];
  }
  const statuses = STATUSES.filter(([status]) => status !== chat.bot_status && !(status === "left" && chat.bot_status === "kicked"));
  return [
    ...statuses.map(([status, label]) => ({ label, run: () => attempt(() => api.setBotStatus(chat.id, person, status)) })),
    chat.is_forum ? { label: "Begin a topic", run: () => askTopic(pane) } : null,
    chat.type === "group" ? { label: "Upgrade to a supergroup", run: () => attempt(() => api.upgrade(chat.id)) } : null,
  ];
}

/** What a phone shows of the bot, in the person's language. */
function tellAbout({ store, person, chat }) {
  const words = [`@${store.bot.username}`, store.botSays("short_description", person), store.botSays("description", person)];
  alertWith(store.titleOf(chat), words.filter(Boolean).join("\n\n"));
}

function askTopic(pane) {
  const made = async (answers) => {
    const began = await api.beginTopic(pane.chatId, { from: pane.person, name: answers.get("name") });
    pane.store.keep(began);
  };
  ask("Begin a topic", field("Name", "name", { required: true, maxlength: 128 }), made, { send: "Begin" });
}

/** Follow a link as from a poster or another chat. */
function askLink(pane) {
  const follow = (answers) => {
    const asked = botLink(answers.get("link").trim(), pane.store.bot.username);
    if (!asked) throw new api.Refusal(`This is no link to @${pane.store.bot.username}.`);
    pane.openBot(asked);
  };
  const value = `https://t.me/${pane.store.bot.username}?start=`;
  ask("Open a link to the bot", field("Link", "link", { type: "url", required: true, value }), follow, { send: "Open" });
}

/** Ask in which of the person's groups a link for groups is followed. */
export function askGroup(pane, asked) {
  const groups = pane.store.chatsOf(pane.person).filter((chat) => chat.type !== "private");
  if (!groups.length) {
    pane.toast(`${pane.name} is in no group.`);
    return;
  }
  const options = groups.map((chat) => [String(chat.id), chat.title]);
  const add = async (answers) => {
    const chatId = Number(answers.get("chat"));
    pane.store.keep(await api.openLink(pane.person, { link: asked.address, chat_id: chatId }));
    pane.actions.open(pane.person, chatId);
  };
  const note = "The bot becomes a member and is started there.";
  ask("Add the bot to a group", choice("Group", "chat", options), add, { send: "Add", note });
}

/** Ask in which chat something goes on; `go` gets the chat's id. */
export function askChat(pane, title, go) {
  const options = pane.store.chatsOf(pane.person).map((chat) => [String(chat.id), pane.store.titleOf(chat)]);
  ask(title, choice("Chat", "chat", options), (answers) => go(Number(answers.get("chat"))), { send: "Go on" });
}
