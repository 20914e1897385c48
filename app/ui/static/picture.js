// The page of a picture: arrows through the list, the way back to its tile, and its state as it changes.

import { find } from "./element.js";
import { LivePage } from "./live.js";
import { tell } from "./notice.js";
import { PictureActions } from "./picture-actions.js";
import { compareByKeys, endComparing } from "./picture-compare.js";
import { Pages } from "./picture-pages.js";
import { PictureText } from "./picture-text.js";
import { followFinger } from "./picture-swipe.js";
import { leaveToTile, remember } from "./picture-way.js";
import { text } from "./texts.js";

const OF_ARTWORK = ["asset_updated", "asset_removed"];
// The catalogue follows the index by about a second.
const LATER = 1500;
const ARROWS = "#to-prev, #to-next, #to-library";
const languages = new Intl.DisplayNames(document.documentElement.lang, { type: "language", fallback: "code" });

const pages = new Pages({ opened, drawn });
const actions = new PictureActions({ changed: () => live.soon(), leave });
new PictureText((...run) => actions.follow(...run));
const live = new LivePage({ drawn, matters, gone, also: OF_ARTWORK });

// Called for the first picture and for each one that an arrow leads to; other scripts hear of it by the event.
function opened() {
  endComparing();
  enable(document);
  remember();
  document.dispatchEvent(new CustomEvent("picture"));
}

// The buttons that need a script.
function enable(place) {
  for (const button of place.querySelectorAll("[data-edit], [data-version], [data-original], #do-redraw, #do-text")) button.disabled = false;
}

// What only a script can write, in a part that is about to be shown.
function drawn(part) {
  for (const place of part.querySelectorAll("[data-language]")) place.textContent = named(place.dataset.language);
  enable(part);
  for (const image of part.querySelectorAll("img[data-color]")) colored(image);
}

// A code that is no language tag is shown as it is.
function named(code) {
  try {
    return languages.of(code);
  } catch {
    return code;
  }
}

// The average colour until the picture is there.
function colored(image) {
  if (image.complete && image.naturalWidth) return;
  image.style.background = image.dataset.color;
  image.addEventListener("load", () => image.removeAttribute("style"), { once: true });
}

function matters(kind, fields) {
  actions.heard(kind, fields);
  if (OF_ARTWORK.includes(kind)) setTimeout(() => live.soon(), fields.path === find("picture").dataset.asset ? LATER : 2 * LATER);
  return ["reset", "run_ended"].includes(kind);
}

// From a picture that was deleted to the next one, from the last one to the library.
function leave() {
  (find("to-next") ?? find("to-prev") ?? find("to-library")).click();
}

function gone() {
  tell(text("picture.gone"), "bad");
  leave();
}

const isBusy = (target) => target.closest?.("input, select, textarea, [contenteditable], dialog") || document.querySelector("dialog[open]");

function press(event) {
  if (isBusy(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const way = { ArrowLeft: "to-prev", ArrowRight: "to-next", Backspace: "to-library" }[event.key];
  const link = way && find(way);
  if (!link) return;
  event.preventDefault();
  link.click();
}

function click(event) {
  const link = event.target.closest?.(ARROWS);
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.id === "to-library") return leaveToTile(event, link);
  event.preventDefault();
  pages.go(link);
}

document.addEventListener("keydown", press);
document.addEventListener("click", click);
document.addEventListener("taken-back", () => live.soon());
followFinger("#stage", { left: () => find("to-next")?.click(), right: () => find("to-prev")?.click() });
compareByKeys(isBusy);
drawn(find("main"));
opened();
pages.prefetch();
