// One sentence at the foot of the window about what was just done.

import { find } from "./element.js";

const SHOWN = 8000;
let timer;

export function tell(text, tone = "good") {
  clearTimeout(timer);
  find("notice").className = `notice ${tone}`;
  find("notice-close").hidden = false;
  find("notice-text").textContent = text;
  if (tone === "good") timer = setTimeout(hush, SHOWN);
}

export function hush() {
  clearTimeout(timer);
  find("notice").className = "notice";
  find("notice-close").hidden = true;
  find("notice-text").textContent = "";
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
  const wait = error.wait ? `${Math.ceil(error.wait / 60)} min` : "a few minutes";
  return `Too many attempts. Please wait ${wait} and try again.`;
}
