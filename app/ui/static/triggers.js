// The triggers: tried again or forgotten, and senders connected with a fresh key while their first test is awaited.

import { copied } from "./copying.js";
import { enable, find } from "./element.js";
import { decide } from "./frame.js";
import { LivePage } from "./live.js";
import { attempt, tell } from "./notice.js";
import { address, post, remove } from "./server.js";
import { text } from "./texts.js";

const KINDS = ["trigger_received", "trigger_changed", "trigger_removed", "webhook_tested"];
// The test of a sender that was shown when a fresh key was made for it: only another one is a test of that key.
const made = new Map();

function drawn(part) {
  enable(part);
  for (const open of document.querySelectorAll("#list details[open]")) part.querySelector(`#${open.id}`)?.setAttribute("open", "");
  const sender = part.id?.startsWith("heard-") && part.id.slice(6);
  const test = made.has(sender) && part.querySelector(".test");
  if (test && (test.dataset.at ?? "") === made.get(sender)) test.textContent = text("triggers.waiting", { sender });
}

const page = new LivePage({ drawn, also: KINDS });

async function makeKey(button) {
  const sender = button.dataset.keyFor;
  button.disabled = true;
  const created = await attempt(() => post("api/auth/keys", { name: sender, scopes: ["webhook"] }));
  button.disabled = false;
  if (!created) return;
  made.set(sender, find(`heard-${sender}`).querySelector(".test").dataset.at ?? "");
  find(`key-${sender}`).textContent = created.key;
  find(`key-${sender}-part`).hidden = false;
  find(`once-${sender}`).hidden = false;
  if (sender === "Tautulli") find("address-Tautulli").textContent = tautulli(created.key);
  drawn(find(`heard-${sender}`));
  document.querySelector(`[data-copy="key-${sender}"]`).focus();
}

const tautulli = (key) => `${address("api/webhook/tautulli").href}?api_key=${key}`;

// What cannot be put on the clipboard is marked, to be copied by hand.
async function copy(button) {
  const place = find(button.dataset.copy);
  if (await copied(place.textContent)) tell(text("triggers.copied"));
  else getSelection().selectAllChildren(place);
}

async function replay(button) {
  button.disabled = true;
  if (await attempt(() => post(`api/triggers/${button.dataset.replay}/replay`))) tell(text("triggers.replayed"));
  button.disabled = false;
  page.soon();
}

async function forget({ dataset }) {
  find("forgetting-title").textContent = text("triggers.forget_which", { name: dataset.name });
  if ((await decide(find("forgetting"))) !== "forget") return;
  if (await attempt(() => remove(`api/triggers/${dataset.forget}`))) tell(text("triggers.forgotten"));
  page.soon();
}

function press({ target }) {
  const button = target.closest?.("button");
  if (button?.dataset.keyFor) makeKey(button);
  if (button?.dataset.copy) copy(button);
  if (button?.dataset.replay) replay(button);
  if (button?.dataset.forget) forget(button);
}

// The addresses as this browser reaches the server, base path and proxy included.
for (const sender of ["Sonarr", "Radarr"]) find(`address-${sender}`).textContent = address("api/webhook/arr").href;
find("address-Tautulli").textContent = tautulli(text("triggers.key_place"));
document.addEventListener("click", press);
drawn(document);
