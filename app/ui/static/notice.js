// One sentence at the foot of the window, or of the dialog that is open, about what was just done.

import { find } from "./element.js";
import { text } from "./texts.js";

const SHOWN = 10000;
const HELD = "#notice:hover, #notice:focus-within";
const notice = find("notice");
let timer;
let pressed = null;

// `words` are a sentence or the parts of one; `action` is { name, press }: a button beside it.
export function tell(words, tone = "good", action = null) {
  clearTimeout(timer);
  bring();
  notice.className = `notice ${tone}`;
  find("notice-close").hidden = false;
  find("notice-text").replaceChildren(...[words].flat());
  offer(action);
  if (tone === "good") timer = setTimeout(leave, SHOWN);
}

// Everything outside of a modal dialog can neither be seen above it, nor pressed, nor heard.
function bring() {
  const dialog = [...document.querySelectorAll("dialog:modal")].at(-1);
  if (notice.parentElement === (dialog ?? document.body)) return;
  // The buttons of a dialog are its last part, the notice is that of the page.
  if (dialog) dialog.prepend(notice);
  else document.body.append(notice);
}

// One button that is always there keeps the focus of who has pressed it.
function offer(action) {
  const button = find("notice-action");
  if (!button) return;
  pressed = action?.press ?? null;
  if (!action && document.activeElement === button) find("notice-close").focus();
  button.hidden = !action;
  button.textContent = action?.name ?? "";
}

export function listen() {
  find("notice-close").addEventListener("click", hush);
  find("notice-action").addEventListener("click", () => pressed?.());
  document.addEventListener("close", bring, true);
}

// What a person points at or is about to press does not go away.
function leave() {
  if (document.querySelector(HELD)) timer = setTimeout(leave, SHOWN / 5);
  else hush();
}

export function hush() {
  clearTimeout(timer);
  bring();
  notice.className = "notice";
  find("notice-close").hidden = true;
  find("notice-text").textContent = "";
  offer(null);
}

// Do something that the server may refuse; its sentence is shown, and the answer is null.
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    if (error.status === undefined) throw error;
    if (error.status !== 401) tell(patience(error), "bad");
    return null;
  }
}

export function patience(error) {
  if (error.status !== 429) return error.message;
  return text("frame.too_many", { minutes: Math.ceil((error.wait ?? 60) / 60) });
}
