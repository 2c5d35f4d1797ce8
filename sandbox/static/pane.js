/** One person in one chat: its head, its messages, and where the person writes. */

import * as api from "./api.js";
import { Composer } from "./composer.js";
import { el, iconButton } from "./dom.js";
import { Log } from "./log.js";
import { alertWith, openMenu } from "./menu.js";
import { avatarOf } from "./message.js";
import { openMessageMenu } from "./messagemenu.js";
import { ReplyKeyboard } from "./replykeyboard.js";
import { askChat, askGroup, paneMenu } from "./panemenu.js";

const PATIENCE = 20_000;
const TOAST = 5000;
const TYPING = 5000;
const OFFERED = 6;

export class Pane {
  threadId = null;
  #pending = new Map();
  #timers = {};
  #isShownOnce = false;
  #payload = null;

  /** `actions` are {close(pane), open(person, chatId)}. */
  constructor(store, person, chatId, actions) {
    Object.assign(this, { store, person, chatId, actions, name: store.nameOf(person) });
    this.log = new Log(this, `Messages as ${this.name} sees them`);
    this.composer = new Composer(this);
    this.replies = new ReplyKeyboard(this);
    this.title = el("h2");
    this.subtitle = el("p", { class: "subtitle" });
    this.avatar = el("span");
    this.topics = el("div", { class: "topics", role: "group", "aria-label": "Topics", hidden: true });
    this.toastNode = el("p", { class: "toast", role: "status" });
    this.welcome = el("div", { class: "welcome", hidden: true });
    this.entry = el("div", { class: "entry" });
    const more = iconButton("more", "What else can be done here", () => openMenu(more, paneMenu(this)), { "aria-haspopup": "menu" });
    const close = iconButton("close", "Close this pane", () => actions.close(this), { class: "icon-button pane-close" });
    this.node = el(
      "section",
      { class: `pane tone-${store.toneOf(person)}`, data: { person, chat: chatId } },
      el("header", { class: "pane-head" }, this.avatar, el("div", { class: "pane-title" }, this.title, this.subtitle), more, close),
      this.topics,
      el("div", { class: "pane-body" }, this.log.node, this.welcome, this.toastNode),
      this.entry,
    );
    this.#takeFiles();
    this.refresh();
    this.learnCommands();
    store.load(chatId).catch((error) => this.composer.complain(error.message));
  }

  get chat() {
    return this.store.chats.get(this.chatId);
  }

  /** Show the chat as the store knows it. */
  refresh() {
    const { chat, store } = this;
    const person = store.people.get(this.person);
    this.title.textContent = store.titleOf(chat);
    this.avatar.replaceChildren(avatarOf(chat.type === "private" ? store.bot : { title: chat.title }));
    this.avatar.firstChild.classList.add("is-large");
    this.node.setAttribute("aria-label", `${this.name} in ${store.titleOf(chat)}`);
    const state = this.#timers.typing ? [" · ", el("span", { class: "typing" }, "the bot is typing…")] : [`, ${person.role}`];
    this.subtitle.replaceChildren("You are ", el("strong", {}, this.name), ...state);
    this.#showTopics();
    this.#showEntry();
    this.replies.show(chat.reply_keyboard);
  }

  /** Learn the commands anew. */
  async learnCommands() {
    await this.composer.learnCommands();
    this.#showEntry();
  }

  /** Show the messages; `arrived` is one that has just come. */
  showMessages(arrived = null) {
    if (!this.store.messages.has(this.chatId)) return;
    if (arrived?.from.is_bot) this.#stopTyping();
    this.#isShownOnce = true;
    const all = this.store.messagesOf(this.chatId);
    this.log.show(this.threadId === null ? all : all.filter((message) => message.message_thread_id === this.threadId), arrived);
    this.#showEntry();
  }

  /** The newest message that this person wrote in words. */
  ownLast() {
    const own = this.store.messagesOf(this.chatId).filter((message) => message.from.id === this.person);
    return own.findLast((message) => message.text !== undefined || message.caption !== undefined);
  }

  /** Send words, such as a command that was pressed in a message. */
  say(words) {
    return this.composer.say(words);
  }

  /** Follow a link to the bot: into its private chat, ready to start it, or into a group. */
  openBot(asked) {
    if (asked.startgroup !== null && asked.startgroup !== undefined) askGroup(this, asked);
    else this.actions.open(this.person, this.person)?.offerStart(asked.start);
  }

  /** Show the button that starts the bot with a payload, as Telegram does after a link; null for a plain link. */
  offerStart(payload) {
    this.#payload = payload;
    this.#showEntry();
    this.entry.querySelector("button, textarea")?.focus();
  }

  jump(messageId) {
    this.log.jump(messageId);
  }

  /** Press an inline button, and show that the bot has yet to answer. */
  async press(message, data) {
    const key = `${message.message_id} ${data}`;
    if (this.#pending.has(key)) return;
    this.#pending.set(key, setTimeout(() => this.#waitedLong(key), PATIENCE));
    this.showMessages();
    try {
      await api.press(this.chatId, message.message_id, { from: this.person, data });
    } catch (error) {
      this.#settle(message.message_id);
      this.composer.complain(error.message);
    }
  }

  isPending(message, data) {
    return this.#pending.has(`${message.message_id} ${data}`);
  }

  pendingOf(message) {
    return [...this.#pending.keys()].filter((key) => key.startsWith(`${message.message_id} `));
  }

  /** Show what the bot answered to a press of this person. */
  answered(event) {
    this.#settle(event.message_id);
    if (event.text && event.alert) alertWith(this.store.bot.first_name, event.text);
    else if (event.text) this.toast(event.text);
  }

  /** Say something for a moment. */
  toast(words) {
    clearTimeout(this.#timers.toast);
    this.toastNode.textContent = words;
    this.toastNode.classList.add("is-shown");
    this.#timers.toast = setTimeout(() => this.toastNode.classList.remove("is-shown"), TOAST + words.length * 40);
  }

  /** Show that the bot is at work. */
  acting() {
    clearTimeout(this.#timers.typing);
    this.#timers.typing = setTimeout(() => this.#stopTyping(), TYPING);
    this.refresh();
  }

  /** The menu of a message. */
  menu(message, anchor) {
    openMessageMenu(this, message, anchor);
  }

  /** Give a message this emoji instead of the one before, or none. */
  react(message, emoji) {
    const given = { from: this.person, reactions: emoji ? [emoji] : [] };
    api.react(this.chatId, message.message_id, given).catch((error) => this.composer.complain(error.message));
  }

  /** Type the bot's name and these words, so that it answers inline. */
  askInline(words) {
    this.composer.type(`@${this.store.bot.username} ${words}`);
  }

  /** The same, in another chat that the person picks. */
  askInlineElsewhere(words) {
    askChat(this, "Share in a chat", (chatId) => this.actions.open(this.person, chatId)?.askInline(words));
  }

  #settle(messageId) {
    for (const [key, timer] of this.#pending) {
      if (!key.startsWith(`${messageId} `)) continue;
      clearTimeout(timer);
      this.#pending.delete(key);
    }
    this.showMessages();
  }

  #waitedLong(key) {
    this.#pending.delete(key);
    this.showMessages();
    this.toast("The bot has not answered yet. Your press is kept for it.");
  }

  #stopTyping() {
    clearTimeout(this.#timers.typing);
    this.#timers.typing = null;
    this.refresh();
  }

  #showTopics() {
    const { is_forum: isForum, topics } = this.chat;
    this.topics.hidden = !isForum;
    const all = [{ message_thread_id: null, name: "All" }, ...topics];
    this.topics.replaceChildren(...all.map((topic) => this.#topic(topic)));
  }

  #topic({ message_thread_id: threadId, name }) {
    const choose = () => {
      this.threadId = threadId;
      this.#showTopics();
      this.showMessages();
      this.log.showEnd();
    };
    return el("button", { type: "button", "aria-pressed": String(threadId === this.threadId), on: { click: choose } }, name);
  }

  /** The composer, or what Telegram shows instead before the first word and while the bot is blocked. */
  #showEntry() {
    const { chat } = this;
    const isPrivate = chat.type === "private";
    const isEmpty = this.#isShownOnce && this.store.messagesOf(this.chatId).length === 0;
    const isNew = isPrivate && isEmpty && chat.bot_status === "left";
    const isBlocked = isPrivate && chat.bot_status === "kicked";
    this.#showWelcome(isEmpty, isNew);
    const state = isNew || this.#payload !== null ? "start" : isBlocked ? "blocked" : "open";
    if (this.entry.dataset.state === state) return;
    this.entry.dataset.state = state;
    const large = (words, run) => el("button", { type: "button", class: "strong wide", on: { click: run } }, words);
    if (state === "start") this.entry.replaceChildren(large("Start", () => this.#start()));
    else if (isBlocked) this.entry.replaceChildren(large("Unblock the bot", () => this.#unblock()));
    else this.entry.replaceChildren(this.composer.node, this.replies.node);
  }

  async #start() {
    await this.say(`/start ${this.#payload ?? ""}`.trim());
    if (this.composer.problem) {
      this.toast(this.composer.problem);
      return;
    }
    this.#payload = null;
    this.#showEntry();
    this.composer.textarea.focus();
  }

  #unblock() {
    api.block(this.person, false).catch((error) => this.toast(error.message));
  }

  #showWelcome(isEmpty, isNew) {
    this.welcome.hidden = !isEmpty;
    if (!isEmpty) return;
    const { bot } = this.store;
    if (isNew) {
      const words = this.store.botSays("description", this.person) || `Press Start to begin as ${this.name}.`;
      this.welcome.replaceChildren(avatarOf(bot), el("strong", {}, this.store.titleOf(this.chat)), el("p", { class: "as-written" }, words));
      return;
    }
    const commands = this.composer.commands.words.slice(0, OFFERED);
    const offer = (words) => el("button", { type: "button", class: "quiet", on: { click: () => this.say(words) } }, words);
    const words = `Nothing was written here yet.${commands.length ? " Begin with one of these:" : ""}`;
    this.welcome.replaceChildren(el("p", {}, words), el("div", { class: "offers" }, commands.map(offer)));
  }

  #takeFiles() {
    this.node.addEventListener("dragover", (event) => event.preventDefault());
    this.node.addEventListener("drop", (event) => {
      event.preventDefault();
      if (this.entry.dataset.state === "open") this.composer.stage(event.dataTransfer.files);
    });
  }
}
