// The types of editing.js. Those of the values are in pkg/cadans_editing.d.ts, which is generated from src/types.d.ts and src/editing.d.ts.

export {
  Book, Loader, Rulebook, Watch, accept, analyse, check, complete, contentHash, coverage, decide, decideJson, definition, diff, explain, fold, format, hover,
  lcov, outline, overLimit, packFile, prepareRename, proposeExample, readRulebook, readSettings, receive, references, rename, responseModel, rulebookReport,
  runExamples, tokens, version, versions,
} from "./pkg/cadans_editing.js";
export type * from "./pkg/cadans_editing.js";
export { CadansError } from "./cadans.js";

import type { Matches, ModuleSource } from "./cadans.js";
import type {
  Book, BuyingGroup, GoalState, LanguageTag, MomentInput, ProposalState, Recognition, Rulebook, SimulateOptions, Simulation, Story, TeamCard, TeamDocument,
  TeamFigures, TeamFile, TeamOptions, TeamPlan, TeamReport, TeamReward,
} from "./pkg/cadans_editing.js";

/** What ends a call: an AbortSignal. */
export interface Abort {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Which rules hold for every lead of the book at `now`. */
export function match(rulebook: Rulebook, book: Book, now: MomentInput, into?: Matches): Matches;

/**
 * Lives with the advice for some days from `now` on: reps do what stands first in their queue, customers come back by a response model. It compares
 * sets of rules under the same assumptions, and forecasts nothing. `progress` is called before each step with the steps done and their number;
 * when it returns false the run ends, and the answer is undefined. What `progress` throws is thrown; when `signal` aborts, its reason is. Here it can only do
 * so within `progress`, because nothing else runs meanwhile; in `cadans/worker` at any time.
 */
export function simulate(
  rulebook: Rulebook, book: Book, now: MomentInput, options?: SimulateOptions & { signal?: Abort | undefined },
  progress?: (done: number, all: number) => unknown, language?: LanguageTag,
): Simulation | undefined;

/**
 * The team: what it can do, and what came of its work. `file` is a team file (docs/team.md), as text or plain values. Each report is data, a document in
 * words, or Markdown; reps stand in the order of the book in all of them.
 */
export class Team {
  constructor(rulebook: Rulebook, book: Book, file?: string | TeamFile);
  /** What of the team file does not fit these leads and was left out. */
  refused(language?: LanguageTag): { path: string; reason: string }[];
  plan(now: MomentInput, options?: TeamOptions, language?: LanguageTag): TeamPlan;
  goals(now: MomentInput, options?: TeamOptions, language?: LanguageTag): { goals: GoalState[]; proposals: ProposalState[] };
  figures(now: MomentInput, options?: TeamOptions, language?: LanguageTag): TeamFigures;
  cards(now: MomentInput, options?: TeamOptions, language?: LanguageTag): { cards: TeamCard[]; recognition: Recognition[] };
  groups(now: MomentInput, options?: TeamOptions, language?: LanguageTag): BuyingGroup[];
  /** Undefined for a lead that has not ordered. */
  story(lead: string, now: MomentInput, options?: TeamOptions, language?: LanguageTag): Story | undefined;
  reward(now: MomentInput, options: TeamOptions & { since: string; part: number }, language?: LanguageTag): TeamReward;
  document(report: TeamReport, now: MomentInput, options?: TeamOptions, language?: LanguageTag): TeamDocument;
  markdown(report: TeamReport, now: MomentInput, options?: TeamOptions, language?: LanguageTag): string;
}

/** Loads the module, once. `source` is needed only where it lies elsewhere. After an error with code "trap" it makes a new engine. */
export function init(source?: ModuleSource): Promise<void>;
