// Leads may come as one file, in pieces, or as arrays: the decisions are the same, and what does not fit is refused with its place.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, Loader, Rulebook, decideJson, index, packs, sample } from "./module.mjs";

const rulebook = new Rulebook(packs);
const decided = (book) => decideJson(rulebook, book, index.now);
const texts = (codes, words) => ({ codes: Uint8Array.from(codes), words });

test("a file in pieces gives the book of the file", () => {
  const expected = decided(new Book(sample));
  for (const size of [100, 65_536, 10_000_000]) {
    const loader = new Loader({ name: "leads.json" });
    for (let at = 0; at < sample.length; at += size) loader.push(sample.subarray(at, at + size));
    const book = loader.finish();
    assert.ok(book instanceof Book);
    assert.equal(decided(book), expected);
    for (const late of [() => loader.push(sample), () => loader.finish()]) assert.throws(late, { name: "CadansError", code: "finished" });
  }
  assert.throws(() => new Loader().push("text"), { name: "CadansError", code: "not-bytes" });
});

test("a long text keeps its characters where it is cut", () => {
  const leads = Array.from({ length: 3_000 }, (_, nth) => ({ id: `${"😀é".repeat(50 + nth % 3)}${nth}` }));
  const book = new Book(JSON.stringify(leads));
  assert.deepEqual([book.size, book.refused.length], [leads.length, 0]);
  for (const { id } of leads) assert.deepEqual(book.people(id), []);
});

const columns = () => ({
  size: 2,
  ids: ["a", "b"],
  lead: { stage: texts([0, 1], ["interest", "lost"]), country: texts([0, 0], ["NL"]), value: { values: Float64Array.of(10.5, NaN), known: Uint8Array.of(1, 0) } },
  fields: { budget: Float64Array.of(1, 2), hot: Uint8Array.of(1, 0), need: { ...texts([0, 0], ["simple"]), known: Uint8Array.of(0, 1) } },
  people: { starts: Uint32Array.of(0, 1, 1), roles: Uint8Array.of(8), channels: Uint8Array.of(3) },
  signals: { starts: Uint32Array.of(0, 1, 3), at: Float64Array.of(1_795_000_000_000, 1_795_000_200_000, 1_795_000_100_000), kind: texts([0, 1, 0], ["visit", "form"]), topic: texts([0, 0, 0], ["pricing"]) },
});

test("leads from columns are the leads of a file", () => {
  const signal = (millis, kind) => ({ at: new Date(millis).toISOString(), kind, topic: "pricing" });
  const file = [
    { id: "a", stage: "interest", country: "NL", value: 10.5, fields: { budget: 1, hot: true }, people: [{ id: "1", roles: ["decider"], channels: ["phone", "email"] }], signals: [signal(1_795_000_000_000, "visit")] },
    { id: "b", stage: "lost", country: "NL", fields: { budget: 2, hot: false, need: "simple" }, signals: [signal(1_795_000_100_000, "visit"), signal(1_795_000_200_000, "form")] },
  ];
  const book = Book.fromColumns(columns());
  assert.ok(book instanceof Book);
  assert.equal(book.size, 2);
  assert.equal(decided(book), decided(new Book(file)));
  assert.equal(book.newest, new Book(file).newest);
});

test("what does not fit is refused with its place", () => {
  const wrong = [
    [() => 5, /^columns are not an object/],
    [(good) => ({ ...good, size: 1.5 }), /^size must be/],
    [(good) => ({ ...good, extra: 1 }), /^extra is not known/],
    [(good) => ({ ...good, ids: ["a"] }), /^lead\.id has 1 values; it must have 2/],
    [(good) => ({ ...good, ids: ["a", 5] }), /^lead\.id\[1\] must be a text/],
    [(good) => ({ ...good, fields: { budget: [1, 2] } }), /^fields\.budget must be a Float64Array/],
    [(good) => ({ ...good, fields: { budget: Float64Array.of(1, NaN) } }), /^fields\.budget\[1\] is NaN/],
    [(good) => ({ ...good, lead: { colour: texts([0, 0], ["x"]) } }), /^lead\.colour is not a column here/],
    [(good) => ({ ...good, signals: { ...good.signals, kind: undefined } }), /^signals\.kind is missing/],
    [(good) => ({ ...good, signals: { ...good.signals, at: Float64Array.of(-1, 0, 0) } }), /^signals\.at\[0\] is -1/],
  ];
  for (const [change, message] of wrong) {
    assert.throws(() => Book.fromColumns(change(columns())), (error) => error.name === "CadansError" && error.code === "not-columns" && message.test(error.message), String(message));
  }
  const thrower = Object.defineProperty({ size: 0 }, "fields", { enumerable: true, get() { throw new Error("mine"); } });
  for (const odd of [undefined, null, [], "x", 1n, () => 1, new Proxy({}, { get() { throw new Error("mine"); } }), thrower, { size: 2, ids: {} }, { size: 1, signals: { starts: 1 } }]) {
    assert.throws(() => Book.fromColumns(odd), { name: "CadansError", code: "not-columns" });
  }
  assert.equal(Book.fromColumns({ size: 0 }).size, 0);
});
