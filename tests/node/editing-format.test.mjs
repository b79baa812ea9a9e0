// The layout of packs in the editing module: what the command writes.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { format, pack, root } from "./editing.mjs";

test("a pack comes out as the command prints it", async () => {
  const shipped = await pack("inside-sales.rhai");
  assert.deepEqual(format(shipped.text), { text: shipped.text, changed: false });
  const worn = shipped.text.replaceAll("    ", "\t").replaceAll("\n", "\r\n");
  const program = fileURLToPath(new URL(`target/debug/cadans${process.platform === "win32" ? ".exe" : ""}`, root));
  const printed = execFileSync(program, ["fmt", "-"], { input: worn, encoding: "utf8" });
  assert.deepEqual(format(worn), { text: printed, changed: true });
  assert.equal(printed.replaceAll("\r\n", "\n"), shipped.text);
});

test("a text with a syntax error has no layout", () => {
  const { text, diagnostics } = format("never phone when (lead.open;");
  assert.equal(text, undefined);
  assert.deepEqual(diagnostics.map(({ code }) => code), ["unclosed-bracket"]);
  assert.notEqual(format("never phone when (lead.open;", "nl").diagnostics[0].message, diagnostics[0].message);
});
