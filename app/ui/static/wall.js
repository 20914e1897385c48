// The newest artwork on two shelves, each picture with why it was chosen.
//
// The places of a shelf stay where they are and only their pictures change, so that nothing on the page moves.

import { element, excuse, find } from "./element.js";
import { Pace } from "./pace.js";
import { sentence } from "./decision.js";
import { address, ask } from "./server.js";

const SHELVES = [
  { name: "tall", places: 14, kinds: [/^(movie|show|collection)?$/i, /^season/i] },
  { name: "wide", places: 14, kinds: [/background/i, /^episode/i] },
];
const FOLDER = "/poster_assets/";

export class Wall {
  constructor(viewer) {
    this.viewer = viewer;
    this.running = false;
    this.records = new Map();
    this.shelves = SHELVES.map((shelf) => ({ ...shelf, tiles: this.places(shelf), images: [] }));
    this.watcher = new IntersectionObserver((seen) => this.explainSeen(seen), { rootMargin: "200px" });
    for (const { tiles } of this.shelves) for (const tile of tiles) this.watcher.observe(tile);
    this.pace = new Pace(() => this.refresh(), () => (this.running ? 2000 : 30000), (error) => excuse(find("wall-hint"), error));
  }

  places({ name, places }) {
    const tiles = Array.from({ length: places }, (_, place) => this.tile(name, place));
    find(`shelf-${name}`).append(...tiles.map((tile) => element("li", { "aria-hidden": "true" }, tile)));
    return tiles;
  }

  tile(shelf, place) {
    const frame = element("img", { alt: "", loading: "lazy", decoding: "async" });
    const words = [element("span", { class: "name" }), element("span", { class: "why" })];
    const click = () => tile.image && this.viewer.open(tile.image, this.images());
    const tile = element("button", { type: "button", class: "ghost", disabled: true, "data-key": `${shelf}-${place}`, click }, frame, words);
    frame.addEventListener("error", () => tile.classList.add("lost"));
    return tile;
  }

  images() {
    return this.shelves.flatMap(({ images }) => images);
  }

  async refresh() {
    const { assets } = await ask("api/recent-assets");
    for (const shelf of this.shelves) this.fill(shelf, assets);
    find("wall-hint").hidden = assets.length > 0;
    find("wall-hint").textContent = this.running ? "The first pictures will stand here in a moment." : "No artwork yet. A run puts it here.";
  }

  fill(shelf, assets) {
    const groups = shelf.kinds.map((kind) => assets.filter(({ type }) => kind.test(type ?? "")));
    shelf.images = alternated(groups).slice(0, shelf.places).map((asset) => this.viewed(asset));
    shelf.tiles.forEach((tile, place) => this.put(tile, shelf.images[place]));
    // Free places stand for what a run will make; without any picture they show where it will be.
    const free = shelf.images.length && !this.running;
    shelf.tiles.forEach((tile) => { tile.parentElement.hidden = Boolean(free && !tile.image); });
  }

  viewed(asset) {
    const path = asset.poster_url.split("?")[0];
    const key = `${path} ${asset.modified}`;
    const record = () => this.record(key, path);
    const explain = async () => told(await record());
    const named = decodeURIComponent(below(path));
    return { key, name: `${asset.title} · ${asset.type}`, title: asset.title, source: `${address(path)}?v=${asset.modified}`, path: named, record, explain };
  }

  put(tile, image) {
    if (tile.image?.key === image?.key) return;
    tile.image = image;
    tile.disabled = !image;
    tile.classList.toggle("ghost", !image);
    tile.classList.remove("lost");
    if (image) tile.parentElement.removeAttribute("aria-hidden");
    else tile.parentElement.setAttribute("aria-hidden", "true");
    const [frame, name, why] = tile.children;
    if (image) frame.src = image.source;
    else frame.removeAttribute("src");
    name.textContent = image?.title.replace(/ \(\d{4}\)/, "") ?? "";
    tile.title = image?.name ?? "";
    why.textContent = "";
    this.watcher.unobserve(tile);
    this.watcher.observe(tile);
  }

  explainSeen(seen) {
    for (const { target } of seen.filter((entry) => entry.isIntersecting && entry.target.image)) {
      const { image } = target;
      const tell = (text) => { if (target.image === image) target.children[2].textContent = text; };
      image.explain().then(tell, () => null);
    }
  }

  // The record of a picture is asked for once; a picture that another program made has none.
  record(key, path) {
    if (!this.records.has(key)) this.records.set(key, decided(path));
    const asked = this.records.get(key);
    asked.catch(() => this.records.delete(key));
    return asked;
  }
}

const below = (path) => path.slice(path.indexOf(FOLDER) + FOLDER.length);
const told = (record) => (record ? sentence(record) : "Made by another program, so there is no record of why.");

async function decided(path) {
  try {
    return await ask(`api/assets/${below(path)}/decision`);
  } catch (error) {
    if (error.status === 404) return null;
    throw error;
  }
}

// One of each group in turn, each group in its own order.
export function alternated(groups) {
  const longest = Math.max(0, ...groups.map((group) => group.length));
  const turns = Array.from({ length: longest }, (_, place) => groups.map((group) => group[place]));
  return turns.flat().filter(Boolean);
}
