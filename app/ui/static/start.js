// The first start: entries are kept and tested while they are typed; the server renders what comes of it.

import { find } from "./element.js";
import { showTimes } from "./frame.js";
import { LivePage } from "./live.js";
import { tell } from "./notice.js";
import { text } from "./texts.js";

const PAUSE = 500;
const PATIENCE = 30000;
const form = find("start");
const { step } = form.dataset;
let timer;
let running = null;

// A newer entry cancels the test of an older one.
function soon(go, pause = PAUSE) {
  clearTimeout(timer);
  running?.abort();
  timer = setTimeout(() => keep(go), pause);
}

async function keep(go) {
  timer = undefined;
  running = new AbortController();
  const { signal } = running;
  const fields = new FormData(form);
  fields.set("go", go);
  if (go === "check") mark(true);
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { "X-Requested-With": "fetch" }, signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]) });
    if (new URL(answer.url).pathname !== location.pathname) return document.dispatchEvent(new CustomEvent("unwelcome"));
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch (error) {
    if (signal.aborted) return;
    tell(text(error.name === "TimeoutError" ? "frame.late" : "frame.unreachable"), "bad");
  }
  mark(false);
}

function show(page) {
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = page.getElementById(part.id);
    if (!fresh || part.isEqualNode(fresh)) continue;
    showTimes(fresh);
    part.replaceChildren(...fresh.childNodes);
  }
  mend();
}

function mark(isTesting) {
  for (const place of document.querySelectorAll(".result")) place.toggleAttribute("data-testing", isTesting);
}

// The address as it was mended stands in its field, but not while somebody types there.
function mend() {
  const address = document.querySelector("[data-address-now]")?.dataset.addressNow;
  const field = document.querySelector(`[data-of="${form.elements.source?.value}"] [data-address]`);
  if (address && field && field !== document.activeElement) field.value = address;
}

const isTestable = () => step !== "source" || Boolean(form.elements.source.value);

form.addEventListener("input", ({ target }) => {
  if (target.matches("[data-tested]") && isTestable()) soon("check");
});
form.addEventListener("change", ({ target }) => {
  if (target.name === "source") soon("check", 0);
  else if (!target.matches("[data-tested]")) soon("save", 0);
});
form.addEventListener("focusout", mend);
form.addEventListener("submit", () => {
  clearTimeout(timer);
  timer = undefined;
  running?.abort();
});
for (const button of form.querySelectorAll("[data-tick]")) {
  button.disabled = false;
  button.addEventListener("click", () => {
    for (const box of form.querySelectorAll("[name=library]")) box.checked = button.dataset.tick === "all";
    soon("save", 0);
  });
}

// What was typed last is kept also where the page is left before it is tested.
addEventListener("pagehide", () => {
  if (!timer) return;
  const fields = new FormData(form);
  fields.set("go", "save");
  navigator.sendBeacon(form.action, fields);
});

if (step === "first" && document.querySelector("#first-run p")) new LivePage({ also: ["asset_updated"], every: 5000, drawn });

function drawn(place) {
  for (const frame of place.querySelectorAll("[data-tint]")) frame.style.setProperty("--tint", frame.dataset.tint);
}
