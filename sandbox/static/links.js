/** Links in messages: to the web in a new tab, to the bot inside this page. */

import { el } from "./dom.js";

const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);

/** The address, when it is one that may be opened; otherwise null. */
export function safeUrl(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url && SAFE.has(url.protocol) ? url : null;
}

/** What a link to the bot itself asks for, {start, startgroup, address}, or null for every other link. */
export function botLink(address, username) {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url) return null;
  const isWeb = /^https?:$/.test(url.protocol) && /^(www\.)?(t|telegram)\.me$/.test(url.hostname);
  const isApp = url.protocol === "tg:" && /^tg:\/\/resolve\b/.test(address);
  const name = isWeb ? url.pathname.slice(1) : isApp ? url.searchParams.get("domain") : null;
  if (name?.toLowerCase() !== username.toLowerCase()) return null;
  return { start: url.searchParams.get("start"), startgroup: url.searchParams.get("startgroup"), address };
}

/** A link around nodes; one that leads nowhere safe stays words. */
export function linkTo(address, children, view, options = {}) {
  const asked = botLink(address, view.store.bot.username);
  if (asked) {
    const open = () => view.openBot(asked);
    return el("button", { type: "button", class: "command", ...options, on: { click: open } }, children);
  }
  const url = safeUrl(address);
  if (!url) return el("span", options, children);
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", ...options }, children);
}
