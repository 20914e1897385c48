// The log view: one file from its end, followed as it grows.

import { element, find, show } from "./element.js";
import { atEnd, logLine, toEnd } from "./loglines.js";
import { Pace } from "./pace.js";
import { ask } from "./server.js";
import { fileSize } from "./words.js";

const TAIL = 200;
const KEPT = 2000;

export class LogView {
  constructor() {
    this.offset = null;
    this.pace = new Pace(() => this.refresh(), () => 2000);
    find("logs").addEventListener("toggle", () => this.toggle());
    find("log-name").addEventListener("change", () => this.choose());
  }

  toggle() {
    if (find("logs").open) this.pace.start();
    else this.pace.stop();
  }

  choose() {
    this.offset = null;
    this.pace.soon();
  }

  async refresh() {
    await this.list();
    const name = find("log-name").value;
    if (!name) return;
    if (this.offset === null) await this.read(name);
    else if (find("follow").checked) await this.follow(name);
  }

  async list() {
    const { logs } = await ask("api/logs");
    const chosen = find("log-name").value;
    show(find("log-name"), logs.map(({ name }) => name), () => logs.map(option));
    if (logs.some(({ name }) => name === chosen)) find("log-name").value = chosen;
    else this.offset = null;
    if (!logs.length) find("log").replaceChildren(element("li", {}, "No log yet."));
  }

  async read(name) {
    const answer = await ask(`api/logs/${encodeURIComponent(name)}?tail=${TAIL}`);
    find("log").replaceChildren(...answer.content.map(logLine));
    this.offset = answer.next_offset ?? null;
    toEnd(find("log"));
  }

  async follow(name) {
    const answer = await ask(`api/logs/${encodeURIComponent(name)}?offset=${this.offset}`);
    const place = find("log");
    const follow = atEnd(place);
    place.append(...answer.content.map(logLine));
    while (place.children.length > KEPT) place.firstChild.remove();
    if (follow) toEnd(place);
    this.offset = answer.next_offset ?? null;
  }
}

function option({ name, size }) {
  return element("option", { value: name }, `${name} (${fileSize(size)})`);
}
