// Work that repeats at its own pace, rests while nobody looks, and waits longer after each failure.

const LONGEST = 60000;

export class Pace {
  constructor(work, between, failed = () => null, longest = LONGEST) {
    this.work = work;
    this.between = between;
    this.failed = failed;
    this.longest = longest;
    this.failures = 0;
    this.going = false;
    document.addEventListener("visibilitychange", () => document.hidden || this.soon());
  }

  start() {
    this.going = true;
    return this.turn();
  }

  stop() {
    this.going = false;
    clearTimeout(this.timer);
  }

  soon() {
    if (this.going) this.after(0);
  }

  after(time) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.turn(), time);
  }

  async turn() {
    if (document.hidden) return;
    if (this.busy) return this.after(100);
    this.busy = true;
    this.failures = (await this.succeeds()) ? 0 : this.failures + 1;
    this.busy = false;
    if (this.going) this.after(this.wait());
  }

  async succeeds() {
    try {
      await this.work();
      return true;
    } catch (error) {
      if (error.status === undefined) console.error(error);
      else this.failed(error);
      return false;
    }
  }

  wait() {
    return Math.min(this.longest, this.between() * 2 ** Math.min(this.failures, 5));
  }
}
