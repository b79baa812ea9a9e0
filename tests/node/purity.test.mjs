// What the module can reach: no clock, no random source, no network, no screen. `now` is always an argument.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, Rulebook, bytes, decide, version, versions } from "./module.mjs";

test("the module imports nothing that could tell the time or throw dice", () => {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).map(({ name }) => name);
  assert.notEqual(imports.length, 0);
  const reaching = /now|date|time(?!d)|perform|random|crypto|fetch|xhr|window|document|global|self|require/i;
  assert.deepEqual(imports.filter((name) => reaching.test(name)), []);
});

test("no path of the machine that built it is in the module", () => {
  const text = bytes.toString("latin1");
  assert.doesNotMatch(text, /\/(home|root|Users)\/|\.cargo\/registry/);
});

test("the module says which version it is, and of which releases its time zones and holidays are", () => {
  const { cadans, tz, holidays } = versions();
  assert.match(cadans, /^\d+\.\d+\.\d+$/);
  assert.match(tz, /^20\d\d[a-z]$/);
  assert.match(holidays, /^\S+ [\d.]+$/);
  assert.equal(version(), `${cadans} (tz ${tz}, holidays ${holidays})`);
  const [advice] = decide(new Rulebook([]), new Book([{ id: "L-1" }]), "2026-11-20T10:00:00Z");
  assert.deepEqual(advice.dataVersions, { tz, holidays });
});
