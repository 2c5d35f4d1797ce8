/** Which panes are open and in front, kept in the address so that a reload shows the same. */

const MOST = 3;
const PANE_WIDTH = 350;
const SIDEBAR_WIDTH = 290;
const SIDEBAR_FROM = 1000;

/** Fires `change`. Each open pane is {person, chatId}. */
export class Layout extends EventTarget {
  open = [];
  active = 0;
  #store;

  constructor(store) {
    super();
    this.#store = store;
    addEventListener("hashchange", () => {
      this.restore();
      this.#tell();
    });
    addEventListener("resize", () => this.#tell());
  }

  /** How many panes this window has room for. */
  get room() {
    const width = innerWidth - (innerWidth >= SIDEBAR_FROM ? SIDEBAR_WIDTH : 0);
    return Math.min(Math.max(Math.floor(width / PANE_WIDTH), 1), MOST);
  }

  /** The panes that are shown: those around the one in front. */
  get shown() {
    const from = Math.min(Math.max(this.active - this.room + 1, 0), Math.max(this.open.length - this.room, 0));
    return this.open.slice(from, from + this.room);
  }

  get hasRoom() {
    return this.open.length < Math.max(this.room, 2);
  }

  /** Read the address, or begin with a resident and a facilitator. */
  restore() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const named = (asked.get("panes") ?? "").split(",").map((pane) => pane.split(".").map(Number));
    const known = named.filter(([person, chatId]) => this.#exists(person, chatId)).slice(0, MOST);
    this.open = known.length ? known.map(([person, chatId]) => ({ person, chatId })) : this.#usual();
    this.active = Math.min(Math.max(Number(asked.get("front")) || 0, 0), Math.max(this.open.length - 1, 0));
  }

  /** Bring a chat in front: where it is, or in the place of the pane in front, or beside it. */
  show(person, chatId, { beside = false } = {}) {
    const at = this.#find(person, chatId);
    if (at >= 0) this.active = at;
    else if (this.open.length === 0 || (beside && this.open.length < MOST)) {
      this.active = this.open.push({ person, chatId }) - 1;
    } else this.open[this.active] = { person, chatId };
    this.#keep();
  }

  /** Take note of the pane that one works in; nothing moves. */
  front(person, chatId) {
    const at = this.#find(person, chatId);
    if (at < 0 || at === this.active) return;
    this.active = at;
    this.#write();
  }

  close(person, chatId) {
    const at = this.#find(person, chatId);
    if (at < 0 || this.open.length === 1) return;
    this.open.splice(at, 1);
    this.active = Math.max(Math.min(this.active, this.open.length - 1), 0);
    this.#keep();
  }

  /** Follow groups that became supergroups, and leave chats that are gone. */
  settle() {
    for (const pane of this.open) pane.chatId = this.#store.chats.get(pane.chatId)?.migrated_to ?? pane.chatId;
    const open = this.open.filter(({ person, chatId }) => this.#exists(person, chatId));
    this.open = open.length ? open : this.#usual();
    this.active = Math.max(Math.min(this.active, this.open.length - 1), 0);
  }

  #exists(person, chatId) {
    return Boolean(this.#store.chats.get(chatId)?.members.includes(person));
  }

  #usual() {
    const people = [...this.#store.people.values()];
    const resident = people.find(({ role }) => role === "resident") ?? people[0];
    const facilitator = people.find(({ role }) => role === "facilitator");
    const panes = resident ? [{ person: resident.id, chatId: resident.id }] : [];
    if (facilitator && facilitator !== resident) {
      const chats = this.#store.chatsOf(facilitator.id);
      const desk = chats.find((chat) => chat.type !== "private" && chat.admins.includes(facilitator.id)) ?? chats[0];
      panes.push({ person: facilitator.id, chatId: desk.id });
    }
    return panes;
  }

  #find(person, chatId) {
    return this.open.findIndex((pane) => pane.person === person && pane.chatId === chatId);
  }

  #keep() {
    this.#write();
    this.#tell();
  }

  #write() {
    const panes = this.open.map(({ person, chatId }) => `${person}.${chatId}`).join(",");
    history.replaceState(null, "", `#panes=${panes}&front=${this.active}`);
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}
