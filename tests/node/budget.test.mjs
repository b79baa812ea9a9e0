// Deciding takes the same number of operations in the command and in the module, and a rule without an end no more than it may.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Book, Rulebook, Watch, decide, decideJson, explain, index, overLimit, packs, root, sample } from "./module.mjs";

const NOW = "2026-11-20T10:00:00+01:00";
const program = fileURLToPath(new URL(`target/debug/cadans${process.platform === "win32" ? ".exe" : ""}`, root));
const folder = mkdtempSync(join(tmpdir(), "cadans-budget-"));
after(() => rmSync(folder, { recursive: true }));
const over = { name: "CadansError", code: "over-budget" };

const lead = (id) => ({ id, stage: "interest", country: "NL", people: [{ id: `${id}-1`, channels: ["phone", "email"], country: "NL" }] });
const file = (...ids) => JSON.stringify({ leads: ids.map(lead) });

/** The least budget with which a call succeeds: the operations that it takes. */
function operations(call) {
  let [least, most] = [0, 1 << 30];
  while (least < most) {
    const budget = Math.floor((least + most) / 2);
    try {
      call({ budget });
      most = budget;
    } catch (error) {
      assert.equal(error.code, "over-budget", error.message);
      least = budget + 1;
    }
  }
  return least;
}

/** Whether the command decides these leads within a budget. */
function nativelyWithin(rules, leads, budget) {
  const [pack, book] = [join(folder, "rules.rhai"), join(folder, "leads.json")];
  writeFileSync(pack, rules);
  writeFileSync(book, leads);
  const { status } = spawnSync(program, ["decide", "--rules", pack, "--leads", book, "--now", NOW, "--budget", `${budget}`]);
  assert.ok(status === 0 || status === 1, `exit code ${status}`);
  return status === 0;
}

const ENDLESS = "fn endless(lead) { let n = 0; while lead.open { n += 1; } n > 0 }\n";
const RULES = {
  "a rule that is compiled": 'rule "Call" when lead.open then phone;',
  "a condition without an end": `${ENDLESS}rule "Call" when endless(lead) then phone;`,
  "a proposal without an end": 'fn touch(lead) { while lead.open { } phone }\nrule "Call" when lead.open then touch(lead);',
  "a policy without an end": `${ENDLESS}rule "Call" when lead.open then phone;\nnever phone when endless(lead);`,
  "long lists in a loop":
    'fn far(lead) { let a = []; for n in 0..500 { a.push("x" + n); } let n = 0; while lead.open { if "zz" in a { n += 1; } } n > 0 }\n' +
    'rule "Call" when far(lead) then phone;',
};

test("the operations of a run are those of the command, and a statement has its ten thousand a lead", () => {
  for (const [name, rules] of Object.entries(RULES)) {
    const rulebook = new Rulebook([{ file: "rules.rhai", text: rules }]);
    const decided = (...ids) => operations((options) => decideJson(rulebook, new Book(file(...ids)), NOW, "en", options));
    const [one, three] = [decided("L-1"), decided("L-1", "L-2", "L-3")];
    assert.equal(three, 3 * one, name);
    // What a lead takes by itself, and at most twice the limit of a statement: its conditions, and what it proposes.
    assert.ok(one <= 200 + 2 * 10_000, `${name}: ${one}`);
    assert.ok(nativelyWithin(rules, file("L-1", "L-2", "L-3"), three), name);
    assert.ok(!nativelyWithin(rules, file("L-1", "L-2", "L-3"), three - 1), name);
  }
});

test("a watch and an explanation have a budget too, and a watch over it stays as it was", () => {
  const [rulebook, book] = [new Rulebook(packs), new Book(sample)];
  const all = operations((options) => decideJson(rulebook, book, index.now, "en", options));
  assert.throws(() => new Watch(rulebook, book, index.now, { budget: all - 1 }), over);
  const watch = new Watch(rulebook, book, index.now, { budget: all });
  const before = JSON.stringify([watch.now, [...watch.reviewAt], [...watch.priority]]);
  const later = Date.parse(index.now) + 86_400_000;
  assert.throws(() => watch.tick(later, "en", { budget: 1 }), over);
  assert.equal(JSON.stringify([watch.now, [...watch.reviewAt], [...watch.priority]]), before);
  assert.ok(watch.tick(later).length > 0);
  const fresh = new Watch(rulebook, book, later);
  assert.deepEqual([...watch.priority], [...fresh.priority]);

  const { lead } = decide(rulebook, book, index.now)[0];
  const needed = operations((options) => explain(rulebook, book, lead, index.now, "en", options));
  assert.ok(needed > 0 && needed < all);
  assert.throws(() => watch.explain(lead, "en", { budget: 1 }), over);
  assert.throws(() => watch.advice(lead, "nl", { budget: 1 }), { ...over, message: /bewerkingen/ });
  assert.equal(watch.advice(lead, "en", { budget: needed }).lead, lead);
});

test("a signal or lead that a budget does not reach is decided by the next call", () => {
  const rulebook = new Rulebook([{ file: "rules.rhai", text: 'rule "Call" when lead.visits() > 0 then phone;' }]);
  const watch = new Watch(rulebook, new Book(file("L-1", "L-2")), NOW);
  assert.throws(() => watch.record("L-1", { at: "2026-11-20T08:00:00Z", kind: "visit" }, { budget: 0 }), over);
  assert.throws(() => watch.put({ ...lead("L-3"), signals: [{ at: "2026-11-20T08:00:00Z", kind: "visit" }] }, { budget: 0 }), over);
  assert.deepEqual([...watch.verdict], [3, 3, 3], "nothing is decided yet");
  assert.deepEqual([...watch.tick(NOW)], [0, 2]);
  assert.deepEqual([...watch.verdict], [0, 3, 0]);
});

test("the statements that met their limit are told as the command tells them", () => {
  const rulebook = new Rulebook([{ file: "rules.rhai", text: RULES["a condition without an end"] }]);
  const found = overLimit(rulebook, new Book(file("L-1", "L-2")), NOW);
  assert.deepEqual(found.map(({ code, severity, file, span }) => [code, severity, file, span.line]), [["over-limit", "warning", "rules.rhai", 2]]);
  assert.match(found[0].message, /10.?000 operations for 2 leads/);
  assert.match(overLimit(rulebook, new Book(file("L-1")), NOW, "nl")[0].message, /1 lead/);
  assert.deepEqual(overLimit(new Rulebook(packs), new Book(sample), index.now), []);
  assert.throws(() => overLimit(rulebook, new Book(file("L-1", "L-2")), NOW, "en", { budget: 1 }), over);
});
