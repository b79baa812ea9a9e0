// After a trap (which should never be) a call says so, and the engine can be loaded again: in this process, with new handles.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, CadansError, Matcher, Rulebook, decide, decideJson, index, init, packs, sample, version } from "./module.mjs";

const refused = (code) => (error) => error instanceof CadansError && error.code === code && error.help.length > 0;

/** Asks for more memory than a module can have: a column of numbers for each of some fields, of so many rows that together they take more than 4 GB. */
function exhaust() {
  const names = Array.from({ length: 1_000 }, (_, place) => `f${place}`);
  const facts = names.map((name) => `fact ${name} as number;`).join("\n");
  const rules = names.map((name, place) => `rule "R${place}" when lead.${name} > 1 then phone;`).join("\n");
  const wide = { file: "wide.rhai", text: `pack "Wide" #{ version: "1.0.0", language: "en" };\n${facts}\n${rules}` };
  new Matcher(new Rulebook([wide]), { now: index.now }).fill(Array(1_000_000).fill({ f1: 1 }));
}

test("a trap is told with its code, init makes a new engine, and old handles are refused", async () => {
  const [rulebook, book] = [new Rulebook(packs), new Book(sample)];
  const matcher = new Matcher(rulebook, { now: index.now });
  const before = decideJson(rulebook, book, index.now);
  assert.throws(exhaust, refused("trap"));
  for (const call of [() => decide(rulebook, book, index.now), () => book.size, () => new Book("[]"), () => version(), () => matcher.fill([]), () => matcher.one({})]) {
    assert.throws(call, refused("trap"));
  }
  await init();
  for (const call of [() => decide(rulebook, book, index.now), () => book.size, () => rulebook.diagnostics, () => matcher.fill([]), () => matcher.one({})]) {
    assert.throws(call, refused("stale"));
  }
  for (const handle of [rulebook, book, matcher]) handle.free(); // nothing to give back, and no harm
  assert.equal(decideJson(new Rulebook(packs), new Book(sample), index.now), before);
});

test("a getter that throws and a proxy that was revoked are misuse, and no trap", () => {
  const [rulebook, book] = [new Rulebook(packs), new Book(sample)];
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const thrower = { get rep() { throw new RangeError("mine"); } };
  const calls = [
    (odd) => new Rulebook(odd), (odd) => new Rulebook([], odd), (odd) => new Book(odd), (odd) => new Book("[]", odd), (odd) => Book.fromColumns(odd),
    (odd) => decide(odd, book, index.now), (odd) => decide(rulebook, odd, index.now), (odd) => decide(rulebook, book, odd),
    (odd) => decide(rulebook, book, index.now, "en", odd), (odd) => new Matcher(rulebook, odd), (odd) => new Matcher(rulebook, { now: index.now }).fill([odd, odd]).match(odd),
  ];
  for (const call of calls) {
    assert.throws(() => call(proxy), (error) => error instanceof CadansError, String(call));
    try {
      call(thrower);
    } catch (error) {
      assert.ok(error instanceof CadansError && error.code !== "trap", `${call}: ${error.stack}`);
    }
  }
  assert.equal(decide(rulebook, book, new Date(index.now)).length, book.size);
});
