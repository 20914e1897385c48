// The last change that was made in this tab, and taking it back: by the button of its notice or by Ctrl+Z, also on the next page.

import { element, find } from "./element.js";
import { patience, tell } from "./notice.js";
import { address, post } from "./server.js";
import { text } from "./texts.js";

const PLACE = `last-change ${address("").pathname}`;
// What was typed is taken back by the browser.
const TYPING = "textarea, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=range])";
let ofThisPage = null;

// Say what was done, with a button that takes it back: `change` is { run }, the number of its run, or a function of this page.
export function remember(sentence, change, tone = "good") {
  keep(change);
  tell(sentence, tone, { name: text("frame.undo"), press: takeBack });
}

function keep(change) {
  ofThisPage = typeof change === "function" ? change : null;
  if (ofThisPage) sessionStorage.removeItem(PLACE);
  else sessionStorage.setItem(PLACE, JSON.stringify(change));
}

function lastChange() {
  return ofThisPage ?? JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
}

function forget() {
  ofThisPage = null;
  sessionStorage.removeItem(PLACE);
}

export async function takeBack() {
  const change = lastChange();
  if (!change) return;
  // A second press must not take it back twice.
  forget();
  tell(text("frame.taking_back"));
  try {
    taken(await (change.run ? post(`api/runs/${change.run}/undo`, {}) : change()));
  } catch (error) {
    refused(error, change);
  }
}

// Pages hear of it by an event, to show their new state.
function taken(answer) {
  document.dispatchEvent(new CustomEvent("taken-back"));
  const { run_id: run, queued, left, taken_back: count } = answer ?? {};
  if (left) tell(text("frame.taken_back.partly", { count, left }), "bad");
  else tell(queued ? text("frame.taking_back.queued") : text("frame.taken_back"));
  if (run) find("notice-text").append(" ", element("a", { href: address(`server/runs/${run}`) }, text("frame.run", { number: run })));
}

function refused(error, change) {
  if (error.status === undefined) throw error;
  const isOver = error.status >= 400 && error.status < 500 && ![401, 429].includes(error.status);
  if (!isOver) keep(change);
  const again = isOver ? null : { name: text("frame.undo"), press: takeBack };
  tell(text("frame.not_taken_back", { why: patience(error) }), "bad", again);
}

export function undoByKey(event) {
  const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z";
  if (!isUndo || event.target.closest?.(TYPING) || document.querySelector("dialog[open]") || !lastChange()) return;
  event.preventDefault();
  takeBack();
}
