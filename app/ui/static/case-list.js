// A list of pictures of which one is the current one: it keeps the focus, and the number that it has among all.

export class CaseList {
  // `moved` is called when the current one is another, `ended` with the direction when there is none behind.
  constructor(place, { moved, ended }) {
    this.place = place;
    this.list = place.querySelector("#cases");
    Object.assign(this, { moved, ended, current: null });
    this.list?.addEventListener("focusin", ({ target }) => this.choose(target.closest("#cases > li")));
    for (const one of this.all) watch(one);
  }

  get all() {
    return this.list ? [...this.list.children] : [];
  }

  get first() {
    return this.list?.firstElementChild ?? null;
  }

  get last() {
    return this.list?.lastElementChild ?? null;
  }

  get count() {
    return this.all.length;
  }

  // The place in the list of all behind which what is to come begins.
  get end() {
    return this.last?.dataset.place;
  }

  get total() {
    return Number(this.place.dataset.total);
  }

  // The number of the current one among all, 0 for none.
  get number() {
    return this.current ? Number(this.place.dataset.first) + this.all.indexOf(this.current) + 1 : 0;
  }

  get columns() {
    return this.list ? getComputedStyle(this.list).gridTemplateColumns.split(" ").length : 1;
  }

  named(entry) {
    return this.all.find((one) => one.dataset.entry === entry) ?? null;
  }

  choose(one) {
    if (one === this.current) return;
    this.current?.removeAttribute("data-current");
    this.current = one;
    one?.setAttribute("data-current", "");
    this.moved();
  }

  focus(one) {
    one?.querySelector("a").focus({ preventScroll: true });
    one?.scrollIntoView({ block: "nearest" });
  }

  step(by) {
    if (!this.current) return this.focus(this.first);
    const wanted = this.all.indexOf(this.current) + by;
    if (wanted >= 0 && wanted < this.count) this.focus(this.all[wanted]);
    else if (Math.abs(by) > 1 && this.current !== (by > 0 ? this.last : this.first)) this.focus(by > 0 ? this.last : this.first);
    else this.ended(by);
  }

  // Take one out; the focus goes to the next. Answers where it was.
  take(one) {
    const spot = { index: this.all.indexOf(one), next: one.nextElementSibling?.dataset.entry };
    const neighbour = one.nextElementSibling ?? one.previousElementSibling;
    one.remove();
    this.resize(-1);
    this.choose(null);
    if (neighbour) this.focus(neighbour);
    else this.place.ownerDocument.getElementById("main").focus();
    return spot;
  }

  put(one, { index, next }) {
    if (!this.list) return;
    this.list.insertBefore(one, (next && this.named(next)) ?? this.all[index] ?? null);
    this.resize(1);
    this.focus(one);
    this.moved();
  }

  resize(by) {
    this.place.dataset.total = this.total + by;
  }

  // Take over what comes behind, from a fresh page.
  append(fresh) {
    const known = new Set(this.all.map((one) => one.dataset.entry));
    for (const one of fresh.querySelectorAll("#cases > li")) {
      if (known.has(one.dataset.entry)) continue;
      unhide(one);
      this.list.append(document.adoptNode(one));
      watch(one);
    }
    this.place.dataset.next = fresh.dataset.next;
    this.place.dataset.total = fresh.dataset.total;
    this.moved();
  }
}

// What does nothing without scripts waits for them, with its room reserved where others would move.
export function unhide(place) {
  for (const part of place.querySelectorAll("[hidden]")) part.hidden = false;
  for (const part of place.querySelectorAll(".waiting")) part.classList.remove("waiting");
}

// The average colour until the picture is there.
function watch(one) {
  const image = one.querySelector("img");
  if (!image || !one.dataset.color || (image.complete && image.naturalWidth)) return;
  image.style.background = one.dataset.color;
  image.addEventListener("load", () => image.style.removeProperty("background"), { once: true });
}
