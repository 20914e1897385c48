// A picture that the poster engine draws again while a page is edited: the newest state wins.

import { element, say } from "./element.js";
import { patience } from "./notice.js";
import { sendForAnswer } from "./server.js";
import { text } from "./texts.js";

const PAUSE = 80;
// Widths are asked for in steps, so that the engine can use a decoded picture again.
const STEP = 100;
const SUPERSEDED = 409;

// `body` gives the body of POST /api/previews, or null while there is nothing to draw. `words` is the element
// that says what is lost; without it one is made behind the image. With `rest` the picture is drawn in full
// size when nothing has changed for so many milliseconds. Each new picture is told by the event "drawn" of the
// image, whose detail is { source, text }.
export class LivePreview {
  constructor(image, body, { words = null, rest = 0, width = null } = {}) {
    this.image = image;
    this.body = body;
    this.rest = rest;
    this.width = width;
    this.words = words ?? placed(image);
    this.slot = crypto.getRandomValues(new Uint32Array(2)).join("-");
    this.timers = [];
    this.asked = null;
  }

  // Something has changed: draw in a moment, and once only for several changes.
  change() {
    this.wait(PAUSE, () => this.draw());
  }

  stop() {
    this.timers.forEach(clearTimeout);
    this.asked?.abort();
    URL.revokeObjectURL(this.image.src);
  }

  wait(pause, act) {
    this.timers.forEach(clearTimeout);
    this.timers = [setTimeout(act, pause)];
  }

  // Draw now; the promise ends when the picture is shown, or a newer one has taken its place.
  async draw(width = this.shownWidth()) {
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    const body = this.body();
    if (!body) return this.clear();
    this.image.setAttribute("aria-busy", "true");
    try {
      const answer = await sendForAnswer("api/previews", { ...body, width, slot: this.slot }, asked.signal);
      const picture = await answer.blob();
      if (asked === this.asked) await this.show(answer, picture, width);
    } catch (error) {
      if (asked === this.asked && !asked.signal.aborted) this.fail(error);
    }
    if (asked === this.asked) this.image.removeAttribute("aria-busy");
  }

  shownWidth() {
    const wanted = (this.width ?? (this.image.clientWidth || 300)) * Math.min(window.devicePixelRatio || 1, 2);
    return Math.max(STEP, Math.ceil(wanted / STEP) * STEP);
  }

  async show(answer, picture, width) {
    const before = this.image.src;
    this.image.src = URL.createObjectURL(picture);
    await this.image.decode().catch(() => {});
    if (before.startsWith("blob:")) URL.revokeObjectURL(before);
    const drawn = JSON.parse(answer.headers.get("X-Preview-Text") ?? "{}");
    const source = answer.headers.get("X-Preview-Source");
    this.image.dataset.source = source;
    this.words.classList.toggle("bad", Boolean(drawn.truncated || drawn.missing?.length));
    say(this.words, sentences(drawn, source).join(" "));
    this.image.dispatchEvent(new CustomEvent("drawn", { detail: { source, text: drawn } }));
    if (this.rest && width) this.wait(this.rest, () => this.draw(null));
  }

  clear() {
    this.image.removeAttribute("src");
    this.image.removeAttribute("aria-busy");
    this.words.classList.remove("bad");
    say(this.words, "");
  }

  fail(error) {
    if (error.status === undefined) throw error;
    if (error.status === SUPERSEDED || error.status === 401) return;
    this.words.classList.add("bad");
    say(this.words, patience(error));
  }
}

// What a person should know of the picture: what of its text is lost, and whether it is their own.
export function sentences(drawn, source) {
  const missing = (drawn.missing ?? []).join(" ");
  return [
    drawn.truncated ? text("preview.truncated") : null,
    missing ? text("preview.missing", { signs: missing }) : null,
    source === "sample" ? text("preview.sample") : null,
    source === "made" ? text("preview.made") : null,
  ].filter(Boolean);
}

function placed(image) {
  const words = element("p", { class: "preview-words", role: "status" });
  image.after(words);
  return words;
}
