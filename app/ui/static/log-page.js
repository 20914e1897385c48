// The page of the logs: where one stands in a log, what is new, and what is done with a line.

import { find } from "./element.js";
import { copied } from "./copying.js";
import { LogFollower } from "./log-follow.js";
import { isLine, timeOf, wholeTime } from "./log-line.js";
import { LogWindow } from "./log-window.js";
import { attempt, tell } from "./notice.js";
import { address } from "./server.js";
import { text } from "./texts.js";

const WRAP = "wrapped-logs";
const PAUSE = 120;
const NARROW = 700;
const box = find("log");
const grouped = (number) => number.toLocaleString(document.documentElement.lang);

class LogPage {
  constructor() {
    this.here = `${address("server/logs")}?log=${encodeURIComponent(box.dataset.log)}`;
    this.lines = new LogWindow(box, find("lines"), this.here, (isSearching) => this.moved(isSearching));
    const isPlaced = "at" in box.dataset || "placed" in box.dataset;
    if (!isPlaced) this.lines.toEnd();
    if ("grows" in box.dataset) this.follower = new LogFollower(this.lines, !isPlaced, () => this.count());
    this.wrap(JSON.parse(localStorage.getItem(WRAP) ?? String(innerWidth < NARROW)));
    this.listen();
    this.begin();
  }

  listen() {
    find("wrap").addEventListener("click", () => this.wrap(!box.classList.contains("wrapped"), true));
    find("fresh").addEventListener("click", () => this.toEnd());
    find("copy").addEventListener("click", () => this.copy());
    find("place").addEventListener("input", (event) => this.slide(Number(event.target.value)));
    find("lines").addEventListener("click", (event) => this.choose(event));
    new ResizeObserver(() => this.follower?.isFollowing && this.lines.toEnd()).observe(box);
  }

  // The line of the address is looked at with some before it.
  async begin() {
    const named = /^#\d+$/.test(location.hash) ? location.hash.slice(1) : null;
    const offset = box.dataset.at ?? named;
    if (offset && !document.getElementById(offset)) await this.jump({ offset, is_near: true });
    else await this.lines.fill();
    const entry = offset && (document.getElementById(offset) ?? this.lines.firstSeen());
    if (!entry) return;
    this.lines.reveal(entry, true);
    this.select(entry);
    if (hasLoaded()) toTop();
    else addEventListener("load", () => requestAnimationFrame(toTop), { once: true });
  }

  // Where one stands

  moved(isSearching = false) {
    this.follower?.moved();
    const { lines } = this;
    const entry = lines.firstSeen();
    const offset = lines.isAtEnd ? lines.size : Number(entry?.id || lines.start);
    const share = lines.size ? offset / lines.size : 1;
    const time = timeOf(entry);
    const percent = `${Math.round(share * 100)}\u00a0%`;
    const words = isSearching ? text("logs.searching", { percent: searched(lines) }) : `${time ? `${wholeTime(time)} · ` : ""}${percent}`;
    if (find("seen").textContent !== words) find("seen").textContent = words;
    if (!this.isSliding) find("place").value = Math.round(share * 1000);
    find("place").setAttribute("aria-valuetext", words);
    find("nothing").hidden = isSearching || lines.list.children.length > 0;
  }

  count() {
    const { fresh, isOther } = this.follower ?? {};
    const button = find("fresh");
    button.hidden = !fresh && !isOther;
    const words = isOther ? text("logs.other") : newLines(fresh);
    if (button.textContent !== words) button.textContent = words;
    find("nothing").hidden = find("lines").children.length > 0;
  }

  jump = (place) => attempt(() => this.lines.jump(place));
  toStart = () => this.jump({ offset: 0 });
  toEnd = () => attempt(() => (this.follower ? this.follower.toEnd() : this.lines.jump({ backward: true })));

  slide(share) {
    this.isSliding = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      await (share >= 1000 ? this.toEnd() : this.jump({ offset: Math.floor((share / 1000) * this.lines.size), is_near: true }));
      this.isSliding = false;
    }, PAUSE);
  }

  wrap(isWrapped, isKept = false) {
    const isFollowing = this.lines.isAtEnd;
    this.lines.hold(() => box.classList.toggle("wrapped", isWrapped));
    if (isFollowing) this.lines.toEnd();
    find("wrap").setAttribute("aria-pressed", isWrapped);
    if (isKept) localStorage.setItem(WRAP, isWrapped);
  }

  // One line

  choose(event) {
    const link = event.target.closest("a.at");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.select(link.closest("li"));
  }

  select(entry) {
    if (!isLine(entry)) return;
    find("lines").querySelector(".current")?.classList.remove("current");
    entry.classList.add("current");
    this.remember(entry.id);
    const { text: wanted, level } = this.lines.filter;
    find("line-tools").hidden = false;
    find("line-time").textContent = timeOf(entry) ? wholeTime(timeOf(entry)) : "";
    Object.assign(find("context"), { hidden: !wanted && !level, href: entry.querySelector("a").href });
  }

  // The address is that of the line, with the filter.
  remember(offset) {
    const way = new URL(location.href);
    for (const name of ["before", "since"]) way.searchParams.delete(name);
    way.searchParams.set("at", offset);
    way.hash = offset;
    history.replaceState(null, "", way);
  }

  step(isDown) {
    const current = find("lines").querySelector(".current");
    const next = current ? (isDown ? current.nextElementSibling : current.previousElementSibling) : this.lines.firstSeen();
    if (!isLine(next)) return;
    this.select(next);
    this.lines.reveal(next);
  }

  async copy() {
    const entry = find("lines").querySelector(".current");
    if (!entry) return;
    const link = entry.querySelector("a");
    const words = [...entry.childNodes].filter((node) => node !== link).map((node) => node.textContent).join("");
    if (await copied(`${timeOf(entry)} ${words}\n${link.href}`.trim())) tell(text("logs.copied"));
    else tell(text("logs.not_copied"), "bad");
  }
}

const newLines = (count) => (count === 1 ? text("logs.one_new", { count }) : text("logs.new", { count: grouped(count ?? 0) }));
const searched = ({ start, end, size }) => `${Math.round((100 * (end - start)) / Math.max(size, 1))}\u00a0%`;

function press(event, page) {
  if (event.target.closest?.("input, select, textarea, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
  const scroll = (share) => box.scrollBy({ top: share * box.clientHeight });
  const isElsewhere = event.target === document.body;
  const actions = {
    "/": () => find("text").focus(),
    g: page.toStart,
    Home: page.toStart,
    G: page.toEnd,
    End: page.toEnd,
    j: () => page.step(true),
    k: () => page.step(false),
    c: () => page.copy(),
    w: () => find("wrap").click(),
    ...(isElsewhere ? { PageUp: () => scroll(-0.9), PageDown: () => scroll(0.9), ArrowUp: () => scroll(-0.1), ArrowDown: () => scroll(0.1) } : {}),
  };
  if (!(event.key in actions)) return;
  event.preventDefault();
  actions[event.key]();
}

// The field of a time is in the reader's zone; the address has the moment.
function shareZone() {
  const field = find("since");
  if (field.dataset.time) field.value = localValue(new Date(field.dataset.time));
  find("finder").addEventListener("formdata", ({ formData }) => {
    if (formData.get("since")) formData.set("since", new Date(formData.get("since")).toISOString());
    for (const [name, value] of [...formData]) if (!value) formData.delete(name);
  });
  for (const name of ["which", "level"]) find(name).addEventListener("change", () => find("finder").requestSubmit());
}

const localValue = (date) => new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 19);

if (find("finder")) shareZone();
if (box) {
  const page = new LogPage();
  document.addEventListener("keydown", (event) => press(event, page));
}

// For the line of the address the browser scrolls the whole page too, where the log's own box is enough.
function toTop() {
  scrollTo({ top: 0 });
}

// A document is complete shortly before its load event, and the browser may scroll in between.
const hasLoaded = () => performance.getEntriesByType("navigation")[0]?.loadEventEnd > 0;
