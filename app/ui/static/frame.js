// What every page inside the frame does: times in the reader's zone, keys, language, undo, a session that ends.

import { find } from "./element.js";
import { undoByKey } from "./last-change.js";
import { listen } from "./notice.js";
import { watchDrops } from "./picture-drop.js";
import { address } from "./server.js";
import { watchSession } from "./session.js";

const YEAR = 365 * 24 * 3600;
// By dialog, what takes the answer of its newest question.
const undecided = new WeakMap();

export function showTimes(place = document) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  for (const time of place.querySelectorAll("time[datetime]")) {
    time.title ||= time.dateTime;
    time.textContent = format.format(new Date(time.dateTime));
  }
}

// Ask in a dialog of the page; answers the value of the button that closed it.
export function decide(dialog) {
  // A dialog may be asked again before the event of its closing has come.
  undecided.get(dialog)?.(dialog.returnValue);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => {
    undecided.set(dialog, done);
    // The event of an earlier closing may come when the dialog is open again.
    const closed = () => dialog.open || (dialog.removeEventListener("close", closed), done(dialog.returnValue));
    dialog.addEventListener("close", closed);
  });
}

function press(event) {
  const isTyping = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key !== "?" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (!document.querySelector("dialog[open]")) find("keyboard").showModal();
}

function choose(event) {
  const path = address("").pathname;
  document.cookie = `language=${event.target.value}; path=${path}; max-age=${YEAR}; samesite=strict`;
  location.reload();
}

showTimes();
listen();
document.addEventListener("keydown", press);
document.addEventListener("keydown", undoByKey);
watchSession();
watchDrops();
find("language").addEventListener("change", choose);
