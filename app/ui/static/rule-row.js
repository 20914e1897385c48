// One rule in the list: closed it is told in chips, open it has its fields.

import { enable, element, say } from "./element.js";
import { addSetting, follow, readRule, ruleBody, unset } from "./rule-fields.js";
import { orderedRule, ruleChips, settingName } from "./rule-words.js";
import { text } from "./texts.js";

const language = document.documentElement.lang;
const counted = (count) => new Intl.NumberFormat(language).format(count);

function metWords({ titles, pictures }) {
  const values = { titles: counted(titles), pictures: counted(pictures) };
  if (!titles) return text("rules.met.none");
  return titles === 1 ? text("rules.met.one", values) : text("rules.met", values);
}

export class RuleRow {
  // `changed` is called with the row whenever the rule is another one.
  constructor(place, changed) {
    Object.assign(this, { place, changed, kept: place.querySelector("[name=rule]"), body: null });
    place.row = this;
    enable(place);
    this.rule = JSON.parse(this.kept.value);
    place.addEventListener("input", (event) => this.typed(event.target));
    place.addEventListener("change", (event) => event.target.dataset.add !== undefined && event.target.value && this.act(() => addSetting(this.body, event.target.value)));
    place.addEventListener("click", (event) => this.pressed(event.target));
  }

  get rule() {
    return JSON.parse(this.kept.value);
  }

  set rule(rule) {
    this.kept.value = JSON.stringify(orderedRule(rule));
    this.tell();
  }

  get title() {
    return this.rule.name || text("rules.unnamed");
  }

  tell() {
    this.place.querySelector(".name").textContent = this.title;
    this.place.querySelector(".chips").replaceChildren(...ruleChips(this.rule));
  }

  get isOpen() {
    return Boolean(this.body) && !this.body.hidden;
  }

  open(isOpen = true) {
    if (isOpen && !this.body) {
      this.body = ruleBody(this.rule);
      this.place.append(this.body);
    }
    if (this.body) this.body.hidden = !isOpen;
    this.place.querySelector(".named").setAttribute("aria-expanded", isOpen);
    this.place.classList.toggle("open", isOpen);
    if (this.checked) this.show(this.checked);
  }

  typed(field) {
    if (field.dataset.add !== undefined || !this.body?.contains(field)) return;
    this.act(() => follow(field));
  }

  act(change) {
    change();
    this.rule = readRule(this.body, this.rule);
    this.changed(this);
  }

  pressed(target) {
    if (target.closest(".named")) {
      this.open(!this.isOpen);
      if (this.isOpen) this.place.dispatchEvent(new CustomEvent("looked-at", { bubbles: true }));
    }
    const left = target.closest("[data-unset]");
    if (left) this.act(() => unset(left.closest("[data-setting]")));
  }

  // What the server says of the rule: `match` or null, its mistakes by place, and { other, setting, certain } against it.
  show(checked) {
    this.checked = checked;
    const { match, mistakes, against } = checked;
    say(this.place.querySelector(".met"), match ? metWords(match) : "");
    this.place.querySelector(".met").classList.toggle("none", match?.titles === 0);
    const untold = this.isOpen ? this.tellBeside(mistakes) : mistakes;
    const list = this.place.querySelector(".against");
    list.replaceChildren(...untold.map(([place, words]) => element("li", {}, `${place.replace(/^\.(set|when)?\.?/, "")} ${words}`)), ...against.map((one) => this.opposed(one)));
    list.hidden = !list.children.length;
    this.place.classList.toggle("wrong-rule", mistakes.length > 0 || against.some((one) => one.certain));
  }

  opposed({ other, setting, certain, isLater }) {
    const values = { other: other.title, setting: settingName(setting) };
    const mild = isLater ? text("rules.against.later", values) : text("rules.against.earlier", values);
    return element("li", { class: certain ? "" : "mild" }, certain ? text("rules.against", values) : mild, " ", element("button", { type: "button", class: "quiet", click: () => other.reach() }, text("rules.against.show")));
  }

  // Each mistake at its field; those without a field are the answer.
  tellBeside(mistakes) {
    for (const place of this.body.querySelectorAll(".wrong")) place.textContent = "";
    for (const field of this.body.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    return mistakes.filter(([place, words]) => !this.tellAt(place, words));
  }

  tellAt(place, words) {
    const [, group, name] = place.match(/^\.(\w+)(?:\.(\w+))?/) ?? [];
    const box = group === "name" ? this.body.querySelector("[data-name]") : this.body.querySelector(group === "when" ? `[data-when="${name === "show" ? "title" : name}"]` : `[data-setting="${name}"]:not([hidden])`);
    if (!box) return false;
    (box.matches("input") ? box : box.querySelector("input, select, textarea"))?.setAttribute("aria-invalid", "true");
    (box.matches("input") ? box.parentElement : box).querySelector(".wrong").textContent = words;
    return true;
  }

  reach() {
    this.open();
    this.place.dispatchEvent(new CustomEvent("looked-at", { bubbles: true }));
    this.place.scrollIntoView({ block: "nearest" });
    this.body.querySelector("[data-name]").focus();
  }
}
