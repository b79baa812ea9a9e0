// Cadans as a JavaScript module: `import { init, Rulebook, Book, decide } from "./cadans.js"; await init();`
//
// This is the whole interface, in browsers, workers and Node alike. The conversions are Rust's (src/wasm/); here are only
// the loading of the module and the refusal of values that are no handles, so that every fault is a CadansError.

import { handle, refuse } from "./handles.js";
import load, * as module from "./pkg/cadans.js";
import { Misfit, numbers, single, texts, truths, words } from "./rows.js";

/**
 * @import {
 *   Columns, DecideOptions, Lead, LeadFile, LeadOptions, Matcher as DeclaredMatcher, Matches, MomentInput, PackFile, Row,
 *   RulebookOptions
 * } from "./cadans.js"
 * @import { Codes, FieldNames } from "./rows.js"
 */

/**
 * What cadans.d.ts says that this file exports.
 * @typedef {typeof import("./cadans.js")} Api
 */

/** @type {Promise<void> | undefined} */
let loading;
let loaded = false;
/** @type {WebAssembly.Memory} */
let memory;

// A function whose body needs vectors of 128 bits: engines that have them find it valid, and get the faster of two modules.
const VECTORS = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

/**
 * Loads the module, once. `source` is needed only where it lies elsewhere: its bytes, a URL, or a Response.
 * @type {Api["init"]}
 */
export function init(source) {
  loading ??= start(source).catch((error) => {
    loading = undefined; // so that a later call may try again
    throw error;
  });
  return loading;
}

/** @param {Parameters<Api["init"]>[0]} source */
async function start(source) {
  if (source === undefined) {
    const vectors = WebAssembly.validate(new Uint8Array(VECTORS));
    const file = new URL(vectors ? "./pkg/cadans_simd_bg.wasm" : "./pkg/cadans_bg.wasm", import.meta.url);
    // Node fetches no files.
    const inNode = globalThis.process?.versions?.node !== undefined;
    source = inNode ? await (await import("node:fs/promises")).readFile(file) : file;
  }
  ({ memory } = await load({ module_or_path: source }));
  loaded = true;
}

function ready() {
  if (!loaded) throw refuse("not-loaded", "The module is not loaded yet", "Say `await init()` first");
}

export class Rulebook extends module.Rulebook {
  /**
   * @param {PackFile | PackFile[]} packs
   * @param {RulebookOptions} [options]
   */
  constructor(packs, options) {
    ready();
    super(packs, options);
  }
}

export class Book extends module.Book {
  /**
   * @param {string | Uint8Array | LeadFile | Lead[]} leads
   * @param {LeadOptions} [options]
   */
  constructor(leads, options) {
    ready();
    super(leads, options);
  }

  /**
   * A book of leads that stand in arrays already: faster than a lead file.
   * @param {Columns} columns
   * @returns {Book}
   */
  static fromColumns(columns) {
    ready();
    return Object.setPrototypeOf(module.Book.fromColumns(columns), Book.prototype);
  }
}

/** Takes in a lead file as it arrives, piece by piece. */
export class Loader extends module.Loader {
  /** @param {LeadOptions} [options] */
  constructor(options) {
    ready();
    super(options);
  }

  /** @returns {Book} */
  finish() {
    return Object.setPrototypeOf(super.finish(), Book.prototype);
  }
}

/** The decisions for all leads, kept up to date: `tick` as time passes, `log` and `put` as something happens. */
export class Watch extends module.Watch {
  /**
   * @param {module.Rulebook} rulebook
   * @param {module.Book} book
   * @param {MomentInput} now
   * @param {DecideOptions} [options]
   */
  constructor(rulebook, book, now, options) {
    ready();
    super(rules(rulebook), leads(book), now, options);
  }
}

/**
 * Matches with their list of faults. Where there are none it is made when it is asked for, which mostly nobody does.
 * @param {Omit<Matches, "faults"> | Matches} matches
 * @returns {Matches}
 */
function whole(matches) {
  if ("faults" in matches && matches.faults) return matches;
  /** @type {Uint32Array | undefined} */
  let none;
  const get = () => (none ??= new Uint32Array(matches.size * matches.words));
  return /** @type {Matches} */ (Object.defineProperty(matches, "faults", { get, enumerable: true, configurable: true }));
}

/** @param {module.Rulebook} value */
const rules = (value) => handle(value, Rulebook, "not-a-rulebook");

/** @param {module.Book} value */
const leads = (value) => handle(value, Book, "not-a-book");

/**
 * Which rules hold for every lead of the book at `now`, in typed arrays: the first step of deciding by itself.
 * @type {Api["match"]}
 */
export const match = (rulebook, book, now, into) => whole(module.match(rules(rulebook), leads(book), now, into));

/**
 * Advice for every lead in the book at `now`: first the day's queue, then the leads that wait or are on hold.
 * @type {Api["decide"]}
 */
export const decide = (rulebook, book, now, language, options) =>
  module.decide(rules(rulebook), leads(book), now, language, options);

/**
 * Advice for every lead as JSON text, in the order of `decide`: byte for byte what the native library gives.
 * @type {Api["decideJson"]}
 */
export const decideJson = (rulebook, book, now, language, options) =>
  module.decideJson(rules(rulebook), leads(book), now, language, options);

/**
 * Advice for one lead, with every rule that held or nearly held.
 * @type {Api["explain"]}
 */
export const explain = (rulebook, book, lead, now, language, options) =>
  module.explain(rules(rulebook), leads(book), lead, now, language, options);

/**
 * The statements that met their limit of operations for some leads, each as a warning with their number.
 * @type {Api["overLimit"]}
 */
export const overLimit = (rulebook, book, now, language, options) =>
  module.overLimit(rules(rulebook), leads(book), now, language, options);

/**
 * The version of the module, and in brackets those of the time zones and holidays in it.
 * @type {Api["version"]}
 */
export const version = () => (ready(), module.version());

/**
 * The same, each by itself.
 * @type {Api["versions"]}
 */
export const versions = () => (ready(), module.versions());

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
    ready();
    this.#rows = new module.FlatRows(rules(rulebook), options?.now);
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
    return whole(flat.match(into));
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

  /** Gives back its memory. */
  free() {
    this.#enter().free();
    this.#rows = undefined;
  }

  [dispose]() {
    this.free();
  }

  /** The rows in the module; a CadansError once they were freed. */
  get #open() {
    if (this.#rows === undefined) throw refuse("freed", "This Matcher was freed", "Make a new one");
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
      const { buffer } = memory;
      if (number.length) numbers(rows, from, to, number, this.#view(lists, Float64Array, number.length * size), size);
      if (codes) {
        const into = this.#view(lists + 1, Uint8Array, codes * size);
        if (truth.length) truths(rows, from, to, truth, 0, into, size);
        if (code.length) texts(rows, from, to, code, this.#codes, truth.length * size, into, size);
      }
      // Only the code of a property (a getter) could have done that.
      if (memory.buffer !== buffer) throw refuse("busy", "The rows used the engine while they were read", "Give plain objects");
    }
  }

  /**
   * Writes one row into its lists. Whether the memory has grown is seen by a length: to ask for its buffer takes longer than all else.
   * @param {Row} row
   */
  #single(row) {
    if (this.#guard.length === 0) {
      const { number, truth, code } = this.#names;
      this.#numbers = new Float64Array(memory.buffer, this.#open.list(3), number.length);
      this.#coded = new Uint8Array(memory.buffer, this.#open.list(4), truth.length + code.length);
      this.#guard = new Uint8Array(memory.buffer, 0, 1);
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
    if (known !== undefined && known.buffer === memory.buffer) return known;
    const view = new Kind(memory.buffer, this.#open.list(list), length);
    this.#views[list] = view;
    return view;
  }
}

/**
 * A fault of a row as a CadansError; any other as it is.
 * @param {unknown} error
 */
function told(error) {
  if (!(error instanceof Misfit)) return error;
  return refuse("not-a-row", error.message, "Leave a property out, or give null, where a value is not known");
}
