// The handle between two sides of a wall: dragged by mouse, pen and finger, and moved by keys.

const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -100, End: 100 };
const LEAP = 10;
const CENTRE = 0.5;

export class SplitHandle {
  // `said` answers what a position means in words, `moved` is called after each move.
  constructor(place, { at = CENTRE, said, moved }) {
    this.place = place;
    this.line = place.querySelector(".split-line");
    this.grip = place.querySelector(".grip");
    Object.assign(this, { said, moved, width: place.clientWidth });
    this.listen();
    this.line.hidden = false;
    this.set(at);
  }

  listen() {
    this.ended = new AbortController();
    const options = { signal: this.ended.signal };
    this.line.addEventListener("pointerdown", (event) => this.hold(event), options);
    this.line.addEventListener("pointermove", (event) => this.drag(event), options);
    for (const name of ["pointerup", "pointercancel"]) this.line.addEventListener(name, () => this.release(), options);
    this.line.addEventListener("dblclick", () => this.set(CENTRE), options);
    this.grip.addEventListener("keydown", (event) => this.press(event), options);
    this.watcher = new ResizeObserver(() => this.resized());
    this.watcher.observe(this.place);
  }

  close() {
    this.ended.abort();
    this.watcher.disconnect();
    cancelAnimationFrame(this.frame);
  }

  // Pointers

  hold(event) {
    if (event.button) return;
    const { left } = this.place.getBoundingClientRect();
    this.held = { left, off: event.clientX - left - this.at * this.width };
    this.line.setPointerCapture(event.pointerId);
    this.line.classList.add("held");
  }

  // At most one move a frame, without asking for any measure.
  drag(event) {
    if (!this.held) return;
    this.next = (event.clientX - this.held.left - this.held.off) / this.width;
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.set(this.next);
    });
  }

  release() {
    this.held = null;
    this.line.classList.remove("held");
  }

  // Keys

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") this.set(CENTRE);
    else if (event.key in STEPS) this.set(this.at + (STEPS[event.key] / 100) * (event.shiftKey ? LEAP : 1));
    else return;
    event.preventDefault();
  }

  // Places

  set(at) {
    this.at = Math.min(1, Math.max(0, at));
    this.place.style.setProperty("--split", `${(this.at * this.width).toFixed(1)}px`);
    const share = Math.round(this.at * 100);
    this.grip.setAttribute("aria-valuenow", share);
    this.grip.setAttribute("aria-valuetext", this.said(share));
    this.moved?.(this.at);
  }

  resized() {
    if (this.place.clientWidth === this.width) return;
    this.width = this.place.clientWidth;
    this.set(this.at);
  }
}
