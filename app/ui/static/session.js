// A session that has ended is asked for again over the page, which stays as it is and goes on afterwards.

import { element, find } from "./element.js";
import { hush, tell } from "./notice.js";
import { address, welcome } from "./server.js";
import { text } from "./texts.js";

const LOOK = 3000;
const PATIENCE = 20000;
const missed = new Set();
let isChecking = false;
let watch;

export function watchSession() {
  document.addEventListener("unwelcome", ask);
  document.addEventListener("error", (event) => event.isTrusted && miss(event), true);
  find("signed-out").addEventListener("close", () => clearInterval(watch));
  find("signed-out").addEventListener("submit", submit);
  document.addEventListener("visibilitychange", () => document.hidden || look());
  for (const image of document.images) if (image.complete && image.currentSrc && !image.naturalWidth) wait(image);
}

// A picture may be missing because nobody is signed in: what its page does about it has to wait for the answer.
function miss(event) {
  if (!(event.target instanceof HTMLImageElement)) return;
  event.stopPropagation();
  wait(event.target);
}

function wait(image) {
  image.dataset.missed = "";
  missed.add(image);
  check();
}

async function check() {
  if (isChecking || find("signed-out").open) return;
  isChecking = true;
  const answer = await welcome().catch(() => null);
  isChecking = false;
  if (answer?.authenticated === false) return ask();
  for (const image of taken()) image.dispatchEvent(new Event("error"));
}

function taken() {
  const images = [...missed];
  missed.clear();
  for (const image of images) delete image.dataset.missed;
  return images;
}

async function ask() {
  const dialog = find("signed-out");
  if (dialog.open) return;
  hush();
  dialog.showModal();
  watch = setInterval(look, LOOK);
  await fill(() => fetchForm({}));
}

// Another tab may have signed in; a stranger whom the login that is off lets in has not.
async function look() {
  if (!find("signed-out").open) return;
  const answer = await welcome().catch(() => null);
  if (answer?.authenticated && answer.username !== "anonymous") goOn();
}

async function submit(event) {
  if (event.target.method === "dialog") return;
  event.preventDefault();
  event.submitter.disabled = true;
  await fill(() => fetchForm({ method: "POST", body: new URLSearchParams(new FormData(event.target)) }));
  event.submitter.disabled = false;
}

async function fill(request) {
  const place = find("signed-out-form");
  try {
    const form = await request();
    if (!form) return goOn();
    place.replaceChildren(form);
    place.querySelector("[autofocus]")?.focus();
  } catch {
    const problem = place.querySelector(".problem") ?? element("p", { class: "problem", role: "alert" });
    problem.textContent = text("frame.unreachable");
    place.prepend(problem);
  }
}

// The form as the server renders it, null for who is signed in.
async function fetchForm(options) {
  const signal = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(address("server/sign-in"), { ...options, headers: { "X-Requested-With": "fetch" }, redirect: "manual", signal });
  if (answer.type === "opaqueredirect") return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("sign-in-form");
}

function goOn() {
  if (!find("signed-out").open) return;
  find("signed-out").close();
  find("signed-out-form").replaceChildren();
  tell(text("frame.signed_in"));
  for (const image of taken()) image.src = image.getAttribute("src");
  document.dispatchEvent(new CustomEvent("welcome"));
}
