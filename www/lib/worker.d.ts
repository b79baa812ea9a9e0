// `cadans/worker`: the same API with the engine in a worker, and a promise for every answer.
//
// What is given is read when the call is made or a little later: leave it as it is until there is an answer. Leads are kept as a Blob; lists of numbers in
// answers are handed over without a copy. When the engine stops (an error with code "trap"), a new worker is told all that was made, and goes on with the same book.

import type {
  Advice, Columns, ContentTitle, DecideOptions, Diagnostic, Explanation, Feedback, Instant, LanguageTag, LayerChange, Lead, LeadFile, LeadOptions, Matches,
  ModuleSource, MomentInput, PackFile, PersonName, Refusal, Row, RulebookOptions, SettingInForce, Signal, Versions,
} from "./cadans.js";
import type * as editing from "./editing.js";

export { CadansError } from "./cadans.js";
export type * from "./editing.js";

/** A file, or anything else that gives its bytes when it is asked: a Blob. */
export interface Bytes {
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** How the workers are started. Nothing of it is needed where the package's own files are served as they are, or by Vite or webpack. */
export interface WorkerOptions {
  /** Starts the worker that decides, where its script lies elsewhere: a script that is nothing but `import "cadans/worker/deciding"`. */
  deciding?: () => object;
  /** Starts the worker for authors of rules: a script that is nothing but `import "cadans/worker/editing"`. */
  editing?: () => object;
  /** Where the deciding module lies: an address, its bytes, or a WebAssembly.Module. */
  module?: ModuleSource;
  /** Where the editing module lies. */
  editingModule?: ModuleSource;
}

/** Starts the worker that decides. The one for authors of rules is started when it is first asked for. */
export function init(options?: WorkerOptions): Promise<void>;

/** Ends both workers. The next call starts them again, with the same books. */
export function end(): void;

declare class Handle {
  /** When it was made; rejected when it could not be, as is every call that uses it. */
  readonly ready: Promise<void>;
  /** Gives back its memory. A second time it does nothing. */
  free(): void;
  [Symbol.dispose](): void;
}

/** The rules of some packs, parsed, merged and checked. */
export class Rulebook extends Handle {
  constructor(packs: PackFile | PackFile[], options?: RulebookOptions);
  readonly diagnostics: Promise<Diagnostic[]>;
  readonly settings: Promise<SettingInForce[]>;
  readonly changes: Promise<LayerChange[]>;
  diagnosticsIn(language?: LanguageTag): Promise<Diagnostic[]>;
}

/** Leads in the memory of the worker. */
export class Book extends Handle {
  constructor(leads: string | Uint8Array | Bytes | LeadFile | Lead[], options?: LeadOptions);
  static fromColumns(columns: Columns): Book;
  readonly size: Promise<number>;
  readonly refused: Promise<Refusal[]>;
  readonly noted: Promise<Refusal[]>;
  refusedIn(language?: LanguageTag): Promise<Refusal[]>;
  notedIn(language?: LanguageTag): Promise<Refusal[]>;
  readonly newest: Promise<Instant | undefined>;
  readonly contents: Promise<ContentTitle[]>;
  people(lead: string): Promise<PersonName[]>;
}

/** The decisions for all leads, kept up to date. The lists are as those of `Watch` in "cadans". */
export class Watch extends Handle {
  constructor(rulebook: Rulebook, book: Book, now: MomentInput, options?: DecideOptions);
  tick(now: MomentInput, language?: LanguageTag, options?: DecideOptions): Promise<Uint32Array>;
  record(lead: string | number, entry: Signal | Feedback, options?: DecideOptions): Promise<Uint32Array>;
  put(lead: Lead, options?: DecideOptions): Promise<Uint32Array>;
  top(count: number, options?: DecideOptions, language?: LanguageTag): Promise<Advice[]>;
  advice(lead: string | number, language?: LanguageTag, options?: DecideOptions): Promise<Advice>;
  explain(lead: string | number, language?: LanguageTag, options?: DecideOptions): Promise<Explanation>;
  readonly now: Promise<number>;
  readonly verdict: Promise<Uint8Array>;
  readonly rule: Promise<Int16Array>;
  readonly channel: Promise<Uint8Array>;
  readonly person: Promise<Uint8Array>;
  readonly rep: Promise<Int32Array>;
  readonly from: Promise<Float64Array>;
  readonly until: Promise<Float64Array>;
  readonly since: Promise<Float64Array>;
  readonly due: Promise<Float64Array>;
  readonly late: Promise<Uint8Array>;
  readonly priority: Promise<Float64Array>;
  readonly reviewAt: Promise<Float64Array>;
}

/** Rows that are no leads. */
export class Matcher extends Handle {
  constructor(rulebook: Rulebook, options: { now: MomentInput });
  readonly fields: Promise<string[]>;
  fill(rows: readonly Row[]): Promise<void>;
  match(): Promise<Matches>;
  one(row: Row): Promise<number>;
  readonly held: Promise<Uint32Array>;
  readonly faults: Promise<Uint32Array>;
}

/** The team: its plan, goals, figures, cards, groups, stories and reward, worked out in the worker for authors. `file` is a team file, as text or plain values. */
export class Team {
  constructor(rulebook: Rulebook, book: Book, file?: string | editing.TeamFile);
  readonly refused: TeamMethod<"refused">;
  readonly plan: TeamMethod<"plan">;
  readonly goals: TeamMethod<"goals">;
  readonly figures: TeamMethod<"figures">;
  readonly cards: TeamMethod<"cards">;
  readonly groups: TeamMethod<"groups">;
  readonly story: TeamMethod<"story">;
  readonly reward: TeamMethod<"reward">;
  readonly document: TeamMethod<"document">;
  readonly markdown: TeamMethod<"markdown">;
}

/** A method of `Team` with the same arguments and a promise for its answer. */
export type TeamMethod<Name extends keyof editing.Team> = Promised<editing.Team[Name]>;

/** Advice for every lead in the book at `now`. */
export function decide(rulebook: Rulebook, book: Book, now: MomentInput, language?: LanguageTag, options?: DecideOptions): Promise<Advice[]>;
/** The same as JSON text. */
export function decideJson(rulebook: Rulebook, book: Book, now: MomentInput, language?: LanguageTag, options?: DecideOptions): Promise<string>;
/** Advice for one lead, with every rule that held or nearly held. */
export function explain(
  rulebook: Rulebook, book: Book, lead: string, now: MomentInput, language?: LanguageTag, options?: DecideOptions,
): Promise<Explanation>;
/** The statements that met their limit of operations for some leads. */
export function overLimit(rulebook: Rulebook, book: Book, now: MomentInput, language?: LanguageTag, options?: DecideOptions): Promise<Diagnostic[]>;
/** Which rules hold for every lead of the book at `now`. */
export function match(rulebook: Rulebook, book: Book, now: MomentInput): Promise<Matches>;
/** The version of the engine and of its data. */
export function version(): Promise<string>;
/** Each by itself. */
export function versions(): Promise<Versions>;

/**
 * Lives with the advice for some days, in the worker for authors. `progress` returns false to end the run, whose answer is undefined then; when `signal` aborts,
 * the run ends at once and the promise is rejected with its reason.
 */
export function simulate(
  rulebook: Rulebook, book: Book, now: MomentInput, options?: editing.SimulateOptions & { signal?: editing.Abort | undefined },
  progress?: (done: number, all: number) => unknown, language?: LanguageTag,
): Promise<editing.Simulation | undefined>;

/** A function with the same arguments and a promise for its answer. */
export type Promised<Call extends (...values: never[]) => unknown> = (...values: Parameters<Call>) => Promise<ReturnType<Call>>;

export const check: Promised<typeof editing.check>;
export const analyse: Promised<typeof editing.analyse>;
export const format: Promised<typeof editing.format>;
export const complete: Promised<typeof editing.complete>;
export const hover: Promised<typeof editing.hover>;
export const outline: Promised<typeof editing.outline>;
export const tokens: Promised<typeof editing.tokens>;
export const fold: Promised<typeof editing.fold>;
export const definition: Promised<typeof editing.definition>;
export const references: Promised<typeof editing.references>;
export const prepareRename: Promised<typeof editing.prepareRename>;
export const rename: Promised<typeof editing.rename>;
export const runExamples: Promised<typeof editing.runExamples>;
export const proposeExample: Promised<typeof editing.proposeExample>;
export const coverage: Promised<typeof editing.coverage>;
export const lcov: Promised<typeof editing.lcov>;
export const diff: Promised<typeof editing.diff>;
export const packFile: Promised<typeof editing.packFile>;
export const receive: Promised<typeof editing.receive>;
export const accept: Promised<typeof editing.accept>;
export const contentHash: Promised<typeof editing.contentHash>;
export const readRulebook: Promised<typeof editing.readRulebook>;
export const rulebookReport: Promised<typeof editing.rulebookReport>;
export const readSettings: Promised<typeof editing.readSettings>;
export const responseModel: Promised<typeof editing.responseModel>;
