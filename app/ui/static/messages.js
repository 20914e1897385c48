// A test message to everybody who gets messages about runs.

import { find } from "./element.js";
import { attempt, tell } from "./notice.js";
import { post } from "./server.js";

export async function testMessages() {
  const button = find("test-messages");
  find("more").open = false;
  button.disabled = true;
  tell("Sending a test message …");
  const answer = await attempt(() => post("api/notifications/test"));
  button.disabled = false;
  if (answer) tell(answer.results.map(sentence).join(" "), answer.success ? "good" : "bad");
}

function sentence({ receiver, sent, detail }) {
  if (!receiver) return `Nothing was sent: ${detail}.`;
  return sent ? `${receiver}: ${detail}.` : `Not sent. ${detail}.`;
}
