// The package as tools judge it: its exports, its types with and without those of a browser, and where its files come from.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { NOW, installed, leads, node, packs, path, tarball, text, tool } from "./installed.mjs";

const about = JSON.parse(await readFile(tool("cadans/package.json"), "utf8"));
const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));

test("publint and attw find nothing", async () => {
  assert.match(await node([tool("publint/src/cli.js"), tool("cadans"), "--strict", "--pack", "false"]), /All good!/);
  // It is a package of modules alone, as the profile says; attw fails with what it finds.
  await node([tool("@arethetypeswrong/cli/dist/index.js"), tarball, "--profile", "esm-only", "--no-emoji"]);
});

test("a program passes tsc --strict, with the types of a browser, of nothing, and of today", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cadans-package-"));
  try {
    symlinkSync(path("node_modules"), join(folder, "node_modules"), "junction");
    writeFileSync(join(folder, "package.json"), "{ \"type\": \"module\" }");
    writeFileSync(join(folder, "program.ts"), readFileSync(new URL("program.ts", import.meta.url)));
    const strict = ["--noEmit", "--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--skipLibCheck", "false", "--target", "es2022", "--types", ""];
    for (const lib of ["es2022", "es2022,dom", "esnext,webworker"]) {
      for (const [module, resolution] of [["esnext", "bundler"], ["nodenext", "nodenext"]]) {
        await node([tsc, ...strict, "--lib", lib, "--module", module, "--moduleResolution", resolution, join(folder, "program.ts")]);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("every export is a file, and what runs in a browser names nothing of Node and evaluates no text", async () => {
  const targets = (entry) => (typeof entry === "string" ? [entry] : Object.values(entry).flatMap(targets));
  for (const file of targets(about.exports)) await readFile(tool(`cadans/${file}`));
  /** The files that a module imports, and itself. */
  const reached = async (file, known = new Set()) => {
    if (known.has(file) || file.endsWith(".wasm")) return known;
    known.add(file);
    const source = await readFile(new URL(file, "file:///").pathname, "utf8");
    const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    assert.doesNotMatch(code, /from "node:|import\("|\beval\(|new Function\(|SharedArrayBuffer/, file);
    for (const [, other] of code.matchAll(/(?:from|import) "(\.[^"]+)"|new URL\("(\.[^"]+\.js)"/g)) if (other) await reached(fileURLToPath(new URL(other, `file://${file}`)), known);
    return known;
  };
  for (const [name, entry] of Object.entries(about.exports)) {
    const browser = entry.browser ?? entry.default;
    if (typeof browser === "string" && browser.endsWith(".js")) assert.ok((await reached(tool(`cadans/${browser}`))).size > 0, name);
  }
  assert.equal((await reached(tool("cadans/rows.js"))).size, 1);
});

test("the lock files name packages by their hashes, and no address of a machine", async () => {
  for (const lock of ["../../examples/package-lock.json", "../package-lock.json"]) {
    const locked = await readFile(new URL(lock, import.meta.url), "utf8");
    assert.doesNotMatch(locked, /"resolved"|localhost|127\.0\.0\.1/);
    assert.match(locked, /"integrity": "sha512-/);
  }
});

test("the module inside the JavaScript decides, and has the version of the package", async () => {
  const cadans = await installed("inline.js");
  await cadans.init();
  assert.equal(about.version, cadans.versions().cadans);
  const advices = cadans.decide(new cadans.Rulebook(packs), new cadans.Book(leads), new Date(NOW));
  assert.deepEqual(advices.map(({ lead, verdict }) => `${lead} ${verdict}`), ["L-1 touch", "L-2 wait"]);
});

test("the README names the versions that are tried", async () => {
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const { dependencies, devDependencies } = JSON.parse(await text("package.json"));
  const tried = { ...dependencies, ...devDependencies };
  for (const name of ["vite", "react", "webpack", "vue", "esbuild", "deno", "bun", "miniflare"]) assert.ok(readme.includes(tried[name]), `${name} ${tried[name]}`);
});
