// Beside the settings of the design: a picture of one's own with the values that are not saved yet.

import { element, find, say } from "./element.js";
import { LivePreview } from "./live-preview.js";
import { address, ask } from "./server.js";
import { text } from "./texts.js";

const KIND_OF = { posters: "poster", seasons: "season", season_show: "season", backgrounds: "background", cards: "title_card", card_title: "title_card", card_number: "title_card", collections: "collection", collection_word: "collection" };
// How the catalogue names a kind; it has no collections.
const CATALOGUED = { poster: "poster", season: "season", background: "background", title_card: "titlecard" };
const WIDE = ["background", "title_card"];
const MOST = 6;
const PAUSE = 250;

// `changed` gives the unsaved values as {section: {name: value}}, null where there are none.
export class SettingsPreview {
  constructor(changed) {
    Object.assign(this, { changed, place: find("preview"), kind: "poster", chosen: {}, asked: null });
    this.live = new LivePreview(find("preview-picture"), () => this.body(), { words: find("preview-words") });
    for (const choice of this.place.querySelectorAll("[name=preview-kind]")) choice.addEventListener("change", () => this.choose(choice.value));
    find("preview-search").addEventListener("input", () => this.soon());
    find("preview-search").addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    find("preview-open").addEventListener("click", () => this.turn());
    find("preview-pictures").addEventListener("click", (event) => this.pick(event));
    document.addEventListener("section-shown", ({ detail: section }) => this.follow(section));
    find("settings").addEventListener("focusin", (event) => this.follow(event.target.closest("section")));
  }

  // The kind of picture that a section is about stands beside it.
  follow(section) {
    const isDesign = section?.dataset.area === "design";
    if (this.place.hidden === isDesign) this.place.hidden = !isDesign;
    if (!isDesign) return;
    this.choose(KIND_OF[section.id] ?? this.kind);
  }

  choose(kind) {
    if (kind === this.kind && this.isFilled) return;
    Object.assign(this, { kind, isFilled: true });
    this.place.querySelector(`[value=${kind}]`).checked = true;
    this.place.dataset.shape = WIDE.includes(kind) ? "wide" : "tall";
    find("preview-picture").alt = text("settings.preview.of", { kind: this.kindName() });
    this.list();
  }

  kindName = () => this.place.querySelector(`[value=${this.kind}]`).parentElement.textContent.trim();

  body() {
    const asset = this.chosen[this.kind];
    return { kind: this.kind, asset: asset ?? null, sample: !asset, settings: this.changed() };
  }

  change() {
    if (!this.place.hidden) this.live.change();
  }

  turn() {
    const isOpen = this.place.classList.toggle("open");
    find("preview-open").setAttribute("aria-expanded", isOpen);
    find("preview-open").textContent = isOpen ? text("settings.preview.close") : text("settings.preview.open");
    this.change();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.list(), PAUSE);
  }

  // The newest pictures of the kind, or those that the words find; the first is drawn where none was chosen.
  async list() {
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    const found = await this.entries(asked.signal);
    if (asked !== this.asked) return;
    this.chosen[this.kind] ??= found[0]?.path;
    find("preview-pictures").replaceChildren(...found.map((entry) => this.tile(entry)), this.tile(null));
    this.mark();
    this.live.change();
  }

  async entries(cancelled) {
    if (!CATALOGUED[this.kind]) return [];
    const words = find("preview-search").value.trim();
    const query = new URLSearchParams({ kind: CATALOGUED[this.kind], missing: "false", limit: MOST, sort: words ? "title" : "modified", order: words ? "asc" : "desc", search: words });
    const answer = await ask(`api/assets/catalogue?${query}`, cancelled).catch((error) => (error.name === "AbortError" || error.status !== undefined ? null : Promise.reject(error)));
    return answer?.assets ?? [];
  }

  tile(entry) {
    const name = entry ? entry.title : text("settings.preview.sample");
    const picture = entry?.thumbnail_url ? element("img", { src: address(`${entry.thumbnail_url}&width=160`).href, alt: "", loading: "lazy" }) : null;
    return element("button", { type: "button", title: name, "data-asset": entry?.path ?? "" }, picture, element("span", {}, name));
  }

  pick(event) {
    const button = event.target.closest("button");
    if (!button) return;
    this.chosen[this.kind] = button.dataset.asset;
    this.mark();
    this.live.change();
  }

  mark() {
    for (const button of find("preview-pictures").children) button.setAttribute("aria-pressed", button.dataset.asset === (this.chosen[this.kind] ?? ""));
    const chosen = find("preview-pictures").querySelector("[aria-pressed=true]");
    if (chosen) say(find("preview-name"), chosen.title);
  }
}
