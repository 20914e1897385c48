// A window of lines over a log of any size: some are in the document, the others are loaded by their byte offset.

import { divider, isLine, logEntry, showClockTimes, unfinishedEntry } from "./log-line.js";
import { ask } from "./server.js";

// Three nodes a line, so that the document stays below a thousand.
const KEPT = 240;
const STEP = 80;
const FIRST = 200;
const AT_END = 8;
// Pixels before an edge of the window at which it is moved on; far less than what a step adds.
const NEAR = 400;

export class LogWindow {
  // `moved` is called when other lines are seen, with whether a search goes on.
  constructor(box, list, address, moved) {
    Object.assign(this, { box, list, address, moved, name: box.dataset.log, isFilling: false, turn: Promise.resolve() });
    Object.assign(this, { start: Number(box.dataset.start), end: Number(box.dataset.end), size: Number(box.dataset.size), file: box.dataset.file });
    this.filter = { text: box.dataset.text, level: box.dataset.level };
    // Whether nothing of the log lies behind the window but what is still being written.
    this.reachesEnd = this.end >= this.size || Boolean(list.querySelector(".unfinished"));
    showClockTimes(list);
    box.classList.add("windowed");
    box.addEventListener("scroll", () => this.scrolled(), { passive: true });
  }

  async fetch(place) {
    const query = new URLSearchParams({ ...this.filter, file_id: this.file, ...place });
    const path = this.name.split("/").map(encodeURIComponent).join("/");
    const answer = await ask(`api/logs/${path}/lines?${query}`);
    this.size = answer.size;
    return answer;
  }

  // One change at a time: each begins where the one before has ended.
  async exclusive(change) {
    const before = this.turn;
    let done;
    this.turn = new Promise((resolve) => (done = resolve));
    await before;
    try {
      return await change();
    } finally {
      done();
    }
  }

  // Where one is

  get isAtEnd() {
    return this.reachesEnd && this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < AT_END;
  }

  toEnd() {
    this.box.scrollTop = this.box.scrollHeight;
  }

  // The first entry that is seen, found by halves.
  firstSeen() {
    const entries = this.list.children;
    let [low, high] = [0, entries.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (entries[middle].offsetTop + entries[middle].offsetHeight > this.box.scrollTop) high = middle;
      else low = middle + 1;
    }
    return entries[low];
  }

  // Scroll as little as is needed to see an entry, or until it is in the middle.
  reveal(entry, inTheMiddle = false) {
    const { scrollTop, clientHeight } = this.box;
    const [top, bottom] = [entry.offsetTop, entry.offsetTop + entry.offsetHeight];
    if (inTheMiddle) this.box.scrollTop = (top + bottom - clientHeight) / 2;
    else if (top < scrollTop) this.box.scrollTop = top;
    else if (bottom > scrollTop + clientHeight) this.box.scrollTop = bottom - clientHeight;
  }

  // The line that is read stays where it is, whatever comes or goes before it.
  hold(change) {
    const entry = this.firstSeen();
    const above = entry ? entry.offsetTop - this.box.scrollTop : 0;
    change();
    if (entry?.isConnected) this.box.scrollTop = entry.offsetTop - above;
  }

  // Changes of the window

  prepend(answer) {
    this.hold(() => {
      this.list.prepend(...this.entries(answer.lines));
      while (this.list.children.length > KEPT) this.dropLast();
    });
    this.start = answer.start;
  }

  append(answer) {
    this.hold(() => {
      this.list.querySelector(".unfinished")?.remove();
      this.list.append(...this.entries(answer.lines.slice(-KEPT)));
      if (answer.unfinished) this.list.append(unfinishedEntry(answer.unfinished));
      this.end = answer.end;
      while (this.list.children.length > KEPT) this.dropFirst();
    });
    this.reachesEnd = answer.end >= answer.size || Boolean(answer.unfinished);
  }

  entries(lines) {
    return lines.map((line) => logEntry(line, this.address));
  }

  dropLast() {
    this.reachesEnd = false;
    this.list.lastElementChild.remove();
    this.end = Number(this.list.lastElementChild.dataset.end ?? this.end);
  }

  dropFirst() {
    this.list.firstElementChild.remove();
    this.start = Number(this.list.firstElementChild.id || this.start);
  }

  hasRoom(count) {
    return this.list.children.length + count <= KEPT;
  }

  // From here on the lines are those of another file; the ones before can still be read.
  begin(answer, words) {
    for (const entry of this.list.children) age(entry);
    this.list.append(divider(words));
    this.file = answer.file_id;
    this.append(answer);
    this.start = 0;
  }

  // What is loaded

  scrolled() {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.look());
  }

  look() {
    this.frame = null;
    this.moved();
    this.fill();
  }

  // Load on both sides of what is seen until there is enough; a search may have to look through much for it.
  async fill() {
    if (this.isFilling) return;
    this.isFilling = true;
    try {
      while (await this.exclusive(() => this.fillOnce())) this.moved(true);
    } catch (error) {
      if (error.status === undefined) throw error;
    } finally {
      this.isFilling = false;
      this.moved();
    }
  }

  async fillOnce() {
    const { scrollTop, scrollHeight, clientHeight } = this.box;
    if (this.canGoBack && scrollTop < NEAR) return this.take(await this.fetch({ offset: this.start, backward: true, limit: STEP }), true);
    const isEnough = this.reachesEnd || this.isGone || scrollHeight - scrollTop - clientHeight > NEAR;
    return !isEnough && this.take(await this.fetch({ offset: this.end, limit: STEP }), false);
  }

  // A log that was emptied has no other lines any more; those that are here stay.
  take(answer, isBefore) {
    if (answer.reset) this.isGone = true;
    else if (isBefore) this.prepend(answer);
    else this.append(answer);
    return !answer.reset && answer.end > answer.start;
  }

  get canGoBack() {
    const first = this.list.firstElementChild;
    return !this.isGone && this.start > 0 && (!first || isLine(first) || first.matches(".unfinished"));
  }

  // Show another place: {offset: 0}, {offset, is_near}, {since}, or {backward} for the end.
  async jump(place) {
    await this.exclusive(async () => {
      const answer = await this.fetch({ limit: FIRST, ...place });
      this.list.replaceChildren();
      Object.assign(this, { start: answer.start, file: answer.file_id, isGone: false });
      this.append(answer);
      this.box.scrollTop = place.backward ? this.box.scrollHeight : 0;
    });
    await this.fill();
  }
}

function age(entry) {
  entry.removeAttribute("id");
  entry.classList.add("former");
  const link = entry.querySelector("a");
  link?.replaceWith(Object.assign(document.createElement("span"), { className: "at", textContent: link.textContent }));
}
