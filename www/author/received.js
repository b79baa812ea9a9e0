// A file of rules that was received, shown before anything of it is in force: what it is, its hash, how its examples go, what it needs and what it changes.

import { byId, element } from "../element.js";
import { t } from "../wording/index.js";
import { sentence } from "./notes.js";

/** @import { Diagnostic, PackFile, SettingValue } from "../lib/cadans.js" */
/** @import { HandoverRefusal, ReceiveReport } from "../lib/editing.js" */
/** @import { Compared } from "./compare.js" */

/**
 * A file and what is known of it.
 * @typedef {object} Received
 * @property {string} name of the file
 * @property {HandoverRefusal} [refused] why nothing of it can be used
 * @property {Diagnostic[]} [errors] of rules that can be opened and not put in force
 * @property {ReceiveReport} [report]
 * @property {PackFile[]} packs
 * @property {string[]} replaces packs that are there with another text
 * @property {Compared} [compared] what it would change
 */

/** Things listed before "and more". */
const MOST = 12;

/** @param {string[]} all */
const some = (all) => [...all.slice(0, MOST).map((one) => element("li", {}, one)), all.length > MOST && element("li", {}, t("author.andMore", { n: all.length - MOST }))];

/** @param {string} title @param {(Node | string | false | undefined)[]} rest */
const part = (title, ...rest) => element("section", {}, element("h3", {}, title), ...rest);

/** @param {ReceiveReport} report */
function contents({ sha256, header, headerAgrees, examples, requirements = [], findings, standing }) {
  const { name, version, author, licence, about, language, pack } = header;
  const about_ = [[t("author.fileVersion"), version], [t("author.fileAuthor"), author], [t("author.fileLicence"), licence], [t("author.fileLanguage"), String(language)], [t("author.fileHash"), sha256]];
  const missing = requirements.filter(({ state }) => state !== "there" && state !== "not-listed");
  return [
    element("h3", {}, name), about && element("p", {}, about),
    element("dl", {}, about_.flatMap(([term, value]) => (value ? [element("dt", {}, term), element("dd", {}, element("code", {}, value))] : []))),
    element("p", { class: "small" }, t("author.hashSays")),
    standing === "same" && element("p", {}, t("author.sameFile")), !headerAgrees && element("p", { class: "error" }, t("author.headerDiffers")),
    part(t("author.filePacks"), element("ul", {}, pack.map((one) => element("li", {}, t("author.filePack", { name: one.name, rules: one.rules, policies: one.policies, examples: one.examples }))))),
    part(t("author.fileExamples"), element("p", { class: examples.failed.length ? "error" : "good" },
      examples.failed.length ? t("author.examplesFail", { n: examples.failed.length, of: examples.failed.length + examples.passed }) : t("author.examplesPass", { n: examples.passed })),
    element("ul", {}, some(examples.failed.map((one) => `${one.name}: ${(one.differs ?? []).map(sentence).join(" ")}`)))),
    part(t("author.fileNeeds"), missing.length
      ? element("ul", {}, some(missing.map((one) => t("author.needsMissing", { what: t(`author.need_${one.kind}`), name: one.name }))))
      : element("p", { class: "good" }, t("author.needsThere"))),
    findings.length > 0 && part(t("author.fileFindings"), element("ul", {}, some(findings.map(({ message }) => sentence(message))))),
  ];
}

/** @param {Compared} compared */
function effect({ counts, leads, causes = [] }) {
  const total = Object.values(counts).reduce((sum, number) => sum + number, 0);
  return part(t("author.fileEffect"), element("p", {}, total ? t("author.other", { n: total, of: leads }) : t("author.sameAdvice", { n: leads })),
    element("ul", {}, some(causes.map(({ words, leads: n }) => t("author.reason", { n, why: words })))));
}

/**
 * Shows a received file and waits for a choice.
 * @param {Received} received
 * @returns {Promise<"force" | "look" | "leave">} put in force, only opened, or left
 */
export function received({ name, refused, errors = [], report, packs, replaces, compared }) {
  const dialog = byId("received", HTMLDialogElement);
  const titles = new Set(packs.map(({ file }) => file));
  /** @type {(value: "force" | "look" | "leave", label: string) => HTMLElement} */
  const choice = (value, label) => element("button", { type: "button", onclick: () => dialog.close(value) }, label);
  dialog.replaceChildren(
    element("h2", { id: "received-title" }, t("author.received", { file: name })),
    element("div", { class: "received" },
      refused && element("div", { class: "error" }, element("p", {}, sentence(refused.message)), element("p", {}, sentence(refused.help))),
      errors.length > 0 && element("div", {}, element("p", { class: "error" }, t("author.fileErrors", { n: errors.length })),
        element("ul", {}, some(errors.map(({ span, message }) => `${t("author.inLine", { what: t("author.error"), line: String(span.line) })}: ${sentence(message)}`)))),
      report && contents(report),
      replaces.length > 0 && element("p", { class: "warning" }, t("author.fileReplaces", { packs: replaces.join(", ") })),
      compared && effect(compared)),
    element("p", { class: "choices" },
      report && choice("force", t("author.putInForce")), titles.size > 0 && choice("look", t("author.onlyLook")), choice("leave", t("author.leave"))));
  dialog.returnValue = "leave";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(/** @type {"force" | "look" | "leave"} */ (dialog.returnValue || "leave")), { once: true }));
}

/** The settings that come along with a file. @param {ReceiveReport | undefined} report @returns {Record<string, SettingValue>} */
export const settingsOf = (report) => ({ ...report?.header.settings });
