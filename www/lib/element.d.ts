// The types of element.js: `<cadans-queue>`, `<cadans-why>` and `<cadans-rules>`, told in docs/elements.md.

import type {
  Advice, Book, Channel, ContentTitle, Diagnostic, Explanation, Feedback, LanguageTag, MomentInput, Outcome, PackFile, PersonName, Rulebook, RuleRef,
  SettingValue, Signal,
} from "./cadans.js";

/** How a contact ended; "sent" where no outcome is known yet, so that the signal has none. */
export type OutcomeChoice = Outcome | "sent";

/** What is recorded of a lead: a signal, or feedback, which has a `verdict`. */
export type Entry = Signal | Feedback;

/** An entry with the lead that it is about. */
export interface Recorded {
  lead: string;
  entry: Entry;
}

/** What the elements ask. `engineOf` makes one in the page; a console whose engine is in a worker gives an object that asks it. */
export interface Engine {
  /** Advice for the leads of a rep, or for all, in the order in which they are to be done. */
  queue(now: number, options: { rep?: string | undefined; language: LanguageTag }): Advice[] | Promise<Advice[]>;
  explain(lead: string, now: number, language: LanguageTag): Explanation | Promise<Explanation>;
  /** Adds an entry to the record of a lead. */
  record(lead: string, entry: Entry): void | Promise<void>;
  /** The people of a lead, to choose from. */
  people(lead: string): PersonName[] | Promise<PersonName[]>;
  /** The content that can be offered. */
  contents(): ContentTitle[] | Promise<ContentTitle[]>;
  /** Calls `changed` after each `record`, until the function that it returns is called. */
  subscribe?(changed: () => void): () => void;
}

/** The engine in the page for a rulebook and a book: the same one each time, so that elements with the same two see what the others record. */
export function engineOf(rulebook: Rulebook, book: Book): Engine;

/** What was recorded, as text: one line of JSON each, `{"lead": …, "signal": …}` or `{"lead": …, "feedback": …}`. */
export function recordedAsText(all: Iterable<Recorded>): string;

/** Reads such text; `refused` has the lines, from 1, that are not such an entry. */
export function recordedFromText(text: string): { recorded: Recorded[]; refused: number[] };

/** What `cadans-done`, `cadans-adapt`, `cadans-decline` and `cadans-snooze` tell. */
export interface ActDetail {
  lead: string;
  /** The advice that was acted on. */
  advice: Advice;
  /** What is recorded after the event, unless it is cancelled (`preventDefault`). */
  entries: Entry[];
}

/** What `cadans-choose` tells. */
export interface ChooseDetail {
  lead: string;
  advice: Advice;
}

/** What `cadans-change` tells: the rules as they stand in the editor. */
export interface ChangeDetail {
  packs: PackFile[];
  /** Settings that differ from what the packs say, by "Name of the pack/name": the `overrides` of a Rulebook. */
  overrides: Record<string, SettingValue>;
  /** What was found; empty until the check is done. A second event tells of it. */
  diagnostics: Diagnostic[];
  /** Whether `diagnostics` are those of these packs. */
  checked: boolean;
}

export interface ElementEvents {
  "cadans-done": CustomEvent<ActDetail>;
  "cadans-adapt": CustomEvent<ActDetail>;
  "cadans-decline": CustomEvent<ActDetail>;
  "cadans-snooze": CustomEvent<ActDetail>;
  "cadans-choose": CustomEvent<ChooseDetail>;
  /** A rule was chosen in an explanation. */
  "cadans-rule": CustomEvent<RuleRef>;
  "cadans-change": CustomEvent<ChangeDetail>;
  /** What failed, in the engine's words: the element shows it too. */
  "cadans-error": CustomEvent<{ message: string; error: unknown }>;
}

/** What all elements have. Attributes: `lang` (en or nl), `zone` (one's own IANA time zone; the browser's where absent). */
declare class CadansElement extends HTMLElement {
  /** The engine that is asked; made of `rulebook` and `book` where it is not given. */
  engine: Engine | undefined;
  rulebook: Rulebook | undefined;
  book: Book | undefined;
  /** The moment that is asked about. Where it is not given: the clock, and asked again each minute. */
  now: MomentInput | undefined;
  /** Asks and draws again: after something was recorded otherwise than through the element's engine. */
  refresh(): Promise<void>;
  addEventListener<Name extends keyof ElementEvents>(
    name: Name, listener: (event: ElementEvents[Name]) => void, options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/** `<cadans-queue>`: the day of one rep. Attributes beside those of all: `rep`, `lead`. */
export class CadansQueue extends CadansElement {
  /** The rep, by id or name; all leads where absent. Reflects the attribute. */
  rep: string | undefined;
  /** The lead that is chosen. Reflects the attribute. */
  lead: string | undefined;
  /** What is shown, in order. */
  readonly advices: readonly Advice[];
}

/** `<cadans-why>`: the explanation for one lead. Attribute beside those of all: `lead`. */
export class CadansWhy extends CadansElement {
  /** The lead that is explained. Reflects the attribute. */
  lead: string | undefined;
}

/** `<cadans-rules>`: an editor of rule files. Attribute beside `lang`: `file`. It loads the editing module (editing.js) by itself. */
export class CadansRules extends HTMLElement {
  packs: PackFile[];
  /** The pack that is shown, by the name of its file. Reflects the attribute. */
  file: string | undefined;
  /** Settings that differ from what the packs say. */
  overrides: Record<string, SettingValue>;
  readonly diagnostics: readonly Diagnostic[];
  /** Puts the caret on a rule. */
  show(rule: Pick<RuleRef, "file" | "span">): void;
  addEventListener<Name extends keyof ElementEvents>(
    name: Name, listener: (event: ElementEvents[Name]) => void, options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "cadans-queue": CadansQueue;
    "cadans-why": CadansWhy;
    "cadans-rules": CadansRules;
  }
}

export type { Advice, Book, Channel, Rulebook };
