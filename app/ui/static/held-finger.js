// A finger that is held on a tile chooses it, and goes on choosing as it is drawn over others; one that moves before only scrolls.

const HOLD = 500;
const STILL = 10;
// Near an edge of what is seen the page is scrolled, so many pixels a frame.
const EDGE = 70;
const STEP = 12;

export class HeldFinger {
  // `begun` gets the tile that a finger is held on, `reached` each one that it is drawn to; `seen` answers [top, bottom].
  constructor(place, { begun, reached, seen }) {
    Object.assign(this, { begun, reached, seen, tile: null, isHeld: false });
    place.addEventListener("touchstart", (event) => this.start(event), { passive: true });
    // A browser lets a page stop its scrolling only where a listener says so before a finger comes.
    place.addEventListener("touchmove", () => null, { passive: false });
    place.addEventListener("contextmenu", (event) => this.tile && event.preventDefault());
    window.addEventListener("scroll", () => !this.isHeld && this.forget(), { passive: true });
  }

  start(event) {
    this.forget();
    const tile = event.target.closest("li[aria-posinset]");
    if (!tile || event.touches.length > 1) return;
    const [{ clientX: x, clientY: y }] = event.touches;
    Object.assign(this, { tile, x, y, timer: setTimeout(() => this.hold(), HOLD) });
    this.follow(event.target);
  }

  // A tile that has left the document still gets the events of its finger.
  follow(target) {
    this.ended = new AbortController();
    const { signal } = this.ended;
    target.addEventListener("touchmove", (event) => this.move(event), { signal, passive: false });
    target.addEventListener("touchend", (event) => this.end(event), { signal });
    target.addEventListener("touchcancel", (event) => this.end(event), { signal });
  }

  hold() {
    this.isHeld = true;
    this.begun(this.tile);
  }

  move(event) {
    const [{ clientX: x, clientY: y }] = event.touches;
    if (!this.isHeld) {
      if (Math.hypot(x - this.x, y - this.y) > STILL || event.touches.length > 1) this.forget();
      return;
    }
    event.preventDefault();
    Object.assign(this, { x, y });
    this.reach();
    this.creep();
  }

  // Beside what is seen a finger chooses what is next to it.
  reach() {
    const [top, bottom] = this.seen();
    const tile = document.elementFromPoint(this.x, Math.min(Math.max(this.y, top + 1), bottom - 1))?.closest("li[aria-posinset]");
    if (!tile || tile === this.tile) return;
    this.tile = tile;
    this.reached(tile);
  }

  creep() {
    cancelAnimationFrame(this.frame);
    const [top, bottom] = this.seen();
    const step = (this.y > bottom - EDGE) - (this.y < top + EDGE);
    if (!this.isHeld || !step) return;
    window.scrollBy({ top: step * STEP, behavior: "instant" });
    this.reach();
    this.frame = requestAnimationFrame(() => this.creep());
  }

  // The press that a lifted finger would be is none.
  end(event) {
    if (this.isHeld && event.cancelable) event.preventDefault();
    this.forget();
  }

  forget() {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    this.ended?.abort();
    Object.assign(this, { tile: null, isHeld: false });
  }
}
