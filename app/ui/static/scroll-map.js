// Which part of a long content is seen at a scroll position, where a browser could not hold the whole height.
//
// Chromium draws no box higher than some 33 million device pixels. Up to the limit content and scroll position
// are the same; beyond it the scroll bar spans the whole, while small movements stay one to one.

const LIMIT = 8_000_000;

export class ScrollMap {
  constructor(limit = LIMIT) {
    Object.assign(this, { limit, length: 0, view: 0, scroll: 0, content: 0 });
  }

  resize(length, view) {
    Object.assign(this, { length, view });
  }

  get height() {
    return Math.min(this.length, this.limit);
  }

  // The last positions, of the scroll bar and of the content.
  get most() {
    return Math.max(0, this.height - this.view);
  }

  get end() {
    return Math.max(0, this.length - this.view);
  }

  get ratio() {
    return this.most ? this.end / this.most : 1;
  }

  // The place of the content at the top of the window. Before the start and after the end nothing is mapped.
  move(scroll) {
    const step = scroll - this.scroll;
    this.content = this.placeAt(scroll, step);
    this.scroll = scroll;
    return this.content;
  }

  placeAt(scroll, step) {
    if (this.length <= this.limit || scroll <= 0) return scroll;
    if (scroll >= this.most) return this.end + scroll - this.most;
    if (Math.abs(step) > 2 * this.view) return scroll * this.ratio;
    return Math.min(Math.max(this.content + step, 0), this.end);
  }

  // The scroll position that shows that place of the content.
  show(content) {
    const isInside = content > 0 && content < this.end;
    const outside = content > 0 ? content - this.end + this.most : content;
    this.content = content;
    this.scroll = isInside ? content / this.ratio : outside;
    return this.scroll;
  }
}
