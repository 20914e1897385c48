// Where a made picture belongs: artwork of the library, or a new one by its names.

import { element, find, say } from "./element.js";
import { patience } from "./notice.js";
import { address, ask } from "./server.js";
import { text } from "./texts.js";

const PAUSE = 200;
const SHOWN = 12;
// The kinds of the catalogue; the poster of a collection is a poster there.
const CATALOGUED = { title_card: "titlecard", collection: "poster" };
const COLLECTIONS = "Collections/";

export class MadePlace {
  // `changed` is called when other artwork is chosen; `kind` gives {name, ratio}.
  constructor(form, kind, changed) {
    this.form = form;
    this.kind = kind;
    this.changed = changed;
    this.asset = form.dataset.asset || null;
    this.timer = null;
    this.asked = null;
    form.addEventListener("change", ({ target }) => target.name === "where" && this.turn());
    find("place-search").addEventListener("input", () => this.soon());
    // A browser keeps the choice of a page that is opened again.
    this.turn();
  }

  get isNew() {
    return this.form.elements.where.value === "new";
  }

  // The artwork whose texts and picture stand where the maker gives none.
  get known() {
    return this.isNew ? null : this.asset;
  }

  value() {
    if (!this.isNew) return { asset: this.asset };
    const { library, folder, season, episode } = this.form.elements;
    const number = (field) => (field.value === "" ? null : Number(field.value));
    return { library: library.value.trim(), folder: folder.value.trim(), season: number(season), episode: number(episode) };
  }

  turn() {
    for (const part of this.form.querySelectorAll("[data-where]")) part.hidden = part.dataset.where !== this.form.elements.where.value;
    this.changed();
  }

  // Artwork of another kind is none for this picture.
  begin() {
    this.asset = null;
    this.search();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), PAUSE);
  }

  async search() {
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    const words = this.asset && !find("place-search").value ? this.asset : find("place-search").value;
    const query = new URLSearchParams({ search: words, kind: CATALOGUED[this.kind().name] ?? this.kind().name, limit: SHOWN });
    if (this.kind().name === "collection" && !words) query.set("search", COLLECTIONS);
    try {
      const found = await ask(`api/assets/catalogue?${query}`, asked.signal);
      if (asked === this.asked) this.list(found);
    } catch (error) {
      if (error.status === undefined) throw error;
      if (asked === this.asked) say(find("place-said"), patience(error));
    }
  }

  list({ assets, total }) {
    const files = assets.filter((each) => each.path && each.path.startsWith(COLLECTIONS) === (this.kind().name === "collection"));
    say(find("place-said"), files.length ? text("make.place.found", { shown: files.length, total }) : text("make.place.none"));
    find("places").replaceChildren(...files.map((each) => this.tile(each)));
  }

  tile(entry) {
    const shape = this.kind().ratio < 1 ? { width: 200, height: 300 } : { width: 320, height: 180 };
    const source = address(entry.thumbnail_url);
    source.searchParams.set("width", shape.width);
    const image = element("img", { src: source, alt: "", loading: "lazy", ...shape });
    const words = [element("span", {}, entry.title), element("span", { class: "hint" }, entry.item === entry.title ? entry.library : `${entry.library} · ${entry.item}`)];
    const press = () => this.choose(entry.path);
    return element("li", {}, element("button", { type: "button", "data-path": entry.path, "aria-pressed": String(entry.path === this.asset), click: press }, image, ...words));
  }

  choose(path) {
    this.asset = this.asset === path ? null : path;
    for (const button of find("places").querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.path === this.asset));
    this.changed();
  }
}
