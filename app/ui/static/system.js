// The page of the system: figures are kept fresh, services tried, messages sent, and help gathered.

import { element, find } from "./element.js";
import { journalActions } from "./journal-check.js";
import { LivePage } from "./live.js";
import { busy, MINUTES } from "./long-action.js";
import { patiently, post } from "./server.js";
import { text } from "./texts.js";

const FRESH = 10_000;
// The name of the field in which the key of each service is sent.
const KEYS = { plex: "token", jellyfin: "api_key", emby: "api_key", tmdb: "token", tvdb: "api_key", fanart: "api_key" };

// The mark of a secret stands for the key that is saved.
async function tryService(button) {
  const { try: service } = button.dataset;
  const place = find(`answer-${service}`);
  place.classList.remove("yes", "no");
  const { mark } = document.querySelector(".services").dataset;
  const answer = await busy(button, place, text("system.trying"), () => post(`api/validate/${service}`, { [KEYS[service]]: mark }));
  if (!answer) return;
  place.classList.add(answer.valid ? "yes" : "no");
  place.textContent = `${answer.valid ? "✓" : "✕"} ${answer.message}`;
}

async function sendMessage(button) {
  const list = find("message-answer");
  const answer = await busy(button, list, text("system.trying"), () => post("api/notifications/test", undefined, MINUTES));
  if (answer) list.replaceChildren(...answer.results.map(messageResult));
}

function messageResult({ receiver, sent, detail }) {
  const word = sent ? `✓ ${text("system.sent")}` : `✕ ${text("system.not_sent")}`;
  return element("li", {}, element("b", { class: sent ? "yes" : "no" }, `${receiver} ${word}`.trim()), ` ${detail}`);
}

// Without scripts the form itself downloads the zip; with them the page says what happens.
async function gather(event) {
  event.preventDefault();
  const place = find("support-answer");
  const made = await busy(event.target.querySelector("button"), place, text("system.making"), download);
  if (made) place.textContent = text("system.made", { name: made });
}

async function download() {
  const answer = await patiently("POST", "api/admin/support-zip", MINUTES);
  const name = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition"))?.[1] ?? "support.zip";
  const way = URL.createObjectURL(await answer.blob());
  element("a", { href: way, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(way), FRESH);
  return name;
}

const ACTIONS = { ...journalActions, message: sendMessage };

function press({ target }) {
  const button = target.closest?.("button");
  if (button?.dataset.try) tryService(button);
  else ACTIONS[button?.id]?.(button);
}

new LivePage({ every: FRESH });
document.addEventListener("click", press);
find("support").addEventListener("submit", gather);
for (const button of document.querySelectorAll("main button:disabled")) button.disabled = false;
