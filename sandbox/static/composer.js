/** Where a person writes. What was typed stays until the sandbox has it. */

import * as api from "./api.js";
import { attachments, pictureKind } from "./attach.js";
import { CommandList } from "./commands.js";
import { el, icon, iconButton } from "./dom.js";
import { InlineResults } from "./inline.js";
import { safeUrl } from "./links.js";
import { openMenu } from "./menu.js";
import { fullName, summary } from "./message.js";
import { Recorder } from "./recorder.js";
import { Staged } from "./staged.js";

const MAX_TEXT = 4096;
const MAX_CAPTION = 1024;
const WARN_BELOW = 200;
const GROWS_BY_ITSELF = CSS.supports("field-sizing", "content");

export class Composer {
  #pane;
  #problem = el("p", { class: "problem", role: "alert", hidden: true });
  #above = el("div", { class: "above", hidden: true });
  #count = el("span", { class: "count", "aria-live": "polite" });
  #menu = iconButton("commands", "The bot's commands", () => this.#openCommands());
  #webApp = el("a", { class: "quiet web-app", target: "_blank", rel: "noopener noreferrer", hidden: true });
  #attach = iconButton("attach", "Attach something", () => this.#openAttach(), { "aria-haspopup": "menu" });
  #context = null;
  #aside = "";
  #isSending = false;

  /** `pane` knows {store, person, chatId, threadId, ownLast()}. */
  constructor(pane) {
    this.#pane = pane;
    this.textarea = el("textarea", { rows: 1, placeholder: "Message", "aria-label": `Message as ${pane.name}`, enterkeyhint: "send" });
    this.textarea.value = sessionStorage.getItem(this.#draftKey) ?? "";
    this.staged = new Staged(() => this.#changed());
    this.commands = new CommandList(this.textarea, (command) => this.#sendCommand(command));
    this.inline = new InlineResults(this.textarea, pane, { sent: (message) => this.#chosen(message), complain: (words) => this.complain(words) });
    this.recorder = new Recorder({
      send: (file, seconds) => this.#sendVoice(file, seconds),
      complain: (words) => this.complain(words),
      changed: (isRecording) => this.#showRecording(isRecording),
    });
    const sendOptions = { type: "submit", class: "icon-button send", "aria-label": "Send", title: "Send (Enter)" };
    const send = el("button", sendOptions, icon("send"));
    this.row = el("div", { class: "row" }, this.#menu, this.#webApp, this.#attach, this.textarea, this.#count, send);
    const helping = [this.commands.node, this.inline.node, this.#problem, this.#above, this.staged.node, this.recorder.node];
    this.node = el("form", { class: "composer" }, helping, this.row);
    this.#listen();
    this.#changed();
  }

  get #draftKey() {
    return `draft ${this.#pane.person} ${this.#pane.chatId}`;
  }

  /** Answer a message. */
  reply(message) {
    this.#leaveContext();
    this.#enter({ kind: "reply", message }, `Reply to ${message.from.id === this.#pane.person ? "yourself" : fullName(message.from)}`);
  }

  /** Correct a message of one's own. */
  edit(message) {
    this.#leaveContext();
    this.#aside = this.textarea.value;
    this.textarea.value = message.text ?? message.caption ?? "";
    this.#enter({ kind: "edit", message }, "Correct your message");
    this.textarea.setSelectionRange(this.textarea.value.length, this.textarea.value.length);
  }

  /** Send something that is not typed here; throws a Refusal. */
  async send(content) {
    const pane = this.#pane;
    pane.store.keep(await api.send(pane.chatId, { from: pane.person, message_thread_id: pane.threadId, ...content }));
  }

  /** Send words that are not typed here, such as a command that was pressed. */
  async say(words) {
    await this.#trying(() => this.send({ text: words }));
  }

  /** Type words in the place of those that are there. */
  type(words) {
    this.#leaveContext();
    this.textarea.value = words;
    this.textarea.focus();
    this.#changed();
  }

  /** Put files beside the words. */
  stage(files) {
    for (const file of files) this.staged.add(file, /^(image|video)\//.test(file.type) ? pictureKind(file) : "document");
  }

  /** What did not work last, or nothing. */
  get problem() {
    return this.#problem.textContent;
  }

  /** Say in one line what did not work, or nothing. */
  complain(words) {
    this.#problem.textContent = words;
    this.#problem.hidden = !words;
  }

  /** Learn the commands anew. */
  async learnCommands() {
    await this.commands.learn(this.#pane.chatId, this.#pane.person).catch(() => {});
    const app = this.commands.button?.type === "web_app" ? this.commands.button : null;
    const address = app && safeUrl(app.web_app.url);
    this.#webApp.hidden = !address;
    this.#menu.hidden = this.commands.isEmpty || Boolean(address);
    if (!address) return;
    this.#webApp.href = address.href;
    this.#webApp.textContent = app.text;
  }

  #listen() {
    this.textarea.addEventListener("input", () => this.#changed());
    this.textarea.addEventListener("keydown", (event) => this.#keyed(event));
    this.textarea.addEventListener("paste", (event) => {
      if (!event.clipboardData.files.length) return;
      event.preventDefault();
      this.stage(event.clipboardData.files);
    });
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  #keyed(event) {
    if (event.isComposing) return;
    if (this.commands.takes(event) || this.inline.takes(event)) {
      event.preventDefault();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && this.#context) {
      event.preventDefault();
      this.#leaveContext();
    } else if (event.key === "ArrowUp" && !this.textarea.value && !this.#context) {
      const last = this.#pane.ownLast();
      if (!last) return;
      event.preventDefault();
      this.edit(last);
    }
  }

  #changed() {
    const { textarea } = this;
    if (!GROWS_BY_ITSELF) grow(textarea);
    if (this.#context?.kind !== "edit") sessionStorage.setItem(this.#draftKey, textarea.value);
    const left = this.#limit - textarea.value.trim().length;
    this.#count.textContent = left < WARN_BELOW ? String(left) : "";
    this.#count.classList.toggle("is-over", left < 0);
    this.commands.offerFor(textarea.value);
    this.inline.offerFor(this.#context?.kind === "edit" ? "" : textarea.value);
    this.complain("");
  }

  get #limit() {
    const corrected = this.#context?.kind === "edit" ? this.#context.message : null;
    return this.staged.files.length || (corrected && corrected.text === undefined) ? MAX_CAPTION : MAX_TEXT;
  }

  async #submit() {
    const words = this.textarea.value.trim();
    if (this.#isSending || (!words && !this.staged.files.length)) return;
    if (words.length > this.#limit) {
      this.complain(`This is ${words.length - this.#limit} characters too long; ${this.#limit} fit. Nothing is lost, shorten it a little.`);
      return;
    }
    this.#isSending = true;
    const typed = this.textarea.value;
    const isDone = await this.#trying(() => this.#deliver(words));
    this.#isSending = false;
    if (!isDone) return;
    const isEdit = this.#context?.kind === "edit";
    if (this.textarea.value === typed && !isEdit) this.textarea.value = "";
    this.#leaveContext();
    this.#changed();
  }

  async #deliver(words) {
    const { person, chatId, threadId, store } = this.#pane;
    if (this.#context?.kind === "edit") {
      await api.edit(chatId, this.#context.message.message_id, { from: person, text: words });
      return;
    }
    const around = { from: person, message_thread_id: threadId, reply_to_message_id: this.#context?.message.message_id };
    if (!this.staged.files.length) {
      store.keep(await api.send(chatId, { ...around, text: words }));
      return;
    }
    await this.staged.send(chatId, around, words, (message) => {
      store.keep(message);
      this.textarea.value = "";
    });
  }

  async #trying(action) {
    try {
      await action();
      this.complain("");
      return true;
    } catch (error) {
      if (!(error instanceof api.Refusal)) throw error;
      this.complain(error.message);
      return false;
    }
  }

  async #sendCommand(command) {
    this.textarea.value = "";
    this.#changed();
    this.textarea.focus();
    await this.say(command);
  }

  #openCommands() {
    this.commands.toggle();
    this.textarea.focus();
  }

  #openAttach() {
    const { store, person } = this.#pane;
    const send = (content) => this.send(content);
    const stage = (file, kind) => {
      this.staged.add(file, kind);
      this.textarea.focus();
    };
    const helping = { record: () => this.recorder.begin(), complain: (words) => this.complain(words) };
    openMenu(this.#attach, attachments({ store, person, send, stage, ...helping }));
  }

  async #sendVoice(file, seconds) {
    const { person, chatId, threadId, store } = this.#pane;
    const around = { from: person, message_thread_id: threadId, duration: seconds };
    await this.#trying(async () => store.keep(await api.upload(chatId, "voice", file, around)));
  }

  #showRecording(isRecording) {
    this.row.hidden = isRecording;
    if (!isRecording) this.textarea.focus();
  }

  #chosen(message) {
    this.#pane.store.keep(message);
    this.textarea.value = "";
    this.#changed();
    this.textarea.focus();
  }

  #enter(context, title) {
    this.#context = context;
    const leave = iconButton("close", "Leave it", () => this.#leaveContext());
    this.#above.replaceChildren(el("p", {}, el("strong", {}, title), el("span", {}, summary(context.message))), leave);
    this.#above.hidden = false;
    this.#attach.hidden = context.kind === "edit";
    this.textarea.focus();
    this.#changed();
  }

  #leaveContext() {
    if (this.#context?.kind === "edit") this.textarea.value = this.#aside;
    this.#context = null;
    this.#above.hidden = true;
    this.#attach.hidden = false;
    this.#changed();
  }
}

function grow(textarea) {
  textarea.style.height = "auto";
  textarea.style.height = textarea.scrollHeight ? `${textarea.scrollHeight}px` : "";
}
