// The part of a picture that is used: a frame of a fixed shape, moved and resized by mouse, finger and keyboard.

const STEP = 0.01;
const LARGE_STEP = 0.05;
const GROWTH = 1.04;
// The least width or height, as a share of the picture.
const LEAST = 0.08;
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SIZES = { "+": GROWTH, "=": GROWTH, "-": 1 / GROWTH, "−": 1 / GROWTH };
const within = (value, least, most) => Math.min(Math.max(value, least), Math.max(least, most));

export class CropFrame {
  // `changed` is called when another part is chosen; `frame` lies in an element of the picture's size.
  constructor(frame, changed) {
    this.frame = frame;
    this.changed = changed;
    this.ratio = 2 / 3;
    this.picture = null;
    frame.addEventListener("pointerdown", (event) => this.hold(event));
    frame.addEventListener("keydown", (event) => this.press(event));
  }

  // The picture's width and height in pixels, and the shape of what is made of it.
  fit(picture, ratio, part = null) {
    this.picture = picture;
    this.ratio = ratio;
    this.part = part ?? this.proposal();
    this.show();
  }

  // What the engine takes of itself: as much as there is, from the middle.
  proposal() {
    const [width, height] = this.whole();
    return [(1 - width) / 2, (1 - height) / 2, width, height];
  }

  // The largest part, in shares of the picture.
  whole() {
    const shape = this.picture[0] / this.picture[1];
    return shape > this.ratio ? [this.ratio / shape, 1] : [1, shape / this.ratio];
  }

  // Left, top, width and height as shares; null for the engine's own proposal.
  value() {
    if (!this.picture || this.part.every((share, place) => Math.abs(share - this.proposal()[place]) < 0.0005)) return null;
    return this.part.map((share) => Number(share.toFixed(5)));
  }

  pixels() {
    return [Math.round(this.part[2] * this.picture[0]), Math.round(this.part[3] * this.picture[1])];
  }

  show() {
    const [left, top, width, height] = this.part.map((share) => `${100 * share}%`);
    Object.assign(this.frame.style, { left, top, width, height });
  }

  put(left, top, width, height) {
    this.part = [within(left, 0, 1 - width), within(top, 0, 1 - height), width, height];
    this.show();
    this.changed();
  }

  move(across, down) {
    const [left, top, width, height] = this.part;
    this.put(left + across, top + down, width, height);
  }

  // Resized around the point that stays: shares of the frame, 0.5 for its middle.
  resize(factor, stays = [0.5, 0.5]) {
    const [left, top, width, height] = this.part;
    const [most] = this.whole();
    const wide = within(width * factor, LEAST, most);
    const high = (wide * height) / width;
    this.put(left + stays[0] * (width - wide), top + stays[1] * (height - high), wide, high);
  }

  reset() {
    this.put(...this.proposal());
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.picture) return;
    const way = KEYS[event.key];
    const step = event.shiftKey ? LARGE_STEP : STEP;
    if (way) this.move(way[0] * step, way[1] * step);
    else if (SIZES[event.key]) this.resize(SIZES[event.key]);
    else if (event.key === "0") this.reset();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  hold(event) {
    if (event.button !== 0 || !this.picture) return;
    event.preventDefault();
    this.frame.focus({ preventScroll: true });
    const corner = event.target.dataset.corner;
    const box = this.frame.parentElement.getBoundingClientRect();
    const begun = { part: [...this.part], x: event.clientX, y: event.clientY, box };
    const follow = corner ? (moved) => this.drag(begun, corner, moved) : (moved) => this.shift(begun, moved);
    this.frame.setPointerCapture(event.pointerId);
    this.frame.addEventListener("pointermove", follow);
    const release = () => this.frame.removeEventListener("pointermove", follow);
    for (const end of ["pointerup", "pointercancel"]) this.frame.addEventListener(end, release, { once: true });
  }

  shift({ part, x, y, box }, event) {
    this.put(part[0] + (event.clientX - x) / box.width, part[1] + (event.clientY - y) / box.height, part[2], part[3]);
  }

  // The opposite corner stays where it is.
  drag({ part, x, box }, corner, event) {
    const [left, top, width, height] = part;
    const isWest = corner.endsWith("w");
    const isNorth = corner.startsWith("n");
    const wished = width + ((isWest ? -1 : 1) * (event.clientX - x)) / box.width;
    const room = Math.min(isWest ? left + width : 1 - left, ((isNorth ? top + height : 1 - top) * width) / height);
    const wide = within(wished, LEAST, room);
    const high = (wide * height) / width;
    this.put(isWest ? left + width - wide : left, isNorth ? top + height - high : top, wide, high);
  }
}
