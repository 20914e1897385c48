// Libraries to tick: those that the media server has listed, those that are chosen, and others by name.

import { element, find } from "./element.js";
import { attempt, tell } from "./notice.js";
import { post } from "./server.js";
import { text } from "./texts.js";

const choices = JSON.parse(find("choices")?.textContent ?? "{}");
// The address and the key of each server by flat name, and how the API calls the key.
export const ACCESS = { Plex: ["PlexUrl", "PlexToken", "token"], Jellyfin: ["JellyfinUrl", "JellyfinAPIKey", "api_key"], Emby: ["EmbyUrl", "EmbyAPIKey", "api_key"] };

export const librariesEditor = (field, place) => new LibrariesEditor(field, place);

class LibrariesEditor {
  constructor(field, place) {
    Object.assign(this, { field, place, server: field.name.replace("LibstoExclude", "") });
    this.known = choices[this.server] ?? [];
    this.ticks = element("div", { class: "ticks" });
    this.other = element("input", { "aria-label": `${field.title}: ${text("settings.add")}`, placeholder: text("settings.library"), keydown: (event) => event.key === "Enter" && (event.preventDefault(), this.add()) });
    const foot = element("div", { class: "rows-foot" }, element("button", { type: "button", class: "quiet", "data-libraries": this.server }, text("settings.list_libraries")), this.other, element("button", { type: "button", class: "quiet", click: () => this.add() }, text("settings.add")));
    place.replaceChildren(this.ticks, foot);
    this.value = field.base;
  }

  get value() {
    return [...this.ticks.querySelectorAll("input:checked")].map((box) => box.value);
  }

  set value(chosen) {
    const names = [...new Set([...chosen, ...this.known])];
    this.ticks.replaceChildren(...names.map((name) => tick(name, chosen.includes(name))));
    if (!names.length) this.ticks.append(element("small", {}, text("settings.no_libraries")));
  }

  words = (value) => value.join(", ");

  add() {
    const name = this.other.value.trim();
    if (!name) return this.other.focus();
    this.other.value = "";
    this.value = [...this.value, name];
    this.place.dispatchEvent(new Event("input", { bubbles: true }));
  }

  listed(names) {
    this.known = names;
    this.value = this.value;
  }
}

const tick = (name, isChosen) => element("label", {}, element("input", { type: "checkbox", value: name, checked: isChosen }), " ", name);

// Ask the server with the values that are not saved yet.
export async function listLibraries(fields, server) {
  const [url, key, keyName] = ACCESS[server];
  const answer = await attempt(() => post(`api/libraries/${server.toLowerCase()}`, { url: fields.get(url).value, [keyName]: fields.get(key).value }));
  if (answer?.error) tell(answer.error, "bad");
  if (answer?.libraries) fields.get(`${server}LibstoExclude`).editor.listed(answer.libraries.map((library) => library.name));
}
