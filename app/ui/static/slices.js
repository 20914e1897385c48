// Entries of a long list, loaded in slices where they are needed; what is no longer needed is not waited for.

import { ask } from "./server.js";

const SIZE = 60;
const MOST_KEPT = 40;
const MOST_TOGETHER = 4;
// The longest list of the API.
const MOST_LISTED = 500;
const PAUSE = 40;
const LONGEST_PAUSE = 300;
const RETRY = 5000;

export class Slices {
  // `arrived` is called with the whole answer, `failed` with the error.
  constructor(query, { arrived, failed }) {
    Object.assign(this, { query, arrived, failed, kept: new Map(), pending: new Map(), wanted: [], pause: PAUSE });
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

  // Load what lies between the indexes, unless all of it is shown already, and give up what was wanted before.
  want(first, last, isShown) {
    this.wanted = [];
    for (let number = Math.floor(first / SIZE); number * SIZE < last; number += 1) this.wanted.push(number);
    for (const call of new Set(this.pending.values())) if (!call.numbers.some((number) => this.wanted.includes(number))) this.cancel(call);
    clearTimeout(this.timer);
    if (!isShown && this.wanted.some((number) => this.isMissing(number))) this.timer = setTimeout(() => this.load(), this.pause);
  }

  // All that is listed is asked for again; what is shown stays until then.
  renew() {
    this.kept.clear();
    this.load();
  }

  // The paths of the pictures between the indexes, loaded or not.
  async paths(first, last) {
    const found = [];
    for (let offset = first; offset < last; offset += MOST_LISTED) {
      const { assets } = await ask(`api/assets/catalogue?${this.query}&limit=${Math.min(MOST_LISTED, last - offset)}&offset=${offset}`);
      found.push(...assets.map(({ path }) => path).filter(Boolean));
    }
    return found;
  }

  isMissing(number) {
    return !this.kept.has(number) && !this.pending.has(number);
  }

  // Neighbours are loaded by one call.
  load() {
    const missing = this.wanted.filter((number) => this.isMissing(number));
    const breaks = missing.findIndex((number, place) => place && number !== missing[place - 1] + 1);
    const numbers = missing.slice(0, breaks < 0 ? MOST_TOGETHER : Math.min(breaks, MOST_TOGETHER));
    if (!numbers.length) return;
    this.fetch(numbers);
    this.load();
  }

  async fetch(numbers) {
    const call = { numbers, controller: new AbortController() };
    const { signal } = call.controller;
    const began = performance.now();
    for (const number of numbers) this.pending.set(number, call);
    try {
      const answer = await ask(`api/assets/catalogue?${this.query}&limit=${numbers.length * SIZE}&offset=${numbers[0] * SIZE}`, signal);
      if (!signal.aborted) this.take(numbers, answer);
    } catch (error) {
      if (!signal.aborted) this.excuse(error);
    } finally {
      this.release(call);
      // A server that needs long is asked only for what one stays at.
      if (!signal.aborted) this.pause = Math.min(Math.max(performance.now() - began, PAUSE), LONGEST_PAUSE);
    }
  }

  take(numbers, answer) {
    numbers.forEach((number, place) => this.kept.set(number, answer.assets.slice(place * SIZE, (place + 1) * SIZE)));
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

  cancel(call) {
    call.controller.abort();
    this.release(call);
  }

  release(call) {
    for (const number of call.numbers) if (this.pending.get(number) === call) this.pending.delete(number);
  }

  close() {
    clearTimeout(this.timer);
    for (const call of this.pending.values()) this.cancel(call);
  }
}
