// What goes into Cadans and what comes out, for TypeScript: every value that crosses between JavaScript and the engine.
//
// Written by hand, kept true by tests: names are compared with the Rust types, and `tsc --strict` reads real output against it.
// Absent is absent: a field with "?" is left out, never null.

// ---- Leads: the lead format, as docs/lead-format.md tells it. ----

/** A moment as RFC 3339 with a zone, between 1970 and 2100: `2026-11-20T10:00:00+01:00`. */
export type Instant = string;

/** The legal form of whom we contact; the law differs. Unknown is treated as a natural person. */
export type LegalForm = "legal_entity" | "sole_trader" | "partnership" | "consumer";

/** Where a lead is on its journey. Buyers loop: a lead may move back. */
export type Stage = "orientation" | "interest" | "consideration" | "proposal" | "decision" | "customer" | "lost";

/** A part played in the decision-making unit (the buying group). */
export type Role = "initiator" | "user" | "influencer" | "decider" | "buyer" | "gatekeeper";

/** A way to reach a person. */
export type Channel = "phone" | "email" | "social" | "chat" | "video" | "visit" | "content";

/** How a person stands towards us. */
export type Stance = "champion" | "supporter" | "neutral" | "critic" | "blocker";

/** The ground on which somebody may be contacted. */
export type Basis =
  | "opt_in"
  | "double_opt_in"
  | "existing_customer"
  | "published_address"
  | "legitimate_interest"
  | "requested";

/** What happened, in a signal. Whether it was a touch of ours is told by direction and channel, not by kind. */
export type SignalKind =
  | "visit"
  | "search"
  | "download"
  | "form"
  | "open"
  | "click"
  | "reply"
  | "auto_reply"
  | "call"
  | "email"
  | "message"
  | "chat"
  | "meeting"
  | "quote"
  | "engage"
  | "unsubscribe"
  | "bounce"
  | "order"
  | "contact_changed"
  | "note";

/** Who started it: the customer (inbound) or us (outbound). */
export type Direction = "inbound" | "outbound";

/** How a touch ended. */
export type Outcome =
  | "answered"
  | "no_answer"
  | "voicemail"
  | "busy"
  | "replied"
  | "booked"
  | "held"
  | "no_show"
  | "accepted"
  | "declined"
  | "failed"
  | "wrong_number"
  | "number_dead";

/** Where a quote stands. */
export type QuoteStatus = "open" | "accepted" | "declined" | "expired";

/** Who made a signal that is no customer's: it counts for nothing, and is kept and shown. */
export type Excluded = "staff" | "robot" | "competitor" | "spam";

/** Who put a lead at the stage on record. */
export type StageBy = "rep" | "system";

/** What a rep did with an advice. */
export type FeedbackVerdict = "followed" | "adapted" | "declined" | "snoozed";

/** A column of texts: each row has the place of its text in `words`. Rows that are not known are 0 in `known`. */
export interface Texts {
  codes: Uint8Array | Uint16Array | Uint32Array;
  words: string[];
  known?: Uint8Array;
}

/** A column of numbers; moments are milliseconds since 1970. */
export type Numbers = Float64Array | { values: Float64Array; known?: Uint8Array };

/** A column of yes (not 0) and no; or of sets of words, where the bit of a word is its place in the list of the lead format. */
export type Truths = Uint8Array | { values: Uint8Array; known?: Uint8Array };

/** Leads as columns: all of the same length, one value a lead. */
export interface Columns {
  /** How many leads. */
  size: number;
  /** Their ids; counted from 1 where left out. */
  ids?: string[];
  /** Fields of the lead format by name: `stage`, `country`, `account`, `created_at`, `value`, `spam` ... */
  lead?: Record<string, Texts | Numbers | Truths>;
  /** The team's own facts by name. */
  fields?: Record<string, Texts | Numbers | Truths>;
  /** The people: those of lead `n` stand at `starts[n]` up to `starts[n + 1]`. */
  people?: { starts: Uint32Array; id?: Texts; human?: Texts; roles?: Truths; channels?: Truths; do_not_call?: Truths; do_not_email?: Truths; objected?: Truths; influence?: Numbers; left_at?: Numbers; internal?: Truths };
  /** What happened, likewise. `person` is the place among the people of the lead, from 0. */
  signals?: { starts: Uint32Array; at: Numbers; kind: Texts; topic?: Texts; content?: Texts; rep?: Texts; channel?: Texts; direction?: Texts; outcome?: Texts; weight?: Numbers; person?: Numbers; acknowledges?: Truths; pack?: Texts; rule?: Texts; by?: Texts };
}

/** A file of leads with, if wanted, the reps who look after them and the content there is to offer. */
export interface LeadFile {
  /** The leads. */
  leads?: Lead[];
  /** Sales people. */
  reps?: Rep[];
  /** Guides, cases, calculators: what a touch can bring. */
  content?: Content[];
}

/** One lead. */
export interface Lead {
  /** Unique in the file. */
  id: string;
  /** What people call it; the account's name where absent. */
  name?: string;
  /** The organisation (or household) behind the lead. */
  account?: Account;
  /** Where the lead is on its journey. */
  stage?: Stage;
  /** Since when it is in that stage. */
  stage_since?: Instant;
  /** When the lead came in. */
  created_at?: Instant;
  /** Where it came from, in the team's own words: website, fair, referral. */
  source?: string;
  /** What it is about, in the team's own words. */
  topic?: string;
  /** Country as two letters (ISO 3166-1); the account's where absent. */
  country?: string;
  /** Time zone by its IANA name; the account's where absent, else the zones of the country. */
  zone?: string;
  /** Language as two letters (ISO 639-1). */
  language?: string;
  /** Id of the rep who looks after the lead. */
  owner?: string;
  /** Expected yearly value, in the team's currency, 0 or more. */
  value?: number;
  /** Expected share of such customers that leaves within a year, from 0 to 1. */
  churn?: number;
  /** The team's own facts, by name, as declared in a pack with `fact budget as number`. */
  fields?: { [name: string]: boolean | number | string };
  /** The buying group. */
  people?: Person[];
  /** What happened, in any order. */
  signals?: Signal[];
  /** Touches agreed on but not yet made. */
  planned?: PlannedTouch[];
  /** Quotes sent. */
  quotes?: Quote[];
  /** Who put it at its stage: a rep by hand, or a system. */
  stage_by?: StageBy;
  /** No lead at all but spam: nobody is contacted, and nobody waits. */
  spam?: boolean;
  /** What reps did with the advice they got about it, in any order. */
  feedback?: Feedback[];
}

/** The organisation behind one or more leads. */
export interface Account {
  /** Leads with the same account id share its limits; the lead's own id where absent. */
  id?: string;
  /** Its name. */
  name?: string;
  /** Country as two letters (ISO 3166-1). */
  country?: string;
  /** Part of the country (ISO 3166-2 without the country, as BY for Bavaria), for regional holidays. */
  region?: string;
  /** Time zone by its IANA name. */
  zone?: string;
  /** Its legal form; when not known, the stricter rules for natural persons hold. */
  legal_form?: LegalForm;
  /** Line of business, in the team's own words. */
  industry?: string;
  /** Number of people it employs. */
  employees?: number;
  /** Since when it buys from us. */
  customer_since?: Instant;
}

/** A member of the buying group. */
export interface Person {
  /** Unique within the lead. The same id in two leads of one account is the same human. */
  id: string;
  /** Other ids of the same human: limits count them together. An alias that two people list is one human, also in two accounts. */
  aliases?: string[];
  /**
   * Id of the human in the whole file: the same in every lead, also of other accounts, in which they appear. Limits, objections and
   * opt-outs then hold for all of these leads together.
   */
  human?: string;
  /** What they are called. */
  name?: string;
  /** The parts they play in the decision. */
  roles?: Role[];
  /** Job title. */
  title?: string;
  /** Channels on which they can be reached: there is a number, an address, a profile. */
  channels?: Channel[];
  /** Country as two letters (ISO 3166-1); the lead's where absent. */
  country?: string;
  /** Time zone by its IANA name; the lead's where absent. */
  zone?: string;
  /** Language as two letters (ISO 639-1). */
  language?: string;
  /** Legal form, where it differs from the account's. */
  legal_form?: LegalForm;
  /** Own hours in OpenStreetMap notation: Mo-Th 10:00-16:00. */
  reachable?: string;
  /** Weight in the group's decision, from 0 to 1. */
  influence?: number;
  /** How they stand towards us. */
  stance?: Stance;
  /** Asked not to be called, or is on a register that says so. */
  do_not_call?: boolean;
  /** Asked not to be mailed, or unsubscribed. */
  do_not_email?: boolean;
  /** Objected to direct marketing: stops every channel. */
  objected?: boolean;
  /** Consents and other grounds for contact, with proof. */
  consents?: Consent[];
  /** Since when they are no longer there: left the company, retired, changed jobs. Nobody contacts them; what they did stays in the record. */
  left_at?: Instant;
  /** When they are away: a holiday, a leave, an out-of-office mail that names its end. */
  absences?: Absence[];
  /** One of our own people, as in a test account: their signals count for nothing, and nobody contacts them. */
  internal?: boolean;
}

/** Consent, or another ground for contact, with its proof. */
export interface Consent {
  /** The channel it is for; absent means every channel. */
  channel?: Channel;
  /** The ground. */
  basis: Basis;
  /** When it was given. */
  given_at: Instant;
  /** When it was taken back. */
  withdrawn_at?: Instant;
  /** Until when it holds, not included, where it ends by itself: a consent for a period, or the time for which somebody counts as a customer. */
  valid_to?: Instant;
  /** Where the proof is. */
  proof?: string;
}

/** Something that happened. */
export interface Signal {
  /** When. */
  at: Instant;
  /** What. */
  kind: SignalKind;
  /** About what: a page, a product, a subject. */
  topic?: string;
  /** Id of the person it came from or went to. */
  person?: string;
  /** The channel, where there was one. */
  channel?: Channel;
  /** Who started it. In a file, absent means inbound, save for a `quote` and for whatever names a `rep`: outbound. */
  direction?: Direction;
  /** Id of the rep who made the touch. */
  rep?: string;
  /** How it ended. */
  outcome?: Outcome;
  /** Id of the content involved. */
  content?: string;
  /** Weight in the decayed score; 1 where absent. A visit, form, reply or other sign of interest of theirs with 0 counts for nothing at all. */
  weight?: number;
  /** Name of the cadence the touch was a step of. */
  cadence?: string;
  /** Which step, from 1. */
  step?: number;
  /** For a touch that only tells them that we have their question: it counts as a touch, and the question stays open. */
  acknowledges?: boolean;
  /** Name of the pack whose advice the touch carried out, as the advice names it. */
  pack?: string;
  /** Name of the rule whose advice the touch carried out, as the advice names it. */
  rule?: string;
  /** Who made it, where that was no customer: it counts for nothing, and is kept and shown. */
  by?: Excluded;
}

/** A touch agreed on but not yet made. It counts under every cap. */
export interface PlannedTouch {
  /** For when. */
  at: Instant;
  /** Over which channel. */
  channel: Channel;
  /** To whom. */
  person?: string;
  /** By whom. */
  rep?: string;
  /** Time zone by its IANA name in whose local time it was agreed on: `at` is that local time, also when the clocks there change. */
  zone?: string;
}

/** A quote or proposal. */
export interface Quote {
  /** When it was sent. */
  sent_at: Instant;
  /** Where it stands. */
  status: QuoteStatus;
  /** What it is worth. */
  amount?: number;
  /** When it was decided. */
  decided_at?: Instant;
  /** Until when it holds, not included. */
  valid_until?: Instant;
}

/** What a rep did with an advice about the lead. It teaches the advice, and never counts for or against the rep. */
export interface Feedback {
  /** When. */
  at: Instant;
  /** Name of the rule whose advice it was, as the advice names it. */
  rule: string;
  /** Name of its pack; every pack with such a rule where absent. */
  pack?: string;
  /** Id of the person whom the advice named; everybody in the lead where absent. */
  person?: string;
  /** What the rep did. */
  verdict: FeedbackVerdict;
  /** Until when it is put off, not included; for `snoozed` alone. */
  until?: Instant;
  /** Why, in the rep's own words. */
  reason?: string;
  /** Id of the rep. */
  rep?: string;
}

/** A sales person. The advice is theirs to follow, adapt or decline. */
export interface Rep {
  /** Unique in the book. */
  id: string;
  /** What they are called. */
  name?: string;
  /** IANA time zone name of where they work. */
  zone: string;
  /** ISO 3166-1 alpha-2 of where they work, for public holidays. */
  country?: string;
  /** Working hours in OpenStreetMap notation; `Mo-Fr 09:00-17:30; PH off` where absent. */
  hours?: string;
  /** What they are good at: "legal", "pricing" ... */
  skills?: string[];
  /** Languages they speak, as two-letter codes. */
  languages?: string[];
  /** When they are away. */
  absences?: Absence[];
  /** Id of the rep who steps in. */
  backup?: string;
}

/** A time in which somebody is away. */
export interface Absence {
  /** First moment away. */
  from: Instant;
  /** First moment back. */
  until: Instant;
}

/** One piece of content that a touch can offer. */
export interface Content {
  /** Unique in the book; what `.offer("...")` names. */
  id: string;
  /** What a reader sees. */
  title?: string;
  /** Stages it is written for; empty means all. */
  stages?: Stage[];
  /** Roles it is written for; empty means all. */
  roles?: Role[];
  /** Languages it exists in, as two-letter codes; empty means any. */
  languages?: string[];
  /** True when it sells rather than advises. Not offered before the need is known (stage `orientation`). */
  pitch?: boolean;
}

// ---- Rules, and the calls of the module. ----

/** A moment as text, as a `Date`, or as milliseconds since 1970-01-01T00:00:00Z (what `Date.now()` gives). */
export type MomentInput = Instant | number | Date;

/** One rule file. */
export interface PackFile {
  /** Its name, as diagnostics and advice will call it. */
  file: string;
  /** Its text. */
  text: string;
}

/** The value of a setting: a length of time is a text such as "3.days", a share a number from 0 to 1 or "30%". */
export type SettingValue = boolean | number | string | SettingValue[];

/** How the packs of a rulebook are put together. */
export interface RulebookOptions {
  /** Values of settings, by name or by "Name of the pack/name". With layers: those of the rulebook as a whole, before those of the layers. */
  settings?: Record<string, SettingValue>;
  /** The layers in which the packs stand, from law to rep. Without them all packs are one layer. */
  layers?: RulebookLayer[];
  /** Values of settings to try out: they go before all others. */
  overrides?: Record<string, SettingValue>;
}

/** A layer of a rulebook. */
export interface RulebookLayer {
  /** What it is: law is hard and nothing changes it; what a rep's layer says holds for the leads that this rep owns. */
  kind: "law" | "company" | "team" | "rep";
  /** What it is called; its kind, or the rep, where left out. No two layers have one name. */
  name?: string;
  /** For a layer of a rep: the id by which leads name their owner. */
  rep?: string;
  /** Its packs, by the names of their files. */
  packs: (string | LayerPack)[];
  /** The settings that it changes, of its own packs and those of the layers before it. */
  settings?: Record<string, SettingValue>;
}

/** A pack of a layer. */
export interface LayerPack {
  /** The name of its file. */
  file: string;
  /** True for a file that is not the one that was accepted: it does not take part, and no contact is advised where it is law. */
  refused?: boolean;
  /** The rules and series of it that were accepted, by name or id; all where left out. */
  rules?: string[];
}

/** A setting with the value in force. */
export interface SettingInForce {
  name: string;
  /** The pack that has it, its file, and where it stands. */
  pack: string;
  file: string;
  span: Span;
  value: SettingValue;
  /** The value that the pack has. */
  written: SettingValue;
  /** The lowest and the highest value that it may have, both included. */
  range?: { from: SettingValue; to: SettingValue };
  unit: "count" | "amount" | "percent" | "number" | "time" | "working time" | "text" | "truth" | "list";
  /** What it is for. */
  because?: string;
  /** Who proposed it to the team. */
  proposedBy?: string;
  /** For the leads of which rep it has this value; absent for all others. */
  rep?: string;
}

/** A change that one pack makes to a statement of another. */
export interface LayerChange {
  /** "off": switched off. "lever": its touches get another lever. */
  change: "off" | "lever";
  /** The kind of the statement. */
  kind: "rule" | "cadence" | "never" | "limit" | "reachable" | "holidays" | "pause";
  statement: RuleRef;
  lever?: number;
  /** The statement that changes it, by the name that it uses. */
  by: RuleRef;
  /** The layer in which that stands. */
  layer?: string;
  /** For the leads of which rep; absent for all. */
  rep?: string;
  because: string;
}

/** A stretch of text. Lines and columns count from 1; columns count characters (code points); the end is not included. */
export interface Span {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export type Severity = "error" | "warning" | "note";

/**
 * One finding in a pack: what is wrong, why, and what to do. `diagnostics` of a rulebook of cadans.js are errors only: each is of a statement
 * that was left out. Warnings, notes and what is wrong with examples are told by `check` of editing.js.
 */
export interface Diagnostic {
  /** Stable name of the kind of finding: `unknown-fact`, `missing-then` ... */
  code: string;
  severity: Severity;
  message: string;
  why: string;
  help: string;
  file: string;
  span: Span;
  /** Other places that it is about, such as the first of two statements with one name. */
  related?: Related[];
  /** A change of the text that mends it, where one is safe. Whoever looks at it decides whether it is made. */
  fix?: Fix;
}

/** The language of diagnostics and advice, as a browser gives it: "nl", "nl-BE", "en-GB". A language that there is no table for gives English. */
export type LanguageTag = string;

/** Another place that a diagnostic is about. */
export interface Related {
  file: string;
  span: Span;
  message: string;
}

/** A change of the text of a pack. */
export interface Fix {
  /** What it does, in a few words. */
  title: string;
  /** The changes, in text order; none lies within another. */
  edits: Edit[];
}

/** One stretch of the text and what comes in its place. */
export interface Edit {
  span: Span;
  text: string;
}

/** How leads are decided. */
export interface DecideOptions {
  /**
   * The most operations that the call may take to decide leads. Where they take more, an error with code "over-budget" is thrown and there is
   * no answer; a `Watch` stays as it was, and decides what a `record` or `put` changed with its next call. A step of an interpreted rule is one
   * operation; the same leads and rules always take the same number, here and in the command.
   */
  budget?: number;
  /**
   * The rep whose queue is asked for, by id or name: what they do, and the leads of theirs that wait or are on hold. An error with code
   * "unknown-rep" is thrown when there is no such rep.
   */
  rep?: string;
}

/** How leads are written. */
export interface LeadOptions {
  /** Name of the file they came from. Its ending (.json, .ndjson) tells the format; without it, the content does. */
  name?: string;
}

/** A record that was refused at the door, or a field of it. */
export interface Refusal {
  /** Id of the lead, where it could be read. */
  lead?: string;
  /** The field: `people[0].influence`; empty when the whole record is meant. */
  path: string;
  /** The kind of refusal, the same in every language: `record-missing`, `zone-unknown`. */
  code: string;
  /** What is wrong, in one sentence without a full stop: in English, or in the language asked for with `refusedIn` and `notedIn`. */
  reason: string;
  /** The line on which the record begins, from 1. */
  line?: number;
}

/** A member of a lead's buying group, by id. */
export interface PersonName {
  id: string;
  name?: string;
}

/** A rep, by id. */
export interface RepName {
  id: string;
  name?: string;
}

/** A piece of content that can be offered, by id. */
export interface ContentTitle {
  id: string;
  title?: string;
}

// ---- Advice. ----

/** What is advised, in one word. */
export type Verdict = "touch" | "find" | "hand_over" | "wait" | "hold";

/** The advice for one lead at one moment. */
export interface Advice {
  lead: string;
  leadName?: string;
  now: Instant;
  verdict: Verdict;
  /** Absent for `wait` and `hold`. */
  touch?: AdvisedTouch;
  rule?: RuleRef;
  /** Why, as one sentence for the rep. */
  reason: string;
  /** Absent for `wait` and `hold`. */
  priority?: Priority;
  stage?: StageNow;
  notes?: Note[];
  /** What else could be done, best first. */
  runnersUp?: RunnerUp[];
  /** What was stopped, by which gate, until when. */
  blocks?: Block[];
  /** Rules that could not be evaluated for this lead. */
  faults?: Fault[];
  /** The first moment at which this can change without a new signal; absent when only a signal can change it. */
  reviewAt?: Instant;
  /** `reviewAt` in the local time of `reviewZone`; absent where no zone is known. */
  reviewAtLocal?: Instant;
  /** The person's time zone, else that of the lead; there with `reviewAtLocal`. */
  reviewZone?: string;
  /** The releases of the time zones and holidays by which it was worked out. */
  dataVersions: DataVersions;
}

/** The releases of the published data that an answer depends on, besides rules and leads. */
export interface DataVersions {
  /** Of the IANA time zone database: `2026f`. */
  tz: string;
  /** Of the public holidays, with their source: `python-holidays 0.109`. */
  holidays: string;
}

/** What a module is made of. */
export interface Versions extends DataVersions {
  /** The version of Cadans itself: `0.1.0`. */
  cadans: string;
}

/** The contact that is advised. */
export interface AdvisedTouch {
  channel?: Channel;
  person?: PersonRef;
  /** Who does it: the owner, or whoever works then. Absent for what a system sends, and where no rep is known. */
  rep?: RepRef;
  /** True when a system sends it (`.automatic` in the rule, or content), so that nobody need be at work. */
  automatic?: true;
  window?: AdviceWindow;
  /** When its reason began: since when the rule holds without a break. Absent where nothing is recorded from which that could be told. */
  since?: Instant;
  /** When it is due, where something was promised: `since` and the time that the rule promises (`within`). It does not move with `now`. */
  due?: Instant;
  /** True when it can only be made too late for what was promised. */
  late: boolean;
  /** How late it is when it is made at the start of the window, in milliseconds; absent when it is in time. */
  lateBy?: number;
  /** Id of the content to bring; log it with the touch (`content`), so that it is not offered again. */
  offer?: string;
  /** Question to ask. */
  ask?: string;
  /** What the person asked and this answers; absent for a touch that answers nothing. */
  answers?: AnsweredQuestion;
  /** The moment for which it was promised to the person, for a planned touch that was not made yet; no rule speaks then. */
  promised?: Instant;
  /** True for a touch that only tells them that we have their question; log it with the touch, so that the question stays open. */
  acknowledges?: boolean;
  find?: Role;
  handOver?: string;
  /** The pack of the rule that speaks: its id, else its name. Log it with the touch, so that the rule is not repeated. */
  pack?: string;
  /** The rule that speaks: its id, else its name; log it with the touch. Absent for a step of a cadence. */
  rule?: string;
  cadence?: string;
  /** From 1. */
  step?: number;
}

/** A question of theirs that a touch answers. */
export interface AnsweredQuestion {
  /** The kind of signal by which it was asked. */
  kind: SignalKind;
  /** When it was asked first. */
  since: Instant;
  /** How often we tried in vain to reach them since. */
  tried: number;
}

export interface PersonRef {
  id: string;
  name?: string;
  role?: Role;
  /** Why this person and not another. */
  why: string;
}

export interface RepRef {
  id: string;
  name?: string;
  /** Why not the owner: away, not among the reps, or the lead has none; absent for the owner. */
  insteadOfOwner?: string;
}

/** When the touch is best made. */
export interface AdviceWindow {
  from: Instant;
  until: Instant;
  /** `from` and `until` in the person's own time. */
  localFrom: Instant;
  localUntil: Instant;
  /** The person's time zone. */
  zone: string;
  /** True when it begins too late for what was promised, as the touch says. */
  late: boolean;
  why: string;
}

export interface RuleRef {
  pack: string;
  file: string;
  name: string;
  span: Span;
}

/** `total = propensity × context × value × lever`. */
export interface Priority {
  total: number;
  propensity: Factor;
  context: Factor;
  value: Factor;
  lever: Factor;
}

export interface Factor {
  value: number;
  /** Where it came from. */
  because: string;
}

export interface StageNow {
  stage: Stage;
  /** The stage on record, where a rule moved the lead. */
  was?: Stage;
  because?: string;
}

export interface Note {
  /** Stable name: `missing-role`, `first-contact-notice`, `zone-unknown`, `holidays-unknown` ... */
  code: string;
  text: string;
}

export interface RunnerUp {
  rule: RuleRef;
  channel?: Channel;
  /** Id of the person. */
  person?: string;
  priority: Priority;
  behind: number;
  lostBy: string;
}

/** The gates, in the order in which candidates pass them. */
export type Gate = "eligible" | "applicable" | "suitable" | "policy";

export interface Block {
  gate: Gate;
  /** One stable word: `objection`, `never`, `limit`, `pause`, `reachable`, `channel-unknown`, `channel-fails`, `left`, `away` ... */
  policy: string;
  rule: RuleRef;
  channel?: Channel;
  person?: string;
  /** The statement that stopped it, where it stands in a pack. */
  by?: RuleRef;
  reason: string;
  /** Absent when only a change of the record can lift it. */
  liftsAt?: Instant;
  /** True for law and consent: nothing can lift it. */
  hard: boolean;
}

/** A statement that could not be evaluated for this lead. The others are not affected. */
export interface Fault {
  /** The statement. */
  rule: RuleRef;
  /** The kind of error, the same in every language. */
  code: EvaluationErrorCode;
  /** What went wrong, as one sentence without a full stop. */
  message: string;
  /** Where in the rule file. */
  span: Span;
}

/** The kind of error of a `Fault`. */
export type EvaluationErrorCode =
  /** A value is not known for this lead, and the operation needs one. */
  | "unknown-value"
  /** A value has a type that the operation does not take. */
  | "wrong-type"
  /** A fact or a method of a touch got too few or too many arguments, or one that it does not take. */
  | "wrong-arguments"
  /** A text is not one of the words of its closed list. */
  | "unknown-word"
  /** There is no fact, property, method or function of this name. */
  | "unknown-name"
  /** A text or number of the right type that cannot be read or used, such as a moment that is none. */
  | "invalid-value"
  /** The result is larger than its type holds, or lies beyond the time line. */
  | "overflow"
  /** A count is divided by 0. */
  | "division-by-zero"
  /** A limit on steps, calls, variables or sizes was reached. */
  | "limit"
  /** A helper function threw an error of its own. */
  | "thrown"
  /** Any other error of the script interpreter. */
  | "interpreter";

/** The long answer for one lead. */
export interface Explanation {
  advice: Advice;
  /** Rules that hold. */
  held: RuleRef[];
  /** Rules that nearly hold, nearest first. */
  nearly: NearMiss[];
  /** Rules, series and policies that would hold, had another pack not switched them off for this lead. */
  switchedOff?: SwitchedOffHere[];
}

/** A statement that would hold for a lead, had another pack not switched it off: which, by whom, and why. */
export interface SwitchedOffHere extends LayerChange {
  /** "would hold here, but Team switched it off: they write rather than talk" */
  summary: string;
}

export interface NearMiss {
  rule: RuleRef;
  person?: string;
  held: number;
  of: number;
  /** "2 of 3: needs 2 price-page visits, has 1" */
  summary: string;
  conditions: Condition[];
}

export interface Condition {
  text: string;
  holds: boolean;
  saw: string;
  span: Span;
}
