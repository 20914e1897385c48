// The door: who is calling, and the form for those who have not said.

import { find } from "./element.js";
import { patience } from "./notice.js";
import { address, signIn, signOut, welcome } from "./server.js";

export class Door {
  constructor(opened) {
    this.opened = opened;
    find("door-form").addEventListener("submit", (event) => this.submit(event));
    find("door-form").addEventListener("change", () => this.choose());
    find("sign-in").addEventListener("click", () => this.shut(""));
    find("sign-out").addEventListener("click", () => this.leave());
  }

  // Go in where nothing is asked, or where a tab of this browser has signed in.
  async knock() {
    const answer = await welcome();
    if (answer.authenticated || answer.enabled === false) this.open(answer);
    else this.shut("");
  }

  get isShut() {
    return !find("door").hidden;
  }

  open(answer) {
    const isOpenToAll = answer.enabled === false && answer.username === "anonymous";
    find("door").hidden = true;
    find("sign-out").hidden = isOpenToAll;
    find("sign-in").hidden = !isOpenToAll;
    this.opened(answer);
  }

  shut(problem) {
    find("room").hidden = true;
    find("waiting").hidden = true;
    find("sign-out").hidden = true;
    find("sign-in").hidden = true;
    find("door").hidden = false;
    find("door-problem").textContent = problem;
    this.choose();
    find(this.byKey() ? "key" : "password").focus();
  }

  async leave() {
    await signOut().catch(() => null);
    location.reload();
  }

  byKey() {
    return new FormData(find("door-form")).get("way") === "key";
  }

  choose() {
    find("by-key").hidden = !this.byKey();
    find("by-password").hidden = this.byKey();
  }

  given() {
    const form = new FormData(find("door-form"));
    const stay = form.has("stay");
    if (this.byKey()) return { key: form.get("key").trim(), stay };
    return { username: form.get("user"), password: form.get("password"), stay };
  }

  async submit(event) {
    event.preventDefault();
    const button = find("door-button");
    button.disabled = true;
    find("door-problem").textContent = await this.enter(this.given());
    button.disabled = false;
  }

  // Answer the sentence that says why not, or nothing.
  async enter(given) {
    if (!given.key && !given.password) return this.byKey() ? "Please type a key." : "Please type the password.";
    try {
      this.admit(await signIn(given));
      return "";
    } catch (error) {
      return error.status === 401 ? "That is not right. Please check it and try again." : patience(error);
    }
  }

  admit(answer) {
    find("password").value = "";
    find("key").value = "";
    this.open(answer);
    const back = wayBack();
    if (back) location.replace(back);
  }
}

// The page that sent its reader here, below the base path; an address of any other place is none.
function wayBack() {
  const next = new URLSearchParams(location.search).get("next");
  const home = address("");
  const way = next ? new URL(next, home) : null;
  return way?.href.startsWith(home.href) ? way : null;
}
