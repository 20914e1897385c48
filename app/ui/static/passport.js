// The passport: a picture that is chosen, dropped or pasted, what the server says of it, and bringing it back.

import { broughtAlong, pictureOf } from "./carried-picture.js";
import { element, enable, find } from "./element.js";
import { FollowedRuns } from "./followed-runs.js";
import { showTimes } from "./frame.js";
import { LivePage } from "./live.js";
import { attempt, hush, tell } from "./notice.js";
import { address, post } from "./server.js";
import { text } from "./texts.js";

const LARGEST = 32 * 1024 * 1024;
const PATIENCE = 60000;
const place = find("answer");
let brought = null;
// An answer that a newer question has overtaken is out of date.
let asked = 0;

const runs = new FollowedRuns(() => look());
new LivePage({ matters: heard });

// Also the run of an undo changes what lies there.
function heard(kind, fields) {
  runs.heard(kind, fields);
  if (kind === "run_ended") look();
  return false;
}

function take(file) {
  if (!file) return tell(text("passport.no_picture"), "bad");
  if (file.size > LARGEST) return tell(text("passport.too_large"), "bad");
  hush();
  brought = file;
  return look();
}

// Asked again after a run, which may have changed what lies there.
async function look() {
  const file = brought;
  if (!file) return;
  const own = (asked += 1);
  place.setAttribute("aria-busy", "true");
  if (!place.querySelector(".sightings")) place.replaceChildren(element("p", { class: "hint" }, text("passport.looking", { name: file.name })));
  const answer = await told(file).catch(() => null);
  if (own !== asked) return;
  place.removeAttribute("aria-busy");
  if (answer) show(answer, file);
  else place.replaceChildren(element("p", { class: "problem" }, text("frame.unreachable")));
}

// What the page says of it; a refusal is part of the page.
async function told(file) {
  const body = new FormData();
  body.append("file", file, file.name || "picture");
  const headers = { "X-Requested-With": "fetch", Accept: "text/html" };
  const answer = await fetch(address("server/passport"), { method: "POST", body, headers, signal: AbortSignal.timeout(PATIENCE) });
  if (answer.redirected) document.dispatchEvent(new CustomEvent("unwelcome"));
  const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("answer");
  return found ?? element("div", {}, element("p", { class: "problem" }, text("frame.answered", { status: answer.status })));
}

function show(answer, file) {
  showTimes(answer);
  enable(answer);
  const seen = answer.querySelector("#seen");
  if (seen) {
    seen.src = URL.createObjectURL(file);
    seen.hidden = false;
    seen.addEventListener("load", () => URL.revokeObjectURL(seen.src), { once: true });
  }
  place.replaceChildren(...answer.childNodes);
}

async function press({ target }) {
  const button = target.closest?.("[data-restore], [data-redraw]");
  if (!button) return;
  const path = button.closest("[data-asset]").dataset.asset.split("/").map(encodeURIComponent).join("/");
  const { restore: version } = button.dataset;
  button.disabled = true;
  const answer = await attempt(() => (version ? post(`api/assets/${path}/versions`, { version }) : post(`api/assets/${path}/redraw`, {})));
  button.disabled = false;
  if (!answer) return;
  if (version) runs.follow(answer.run_id, text("passport.restoring"), text("passport.restored"));
  else runs.follow(answer.run_id, text("passport.drawing"), text("passport.redrawn"));
}

function paste(event) {
  const file = pictureOf(event.clipboardData?.files);
  if (!file) return;
  event.preventDefault();
  take(file);
}

function drop(event) {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  take(pictureOf(event.dataTransfer.files));
}

find("ways").hidden = false;
document.addEventListener("click", press);
document.addEventListener("paste", paste);
document.addEventListener("drop", drop);
document.addEventListener("taken-back", look);
find("brought").addEventListener("change", ({ target }) => target.files.length && take(pictureOf(target.files)));
broughtAlong().then((file) => file && take(file));
