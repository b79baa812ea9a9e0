// What a change of the rules does to the advice: which leads get other advice, of what kind, and why.

/**
 * @import { Advice, Instant, PackFile, RulebookOptions } from "../lib/cadans.js"
 * @import * as Editing from "../lib/editing.js"
 */

/**
 * Rules before and after, and the moment for which advice is asked.
 * @typedef {object} Comparison
 * @property {{ packs: PackFile[], options: RulebookOptions }} before
 * @property {{ packs: PackFile[], options: RulebookOptions }} after
 * @property {Instant} now
 * @property {string} language
 */

/**
 * How the advice for a lead is another: something is to be done now, nothing is any more, or it goes over another channel, to another person, by another
 * rep or at another time.
 * @typedef {"came" | "went" | "channel" | "person" | "rep" | "time"} Kind
 */

/**
 * A lead with other advice.
 * @typedef {{ lead: string, kind: Kind, before: Advice, after: Advice }} Change
 */

/**
 * @typedef {object} Compared
 * @property {number} leads all leads
 * @property {Record<Kind, number>} counts
 * @property {Change[]} changes the first of them
 * @property {{ words: string, leads: number }[]} [causes] what made it another, the most leads first; absent for many leads, and for rules in layers
 */

/** Changes that are told one by one. */
const MOST = 500;
/** With more leads than these the reasons are not looked for: it takes several decisions a lead. */
const FEW = 1_000;

/** The rules before stay the same from edit to edit, so their advice is kept. @type {{ key: string, watch: Editing.Watch, free: () => void } | undefined} */
let kept;

/**
 * @param {typeof Editing} editing
 * @param {{ bytes: Uint8Array, name: string }} leads
 * @param {Comparison} comparison
 * @returns {Compared}
 */
export function compare(editing, leads, { before, after, now, language }) {
  const book = new editing.Book(leads.bytes, { name: leads.name });
  const key = JSON.stringify([before, now, leads.name, leads.bytes.length]);
  if (kept?.key !== key) {
    kept?.free();
    kept = { key, ...watched(editing, leads, before, now) };
  }
  const other = watched(editing, leads, after, now);
  try {
    const [was, is] = [kept.watch, other.watch];
    const counts = { came: 0, went: 0, channel: 0, person: 0, rep: 0, time: 0 };
    /** @type {Change[]} */
    const changes = [];
    const a = columns(was);
    const b = columns(is);
    for (let at = 0; at < b.verdict.length; at++) {
      const kind = difference(a, b, at);
      if (!kind) continue;
      counts[kind] += 1;
      if (changes.length < MOST) {
        const advice = is.advice(at, language);
        changes.push({ lead: advice.lead, kind, before: was.advice(at, language), after: advice });
      }
    }
    const flat = !before.options.layers && !after.options.layers;
    const causes = flat && book.size <= FEW ? why(editing, leads, { before, after, now, language }) : undefined;
    return { leads: book.size, counts, changes, ...(causes && { causes }) };
  } finally {
    other.free();
    book.free();
  }
}

/**
 * @param {typeof Editing} editing
 * @param {{ bytes: Uint8Array, name: string }} leads
 * @param {Comparison["before"]} rules
 * @param {Instant} now
 */
function watched(editing, leads, { packs, options }, now) {
  const [rulebook, book] = [new editing.Rulebook(packs, options), new editing.Book(leads.bytes, { name: leads.name })];
  const watch = new editing.Watch(rulebook, book, now);
  return { watch, free: () => { for (const one of [watch, book, rulebook]) one.free(); } };
}

/** The columns, each read once. @param {Editing.Watch} watch */
const columns = ({ verdict, channel, person, rep, from, until }) => ({ verdict, channel, person, rep, from, until });

/** Whether a verdict asks for a contact: 0 touch, 1 find, 2 hand over; then wait and hold. @param {number | undefined} verdict */
const isAct = (verdict) => verdict !== undefined && verdict <= 2;

/**
 * @param {ReturnType<typeof columns>} a
 * @param {ReturnType<typeof columns>} b
 * @param {number} at
 * @returns {Kind | undefined}
 */
function difference(a, b, at) {
  /** @param {keyof ReturnType<typeof columns>} column */
  const differs = (column) => !Object.is(a[column][at], b[column][at]);
  const [acted, acts] = [isAct(a.verdict[at]), isAct(b.verdict[at])];
  if (acted !== acts) return acts ? "came" : "went";
  if (!acts) return undefined;
  if (differs("verdict") || differs("channel")) return "channel";
  if (differs("person")) return "person";
  if (differs("rep")) return "rep";
  return differs("from") || differs("until") ? "time" : undefined;
}

/**
 * What made the advice another. Settings that were moved are told to `diff` in a rulebook.toml of one layer, which is where it looks for them.
 * @param {typeof Editing} editing
 * @param {{ bytes: Uint8Array }} leads
 * @param {Comparison} comparison
 */
function why(editing, leads, { before, after, now, language }) {
  const moved = [before, after].some(({ options }) => Object.keys(options.overrides ?? {}).length);
  /** @param {Comparison["before"]} side */
  const files = ({ packs, options }) => (moved ? [...packs, manifest(editing, packs, options.overrides ?? {})] : packs);
  const { advice } = editing.diff(files(before), files(after), { leads: leads.bytes, now, language });
  return advice?.causes.map(({ words, leads: number }) => ({ words, leads: number }));
}

/**
 * @param {typeof Editing} editing
 * @param {PackFile[]} packs
 * @param {NonNullable<RulebookOptions["overrides"]>} settings
 */
function manifest(editing, packs, settings) {
  const files = packs.map(({ file, text }) => `[[layer.file]]\npath = ${JSON.stringify(file)}\nsha256 = "${editing.contentHash(text)}"\n`);
  const values = Object.entries(settings).map(([name, value]) => `${JSON.stringify(name)} = ${JSON.stringify(value)}`);
  return { file: "rulebook.toml", text: `[[layer]]\nkind = "company"\nname = "Page"\nsettings = { ${values.join(", ")} }\n\n${files.join("\n")}` };
}
