// Saving what was changed, what another session has saved meanwhile, and taking it back.

import { find } from "./element.js";
import { remember } from "./last-change.js";
import { patience, tell } from "./notice.js";
import { ask, post } from "./server.js";
import { settleConflict } from "./settings-conflict.js";
import { mistakeWords } from "./settings-mistakes.js";
import { text } from "./texts.js";

const OWN = "EnginePart";
const form = find("settings");

export class SettingsSaving {
  // `shown` is called when values have changed without a person's doing.
  constructor(fields, shown) {
    Object.assign(this, { fields, shown, revision: form.dataset.revision });
    document.addEventListener("visibilitychange", () => document.hidden || this.isSaving || this.look());
    // A page that Back brings out of the browser's memory may be old.
    addEventListener("pageshow", (event) => event.persisted && this.look());
  }

  unsaved = () => this.fields.filter((field) => field.isUnsaved());
  named = (name) => this.fields.find((field) => field.name === name);

  async save() {
    const changed = this.unsaved();
    if (!changed.length) return tell(text("settings.nothing"));
    if (this.isSaving || this.refuse(changed)) return;
    this.isSaving = true;
    find("save").setAttribute("aria-busy", "true");
    try {
      await this.send(changed);
    } catch (error) {
      await this.refused(error);
    } finally {
      this.isSaving = false;
      find("save").removeAttribute("aria-busy");
      this.shown();
    }
  }

  // Whether the page itself sees a mistake.
  refuse(changed) {
    const wrong = changed.filter((field) => (field.fault(field.mistake()), field.hasFault));
    if (wrong.length) this.point(wrong);
    return wrong.length > 0;
  }

  point(wrong) {
    tell(text("settings.wrong", { count: wrong.length }), "bad");
    document.dispatchEvent(new CustomEvent("point-out", { detail: wrong[0] }));
  }

  async send(changed) {
    const before = new Map(changed.map((field) => [field, field.base]));
    const config = Object.fromEntries(changed.map((field) => [field.name, field.value]));
    const answer = await post("api/config", { config, revision: this.revision });
    this.revision = answer.revision;
    for (const field of changed) field.saved();
    for (const field of this.fields) if (field.hasFault) field.fault("");
    remember(text("settings.saved", { count: answer.changes_count }), () => this.takeBack(answer, before));
  }

  // The backup has what config.json was; our own settings stand in another file, and are sent as they were.
  async takeBack({ backup, revision }, before) {
    let state = revision;
    if (backup) state = (await post("api/config/restore", { file: backup, revision: state })).revision;
    const own = [...before].filter(([field]) => field.place.id.startsWith(`${OWN}.`)).map(([field, value]) => [field.name, value]);
    if (own.length) await post("api/config", { config: Object.fromEntries(own), revision: state });
    await this.reload();
    return {};
  }

  async refused(error) {
    if (error.status === undefined) throw error;
    if (error.status === 409 && (await this.meanwhile())) return;
    const errors = Object.entries(error.told?.errors ?? {}).filter(([name]) => this.named(name));
    for (const [name, sentence] of errors) this.mark(name, sentence);
    if (errors.length) this.point(errors.map(([name]) => this.named(name)));
    else if (error.status !== 401) tell(patience(error), "bad");
  }

  mark(name, sentence) {
    const { words, language } = mistakeWords(sentence);
    this.named(name).fault(words, language);
  }

  // Whether another session has saved; what both have changed is asked about, then all is saved.
  async meanwhile() {
    const state = await ask("api/config");
    if (state.revision === this.revision) return false;
    const both = this.unsaved().filter((field) => !field.isSame(state.config[field.name], field.base) && !field.isSame(state.config[field.name], field.value));
    if (both.length && !(await settleConflict(both, state.config))) return true;
    this.adopt(state);
    const left = this.unsaved();
    if (left.length) await this.send(left).catch((error) => this.refused(error));
    return true;
  }

  adopt({ config, revision }) {
    const taken = this.fields.filter((field) => field.name in config && !field.isSame(config[field.name], field.base));
    this.revision = revision;
    for (const field of taken) field.rebase(config[field.name]);
    return taken.length;
  }

  // What the file has now is shown; what is not saved yet stays.
  async reload() {
    this.adopt(await ask("api/config"));
    this.shown();
  }

  // What others have saved is shown, as long as it is not what is being changed here.
  async look() {
    const state = await ask("api/config").catch(() => null);
    if (!state || state.revision === this.revision) return;
    const isContested = this.unsaved().some((field) => !field.isSame(state.config[field.name], field.base));
    if (isContested) return;
    const count = this.adopt(state);
    this.shown();
    if (count) tell(text("settings.taken", { count }));
  }

  // What was typed comes back by Undo.
  discard() {
    const typed = this.unsaved().map((field) => [field, field.value]);
    this.putAll(typed.map(([field]) => [field, field.base]));
    if (typed.length) remember(text("settings.discarded", { count: typed.length }), () => this.putAll(typed));
  }

  putAll(values) {
    for (const [field, value] of values) {
      field.put(value);
      field.fault("");
    }
    this.shown();
  }
}
