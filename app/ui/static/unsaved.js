// Unsaved work is asked about before a link, Back, the gesture or a reload leads away from it.

import { find } from "./element.js";
import { decide } from "./frame.js";

// What each form had when it was last saved.
const guards = new Map();
// Whether an entry of the history stands before this page, so that Back ends at the page first.
let isMarked = false;
let isLeaving = false;

// Guard what is typed into a form; call the answer when it has been saved.
export function guardForm(form) {
  for (const other of guards.keys()) if (!other.isConnected) guards.delete(other);
  const keep = () => guards.set(form, contents(form));
  keep();
  form.addEventListener("input", mark);
  form.addEventListener("change", mark);
  return keep;
}

const contents = (form) => new URLSearchParams(new FormData(form)).toString();
const isUnsaved = () => !isLeaving && [...guards].some(([form, kept]) => form.isConnected && contents(form) !== kept);

function mark() {
  if (isMarked || !isUnsaved()) return;
  isMarked = true;
  history.pushState(history.state, "");
}

async function wentBack() {
  if (!isMarked) return;
  isMarked = false;
  if (!isUnsaved()) return history.back();
  mark();
  if (await leaves()) history.go(-2);
}

async function followed(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || isElsewhere(event, link) || !isUnsaved()) return;
  event.preventDefault();
  event.stopPropagation();
  if (await leaves()) location.assign(link.href);
}

function isElsewhere(event, link) {
  const isInPlace = link.hash && link.href.split("#")[0] === location.href.split("#")[0];
  return isInPlace || link.target || link.hasAttribute("download") || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
}

async function leaves() {
  const dialog = find("leaving");
  if (dialog.open) return false;
  isLeaving = (await decide(dialog)) === "leave";
  return isLeaving;
}

addEventListener("popstate", wentBack);
addEventListener("beforeunload", (event) => isUnsaved() && event.preventDefault());
addEventListener("pageshow", () => {
  isLeaving = false;
});
document.addEventListener("click", followed, true);
