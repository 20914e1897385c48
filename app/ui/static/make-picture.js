// The picture of a poster that is made by hand: chosen, dropped, pasted, fetched from an address or from a provider.

import { CropFrame } from "./crop-frame.js";
import { element, find, say } from "./element.js";
import { patience } from "./notice.js";
import { address, post } from "./server.js";
import { text } from "./texts.js";

const PATIENCE = 60000;
// A part with fewer pixels is enlarged a lot.
const FINE = 900;
const languages = new Intl.DisplayNames(document.documentElement.lang, { type: "language", fallback: "code" });
const picture = (files) => [...(files ?? [])].find((file) => file.type.startsWith("image/"));

export class MadePicture {
  // `changed` is called when the picture or the part of it is another; `kind` gives {name, ratio}.
  constructor(form, kind, changed) {
    this.form = form;
    this.kind = kind;
    this.changed = changed;
    this.frame = new CropFrame(find("crop"), () => this.cut());
    find("file").addEventListener("change", ({ target }) => this.chosen(target));
    find("fetch").addEventListener("submit", (event) => this.fetched(event));
    find("search").addEventListener("submit", (event) => this.searched(event));
    find("proposal").addEventListener("click", () => this.frame.reset());
    find("no-picture").addEventListener("click", () => this.clear());
    document.addEventListener("paste", (event) => this.pasted(event));
    document.addEventListener("dragover", (event) => this.over(event));
    document.addEventListener("dragleave", (event) => !event.relatedTarget && this.mark(false));
    document.addEventListener("drop", (event) => this.dropped(event));
  }

  get token() {
    return this.form.elements.upload.value || null;
  }

  get crop() {
    return this.token ? this.frame.value() : null;
  }

  // Ask the server to keep a picture; what it says against it stands beside the ways to bring one.
  async keep(request) {
    const refused = find("picture-refused");
    refused.hidden = true;
    say(find("drawn-said"), text("make.taking"));
    try {
      this.take(await request());
      return true;
    } catch (error) {
      if (error.status === undefined) throw error;
      say(find("drawn-said"), "");
      refused.hidden = false;
      say(refused, patience(error));
      return false;
    }
  }

  keepFile(file) {
    const body = new FormData();
    body.append("file", file, file.name || "picture");
    return this.keep(() => post("api/made-pictures/files", body, PATIENCE));
  }

  keepAddress(wanted) {
    return this.keep(() => post("api/made-pictures/addresses", { address: wanted }, PATIENCE));
  }

  take({ token, width, height, address: shown }) {
    this.form.elements.upload.value = token;
    find("source").querySelector("img").src = address(shown.replace(/^.*\/api\//, "api/"));
    find("cutting").hidden = false;
    this.frame.fit([width, height], this.kind().ratio);
    this.cut();
  }

  clear() {
    this.form.elements.upload.value = "";
    this.form.elements.crop.value = "";
    find("cutting").hidden = true;
    find("file").focus();
    this.changed();
  }

  // Another kind has another shape: the engine's proposal for it.
  reshape() {
    if (this.token) this.frame.fit(this.frame.picture, this.kind().ratio);
    if (this.token) this.tell();
  }

  cut() {
    this.form.elements.crop.value = JSON.stringify(this.frame.value());
    this.tell();
    this.changed();
  }

  tell() {
    const [width, height] = this.frame.pixels();
    say(find("crop-said"), width < FINE ? text("make.crop.coarse", { width, height }) : text("make.crop.size", { width, height }));
  }

  async chosen(field) {
    const file = picture(field.files);
    if (file) await this.keepFile(file);
    field.value = "";
  }

  async fetched(event) {
    event.preventDefault();
    const { address: field } = event.target.elements;
    const button = event.target.querySelector("button");
    button.disabled = true;
    if (await this.keepAddress(field.value.trim())) field.value = "";
    else field.focus();
    button.disabled = false;
  }

  async searched(event) {
    event.preventDefault();
    const { title, medium, season, episode } = event.target.elements;
    const number = (field) => (field.value === "" ? null : Number(field.value));
    const form = { kind: this.kind().name, title: title.value, medium: medium.value, season: number(season), episode: number(episode) };
    find("offers").replaceChildren();
    say(find("offers-said"), text("make.searching"));
    try {
      this.offer(await post("api/made-pictures/offers", form, PATIENCE));
    } catch (error) {
      if (error.status === undefined) throw error;
      say(find("offers-said"), patience(error));
    }
  }

  offer({ offers, failed }) {
    say(find("offers-said"), [offers.length ? text("make.found", { count: offers.length }) : text("make.found.none"), ...failed].join(" "));
    find("offers").replaceChildren(...offers.map((each) => this.tile(each)));
  }

  tile(offer) {
    const language = offer.language === "xx" ? text("make.textless") : offer.language ? languages.of(offer.language) : "";
    const known = [offer.provider, language, offer.width ? `${offer.width} × ${offer.height}` : ""].filter(Boolean).join(" · ");
    const shape = this.kind().ratio < 1 ? { width: 200, height: 300 } : { width: 320, height: 180 };
    const source = address(offer.preview.replace(/^.*\/api\//, "api/"));
    source.searchParams.set("width", shape.width);
    const image = element("img", { src: source, alt: "", loading: "lazy", ...shape });
    const button = element("button", { type: "button", click: () => this.keepAddress(offer.address) }, image, element("span", {}, offer.title), element("span", { class: "hint" }, known));
    return element("li", {}, button);
  }

  pasted(event) {
    const file = picture(event.clipboardData?.files);
    if (!file || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.keepFile(file);
  }

  over(event) {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    this.mark(true);
  }

  mark(isOver) {
    find("making").classList.toggle("over", isOver);
  }

  dropped(event) {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    this.mark(false);
    const file = picture(event.dataTransfer.files);
    if (file) this.keepFile(file);
  }
}
