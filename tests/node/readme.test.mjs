// The embedding that the README shows runs as it stands there.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import * as cadans from "./module.mjs";

const readme = await readFile(new URL("README.md", cadans.root), "utf8");
const block = (language) => readme.match(new RegExp("```" + language + "\n(.*?)```", "s"))[1];

test("the ten lines give advice and an explanation", async () => {
  const said = [];
  const console = { log: (...words) => said.push(words), warn: (words) => assert.fail(words) };
  const lines = block("js").replace(/^import (.*) from .*$/m, "const $1 = cadans;");
  const AsyncFunction = (async () => {}).constructor;
  await new AsyncFunction("cadans", "console", "rules", "leads", lines)(cadans, console, block("rhai"), block("json"));
  assert.deepEqual(said[0].slice(0, 2), ["L-1", "wait"]);
  assert.equal(said[1][0][0].rule.name, "Price page again: phone today");
});
