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

// Losses of the same sort on the same screen are one sentence: { losses, owners }.
function sorted(losses, shown) {
  const found = new Map();
  for (const loss of losses) {
    const { image, isSecond } = shown[loss.text];
    const key = [loss.client, loss.device, loss.loss, loss.mark, isSecond].join(" ");
    if (!found.has(key)) found.set(key, { ...loss, isSecond, owners: new Set() });
    const sort = found.get(key);
    sort.owners.add(image);
    const isWorse = loss.loss === "small" ? loss.amount < sort.amount : loss.amount > sort.amount;
    if (isWorse) sort.amount = loss.amount;
  }
  return [...found.values()];
}

function tellLosses(losses, shown, total) {
  const sorts = sorted(losses, shown);
  say(find("losses-state"), sorts.length ? text("sofa.losses.found", { count: new Set(sorts.flatMap(({ owners }) => [...owners])).size, total }) : text("sofa.losses.none", { total }));
  find("losses-state").classList.toggle("fine", !sorts.length);
  find("losses-list").replaceChildren(...sorts.map(sentence));
  for (const sort of sorts) mark(sort);
}

function sentence(sort) {
  const names = [...sort.owners].map((image) => image.alt);
  const shown = names.slice(0, NAMES_SHOWN).join(", ") + (names.length > NAMES_SHOWN ? " …" : "");
  const where = text("sofa.where", { client: clientName(sort.client), device: deviceName(sort.device) });
  return element("li", {}, element("b", {}, `${where}: `), whatIsLost(sort), element("small", {}, text("sofa.lost.pictures", { count: names.length, names: shown })));
}

function whatIsLost({ loss, mark, amount, least, device, isSecond }) {
  const whose = isSecond ? text("sofa.of.second") : text("sofa.of.title");
  const what = isSecond ? text("sofa.a.second") : text("sofa.a.title");
  const values = { what, whose, share: Math.max(1, Math.round(amount * 100)), height: rounded(amount), least: rounded(least) };
  if (loss === "small") return device === "television" ? text("sofa.lost.small.television", values) : text("sofa.lost.small.phone", values);
  return loss === "cut" ? text("sofa.lost.cut", values) : covered(mark, values);
}

const covered = (mark, values) =>
  ({ unwatched: text("sofa.lost.unwatched", values), count: text("sofa.lost.count", values), watched: text("sofa.lost.watched", values), progress: text("sofa.lost.progress", values) })[mark];
const clientName = (client) => ({ plex: text("sofa.client.plex"), jellyfin: text("sofa.client.jellyfin"), emby: text("sofa.client.emby") })[client];
const deviceName = (device) => ({ television: text("sofa.device.television"), phone: text("sofa.device.phone") })[device];

const rounded = (number) => number.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });

// The tiles of that client whose texts are lost.
function mark({ client, device, owners }) {
  const sources = new Set([...owners].map((image) => image.src));
  for (const image of document.querySelectorAll(`[data-view="${client}-${device}"] .face img`)) image.closest("li").classList.toggle("lost", image.closest("li").classList.contains("lost") || sources.has(image.src));
}

if (form) {
  document.querySelector(".clients").addEventListener("click", choose);
  form.addEventListener("change", () => form.requestSubmit());
  if (find("losses").dataset.drawn === "true") look();
}
