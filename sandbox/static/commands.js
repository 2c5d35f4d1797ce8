/** The bot's commands: offered while one is typed, and all of them from the menu button. */

import * as api from "./api.js";
import { el, freshId } from "./dom.js";

export class CommandList {
  #textarea;
  #choose;
  #commands = [];
  #offered = [];
  #at = -1;

  /** Offer commands for a textarea; `choose` gets the one that was picked, as "/word". */
  constructor(textarea, choose) {
    this.#textarea = textarea;
    this.#choose = choose;
    this.node = el("ul", { id: freshId("commands"), class: "commands", role: "listbox", "aria-label": "Commands", hidden: true });
    textarea.setAttribute("aria-controls", this.node.id);
    textarea.setAttribute("aria-autocomplete", "list");
    textarea.addEventListener("blur", () => setTimeout(() => this.#leave(), 150));
  }

  get isOpen() {
    return !this.node.hidden;
  }

  get isEmpty() {
    return this.#commands.length === 0;
  }

  /** The commands, each as "/word". */
  get words() {
    return this.#commands.map(({ command }) => `/${command}`);
  }

  /** Learn which commands this person has in this chat. */
  async learn(chatId, person) {
    this.#commands = await api.commands(chatId, person);
  }

  /** Offer what begins with the words typed so far, or nothing. */
  offerFor(words) {
    const typed = /^\/(\w*)$/.exec(words);
    this.#offer(typed ? this.#commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase())) : []);
  }

  /** Offer all of them, or close the list if they are offered already. */
  toggle() {
    this.#offer(this.isOpen ? [] : this.#commands);
  }

  /** Take a key that is meant for the open list; true when it was. */
  takes(event) {
    if (!this.isOpen) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#select((this.#at + step + this.#offered.length) % this.#offered.length);
    else if ((event.key === "Enter" || event.key === "Tab") && this.#at >= 0) this.#pick(this.#offered[this.#at]);
    else if (event.key === "Escape") this.#offer([]);
    else return false;
    return true;
  }

  #leave() {
    if (!this.node.contains(document.activeElement) && document.activeElement !== this.#textarea) this.#offer([]);
  }

  #offer(commands) {
    this.#offered = commands;
    this.node.hidden = commands.length === 0;
    this.node.replaceChildren(...commands.map((command) => this.#option(command)));
    this.#textarea.setAttribute("aria-expanded", String(this.isOpen));
    this.#select(commands.length ? 0 : -1);
  }

  #option(command) {
    return el(
      "li",
      { id: freshId("command"), role: "option", "aria-selected": "false", on: { click: () => this.#pick(command) } },
      el("strong", {}, `/${command.command}`),
      el("span", {}, command.description),
    );
  }

  #select(at) {
    this.#at = at;
    [...this.node.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    const selected = this.node.children[at];
    selected?.scrollIntoView({ block: "nearest" });
    if (selected) this.#textarea.setAttribute("aria-activedescendant", selected.id);
    else this.#textarea.removeAttribute("aria-activedescendant");
  }

  #pick(command) {
    this.#offer([]);
    this.#choose(`/${command.command}`);
  }
}
