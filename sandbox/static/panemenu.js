/** What can be done with a chat as a whole. */

import * as api from "./api.js";

const STATUSES = [
  ["member", "Let the bot be a member"],
  ["administrator", "Make the bot an administrator"],
  ["left", "Remove the bot"],
];

/** The entries of a pane's menu. */
export function paneMenu(pane) {
  const { chat, person } = pane;
  const attempt = (action) => action().catch((error) => pane.composer.complain(error.message));
  if (chat.type === "private") {
    const isBlocked = chat.bot_status === "kicked";
    const label = isBlocked ? "Unblock the bot" : "Block the bot";
    return [{ label, run: () => attempt(() => api.block(person, !isBlocked)) }];
  }
  const statuses = STATUSES.filter(([status]) => status !== chat.bot_status && !(status === "left" && chat.bot_status === "kicked"));
  return [
    ...statuses.map(([status, label]) => ({ label, run: () => attempt(() => api.setBotStatus(chat.id, person, status)) })),
    chat.type === "group" ? { label: "Upgrade to a supergroup", run: () => attempt(() => api.upgrade(chat.id)) } : null,
  ];
}
