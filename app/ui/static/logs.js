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
    this.place = null;
    this.pace = new Pace(() => this.refresh(), () => 2000);
    find("logs").addEventListener("toggle", () => this.toggle());
    find("log-name").addEventListener("change", () => this.choose());
  }

  toggle() {
    if (find("logs").open) this.pace.start();
    else this.pace.stop();
  }

  choose() {
    this.place = null;
    this.pace.soon();
  }

  async refresh() {
    await this.list();
    const name = find("log-name").value;
    if (!name) return;
    if (this.place === null) await this.read(name);
    else if (find("follow").checked) await this.follow(name);
  }

  async list() {
    const { logs } = await ask("api/logs");
    const chosen = find("log-name").value;
    show(find("log-name"), logs.map(({ name }) => name), () => logs.map(option));
    if (logs.some(({ name }) => name === chosen)) find("log-name").value = chosen;
    else this.place = null;
    if (!logs.length) find("log").replaceChildren(element("li", {}, "No log yet."));
  }

  async read(name) {
    const answer = await ask(`api/logs/${encodeURIComponent(name)}?tail=${TAIL}`);
    find("log").replaceChildren(...answer.content.map(logLine));
    toEnd(find("log"));
    this.loose = answer.content.length > 0 && !answer.content.at(-1).endsWith("\n");
    this.remember(answer);
  }

  async follow(name) {
    const answer = await ask(`api/logs/${encodeURIComponent(name)}?${new URLSearchParams(this.place)}`);
    const lines = find("log");
    const follow = atEnd(lines);
    if (answer.reset) lines.replaceChildren();
    else if (answer.content.length) this.dropUnfinished(lines);
    lines.append(...answer.content.slice(-KEPT).map(logLine));
    while (lines.children.length > KEPT) lines.firstChild.remove();
    if (follow) toEnd(lines);
    this.remember(answer);
  }

  // The end of a tail may be half a line, which comes again as a whole.
  dropUnfinished(lines) {
    if (this.loose) lines.lastChild?.remove();
    this.loose = false;
  }

  remember({ next_offset: offset, file_id }) {
    this.place = { offset, file_id };
  }
}

function option({ name, size }) {
  return element("option", { value: name }, `${name} (${fileSize(size)})`);
}
