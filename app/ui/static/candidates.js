// The section of a picture's candidates: searched, filtered, compared and taken without leaving the page.

import { Comparing } from "./candidate-compare.js";
import { replacing, runQueue, takeAddress } from "./candidate-take.js";
import { element, find, say } from "./element.js";
import { OwnPicture } from "./own-picture.js";
import { tell } from "./notice.js";
import { address } from "./server.js";
import { text } from "./texts.js";

const PATIENCE = 30000;
const YEAR = 365 * 24 * 3600;
const PREFIX = "candidate_";
const languages = new Intl.DisplayNames(document.documentElement.lang, { type: "language", fallback: "code" });
let asked, comparing;

const section = () => find("candidates");
const views = () => [...document.querySelectorAll("#offered .view")];

// A code that is no language tag is shown as it is.
function named(code) {
  try {
    return languages.of(code);
  } catch {
    return code;
  }
}

function enliven() {
  for (const place of section().querySelectorAll("[data-language]")) place.textContent = named(place.dataset.language);
  for (const button of section().querySelectorAll("[data-take], #run-queue")) button.disabled = false;
  for (const image of section().querySelectorAll(".view img")) watch(image);
  find("own-picture").hidden = false;
}

// A word in the place of a picture that its provider does not give.
function watch(image) {
  const fail = () => image.replaceWith(element("span", { class: "absent" }, text("candidates.not_shown")));
  if (image.complete && !image.naturalWidth) fail();
  else image.addEventListener("error", fail, { once: true });
}

// The section as the server renders it for another address.
async function load(address) {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  say(find("candidates-count"), text("candidates.searching"));
  section().setAttribute("aria-busy", "true");
  const answer = await fetch(address, { signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]) }).catch((error) => ({ reason: error.message }));
  if (signal.aborted) return false;
  section().removeAttribute("aria-busy");
  if (answer.redirected) document.dispatchEvent(new CustomEvent("unwelcome"));
  const fresh = answer.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("candidates") : null;
  if (!fresh) {
    say(find("candidates-count"), "");
    tell(text("candidates.not_searched", { reason: answer.reason ?? answer.status }), "bad");
    return false;
  }
  replace(fresh);
  return true;
}

function replace(fresh) {
  const how = section().querySelector("[name=how]:checked")?.value;
  const focused = section().contains(document.activeElement) ? document.activeElement : null;
  const open = [...section().querySelectorAll("details")].map((part) => part.open);
  section().replaceWith(document.importNode(fresh, true));
  const chosen = section().querySelector(`[name=how][value=${how}]`);
  if (chosen) chosen.checked = true;
  section().querySelectorAll("details").forEach((part, place) => { part.open ||= open[place] ?? false; });
  enliven();
  if (focused) again(focused).focus({ preventScroll: true });
}

// The part that stands where the focused one stood.
function again(focused) {
  const tile = focused.closest(".candidate");
  const same = tile && section().querySelector(`[data-address="${CSS.escape(tile.dataset.address)}"] .view`);
  const words = focused.matches("[data-filter]") && [...section().querySelectorAll("[data-filter]")].find((link) => link.textContent.replace(/[\d.,]+/g, "") === focused.textContent.replace(/[\d.,]+/g, ""));
  return same || words || (focused.id && document.getElementById(focused.id)) || find("candidates-title");
}

// What is chosen stands in the address of this page, and is kept for the next picture of this kind.
async function narrow(address) {
  if (!(await load(address))) return;
  const here = new URL(location.href);
  for (const name of [...here.searchParams.keys()]) if (name.startsWith(PREFIX)) here.searchParams.delete(name);
  for (const [name, value] of new URL(address).searchParams) if (name.startsWith(PREFIX)) here.searchParams.set(name, value);
  history.replaceState(history.state, "", here);
  const { cookie, remembered } = section().dataset;
  keep(cookie, remembered);
}

// The value is a query, which a cookie can hold as it is.
function keep(name, value) {
  const path = address("").pathname;
  document.cookie = `${name}=${value}; path=${path}; max-age=${YEAR}; samesite=strict`;
}

async function take(tile) {
  const button = tile.querySelector("[data-take]");
  if (!button || button.disabled) return;
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  await takeAddress(replacing(section(), tile.dataset.text), tile.dataset.address);
  button.disabled = false;
  button.removeAttribute("aria-busy");
}

// An arrow of the page of a picture leads to another section, with a dialog of its own.
function begin() {
  if (!section()) return;
  if (comparing?.dialog !== find("comparing")) comparing = new Comparing(take);
  enliven();
  const isNarrowed = [...new URLSearchParams(location.search).keys()].some((name) => name.startsWith(PREFIX));
  if (isNarrowed && section().dataset.searched === "false") load(section().dataset.search);
}

new OwnPicture(section);

function click(event) {
  const link = event.target.closest("#candidates [data-filter], #candidates-search");
  const view = event.target.closest("#offered .view");
  const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (event.target.closest("#run-queue")) return runQueue();
  if (event.target.closest("#offered [data-take]")) return take(event.target.closest(".candidate"));
  if (!(link || view) || !isPlain) return;
  event.preventDefault();
  if (view) comparing.open(view.closest(".candidate"));
  else narrow(link.href);
}

function submit(event) {
  if (event.target.id !== "candidates-other") return;
  event.preventDefault();
  const address = new URL(event.target.action);
  address.search = new URLSearchParams(new FormData(event.target));
  narrow(address.href);
}

function press(event) {
  const view = event.target.closest?.("#offered .view");
  if (!view || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = views();
  const columns = Math.max(1, all.filter((each) => each.getBoundingClientRect().top === all[0].getBoundingClientRect().top).length);
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
  const does = { Enter: () => take(view.closest(".candidate")), " ": () => comparing.open(view.closest(".candidate")) }[event.key];
  if (step === undefined && !does) return;
  event.preventDefault();
  event.stopPropagation();
  if (does) does();
  else (all[all.indexOf(view) + step] ?? view).focus();
}

document.addEventListener("click", click);
document.addEventListener("submit", submit);
document.addEventListener("change", ({ target }) => target.name === "how" && keep("candidate_way", target.value));
// Before the page's own keys, which go to other pictures.
document.addEventListener("keydown", press, true);
document.addEventListener("picture", begin);
begin();
