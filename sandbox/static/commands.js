/** The bot's commands: offered while one is typed, and all of them from the menu button. */

import * as api from "./api.js";
import { el } from "./dom.js";
import { Offers } from "./offers.js";

export class CommandList {
  #offers;
  #commands = [];

  /** Offer commands for a textarea; `choose` gets the one that was picked, as "/word". */
  constructor(textarea, choose) {
    this.button = null;
    this.#offers = new Offers(textarea, "Commands", {
      option: ({ command, description }) => [el("strong", {}, `/${command}`), el("span", {}, description)],
      pick: ({ command }) => choose(`/${command}`),
    });
    this.node = this.#offers.node;
  }

  get isEmpty() {
    return this.#commands.length === 0;
  }

  /** The commands, each as "/word". */
  get words() {
    return this.#commands.map(({ command }) => `/${command}`);
  }

  /** Learn which commands this person has in this chat, and what the menu button opens. */
  async learn(chatId, person) {
    const { commands, menu_button: button } = await api.commands(chatId, person);
    this.#commands = commands;
    this.button = button;
  }

  /** Offer what begins with the words typed so far, or nothing. */
  offerFor(words) {
    const typed = /^\/(\w*)$/.exec(words);
    this.#offers.show(typed ? this.#commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase())) : []);
  }

  /** Offer all of them, or close the list if they are offered already. */
  toggle() {
    this.#offers.show(this.#offers.isOpen ? [] : this.#commands);
  }

  /** Take a key that is meant for the open list; true when it was. */
  takes(event) {
    return this.#offers.takes(event);
  }
}
