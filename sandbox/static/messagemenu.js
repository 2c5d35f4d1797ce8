/** What can be done with one message: answer, react, correct, pass on. */

import * as api from "./api.js";
import { choose, pictureKind } from "./attach.js";
import { ask, choice, openMenu } from "./menu.js";

const REACTIONS = ["👍", "👎", "❤", "🔥", "👏", "😁", "🤔", "🎉", "🙏", "👀", "😢", "💯"];
const STEP = 0.0007;

/** Open the menu of a message beside the button that was pressed. */
export function openMessageMenu(pane, message, anchor) {
  const words = message.text ?? message.caption;
  const isOwn = message.from.id === pane.person && !message.via_bot && !message.forward_origin;
  const canBeReplaced = isOwn && (message.photo || message.video || message.document);
  const isLive = isOwn && message.location?.live_period;
  const attempt = (action) => action().catch((error) => pane.composer.complain(error.message));
  openMenu(anchor, [
    { label: "Reply", icon: "reply", run: () => pane.composer.reply(message) },
    { label: "React", icon: "react", run: () => openReactions(pane, message, anchor) },
    isOwn && words !== undefined ? { label: "Edit", icon: "edit", run: () => pane.composer.edit(message) } : null,
    canBeReplaced ? { label: "Replace the file", icon: "photo", run: () => replaceFile(pane, message, attempt) } : null,
    isLive ? { label: "Move on", icon: "place", run: () => attempt(() => move(pane, message)) } : null,
    isLive ? { label: "End the live location", icon: "place", run: () => attempt(() => move(pane, message, { ends: true })) } : null,
    { label: "Forward", icon: "forward", run: () => askWhere(pane, message) },
    words ? { label: "Copy the words", icon: "copy", run: () => navigator.clipboard.writeText(words) } : null,
  ]);
}

function openReactions(pane, message, anchor) {
  const own = message.reactions?.[pane.person] ?? [];
  const items = REACTIONS.map((emoji) => ({
    label: emoji,
    name: own.includes(emoji) ? `Take ${emoji} back` : `React with ${emoji}`,
    run: () => pane.react(message, own.includes(emoji) ? null : emoji),
  }));
  openMenu(anchor, items, { kind: "reaction-menu" });
}

function replaceFile(pane, message, attempt) {
  const accept = message.document ? "" : "image/*,video/*";
  const kindOf = (file) => (message.document ? "document" : pictureKind(file));
  const replace = (file) =>
    attempt(() => api.replaceFile(pane.chatId, message.message_id, kindOf(file), file, { from: pane.person, caption: message.caption }));
  choose(accept, replace, { multiple: false });
}

function move(pane, message, { ends = false } = {}) {
  const { latitude, longitude, live_period: live } = message.location;
  const place = { latitude: latitude + (ends ? 0 : STEP), longitude: longitude + (ends ? 0 : STEP) };
  return api.edit(pane.chatId, message.message_id, { from: pane.person, ...place, live_period: ends ? 0 : live });
}

/** Ask in which chat a message goes on, with the rest of its album, and whether it names who wrote it. */
function askWhere(pane, message) {
  const { store, person, chatId } = pane;
  const chats = store.chatsOf(person).map((chat) => [String(chat.id), store.titleOf(chat)]);
  const album = store.messagesOf(chatId).filter((other) => other.media_group_id && other.media_group_id === message.media_group_id);
  const ids = (album.length ? album : [message]).map((one) => one.message_id);
  const fields = [
    choice("To", "chat", chats),
    choice("Its author", "author", [
      ["shown", "lets forwards lead to their account"],
      ["hidden", "hides their account"],
    ]),
  ];
  const send = async (answers) => {
    const to = Number(answers.get("chat"));
    const passed = { from: person, from_chat_id: chatId, message_ids: ids, hidden: answers.get("author") === "hidden" };
    (await api.forward(to, passed)).messages.forEach((one) => store.keep(one));
    pane.actions.open(person, to);
  };
  ask(album.length > 1 ? `Forward these ${album.length}` : "Forward", fields, send, { send: "Forward" });
}
