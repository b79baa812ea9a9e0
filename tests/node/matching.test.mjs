// Which rules hold for many rows or leads at once: the same decisions as the same rules written by hand in JavaScript, with and without
// vectors, and a plain error for rows that are none.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { javascript } from "../../benches/engines/javascript.mjs";
import { inFileOrder, leadFile, packOf, rowOf } from "../../benches/workload/cadans.mjs";
import { NOW, leadsOf } from "../../benches/workload/leads.mjs";
import { byPriority, rulesOf } from "../../benches/workload/rules.mjs";

const WORKLOADS = ["L30", "E30"];
const leads = leadsOf(1_337); // no whole number of pages, nor of machine words

/** All that a module answers about the workloads. */
async function answers(file) {
  const cadans = await import("../../www/lib/cadans.node.js");
  await cadans.init(await readFile(new URL(`../../www/lib/pkg/${file}`, import.meta.url)));
  return WORKLOADS.map((workload) => {
    const rules = rulesOf(workload);
    const rulebook = new cadans.Rulebook([packOf(rules)]);
    const resident = cadans.match(rulebook, new cadans.Book(leadFile(leads)), NOW);
    const matcher = new cadans.Matcher(rulebook, { now: NOW });
    const rows = leads.map(rowOf);
    const filled = matcher.fill(rows).match();
    const ones = rows.map((row) => [matcher.one(row), matcher.held[0], matcher.faults[0]]);
    return { resident, filled, ones };
  });
}

if (isMainThread) {
  const inWorker = (file) => new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: file });
    worker.once("message", resolve);
    worker.once("error", reject);
  });

  test("thirty rules decide as the same rules written by hand", async () => {
    const got = await inWorker("cadans_simd_bg.wasm");
    WORKLOADS.forEach((workload, nth) => {
      const rules = rulesOf(workload);
      const byHand = javascript.prepare({ rules, leads });
      byHand.decide();
      const expected = byHand.answer();
      const { resident, filled, ones } = got[nth];
      assert.deepEqual({ ...resident, first: undefined, held: undefined }, {
        size: leads.length, words: 1, first: undefined, held: undefined, faults: new Uint32Array(leads.length),
      });
      const { first, mask } = inFileOrder(rules, resident);
      assert.deepEqual([...first], [...expected.first], workload);
      assert.deepEqual([...mask], [...expected.mask], workload);
      if (workload !== "L30") return; // a row has no events
      assert.deepEqual(filled, resident);
      assert.deepEqual(ones, [...filled.first].map((first, row) => [first, filled.held[row], 0]));
      assert.ok(new Set(first).size > 20, "nearly every rule decides somewhere");
      assert.equal(byPriority(rules).length, 30);
    });
  });

  test("the module without vectors gives the same typed arrays", async () => {
    assert.deepEqual(await inWorker("cadans_bg.wasm"), await inWorker("cadans_simd_bg.wasm"));
  });

  const cadans = await import("./module.mjs");
  const PACK = {
    file: "a.rhai",
    text: `fact budget as number; fact vip as truth; fact segment as text;
rule "Rich" when lead.budget >= 0.3 then phone;
rule "Gold" when lead.segment is "gold" and lead.vip then phone;
rule "New" when lead.segment not in ["gold", "silver"] and lead.vip is not true then email;`,
  };
  const matcher = () => new cadans.Matcher(new cadans.Rulebook(PACK), { now: NOW });
  const code = (code) => (error) => error instanceof Error && error.name === "CadansError" && error.code === code && !!error.help;

  test("what is not known is left out or null, and an unknown truth is a fault of that rule for that row", () => {
    const one = matcher();
    assert.deepEqual(one.fields.sort(), ["budget", "segment", "vip"]);
    const { first, held, faults } = one.fill([
      { budget: 0.1 + 0.2, vip: true, segment: "gold", more: 1 }, {}, { segment: "gold", vip: null }, { budget: 0.29, segment: "zinc" },
    ]).match();
    assert.deepEqual([[...first], [...held], [...faults]], [[0, 2, -1, 2], [3, 4, 0, 4], [0, 0, 2, 0]]);
    assert.deepEqual([one.one({ segment: "gold" }), [...one.held], [...one.faults]], [-1, [0], [2]]);
    assert.equal(one.one({ budget: 0.3 }), 0);
    one.free();
  });

  test("the answer of an earlier call is filled again, lists and all where they fit", () => {
    const one = matcher();
    const answer = one.fill([{ budget: 1 }, { segment: "gold" }]).match();
    const { first, held } = answer;
    assert.deepEqual([[...first], [...held], [...answer.faults]], [[0, -1], [5, 0], [0, 2]]);
    assert.equal(one.fill([{ budget: 0 }, { budget: 1 }]).match(answer), answer);
    assert.deepEqual([[...first], [...held], [...answer.faults]], [[2, 0], [4, 5], [0, 0]]);
    assert.ok(answer.first === first && answer.held === held);
    // Fewer rows have lists of their own, and the earlier ones stay with whoever has them.
    one.fill([{ budget: 1 }]).match(answer);
    assert.deepEqual([answer.size, [...answer.first], [...answer.faults], [...first]], [1, [0], [0], [2, 0]]);
    for (const odd of [7, "matches", {}, [], Object.freeze({ first: new Int16Array(1) })]) {
      assert.throws(() => one.match(odd), code("not-matches"));
    }
    const book = new cadans.Book({ leads: [{ id: "L-1", fields: { budget: 1 } }] });
    const rulebook = new cadans.Rulebook(PACK);
    const resident = cadans.match(rulebook, book, NOW);
    assert.equal(cadans.match(rulebook, book, NOW, resident), resident);
    assert.deepEqual([[...resident.first], [...resident.held]], [[0], [5]]);
    one.free();
  });

  test("rows that are none are told with row and field, and leave nothing behind", () => {
    const one = matcher();
    assert.throws(() => one.match(), code("not-filled"));
    assert.throws(() => one.fill("rows"), code("not-rows"));
    for (const odd of [{ budget: "12" }, { budget: NaN }, { budget: Infinity }, { budget: {} }, { vip: 1 }, { segment: 3 }, { budget: 1n }, null, 7]) {
      assert.throws(() => one.fill([{ budget: 1 }, odd]), code("not-a-row"), String(odd));
      assert.throws(() => one.match(), code("not-filled"));
      assert.throws(() => one.one(odd), code("not-a-row"));
    }
    assert.throws(() => one.fill([{ budget: 1 }, { budget: "12" }]), /The budget of row 1 is the text "12", where a number belongs/);
    assert.deepEqual([...one.fill([{ budget: 1 }]).match().first], [0]);
    assert.equal(one.fill([]).match().size, 0);
    for (const use of [() => one.fill([]), () => one.one({}), () => one.free(), () => one.match()]) {
      assert.throws(() => one.fill([{ get budget() { use(); return 1; } }]), code("busy"));
    }
    assert.throws(() => new cadans.Matcher(new cadans.Rulebook(PACK)), code("not-a-moment"));
    assert.throws(() => new cadans.Matcher({}, { now: NOW }), code("not-a-rulebook"));
    one.free();
    for (const use of [() => one.one({}), () => one.fill([]), () => one.match(), () => one.held, () => one.faults]) {
      assert.throws(use, code("freed"));
    }
    one.free(); // a second time it does nothing
  });

  test("a row is asked alone after the memory of the module has grown, also when it grew while the row was read", () => {
    const one = matcher();
    // Room for so many rows is more than the module had.
    const grow = () => matcher().fill(Array(1_000_000).fill({ vip: true })).free();
    assert.equal(one.one({ budget: 1 }), 0);
    grow();
    assert.equal(one.one({ segment: "gold", vip: true }), 1);
    assert.throws(() => one.one({ get vip() { matcher().fill(Array(4_000_000).fill({})).free(); return true; } }), code("busy"));
    assert.equal(one.one({ segment: "gold", vip: true }), 1);
    assert.equal(one.one({ segment: "zinc" }), 2);
  });

  test("no list of faults is made where there are none, and it is there when it is asked for", () => {
    const one = matcher();
    const matches = one.fill([{ budget: 1, vip: true }, { vip: false }]).match();
    assert.deepEqual([Object.keys(matches).sort(), matches.faults], [["faults", "first", "held", "size", "words"], new Uint32Array(2)]);
    assert.equal(matches.faults, matches.faults);
    assert.deepEqual(structuredClone(matches).faults, new Uint32Array(2));
    one.free();
  });

  test("texts that are compared by more than being equal, and rules by the interpreter, are asked all the same", () => {
    const text = `fact segment as text; fact grade as number;
rule "After" when lead.segment > "gold" then phone;
fn folded(lead) { let grade = lead.grade; while grade > 3.0 { grade -= 2.0; } grade }
rule "Interpreted" when folded(lead) is 2.5 then email;`;
    const rulebook = new cadans.Rulebook({ file: "b.rhai", text });
    assert.deepEqual(rulebook.diagnostics.filter(({ severity }) => severity === "error"), []);
    const one = new cadans.Matcher(rulebook, { now: NOW });
    const rows = Array.from({ length: 700 }, (_, nth) => ({ segment: ["gold", "silver", `s${nth}`, null][nth % 4], grade: nth / 2 }));
    const { held } = one.fill(rows).match();
    rows.forEach((row, nth) => {
      let { grade } = row;
      while (grade > 3) grade -= 2;
      const expected = (row.segment !== null && row.segment > "gold" ? 1 : 0) | (grade === 2.5 ? 2 : 0);
      assert.equal(held[nth], expected, JSON.stringify(row));
      if (nth < 50) assert.equal((one.one(row), one.held[0]), expected);
    });
  });
} else {
  parentPort.postMessage(await answers(workerData));
}
