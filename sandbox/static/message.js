/** One message as a node. */

import { el, iconButton } from "./dom.js";
import { formatted } from "./entities.js";
import { inlineKeyboard } from "./keyboard.js";
import { isBare, mediaOf } from "./media.js";

const SERVICE = [
  "migrate_to_chat_id",
  "migrate_from_chat_id",
  "forum_topic_created",
  "new_chat_members",
  "left_chat_member",
  "pinned_message",
];
const KINDS = ["photo", "video", "animation", "video_note", "voice", "audio", "document", "venue", "location", "contact", "poll", "sticker", "dice", "game"];
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/**
 * The node of a message as the person of `view` sees it. `run` tells whether it begins and ends a run of
 * messages of one sender; `previous` is the node it replaces.
 */
export function messageNode(message, view, run, previous) {
  if (isService(message)) return el("p", { class: "service" }, serviceWords(message));
  const isOwn = message.from.id === view.person;
  const isGroup = message.chat.type !== "private";
  const hasBareMedia = isBare(message);
  const media = mediaOf(message, view, previous);
  const words = message.text ?? message.caption;
  const name = isOwn ? "You" : fullName(message.from);
  const classes = ["message", isOwn ? "is-own" : "is-other"];
  if (run.begins) classes.push("begins");
  if (run.ends) classes.push("ends");
  if (hasBareMedia) classes.push("is-bare");
  if (run.isAlbum) classes.push("in-album");
  if (message.photo || message.video || message.animation || message.game || message.location) classes.push("has-picture");
  classes.push(message.from.is_bot ? "tone-bot" : `tone-${view.store.toneOf(message.from.id)}`);
  return el(
    "article",
    { class: classes.join(" "), tabindex: "-1", data: { messageId: message.message_id }, "aria-label": `${name}, ${timeOf(message)}` },
    isGroup && !isOwn ? avatarOf(message.from, run.ends) : null,
    el(
      "div",
      { class: "stack" },
      el(
        "div",
        { class: "bubble" },
        isGroup && !isOwn && run.begins ? el("p", { class: "sender" }, name) : null,
        forwardedFrom(message),
        message.via_bot ? el("p", { class: "forwarded" }, "via ", el("strong", {}, `@${message.via_bot.username}`)) : null,
        repliedTo(message, view),
        media,
        words ? el("div", { class: "words", dir: "auto" }, formatted(words, message.entities ?? message.caption_entities, view)) : null,
        meta(message, isOwn, view),
      ),
      reactionsOf(message, view),
      inlineKeyboard(message, view),
    ),
  );
}

/** True for what Telegram says by itself, such as a new topic. */
export const isService = (message) => SERVICE.some((kind) => message[kind]);

/** The name of a user or chat. */
export function fullName(user) {
  return [user.first_name, user.last_name].filter(Boolean).join(" ") || user.title || "Somebody";
}

/** One line that stands for a message elsewhere. */
export function summary(message) {
  const words = message.text ?? message.caption;
  if (words) return words;
  const kind = KINDS.find((name) => message[name]);
  return kind ? (kind[0].toUpperCase() + kind.slice(1)).replace("_", " ") : "Message";
}

/** The round mark of somebody: the first letter of a person's name, the sign of the bot. */
export function avatarOf(user, isShown = true) {
  const kind = user.title ? " is-group" : "";
  const mark = el("span", { class: `avatar${kind}${isShown ? "" : " is-hidden"}`, "aria-hidden": "true" });
  mark.append(user.is_bot ? el("img", { src: "/static/icon.svg", alt: "" }) : (fullName(user)[0] ?? "?"));
  return mark;
}

function timeOf(message) {
  return TIME.format(new Date(message.date * 1000));
}

function meta(message, isOwn, view) {
  const more = iconButton("more", "What can be done with this message", (event) => view.menu(message, event.currentTarget), {
    class: "icon-button message-more",
    "aria-haspopup": "menu",
    tabindex: "-1",
  });
  return el(
    "p",
    { class: "meta" },
    more,
    message.edit_date ? el("span", {}, "edited ") : null,
    el("time", { datetime: new Date(message.date * 1000).toISOString() }, timeOf(message)),
    isOwn ? el("span", { class: "tick", title: "Sent" }, " ✓") : null,
  );
}

/** The emoji that people gave, each with how many did; pressing one gives it too, or takes it back. */
function reactionsOf(message, view) {
  const given = Object.entries(message.reactions ?? {});
  if (!given.length) return null;
  const kinds = [...new Set(given.flatMap(([, emoji]) => emoji))];
  const shown = kinds.map((emoji) => {
    const by = given.filter(([, all]) => all.includes(emoji)).map(([who]) => Number(who));
    const isOwn = by.includes(view.person);
    const names = by.map((who) => (who === view.store.bot.id ? view.store.bot.first_name : view.store.nameOf(who)));
    const options = { type: "button", "aria-pressed": String(isOwn), "aria-label": `${emoji} from ${names.join(", ")}`, data: { emoji } };
    return el("button", { ...options, on: { click: () => view.react(message, isOwn ? null : emoji) } }, emoji, el("span", {}, String(by.length)));
  });
  return el("div", { class: "reactions", role: "group", "aria-label": "Reactions" }, shown);
}

function forwardedFrom(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const from = origin.sender_user ?? origin.sender_chat ?? origin.chat ?? { first_name: origin.sender_user_name };
  return el("p", { class: "forwarded" }, "Forwarded from ", el("strong", {}, fullName(from)));
}

function repliedTo(message, view) {
  const replied = message.reply_to_message;
  if (!replied || replied.forum_topic_created) return null;
  const name = replied.from.id === view.person ? "You" : fullName(replied.from);
  return el(
    "button",
    { type: "button", class: "replied", on: { click: () => view.jump(replied.message_id) } },
    el("strong", {}, name),
    el("span", {}, summary(replied)),
  );
}

function serviceWords(message) {
  if (message.migrate_to_chat_id) return "This group became a supergroup.";
  if (message.migrate_from_chat_id) return "This was a group before.";
  if (message.forum_topic_created) return `${fullName(message.from)} began the topic “${message.forum_topic_created.name}”.`;
  if (message.new_chat_members) return `${message.new_chat_members.map(fullName).join(", ")} joined.`;
  if (message.left_chat_member) return `${fullName(message.left_chat_member)} left.`;
  return `${fullName(message.from)} pinned a message.`;
}
