/** The page: people at the side, the open chats beside each other, everything live. */

import { el } from "./dom.js";
import { Layout } from "./layout.js";
import { avatarOf } from "./message.js";
import { Pane } from "./pane.js";
import { drawPeople } from "./sidebar.js";
import { safeUrl } from "./links.js";
import { Store } from "./store.js";

const AGAIN = 2000;
const LINKS = { board: "Idea board" };

const store = new Store();
const layout = new Layout(store);
const panes = new Map();
const unread = new Map();
const find = (selector) => document.querySelector(selector);
const keyOf = (person, chatId) => `${person}.${chatId}`;

function paneOf({ person, chatId }) {
  const key = keyOf(person, chatId);
  if (!panes.has(key)) {
    panes.set(key, new Pane(store, person, chatId, { close: closePane, open: openChat }));
    panes.get(key).showMessages();
  }
  return panes.get(key);
}

/** Show a chat as a person; gives its pane. */
function openChat(person, chatId, beside = false) {
  if (!store.chats.has(chatId)) {
    // Somebody who was added this moment: the list of people is on its way.
    store.addEventListener("state", () => openChat(person, chatId, beside), { once: true });
    return null;
  }
  layout.show(person, chatId, { beside });
  togglePeople(false);
  const pane = paneOf({ person, chatId });
  const isTouch = matchMedia("(hover: none)").matches;
  if (!isTouch) pane.entry.querySelector("textarea, button")?.focus();
  return pane;
}

/** The pane that one works in is the one that the list of people fills. */
function workIn(event) {
  const pane = event.target.closest?.(".pane");
  if (pane) layout.front(Number(pane.dataset.person), Number(pane.dataset.chat));
}

function closePane(pane) {
  layout.close(pane.person, pane.chatId);
}

function draw() {
  const shown = layout.shown.map(paneOf);
  for (const pane of shown) unread.delete(keyOf(pane.person, pane.chatId));
  const open = new Set(layout.open.map(({ person, chatId }) => keyOf(person, chatId)));
  for (const [key, pane] of panes) if (!open.has(key)) panes.delete(key) && pane.node.remove();
  const root = find(".panes");
  root.classList.toggle("is-single", layout.open.length === 1);
  const nodes = shown.map((pane) => pane.node);
  if (nodes.some((node, index) => root.children[index] !== node) || root.children.length !== nodes.length) {
    root.replaceChildren(...nodes);
    for (const pane of shown) pane.log.showEnd();
  }
  if (!nodes.length) root.replaceChildren(el("p", { class: "empty" }, "Nobody is here yet. Add a person at the left to begin."));
  drawTabs();
  drawSidebar();
}

function drawSidebar() {
  const count = (person, chatId) => unread.get(keyOf(person, chatId)) ?? 0;
  drawPeople(find("#people"), { store, layout, unread: count, open: openChat });
}

function drawTabs() {
  const tabs = find(".tabs");
  tabs.hidden = layout.open.length <= layout.shown.length;
  if (tabs.hidden) return;
  tabs.replaceChildren(...layout.open.map(({ person, chatId }, index) => tab(person, chatId, index)));
}

function tab(person, chatId, index) {
  const count = unread.get(keyOf(person, chatId));
  const chat = store.chats.get(chatId);
  return el(
    "button",
    { type: "button", class: `tab tone-${store.toneOf(person)}`, "aria-pressed": String(index === layout.active), on: { click: () => openChat(person, chatId) } },
    avatarOf(store.people.get(person)),
    el("span", { class: "tab-words" }, el("strong", {}, store.nameOf(person)), el("small", {}, chat.type === "private" ? "Bot" : chat.title)),
    count ? el("span", { class: "badge" }, String(count), el("span", { class: "unseen" }, " new")) : null,
  );
}

function drawLinks() {
  const links = Object.entries(store.links).filter(([, address]) => address && safeUrl(address));
  find(".links").replaceChildren(
    ...links.map(([name, address]) =>
      el("a", { href: safeUrl(address).href, target: "_blank", rel: "noopener" }, LINKS[name] ?? name, el("span", { "aria-hidden": "true" }, " ↗")),
    ),
  );
  document.title = `${store.bot.first_name}: try the chat`;
}

function togglePeople(isOpen) {
  if (isOpen === document.body.classList.contains("has-people-open")) return;
  document.body.classList.toggle("has-people-open", isOpen);
  const toggle = find(".people-toggle");
  toggle.setAttribute("aria-expanded", String(isOpen));
  (isOpen ? find("#people button") : toggle)?.focus();
}

function noticed({ chatId, arrived }) {
  if (!arrived) return;
  const shown = new Set(layout.shown.map((pane) => keyOf(pane.person, pane.chatId)));
  for (const person of store.chats.get(chatId)?.members ?? []) {
    const key = keyOf(person, chatId);
    if (person !== arrived.from.id && !shown.has(key)) unread.set(key, (unread.get(key) ?? 0) + 1);
  }
}

/** Run once per frame, however often it is asked for. */
function oncePerFrame(action) {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      action();
    });
  };
}

function watch() {
  const counts = oncePerFrame(() => {
    drawTabs();
    drawSidebar();
  });
  store.addEventListener("messages", ({ detail }) => {
    for (const pane of panes.values()) if (pane.chatId === detail.chatId) pane.showMessages(detail.arrived);
    noticed(detail);
    if (detail.arrived) counts();
  });
  store.addEventListener("state", () => {
    layout.settle();
    for (const pane of panes.values()) if (pane.chat) pane.refresh();
    drawLinks();
    draw();
  });
  store.addEventListener("commands", () => panes.forEach((pane) => pane.learnCommands()));
  store.addEventListener("toast", ({ detail }) => {
    const pane = panes.get(keyOf(detail.person, detail.chat_id));
    pane?.answered(detail);
  });
  store.addEventListener("action", ({ detail }) => {
    for (const pane of panes.values()) if (pane.chatId === detail.chat_id) pane.acting();
  });
  store.addEventListener("connection", ({ detail: { isUp } }) => showConnection(isUp));
  layout.addEventListener("change", draw);
  find(".panes").addEventListener("focusin", workIn);
  find(".panes").addEventListener("pointerdown", workIn);
  find(".people-toggle").addEventListener("click", () => togglePeople(!document.body.classList.contains("has-people-open")));
  find("main").addEventListener("pointerdown", () => togglePeople(false));
  addEventListener("keydown", (event) => event.key === "Escape" && togglePeople(false));
}

function showConnection(isUp) {
  const line = find(".connection");
  line.hidden = isUp;
  line.textContent = isUp ? "" : "The sandbox does not answer. Nothing is lost; this page looks again every two seconds.";
}

/** A page elsewhere that leads into the chat ends here: its payload starts the bot, as Telegram does. */
function followAddress() {
  const payload = new URLSearchParams(location.search).get("start");
  const front = layout.open[layout.active];
  if (payload === null || !front) return;
  history.replaceState(null, "", location.pathname + location.hash);
  openChat(front.person, front.person)?.offerStart(payload);
}

async function begin() {
  try {
    await store.start();
  } catch {
    showConnection(false);
    setTimeout(begin, AGAIN);
    return;
  }
  showConnection(true);
  layout.restore();
  drawLinks();
  draw();
  watch();
  followAddress();
}

begin();
