// The same rules and leads as native Rust, beside hand-written JavaScript.

import { packsOf } from "./advice.mjs";
import { javascript } from "./engines/javascript.mjs";
import { startNative } from "./engines/native.mjs";
import { agree, inTurn } from "./timing.mjs";
import { packOf } from "./workload/cadans.mjs";
import { rulesOf } from "./workload/rules.mjs";

/** A record a time takes as long for ten thousand as for all. */
const RECORDS = 10_000;

/** Rows `{ what, ratio, cpu, items }`. Ratios are to JavaScript on the same workload; full advice to L30. */
export async function natively({ program, policies, leads, pace }) {
  const native = await startNative(program);
  const some = leads.length > RECORDS ? leads.slice(0, RECORDS) : leads;
  const rows = [];
  for (const workload of ["L30", "E30"]) {
    const rules = rulesOf(workload);
    const measure = { ...javascript.prepare({ rules, leads }), items: leads.length };
    measure.decide();
    const pack = (interpreted) =>
      ({ name: `${workload}${interpreted ? "-interpreted" : ""}.rhai`, ...packOf(rules, { interpreted }) });
    const tasks = [
      [`hand-written Rust, ${workload}`, await native.byHand(workload, leads)],
      [`Cadans on columns, ${workload}`, await native.cadans("columns", leads, rules, [pack(false)])],
      [`Cadans, a record at a time, ${workload}`, await native.cadans("records", some, rules, [pack(false)])],
      [`Cadans, a record at a time, rules on Rhai's interpreter, ${workload}`, await native.cadans("records", some, rules, [pack(true)])],
    ];
    for (const [what, task] of tasks) await agree(what, task, measure.answer());
    if (workload === "L30") {
      const packs = packsOf(policies).map(({ text }, place) => ({ name: `advice-${place}.rhai`, text }));
      tasks.push(["Cadans, full advice, in numbers", await native.cadans("watch", leads, rules, packs)]);
      tasks.push(["Cadans, full advice, in words", await native.cadans("advice", some, rules, packs)]);
    }
    const [, ...figures] = await inTurn(measure, tasks.map(([, task]) => task), pace);
    rows.push(...figures.map((figure, place) => ({ what: tasks[place][0], ...figure })));
  }
  await native.end();
  return rows;
}
