// The wall on any day: a day by list or slider, pictures that are chosen, and going back to that day.

import { DayReturn } from "./day-return.js";
import { enable, find, say } from "./element.js";
import { showTimes } from "./frame.js";
import { LivePage } from "./live.js";
import { ask } from "./server.js";
import { text } from "./texts.js";

const LATER = 200;
const PATIENCE = 20000;
const days = find("day");
const slider = find("days-slider");
const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
const number = (value) => value.toLocaleString(document.documentElement.lang);
const part = () => find("day-part");
let timer;
let cancelled = new AbortController();

const chosen = () => [...part().querySelectorAll("[data-pick]:checked")].map((box) => box.closest("li").dataset.path);

// The dates in the reader's zone; what a screen reader says of the slider is the same.
function nameDays() {
  for (const option of days.options) {
    const { at, what } = option.dataset;
    option.textContent = text("days.of", { at: when.format(new Date(at)), what });
  }
  find("over-time").hidden = days.options.length < 2;
  slider.max = days.options.length - 1;
  place();
}

// The list begins with the newest day, the slider ends with it.
function place() {
  slider.value = days.options.length - 1 - days.selectedIndex;
  slider.setAttribute("aria-valuetext", days.selectedOptions[0]?.textContent ?? "");
}

function slide() {
  days.selectedIndex = days.options.length - 1 - Number(slider.value);
  place();
  clearTimeout(timer);
  timer = setTimeout(go, LATER);
}

function go() {
  const fields = new URLSearchParams(new FormData(find("day-choice")));
  const way = `${location.pathname}?${fields}`;
  history.replaceState(null, "", way);
  load(way);
}

// The part of the page that is about the day, as the server renders it; only the newest one that was asked for is shown.
async function load(way = location.href) {
  cancelled.abort();
  cancelled = new AbortController();
  const { signal } = cancelled;
  part().setAttribute("aria-busy", "true");
  const page = await fetched(way, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]));
  const fresh = page?.getElementById("day-part");
  if (!fresh || signal.aborted) return;
  part().replaceWith(fresh);
  renew(page.getElementById("day"));
  shown();
}

// Null for what was given up; what does not come is left to the browser, which says why.
async function fetched(way, signal) {
  try {
    const answer = await fetch(way, { cache: "no-cache", signal });
    if (answer.redirected) document.dispatchEvent(new CustomEvent("unwelcome"));
    else return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(way);
  }
  return null;
}

// A run that has ended made another day; the one that is shown stays.
function renew(list) {
  if (list.options.length === days.options.length) return;
  days.replaceChildren(...list.options);
  days.value = part().dataset.day;
  nameDays();
}

// The address names the day, also when it is no longer the one that is shown without.
function pin() {
  const way = new URL(location.href);
  way.searchParams.set("day", part().dataset.day);
  history.replaceState(null, "", way);
}

function shown() {
  showTimes(part());
  enable(part());
  for (const box of part().querySelectorAll("[data-pick]")) box.disabled = false;
  count();
  tally();
}

function count() {
  const button = find("back-chosen");
  if (!button) return;
  const many = chosen().length;
  button.disabled = !many;
  button.dataset.plain ??= button.textContent;
  button.textContent = many ? text("days.chosen", { count: number(many) }) : button.dataset.plain;
}

// How many pictures differ takes a while over a whole library, and is of use only while this day is shown.
async function tally() {
  const { day, folder } = part().dataset;
  const found = await ask(`api/days/${encodeURIComponent(day)}?${new URLSearchParams({ folder })}`, cancelled.signal).catch(() => null);
  if (part().dataset.day !== day) return;
  if (!found && find("back-all")) find("back-all").disabled = false;
  if (!found) return;
  const { changed, lost, new: fresh, gone, unknown, by_hand: hand } = found.counts;
  const words = [
    changed && text("days.count.changed", { count: number(changed) }),
    fresh && text("days.count.fresh", { count: number(fresh) }),
    gone && text("days.count.gone", { count: number(gone) }),
    lost && text("days.count.lost", { count: number(lost) }),
    unknown && text("days.count.unknown", { count: number(unknown) }),
    hand && text("days.count.hand", { count: number(hand) }),
  ];
  say(find("day-counts"), words.filter(Boolean).join(" "));
  say(find("differing"), number(changed + lost + fresh + gone + unknown));
  if (find("back-all")) find("back-all").disabled = !(changed + fresh + gone);
}

if (days) {
  const back = new DayReturn({ day: () => part().dataset.day, name: () => days.selectedOptions[0]?.textContent ?? "", changed: () => load() });
  new LivePage({ matters: (kind, fields) => (back.heard(kind, fields), kind === "run_ended" && load(), false) });
  document.addEventListener("taken-back", () => load());
  document.addEventListener("click", ({ target }) => {
    if (target.id === "back-chosen") back.ask(target, { assets: chosen() });
    if (target.id === "back-all") back.ask(target, { folder: part().dataset.folder });
  });
  document.addEventListener("change", ({ target }) => target.matches?.("[data-pick]") && count());
  slider.addEventListener("input", slide);
  days.addEventListener("change", () => (place(), go()));
  pin();
  nameDays();
  shown();
}
