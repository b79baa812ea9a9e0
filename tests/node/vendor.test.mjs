// The files in www/vendor/ are what the packages of the lock file give.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { vendor } from "../../xtask/vendor/build.mjs";

const folder = new URL("../../www/vendor/", import.meta.url);

test("the files of www/vendor/ are made of the packages that the lock file names, byte by byte", async () => {
  for (const [name, text] of await vendor()) {
    const kept = await readFile(new URL(name, folder), "utf8");
    assert.ok(kept === text, `www/vendor/${name} differs: run \`cargo xtask vendor\` and commit what it writes`);
  }
});

test("they need no other module, and nothing that a strict content security policy forbids", async () => {
  for (const name of ["codemirror.js", "storage.js", "workbook.js"]) {
    const text = await readFile(new URL(name, folder), "utf8");
    assert.doesNotMatch(text, /\bimport\s*[({"'*]|\bfrom\s*"|\beval\(|new Function\b/, name);
  }
});
