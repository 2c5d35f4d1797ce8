/** A voice message from the microphone: a line that shows its length until it is sent. */

import { el, icon } from "./dom.js";

const FORMATS = [
  ["audio/ogg;codecs=opus", "ogg"],
  ["audio/webm;codecs=opus", "webm"],
  ["audio/mp4", "m4a"],
];

/** True where this browser can record. */
export const canRecord = () => Boolean(globalThis.MediaRecorder && navigator.mediaDevices?.getUserMedia);

export class Recorder {
  #recording = null;
  #begun = 0;
  #ticking = 0;

  /** `send(file, seconds)` sends what was recorded; `complain(words)` says what did not work; `changed()` follows. */
  constructor({ send, complain, changed }) {
    Object.assign(this, { send, complain, changed });
    this.time = el("span", { role: "timer", class: "recorded" }, "0:00");
    this.done = el("button", { type: "button", class: "strong", on: { click: () => this.#finish() } }, "Send the recording");
    const cancel = el("button", { type: "button", class: "quiet", on: { click: () => this.cancel() } }, "Cancel");
    this.node = el("div", { class: "recording", role: "group", "aria-label": "Recording", hidden: true }, icon("voice"), this.time, cancel, this.done);
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && this.cancel());
  }

  /** Ask for the microphone and begin. */
  async begin() {
    if (this.#recording) return;
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      this.complain("The microphone cannot be used. Allow it in the browser, or send a voice message from a file.");
      return;
    }
    const format = FORMATS.find(([type]) => MediaRecorder.isTypeSupported(type)) ?? ["", "webm"];
    const recorder = new MediaRecorder(stream, { mimeType: format[0] });
    this.#recording = { recorder, stream, format, parts: [] };
    recorder.addEventListener("dataavailable", ({ data }) => this.#recording?.parts.push(data));
    recorder.start(1000);
    this.#begun = Date.now();
    this.#ticking = setInterval(() => this.#tick(), 500);
    this.#show(true);
    this.done.focus();
  }

  /** Leave it; nothing is sent. */
  cancel() {
    this.#end();
    this.#show(false);
  }

  #finish() {
    const { recorder, parts, format } = this.#recording;
    const seconds = Math.max(Math.round((Date.now() - this.#begun) / 1000), 1);
    recorder.addEventListener("stop", () => {
      const [type, suffix] = format;
      const file = new File(parts, `voice.${suffix}`, { type: type.split(";")[0] });
      this.#end();
      this.#show(false);
      this.send(file, seconds);
    });
    recorder.stop();
  }

  #end() {
    clearInterval(this.#ticking);
    this.#recording?.stream.getTracks().forEach((track) => track.stop());
    this.#recording = null;
  }

  #tick() {
    const seconds = Math.floor((Date.now() - this.#begun) / 1000);
    this.time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  #show(isRecording) {
    this.node.hidden = !isRecording;
    this.time.textContent = "0:00";
    this.changed(isRecording);
  }
}
