// The examples of a pack, run in the editing module: the results that the command prints.

import assert from "node:assert/strict";
import { test } from "node:test";
import { command, coverage, lcov, pack, runExamples } from "./editing.mjs";

test("an example goes as the command says", async () => {
  const shipped = await pack("inside-sales.rhai");
  const results = runExamples(shipped);
  assert.ok(results.length > 10 && results.every(({ passed }) => passed));
  const printed = JSON.parse(command(["test", "rules/inside-sales.rhai", "--format", "json"]));
  const ofFile = printed.filter(({ file }) => file.endsWith(shipped.file));
  // The command names files by their path, also in the advice.
  const named = JSON.parse(JSON.stringify(ofFile).replaceAll("rules/inside-sales.rhai", shipped.file));
  assert.deepEqual(results, named);
});

test("an example that fails says what was expected and what came", () => {
  const text = `pack "Mine" #{};
rule "Call" when lead.open then phone because "Because";
example "They are mailed" given #{ stage: "interest", now: "2026-11-20T10:00:00+01:00" } expect email;`;
  const [result] = runExamples({ file: "mine.rhai", text });
  assert.equal(result.passed, false);
  assert.equal(result.expected, "email");
  assert.equal(result.differs.length, 1);
  const [dutch] = runExamples({ file: "mine.rhai", text }, "nl");
  assert.notDeepEqual(dutch.differs, result.differs);
});

const table = `pack "Mine" #{};
rule "Call" when lead.visits() >= 1 and lead.open then phone;
example "Visits" given #{ stage: stage, signals: [visit(1.day.ago)] } expect phone
  rows [["case", "stage"], ["open", "interest"], ["closed", "lost"]];`;

test("one row of an example is run alone", () => {
  const mine = { file: "mine.rhai", text: table };
  assert.deepEqual(runExamples(mine).map(({ passed, row }) => [row.name, passed]), [["open", true], ["closed", false]]);
  const [only, ...others] = runExamples(mine, { example: "Visits", row: 1, language: "nl" });
  assert.equal(only.row.number, 1);
  assert.equal(others.length, 0);
  assert.deepEqual(runExamples(mine, { example: "Nothing" }), []);
  assert.throws(() => runExamples(mine, { row: 0 }), { name: "CadansError", code: "not-options" });
});

test("coverage says which sides no example decided both ways", () => {
  const mine = { file: "mine.rhai", text: table };
  const { packs, totals } = coverage(mine);
  const [call] = packs[0].statements;
  assert.deepEqual(call.decided, { yes: true, no: false });
  assert.deepEqual(call.conditions.map(({ text }) => text), ["lead.visits() >= 1", "lead.open"]);
  assert.deepEqual(totals.all, { covered: 0, of: 3, percent: 0 });
  assert.equal(coverage([]).totals.all.percent, null);
  assert.ok(lcov(mine).startsWith("TN:\nSF:mine.rhai\n"));
});
