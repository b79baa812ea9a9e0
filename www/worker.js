// The engine's side: holds the leads and the rulebook, and answers.
//
// A trap leaves a module unusable, so it is passed on as one and the page starts a new worker.

import { DayQueue, readLeads } from "./day/day-queue.js";
import { Rulebook, init, versions } from "./lib/cadans.js";

/**
 * @import {
 *   Book, Advice, CadansError, Explanation, Instant, LayerChange, Lead, PackFile, Refusal, RepName, RulebookOptions, SettingInForce, SettingValue, Versions
 * } from "./lib/cadans.js"
 * @import { RulebookParts, RulebookReport } from "./lib/editing.js"
 * @import { Failing } from "./day/failing.js"
 * @import { Opened } from "./author/rulebook.js"
 * @import { Act, Look, Records, Seen } from "./day/day-queue.js"
 */

/**
 * What the page can say, by kind.
 * @typedef {object} Questions
 * @property {{ file: Blob, name: string }} leads a lead file
 * @property {Act[]} acts all that reps did with the advice, in order
 * @property {Opened} rulebook a rulebook.toml with its files
 * @property {{ packs: PackFile[], options: RulebookOptions, language: string }} packs the packs in force, their layers and settings, and the language of
 *   what is wrong with them
 * @property {{ now: Instant | undefined, lead: string | undefined, language: string, look: Look, first?: number }} ask the moment to decide for, the lead to explain, the
 *   language of the advice, and the part of the queue that is looked at
 */

/**
 * The answer: the versions of the engine and its data, and whatever is new.
 * @typedef {object} Answer
 * @property {Versions} versions
 * @property {{ size: number, refused: Record<string, Refusal[]>, newest: Instant | undefined, reps: (RepName & { zone?: string })[] }} [leads] how many
 *   there are, what was refused by the language that it is told in, and for whom there is a queue
 * @property {{ name: string, parts: RulebookParts, report: RulebookReport }} [opened] the rulebook that was opened
 * @property {{ inForce: SettingInForce[], chosen: Record<string, SettingValue>, refused: string[] }} [settings] all settings, the chosen values that
 *   they have, and why others are refused
 * @property {LayerChange[]} [changes] what packs change of one another
 * @property {{ size: number, took: number, failing: Failing[], tried: number, first: Advice[] }} [decided] how many leads were decided anew, the milliseconds
 *   that it took, the rules that could not be evaluated for the first `tried` of them, and the first of the queue, as many as were asked for
 * @property {Seen} [seen] the part of the queue that is looked at
 * @property {{ done: number, all: number }} [reading] how many bytes of a lead file were read; comes aside
 * @property {{ explanation: Explanation, names: Map<string, string>, record: Lead | undefined }} [explained] names and titles by the id of a person or content, and
 *   the lead as its file has it
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
/**
 * @type {{
 *   book?: Book, records?: Records, rulebook?: Rulebook, queue?: DayQueue | undefined, packs?: PackFile[], now?: Instant | undefined,
 *   lead?: string | undefined, language?: string, look?: Look, first?: number,
 *   source?: { file: Blob, name: string }, acts: Act[], taken: number,
 * }}
 */
const held = { acts: [], taken: 0 };
/** @type {Map<string, string>} */
let titles = new Map();

/** @type {{ [Kind in keyof Questions]: (body: Questions[Kind]) => Partial<Answer> | Promise<Partial<Answer>> }} */
const told = {
  async leads(source) {
    await loadLeads(source);
    const { book, records } = held;
    if (!book) return {};
    held.now = undefined; // they are decided for the moment that is asked for next
    titles = new Map(book.contents.map(({ id, title }) => [id, title ?? id]));
    const { size, newest } = book;
    const zones = new Map(records?.reps.map(({ id, zone }) => [id, zone]));
    const reps = book.reps.map((rep) => ({ ...rep, ...(zones.has(rep.id) && { zone: String(zones.get(rep.id)) }) }));
    return { leads: { size, refused: { en: book.refused, nl: book.refusedIn("nl") }, newest, reps } };
  },
  async acts(acts) {
    // What was taken back is in the book already: the file is read again.
    if (held.acts.slice(0, held.taken).some((act, nth) => JSON.stringify(act) !== JSON.stringify(acts[nth])) && held.source) await loadLeads(held.source);
    held.acts = acts;
    return {};
  },
  async rulebook({ name, manifest, files }) {
    const editing = await authors();
    return { opened: { name, parts: editing.readRulebook(manifest, files), report: editing.rulebookReport(manifest, files) } };
  },
  packs({ packs, options }) {
    const { rulebook, chosen, refused } = withSettings(packs, options);
    held.rulebook?.free();
    Object.assign(held, { rulebook, packs });
    clear();
    const { settings: inForce, changes } = rulebook;
    return { settings: { inForce, chosen, refused }, changes };
  },
  ask(asked) {
    Object.assign(held, asked);
    return {};
  },
};

/** @param {{ file: Blob, name: string }} source */
async function loadLeads(source) {
  const { book, records } = await readLeads(source.file, source.name, (done, all) => {
    postMessage({ versions: versions(), reading: { done, all }, aside: true });
  });
  clear();
  held.book?.free();
  Object.assign(held, { book, records, source, taken: 0 });
}

/** The decisions are those of other rules or leads. */
function clear() {
  held.queue?.free();
  held.queue = undefined;
}

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

/** The module for authors of rules; it is loaded by who needs it. */
async function authors() {
  const editing = await import("./lib/editing.js");
  await editing.init();
  return editing;
}

/**
 * The part of the queue that is looked at, decided anew where anything changed, and the explanation for the chosen lead.
 * @returns {Partial<Answer>}
 */
function answer() {
  const { book, records, rulebook, now, lead, language = "en", look, first = 0 } = held;
  if (!book || !records || !rulebook || !now || !look) return {};
  /** @type {Partial<Answer>} */
  const answers = {};
  const begun = performance.now();
  if (held.queue && !held.queue.moveTo(now)) clear();
  if (!held.queue) {
    held.queue = new DayQueue(rulebook, book, records, now);
    const took = performance.now() - begun;
    answers.decided = { size: book.size, took, ...held.queue.failing(language), first: held.queue.first(first, language) };
  }
  const { queue, acts } = held;
  for (; held.taken < acts.length; held.taken += 1) {
    const act = acts[held.taken];
    if (act) queue.take(act);
  }
  answers.seen = queue.see(look, lead, language);
  if (lead !== undefined && queue.has(lead)) {
    const people = book.people(lead).map(({ id, name }) => /** @type {const} */ ([id, name ?? id]));
    answers.explained = { explanation: queue.explain(lead, language), names: new Map([...titles, ...people]), record: withActs(queue.record(lead), acts) };
  }
  return answers;
}

/**
 * A lead as its file has it, with what was logged on the page since.
 * @param {Lead | undefined} record
 * @param {Act[]} acts
 */
const withActs = (record, acts) => record && { ...record, signals: [...record.signals ?? [], ...acts.flatMap(({ lead, signal }) => (lead === record.id && signal ? [signal] : []))] };

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
