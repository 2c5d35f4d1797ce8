/** Text with Telegram's entities, https://core.telegram.org/bots/api#messageentity, as nodes. */

import { el } from "./dom.js";
import { linkTo } from "./links.js";

const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", text_mention: "strong" };
const FOLDED_LINES = 3;
const FOLDED_LENGTH = 140;

/**
 * Nodes for a text and its entities; offsets are UTF-16 units, as in JavaScript's own strings.
 * `view` says what a command and a link to the bot do.
 */
export function formatted(text, entities, view) {
  const outerFirst = [...(entities ?? [])].sort((one, other) => one.offset - other.offset || other.length - one.length);
  return built(text, outerFirst, 0, text.length, view);
}

function built(text, entities, from, to, view) {
  const nodes = [];
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    index += 1;
    if (end <= start) continue;
    const inside = [];
    while (index < entities.length && entities[index].offset < end) inside.push(entities[index++]);
    if (start > at) nodes.push(text.slice(at, start));
    nodes.push(shown(entity, text.slice(start, end), built(text, inside, start, end, view), view));
    at = isBlock(entity) && text[end] === "\n" && end < to ? end + 1 : end;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

const isBlock = (entity) => ["pre", "blockquote", "expandable_blockquote"].includes(entity.type);

function shown(entity, words, children, view) {
  const { type } = entity;
  if (PLAIN[type]) return el(PLAIN[type], {}, children);
  switch (type) {
    case "pre":
      return el("pre", { tabindex: "0" }, el("code", {}, children));
    case "spoiler":
      return spoiler(children);
    case "blockquote":
      return el("blockquote", {}, children);
    case "expandable_blockquote":
      return foldable(words, children);
    case "text_link":
      return linkTo(entity.url, children, view);
    case "url":
      return linkTo(/^[a-z]+:\/\//i.test(words) ? words : `https://${words}`, children, view);
    case "email":
      return linkTo(`mailto:${words}`, children, view);
    case "bot_command":
      return el("button", { type: "button", class: "command", on: { click: () => view.say(words) } }, words);
    case "mention":
    case "hashtag":
    case "cashtag":
    case "phone_number":
      return el("span", { class: "tag" }, children);
    default:
      return el("span", {}, children);
  }
}

function spoiler(children) {
  const hidden = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden words: show them" });
  hidden.append(...children);
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    for (const name of ["role", "tabindex", "aria-label"]) hidden.removeAttribute(name);
    hidden.classList.add("is-shown");
    hidden.removeEventListener("click", reveal);
    hidden.removeEventListener("keydown", reveal);
  };
  hidden.addEventListener("click", reveal);
  hidden.addEventListener("keydown", reveal);
  return hidden;
}

function foldable(words, children) {
  const quote = el("blockquote", {}, el("span", { class: "folded-words" }, children));
  if (words.length <= FOLDED_LENGTH && words.split("\n").length <= FOLDED_LINES) return quote;
  quote.classList.add("is-folded");
  const toggle = el("button", { type: "button", class: "fold", "aria-expanded": "false" }, "Show all");
  toggle.addEventListener("click", () => {
    const isFolded = quote.classList.toggle("is-folded");
    toggle.setAttribute("aria-expanded", String(!isFolded));
    toggle.textContent = isFolded ? "Show all" : "Show less";
  });
  quote.append(toggle);
  return quote;
}
