/** A list above the field from which one picks while typing: commands, results of the bot. */

import { el, freshId } from "./dom.js";

export class Offers {
  #textarea;
  #pick;
  #option;
  #items = [];
  #at = -1;

  /** `option` gives the nodes that show an item; `pick` gets the one that was picked. */
  constructor(textarea, label, { option, pick }) {
    Object.assign(this, { label });
    this.#textarea = textarea;
    this.#option = option;
    this.#pick = pick;
    this.node = el("ul", { id: freshId("offers"), class: "commands", role: "listbox", "aria-label": label, hidden: true });
    textarea.setAttribute("aria-autocomplete", "list");
    textarea.addEventListener("blur", () => setTimeout(() => this.#leave(), 150));
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /** Show these, one of them selected, or nothing. */
  show(items, selected = 0) {
    const wasOpen = this.isOpen;
    this.#items = items;
    this.node.hidden = items.length === 0;
    this.node.replaceChildren(...items.map((item) => this.#node(item)));
    if (!wasOpen && !this.isOpen) return;
    this.#textarea.setAttribute("aria-controls", this.node.id);
    this.#textarea.setAttribute("aria-expanded", String(this.isOpen));
    this.#select(items.length ? selected : -1);
  }

  /** Take a key that is meant for the open list; true when it was. */
  takes(event) {
    if (!this.isOpen) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#select((this.#at + step + this.#items.length) % this.#items.length);
    else if ((event.key === "Enter" || event.key === "Tab") && this.#at >= 0) this.#choose(this.#items[this.#at]);
    else if (event.key === "Escape") this.show([]);
    else return false;
    return true;
  }

  #leave() {
    if (!this.node.contains(document.activeElement) && document.activeElement !== this.#textarea) this.show([]);
  }

  #node(item) {
    return el(
      "li",
      { id: freshId("offer"), role: "option", "aria-selected": "false", on: { click: () => this.#choose(item) } },
      this.#option(item),
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

  #choose(item) {
    this.show([]);
    this.#pick(item);
  }
}
