/** The bot's own keyboard in the place of the phone's. */

import { askContact, askPlace } from "./attach.js";
import { el } from "./dom.js";

export class ReplyKeyboard {
  #pane;

  constructor(pane) {
    this.#pane = pane;
    this.node = el("div", { class: "reply-keyboard", role: "group", "aria-label": "The bot's keyboard", hidden: true });
  }

  /** Show a ReplyKeyboardMarkup, a ForceReply, or nothing. */
  show(markup) {
    const rows = markup?.keyboard ?? [];
    const words = markup?.input_field_placeholder || "Message";
    this.#pane.composer.textarea.placeholder = words;
    this.node.hidden = rows.length === 0;
    this.node.replaceChildren(...rows.map((row) => el("div", { class: "key-row" }, row.map((key) => this.#key(key, markup)))));
  }

  #key(key, markup) {
    const words = typeof key === "string" ? key : key.text;
    const press = () => {
      this.#act(key, words);
      if (markup.one_time_keyboard) this.node.hidden = true;
    };
    return el("button", { type: "button", class: "key", on: { click: press } }, words);
  }

  #act(key, words) {
    const { composer, store, person } = this.#pane;
    const send = (content) => composer.send(content);
    if (key.request_location) askPlace(send);
    else if (key.request_contact) askContact(store.people.get(person), send);
    else composer.say(words);
  }
}
