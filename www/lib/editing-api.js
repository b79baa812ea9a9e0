// The API of the editing module: that of the deciding module on handles of its own, and the functions for authors of rules.
//
// The conversions are Rust's (src/wasm/editing/).

import { deciding } from "./deciding.js";
import { refuse } from "./errors.js";
import { moment } from "./instance.js";
import * as module from "./pkg/cadans_editing.js";

export { CadansError } from "./errors.js";

/** @typedef {typeof import("./editing.js")} Editing */

const api = deciding(module);

/** The editing module, for editing.js. */
export const { instance } = api;

export const { Rulebook, Book, Loader, Watch, decide, decideJson, explain, match, overLimit, version, versions } = api;

/**
 * A function of the module, with the refusal of values that are no texts where it takes one.
 * @template {keyof Editing & keyof typeof module} Name
 * @param {Name} name
 * @param {number[]} [texts] the places of the texts among its values
 * @returns {Editing[Name]}
 */
function asked(name, texts = []) {
  /** @type {(...values: any[]) => unknown} */
  const call = /** @type {any} */ (module[name]);
  const asking = (/** @type {any[]} */ ...values) => instance.run(() => {
    for (const place of texts) {
      if (typeof values[place] === "string") continue;
      throw refuse("not-a-text", `Value ${place + 1} of ${name} is not a text`, "See the types of the package for what it takes");
    }
    return call(...values.map(dated));
  }, values);
  return /** @type {any} */ (asking);
}

/**
 * Options as the module takes them, with a moment for a Date.
 * @param {any} value
 */
function dated(value) {
  const hasMoment = typeof value === "object" && value !== null && !Array.isArray(value) && typeof value.now === "object";
  return hasMoment ? { ...value, now: moment(value.now) } : value;
}

// Packs as texts, and places in them.
export const check = asked("check");
export const analyse = asked("analyse");
export const format = asked("format", [0]);
export const complete = asked("complete", [1]);
export const hover = asked("hover", [1]);
export const outline = asked("outline", [0]);
export const tokens = asked("tokens", [0]);
export const fold = asked("fold", [0]);
export const definition = asked("definition", [1]);
export const references = asked("references", [1]);
export const prepareRename = asked("prepareRename", [1]);
export const rename = asked("rename", [1, 3]);

// Examples, and what they try.
export const runExamples = asked("runExamples");
export const proposeExample = asked("proposeExample", [1]);
export const coverage = asked("coverage");
export const lcov = asked("lcov");

// Versions, files that are handed over, and rulebooks in layers.
export const diff = asked("diff");
export const packFile = asked("packFile");
export const receive = asked("receive");
export const accept = asked("accept");
export const contentHash = asked("contentHash", [0]);
export const readRulebook = asked("readRulebook", [0]);
export const rulebookReport = asked("rulebookReport", [0]);
export const readSettings = asked("readSettings", [0]);

/** The built-in response model of a simulation. */
export const responseModel = asked("responseModel");

/**
 * Lives with the advice for some days, and counts what should not happen; undefined when `progress` returned false. What `progress` throws is thrown as it
 * is, and so is the reason of `options.signal` when it aborts.
 * @type {Editing["simulate"]}
 */
export function simulate(rulebook, book, now, options, progress, language) {
  const { signal, ...settings } = instance.run(() => ({ ...options }), [options]);
  /** @type {{ error: unknown } | undefined} */
  let thrown;
  const step = (/** @type {number} */ done, /** @type {number} */ all) => {
    try {
      signal?.throwIfAborted();
      const goesOn = typeof progress === "function" ? progress(done, all) : true;
      signal?.throwIfAborted();
      return goesOn;
    } catch (error) {
      thrown = { error };
      return false;
    }
  };
  signal?.throwIfAborted();
  const given = typeof options === "object" ? settings : options; // what is no object is refused by the module
  const simulated = instance.run(
    () => module.simulate(api.rules(rulebook), api.leads(book), moment(now), /** @type {any} */ (given), step, language), [options],
  );
  if (thrown) throw thrown.error;
  return simulated;
}

/**
 * The team: what it can do, and what came of its work, for whoever looks. Reps stand in the order of the book in every report.
 * @type {Editing["Team"]}
 */
export const Team = class Team {
  #rulebook;
  #book;
  #file;

  /**
   * @param {any} rulebook
   * @param {any} book
   * @param {any} [file]
   */
  constructor(rulebook, book, file) {
    this.#rulebook = rulebook;
    this.#book = book;
    this.#file = instance.run(() => (typeof file === "string" ? file : file === undefined ? "" : JSON.stringify(file)), [file]);
  }

  /**
   * What of the team file was left out.
   * @param {any} [language]
   */
  refused(language) {
    return this.#file === "" ? [] : instance.run(() => module.teamFileRefused(api.leads(this.#book), this.#file, language), []);
  }

  /**
   * @param {string} report
   * @param {string} form
   * @param {any} now
   * @param {any} options
   * @param {any} language
   * @returns {any}
   */
  #told(report, form, now, options, language) {
    const asked = () => ({ ...options, report, form });
    return instance.run(
      () => module.teamReport(api.rules(this.#rulebook), api.leads(this.#book), this.#file, moment(now), /** @type {any} */ (asked()), language),
      [options],
    );
  }

  plan = (/** @type {any[]} */ ...[now, options, language]) => this.#told("plan", "data", now, options, language);
  goals = (/** @type {any[]} */ ...[now, options, language]) => this.#told("goals", "data", now, options, language);
  figures = (/** @type {any[]} */ ...[now, options, language]) => this.#told("figures", "data", now, options, language);
  cards = (/** @type {any[]} */ ...[now, options, language]) => this.#told("cards", "data", now, options, language);
  groups = (/** @type {any[]} */ ...[now, options, language]) => this.#told("groups", "data", now, options, language);
  story = (/** @type {any[]} */ ...[lead, now, options, language]) => this.#told("story", "data", now, { ...options, lead }, language);
  reward = (/** @type {any[]} */ ...[now, options, language]) => this.#told("reward", "data", now, options, language);
  document = (/** @type {any[]} */ ...[report, now, options, language]) => this.#told(report, "document", now, options, language);
  markdown = (/** @type {any[]} */ ...[report, now, options, language]) => this.#told(report, "markdown", now, options, language);
};
