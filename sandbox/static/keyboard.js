/** The buttons below a message. */

import { el } from "./dom.js";
import { botLink, linkTo } from "./links.js";

/** The inline keyboard of a message, or null; buttons that wait for the bot's answer show it. */
export function inlineKeyboard(message, view) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  const shown = rows.map((row) => el("div", { class: "key-row" }, row.map((button) => key(button, message, view))));
  return el("div", { class: "keys", role: "group", "aria-label": "Buttons of this message" }, shown);
}

function key(button, message, view) {
  if (button.callback_data) return callbackKey(button, message, view);
  if (button.url) {
    const mark = botLink(button.url, view.store.bot.username) ? "" : el("span", { class: "mark", "aria-hidden": "true" }, "\u00a0↗");
    return linkTo(button.url, [el("span", {}, button.text, mark)], view, { class: "key" });
  }
  if (button.copy_text) {
    const copy = () => navigator.clipboard.writeText(button.copy_text.text).then(() => view.toast("Copied"));
    return el("button", { type: "button", class: "key", on: { click: copy } }, button.text);
  }
  const words = button.switch_inline_query_current_chat ?? button.switch_inline_query ?? button.switch_inline_query_chosen_chat?.query;
  if (words !== undefined) {
    const isHere = button.switch_inline_query_current_chat !== undefined;
    const share = () => (isHere ? view.askInline(words) : view.askInlineElsewhere(words));
    return el("button", { type: "button", class: "key", on: { click: share } }, button.text);
  }
  return el("button", { type: "button", class: "key", disabled: true, title: "The simulation does not open this" }, button.text);
}

function callbackKey(button, message, view) {
  const isPending = view.isPending(message, button.callback_data);
  return el(
    "button",
    {
      type: "button",
      class: `key${isPending ? " is-pending" : ""}`,
      "aria-busy": isPending ? "true" : null,
      data: { callback: button.callback_data },
      on: { click: () => view.press(message, button.callback_data) },
    },
    button.text,
  );
}
