/** Inline mode: what the bot answers while "@bot words" is typed in any chat. */

import * as api from "./api.js";
import { el } from "./dom.js";
import { Offers } from "./offers.js";

const PAUSE = 350;

export class InlineResults {
  #pane;
  #offers;
  #words = null;
  #timer = 0;
  #results = [];
  #button = [];

  /** `sent` gets the message that choosing a result makes, `complain` a line about what did not work. */
  constructor(textarea, pane, { sent, complain }) {
    this.#pane = pane;
    Object.assign(this, { sent, complain });
    this.#offers = new Offers(textarea, "Results of the bot", { option: shown, pick: (item) => this.#pick(item) });
    this.node = el("div", { class: "inline" }, this.#offers.node);
    this.note = el("p", { class: "unseen", role: "status" });
    this.node.append(this.note);
  }

  /** Ask the bot for what is typed, a moment after the last key; anything else closes the list. */
  offerFor(typed) {
    const name = this.#pane.store.bot.username;
    const begins = typed.toLowerCase().startsWith(`@${name.toLowerCase()} `);
    const words = begins ? typed.slice(name.length + 2).trim() : null;
    if (words === this.#words) return;
    this.#words = words;
    clearTimeout(this.#timer);
    if (words === null) this.#offers.show([]);
    else this.#timer = setTimeout(() => this.#ask(words), PAUSE);
  }

  /** Take a key that is meant for the open list; true when it was. */
  takes(event) {
    return this.#offers.takes(event);
  }

  async #ask(words, offset = "") {
    this.node.classList.add("is-waiting");
    try {
      const answer = await api.askInline(this.#pane.chatId, { from: this.#pane.person, query: words, offset });
      if (words === this.#words) this.#show(words, offset, answer);
    } catch (error) {
      if (!(error instanceof api.Refusal)) throw error;
      this.complain(error.message);
    }
    this.node.classList.toggle("is-waiting", false);
  }

  #show(words, offset, answer) {
    const query = answer.inline_query_id;
    const found = (answer.results ?? []).map((result) => ({ kind: "result", query, result }));
    this.#results = offset ? [...this.#results, ...found] : found;
    const more = answer.next_offset ? [{ kind: "more", words, offset: answer.next_offset }] : [];
    if (!offset) this.#button = answer.button ? [{ kind: "button", button: answer.button }] : [];
    const nothing = answer.results ? "The bot found nothing." : "The bot has not answered.";
    const all = [...this.#button, ...this.#results, ...more];
    // Enter sends a result: the button above them leads away, and is for those who mean it.
    const selected = this.#results.length ? this.#button.length + (offset ? this.#results.length - found.length : 0) : 0;
    this.#offers.show(all.length ? all : [{ kind: "nothing", words: nothing }], Math.min(selected, Math.max(all.length - 1, 0)));
    this.note.textContent = `${this.#results.length} results`;
  }

  #pick(item) {
    const act = { result: () => this.#choose(item), more: () => this.#ask(item.words, item.offset), button: () => this.#open(item.button) };
    act[item.kind]?.();
  }

  async #choose({ query, result }) {
    const { person, chatId, threadId } = this.#pane;
    const chosen = { from: person, message_thread_id: threadId, inline_query_id: query, result_id: result.id };
    try {
      this.sent(await api.choose(chatId, chosen));
    } catch (error) {
      if (!(error instanceof api.Refusal)) throw error;
      this.complain(error.message);
    }
  }

  #open(button) {
    if (button.start_parameter) this.#pane.openBot({ start: button.start_parameter });
  }
}

function shown(item) {
  if (item.kind === "button") return el("strong", { class: "offer-button" }, item.button.text);
  if (item.kind === "more") return el("span", { class: "offer-button" }, "More results");
  if (item.kind === "nothing") return el("span", {}, item.words);
  const { title, description, type } = item.result;
  return el("span", { class: "result" }, el("strong", {}, title ?? type), description ? el("small", {}, description) : null);
}
