/** Menus beside the button that opened them, and small forms in the middle of the page. */

import { Refusal } from "./api.js";
import { el, freshId, icon } from "./dom.js";

/** Open a menu; items are {label, icon, name, run} and null for those that do not apply now; `kind` is a class. */
export function openMenu(anchor, items, { kind = "" } = {}) {
  const menu = el("div", { class: `menu ${kind}`, role: "menu", popover: "auto" });
  const close = () => menu.isConnected && menu.hidePopover();
  for (const item of items.filter(Boolean)) {
    const choose = () => {
      close();
      item.run();
    };
    const drawing = item.icon ? icon(item.icon) : null;
    const options = { type: "button", role: "menuitem", tabindex: "-1", "aria-label": item.name, on: { click: choose } };
    menu.append(el("button", options, drawing, item.label));
  }
  menu.addEventListener("keydown", (event) => move(event, menu, close));
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const hadFocus = menu.contains(document.activeElement) || document.activeElement === document.body;
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (hadFocus && anchor.isConnected) anchor.focus({ preventScroll: true });
  });
  document.body.append(menu);
  menu.showPopover();
  anchor.setAttribute("aria-expanded", "true");
  place(menu, anchor);
  menu.firstElementChild?.focus();
}

function move(event, menu, close) {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const [next, before] = [(at + 1) % items.length, (at + items.length - 1) % items.length];
  const to = { ArrowDown: next, ArrowRight: next, ArrowUp: before, ArrowLeft: before, Home: 0, End: items.length - 1 };
  if (event.key in to) {
    event.preventDefault();
    items[to[event.key]].focus();
  } else if (event.key === "Tab") {
    close();
  }
}

function place(menu, anchor) {
  const around = anchor.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = menu;
  const below = around.bottom + 4;
  const top = below + offsetHeight > innerHeight - 8 ? around.top - offsetHeight - 4 : below;
  const left = Math.min(around.left, innerWidth - offsetWidth - 8);
  menu.style.top = `${Math.max(top, 8)}px`;
  menu.style.left = `${Math.max(left, 8)}px`;
}

/** Ask in a small form and hand its FormData to `submit`; what is refused stays, with the reason. */
export function ask(title, fields, submit, { send = "Send", note = "" } = {}) {
  const problem = el("p", { class: "problem", role: "alert", hidden: true });
  const cancel = el("button", { type: "button", class: "quiet", on: { click: () => dialog.close() } }, "Cancel");
  const form = el(
    "form",
    {},
    note ? el("p", { class: "note" }, note) : null,
    fields,
    problem,
    el("div", { class: "dialog-buttons" }, cancel, el("button", { type: "submit", class: "strong" }, send)),
  );
  const dialog = shownDialog(title, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await submit(new FormData(form));
      dialog.close();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problem.textContent = error.message;
      problem.hidden = false;
    }
  });
}

/** Say something that has to be seen before anything else goes on. */
export function alertWith(title, words) {
  const ok = el("button", { type: "button", class: "strong", on: { click: () => dialog.close() } }, "OK");
  const content = el("div", {}, el("p", { class: "as-written" }, words), el("div", { class: "dialog-buttons" }, ok));
  const dialog = shownDialog(title, content);
}

function shownDialog(title, content) {
  const named = freshId("dialog");
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": named }, el("h2", { id: named }, title), content);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A labelled input. */
export function field(label, name, options = {}) {
  const id = freshId(name);
  const { tag = "input", ...rest } = options;
  return el("p", { class: "field" }, el("label", { for: id }, label), el(tag, { id, name, autocomplete: "off", ...rest }));
}

/** A labelled box to tick. */
export function tick(label, name) {
  const id = freshId(name);
  return el("p", { class: "choice" }, el("input", { type: "checkbox", id, name }), el("label", { for: id }, label));
}

/** A labelled choice; options are [value, words]. */
export function choice(label, name, options) {
  const id = freshId(name);
  const select = el("select", { id, name }, options.map(([value, words]) => el("option", { value }, words)));
  return el("p", { class: "field" }, el("label", { for: id }, label), select);
}
