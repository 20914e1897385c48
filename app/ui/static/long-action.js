// Something that takes a while: its button cannot be pressed again meanwhile, and a place says that it goes on.

import { attempt } from "./notice.js";

export const MINUTES = 600_000;

// Answer what the action answers, null where the server refused it.
export async function busy(button, place, words, action) {
  button.disabled = true;
  place.textContent = words;
  const answer = await attempt(action);
  button.disabled = false;
  if (place.textContent === words) place.textContent = "";
  return answer;
}
