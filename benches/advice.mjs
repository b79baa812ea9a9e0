// Full advice by Cadans: all gates, person and time for every lead, then minute by minute and signal by signal; getting leads in; memory.
//
// The rules are the thirty of the comparison with the contact policies that ship with Cadans and the limits, pauses and hours of its inside
// sales pack. The measure is what bare matching by hand-written JavaScript takes for the same leads, or JSON.parse for getting leads in.
// Answers are compared with those of `decide` before a time is told.

import { javascript } from "./engines/javascript.mjs";
import { rulebookOf } from "./engines/cadans.mjs";
import { clock, inTurn, median } from "./timing.mjs";
import { cadansSignal, columnsOf, leadFile, packOf } from "./workload/cadans.mjs";
import { NOW } from "./workload/leads.mjs";
import { rulesOf } from "./workload/rules.mjs";

const MINUTE = 60_000;
/** Leads whose advice is compared in full with what `decide` says. */
const COMPARED = 500;
/** Signals that are timed together. */
const BATCH = 500;

/** The thirty rules with everything that stands around rules at work. */
export const packsOf = (policies) => [packOf(rulesOf("L30")), ...policies];

/** Deciding: `all` leads, a minute's `tick`, one `signal`. Figures are `{ cpu, wall, ratio }`, or `{ missing }`. */
export async function deciding({ cadans, policies, leads, pace }) {
  const rulebook = rulebookOf(cadans, packsOf(policies));
  const book = new cadans.Book(leadFile(leads));
  const measure = { ...javascript.prepare({ rules: rulesOf("L30"), leads }), items: leads.length };
  const some = leads.slice(0, Math.min(leads.length, 10_000));
  const small = new cadans.Book(leadFile(some));
  const whole = { items: some.length, decide: () => cadans.decideJson(rulebook, small, NOW) };
  if (!cadans.Watch) {
    const [bare, text] = await inTurn(measure, [whole], pace);
    return { bare, text, all: { missing: "Watch" }, tick: { missing: "Watch" }, signal: { missing: "Watch" } };
  }
  compare(cadans, rulebook, some.slice(0, COMPARED));
  let watch;
  const all = {
    items: leads.length,
    decide() {
      watch?.free();
      watch = new cadans.Watch(rulebook, book, NOW);
    },
  };
  const [bare, text, full] = await inTurn(measure, [whole, all], pace);
  const tick = ticks(watch, 60);
  sameAnswers(watch, new cadans.Watch(rulebook, book, NOW + 60 * MINUTE));
  const signal = signals(watch, some, NOW + 60 * MINUTE);
  return { bare, text, all: full, tick, signal };
}

/** What is advised on demand is byte for byte what `decide` says. */
function compare(cadans, rulebook, leads) {
  const book = new cadans.Book(leadFile(leads));
  const watch = new cadans.Watch(rulebook, book, NOW);
  for (const advice of cadans.decide(rulebook, book, NOW)) {
    const own = JSON.stringify(watch.advice(advice.lead));
    if (own !== JSON.stringify(advice)) throw new Error(`Advice for ${advice.lead} on demand differs from decide: ${own}`);
  }
}

/** A watch that was kept up to date says what a new one says. */
function sameAnswers(kept, fresh) {
  for (const column of ["verdict", "rule", "channel", "person", "from", "until", "priority"]) {
    const [own, wanted] = [kept[column], fresh[column]]; // each reading makes an array
    const apart = wanted.findIndex((value, lead) => !Object.is(value, own[lead]));
    if (apart >= 0) throw new Error(`After an hour of ticks ${column} of lead ${apart} is ${own[apart]}, not ${wanted[apart]}.`);
  }
}

function ticks(watch, minutes) {
  const samples = [];
  const due = [];
  for (let minute = 1; minute <= minutes; minute += 1) {
    const before = clock();
    due.push(watch.tick(NOW + minute * MINUTE).length);
    const after = clock();
    samples.push({ cpu: after.cpu - before.cpu, wall: after.wall - before.wall });
  }
  return {
    cpu: median(samples.map(({ cpu }) => cpu)), wall: median(samples.map(({ wall }) => wall)),
    worst: Math.max(...samples.map(({ wall }) => wall)), due: median(due),
  };
}

/** A signal for each lead, in batches: the engine warms up in the first ones, as it does before everything else that is timed. */
function signals(watch, leads, now) {
  const samples = [];
  for (let first = 0; first + BATCH <= leads.length; first += BATCH) {
    const news = leads.slice(first, first + BATCH)
      .map(({ id }, place) => [id, cadansSignal({ kind: "visit", page: "pricing", at: now - place })]);
    const before = clock();
    for (const [id, signal] of news) watch.record(id, signal);
    const after = clock();
    samples.push({ cpu: (after.cpu - before.cpu) / BATCH, wall: (after.wall - before.wall) / BATCH });
  }
  return { cpu: median(samples.map(({ cpu }) => cpu)), wall: median(samples.map(({ wall }) => wall)) };
}

/** Rules decide the same whether leads came as a file or as columns. */
function sameLeads(cadans, leads) {
  const rulebook = rulebookOf(cadans, [packOf(rulesOf("E30"))]);
  const [file, columns] = [new cadans.Book(leadFile(leads)), cadans.Book.fromColumns(columnsOf(leads))]
    .map((book) => cadans.match(rulebook, book, NOW));
  const apart = file.held.findIndex((held, lead) => held !== columns.held[lead]);
  if (apart >= 0) throw new Error(`From columns lead ${apart} is another lead than from a file.`);
}

/** Getting leads in: from JSON bytes and from columns, against JSON.parse of the same text. */
export async function loading({ cadans, leads, pace }) {
  const bytes = leadFile(leads);
  const text = new TextDecoder().decode(bytes);
  const parse = { items: leads.length, decide: () => JSON.parse(text) };
  let book;
  const fill = (make) => ({
    items: leads.length,
    decide() {
      book?.free();
      book = make();
      if (book.size !== leads.length) throw new Error(`Of ${leads.length} leads ${book.size} were taken in.`);
    },
  });
  const tasks = [fill(() => new cadans.Book(bytes))];
  const columns = cadans.Book.fromColumns && columnsOf(leads);
  if (columns) tasks.push(fill(() => cadans.Book.fromColumns(columns)));
  if (columns && cadans.match) sameLeads(cadans, leads.slice(0, 2_000));
  const [parsing, json, ready] = await inTurn(parse, tasks, pace);
  book.free();
  return { parsing, json, columns: ready ?? { missing: "Book.fromColumns" } };
}
