// From the sofa: the client that is shown, the design, and what the clients take from the texts.

import { element, find, say } from "./element.js";
import { post } from "./server.js";
import { text } from "./texts.js";

const form = find("sofa-form");
const NAMES_SHOWN = 3;

// The client

function choose(event) {
  const link = event.target.closest?.("[data-client]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  showClient(link.dataset.client);
  history.replaceState(history.state, "", link.href);
}

function showClient(client) {
  for (const link of document.querySelectorAll(".clients [data-client]")) {
    if (link.dataset.client === client) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    find(`client-${link.dataset.client}`).hidden = link.dataset.client !== client;
  }
  form.elements.client.value = client;
}

// The texts

// One image of each drawing; the clients show the same ones.
function drawings() {
  const found = new Map();
  for (const image of document.querySelectorAll("img[data-drawn]")) if (!found.has(image.src)) found.set(image.src, image);
  return [...found.values()];
}

// The texts of a picture, as the answer's head says: [{ kind, box, size, isSecond }].
async function textsOf(image) {
  const answer = await fetch(image.src, { cache: "force-cache" });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail ?? text("frame.answered", { status: answer.status }));
  const { boxes = [], sizes = [] } = JSON.parse(answer.headers.get("X-Preview-Text") ?? "{}");
  return boxes.map((box, place) => ({ kind: image.dataset.kind, box, size: sizes[place] ?? 0, isSecond: place > 0 })).filter(({ box }) => box.length === 4);
}

async function look() {
  const images = drawings();
  try {
    const found = await Promise.all(images.map(textsOf));
    const shown = found.flatMap((texts, place) => texts.map((each) => ({ ...each, image: images[place] })));
    const { losses } = await post("api/viewing/losses", { texts: shown.map(({ kind, box, size }) => ({ kind, box, size })) });
    tellLosses(losses, shown, images.length);
  } catch (error) {
    say(find("losses-state"), text("sofa.losses.failed", { why: error.message }));
  }
}

// Losses of the same sort are one sentence, in which each screen has its worst amount: { places, images }.
function sorted(losses, shown) {
  const found = new Map();
  for (const loss of losses) {
    const { image, isSecond } = shown[loss.text];
    const key = [loss.loss, loss.mark, isSecond, loss.loss === "small" ? loss.device : ""].join(" ");
    if (!found.has(key)) found.set(key, { ...loss, isSecond, places: new Map(), images: new Set() });
    note(found.get(key), loss, image);
  }
  return [...found.values()];
}

function note({ places, images }, { client, device, loss, amount }, image) {
  const name = `${client}-${device}`;
  if (!places.has(name)) places.set(name, { client, device, amount, images: new Set() });
  const place = places.get(name);
  place.amount = loss === "small" ? Math.min(place.amount, amount) : Math.max(place.amount, amount);
  place.images.add(image);
  images.add(image);
}

// One line above the screens; what is lost where stands below them.
function tellLosses(losses, shown, total) {
  const sorts = sorted(losses, shown);
  const count = new Set(sorts.flatMap(({ images }) => [...images])).size;
  find("losses-state").replaceChildren(sorts.length ? element("a", { href: "#losses" }, text("sofa.losses.found", { count, total })) : text("sofa.losses.none", { total }));
  find("losses-state").classList.toggle("fine", !sorts.length);
  find("losses").hidden = !sorts.length;
  find("losses-list").replaceChildren(...sorts.map(sentence));
  for (const { places } of sorts) for (const [view, { images }] of places) mark(view, images);
}

function sentence(sort) {
  const names = [...sort.images].map((image) => image.alt);
  const shown = names.slice(0, NAMES_SHOWN).join(", ") + (names.length > NAMES_SHOWN ? " …" : "");
  const where = [...sort.places.values()].map((place) => placeOf(place, sort)).join(", ");
  return element("li", {}, element("b", {}, whatIsLost(sort)), ` ${where}.`, element("small", {}, names.length === 1 ? shown : text("sofa.lost.pictures", { count: names.length, names: shown })));
}

function placeOf({ client, device, amount }, { loss }) {
  if (loss === "small") return text("sofa.where.small", { client: clientName(client), height: rounded(amount) });
  return text("sofa.where.share", { client: clientName(client), device: deviceName(device), share: Math.max(1, Math.round(amount * 100)) });
}

function whatIsLost({ loss, mark, least, device, isSecond }) {
  const it = isSecond ? text("sofa.it.second") : text("sofa.it.title");
  if (loss === "cut") return text("sofa.lost.cut", { it });
  if (loss === "covered") return covered(mark, { it });
  const values = { what: isSecond ? text("sofa.a.second") : text("sofa.a.title"), least: rounded(least) };
  return device === "television" ? text("sofa.lost.small.television", values) : text("sofa.lost.small.phone", values);
}

const covered = (mark, values) =>
  ({ unwatched: text("sofa.lost.unwatched", values), count: text("sofa.lost.count", values), watched: text("sofa.lost.watched", values), progress: text("sofa.lost.progress", values) })[mark];
const clientName = (client) => ({ plex: text("sofa.client.plex"), jellyfin: text("sofa.client.jellyfin"), emby: text("sofa.client.emby") })[client];
const deviceName = (device) => ({ television: text("sofa.device.television"), phone: text("sofa.device.phone") })[device];

const rounded = (number) => number.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });

// The tiles of a view whose texts are lost.
function mark(view, images) {
  const sources = new Set([...images].map((image) => image.src));
  for (const image of document.querySelectorAll(`[data-view="${view}"] .face img`)) if (sources.has(image.src)) image.closest("li").classList.add("loses");
}

if (form) {
  document.querySelector(".clients").addEventListener("click", choose);
  form.addEventListener("change", () => form.requestSubmit());
  if (find("losses-state").dataset.drawn === "true") look();
}
