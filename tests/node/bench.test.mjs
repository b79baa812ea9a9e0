// The comparison of `cargo xtask bench` compares the same thing: leads, rules and decisions are what they were when its figures were taken.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PEERS } from "../../benches/engines/all.mjs";
import { fromObjects, resident, rulebookOf } from "../../benches/engines/cadans.mjs";
import { javascript, javascriptOnePass } from "../../benches/engines/javascript.mjs";
import { page } from "../../benches/results.mjs";
import { inTurn } from "../../benches/timing.mjs";
import { inFileOrder, leadFile, packOf } from "../../benches/workload/cadans.mjs";
import { NOW, checksum, leadsOf } from "../../benches/workload/leads.mjs";
import { byPriority, rulesOf } from "../../benches/workload/rules.mjs";
import { check } from "./editing.mjs";
import * as cadans from "./module.mjs";

const leads = leadsOf(200);
/** Decisions on the first 200 leads, as several engines agreed on them. */
const AGREED = { L30: "f92b01e9", E30: "0515e638" };

test("the rules that native tests read are those of the comparison", () => {
  const kept = readFileSync(new URL("../fixtures/thirty-rules.rhai", import.meta.url), "utf8");
  assert.equal(kept, `${packOf(rulesOf("E30")).text}\n`);
});

const decided = async (engine, workload) => {
  const prepared = await engine.prepare({ workload, rules: rulesOf(workload), leads });
  prepared.decide();
  return checksum(await prepared.answer());
};

for (const [workload, agreed] of Object.entries(AGREED)) {
  test(`hand-written JavaScript decides ${workload} as it was agreed`, async () => {
    assert.equal(await decided(javascript, workload), agreed);
    if (workload === "E30") assert.equal(await decided(javascriptOnePass, workload), agreed);
  });

  for (const interpreted of [false, true]) {
    test(`Cadans decides ${workload} alike${interpreted ? ", by Rhai's interpreter too" : ""}`, async () => {
      const rules = rulesOf(workload);
      const rulebook = rulebookOf(cadans, [packOf(rules, { interpreted })]);
      const interpretedRules = check(packOf(rules, { interpreted })).filter(({ code }) => code === "interpreted");
      assert.equal(interpretedRules.length, interpreted ? rules.length : 0);
      const book = new cadans.Book(leadFile(leads));
      const answer = { first: new Int32Array(leads.length), held: new Uint32Array(leads.length) };
      const names = byPriority(rules).map((place) => rules[place].id);
      for (const [place, { id }] of leads.entries()) {
        const held = cadans.explain(rulebook, book, id, NOW).held.map(({ name }) => names.indexOf(name));
        answer.first[place] = held[0] ?? -1;
        answer.held[place] = held.reduce((mask, rule) => mask | (1 << rule), 0);
      }
      assert.equal(checksum(inFileOrder(rules, answer)), agreed);
    });
  }

  for (const engine of [resident(cadans, "resident"), fromObjects(cadans, "from objects")]) {
    if (engine.missing() || (engine.only && engine.only !== workload)) continue;
    test(`Cadans decides ${workload} alike, ${engine.label}`, async () => {
      assert.equal(await decided(engine, workload), agreed);
    });
  }
}

test("a ratio is an engine by its neighbours, and the page names what is missing", async () => {
  const spin = (turns) => ({ items: 1, timed: async () => ({ cpu: turns, wall: turns }) });
  const [measure, twice] = await inTurn(spin(3), [spin(6)], { rounds: 3, warm: 0, sample: 1 });
  assert.deepEqual([measure.ratio, twice.ratio, twice.cpu], [1, 2, 6_000]);
  const waits = { items: 1, timed: async () => ({ cpu: 1, wall: 12 }) };
  const [, byWall] = await inTurn(spin(3), [waits], { rounds: 3, warm: 0, sample: 1, by: "wall" });
  assert.equal(byWall.ratio, 4);

  const missing = { missing: "match" };
  const rows = { L30: [{ label: "Cadans, simd", ...missing }], E30: [{ label: "Cadans, simd", ...missing }] };
  const figure = { ratio: 2, cpu: 0.5, wall: 0.5, items: 10 };
  const text = page({
    machine: { processor: "abacus" }, sizes: [10],
    node: {
      rows, runs: { 10: rows }, single: [], starts: {}, alone: { start: { value: 41 }, limit: { value: 2.5 }, lead: { value: 3.5 } }, bytes: { javascript: { raw: 1, gzip: 1, brotli: 1 } },
      memory: { columns: missing, json: { value: 90 } },
      deciding: { bare: figure, all: missing, text: figure, tick: missing, signal: missing },
      loading: { parsing: figure, json: { ...figure, ratio: 1.1 }, columns: missing },
      shipped: { megabytes: 144, parsing: figure, book: figure, kept: figure, text: figure, limit: { ...figure, ratio: 2.5, wall: 30 }, lead: figure, all: figure },
    },
  });
  assert.match(text, /simd \| 0.350 x JavaScript \| not built yet/);
  assert.match(text, /from JSON bytes \| 1.20 x JSON.parse \| 1.10: met/);
  assert.match(text, /first advice \| 40.0 ms in Node \| 41.0: \*\*not met\*\*/);
  assert.match(text, /the first five of all leads, from file to file \| 3.00 x JSON.parse \| 2.50: met/);
  assert.match(text, /one lead of all, from file to file \| 3.00 x JSON.parse \| 3.50: \*\*not met\*\*/);
  assert.match(text, /`decide --limit 5` \| 2.50 \| 30.0 \| 0.300 \|/);
});

test("every engine of the comparison can be asked for its rules", () => {
  for (const engine of PEERS) assert.equal(typeof engine.prepare, "function", engine.label);
});
