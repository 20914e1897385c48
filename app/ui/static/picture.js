// The page of a picture: arrows through the list, and the way back to its tile.

import { find } from "./element.js";
import { Pages } from "./picture-pages.js";
import { leaveToTile, remember } from "./picture-way.js";

const FARTHEST = 50;
const pages = new Pages(opened);

// Called for the first picture and for each one that an arrow leads to; other scripts hear of it by the event.
function opened() {
  const image = find("made");
  if (image?.dataset.color && !image.complete) {
    image.style.background = image.dataset.color;
    image.addEventListener("load", () => image.style.removeProperty("background"), { once: true });
  }
  remember();
  document.dispatchEvent(new CustomEvent("picture"));
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
  const link = event.target.closest?.("#to-prev, #to-next, #to-library");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.id === "to-library") return leaveToTile(event, link);
  event.preventDefault();
  pages.go(link);
}

// A finger that moves sideways over the picture; one that zooms or scrolls does something else.
let began;

function touch({ touches, target }) {
  const isOne = touches.length === 1 && visualViewport.scale <= 1.01 && target.closest("#stage") && !target.closest("input");
  began = isOne ? { x: touches[0].clientX, y: touches[0].clientY } : null;
}

function lift({ changedTouches: [last] }) {
  if (!began) return;
  const [x, y] = [last.clientX - began.x, last.clientY - began.y];
  began = null;
  if (Math.abs(x) < FARTHEST || Math.abs(y) > Math.abs(x) / 2) return;
  find(x < 0 ? "to-next" : "to-prev")?.click();
}

document.addEventListener("keydown", press);
document.addEventListener("click", click);
document.addEventListener("touchstart", touch, { passive: true });
document.addEventListener("touchend", lift, { passive: true });
opened();
pages.prefetch();
