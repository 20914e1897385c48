// The sample images of the last testing run, in groups, fetched only when they come into view.

import { element, excuse, find, show } from "./element.js";
import { Pace } from "./pace.js";
import { ask, picture } from "./server.js";
import { fileSize } from "./words.js";
import { Viewer } from "./viewer.js";

const GROUPS = [
  { title: "Movie posters", shape: "", fits: /^poster/i },
  { title: "Show posters", shape: "", fits: /^showposter/i },
  { title: "Seasons", shape: "", fits: /^season/i },
  { title: "Movie backgrounds", shape: "wide", fits: /^background/i },
  { title: "Show backgrounds", shape: "wide", fits: /^showbackground/i },
  { title: "Title cards", shape: "wide", fits: /^title/i },
];
// The sample that stands for its kind; all of them are shown together before the others.
const TELLING = /MediumTextCAPS|Textless/i;
const LENGTHS = ["short", "medium", "long"];
const BASES = /^(background)?testimage\./i;
const AT_ONCE = 3;

export class Samples {
  constructor() {
    this.drawing = false;
    this.pictures = new Map();
    this.tiles = new Map();
    this.viewer = new Viewer((image) => this.load(image));
    this.turns = Array.from({ length: AT_ONCE }, () => Promise.resolve());
    this.watcher = new IntersectionObserver((seen) => this.reveal(seen), { rootMargin: "300px" });
    this.pace = new Pace(() => this.refresh(), () => (this.drawing ? 2000 : 60000), (error) => excuse(find("samples"), error));
  }

  async refresh() {
    const { images } = await ask("api/test-gallery");
    const shown = images.filter(({ name }) => !BASES.test(name)).sort((one, other) => rank(one) - rank(other));
    this.dropAllBut(shown);
    find("samples-hint").hidden = shown.length === 0;
    if (shown.length) show(find("samples"), shown, () => this.build(shown));
    else show(find("samples"), this.drawing ? "drawing" : "empty", emptyShelf);
  }

  build(images) {
    const groups = grouped(images);
    this.viewer.images = groups.flatMap((group) => group.images);
    return groups.map((group) => this.group(group));
  }

  group({ title, shape, images, from }) {
    const items = images.map((image, place) => element("li", { class: from?.[place].shape }, this.tile(image, from?.[place].title ?? caption(image.name))));
    const heading = element("h3", {}, title, element("small", {}, String(images.length)));
    return element("section", {}, heading, element("ul", { class: `tiles ${shape}`.trim(), role: "list" }, items));
  }

  // Tiles of unchanged images are used again, so that nothing flickers while others are drawn.
  tile(image, words) {
    const key = keyOf(image);
    if (!this.tiles.has(key)) this.tiles.set(key, this.newTile(image));
    const tile = this.tiles.get(key);
    tile.querySelector("span").textContent = words;
    return tile;
  }

  newTile(image) {
    const title = `${image.path}, ${fileSize(image.size)}`;
    const click = () => this.viewer.open(image);
    const inside = [element("img", { alt: "" }), element("span", {})];
    const made = element("button", { type: "button", title, "data-key": image.path, click }, inside);
    made.image = image;
    this.watcher.observe(made);
    return made;
  }

  reveal(seen) {
    for (const { target } of seen.filter((entry) => entry.isIntersecting)) {
      this.watcher.unobserve(target);
      this.fill(target);
    }
  }

  async fill(tile) {
    const frame = tile.querySelector("img");
    try {
      frame.src = await this.load(tile.image);
    } catch {
      tile.classList.add("lost");
    }
  }

  // Answer the address of the picture in this browser; each is fetched once, and a few at a time.
  load(image) {
    const key = keyOf(image);
    if (!this.pictures.has(key)) this.pictures.set(key, this.inTurn(() => fetched(image)));
    const loading = this.pictures.get(key);
    loading.catch(() => this.pictures.delete(key));
    return loading;
  }

  inTurn(work) {
    const result = this.turns.shift().then(work);
    this.turns.push(result.catch(() => null));
    return result;
  }

  dropAllBut(images) {
    const kept = new Set(images.map(keyOf));
    const gone = (key) => !kept.has(key);
    for (const key of [...this.tiles.keys()].filter(gone)) this.tiles.delete(key);
    for (const key of [...this.pictures.keys()].filter(gone)) this.dropPicture(key);
  }

  dropPicture(key) {
    this.pictures.get(key).then(URL.revokeObjectURL, () => null);
    this.pictures.delete(key);
  }
}

const keyOf = (image) => `${image.path} ${image.modified} ${image.size}`;

const fetched = async (image) => URL.createObjectURL(await picture(image.url));

function grouped(images) {
  const named = GROUPS.map((group) => ({ ...group, images: images.filter((image) => group.fits.test(image.name)) }));
  const others = images.filter((image) => !GROUPS.some((group) => group.fits.test(image.name)));
  const groups = [...named, { title: "Others", shape: "", images: others }].filter((group) => group.images.length);
  return groups.length > 1 ? [oneOfEach(groups), ...groups.map(withoutTelling).filter((group) => group.images.length)] : groups;
}

function oneOfEach(groups) {
  return { title: "One of each kind", shape: "mixed", images: groups.map(telling), from: groups };
}

const telling = ({ images }) => images.find(({ name }) => TELLING.test(name)) ?? images[0];

const withoutTelling = (group) => ({ ...group, images: group.images.filter((image) => image !== telling(group)) });

const textOf = (name) => /(Short|Medium|Long)(?:Text)?(CAPS)?\.\w+$/i.exec(name);

// "posterShortTextCAPS.jpg" is told as "Short, capitals".
export function caption(name) {
  const match = textOf(name);
  if (match) return match[2] ? `${match[1]}, capitals` : match[1];
  return /textless\.\w+$/i.test(name) ? "Without text" : name.replace(/\.\w+$/, "");
}

// Short before medium before long, and capitals after the others.
function rank({ name }) {
  const match = textOf(name);
  return match ? LENGTHS.indexOf(match[1].toLowerCase()) + (match[2] ? LENGTHS.length : 0) : -1;
}

function emptyShelf(why) {
  const ghosts = element("div", { class: "ghosts", "aria-hidden": "true" }, ...["", "", ""].map(() => element("i")));
  const words = {
    empty: "No samples yet. Draw some, and see what posters look like with your settings.",
    drawing: "The first sample will stand here in a moment.",
  };
  return element("div", { class: "empty" }, ghosts, element("p", {}, words[why]));
}
