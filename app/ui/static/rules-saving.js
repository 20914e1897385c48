// Saves all rules at once; what another session saved meanwhile is shown beside one's own.

import { element, find, say } from "./element.js";
import { decide } from "./frame.js";
import { remember } from "./last-change.js";
import { attempt, patience, tell } from "./notice.js";
import { ruleChips } from "./rule-words.js";
import { ask, post } from "./server.js";
import { text } from "./texts.js";
import { guardForm } from "./unsaved.js";

export class RulesSaving {
  // `rules` gives what the page has, `fill` shows other rules.
  constructor({ form, rules, fill }) {
    Object.assign(this, { form, rules, fill, bar: find("save-bar"), saved: [] });
    find("save").addEventListener("click", () => this.save());
    find("discard").addEventListener("click", () => this.fill(this.saved));
    document.addEventListener("keydown", (event) => this.typed(event));
    document.addEventListener("taken-back", () => this.reload());
  }

  begin() {
    this.saved = this.rules();
    this.keep = guardForm(this.form);
  }

  get isUnsaved() {
    return JSON.stringify(this.rules()) !== JSON.stringify(this.saved);
  }

  show() {
    this.bar.hidden = !this.isUnsaved;
    if (this.bar.hidden) say(find("price"), "");
  }

  typed(event) {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    if (this.isUnsaved && !document.querySelector("dialog[open]")) this.save();
  }

  async save() {
    const rules = this.rules();
    find("save").disabled = true;
    try {
      const answer = await post("api/rules", { rules, revision: this.form.dataset.revision });
      this.isSaved(rules, answer);
    } catch (error) {
      await this.refused(error);
    }
    find("save").disabled = false;
  }

  isSaved(rules, { revision, backup }) {
    const before = this.saved;
    this.form.dataset.revision = revision;
    this.saved = rules;
    this.keep();
    this.show();
    const back = () => (backup ? post("api/rules/restore", { file: backup, revision }) : post("api/rules", { rules: before, revision }));
    remember(text("rules.saved"), back);
  }

  async refused(error) {
    if (error.status === undefined) throw error;
    if (error.status === 409 && (await this.settled())) return;
    tell(patience(error), "bad");
    document.querySelector(".wrong-rule")?.row.reach();
  }

  // Whether another session's rules were in the way, and a person has been asked.
  async settled() {
    const theirs = await attempt(() => ask("api/rules"));
    if (!theirs || theirs.revision === this.form.dataset.revision) return false;
    find("theirs").replaceChildren(...theirs.rules.map(described));
    find("mine").replaceChildren(...this.rules().map(described));
    const answer = await decide(find("conflict"));
    if (answer === "theirs") this.take(theirs);
    if (answer !== "mine") return true;
    this.form.dataset.revision = theirs.revision;
    this.saved = theirs.rules;
    await this.save();
    return true;
  }

  take({ rules, revision }) {
    this.form.dataset.revision = revision;
    this.saved = rules;
    this.fill(rules);
    this.keep();
  }

  async reload() {
    const found = await attempt(() => ask("api/rules"));
    if (found) this.take(found);
  }
}

const described = (rule) => element("li", {}, element("b", {}, rule.name), element("span", { class: "chips" }, ...ruleChips(rule)));
