/** What a message holds besides words: pictures, sound, places, polls, people. */

import { fileUrl } from "./api.js";
import { el, icon } from "./dom.js";
import { placeCard } from "./place.js";

/** Nodes for everything in a message that is not its words; `previous` is the node shown before, if any. */
export function mediaOf(message, view, previous) {
  return Object.entries(KINDS)
    .filter(([kind]) => message[kind] && !(kind === "location" && message.venue))
    .map(([kind, shown]) => shown(message[kind], message, view, previous));
}

/** True for a message that is only a large drawing, without a bubble around it. */
export const isBare = (message) => Boolean(message.sticker || message.dice);

/** Keep a picture or sound that is already there, so that an edit does not make it flicker. */
function reused(previous, fileId, make) {
  const kept = previous?.querySelector(`[data-file="${CSS.escape(fileId)}"]`);
  if (kept) return kept;
  const made = make();
  made.dataset.file = fileId;
  return made;
}

function photo(sizes, message, view, previous) {
  const largest = sizes.at(-1);
  const named = message.caption ? `Photo: ${message.caption}` : "Photo without words";
  return reused(previous, largest.file_id, () =>
    el(
      "a",
      { class: "photo", href: fileUrl(largest.file_id), target: "_blank", rel: "noopener", "aria-label": `${named}, open it` },
      el("img", { src: fileUrl(largest.file_id), width: largest.width, height: largest.height, alt: "" }),
    ),
  );
}

function video(film, message, view, previous) {
  return reused(previous, film.file_id, () =>
    el("video", { class: "photo", controls: true, preload: "metadata", src: fileUrl(film.file_id), "aria-label": "Video" }),
  );
}

function voice(sound, message, view, previous) {
  return reused(previous, sound.file_id, () =>
    el("audio", { controls: true, preload: "metadata", src: fileUrl(sound.file_id), "aria-label": message.audio ? "Music" : "Voice message" }),
  );
}

function game(played) {
  const drawing = el("img", { src: fileUrl(played.photo.at(-1).file_id), alt: "" });
  return el("div", { class: "game" }, drawing, el("strong", {}, played.title), el("small", {}, played.description));
}

function animation(film, message, view, previous) {
  return reused(previous, film.file_id, () =>
    el("video", { class: "photo", controls: true, loop: true, muted: true, preload: "metadata", src: fileUrl(film.file_id), "aria-label": "Animation" }),
  );
}

function videoNote(film, message, view, previous) {
  return reused(previous, film.file_id, () =>
    el("video", { class: "round", controls: true, preload: "metadata", src: fileUrl(film.file_id), "aria-label": "Video message" }),
  );
}

function file(stored, message) {
  if (message.animation) return null;
  const name = stored.file_name ?? "File";
  const small = stored.thumbnail;
  const mark = small ? el("img", { class: "thumbnail", src: fileUrl(small.file_id), alt: "" }) : el("span", { class: "disc" }, icon("document"));
  return el(
    "a",
    { class: "attached", href: fileUrl(stored.file_id), download: name },
    mark,
    el("span", {}, el("strong", {}, name), el("small", {}, sizeOf(stored.file_size))),
  );
}

function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function contact(person) {
  const name = [person.first_name, person.last_name].filter(Boolean).join(" ");
  return el(
    "div",
    { class: "attached" },
    el("span", { class: "disc" }, icon("contact")),
    el("span", {}, el("strong", {}, name), el("small", {}, person.phone_number)),
  );
}

function poll(asked) {
  const options = asked.options.map((option) => el("li", {}, option.text, share(option.voter_count, asked.total_voter_count)));
  const count = asked.total_voter_count === 1 ? "1 vote" : `${asked.total_voter_count} votes`;
  return el("div", { class: "poll" }, el("strong", {}, asked.question), el("ul", {}, options), el("small", {}, `Poll · ${count}`));
}

function share(count, total) {
  const part = el("span");
  part.style.width = `${total ? (100 * count) / total : 0}%`;
  return el("span", { class: "share", role: "img", "aria-label": `${count} of ${total} votes` }, part);
}

const sticker = (drawn) => el("span", { class: "large", role: "img", "aria-label": `Sticker ${drawn.emoji ?? ""}` }, drawn.emoji ?? "🖼");
const dice = (thrown) => el("span", { class: "large" }, thrown.emoji, el("small", {}, String(thrown.value)));

const KINDS = {
  photo,
  video,
  voice,
  audio: voice,
  animation,
  video_note: videoNote,
  document: file,
  game,
  location: (place) => placeCard(place, place.live_period ? "Live location" : undefined),
  venue: (venue) => placeCard(venue.location, venue.title, venue.address),
  contact,
  poll,
  sticker,
  dice,
};
