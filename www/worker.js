// The engine's side: holds the leads and the rulebook, and answers.
//
// A trap leaves a module unusable, so it is passed on as one and the page starts a new worker.

import { Book, Rulebook, decide, explain, init, versions } from "./lib/cadans.js";

/**
 * @import {
 *   Advice, CadansError, Diagnostic, Explanation, Instant, LayerChange, PackFile, Refusal, RulebookOptions, SettingInForce, SettingValue, Versions
 * } from "./lib/cadans.js"
 * @import { RulebookParts, RulebookReport } from "./lib/editing.js"
 * @import { Opened } from "./rulebook.js"
 */

/**
 * What the page can say, by kind.
 * @typedef {object} Questions
 * @property {{ bytes: Uint8Array, name: string }} leads a lead file
 * @property {Opened} rulebook a rulebook.toml with its files
 * @property {{ packs: PackFile[], options: RulebookOptions, language: string }} packs the packs in force, their layers and settings, and the language of
 *   what is wrong with them
 * @property {{ now: Instant | undefined, lead: string | undefined, language: string }} ask the moment to decide for, the lead to explain, and the language of
 *   the advice
 */

/**
 * The answer: the versions of the engine and its data, and whatever is new.
 * @typedef {object} Answer
 * @property {Versions} versions
 * @property {{ size: number, refused: Record<string, Refusal[]>, newest: Instant | undefined }} [leads] how many there are, and what was refused, by
 *   the language that it is told in
 * @property {{ name: string, parts: RulebookParts, report: RulebookReport }} [opened] the rulebook that was opened
 * @property {Diagnostic[]} [diagnostics] what is wrong with the packs; comes aside
 * @property {{ inForce: SettingInForce[], chosen: Record<string, SettingValue>, refused: string[] }} [settings] all settings, the chosen values that
 *   they have, and why others are refused
 * @property {LayerChange[]} [changes] what packs change of one another
 * @property {{ advices: Advice[], took: number }} [decided] advice for all leads, and the milliseconds that it took
 * @property {{ explanation: Explanation, names: Map<string, string> }} [explained] names and titles by the id of a person or content
 * @property {true} [aside] whether it is no answer to the question that was asked last: it came when it was ready
 */

/**
 * Misuse, in the engine's words.
 * @typedef {{ error: { message: string, help: string }, aside?: true }} Refused
 */

/**
 * The engine cannot go on: why.
 * @typedef {{ trap: string }} Trap
 */

const ready = init();
/** @type {{ book?: Book, rulebook?: Rulebook, advices?: Advice[] | undefined, now?: Instant | undefined, lead?: string | undefined, language?: string, packs?: PackFile[] }} */
const held = {};
/** @type {Map<string, string>} */
let titles = new Map();

/** @type {{ [Kind in keyof Questions]: (body: Questions[Kind]) => Partial<Answer> | Promise<Partial<Answer>> }} */
const told = {
  leads({ bytes, name }) {
    const book = new Book(bytes, { name });
    held.book?.free();
    Object.assign(held, { book, advices: undefined });
    titles = new Map(book.contents.map(({ id, title }) => [id, title ?? id]));
    const { size, newest } = book;
    return { leads: { size, refused: { en: book.refused, nl: book.refusedIn("nl") }, newest } };
  },
  async rulebook({ name, manifest, files }) {
    const editing = await authors();
    return { opened: { name, parts: editing.readRulebook(manifest, files), report: editing.rulebookReport(manifest, files) } };
  },
  packs({ packs, options, language }) {
    const { rulebook, chosen, refused } = withSettings(packs, options);
    held.rulebook?.free();
    Object.assign(held, { rulebook, packs, advices: undefined });
    const { settings: inForce, changes } = rulebook;
    void check(packs, { ...options, overrides: chosen }, language);
    return { settings: { inForce, chosen, refused }, changes };
  },
  ask({ now, lead, language }) {
    if (now !== held.now || language !== held.language) held.advices = undefined;
    Object.assign(held, { now, lead, language });
    return {};
  },
};

/**
 * The rulebook with the values that were chosen for settings. A value that a pack no longer takes, as after a change in its text, is left out.
 * @param {PackFile[]} packs
 * @param {RulebookOptions} options
 */
function withSettings(packs, options) {
  const values = options.overrides ?? {};
  try {
    return { rulebook: new Rulebook(packs, options), chosen: values, refused: [] };
  } catch (fault) {
    if (!isOfSetting(fault)) throw fault;
  }
  /** @type {Record<string, SettingValue>} */
  const chosen = {};
  /** @type {string[]} */
  const refused = [];
  for (const [name, value] of Object.entries(values)) {
    try {
      new Rulebook(packs, { ...options, overrides: { [name]: value } }).free();
      chosen[name] = value;
    } catch (fault) {
      if (!isOfSetting(fault)) throw fault;
      refused.push(fault.message);
    }
  }
  return { rulebook: new Rulebook(packs, { ...options, overrides: chosen }), chosen, refused };
}

/**
 * Whether it tells of a value that a setting cannot have.
 * @param {unknown} fault
 * @returns {fault is CadansError}
 */
const isOfSetting = (fault) => ["unknown-setting", "bad-override", "law-setting"].includes(String(Object(fault).code));

/**
 * Tells what is wrong with the packs, aside, so that no advice waits for it: the module for authors, which warns too, is loaded after the first
 * advice. What is wrong with packs that are in force no more is not told.
 * @param {PackFile[]} packs
 * @param {RulebookOptions} options
 * @param {string} language
 */
async function check(packs, options, language) {
  try {
    const editing = await authors();
    if (packs !== held.packs) return;
    const rulebook = new editing.Rulebook(packs, options);
    postMessage({ versions: versions(), diagnostics: rulebook.diagnosticsIn(language), aside: true });
    rulebook.free();
  } catch (fault) {
    const help = "The advice is not affected; reload the page to have the rules checked";
    postMessage({ error: { message: `The rules could not be checked: ${Object(fault).message ?? fault}`, help }, aside: true });
  }
}

/** The module for authors of rules; it is loaded by who needs it. */
async function authors() {
  const editing = await import("./lib/editing.js");
  await editing.init();
  return editing;
}

/**
 * Advice for all where anything changed, and the explanation for the chosen lead.
 * @returns {Partial<Answer>}
 */
function answer() {
  const { book, rulebook, now, lead, language } = held;
  if (!book || !rulebook || !now) return {};
  /** @type {Partial<Answer>} */
  const answers = {};
  if (!held.advices) {
    const begun = performance.now();
    held.advices = decide(rulebook, book, now, language);
    answers.decided = { advices: held.advices, took: performance.now() - begun };
  }
  if (lead !== undefined && held.advices.some((advice) => advice.lead === lead)) {
    const people = book.people(lead).map(({ id, name }) => /** @type {const} */ ([id, name ?? id]));
    answers.explained = { explanation: explain(rulebook, book, lead, now, language), names: new Map([...titles, ...people]) };
  }
  return answers;
}

/**
 * @template {keyof Questions} Kind
 * @param {{ kind: Kind, body: Questions[Kind] }} question
 * @returns {Promise<Answer | Refused | Trap>}
 */
async function answerTo({ kind, body }) {
  try {
    await ready;
    return { versions: versions(), ...await told[kind](body), ...answer() };
  } catch (fault) {
    const { code, message, help } = /** @type {Partial<CadansError>} */ (Object(fault));
    if (code === undefined || code === "trap" || message === undefined || help === undefined) return { trap: message ?? String(fault) };
    return { error: { message, help } };
  }
}

self.onmessage = async ({ data }) => postMessage(await answerTo(data));
