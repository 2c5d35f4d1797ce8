/** Files that wait beside the words until they are sent. */

import * as api from "./api.js";
import { el, icon, iconButton } from "./dom.js";

const MOST = 10;

/** Photos and films go together; what is neither goes with its own kind. */
const albumKind = (kind) => (kind === "video" ? "photo" : kind);

export class Staged {
  files = [];
  #changed;

  constructor(changed) {
    this.#changed = changed;
    this.node = el("ul", { class: "staged", "aria-label": "Files to send", hidden: true });
  }

  /** Put a file here, to be sent as `kind`. */
  add(file, kind) {
    const staged = { file, kind };
    staged.node = this.#item(staged);
    this.files.push(staged);
    this.#show();
  }

  /** Send all of them, the words with the first; those that went stay out, those refused stay in. */
  async send(chatId, around, words, sent) {
    let caption = words;
    while (this.files.length) {
      const together = this.#together();
      const files = together.map(({ file }) => file);
      const { kind } = together[0];
      if (files.length > 1) (await api.album(chatId, albumKind(kind), files, { ...around, caption })).forEach(sent);
      else sent(await api.upload(chatId, kind, files[0], { ...around, caption }));
      caption = "";
      this.files = this.files.filter((staged) => !together.includes(staged));
      this.#show();
    }
  }

  /** The files at the front that go as one album, or the first one alone. */
  #together() {
    const kind = albumKind(this.files[0].kind);
    if (kind === "voice") return [this.files[0]];
    const end = this.files.findIndex((staged) => albumKind(staged.kind) !== kind);
    return this.files.slice(0, Math.min(end < 0 ? this.files.length : end, MOST));
  }

  #show() {
    this.node.hidden = this.files.length === 0;
    this.node.replaceChildren(...this.files.map(({ node }) => node));
    this.#changed();
  }

  #item(staged) {
    const { file, kind } = staged;
    const isPicture = kind === "photo" && file.type.startsWith("image/");
    const preview = isPicture ? previewOf(file) : icon(kind === "voice" ? "voice" : "document");
    const remove = iconButton("close", `Leave ${file.name} out`, () => {
      this.files = this.files.filter((other) => other !== staged);
      this.#show();
    });
    return el("li", {}, preview, el("span", {}, file.name), remove);
  }
}

function previewOf(file) {
  const preview = el("img", { src: URL.createObjectURL(file), alt: "" });
  const forget = () => URL.revokeObjectURL(preview.src);
  preview.addEventListener("load", forget);
  preview.addEventListener("error", forget);
  return preview;
}
