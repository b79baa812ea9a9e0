// What is certain about packs, and proposed examples, in the editing module.

import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse, pack, proposeExample, runExamples } from "./editing.mjs";

test("a rule that cannot hold is told, in both languages", () => {
  const text = `pack "Mine" #{};
rule "Compares" when lead.stage is "interest" and lead.stage is "lost" then email because "x";`;
  const { certain, open } = analyse({ file: "mine.rhai", text });
  assert.deepEqual(certain.map(({ code, severity }) => [code, severity]), [["never-holds", "warning"]]);
  assert.deepEqual(open, []);
  assert.notEqual(analyse({ file: "mine.rhai", text }, "nl").certain[0].message, certain[0].message);
});

test("a proposed example passes when it is put into the pack", async () => {
  const shipped = await pack("inside-sales.rhai");
  const rule = "Price page again: phone today";
  const proposed = proposeExample(shipped, rule);
  assert.equal(proposed.rule, rule);
  const results = runExamples({ file: shipped.file, text: `${shipped.text}\n${proposed.example}` });
  assert.equal(results.at(-1).passed, true);
  assert.equal(proposeExample(shipped, "No such rule"), null);
});
