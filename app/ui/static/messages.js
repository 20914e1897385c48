// A test message to everybody who gets messages about runs.

import { attempt, tell } from "./notice.js";
import { post } from "./server.js";
import { text } from "./texts.js";

export async function sendTestMessages({ currentTarget: button }) {
  button.disabled = true;
  tell(text("home.messages.sending"));
  const answer = await attempt(() => post("api/notifications/test"));
  button.disabled = false;
  if (answer) tell(answer.results.map(sentence).join(" "), answer.success ? "good" : "bad");
}

function sentence({ receiver, sent, detail }) {
  if (!receiver) return text("home.messages.none", { detail });
  return sent ? `${receiver}: ${detail}.` : text("home.messages.failed", { receiver, detail });
}
