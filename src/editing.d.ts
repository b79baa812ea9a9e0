// What the functions for authors of rules take and give, for TypeScript. Only the editing module has them.

/** Which examples are run. */
export interface ExampleOptions {
  /** Only those with this name. */
  example?: string;
  /** Only this row of its table, from 1; the row of column names does not count. */
  row?: number;
  language?: LanguageTag;
}

/** How an example of a pack went, or one row of it. */
export interface ExampleResult {
  /** Name of the pack, and its file. */
  pack: string;
  file: string;
  /** Name of the example. */
  name: string;
  /** For an example with `rows`: the row, by its number from 1, and its name. */
  row?: { number: number; name: string };
  /** Where the example stands, or its row. */
  span: Span;
  passed: boolean;
  /** What the example expects, as its author wrote it; for a row with its cells. */
  expected: string;
  /** The advice in words, with its reason and what was blocked. */
  came: string;
  /** What differs from what is expected, a sentence each; absent when it passed. */
  differs?: string[];
  /** Each thing that is expected beside what came; empty when the example could not be run. */
  compared: ExampleComparison[];
  /** When it failed: the conditions of the rules that it is about, with what they saw. */
  conditions?: NearMiss[];
  /** The advice; absent when the example could not be run. */
  advice?: Advice;
}

/** One thing that an example expects, beside what came. */
export interface ExampleComparison {
  aspect: "action" | "person" | "offer" | "question" | "begins" | "rule" | "reason" | "since" | "due" | "blocked";
  expected: string;
  came: string;
  /** Whether it is as expected. */
  same: boolean;
}

/** What the examples of packs try of them. */
export interface Coverage {
  packs: PackCoverage[];
  totals: CoverageTotals;
}

/** What the examples of one pack try of it. */
export interface PackCoverage {
  pack: string;
  file: string;
  /** How many examples and rows passed, which count, and how many failed, which do not. */
  passed: number;
  failed: number;
  /** Its rules, cadences, `enter` statements and policies, in file order. */
  statements: StatementCoverage[];
  /** The sides of `and` and `or` in its helper functions. */
  helpers: ConditionCoverage[];
  totals: CoverageTotals;
}

/** What examples try of one statement. */
export interface StatementCoverage {
  kind: "rule" | "cadence" | "enter" | "never" | "limit" | "reachable" | "pause";
  /** Its name; of a statement without one its first words. */
  name: string;
  span: Span;
  /** Which ways it was decided. A policy counts as holding where it changed an advice. */
  decided: Decided;
  /** Whether the advice of an example is by it. */
  won: boolean;
  /** Whether it could not be evaluated for the lead of an example. */
  failed: boolean;
  /** Whether no example can make it hold: its condition is false for every lead. */
  neverHolds: boolean;
  /** Whether one of its conditions runs interpreted, so that its sides are not known. */
  interpreted: boolean;
  /** The sides of its conditions. */
  conditions: ConditionCoverage[];
  /** The steps of a cadence. */
  steps?: { number: number; span: Span; advised: boolean }[];
}

/** What examples try of one side of `and` or `or`, or of a whole clause. */
export interface ConditionCoverage {
  clause: "when" | "unless" | "until";
  text: string;
  span: Span;
  decided: Decided;
}

/** Which ways something was decided by the examples. */
export interface Decided {
  yes: boolean;
  no: boolean;
}

/** How many are covered, and how many in a hundred, rounded down; null when there is nothing to cover. */
export interface Tally {
  covered: number;
  of: number;
  percent: number | null;
}

/** Counts of statements (with the steps of cadences), of sides of conditions, of rules alone, and of statements and sides together. */
export interface CoverageTotals {
  statements: Tally;
  conditions: Tally;
  rules: Tally;
  all: Tally;
}

/**
 * What `diff` may be asked for besides. With a `rulebook.toml` among the files of a version its packs are in the layers that it says, with its
 * settings; it names the other files from its folder on.
 */
export interface DiffOptions {
  /** The leads of which the advice is compared: the text of a lead file, its bytes, or the same as plain values. Needs `now`. */
  leads?: string | Uint8Array | LeadFile | Lead[];
  /** The moment for which it is asked. */
  now?: MomentInput;
  language?: LanguageTag;
}

/** What differs between two versions of packs. */
export interface Diff {
  changes: PackChanges;
  /** Of the advice; absent without leads. */
  advice?: AdviceChanges;
}

/** What differs by statement and clause. */
export interface PackChanges {
  /** Whether both say the same. */
  same: boolean;
  /** The statements that were added, removed or changed. */
  statements: StatementChange[];
  /** The statements that changed places, where their order can decide. */
  order: { title: string; pack: string; file: string; line: number; words: string; others: string[] }[];
  /** The statements that are written in another way and mean the same: `24.hours` and `1.day`. */
  rewritten: StatementChange[];
  /** What differs in settings files and `rulebook.toml` among the packs, by key. */
  keys: { file: string; line: number; key: string; words: string; before?: string; after?: string }[];
  /** The files with errors: what takes no part in decisions is compared as it is written. */
  broken: { file: string; line: number; side: "before" | "after"; errors: number; message: string }[];
}

/** A statement that was added, removed or changed. */
export interface StatementChange {
  kind: "added" | "removed" | "changed";
  /** The word that it begins with: `rule`. */
  statement: string;
  /** What it is called: `rule "Price page again"`; and what it was called before, where that is something else. */
  title: string;
  formerTitle?: string;
  /** The pack in which it stands; and stood before, where that is another. */
  pack: string;
  formerPack?: string;
  before?: { file: string; line: number };
  after?: { file: string; line: number };
  /** The change in words: `phone became email; within 4 hours to 1 day`. */
  words: string;
  /** Each thing that differs, with the text before and after. */
  changes: { clause: string; words: string; before?: string; after?: string }[];
  /** What it says, for what was added or removed. */
  text?: string;
  /** The statements that refer to it, for a setting, fact, constant or helper function. */
  usedBy?: string[];
}

/** Which leads get other advice, and why. */
export interface AdviceChanges {
  now: Instant;
  /** All leads, and those that get other advice. */
  leads: number;
  other: number;
  /** The latter by what made it another, each lead in one group; the most leads first. */
  causes: AdviceCause[];
  /** The leads with the same advice of which something else differs. A lead may be in several of these. */
  sameAdvice: {
    otherRule: AdviceSide;
    otherPriority: AdviceSide;
    otherPlace: AdviceSide;
    otherReview: AdviceSide;
  };
}

/** The leads whose advice one change made another. */
export interface AdviceCause {
  why:
    | "rule_added" | "rule_removed" | "rule_changed" | "setting_moved" | "switched_off" | "lever_moved" | "layers"
    | "policy" | "stage" | "helper" | "header" | "pack_added" | "pack_removed" | "order" | "statement" | "several";
  /** The change in words, and the statements. */
  words: string;
  statements: string[];
  leads: number;
  /** These by what is another, each lead in one group. */
  kinds: {
    kind: "action" | "person" | "rep" | "due" | "window" | "content";
    /** For an action: what was advised and what is now: a channel, `find`, `hand_over`, `wait` or `hold`. */
    from?: string;
    to?: string;
    words: string;
    leads: number;
    /** The first five. */
    examples: AdviceExample[];
  }[];
}

/** How many leads, and the first five. */
export interface AdviceSide {
  leads: number;
  examples: AdviceExample[];
}

/** A lead with both answers in words. */
export interface AdviceExample {
  lead: string;
  name?: string;
  before: string;
  after: string;
}

// ---- The services of an editor. ----

/**
 * A place in a text: an index of it, as JavaScript counts; a line and column as the Language Server Protocol has them, both from 0, the column in UTF-16
 * code units; or an offset in bytes of UTF-8. What lies beyond the line or the text is its end.
 */
export type EditorPosition = number | { line: number; character: number } | { byte: number };

/** A place in a text, in each way of counting. */
export interface Place {
  byte: number;
  /** The index in the text, as JavaScript counts. */
  offset: number;
  line: number;
  character: number;
}

/** A range of a text; its end is not included. */
export interface TextRange {
  start: Place;
  end: Place;
}

/** One thing that can be written at a place. */
export interface Completion {
  label: string;
  kind:
    | "statement" | "clause" | "keyword" | "subject" | "fact" | "ownFact" | "builder" | "method" | "unit" | "action" | "setting" | "constant"
    | "function" | "variable" | "key" | "type" | "word" | "rule";
  /** Its type or signature. */
  detail: string;
  /** What it means. */
  documentation: string;
  /** What is replaced by `insert`. */
  range: TextRange;
  insert: string;
  /** After how many characters of `insert` the cursor stands. */
  caret: number;
  /** A lower one is likelier. */
  rank: number;
}

/** What stands at a place. */
export interface Hover {
  range: TextRange;
  /** How it is written, with its type. */
  signature: string;
  /** What it means; may be empty. */
  documentation: string;
}

/** One statement of a pack. */
export interface OutlineSymbol {
  /** The word that begins it: `rule`. */
  statement: string;
  name: string;
  /** Its reason; empty where it has none. */
  because: string;
  range: TextRange;
  /** Its name or head. */
  selection: TextRange;
}

/** One token of a pack. */
export interface ClassifiedToken {
  range: TextRange;
  class:
    | "comment" | "statement" | "clause" | "operator" | "keyword" | "type" | "subject" | "action" | "fact" | "ownFact" | "setting" | "constant"
    | "function" | "parameter" | "variable" | "method" | "builder" | "unit" | "key" | "name" | "text" | "ruleName" | "number" | "sign" | "bracket"
    | "punctuation";
  /** Whether its statement declares it. */
  declares: boolean;
}

/** A part of a pack of more than one line. */
export interface Fold {
  kind: "statement" | "brackets" | "comment";
  range: TextRange;
}

/** A place in one of the packs. */
export interface EditorLocation {
  file: string;
  range: TextRange;
}

/** Why something is not renamed. */
export interface RenameRefusal {
  code: "nothing-to-rename" | "not-a-name" | "reserved" | "taken" | "known-to-cadans" | "breaks";
  message: string;
}

/** What can be renamed at a place: one of both. */
export interface PreparedRename {
  renameable?: { range: TextRange; name: string };
  refused?: RenameRefusal;
}

/** The edits of a rename, file by file and in text order, or why there are none: one of both. */
export interface Renamed {
  files?: { file: string; edits: { range: TextRange; text: string }[] }[];
  refused?: RenameRefusal;
}

/** A pack in the canonical layout. */
export interface Formatted {
  text: string;
  /** Whether it differs from what was given. */
  changed: boolean;
  diagnostics?: undefined;
}

/** Why a pack has no layout: its syntax errors. */
export interface NotFormatted {
  diagnostics: Diagnostic[];
  text?: undefined;
}

/** What is certain about packs without a lead, and what could not be told. */
export interface Analysis {
  /** Warnings. */
  certain: Diagnostic[];
  /** Notes, each with the reason why it could not be told. */
  open: Diagnostic[];
}

/** An example that is proposed for a rule. */
export interface ProposedExample {
  /** The file of its pack. */
  file: string;
  /** The name of the rule. */
  rule: string;
  /** The example: a whole statement, to be put below the rule. */
  example: string;
}

/** A rulebook.toml with its files, as `new Rulebook(packs, options)` of either module takes it. */
export interface RulebookParts {
  packs: PackFile[];
  options: RulebookOptions;
}

/** What of a rulebook.toml is in force. */
export interface RulebookReport {
  layers: LayerInForce[];
  changes: LayerChange[];
  settings: SettingInForce[];
}

/** A layer and its files. */
export interface LayerInForce {
  kind: "law" | "company" | "team" | "rep";
  name: string;
  rep?: string;
  files: FileInForce[];
}

/** A file of a layer. */
export interface FileInForce {
  path: string;
  /** Whether it takes part: only an accepted one does. */
  state: "accepted" | "changed" | "not-accepted" | "missing";
  /** The hash of its text. */
  sha256?: string;
  pack?: string;
  version?: string;
  /** Whether it is law. */
  hard: boolean;
  statements: StatementInForce[];
  /** The rules and series of it that were not accepted. */
  notAccepted?: string[];
}

/** A statement in force. */
export interface StatementInForce {
  kind: "rule" | "cadence" | "enter" | "never" | "limit" | "reachable" | "holidays" | "pause";
  name: string;
  id?: string;
  span: Span;
  /** The lever that a later pack gives it, for all leads. */
  lever?: number;
  /** The reps for whose leads it does not hold. */
  notFor?: string[];
}

// ---- One file to hand over. ----

/** What `packFile` may be told besides. What is left out is said by the first pack. */
export interface PackFileOptions {
  name?: string;
  version?: string;
  author?: string;
  licence?: string;
  /** What it is for, in a sentence. */
  about?: string;
  /** Values for settings, by `name` or `pack name/name`, that come along. */
  settings?: Record<string, SettingValue>;
  /** Where packs that are needed may be found. */
  beside?: PackFile[];
  language?: LanguageTag;
}

/** A file to hand over, or why there is none: one of these. */
export interface PackedFile {
  file?: { text: string; sha256: string; header: HandoverHeader; warnings: Diagnostic[] };
  refused?: HandoverRefusal;
  /** The errors of the packs. */
  errors?: Diagnostic[];
  /** The examples that fail. */
  failed?: ExampleResult[];
}

/** Why a file is refused, not written or not accepted. */
export interface HandoverRefusal {
  code:
    | "not-a-handover" | "newer-format" | "newer-language" | "truncated" | "damaged" | "too-large" | "too-many" | "unknown-part" | "header"
    | "file-name" | "duplicate-file" | "hidden-characters" | "setting" | "layout" | "missing-pack" | "errors" | "examples" | "replaces"
    | "conflict" | "unknown-rule" | "ambiguous-rule" | "layer" | "rulebook";
  message: string;
  help: string;
}

/** What stands before the packs of a file. */
export interface HandoverHeader {
  name: string;
  version?: string;
  author?: string;
  licence?: string;
  about?: string;
  /** The version of the rule language. */
  language: number;
  content: string[];
  skills: string[];
  people: string[];
  settings: Record<string, SettingValue>;
  fact: { name: string; type: "truth" | "number" | "text" | "time"; because?: string }[];
  pack: HandoverPack[];
}

/** A pack of a file. */
export interface HandoverPack {
  file: string;
  name: string;
  version?: string;
  author?: string;
  valid_from?: string;
  valid_to?: string;
  hard?: boolean;
  needs?: string[];
  rules: number;
  policies: number;
  examples: number;
}

/** What a file is compared with. */
export interface ReceiveOptions {
  /** The text of the receiver's rulebook.toml, and the files that it names. */
  rulebook?: string;
  files?: PackFile[];
  /** The name or kind of the layer; the team's where it is left out. For the layer of a rep, their id. */
  layer?: string;
  rep?: string;
  /** Only these rules and series, by name or `pack name/name`. */
  rules?: string[];
  /** The receiver's leads, and the moment for which advice is asked. */
  leads?: string | Uint8Array | LeadFile | Lead[];
  now?: MomentInput;
  language?: LanguageTag;
}

/** What is accepted, and how. */
export interface AcceptOptions extends Omit<ReceiveOptions, "leads" | "now"> {
  /** Whether packs of the same names with other texts are replaced. */
  replace?: boolean;
  /** Who accepts it, and when. */
  by?: string;
  on?: string;
}

/** What a file would change, or why it is refused: one of both. */
export interface ReceivedFile {
  report?: ReceiveReport;
  refused?: HandoverRefusal;
}

/** What accepting a file writes, or why it is not accepted: one of both. */
export interface AcceptedFile {
  acceptance?: Acceptance;
  refused?: HandoverRefusal;
}

/** What is written when a file is accepted: first the files, then the rulebook. */
export interface Acceptance {
  /** The new text of rulebook.toml. */
  manifest: string;
  /** The rule files, by their paths from its folder on. */
  files: { path: string; text: string }[];
  layer: string;
  newLayer: boolean;
  /** The settings that the layer gets. */
  settings: Record<string, SettingValue>;
  /** The files that the rulebook names no longer. */
  replaced: string[];
  /** Whether anything changes. */
  changes: boolean;
}

/** What a file would change. */
export interface ReceiveReport {
  sha256: string;
  header: HandoverHeader;
  /** Whether the header says of the packs what they say themselves. */
  headerAgrees: boolean;
  standing: "new" | "partly" | "other" | "same";
  /** Its rules and series, each with whether it is accepted already. */
  rules: { pack: string; kind: "rule" | "cadence"; name: string; accepted: boolean }[];
  examples: { passed: number; failed: ExampleResult[] };
  /** What would be wrong with packs that is not so now. */
  findings: Diagnostic[];
  /** What the packs need, compared with the leads; absent without leads. */
  requirements?: HandoverRequirement[];
  conflicts: HandoverConflict[];
  /** What would be switched off, or get another lever. */
  changes: LayerChange[];
  /** Absent without leads. */
  advice?: AdviceChanges;
  acceptance: Acceptance;
}

/** One thing that packs need. */
export interface HandoverRequirement {
  kind: "fact" | "content" | "skill" | "person";
  name: string;
  /** `not-listed`: the leads come without anything of this kind, so that it is not known. */
  state: "there" | "missing" | "other-type" | "not-listed";
  /** For a fact: its type, how many leads have it with that type, and how many with another. */
  type?: string;
  leads?: number;
  other?: number;
}

/** A conflict with what is there. */
export interface HandoverConflict {
  kind: "pack" | "statement" | "duplicate" | "fact" | "setting";
  title: string;
  before: { file: string; line: number; text: string };
  after: { file: string; line: number; text: string };
  /** What differs, in words. */
  words: string[];
}

// ---- Simulations: docs/simulating.md tells each field. ----

/** What is asked of a simulation; what is left out is as here. */
export interface SimulateOptions {
  /** How many days; 14. */
  days?: number;
  /** From one look at the queue to the next, in minutes; 10. */
  step?: number;
  /** The seed of the random numbers, a whole number; 1. */
  seed?: number;
  /** How many reps work; those of the book. */
  reps?: number;
  /** How long a touch takes a rep, by channel, in minutes; what the packs say (`effort`), else ten. */
  minutes?: Partial<Record<Channel, number>>;
  /** Whether reps follow the plan of the day rather than their queue; when a pack has an `effort` or a `budget`. */
  plan?: boolean;
  /** What customers do; the built-in one, `responseModel()`. */
  model?: ResponseModel;
  /** Whether customers answer: as the model says, never, or always. */
  answers?: "model" | "never" | "always";
}

/** What customers do by themselves, and how likely they answer: a set of assumptions. */
export interface ResponseModel {
  name: string;
  because: string;
  /** 24 weights, from midnight on. */
  hours: number[];
  weekend: number;
  arrivals?: Arrival[];
  answers?: Partial<Record<Channel, AnswerModel>>;
  /** How likely reps decline advice that answers nobody, or put it off by a day; 0 where absent. */
  feedback?: { declined?: number; snoozed?: number };
}

/** Something that customers start. */
export interface Arrival {
  kind: SignalKind;
  channel?: Channel;
  outcome?: Outcome;
  topics?: string[];
  a_week: number;
  stages?: Partial<Record<Stage, number>>;
}

/** How people answer on a channel. */
export interface AnswerModel {
  chance: number;
  hours?: number[];
  stages?: Partial<Record<Stage, number>>;
  waiting?: number;
  bounces?: number;
  delay?: number;
  unanswered?: Partial<Record<Outcome, number>>;
}

/** What a simulation gives. It compares assumptions and forecasts nothing, as the note says. */
export interface Simulation {
  note: string;
  report: Report;
}

export interface Report {
  settings: Settings;
  /** The name of the response model. */
  model: string;
  leads: number;
  touches: number;
  /** Of these, what a system sent. */
  automatic: number;
  byChannel: Partial<Record<Channel, number>>;
  byRep: RepReport[];
  /** The share of the reps' working time that they were at something. */
  load: number;
  perLead: PerLead;
  tasks: number;
  appointments: number;
  declined: number;
  snoozed: number;
  withoutRep: number;
  questions: AnswerTimes;
  forms: AnswerTimes;
  formsInWorkingHours: AnswerTimes;
  stagesAtStart: Partial<Record<Stage, number>>;
  stagesAtEnd: Partial<Record<Stage, number>>;
  blocked: BlockedReport[];
  incidents: Incident[];
  days: DayReport[];
  /** Who began the contacts of the run: customers, or we with a touch that answered nobody. */
  contacts: ContactStarts;
  /** What became of the plans, counted over the days; absent where reps follow their queue. */
  plan?: PlanReport;
}

/** Who began contacts. */
export interface ContactStarts {
  byCustomers: number;
  byUs: number;
}

/** What became of the plans of a run. */
export interface PlanReport {
  planned: number;
  done: number;
  notFit: number;
  /** Done over another channel than advised, because the budget was used up. */
  instead: number;
}

/** What was asked for. */
export interface Settings {
  start: Instant;
  days: number;
  stepMinutes: number;
  seed: number;
  reps?: number;
  minutes: Partial<Record<Channel, number>>;
  plan?: boolean;
}

export interface RepReport {
  rep: string;
  touches: number;
  tasks: number;
  load: number;
}

export interface PerLead {
  touched: number;
  median: number;
  nineInTen: number;
  most: number;
}

/** How long customers waited for the first attempt to answer them, in minutes. */
export interface AnswerTimes {
  asked: number;
  answered: number;
  reached: number;
  medianMinutes?: number;
  nineInTenMinutes?: number;
  /** Whose answer was held up by law, by their own hours or by a time zone that is not known. */
  held: number;
  medianMinutesOfOthers?: number;
  nineInTenMinutesOfOthers?: number;
  /** Those who waited longest, five at most. */
  longest: Case[];
}

export interface BlockedReport {
  policy: string;
  by?: string;
  hard: boolean;
  leads: number;
}

export interface DayReport {
  from: Instant;
  byChannel: Partial<Record<Channel, number>>;
}

/** What advice should not lead to. */
export type IncidentKind =
  | "promise-moved"
  | "behind-other-work"
  | "somebody-else"
  | "other-channel"
  | "unadvised"
  | "same-rule"
  | "same-offer"
  | "day-off"
  | "after-conversation"
  | "away-or-gone";

export interface Incident {
  kind: IncidentKind;
  number: number;
  /** Of how many; absent where a share says nothing. */
  of?: number;
  /** The first five. */
  cases: Case[];
}

/** One case: ask for the advice for the lead one second before `at`. */
export interface Case {
  at: Instant;
  lead: string;
  person?: string;
  rep?: string;
  rule?: string;
  channel?: Channel;
  /** When the question came, the promise was due before, or the conversation was. */
  since?: Instant;
  /** The other lead, person, channel or offer. */
  other?: string;
}

// ---- The team: docs/team.md tells each report and each measure. ----

export type TeamReport = "plan" | "goals" | "figures" | "cards" | "groups" | "story" | "reward";

/** What is asked of a report; which of it counts depends on the report. */
export interface TeamOptions {
  /** For whom: "manager", "marketing", or the id of a rep; the manager. */
  as?: string;
  /** How many days: of the plan ahead (7), of figures and recognition back (90). */
  days?: number;
  /** The share of a working day that is planned, from 0 to 1; 0.6. And that of single reps, by id. */
  share?: number;
  shares?: Record<string, number>;
  /** By what leads are put together to compare channels; their industry. */
  by?: "industry" | "country" | "source" | "stage" | "topic";
  /** Of a story: the lead. */
  lead?: string;
  /** Of a reward: the first day whose orders count, what has to be reached first, and the part above it that makes the pool, from 0 to 1. */
  since?: string;
  threshold?: number;
  part?: number;
}

/** What a team records beside its leads: docs/team.md, docs/team-file.schema.json. */
export interface TeamFile {
  members?: {
    rep: string; team?: string; shares?: boolean; time?: number; planned?: number;
    visibility?: { topic: string; profile?: boolean; shared_at?: string; answered_at?: string }[];
  }[];
  stage_moves?: { at: string; lead: string; from?: Stage; to: Stage; because?: string }[];
  orders?: { at: string; lead: string; amount: number }[];
  contracts?: { at: string; lead: string; yearly: number; because?: string }[];
  promises?: { at: string; by: string; to: string; what: string; due: string; kept_at?: string }[];
  requests?: { at: string; topic: string; lead?: string; role?: Role; rep?: string; content?: string }[];
  proposals?: TeamProposal[];
  hand_overs?: { at: string; lead: string; to: "sales" | "marketing"; because: string; rep?: string }[];
}

/** A rule, series, setting or goal that somebody proposed. */
export interface TeamProposal {
  id: string;
  at: string;
  by: string;
  statement: string;
  because?: string;
  comments?: { at: string; by: string; text: string }[];
  decided?: { at: string; adopted: boolean; because: string };
}

/** A report in words. */
export interface TeamDocument {
  title: string;
  parts: (
    | { kind: "heading" | "paragraph"; text: string }
    | { kind: "list"; items: string[] }
    | { kind: "table"; head: string[]; rows: string[][] }
  )[];
}

/** What the team can do in some days. */
export interface TeamPlan {
  now: Instant;
  until: Instant;
  days: {
    rep: string;
    repName: string;
    day: string;
    zone: string;
    /** How many minutes can be planned, and how many are. */
    minutes: number;
    plannedMinutes: number;
    touches: {
      at: Instant;
      localAt: string;
      minutes: number;
      lead: string;
      leadName?: string;
      channel?: Channel;
      person?: string;
      personName?: string;
      reason: string;
      /** Where the plan departs from the advice, and why. */
      notes?: string[];
    }[];
  }[];
  /** The leads for which a system sends something. */
  automatic?: string[];
  notPlanned?: { lead: string; leadName?: string; why: string }[];
  /** What does not fit, as a sentence. */
  summary?: string;
}

/** A share of some cases; of fewer than ten nothing is estimated. */
export interface Share {
  hits: number;
  n: number;
  estimate?: { share: number; low: number; high: number };
}

/** What a measure comes to. */
export interface Measured {
  value?: number;
  n: number;
  share?: Share;
  retained?: RetainedRevenue;
}

/** Yearly revenue of those who were customers at the beginning: end = start + expansion - contraction - churn. */
export interface RetainedRevenue {
  start: number;
  expansion: number;
  contraction: number;
  churn: number;
  end: number;
  rate?: number;
}

/** How far a goal is. */
export interface GoalState {
  name: string;
  pack: string;
  measure: string;
  target: number;
  measured: Measured;
  reached?: boolean;
  since: string;
  until: string;
  daysLeft: number;
  whose?: string;
  agreedBy?: string[];
  proposedBy?: string;
  because?: string;
  words: string;
}

export interface ProposalState extends TeamProposal {
  standing: "open" | "adopted" | "declined";
  /** Whether a pack in force has a statement of this name by this proposer. */
  inForce: boolean;
  words: string;
}

export interface FigureSet {
  contacts: number;
  visitors: number;
  conversion: Share;
  answered: Share;
  minutesToAnswer?: number;
  pull: Share;
}

export interface ChannelYield {
  channel: Channel;
  answered: Share;
}

export interface TeamFigures {
  since: Instant;
  until: Instant;
  /** The people whom the viewer may see, the viewer first, then in the order of the book. */
  people: ({ rep: string; name: string } & FigureSet)[];
  team: FigureSet;
  weeks: { from: Instant; pull: Share }[];
  channels: ChannelYield[];
  segments: { segment: string; channels: ChannelYield[] }[];
  trials: { segment: string; channel: Channel; insteadOf: Channel; cases: number; words: string }[];
  content: { content: string; title?: string; moves: Share; byRole: Partial<Record<Role, number>>; answered: Share }[];
  social: { assistedWins: Share; assistedMoves: Share; windowDays: number; reactions: number };
}

/** Something that deserves a thought; it ends in a question or an offer. */
export interface TeamCard {
  kind:
    | "ownPromise" | "questionWaits" | "accountQuiet" | "nobodyDecides" | "ruleDeclined" | "training" | "contentGap" | "lostReasons"
    | "contentMoves" | "handedOver" | "cameBack" | "share" | "visibility";
  words: string;
  leads?: string[];
  about?: string;
  since?: Instant;
}

export interface Recognition {
  at: Instant;
  rep: string;
  kind: "helped" | "adopted" | "stayed";
  about: string;
  words: string;
}

/** Who is known in a role. */
export interface RoleCoverage {
  role: Role;
  people: GroupMember[];
}

export interface GroupMember {
  id: string;
  name: string;
  influence?: number;
  stance?: Stance;
  lastTouch?: Instant;
  lastSign?: Instant;
}

export interface BuyingGroup {
  lead: string;
  leadName: string;
  roles: RoleCoverage[];
  /** From 0 to 100. */
  score: number;
  readiness: number;
  missing: string[];
  jointProposal: boolean;
}

export interface StoryEvent {
  at: Instant;
  day: string;
  kind: "customer" | "touch" | "followed" | "adapted" | "declined" | "stage" | "order";
  rep?: string;
  words: string;
}

export interface Contribution {
  rep: string;
  name: string;
  words: string;
}

export interface Story {
  lead: string;
  leadName: string;
  wonAt: Instant;
  amount?: number;
  events: StoryEvent[];
  contributions: Contribution[];
}

export interface TeamReward {
  terms: { since: Instant; threshold: number; part: number };
  reached: number;
  poolCents: number;
  shares: { rep: string; cents: number }[];
}
