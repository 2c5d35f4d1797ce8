/** What can be sent besides words, and the small forms that ask for it. */

import { Refusal } from "./api.js";
import { el, freshId } from "./dom.js";
import { ask, choice, field, tick } from "./menu.js";
import { canRecord } from "./recorder.js";

const MAX_FILES = 10;
const LIVE_SECONDS = 600;
const CHANNEL = "channel";
const STICKERS = ["🌳", "🚲", "🏡", "☀️", "🌧️", "🎉", "👍", "💡"];

/** Places as in Tienen, without its name as the demo may play another town; roughly right is enough to try it. */
const PLACES = [
  ["Grote Markt", "Grote Markt", 50.8074, 4.9377],
  ["Station", "Stationsplein", 50.8083, 4.9257],
  ["Veemarkt", "Veemarkt", 50.8079, 4.9405],
  ["Kabbeekvest", "Kabbeekvest", 50.8117, 4.9432],
  ["Vianderdomein", "Sportpark", 50.799, 4.9455],
  ["Drie Tumuli", "Sint-Truidensesteenweg", 50.8026, 4.9612],
];

/**
 * The entries of the attach menu; `send` sends a content at once, `stage` puts files beside the words, `record`
 * begins a voice message and `complain` says what did not work.
 */
export function attachments({ store, person, send, stage, record, complain }) {
  const sendAtOnce = (content) => send(content).catch((error) => complain(error.message));
  return [
    { label: "Photo or video", icon: "photo", run: () => choose("image/*,video/*", (file) => stage(file, pictureKind(file))) },
    { label: "Document", icon: "document", run: () => choose("", (file) => stage(file, "document")) },
    canRecord() ? { label: "Record a voice message", icon: "voice", run: record } : null,
    { label: "Voice message from a file", icon: "voice", run: () => choose("audio/*", (file) => stage(file, "voice")) },
    { label: "Place", icon: "place", run: () => askPlace(send) },
    { label: "Contact", icon: "contact", run: () => askContact(store.people.get(person), send) },
    { label: "Poll", icon: "poll", run: () => askPoll(send) },
    { label: "Sticker", icon: "sticker", run: () => askSticker(send) },
    { label: "Dice", icon: "dice", run: () => sendAtOnce({ kind: "dice" }) },
    { label: "Game", icon: "game", run: () => sendAtOnce({ kind: "game" }) },
    { label: "Something forwarded", icon: "forward", run: () => askForward(store, person, send) },
  ];
}

/** How a picture or film is sent, by its type. */
export const pictureKind = (file) => (file.type.startsWith("video/") ? "video" : "photo");

/** Ask for files; `take` gets each. */
export function choose(accept, take, { multiple = true } = {}) {
  const input = el("input", { type: "file", accept: accept || null, multiple, class: "unseen", tabindex: "-1", "aria-hidden": "true" });
  input.addEventListener("change", () => {
    [...input.files].slice(0, MAX_FILES).forEach(take);
    input.remove();
  });
  input.addEventListener("cancel", () => input.remove());
  document.body.append(input);
  input.click();
}

/** Ask where, with known places and free coordinates. */
export function askPlace(send) {
  const radios = PLACES.map(([title], index) => radio("place", String(index), title, index === 0));
  const own = radio("place", "own", "Coordinates", false);
  const numbers = el(
    "div",
    { class: "side-by-side" },
    field("Latitude", "latitude", { inputmode: "decimal", placeholder: "50.8074" }),
    field("Longitude", "longitude", { inputmode: "decimal", placeholder: "4.9377" }),
  );
  numbers.addEventListener("input", () => (own.querySelector("input").checked = true));
  const fields = [el("div", { class: "choices" }, radios, own), numbers, tick("Live for ten minutes, as a phone that moves", "live")];
  ask("Send a place", fields, (answers) => send(placeOf(answers)));
}

function placeOf(answers) {
  const place = PLACES[Number(answers.get("place"))];
  const live = answers.get("live") ? { live_period: LIVE_SECONDS } : null;
  if (place) {
    const [title, address, latitude, longitude] = place;
    if (live) return { kind: "location", latitude, longitude, ...live };
    return { kind: "venue", title, address, latitude, longitude };
  }
  const number = (name) => Number(answers.get(name).trim().replace(",", ".") || "NaN");
  const [latitude, longitude] = [number("latitude"), number("longitude")];
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
    throw new Refusal("These are no coordinates. Write them as numbers, such as 50.8074 and 4.9377.");
  }
  return { kind: "location", latitude, longitude, ...live };
}

function radio(name, value, words, checked) {
  const id = freshId(name);
  return el("span", { class: "choice" }, el("input", { type: "radio", id, name, value, checked }), el("label", { for: id }, words));
}

/** Ask for a name and number to send. */
export function askContact(person, send) {
  const fields = [
    field("Name", "first_name", { value: person.first_name, required: true }),
    field("Telephone number", "phone_number", { value: "+32 470 00 00 00", type: "tel", required: true }),
  ];
  ask("Send a contact", fields, (answers) => send({ kind: "contact", ...Object.fromEntries(answers) }));
}

function askPoll(send) {
  const fields = [
    field("Question", "question", { required: true, maxlength: 300 }),
    field("Answers, one a line", "options", { tag: "textarea", rows: 3, required: true, value: "Ja\nNee" }),
  ];
  const made = (answers) => ({
    kind: "poll",
    question: answers.get("question"),
    options: answers.get("options").split("\n").map((line) => line.trim()).filter(Boolean),
  });
  ask("Send a poll", fields, (answers) => send(made(answers)));
}

function askSticker(send) {
  const choices = STICKERS.map((emoji, index) => radio("emoji", emoji, emoji, index === 0));
  ask("Send a sticker", el("div", { class: "choices stickers" }, choices), (answers) =>
    send({ kind: "sticker", emoji: answers.get("emoji") }),
  );
}

/** Ask whose words are passed on. */
function askForward(store, person, send) {
  const others = [...store.people.keys()].filter((other) => other !== person);
  const known = others.map((other) => [String(other), store.nameOf(other)]);
  const options = [
    ...known,
    [String(store.bot.id), store.bot.first_name],
    ["Een buur", "Somebody with a hidden name"],
    [CHANNEL, "A channel"],
  ];
  const fields = [
    choice("Written by", "from", options),
    field("Words", "words", { tag: "textarea", rows: 4, required: true }),
  ];
  const made = (answers) => {
    const from = answers.get("from");
    const source = from === CHANNEL ? { type: "channel", title: "Stadsnieuws" } : /^\d+$/.test(from) ? Number(from) : from;
    return { text: answers.get("words"), forward_from: source };
  };
  ask("Forward to the bot", fields, (answers) => send(made(answers)), {
    note: "The bot is told that somebody else wrote this.",
  });
}
