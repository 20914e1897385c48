// The split wall: the designs of both sides, what is filtered, the handle, and taking a design.

import { find, say } from "./element.js";
import { remember as rememberChange } from "./last-change.js";
import { attempt, tell } from "./notice.js";
import { PictureWall } from "./picture-wall.js";
import { planFirst } from "./plan-first.js";
import { post } from "./server.js";
import { SplitHandle } from "./split-handle.js";
import { SplitTiles } from "./split-tile.js";
import { text } from "./texts.js";

const PAUSE = 200;
const form = find("split-form");
const sides = { a: form.elements.a, b: form.elements.b };
let wall, tiles, handle, grid, timer, asked, isTold;

const chosen = (side) => sides[side].selectedOptions[0];
const designOf = (side) => ({ id: sides[side].value, revision: chosen(side).dataset.revision });
const nameOf = (side) => chosen(side).textContent.trim();

// The wall

function build({ memory, at } = {}) {
  for (const part of [wall, handle, tiles]) part?.close();
  [wall, handle, tiles, grid] = [null, null, null, null];
  isTold = false;
  find("pager")?.remove();
  const place = find("wall");
  if (place) raise(place, memory, at);
  offerTaking();
}

function raise(place, memory, at) {
  tiles = new SplitTiles({ designOf, cutOf, width: place.dataset.width, failed });
  handle = new SplitHandle(place, { at, said, moved: remember });
  wall = new PictureWall(place, { memory, remember, counted, drawn: placeTiles, way, tile: tiles });
  placeTiles();
}

// Where each tile begins, by which it cuts itself; asked for once, and not while the handle moves.
function placeTiles() {
  if (!wall) return;
  const style = getComputedStyle(wall.list);
  const columns = style.gridTemplateColumns.split(" ").map(parseFloat);
  grid = { width: columns[0], step: columns[0] + parseFloat(style.columnGap) };
  for (const [index, tile] of wall.tiles) tile.style.setProperty("--left", `${((index % columns.length) * grid.step).toFixed(1)}px`);
}

// How much of a tile lies left of the handle, from 0 to 1.
function cutOf(tile) {
  if (!grid) return 0.5;
  const column = (Number(tile.getAttribute("aria-posinset")) - 1) % wall.columns;
  return (handle.at * handle.width - column * grid.step) / grid.width;
}

function way({ path }) {
  const [base, query] = find("wall").dataset.pages.split("?");
  return `${base}${path.split("/").map(encodeURIComponent).join("/")}?${query}`;
}

function said(share) {
  return text("split.at", { left: nameOf("a"), share, right: nameOf("b"), rest: 100 - share });
}

function remember() {
  clearTimeout(remember.timer);
  remember.timer = setTimeout(() => {
    if (wall) history.replaceState({ ...history.state, split: { memory: wall.anchor(), at: handle.at } }, "");
  }, PAUSE);
}

function counted(total) {
  say(find("count"), text("library.pictures", { total: total.toLocaleString(document.documentElement.lang) }));
}

// One sentence for all that could not be drawn, with the server's reason.
async function failed(drawing) {
  if (isTold) return;
  isTold = true;
  const answer = await fetch(drawing).catch(() => null);
  const { detail } = (await answer?.json().catch(() => null)) ?? {};
  if (answer?.status === 401) document.dispatchEvent(new CustomEvent("unwelcome"));
  else tell(text("split.not_drawn", { why: detail ?? text("frame.unreachable") }), "bad");
}

// The form

function wantedAddress() {
  const wanted = new URL(form.action);
  wanted.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  return wanted;
}

function changed({ target }) {
  if (target === sides.a || target === sides.b) turn();
  else if (target.name !== "search") search();
}

function turn() {
  history.replaceState(history.state, "", wantedAddress());
  isTold = false;
  tiles?.renew();
  handle?.set(handle.at);
  offerTaking();
}

function swap() {
  [sides.a.value, sides.b.value] = [sides.b.value, sides.a.value];
  turn();
}

async function search() {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  const wanted = wantedAddress();
  const fresh = await pageOf(wanted, signal);
  if (signal.aborted) return;
  if (fresh) show(fresh, wanted);
  else tell(text("library.not_found_out"), "bad");
}

async function pageOf(way, signal) {
  const answer = await fetch(way, { cache: "no-cache", signal }).catch(() => null);
  if (answer?.redirected) document.dispatchEvent(new CustomEvent("unwelcome"));
  return answer?.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

function show(fresh, wanted) {
  const at = handle?.at;
  history.replaceState({}, "", wanted);
  find("found").replaceChildren(...fresh.getElementById("found").childNodes);
  say(find("count"), fresh.getElementById("count").textContent);
  build({ at });
}

// Taking a design

function offerTaking() {
  for (const button of form.querySelectorAll("[data-take]")) button.disabled = !("takeable" in chosen(button.dataset.take).dataset);
}

async function take({ target }) {
  const side = target.closest?.("[data-take]")?.dataset.take;
  if (!side) return;
  const name = nameOf(side);
  target.disabled = true;
  const answer = await attempt(() => post(`api/designs/${encodeURIComponent(sides[side].value)}/take`, {}));
  offerTaking();
  if (!answer) return;
  rememberChange(text("split.taken", { name }), giveBack);
  tellTaken(name);
  await renewRevisions();
}

async function giveBack() {
  const answer = await post("api/designs/undo", {});
  find("taken").hidden = true;
  await renewRevisions();
  return answer;
}

function tellTaken(name) {
  find("taken-what").textContent = text("split.taken.means", { name });
  find("taken").hidden = false;
}

async function renewRevisions() {
  const fresh = await pageOf(wantedAddress());
  if (!fresh) return;
  for (const side of ["a", "b"]) {
    for (const option of fresh.querySelectorAll(`[name=${side}] option`)) {
      const own = [...sides[side].options].find(({ value }) => value === option.value);
      if (own) own.dataset.revision = option.dataset.revision;
    }
  }
  tiles?.renew();
  offerTaking();
}

history.scrollRestoration = "manual";
form.addEventListener("input", ({ target }) => {
  if (target.name !== "search") return;
  clearTimeout(timer);
  timer = setTimeout(search, PAUSE);
});
form.addEventListener("change", changed);
form.addEventListener("click", take);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
find("swap").addEventListener("click", swap);
find("swap").disabled = false;
find("plan-first").addEventListener("click", planFirst);
build(history.state?.split);
