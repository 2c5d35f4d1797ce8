/** What the page knows of the world, kept true by the sandbox's events. */

import * as api from "./api.js";

const RETRY = 2000;

/**
 * Fires `state` (people, chats, links, bot), `messages` (detail: {chatId, arrived}), `commands`, `toast`
 * and `action` (detail: the event), and `connection` (detail: {isUp}).
 */
export class Store extends EventTarget {
  bot = { id: 0, first_name: "Morgen", username: "" };
  links = {};
  people = new Map();
  chats = new Map();
  messages = new Map();
  isUp = true;
  #loading = new Map();
  #stream = null;
  #retry = 0;

  /** Learn who and what there is, then listen. */
  async start() {
    await this.#learn();
    this.#listen();
    // A page in the background gives its connection back: browsers allow six to one server.
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#rest() : this.#listen()));
  }

  /** The messages of a chat, oldest first. */
  messagesOf(chatId) {
    return [...(this.messages.get(chatId)?.values() ?? [])];
  }

  /** The name of a person, long only where the first name is not enough to tell them apart. */
  nameOf(personId) {
    const person = this.people.get(personId);
    if (!person) return "Somebody";
    const namesakes = [...this.people.values()].filter((other) => other.first_name === person.first_name);
    return namesakes.length > 1 && person.last_name ? `${person.first_name} ${person.last_name}` : person.first_name;
  }

  /** The number of a person's colour. */
  toneOf(personId) {
    return Math.max([...this.people.keys()].indexOf(personId), 0) % 8;
  }

  /** What a chat is called by its members; the bot has its name in their language. */
  titleOf(chat) {
    return chat.type === "private" ? this.botSays("name", chat.person) || this.bot.first_name : chat.title;
  }

  /** The bot's `name`, `description` or `short_description` in a person's language, or nothing. */
  botSays(kind, personId) {
    const texts = this.bot[`${kind}s`] ?? {};
    return texts[this.people.get(personId)?.language_code?.slice(0, 2)] || texts[""] || "";
  }

  /** The chats that a person has, their private one first. */
  chatsOf(personId) {
    const own = [...this.chats.values()].filter((chat) => chat.members.includes(personId) && !chat.migrated_to);
    return own.sort((one, other) => (other.type === "private") - (one.type === "private"));
  }

  /** Fetch the messages of a chat, unless they are known; events that come meanwhile are not lost. */
  async load(chatId) {
    if (!this.messages.has(chatId) && !this.#loading.has(chatId)) await this.#fetch(chatId);
  }

  async #fetch(chatId) {
    const meanwhile = [];
    this.#loading.set(chatId, meanwhile);
    const isLatest = () => this.#loading.get(chatId) === meanwhile;
    let found;
    try {
      found = await api.messages(chatId);
      if (!isLatest()) return;
    } finally {
      if (isLatest()) this.#loading.delete(chatId);
    }
    this.messages.set(chatId, new Map(found.map((message) => [message.message_id, message])));
    meanwhile.forEach((event) => this.#take(event));
    this.#tell("messages", { chatId, arrived: null });
  }

  /** Put a message that the sandbox answered with where it belongs, if the event is not there yet. */
  keep(message) {
    const kept = this.messages.get(message.chat.id);
    if (kept && !kept.has(message.message_id)) this.#take({ type: "message", chat_id: message.chat.id, message });
  }

  async #learn() {
    const world = await api.state();
    this.bot = world.bot;
    this.links = world.links;
    this.people = new Map(world.people.map((person) => [person.id, person]));
    this.chats = new Map(world.chats.map((chat) => [chat.id, chat]));
    this.#tell("state");
  }

  #listen() {
    clearTimeout(this.#retry);
    if (this.#stream || document.hidden) return;
    this.#stream = new EventSource("/sandbox/events");
    this.#stream.addEventListener("open", () => this.#opened());
    this.#stream.addEventListener("message", (event) => this.#take(JSON.parse(event.data)));
    this.#stream.addEventListener("error", () => {
      this.#rest();
      this.#connection(false);
      this.#retry = setTimeout(() => this.#listen(), RETRY);
    });
  }

  #rest() {
    clearTimeout(this.#retry);
    this.#stream?.close();
    this.#stream = null;
  }

  /** Look at everything again: what happened while nobody listened was not told. */
  async #opened() {
    this.#connection(true);
    try {
      await this.#learn();
      const watched = new Set([...this.messages.keys(), ...this.#loading.keys()]);
      await Promise.all([...watched].map((chatId) => this.#fetch(chatId)));
      this.#tell("commands");
    } catch (error) {
      if (!(error instanceof api.Refusal)) throw error;
    }
  }

  #connection(isUp) {
    if (isUp === this.isUp) return;
    this.isUp = isUp;
    this.#tell("connection", { isUp });
  }

  #take(event) {
    const { type, chat_id: chatId } = event;
    if (["message", "edited", "deleted", "reactions"].includes(type)) this.#takeMessage(event, chatId);
    else if (type === "chat") this.#learn().catch(() => {});
    else if (type === "commands") {
      this.#tell("commands");
      this.#learn().catch(() => {});
    } else if (type === "toast" || type === "action") this.#tell(type, event);
  }

  #takeMessage(event, chatId) {
    this.#loading.get(chatId)?.push(event);
    const kept = this.messages.get(chatId);
    const isNew = event.type === "message" && !kept?.has(event.message.message_id);
    if (event.type === "deleted") kept?.delete(event.message_id);
    else if (event.type === "reactions") this.#takeReactions(kept, event);
    else kept?.set(event.message.message_id, { ...event.message, reactions: kept.get(event.message.message_id)?.reactions });
    this.#tell("messages", { chatId, arrived: isNew ? event.message : null });
    if (isNew && event.message.forum_topic_created) this.#learn().catch(() => {});
  }

  #takeReactions(kept, { message_id: messageId, reactions }) {
    const message = kept?.get(messageId);
    if (message) kept.set(messageId, { ...message, reactions });
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
