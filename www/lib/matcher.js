// `cadans/rows`: rows that are no leads, matched with rules.

import { instance, rules } from "./api.js";
import { whole } from "./deciding.js";
import { CadansError, refuse } from "./errors.js";
import { moment, unreadable } from "./instance.js";
import * as module from "./pkg/cadans.js";
import { Misfit, numbers, single, texts, truths, words } from "./rows.js";

/** @import { Matcher as DeclaredMatcher, Matches, MomentInput, Row } from "./cadans.js" */
/** @import { Codes, FieldNames } from "./rows.js" */

/**
 * The name of the method that ends a `using`; one that nobody calls where the engine does not know `using`.
 * @type {typeof Symbol.dispose}
 */
const dispose = Symbol.dispose ?? Symbol("dispose");

/**
 * Rows that are no leads: plain objects whose properties are the team's own facts. `fill` and `match` for many, `one` for one.
 *
 * The columns of the rows lie in the module's memory, and JavaScript writes them there.
 * @implements {DeclaredMatcher}
 */
export class Matcher {
  /** @type {module.FlatRows | undefined} */
  #rows;
  /** @type {FieldNames} */
  #names = { number: [], truth: [], code: [], text: [] };
  /** @type {Codes[]} */
  #codes = [];
  /** @param {string} text */
  #word = (text) => this.#open.word(text);
  #size = 0;
  #filled = false;
  #busy = false;
  /** @type {(Float64Array | Uint8Array | Uint32Array)[]} */
  #views = [];
  // The lists of the single row, and a view that has no length once the memory has grown, as they then have none.
  #numbers = new Float64Array();
  #coded = new Uint8Array();
  #guard = new Uint8Array();

  /**
   * @param {module.Rulebook} rulebook
   * @param {{ now: MomentInput }} options
   */
  constructor(rulebook, options) {
    this.#rows = instance.run(() => new module.FlatRows(rules(rulebook), moment(options?.now)), [options]);
    /** @type {{ name: string, kept: keyof FieldNames, texts: string[] }[]} */
    const fields = this.#rows.fields();
    for (const { name, kept, texts } of fields) {
      this.#names[kept].push(name);
      if (kept === "code") this.#codes.push(new Map(texts.map((text, place) => [text, place + 1])));
    }
  }

  /** The properties that rules read. */
  get fields() {
    return Object.values(this.#names).flat();
  }

  /**
   * Reads these rows in place of those before. A value of the wrong type is a CadansError, and no row is kept then.
   * @param {readonly Row[]} rows
   */
  fill(rows) {
    if (!Array.isArray(rows)) throw refuse("not-rows", "These are not rows", "Give a list of objects");
    const flat = this.#enter();
    this.#filled = false;
    try {
      if (this.#size !== rows.length) {
        flat.resize(rows.length);
        this.#size = rows.length;
        this.#views = [];
      }
      this.#read(rows, rows.length, 0);
      this.#filled = true;
    } catch (error) {
      throw told(error);
    } finally {
      this.#busy = false;
    }
    return this;
  }

  /**
   * Which rules hold for each row: `{ size, words, first, held, faults }`.
   * @param {Matches} [into]
   */
  match(into) {
    const flat = this.#enter();
    this.#busy = false;
    if (!this.#filled) throw refuse("not-filled", "There are no rows yet", "Call fill(rows) first");
    return whole(instance.run(() => flat.match(into), [into]));
  }

  /**
   * The first rule that holds for this row, by its place in the rulebook; -1 for none. `held` and `faults` tell all.
   * @param {Row} row
   */
  one(row) {
    const flat = this.#busy || this.#rows === undefined ? this.#enter() : this.#rows;
    this.#busy = true;
    try {
      if (this.#names.text.length) this.#read([row], 1, 3);
      else this.#single(row);
      return flat.one();
    } catch (error) {
      void this.#open; // tells when the engine has stopped before
      throw told(error);
    } finally {
      this.#busy = false;
    }
  }

  /** The rules that held for the last row of `one`: bit `n % 32` of word `n / 32` is the nth rule. */
  get held() {
    return this.#view(6, Uint32Array, this.#open.words);
  }

  /** The rules that had no answer for it. */
  get faults() {
    return this.#view(7, Uint32Array, this.#open.words);
  }

  /** Gives back its memory. A second time it does nothing. */
  free() {
    if (this.#rows === undefined) return;
    if (instance.holds(this.#rows)) this.#enter().free();
    this.#rows = undefined;
  }

  [dispose]() {
    this.free();
  }

  /** The rows in the module; a CadansError once they were freed, or the engine has stopped. */
  get #open() {
    if (this.#rows === undefined) throw refuse("freed", "This Matcher was freed", "Make a new one");
    instance.ready();
    if (!instance.holds(this.#rows)) throw refuse("stale", "This Matcher was made before the engine stopped", "Make a new one");
    return this.#rows;
  }

  /** The rows in the module, from now on at work. Whoever calls this sets `#busy` back. */
  #enter() {
    const flat = this.#open;
    if (this.#busy) throw refuse("busy", "This matcher is at work", "Do not use a matcher from within the rows that it reads");
    this.#busy = true;
    return flat;
  }

  /**
   * Writes rows into the lists that begin with this number. In blocks, so that a row is still at hand when its next fields are read.
   * @param {readonly Row[]} rows
   * @param {number} size
   * @param {number} lists
   */
  #read(rows, size, lists) {
    const { number, truth, code, text } = this.#names;
    const codes = truth.length + code.length;
    for (let from = 0; from < size; from += 256) {
      const to = Math.min(size, from + 256);
      // A new text may make the memory grow, so each is written by itself, and before views are made for the rest.
      const into = () => this.#view(lists + 2, Uint32Array, text.length * size);
      if (text.length) words(rows, from, to, text, this.#word, into, size);
      const { buffer } = memory();
      if (number.length) numbers(rows, from, to, number, this.#view(lists, Float64Array, number.length * size), size);
      if (codes) {
        const into = this.#view(lists + 1, Uint8Array, codes * size);
        if (truth.length) truths(rows, from, to, truth, 0, into, size);
        if (code.length) texts(rows, from, to, code, this.#codes, truth.length * size, into, size);
      }
      // Only the code of a property (a getter) could have done that.
      if (memory().buffer !== buffer) throw refuse("busy", "The rows used the engine while they were read", "Give plain objects");
    }
  }

  /**
   * Writes one row into its lists. Whether the memory has grown is seen by a length: to ask for its buffer takes longer than all else.
   * @param {Row} row
   */
  #single(row) {
    if (this.#guard.length === 0) {
      const { number, truth, code } = this.#names;
      this.#numbers = new Float64Array(memory().buffer, this.#open.list(3), number.length);
      this.#coded = new Uint8Array(memory().buffer, this.#open.list(4), truth.length + code.length);
      this.#guard = new Uint8Array(memory().buffer, 0, 1);
    }
    single(row, this.#names, this.#codes, this.#numbers, this.#coded);
    if (this.#guard.length === 0) throw refuse("busy", "The rows used the engine while they were read", "Give plain objects");
  }

  /**
   * A view of a list; made again when the memory has grown.
   * @template {Float64Array | Uint8Array | Uint32Array} View
   * @param {number} list
   * @param {new (buffer: ArrayBuffer, from: number, length: number) => View} Kind
   * @param {number} length
   * @returns {View}
   */
  #view(list, Kind, length) {
    const known = /** @type {View | undefined} */ (this.#views[list]); // a list is always asked for with the same class
    if (known !== undefined && known.buffer === memory().buffer) return known;
    const view = new Kind(memory().buffer, this.#open.list(list), length);
    this.#views[list] = view;
    return view;
  }
}

/** The memory of the module. It is there once there is a matcher. */
const memory = () => /** @type {WebAssembly.Memory} */ (instance.memory);

/**
 * What reading or matching a row threw, as a CadansError.
 * @param {unknown} error
 */
function told(error) {
  if (error instanceof Misfit) return refuse("not-a-row", error.message, "Leave a property out, or give null, where a value is not known");
  if (error instanceof CadansError || error instanceof WebAssembly.RuntimeError) return instance.told(error);
  return unreadable(error); // of the code of a property
}
