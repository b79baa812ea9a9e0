// Cadans as a JavaScript module: `import { init, Rulebook, Book, decide } from "./cadans.js"; await init();`
//
// This is the whole interface, in browsers, workers and Node alike. The conversions are Rust's (src/wasm/); here are only
// the loading of the module and the refusal of values that are no handles, so that every fault is a CadansError.

import load, * as module from "./pkg/cadans.js";
import { Misfit, numbers, single, texts, truths, words } from "./rows.js";

let loading;
let loaded = false;
let memory;

// A function whose body needs vectors of 128 bits: engines that have them find it valid, and get the faster of two modules.
const VECTORS = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

/** Loads the module, once. `source` is needed only where it lies elsewhere: its bytes, a URL, or a Response. */
export function init(source) {
  loading ??= start(source).catch((error) => {
    loading = undefined; // so that a later call may try again
    throw error;
  });
  return loading;
}

async function start(source) {
  if (source === undefined) {
    const vectors = WebAssembly.validate(new Uint8Array(VECTORS));
    source = new URL(vectors ? "./pkg/cadans_simd_bg.wasm" : "./pkg/cadans_bg.wasm", import.meta.url);
    if (globalThis.process?.versions?.node) {
      // Node fetches no files.
      const { readFile } = await import("node:fs/promises");
      source = await readFile(source);
    }
  }
  ({ memory } = await load({ module_or_path: source }));
  loaded = true;
}

function refuse(code, message, help) {
  return Object.assign(new Error(message), { name: "CadansError", code, help });
}

function ready() {
  if (!loaded) throw refuse("not-loaded", "The module is not loaded yet", "Say `await init()` first");
}

function handle(value, kind, code) {
  if (!(value instanceof kind)) throw refuse(code, `This is not a ${kind.name}`, `Make one with new ${kind.name}(…)`);
  if (value.__wbg_ptr === 0) throw refuse("freed", `This ${kind.name} was freed`, "Make a new one");
  return value;
}

export class Rulebook extends module.Rulebook {
  constructor(packs) {
    ready();
    super(packs);
  }
}

export class Book extends module.Book {
  constructor(leads, options) {
    ready();
    super(leads, options);
  }

  /** A book of leads that stand in arrays already: faster than a lead file. */
  static fromColumns(columns) {
    ready();
    return Object.setPrototypeOf(module.Book.fromColumns(columns), Book.prototype);
  }
}

/** Takes in a lead file as it arrives, piece by piece. */
export class Loader extends module.Loader {
  constructor(options) {
    ready();
    super(options);
  }

  finish() {
    return Object.setPrototypeOf(super.finish(), Book.prototype);
  }
}

/** The decisions for all leads, kept up to date: `tick` as time passes, `log` and `put` as something happens. */
export class Watch extends module.Watch {
  constructor(rulebook, book, now) {
    ready();
    super(rules(rulebook), leads(book), now);
  }
}

/** Matches with their list of faults. Where there are none it is made when it is asked for, which mostly nobody does. */
function whole(matches) {
  if (matches.faults) return matches;
  let none;
  const get = () => (none ??= new Uint32Array(matches.size * matches.words));
  return Object.defineProperty(matches, "faults", { get, enumerable: true, configurable: true });
}

const rules = (value) => handle(value, Rulebook, "not-a-rulebook");
const leads = (value) => handle(value, Book, "not-a-book");

/** Which rules hold for every lead of the book at `now`, in typed arrays: the first step of deciding by itself. */
export const match = (rulebook, book, now, into) => whole(module.match(rules(rulebook), leads(book), now, into));
/** Advice for every lead in the book at `now`: first the day's queue, then the leads that wait or are on hold. */
export const decide = (rulebook, book, now) => module.decide(rules(rulebook), leads(book), now);
/** The same as JSON text: byte for byte what the native library gives. */
export const decideJson = (rulebook, book, now) => module.decideJson(rules(rulebook), leads(book), now);
/** Advice for one lead, with every rule that held or nearly held. */
export const explain = (rulebook, book, lead, now) => module.explain(rules(rulebook), leads(book), lead, now);
/** What is wrong with packs, without keeping them; in English, unless another language is named. */
export const check = (packs, language) => (ready(), module.check(packs, language));
/** The version of the module. */
export const version = () => (ready(), module.version());

/**
 * Rows that are no leads: plain objects whose properties are the team's own facts. `fill` and `match` for many, `one` for one.
 *
 * The columns of the rows lie in the module's memory, and JavaScript writes them there.
 */
export class Matcher {
  #rows;
  #names = { number: [], truth: [], code: [], text: [] };
  #codes = [];
  #word = (text) => this.#rows.word(text);
  #size = 0;
  #filled = false;
  #busy = false;
  #views = [];
  // The lists of the single row, and a view that has no length once the memory has grown, as they then have none.
  #numbers;
  #coded;
  #guard = new Uint8Array();

  constructor(rulebook, options) {
    ready();
    this.#rows = new module.FlatRows(rules(rulebook), options?.now);
    for (const { name, kept, texts } of this.#rows.fields()) {
      this.#names[kept].push(name);
      if (kept === "code") this.#codes.push(new Map(texts.map((text, place) => [text, place + 1])));
    }
  }

  /** The properties that rules read. */
  get fields() {
    return Object.values(this.#names).flat();
  }

  /** Reads these rows in place of those before. A value of the wrong type is a CadansError, and no row is kept then. */
  fill(rows) {
    if (!Array.isArray(rows)) throw refuse("not-rows", "These are not rows", "Give a list of objects");
    this.#enter();
    this.#filled = false;
    try {
      if (this.#size !== rows.length) {
        this.#rows.resize(rows.length);
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

  /** Which rules hold for each row: `{ size, words, first, held, faults }`. */
  match(into) {
    this.#enter();
    this.#busy = false;
    if (!this.#filled) throw refuse("not-filled", "There are no rows yet", "Call fill(rows) first");
    return whole(this.#rows.match(into));
  }

  /** The first rule that holds for this row, by its place in the rulebook; -1 for none. `held` and `faults` tell all. */
  one(row) {
    if (this.#busy || this.#rows === undefined) this.#enter();
    this.#busy = true;
    try {
      if (this.#names.text.length) this.#read([row], 1, 3);
      else this.#single(row);
      return this.#rows.one();
    } catch (error) {
      throw told(error);
    } finally {
      this.#busy = false;
    }
  }

  /** The rules that held for the last row of `one`: bit `n % 32` of word `n / 32` is the nth rule. */
  get held() {
    return this.#view(6, Uint32Array, this.#rows.words);
  }

  /** The rules that had no answer for it. */
  get faults() {
    return this.#view(7, Uint32Array, this.#rows.words);
  }

  /** Gives back its memory. */
  free() {
    this.#enter();
    this.#rows.free();
    this.#rows = undefined;
  }

  [Symbol.dispose ?? Symbol("dispose")]() {
    this.free();
  }

  #enter() {
    if (this.#rows === undefined) throw refuse("freed", "This Matcher was freed", "Make a new one");
    if (this.#busy) throw refuse("busy", "This matcher is at work", "Do not use a matcher from within the rows that it reads");
    this.#busy = true;
  }

  /** Writes rows into the lists that begin with this number. In blocks, so that a row is still at hand when its next fields are read. */
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

  /** Writes one row into its lists. Whether the memory has grown is seen by a length: to ask for its buffer takes longer than all else. */
  #single(row) {
    if (this.#guard.length === 0) {
      const { number, truth, code } = this.#names;
      this.#numbers = new Float64Array(memory.buffer, this.#rows.list(3), number.length);
      this.#coded = new Uint8Array(memory.buffer, this.#rows.list(4), truth.length + code.length);
      this.#guard = new Uint8Array(memory.buffer, 0, 1);
    }
    single(row, this.#names, this.#codes, this.#numbers, this.#coded);
    if (this.#guard.length === 0) throw refuse("busy", "The rows used the engine while they were read", "Give plain objects");
  }

  /** A view of a list; made again when the memory has grown. */
  #view(list, Kind, length) {
    const known = this.#views[list];
    if (known !== undefined && known.buffer === memory.buffer) return known;
    return (this.#views[list] = new Kind(memory.buffer, this.#rows.list(list), length));
  }
}

function told(error) {
  if (!(error instanceof Misfit)) return error;
  return refuse("not-a-row", error.message, "Leave a property out, or give null, where a value is not known");
}
