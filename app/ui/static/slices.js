// Entries of a long list, loaded in slices where they are needed; what is no longer needed is not waited for.

import { ask } from "./server.js";

const SIZE = 60;
const MOST_KEPT = 40;
const PAUSE = 40;
const RETRY = 5000;

export class Slices {
  // `arrived` is called with the whole answer, `failed` with the error.
  constructor(query, { arrived, failed }) {
    Object.assign(this, { query, arrived, failed, kept: new Map(), pending: new Map(), wanted: [] });
  }

  entry(index) {
    return this.kept.get(Math.floor(index / SIZE))?.[index % SIZE];
  }

  // Where an entry of that path stands among what is loaded, -1 for nowhere.
  placeOf(path) {
    for (const [number, entries] of this.kept) {
      const place = entries.findIndex((entry) => entry.path === path);
      if (place >= 0) return number * SIZE + place;
    }
    return -1;
  }

  // Load what lies between the indexes, and give up what was wanted before.
  want(first, last) {
    this.wanted = [];
    for (let number = Math.floor(first / SIZE); number * SIZE < last; number += 1) this.wanted.push(number);
    for (const [number, controller] of this.pending) if (!this.wanted.includes(number)) this.cancel(number, controller);
    clearTimeout(this.timer);
    if (this.wanted.some((number) => !this.kept.has(number) && !this.pending.has(number))) this.timer = setTimeout(() => this.load(), PAUSE);
  }

  load() {
    for (const number of this.wanted) if (!this.kept.has(number) && !this.pending.has(number)) this.fetch(number);
  }

  async fetch(number) {
    const controller = new AbortController();
    this.pending.set(number, controller);
    try {
      const answer = await ask(`api/assets/catalogue?${this.query}&limit=${SIZE}&offset=${number * SIZE}`, controller.signal);
      if (!controller.signal.aborted) this.take(number, answer);
    } catch (error) {
      if (!controller.signal.aborted) this.excuse(error);
    } finally {
      if (this.pending.get(number) === controller) this.pending.delete(number);
    }
  }

  take(number, answer) {
    this.kept.set(number, answer.assets);
    for (const old of this.kept.keys()) {
      if (this.kept.size <= MOST_KEPT) break;
      if (!this.wanted.includes(old)) this.kept.delete(old);
    }
    this.arrived(answer);
  }

  excuse(error) {
    if (error.status === undefined) throw error;
    this.failed(error);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), RETRY);
  }

  cancel(number, controller) {
    controller.abort();
    this.pending.delete(number);
  }

  close() {
    clearTimeout(this.timer);
    for (const [number, controller] of this.pending) this.cancel(number, controller);
  }
}
