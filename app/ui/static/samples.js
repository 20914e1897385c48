// The sample images of the last testing run, in groups; the browser fetches those that come into view.

import { element, excuse, find, show } from "./element.js";
import { Pace } from "./pace.js";
import { address, ask } from "./server.js";
import { fileSize } from "./words.js";

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

export class Samples {
  constructor(viewer) {
    this.drawing = false;
    this.viewer = viewer;
    this.shown = [];
    this.tiles = new Map();
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
    this.shown = groups.flatMap((group) => group.images).map(viewed);
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
    const click = () => this.viewer.open(viewed(image), this.shown);
    const frame = element("img", { alt: "", src: sourceOf(image), loading: "lazy", decoding: "async" });
    const made = element("button", { type: "button", title, "data-key": image.path, click }, frame, element("span", {}));
    frame.addEventListener("error", () => made.classList.add("lost"));
    return made;
  }

  dropAllBut(images) {
    const kept = new Set(images.map(keyOf));
    const gone = (key) => !kept.has(key);
    for (const key of [...this.tiles.keys()].filter(gone)) this.tiles.delete(key);
  }
}

const keyOf = (image) => `${image.path} ${image.modified} ${image.size}`;

const sourceOf = (image) => `${address(image.url)}?v=${image.modified}`;

const viewed = (image) => ({ key: keyOf(image), name: image.path, source: sourceOf(image) });

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
