// What the server says of rules that are not saved: what they apply to, what is wrong, what they cost, how they look.

import { find, say } from "./element.js";
import { LivePreview } from "./live-preview.js";
import { priceTag } from "./price-tag.js";
import { post } from "./server.js";
import { text } from "./texts.js";

const PAUSE = 200;
const PATIENCE = 120000;
const TALL = ["poster", "season", "collection"];

export class RulesCheck {
  // `rows` gives the rows in their order, `isUnsaved` whether they differ from what is saved.
  constructor(rows, isUnsaved) {
    Object.assign(this, { rows, isUnsaved, newest: 0, looked: null, timer: null });
    this.image = find("preview");
    this.preview = new LivePreview(this.image, () => this.body(), { words: find("preview-words"), width: 400 });
    this.price = priceTag(find("price"), () => (isUnsaved() ? { rules: this.soundRules() } : null));
  }

  // The rows whose rules the engine could read when they were looked through.
  sound() {
    return this.rows().filter((row) => row.checked?.match);
  }

  soundRules() {
    return this.sound().map((row) => row.checked.rule);
  }

  soon() {
    clearTimeout(this.timer);
    this.newest += 1;
    this.timer = setTimeout(() => this.ask(this.newest), PAUSE);
  }

  async ask(mine) {
    const rows = this.rows();
    const rules = rows.map((row) => row.rule);
    try {
      const answer = await post("api/rules/matches", { rules }, PATIENCE);
      if (mine !== this.newest) return;
      this.told(rows, rules, answer);
    } catch (error) {
      if (error.status === undefined) throw error;
      if (mine === this.newest) say(find("preview-words"), error.message);
    }
  }

  told(rows, rules, { matches, mistakes, conflicts }) {
    const wrong = Object.entries(mistakes).map(([place, words]) => [...place.match(/^rules\[(\d+)\](.*)$/).slice(1), words]);
    rows.forEach((row, number) => {
      const own = wrong.filter(([which]) => Number(which) === number).map(([, place, words]) => [place, words]);
      const against = conflicts.filter(({ first, second }) => first === number || second === number).map((one) => opposing(rows, one, number));
      row.show({ rule: rules[number], match: matches[number], mistakes: own, against });
    });
    this.price();
    this.show();
  }

  look(row) {
    this.looked = row;
    this.show();
  }

  show() {
    const row = this.looked?.place.isConnected ? this.looked : this.sound().find((each) => each.checked.match.example);
    this.shown = row;
    const match = row?.checked?.match;
    this.image.hidden = !match?.example;
    say(find("preview-name"), match?.example ? text("rules.preview.of", { name: row.title }) : row ? text("rules.preview.nothing", { name: row.title }) : text("rules.preview.none"));
    if (!match?.example) return say(find("preview-words"), "");
    this.image.alt = text("rules.preview.alt", { name: row.title, path: match.example });
    const isTall = TALL.includes(match.kind);
    Object.assign(this.image, { width: 400, height: isTall ? 600 : 225 });
    this.preview.change();
  }

  body() {
    const match = this.shown?.checked?.match;
    return match?.example ? { kind: match.kind, asset: match.example, rules: this.soundRules() } : null;
  }
}

function opposing(rows, { first, second, setting, certain }, number) {
  return { other: rows[number === first ? second : first], setting, certain, isLater: number === second };
}
