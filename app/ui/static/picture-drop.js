// A picture that is dropped where nothing else takes it opens the passport, on every page.

import { carry, pictureOf } from "./carried-picture.js";
import { element } from "./element.js";
import { tell } from "./notice.js";
import { address } from "./server.js";
import { text } from "./texts.js";

const PAGE = "server/passport";
const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
let hint = null;

// After the listeners of the page itself, which say by preventDefault that they take it.
export function watchDrops() {
  window.addEventListener("dragover", over);
  window.addEventListener("dragleave", (event) => event.relatedTarget || mark(false));
  window.addEventListener("drop", drop);
}

function over(event) {
  if (!holdsFiles(event) || event.defaultPrevented) return mark(false);
  event.preventDefault();
  const isFree = !document.querySelector("dialog[open]");
  event.dataTransfer.dropEffect = isFree ? "copy" : "none";
  mark(isFree);
}

function mark(isOver) {
  if (!isOver && !hint) return;
  hint ??= document.body.appendChild(element("p", { class: "drop-hint", "aria-hidden": "true" }, text("frame.drop")));
  hint.hidden = !isOver;
}

// Without this the browser would leave the page and show the file.
async function drop(event) {
  mark(false);
  if (!holdsFiles(event) || event.defaultPrevented) return;
  event.preventDefault();
  const file = pictureOf(event.dataTransfer.files);
  if (!file || document.querySelector("dialog[open]")) return;
  try {
    await carry(file);
  } catch {
    return tell(text("frame.drop.failed"), "bad");
  }
  location.assign(address(PAGE));
}
