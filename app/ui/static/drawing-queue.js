// Pictures that a server draws one after another: a few at a time, what is seen first, and none that is no longer wanted.

// Browsers open six connections to a server, of which one stays free for everything else.
const MOST_AT_ONCE = 5;

export class DrawingQueue {
  // `failed` is called with the address of a picture that did not come.
  constructor({ failed, most = MOST_AT_ONCE }) {
    Object.assign(this, { failed, most, waiting: new Map(), running: new Set() });
  }

  // Load the address into the image; `rank` answers how early, the smallest first, and is asked when a place is free.
  want(image, address, rank) {
    if (this.running.has(image) || this.waiting.get(image)?.address === address) return;
    this.waiting.set(image, { address, rank });
    this.soon();
  }

  // Neither ask for it nor wait for it any longer.
  cancel(image) {
    this.waiting.delete(image);
    if (!this.running.has(image)) return;
    image.removeAttribute("src");
    this.done(image);
  }

  close() {
    this.waiting.clear();
    for (const image of [...this.running]) this.cancel(image);
  }

  // All that is wanted at the same time is compared.
  soon() {
    this.planned ??= queueMicrotask(() => {
      this.planned = undefined;
      this.start();
    }) ?? true;
  }

  start() {
    while (this.running.size < this.most && this.waiting.size) this.load(this.first());
  }

  first() {
    let [found, least] = [null, Infinity];
    for (const [image, { rank }] of this.waiting) {
      const number = rank();
      if (number < least) [found, least] = [image, number];
    }
    return found ?? this.waiting.keys().next().value;
  }

  load(image) {
    const { address } = this.waiting.get(image);
    this.waiting.delete(image);
    this.running.add(image);
    image.onload = () => this.ended(image, "ready");
    image.onerror = () => {
      this.ended(image, "failed");
      this.failed(address);
    };
    image.src = address;
  }

  ended(image, state) {
    image.dataset.state = state;
    this.done(image);
  }

  done(image) {
    image.onload = image.onerror = null;
    this.running.delete(image);
    this.soon();
  }
}
