// The examples of a pack, run in the editing module: the results that the command prints.

import assert from "node:assert/strict";
import { test } from "node:test";
import { command, pack, runExamples } from "./editing.mjs";

test("an example goes as the command says", async () => {
  const shipped = await pack("inside-sales.rhai");
  const results = runExamples(shipped);
  assert.ok(results.length > 10 && results.every(({ passed }) => passed));
  const printed = JSON.parse(command(["test", "rules/inside-sales.rhai", "--format", "json"]));
  assert.deepEqual(results, printed.map((result) => ({ ...result, file: shipped.file })));
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
