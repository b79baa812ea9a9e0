// Two versions of a pack, compared in the editing module: what the command prints.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { diff, pack, root } from "./editing.mjs";

const now = "2026-11-20T10:00:00+01:00";

test("statements are compared, and layout makes no difference", async () => {
  const before = await pack("answers.rhai");
  const { changes, advice } = diff(before, { ...before, text: before.text.replace("urgent_answer = 50", "urgent_answer = 40") });
  assert.equal(advice, undefined);
  assert.deepEqual(changes.statements.map(({ title, words }) => [title, words]), [["setting urgent_answer", "urgent_answer 50 to 40"]]);
  const same = diff(before, { ...before, text: `// Ours\n${before.text}` });
  assert.equal(same.changes.same, true);
  const dutch = diff(before, { ...before, text: before.text.replace("urgent_answer = 50", "urgent_answer = 40") }, { language: "nl" });
  assert.equal(dutch.changes.statements[0].words, "urgent_answer van 50 naar 40");
});

test("leads with other advice are laid to the change", async () => {
  const before = { file: "mine.rhai", text: 'pack "Mine" #{};\nrule "Call" when lead.open then phone;' };
  const after = { file: "mine.rhai", text: before.text.replace("phone", "email") };
  const leads = await readFile(new URL("tests/command/leads.json", root));
  const { advice } = diff(before, after, { leads: new Uint8Array(leads), now });
  assert.ok(advice.other > 0);
  assert.deepEqual(advice.causes.map(({ why, leads }) => [why, leads]), [["rule_changed", advice.other]]);
  assert.throws(() => diff(before, after, { now }), { code: "not-options" });
});
