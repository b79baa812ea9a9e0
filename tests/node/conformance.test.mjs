// Our own suite on the module, with the runner that others use; and the runner finds what differs.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { writeFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const runner = fileURLToPath(new URL("../conformance/cadans/run.mjs", import.meta.url));

test("the module passes our own suite", () => {
  const printed = execFileSync(process.execPath, [runner], { encoding: "utf8" });
  const [, cases] = printed.match(/^(\d+) cases in \d+ files, 0 differ\n$/) ?? assert.fail(printed);
  assert.ok(Number(cases) >= 500, printed);
});

test("an implementation that advises otherwise, or fails, fails the run", async () => {
  const folder = await mkdtemp(join(tmpdir(), "cadans-"));
  try {
    for (const body of ["return { verdict: 'hold' };", "throw new Error('no such word');"]) {
      const adapter = join(folder, `adapter-${body.length}.mjs`);
      await writeFile(adapter, `export function advise(rules, options, lead, now) { ${body} }\n`);
      const { status, stdout } = spawnSync(process.execPath, [runner, adapter], { encoding: "utf8" });
      assert.equal(status, 1, stdout);
      assert.match(stdout, /30-clocks\.json: Hours with a break, 1: verdict is "(hold|failed: Error: no such word)" and not "touch"/);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
