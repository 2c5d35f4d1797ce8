/** The messages of one chat as one person sees them: drawn anew only where something changed. */

import { el, icon } from "./dom.js";
import { isService, messageNode } from "./message.js";

const SHOWN_AT_ONCE = 150;
const RUN_SECONDS = 600;
const NEAR_END = 90;
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });

export class Log {
  #view;
  #content;
  #shown = new Map();
  #limit = SHOWN_AT_ONCE;
  #messages = [];
  #missed = 0;
  #isFollowing = true;
  #top = 0;

  constructor(view, label) {
    this.#view = view;
    this.list = el("div", { class: "log", role: "log", tabindex: "0", "aria-label": label });
    this.list.setAttribute("aria-description", "The arrow keys go from message to message, Enter opens a message's menu.");
    this.#content = el("div", { class: "log-content" });
    this.list.append(this.#content);
    this.toEnd = el("button", { type: "button", class: "to-end", hidden: true, on: { click: () => this.showEnd() } });
    this.node = el("div", { class: "log-frame" }, this.list, this.toEnd);
    this.list.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.list.addEventListener("keydown", (event) => this.#keyed(event));
    const resized = new ResizeObserver(() => this.#isFollowing && this.showEnd());
    resized.observe(this.list);
    resized.observe(this.#content);
  }

  /** Draw these messages, oldest first; `arrived` is one that has just come. */
  show(messages, arrived = null) {
    this.#messages = messages;
    const latest = messages.slice(-this.#limit);
    const focus = this.#focused();
    const wanted = this.#entries(latest, messages.length > latest.length);
    const fresh = new Map();
    for (const entry of wanted) {
      const before = this.#shown.get(entry.key);
      fresh.set(entry.key, before?.signature === entry.signature ? before : this.#drawn(entry, before));
    }
    this.#place([...fresh.values()].map((entry) => entry.node));
    this.#shown = fresh;
    this.#refocus(focus);
    if (this.#isFollowing || arrived?.from.id === this.#view.person) this.showEnd();
    else if (arrived) this.#miss();
  }

  /** Go to the newest message. */
  showEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.#top = this.list.scrollTop;
    this.#isFollowing = true;
    this.#missed = 0;
    this.toEnd.hidden = true;
  }

  /** Bring a message into view and point at it. */
  jump(messageId) {
    const node = this.#nodeOf(messageId);
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.focus({ preventScroll: true });
    node.classList.add("is-pointed-at");
    node.addEventListener("animationend", () => node.classList.remove("is-pointed-at"), { once: true });
  }

  #nodeOf(messageId) {
    return this.list.querySelector(`[data-message-id="${messageId}"]`);
  }

  #entries(messages, hasEarlier) {
    const entries = hasEarlier ? [{ key: "earlier", signature: "", make: () => this.#earlier() }] : [];
    let day = "";
    messages.forEach((message, index) => {
      const date = new Date(message.date * 1000);
      if (date.toDateString() !== day) {
        day = date.toDateString();
        const words = dayWords(date);
        entries.push({ key: day, signature: words, make: () => el("p", { class: "day" }, el("span", {}, words)) });
      }
      const [before, after] = [messages[index - 1], messages[index + 1]];
      const run = { begins: !follows(before, message), ends: !follows(message, after), isAlbum: isOfAlbum(before, message) };
      const signature = JSON.stringify([message, run, this.#view.pendingOf(message)]);
      const make = (previous) => messageNode(message, this.#view, run, previous);
      entries.push({ key: `m${message.message_id}`, signature, make, message });
    });
    return entries;
  }

  #drawn({ key, signature, make, message }, before) {
    const node = make(before?.node);
    if (!before) node.classList.add("is-new");
    const isEdited = before && said(before.message) !== said(message);
    if (isEdited) node.classList.add("is-changed");
    return { key, signature, node, message };
  }

  #place(nodes) {
    const wanted = new Set(nodes);
    for (const child of [...this.#content.children]) if (!wanted.has(child)) child.remove();
    let next = this.#content.firstElementChild;
    for (const node of nodes) {
      if (node === next) next = next.nextElementSibling;
      else this.#content.insertBefore(node, next);
    }
  }

  #earlier() {
    const more = () => {
      this.#limit += SHOWN_AT_ONCE;
      const fromEnd = this.list.scrollHeight - this.list.scrollTop;
      this.#isFollowing = false;
      this.show(this.#messages);
      this.list.scrollTop = this.list.scrollHeight - fromEnd;
    };
    return el("button", { type: "button", class: "earlier", on: { click: more } }, "Show earlier messages");
  }

  /** What has the focus inside a message, in words that outlive its node. */
  #focused() {
    const active = document.activeElement;
    const message = active?.closest?.("[data-message-id]");
    if (!message || !this.list.contains(message)) return null;
    return { messageId: message.dataset.messageId, callback: active.dataset.callback, emoji: active.dataset.emoji, active };
  }

  #refocus(focus) {
    if (!focus || focus.active.isConnected) return;
    const node = this.#nodeOf(focus.messageId);
    const same = focus.callback && node?.querySelector(`[data-callback="${CSS.escape(focus.callback)}"]`);
    const given = focus.emoji && node?.querySelector(`[data-emoji="${CSS.escape(focus.emoji)}"]`);
    (same || given || node?.querySelector(".key") || node || this.list).focus({ preventScroll: true });
  }

  #miss() {
    this.#missed += 1;
    this.toEnd.replaceChildren(icon("down"), this.#missed === 1 ? "1 new message" : `${this.#missed} new messages`);
    this.toEnd.hidden = false;
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    const isNearEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    // Only going up leaves the end: what grows below by itself is followed.
    if (isNearEnd || scrollTop < this.#top) this.#isFollowing = isNearEnd;
    this.#top = scrollTop;
    if (isNearEnd) {
      this.#missed = 0;
      this.toEnd.hidden = true;
    }
  }

  #keyed(event) {
    const own = document.activeElement.closest("[data-message-id]");
    if (event.key === "Enter" && own === document.activeElement) {
      event.preventDefault();
      own.querySelector(".message-more")?.click();
      return;
    }
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    const all = [...this.list.querySelectorAll("[data-message-id]")];
    const at = own ? all.indexOf(own) + (event.key === "ArrowUp" ? -1 : 1) : all.length - 1;
    if (!all[at] || event.target.matches("audio, video")) return;
    event.preventDefault();
    all[at].focus();
  }
}

function follows(before, after) {
  if (!before || !after || isService(before) || isService(after)) return false;
  if (before.from.id !== after.from.id) return false;
  const isSameDay = new Date(before.date * 1000).toDateString() === new Date(after.date * 1000).toDateString();
  return isSameDay && after.date - before.date < RUN_SECONDS;
}

const isOfAlbum = (before, message) => Boolean(message.media_group_id && before?.media_group_id === message.media_group_id);

/** A message without the reactions to it, which are no change of what was said. */
const said = (message) => JSON.stringify({ ...message, reactions: null });

function dayWords(date) {
  const today = new Date();
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (date.toDateString() === today.toDateString()) return "Today";
  if (date.toDateString() === yesterday.toDateString()) return "Yesterday";
  return DAY.format(date);
}
