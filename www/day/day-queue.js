// The engine's side of the queue: every lead is decided once and kept up to date; counts are made once per answer, and only the rows that are
// looked at become advice in words.

import { Loader, Watch } from "../lib/cadans.js";
import { failing } from "./failing.js";
import { endOfDay } from "./moments.js";
import { searchIndex } from "./search.js";

/** @import { Advice, Book, Explanation, Feedback, Instant, Lead, LeadFile, Rep, Rulebook, Signal } from "../lib/cadans.js" */

/**
 * What a rep did: a signal of the touch, where there was one, and what it says of the advice.
 * @typedef {{ lead: string, signal?: Signal, feedback?: Feedback }} Act
 */

/** The groups of the queue, in the order of the day. */
export const GROUPS = /** @type {const} */ (["late", "now", "today", "later", "wait", "hold"]);
/** @typedef {(typeof GROUPS)[number]} Group */

/**
 * What is looked at: a group or all, whose queue, a text to look for, by account or not, and the rows from `from` up to `to`.
 * @typedef {{ group: Group | "all", rep: string | undefined, find: string, byAccount: boolean, zone: string, from: number, to: number }} Look
 */

/**
 * A row: a lead with its place in the list, or the name of an account above its leads.
 * @typedef {{ advice: Pick<Advice, "lead" | "leadName" | "now" | "verdict" | "touch" | "reason" | "stage">, group: Group } | { account: string, leads: number }} Row
 */

/**
 * What is seen: how many leads each group has, the length of the list, the rows of it, and where in it the chosen lead is.
 * @typedef {{ counts: Record<Group, number>, length: number, from: number, rows: Row[], chosen: number }} Seen
 */

/**
 * What the page shows of leads besides advice: as their file has them, and found by a text.
 * @typedef {{ leads: Map<string, Lead>, reps: Rep[], search: ReturnType<typeof searchIndex> }} Records
 */

/** So many leads are looked at for rules that fail: a rule that fails for every lead fails for these. */
const TRIED = 1_000;

/** The bytes that are passed on at once. */
const PIECE = 1 << 20;

/**
 * Reads a lead file. `progress` is told how many bytes of how many were read.
 * @param {Blob} file
 * @param {string} name
 * @param {(done: number, all: number) => void} progress
 */
export async function readLeads(file, name, progress) {
  const loader = new Loader({ name });
  const bytes = new Uint8Array(await file.arrayBuffer());
  for (let at = 0; at < bytes.length; at += PIECE) {
    loader.push(bytes.subarray(at, at + PIECE));
    progress(Math.min(at + PIECE, bytes.length), bytes.length);
  }
  const book = loader.finish();
  const { leads, reps } = records(new TextDecoder().decode(bytes));
  return { book, records: { leads, reps, search: searchIndex(leads, reps, book.ids) } };
}

/**
 * The leads and reps as the file has them, for what the page shows of them besides advice. What is no JSON has none; the engine says why.
 * @param {string} text
 * @returns {{ leads: Map<string, Lead>, reps: Rep[] }}
 */
function records(text) {
  /** @type {(LeadFile | Lead | Lead[])[]} */
  let values = [];
  try {
    values = [JSON.parse(text)];
  } catch {
    for (const line of text.split("\n")) {
      try {
        if (line.trim()) values.push(JSON.parse(line));
      } catch {
        // Refused by the engine, with its line.
      }
    }
  }
  /** @type {Map<string, Lead>} */
  const leads = new Map();
  /** @type {Rep[]} */
  const reps = [];
  for (const value of values) {
    if (typeof value !== "object" || value === null) continue;
    if (!Array.isArray(value) && "reps" in value && Array.isArray(value.reps)) reps.push(...value.reps);
    const list = Array.isArray(value) ? value : "leads" in value && Array.isArray(value.leads) ? value.leads : "id" in value ? [value] : [];
    for (const lead of list) if (typeof lead?.id === "string" && !leads.has(lead.id)) leads.set(lead.id, lead);
  }
  return { leads, reps };
}

/** The queue of one book by one rulebook. */
export class DayQueue {
  /** @type {Watch} */
  #watch;
  #book;
  #records;
  /** @type {string[]} */
  #ids;
  /** @type {Map<string, number>} */
  #places;
  /** @type {{ verdict: Uint8Array, from: Float64Array, late: Uint8Array, order: Uint32Array, now: number } | undefined} */
  #lists;
  /** @type {{ key: string, counts: Record<Group, number>, groups: Uint8Array, list: (number | { account: string, leads: number })[] } | undefined} */
  #listed;

  /**
   * Decides every lead.
   * @param {Rulebook} rulebook
   * @param {Book} book
   * @param {Records} records
   * @param {Instant} now
   */
  constructor(rulebook, book, records, now) {
    this.#watch = new Watch(rulebook, book, now);
    this.#book = book;
    this.#records = records;
    this.#ids = book.ids;
    this.#places = new Map(this.#ids.map((id, place) => [id, place]));
  }

  /**
   * Moves on to a later moment; false for an earlier one, which needs a queue of its own.
   * @param {Instant} now
   */
  moveTo(now) {
    if (Date.parse(now) < this.#watch.now) return false;
    if (Date.parse(now) > this.#watch.now) this.#watch.tick(now);
    this.#changed();
    return true;
  }

  /**
   * Takes in what a rep did. An act about a lead that is not in the book is passed over.
   * @param {Act} act
   */
  take({ lead, signal, feedback }) {
    const place = this.#places.get(lead);
    if (place === undefined) return;
    for (const entry of [signal, feedback]) if (entry) this.#watch.record(place, entry);
    this.#changed();
  }

  #changed() {
    this.#listed = undefined;
    this.#lists = undefined;
  }

  /** @param {string} lead */
  has(lead) { return this.#places.has(lead); }

  /** The lead as its file has it. @param {string} lead */
  record(lead) { return this.#records.leads.get(lead); }

  /**
   * @param {string} lead
   * @param {string} language
   * @returns {Explanation}
   */
  explain(lead, language) { return this.#watch.explain(lead, language); }

  free() { this.#watch.free(); }

  /**
   * The rules that could not be evaluated, for the first leads of the file.
   * @param {string} language
   */
  failing(language) {
    const tried = Math.min(this.#ids.length, TRIED);
    return { tried, failing: failing(Array.from({ length: tried }, (_, place) => this.#watch.advice(place, language))) };
  }

  /**
   * The advice for the first leads of the queue.
   * @param {number} count
   * @param {string} language
   * @returns {Advice[]}
   */
  first(count, language) { return count ? this.#watch.top(count, {}, language) : []; }

  /**
   * The part of the list that is looked at.
   * @param {Look} look
   * @param {string | undefined} lead
   * @param {string} language
   * @returns {Seen}
   */
  see(look, lead, language) {
    const { counts, groups, list } = this.#list(look);
    const chosen = lead === undefined ? -1 : list.indexOf(this.#places.get(lead) ?? -1);
    const from = Math.max(0, Math.min(look.from, list.length));
    const rows = list.slice(from, look.to).map((entry) => {
      if (typeof entry !== "number") return entry;
      const { lead: id, leadName, now, verdict, touch, reason, stage } = this.#watch.advice(entry, language);
      const name = leadName === undefined ? {} : { leadName };
      return { advice: { lead: id, ...name, now, verdict, reason, ...(touch && { touch }), ...(stage && { stage }) }, group: GROUPS[groups[entry] ?? 0] ?? "wait" };
    });
    return { counts, length: list.length, from, rows, chosen };
  }

  /** @param {Look} look */
  #list({ group, rep, find, byAccount, zone }) {
    const key = JSON.stringify([group, rep, find, byAccount, zone]);
    if (this.#listed?.key === key) return this.#listed;
    const watch = this.#watch;
    // Lists of all leads, made by the module at each asking.
    const { verdict, from, late, order, now } = (this.#lists ??= { verdict: watch.verdict, from: watch.from, late: watch.late, order: watch.order, now: watch.now });
    const by = rep === undefined ? undefined : { rep: watch.rep, place: this.#book.reps.findIndex(({ id }) => id === rep), id: rep };
    const tomorrow = endOfDay(now, zone);
    const found = this.#records.search.find(find);
    const counts = { late: 0, now: 0, today: 0, later: 0, wait: 0, hold: 0 };
    const groups = new Uint8Array(verdict.length);
    /** @type {number[]} */
    const places = [];
    for (const place of order) {
      const [kind = 3, start = NaN] = [verdict[place], from[place]];
      // 3 waits, 4 holds; everything else is to do. What has no window can be done at any time.
      const mine = kind === 3 ? 4 : kind === 4 ? 5 : late[place] ? 0 : !(start > now) ? 1 : start < tomorrow ? 2 : 3;
      groups[place] = mine;
      if (by && (kind < 3 ? by.rep[place] !== by.place : this.record(this.#ids[place] ?? "")?.owner !== by.id)) continue;
      if (found && !found[place]) continue;
      const name = GROUPS[mine] ?? "wait";
      counts[name] += 1;
      if (group === "all" || group === name) places.push(place);
    }
    return (this.#listed = { key, counts, groups, list: byAccount ? this.#accounts(places) : places });
  }

  /**
   * Each account above its leads, in the order of the first of them.
   * @param {number[]} places
   */
  #accounts(places) {
    const account = (/** @type {number} */ place) => {
      const lead = this.record(this.#ids[place] ?? "");
      return { id: lead?.account?.id ?? this.#ids[place] ?? "", name: lead?.account?.name ?? lead?.name ?? this.#ids[place] ?? "" };
    };
    return [...Map.groupBy(places, (place) => account(place).id).values()].flatMap((leads) => [{ account: account(leads[0] ?? 0).name, leads: leads.length }, ...leads]);
  }
}
