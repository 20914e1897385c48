// The library: search as one types, the size of tiles, letters, and the wall with the place in it.

import { onArtworkChange } from "./artwork-events.js";
import { Choosing } from "./choosing.js";
import { find, say } from "./element.js";
import { tell } from "./notice.js";
import { takeSeen } from "./picture-way.js";
import { PictureWall } from "./picture-wall.js";
import { address } from "./server.js";
import { text } from "./texts.js";

const PAUSE = 150;
const YEAR = 365 * 24 * 3600;
const PIXELS = { small: 160, medium: 220, large: 320 };
const USUAL = { search: "", order: "title", size: "" };
const form = find("finder");
const choosing = new Choosing(() => wall);
let wall, timer, asked;

function build(memory) {
  wall?.close();
  find("pager")?.remove();
  const place = find("wall") ?? null; // none while there is no picture
  wall = place && new PictureWall(place, { memory, remember, counted, drawn: () => choosing.paint(), way });
  if (wall) mark(wall.anchor().index);
}

// The page of a picture, or of what has none, with the filters that its arrows follow.
function way({ path, choice_id: choice }) {
  const [base, query] = (find("wall")?.dataset.pages ?? "").split("?");
  const fields = [path ? null : `choice=${choice}`, query].filter(Boolean).join("&");
  return `${base}${(path ?? "").split("/").map(encodeURIComponent).join("/")}${fields ? `?${fields}` : ""}`;
}

// The tile of the picture that one comes back from.
function showSeen(isBack) {
  const seen = wall && takeSeen(wall.place.dataset.pages, isBack);
  if (seen) wall.comeTo(seen);
}

// Where one is among the letters or years, which are scrolled to it.
function mark(index) {
  const strip = document.querySelector(".letters");
  const places = [...(strip?.querySelectorAll("[data-place]") ?? [])];
  const here = places.findLast((each) => Number(each.dataset.place) <= index);
  if (!here || here.hasAttribute("aria-current")) return;
  for (const each of places) each.removeAttribute("aria-current");
  here.setAttribute("aria-current", "true");
  strip.scrollLeft = here.offsetLeft - strip.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
}

function remember() {
  const memory = { ...wall.anchor() };
  mark(memory.index);
  if (JSON.stringify(history.state?.wall) !== JSON.stringify(memory)) history.replaceState({ ...history.state, wall: memory }, "");
}

function counted(total) {
  say(find("count"), text("library.pictures", { total: total.toLocaleString(document.documentElement.lang) }));
  if (total) refresh();
  else search();
}

// The counts of filters and the places of letters, when artwork has come or gone.
async function refresh() {
  const fresh = await pageOf(location.href);
  if (!fresh) return;
  replaceFilters(fresh);
  const letters = fresh.querySelector(".letters");
  if (letters) document.querySelector(".letters")?.replaceWith(letters);
  mark(wall.anchor().index);
}

async function pageOf(way, signal) {
  const answer = await fetch(way, { cache: "no-cache", signal }).catch(() => null);
  if (answer?.redirected) document.dispatchEvent(new CustomEvent("unwelcome"));
  return answer?.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

function replaceFilters(fresh) {
  const place = find("filters");
  const isOpen = place.querySelector(".facets")?.open;
  const way = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  place.replaceChildren(...fresh.getElementById("filters").childNodes);
  place.querySelector(".facets").open = isOpen;
  if (way) place.querySelector(`[href="${CSS.escape(way)}"]`)?.focus({ preventScroll: true });
}

function wantedAddress() {
  const fields = [...new FormData(form)].filter(([name, value]) => value !== USUAL[name] && name !== "size");
  const wanted = new URL(form.action);
  wanted.search = new URLSearchParams(fields);
  return wanted;
}

async function search() {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  const wanted = wantedAddress();
  const fresh = await pageOf(wanted, signal);
  if (signal.aborted) return;
  if (fresh) await replace(fresh, wanted);
  else tell(text("library.not_found_out"), "bad");
}

async function replace(fresh, wanted) {
  await choosing.turn(false);
  history.replaceState({}, "", wanted);
  replaceFilters(fresh);
  find("found").replaceChildren(...fresh.getElementById("found").childNodes);
  say(find("count"), fresh.getElementById("count").textContent);
  build();
}

function changed({ target }) {
  if (target.name === "order") return form.requestSubmit();
  if (target.name !== "size") return;
  const path = address("").pathname;
  document.cookie = `tile_size=${target.value}; path=${path}; max-age=${YEAR}; samesite=strict`;
  const here = new URL(location.href);
  here.searchParams.set("size", target.value);
  history.replaceState(history.state, "", here);
  const shape = find("wall")?.classList.contains("wide") ? 2 : 1;
  wall?.resize(target.value, PIXELS[target.value] * shape);
}

// What has its usual value needs no place in the address.
function submitted(event) {
  event.preventDefault();
  location.assign(wantedAddress());
}

function press(event) {
  const isTyping = event.target.closest?.("input, select, textarea, [contenteditable], dialog");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  find("search").focus();
  find("search").select();
}

function letter(event) {
  const place = event.target.closest?.("[data-place]");
  if (!place || !wall || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  wall.jump(Number(place.dataset.place));
}

history.scrollRestoration = "manual";
form.addEventListener("input", ({ target }) => {
  if (target.name !== "search") return;
  clearTimeout(timer);
  timer = setTimeout(search, PAUSE);
});
form.addEventListener("change", changed);
form.addEventListener("submit", submitted);
find("found").addEventListener("click", letter);
document.addEventListener("keydown", press);
build(history.state?.wall);
choosing.resume();
showSeen(performance.getEntriesByType("navigation")[0]?.type === "back_forward");
addEventListener("pageshow", (event) => event.persisted && showSeen(true));
onArtworkChange(() => (wall ? wall.slices.renew() : search()));
