// One file to hand over, in the editing module: what the command writes and says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accept, command, pack, packFile, receive } from "./editing.mjs";

const mine = {
  file: "mine.rhai",
  text: `pack "Mine" #{ version: "1.0.0", author: "North" };
rule "Call" when lead.visits() >= 1 then phone;
rule "Write" when lead.downloads() >= 1 then email;
`,
};

test("a file is what the command writes", async () => {
  const social = await pack("social-selling.rhai");
  const { file } = packFile(social, { beside: [await pack("answers.rhai")], licence: "CC-BY-4.0" });
  const printed = command(["pack", "rules/social-selling.rhai", "--licence", "CC-BY-4.0"]);
  assert.equal(file.text, printed);
  assert.deepEqual(file.header.pack.map(({ name }) => name), ["Social selling", "Answers"]);
});

test("a file is received, accepted rule by rule, and then the same", () => {
  const { file } = packFile(mine);
  const { report } = receive(file.text);
  assert.equal(report.standing, "new");
  assert.deepEqual(report.rules.map(({ name, accepted }) => [name, accepted]), [["Call", false], ["Write", false]]);
  const { acceptance } = accept(file.text, { rules: ["Call"], by: "Kim" });
  assert.deepEqual(acceptance.files.map(({ path }) => path.replace(/[0-9a-f]{12}/, "HASH")), ["received/mine-HASH/mine.rhai"]);
  assert.match(acceptance.manifest, /rules = \["Call"\]/);
  const own = { rulebook: acceptance.manifest, files: acceptance.files.map(({ path, text }) => ({ file: path, text })) };
  assert.equal(receive(file.text, own).report.standing, "partly");
  const whole = accept(file.text, own).acceptance;
  assert.equal(receive(file.text, { ...own, rulebook: whole.manifest }).report.standing, "same");
  assert.equal(accept(file.text, { ...own, rulebook: whole.manifest }).acceptance.changes, false);
});

test("a damaged file is refused in both languages", () => {
  const { file } = packFile(mine);
  const damaged = new TextEncoder().encode(file.text.replace(">= 1", ">= 9"));
  const { refused, report } = receive(damaged);
  assert.equal(report, undefined);
  assert.equal(refused.code, "damaged");
  assert.notEqual(receive(damaged, { language: "nl" }).refused.message, refused.message);
  assert.equal(accept(damaged).refused.code, "damaged");
});

test("what is not handed over is told", () => {
  assert.equal(packFile({ file: "a.rhai", text: "rule \"A\" when" }).errors.length > 0, true);
  assert.equal(packFile({ file: "../a b/.rhai", text: "" }).refused.code, "file-name");
  assert.equal(packFile({ file: "a.rhai", text: "pack \"A\" #{ needs: [\"b.rhai\"] };" }).refused.code, "missing-pack");
  assert.throws(() => packFile(mine, { nmae: "x" }), { name: "CadansError", code: "not-options" });
  assert.throws(() => receive(4), { name: "CadansError", code: "not-a-file" });
  assert.throws(() => receive(packFile(mine).file.text, { leads: [] }), { name: "CadansError", code: "not-options" });
});
