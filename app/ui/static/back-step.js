// A state of a page that the Back gesture ends before it leaves the page, and that a reload keeps.

export class BackStep {
  // `turned` is called with whether the state is on, where Back or Forward have changed that.
  constructor(name, turned) {
    Object.assign(this, { name, turned });
    addEventListener("popstate", () => turned(this.isHere));
  }

  get isHere() {
    return Boolean(history.state?.[this.name]);
  }

  enter() {
    if (!this.isHere) history.pushState({ ...history.state, [this.name]: true }, "");
  }

  // What is done to the address afterwards has to wait until the step is gone.
  async leave() {
    if (!this.isHere) return;
    const gone = new Promise((done) => addEventListener("popstate", done, { once: true }));
    history.back();
    await gone;
  }
}
