// A picture of a design in a dialog, large; the arrows lead to the same picture in the other designs.

import { find } from "./element.js";

const dialog = find("closer");
let shown = null;

export function openClosely(event, link) {
  event.preventDefault();
  show(link);
  dialog.showModal();
}

function show(link) {
  shown = link;
  const image = link.querySelector("img");
  find("closer-name").textContent = image.alt;
  const picture = find("closer-picture");
  picture.className = link.className;
  picture.width = image.width;
  picture.height = image.height;
  // The small one stands there until the large one has come.
  picture.src = image.currentSrc || image.src;
  const large = new Image();
  large.onload = () => {
    if (shown === link) picture.src = large.src;
  };
  large.src = link.href;
}

function step(by) {
  const kind = [...shown.classList].find((name) => name !== "drawn");
  const links = [...document.querySelectorAll(`#designs .${kind}`)];
  show(links[(links.indexOf(shown) + by + links.length) % links.length]);
}

find("closer-previous").addEventListener("click", () => step(-1));
find("closer-next").addEventListener("click", () => step(1));
dialog.addEventListener("keydown", (event) => {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  step(by);
});
dialog.addEventListener("close", () => shown?.focus({ preventScroll: true }));
