// What every page inside the frame does: times in the reader's zone, keys, language, a session that ends.

import { element, find } from "./element.js";
import { undoByKey } from "./last-change.js";
import { listen, tell } from "./notice.js";
import { text } from "./texts.js";

const YEAR = 365 * 24 * 3600;

export function showTimes(place = document) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  for (const time of place.querySelectorAll("time[datetime]")) {
    time.title ||= time.dateTime;
    time.textContent = format.format(new Date(time.dateTime));
  }
}

// Ask in a dialog of the page; answers the value of the button that closed it.
export function decide(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue), { once: true }));
}

function press(event) {
  const isTyping = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key !== "?" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (!document.querySelector("dialog[open]")) find("keyboard").showModal();
}

function choose(event) {
  const path = new URL("../", import.meta.url).pathname;
  document.cookie = `language=${event.target.value}; path=${path}; max-age=${YEAR}; samesite=strict`;
  location.reload();
}

function signedOut() {
  tell(text("frame.signed_out"), "bad");
  const here = `${location.pathname}${location.search}`.slice(new URL("../", import.meta.url).pathname.length);
  const way = new URL(`../server/sign-in?next=${encodeURIComponent(here)}`, import.meta.url);
  find("notice-text").append(" ", element("a", { href: way }, text("frame.sign_in")));
}

showTimes();
listen();
document.addEventListener("keydown", press);
document.addEventListener("keydown", undoByKey);
document.addEventListener("unwelcome", signedOut);
find("language").addEventListener("change", choose);
