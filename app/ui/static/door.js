// The door: who is calling, and the form for those who have not said.

import { find } from "./element.js";
import { patience } from "./notice.js";
import { basic, byKey, credentials, welcome } from "./server.js";

const REFUSED = [401, 403, 429];

export class Door {
  constructor(opened) {
    this.opened = opened;
    find("door-form").addEventListener("submit", (event) => this.submit(event));
    find("door-form").addEventListener("change", () => this.choose());
    find("sign-in").addEventListener("click", () => this.shut(""));
    find("sign-out").addEventListener("click", () => this.leave());
  }

  // Go in where nothing is asked or this tab is known already.
  async knock() {
    const kept = credentials.read();
    try {
      const answer = await welcome(kept);
      if (answer.authenticated || answer.enabled === false) this.open(answer);
      else this.shut("");
    } catch (error) {
      if (!REFUSED.includes(error.status)) throw error;
      this.shut(error.status === 401 ? "Please sign in again." : patience(error));
    }
  }

  open(answer) {
    find("door").hidden = true;
    find("sign-out").hidden = !credentials.read();
    find("sign-in").hidden = Boolean(credentials.read());
    this.opened(answer);
  }

  shut(problem) {
    credentials.forget();
    find("room").hidden = true;
    find("sign-out").hidden = true;
    find("sign-in").hidden = true;
    find("door").hidden = false;
    find("door-problem").textContent = problem;
    this.choose();
    find(this.byKey() ? "key" : "password").focus();
  }

  leave() {
    credentials.forget();
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
    return this.byKey() ? byKey(form.get("key").trim()) : basic(form.get("user"), form.get("password"));
  }

  async submit(event) {
    event.preventDefault();
    const button = find("door-button");
    button.disabled = true;
    find("door-problem").textContent = await this.enter(this.given());
    button.disabled = false;
  }

  // Answer the sentence that tells why not, or nothing.
  async enter(headers) {
    try {
      this.admit(headers, await welcome(headers));
      return "";
    } catch (error) {
      return error.status === 401 ? "That is not right. Please check it and try again." : patience(error);
    }
  }

  admit(headers, answer) {
    credentials.keep(headers);
    find("password").value = "";
    find("key").value = "";
    this.open(answer);
  }
}
