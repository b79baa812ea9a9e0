// The types of cadans.js. Those of the values are in pkg/cadans.d.ts, which is generated from src/types.d.ts.

export {
  Book, Loader, Rulebook, Watch, decide, decideJson, explain, overLimit, version, versions,
} from "./pkg/cadans.js";
export type * from "./pkg/cadans.js";

import type { Book, MomentInput, Rulebook } from "./pkg/cadans.js";

/**
 * What every call throws that makes no sense (a value of the wrong kind, a handle that was freed), and what a call throws that stopped the engine. Never for
 * what a rule or lead says: that is data.
 */
export class CadansError extends Error {
  constructor(code: string, message: string, help: string, options?: { cause?: unknown });
  name: "CadansError";
  /**
   * A stable name. About the call: `not-packs`, `not-leads`, `not-a-moment`, `not-options`, `not-a-rulebook`, `not-a-book`, `not-a-text`, `not-readable`, `unknown-lead`,
   * `unknown-rep`, `tick-back`, `refused`, `over-budget`, `freed`, `stale`, `busy` ... About the engine: `not-loaded`, `trap`.
   */
  code: string;
  /** What to do about it. */
  help: string;
}

/** Something with an address, such as a URL. */
export interface Addressed {
  readonly href: string;
}

/** Something that was fetched, such as a Response. */
export interface Fetched {
  readonly ok: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Where the module comes from: an address, what was fetched from it, its bytes, or a WebAssembly.Module. */
export type ModuleSource = string | Addressed | Fetched | PromiseLike<Fetched> | ArrayBuffer | ArrayBufferView | object;

/** Which rules hold, for many leads or rows: a row of bits for each. Rule `n`, counted through all packs, is bit `n % 32` of word `n / 32`. */
export interface Matches {
  /** How many leads. */
  size: number;
  /** How many words the bits of one lead take. */
  words: number;
  /** The first rule that holds for each lead; -1 for none. */
  first: Int16Array;
  /** The rules that hold: `words` numbers a lead. */
  held: Uint32Array;
  /** The rules that have no answer for the lead, because something in them is unknown or does not go together. */
  faults: Uint32Array;
}

/**
 * Which rules hold for every lead of the book at `now`: the first step of deciding by itself. With `into`, the answer of an earlier call, that
 * object is the answer, and its lists are filled again where their length fits: for whoever asks many times a second.
 */
export function match(rulebook: Rulebook, book: Book, now: MomentInput, into?: Matches): Matches;

/** A row: the team's own facts by name. What is not known is left out or null. */
export type Row = Record<string, unknown>;

/** Rows that are no leads: plain objects whose properties are the team's own facts. Also in `cadans/rows`. */
export class Matcher {
  constructor(rulebook: Rulebook, options: { now: MomentInput });
  /** The properties that rules read. */
  readonly fields: string[];
  /** Reads these rows in place of those before. A value of the wrong type is a CadansError, and no row is kept then. */
  fill(rows: readonly Row[]): this;
  /** Which rules hold for each row. */
  match(into?: Matches): Matches;
  /** The first rule that holds for this row, by its place in the rulebook; -1 for none. */
  one(row: Row): number;
  /** The rules that held for the last row of `one`, as a row of bits. Read it before the next call. */
  readonly held: Uint32Array;
  /** The rules that had no answer for it. */
  readonly faults: Uint32Array;
  /** Gives back its memory. A second time it does nothing. */
  free(): void;
  [Symbol.dispose](): void;
}

/**
 * Loads the module, once. `source` is needed only where it lies elsewhere. After an error with code "trap" it makes a new engine; rulebooks and books are
 * to be made anew then.
 */
export function init(source?: ModuleSource): Promise<void>;
