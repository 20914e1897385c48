// The check of the journal, what it found, and the repair.

import { element, find } from "./element.js";
import { decide } from "./frame.js";
import { busy, MINUTES } from "./long-action.js";
import { patiently } from "./server.js";
import { text } from "./texts.js";

const KINDS = {
  database: () => text("system.finding.database"),
  version: () => text("system.finding.version"),
  record: () => text("system.finding.record"),
  open_step: () => text("system.finding.open_step"),
  open_upload: () => text("system.finding.open_upload"),
  file_gone: () => text("system.finding.file_gone"),
  file_damaged: () => text("system.finding.file_damaged"),
  unknown_file: () => text("system.finding.unknown_file"),
  begun_file: () => text("system.finding.begun_file"),
  bytes_damaged: () => text("system.finding.bytes_damaged"),
  bytes_missing: () => text("system.finding.bytes_missing"),
  bytes_unused: () => text("system.finding.bytes_unused"),
};

const grouped = (number) => number.toLocaleString(document.documentElement.lang);

async function check(button, repairs = false) {
  const place = find("doctor-answer");
  const words = repairs ? text("system.repairing") : text("system.checking");
  const [method, path] = repairs ? ["POST", "api/admin/doctor/repair"] : ["GET", "api/admin/doctor"];
  const found = await busy(button, place, words, async () => (await patiently(method, path, MINUTES)).json());
  if (!found) return;
  find("repair").hidden = !found.counts.some((one) => one.found > one.repaired);
  const lists = found.counts.map((each) => findings(each, found.findings));
  place.replaceChildren(element("p", { class: found.sound ? "yes" : "no" }, verdict(found)), ...lists);
}

function verdict({ sound, checked, counts }) {
  const left = counts.reduce((sum, { found, repaired }) => sum + found - repaired, 0);
  const repaired = counts.reduce((sum, one) => sum + one.repaired, 0);
  const { files, assets, kept } = checked;
  const words = sound ? text("system.sound", { files: grouped(files), assets: grouped(assets), kept: grouped(kept) }) : faultsLeft(left);
  return repaired ? `${words} ${text("system.repaired", { count: grouped(repaired) })}` : words;
}

const faultsLeft = (count) => (count === 1 ? text("system.one_fault") : text("system.faults", { count: grouped(count) }));

function findings({ what, found }, all) {
  const listed = all.filter((one) => one.what === what).map(finding);
  const words = text("system.count", { what: KINDS[what]?.() ?? what, count: grouped(found) });
  return element("details", {}, element("summary", {}, words), element("ul", {}, ...listed));
}

function finding({ path, why }) {
  return element("li", {}, path ? [element("b", {}, path), ": "] : null, element("span", { lang: "en" }, why));
}

async function repair(button) {
  if ((await decide(find("repairing"))) === "repair") await check(button, true);
}

export const journalActions = { check: (button) => check(button), repair };
