// The original over the made picture, up to the place that a slider says, or all of it while a key is held.

import { element, find, say } from "./element.js";
import { text } from "./texts.js";

const isOn = () => Boolean(find("stage")?.dataset.busy);

// What is compared stays as it is while the rest of the page is refreshed.
function begin(button) {
  for (const part of [find("stage"), find("compare")]) part.dataset.busy = "compare";
  button.setAttribute("aria-pressed", "true");
  find("compare-split").hidden = false;
  const image = element("img", { class: "original", alt: button.dataset.alt, draggable: "false" });
  image.addEventListener("load", () => say(find("compare-state"), ""));
  image.addEventListener("error", () => failed(image));
  say(find("compare-state"), text("picture.loading"));
  image.src = button.dataset.original;
  find("stage").append(image);
  split();
}

function failed(image) {
  if (!image.isConnected) return;
  endComparing();
  say(find("compare-state"), text("picture.no_original"));
}

export function endComparing() {
  if (!isOn()) return;
  for (const part of [find("stage"), find("compare")]) delete part.dataset.busy;
  document.querySelector("#stage .original")?.remove();
  find("stage").classList.remove("whole");
  find("compare-on").setAttribute("aria-pressed", "false");
  find("compare-split").hidden = true;
  say(find("compare-state"), "");
}

function toggle() {
  const button = find("compare-on");
  if (!button) return;
  if (isOn()) return endComparing();
  begin(button);
  find("split").focus({ preventScroll: true });
}

function split() {
  find("stage").style.setProperty("--split", `${find("split").value}%`);
}

// `isBusy` says whether a key is meant for the place in which it was pressed.
export function compareByKeys(isBusy) {
  const isPlain = ({ ctrlKey, metaKey, altKey }) => !ctrlKey && !metaKey && !altKey;
  const isMeant = (event) => isPlain(event) && (event.target.id === "split" || !isBusy(event.target));
  const down = (event) => {
    const key = event.key.toLowerCase();
    if (!["c", "o"].includes(key) || event.repeat || !isMeant(event) || !find("compare-on")) return;
    if (key === "c") return toggle();
    if (!isOn()) begin(find("compare-on"));
    find("stage").classList.add("whole");
  };
  document.addEventListener("keydown", down);
  document.addEventListener("keyup", ({ key }) => key.toLowerCase() === "o" && find("stage")?.classList.remove("whole"));
  document.addEventListener("click", ({ target }) => target.closest?.("#compare-on") && toggle());
  document.addEventListener("input", ({ target }) => target.id === "split" && split());
}
