// What is wrong with packs: everything in the editing module, and in the deciding module the errors, by which statements are left out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Rulebook as RulebookThatDecides, init } from "../../www/lib/cadans.node.js";
import { Rulebook, check } from "./editing.mjs";

await init();
const text = `pack "Mine" #{};
rule "No reason" when lead.stage is "interest" then phone;
rule "Misspelled" when lead.stagee is "interest" then email because "x";
example "Impossible" given #{ stage: "interest" } expect fone;`;
const codes = (diagnostics) => diagnostics.map(({ severity, code, span }) => `${severity} ${code} ${span.line}`).sort();

test("the editing module tells errors, warnings and examples that cannot be run", () => {
  const found = check({ file: "mine.rhai", text });
  assert.ok(codes(found).includes("error unknown-fact 3"), codes(found));
  assert.ok(codes(found).includes("warning missing-reason 2"), codes(found));
  assert.ok(found.some(({ severity, span }) => severity === "error" && span.line === 4), codes(found));
  assert.deepEqual(codes(new Rulebook({ file: "mine.rhai", text }).diagnostics), codes(found));
  const dutch = check({ file: "mine.rhai", text }, "nl");
  assert.deepEqual(codes(dutch), codes(found));
  assert.notEqual(dutch[0].message, found[0].message);
});

test("the deciding module tells what it left out, with the sentence of the editing module", () => {
  const { diagnostics } = new RulebookThatDecides({ file: "mine.rhai", text });
  assert.deepEqual(codes(diagnostics), ["error unknown-fact 3"]);
  assert.deepEqual(diagnostics, check({ file: "mine.rhai", text }).filter(({ span }) => span.line === 3));
  const rulebook = new RulebookThatDecides({ file: "mine.rhai", text });
  assert.deepEqual(rulebook.diagnosticsIn("nl"), check({ file: "mine.rhai", text }, "nl").filter(({ span }) => span.line === 3));
});

test("what are no packs is refused", () => {
  assert.throws(() => check(7), { name: "CadansError", code: "not-packs" });
});
