// What the functions for authors of rules take and give, for TypeScript. Only the editing module has them.

/** How an example of a pack went. */
export interface ExampleResult {
  /** Name of the pack, and its file. */
  pack: string;
  file: string;
  /** Name of the example, and where it stands. */
  name: string;
  span: Span;
  passed: boolean;
  /** What the example expects, as its author wrote it. */
  expected: string;
  /** The advice in words, with its reason and what was blocked. */
  came: string;
  /** What differs from what is expected, a sentence each; absent when it passed. */
  differs?: string[];
  /** The advice; absent when the example could not be run. */
  advice?: Advice;
}

/** What `diff` may be asked for besides. */
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
    | "rule_added" | "rule_removed" | "rule_changed" | "setting_moved" | "policy" | "stage" | "helper" | "header"
    | "pack_added" | "pack_removed" | "order" | "statement" | "several";
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
