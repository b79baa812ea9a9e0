// Which rule is decided on, and which hold: every engine on the same leads, many at once and one by one.
//
// A slow engine gets a part of the leads, as many as fit in a sample; the table says so. What it takes a lead does not depend on how many
// there are, beyond the first thousands.

import { javascript } from "./engines/javascript.mjs";
import { agree, inTurn } from "./timing.mjs";
import { rulesOf } from "./workload/rules.mjs";

/** A sample of a slow engine, in milliseconds. */
const SLOW_SAMPLE = 150;

/** Times engines on one workload. A row is `{ engine, items, cpu, wall, ratio }`, or `{ engine, missing }` for what is not built yet. */
export async function matching({ workload, leads, engines, pace, ...places }) {
  const rules = rulesOf(workload);
  const measure = { ...javascript.prepare({ rules, leads }), items: leads.length };
  measure.decide();
  const { first, mask } = measure.answer();
  const expected = { first: first.slice(), mask: mask.slice() };
  const rows = [{ engine: javascript, task: measure }];
  for (const engine of engines) {
    if (engine.only && engine.only !== workload) continue;
    const missing = engine.missing?.();
    if (missing) {
      rows.push({ engine, missing });
      continue;
    }
    const work = { workload, rules, ...places };
    const items = await fitting(engine, work, leads);
    const task = { ...await engine.prepare({ ...work, leads: part(leads, items) }), items };
    await agree(engine.label, task, expected);
    rows.push({ engine, task });
  }
  return times(rows, pace);
}

/** Times engines that are asked one lead after another: an object in, the rule decided on out. */
export async function oneByOne({ leads, engines, pace, ...places }) {
  const rules = rulesOf("L30");
  const measure = javascript.prepare({ rules, leads });
  const expected = leads.map(measure.one);
  const rows = [{ engine: javascript, task: { decide: asking(measure.one, leads), items: leads.length } }];
  for (const engine of engines) {
    const missing = engine.missing?.();
    if (missing) {
      rows.push({ engine, missing });
      continue;
    }
    const work = { workload: "L30", rules, ...places };
    const items = await fitting(engine, work, leads);
    const asked = part(leads, items);
    const prepared = await engine.prepare({ ...work, leads: asked });
    if (!prepared.one) continue;
    const given = prepared.rows ?? asked;
    for (const [lead, answer] of (await Promise.all(given.map(prepared.one))).entries()) {
      if (answer !== expected[lead]) throw new Error(`${engine.label} asked about lead ${lead} alone: ${answer} instead of ${expected[lead]}.`);
    }
    const asynchronous = prepared.one(given[0]) instanceof Promise;
    rows.push({ engine, task: { decide: asking(prepared.one, given, asynchronous), items, free: prepared.free } });
  }
  return times(rows, pace);
}

async function times(rows, pace) {
  const [measure, ...timed] = rows.filter(({ task }) => task);
  const figures = await inTurn(measure.task, timed.map(({ task }) => task), pace);
  for (const [place, row] of [measure, ...timed].entries()) {
    Object.assign(row, figures[place], { items: row.task.items });
    row.task.free?.();
    delete row.task;
  }
  return rows;
}

const part = (leads, items) => (items === leads.length ? leads : leads.slice(0, items));

/** How many leads an engine decides in a sample that is not too long. */
async function fitting(engine, work, leads) {
  if (!engine.slow || leads.length <= 1_000) return leads.length;
  const some = leads.slice(0, 500);
  const task = await engine.prepare({ ...work, leads: some });
  await task.decide();
  const start = performance.now();
  await task.decide();
  const fits = SLOW_SAMPLE / (performance.now() - start) * some.length;
  task.free?.();
  return Math.min(leads.length, Math.max(1_000, Math.floor(fits / 1_000) * 1_000));
}

/** A loop of its own for each engine, so that they do not share what the JavaScript engine learns about the call. */
function asking(one, leads, asynchronous = false) {
  const body = asynchronous
    ? "return async () => { for (let i = 0; i < leads.length; i++) sum ^= await one(leads[i]); };"
    : "return () => { for (let i = 0; i < leads.length; i++) sum ^= one(leads[i]); };";
  return new Function("one", "leads", `let sum = 0; ${body}`)(one, leads);
}
