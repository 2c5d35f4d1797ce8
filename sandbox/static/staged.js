/** Files that wait beside the words until they are sent. */

import * as api from "./api.js";
import { el, icon, iconButton } from "./dom.js";

export class Staged {
  files = [];
  #changed;

  constructor(changed) {
    this.#changed = changed;
    this.node = el("ul", { class: "staged", "aria-label": "Files to send", hidden: true });
  }

  /** Put a file here, to be sent as `kind`. */
  add(file, kind) {
    this.files.push({ file, kind });
    this.#show();
  }

  /** Send all of them, the words with the first; those that went stay out, those refused stay in. */
  async send(chatId, around, words, sent) {
    const isAlbum = this.files.length > 1 && this.files.every(({ kind }) => kind === "photo" || kind === "video");
    const album = isAlbum ? crypto.randomUUID() : null;
    let caption = words;
    while (this.files.length) {
      const { file, kind } = this.files[0];
      sent(await api.upload(chatId, kind, file, { ...around, media_group_id: album, caption }));
      caption = "";
      this.files.shift();
      this.#show();
    }
  }

  #show() {
    this.node.hidden = this.files.length === 0;
    for (const preview of this.node.querySelectorAll("img")) URL.revokeObjectURL(preview.src);
    this.node.replaceChildren(...this.files.map((staged) => this.#item(staged)));
    this.#changed();
  }

  #item(staged) {
    const { file, kind } = staged;
    const isPicture = kind === "photo" && file.type.startsWith("image/");
    const preview = isPicture ? el("img", { src: URL.createObjectURL(file), alt: "" }) : icon(kind === "voice" ? "voice" : "document");
    const remove = iconButton("close", `Leave ${file.name} out`, () => {
      this.files = this.files.filter((other) => other !== staged);
      this.#show();
    });
    return el("li", {}, preview, el("span", {}, file.name), remove);
  }
}
