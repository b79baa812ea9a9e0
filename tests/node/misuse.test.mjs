// No value that JavaScript can make brings a trap: misuse is thrown with a code, and the module goes on working.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, Rulebook, decide, decideJson, explain, index, packs, sample, version } from "./module.mjs";

const NOW = index.now;
const cycle = {};
cycle.self = cycle;
const thrower = { get file() { throw new Error("mine"); }, get text() { throw 1; }, toJSON() { throw new Error("mine"); } };
const detached = new ArrayBuffer(8);
structuredClone(detached, { transfer: [detached] });
const ODD = [
  undefined, null, true, false, 0, -1, NaN, Infinity, -Infinity, 1e308, 2 ** 53, 10n, "", " ", "\0", "\ud800", "{", "[", "[[[[", "NaN",
  "x".repeat(1_000_000), "(".repeat(100_000), `[${"[".repeat(100_000)}`, "é".repeat(5_000), Symbol("s"), () => 1, class {}, [], [[]], [null],
  [undefined], [1, "a"], {}, { file: 1, text: 2 }, { file: "a" }, { file: "a", text: null }, { leads: 1 }, [{ id: 1 }], new Date(NaN), /x/,
  new Map([[1, 2]]), new Set([1]), new Uint8Array(0), new Uint8Array([0xff, 0xfe, 0, 1]), new Float64Array([NaN]), new ArrayBuffer(8),
  cycle, thrower, new Proxy({}, { get() { throw new Error("mine"); }, has() { throw new Error("mine"); } }), Promise.resolve(1), globalThis, detached,
];

/** Runs `call`; whatever it throws must be a CadansError with all its parts. Gives what it returned. */
function orRefused(call, value) {
  try {
    return call(value);
  } catch (error) {
    const about = `${typeof value}: ${error?.stack ?? error}`;
    assert.ok(error instanceof Error, about);
    assert.equal(error.name, "CadansError", about);
    for (const part of ["code", "message", "help"]) assert.equal(typeof error[part], "string", about);
    assert.match(error.code, /^[a-z]+(-[a-z]+)*$/, about);
    return undefined;
  }
}

const book = new Book(sample, { name: "leads.json" });
const rulebook = new Rulebook(packs);
const alive = () => assert.ok(decide(rulebook, book, NOW).length > 0);

test("odd packs, leads, options and moments are refused or read as data", () => {
  for (const odd of ODD) {
    orRefused((value) => new Rulebook(value).diagnostics, odd);
    orRefused((value) => new Rulebook([{ file: "odd.rhai", text: String(value) }]).diagnostics, typeof odd === "symbol" ? "" : odd === cycle ? "{}" : safe(odd));
    orRefused((value) => new Book(value).refused, odd);
    orRefused((value) => new Book("[]", value).noted, odd);
    orRefused((value) => book.people(value), odd);
    for (const call of [decide, decideJson]) {
      orRefused((value) => call(rulebook, book, value), odd);
      orRefused((value) => call(value, book, NOW), odd);
      orRefused((value) => call(rulebook, value, NOW), odd);
    }
    orRefused((value) => explain(rulebook, book, value, NOW), odd);
    orRefused((value) => explain(value, value, value, value), odd);
  }
  alive();
});

const safe = (value) => { try { return String(value); } catch { return ""; } };

test("freed handles are refused", () => {
  const [oldBook, oldRules] = [new Book("[]"), new Rulebook([])];
  oldBook.free();
  oldRules.free();
  assert.throws(() => decide(rulebook, oldBook, NOW), { name: "CadansError", code: "freed" });
  assert.throws(() => decide(oldRules, book, NOW), { name: "CadansError", code: "freed" });
  assert.throws(() => oldBook.people("L-1"), { name: "CadansError", code: "freed" });
  assert.throws(() => oldBook.size, { name: "CadansError", code: "freed" });
  oldBook.free(); // as `using` does with what was freed by hand
  alive();
});

test("a call before the module is loaded says so", async () => {
  const editing = await import("../../www/lib/editing.node.js"); // which nobody has loaded here
  assert.throws(() => new editing.Book("[]"), { name: "CadansError", code: "not-loaded" });
  assert.throws(() => editing.version(), { name: "CadansError", code: "not-loaded" });
});

test("each misuse has a code of its own", () => {
  const code = (call) => { try { call(); } catch (error) { return error.code; } };
  assert.equal(code(() => new Rulebook(7)), "not-packs");
  assert.equal(code(() => new Book(7)), "not-leads");
  assert.equal(code(() => new Book("[]", 7)), "not-options");
  assert.equal(code(() => decide(rulebook, book, "tomorrow")), "not-a-moment");
  assert.equal(code(() => decide(rulebook, book, NaN)), "not-a-moment");
  assert.equal(code(() => decide({}, book, NOW)), "not-a-rulebook");
  assert.equal(code(() => decide(rulebook, {}, NOW)), "not-a-book");
  assert.equal(code(() => explain(rulebook, book, "no such lead", NOW)), "unknown-lead");
});

test("a broken rule is data with its place, and the rest of the pack goes on", () => {
  const text = packs[0].text.replace(/\bwhen\b/, "when lead.nonsense and");
  const broken = new Rulebook([{ ...packs[0], text }]);
  const [first] = broken.diagnostics.filter(({ severity }) => severity === "error");
  assert.equal(first.file, packs[0].file);
  const line = text.slice(0, text.indexOf("lead.nonsense")).split("\n").length;
  assert.equal(first.span.line, line);
  for (const part of ["code", "message", "help"]) assert.ok(first[part].length > 0, part);
  assert.equal(decide(broken, book, NOW).length, book.size);
});

test("a broken lead is data with its field, and the other leads are read", () => {
  const mixed = new Book([{ id: "good", people: [{ id: "p" }] }, { id: "bad", people: [{ id: "p", channels: ["fone"] }] }]);
  assert.equal(mixed.size, 1);
  const [refusal] = mixed.refused;
  assert.equal(refusal.lead, "bad");
  assert.match(refusal.path, /^people\[0\]\.channels/);
  assert.match(refusal.reason, /fone/);
});

test("what was refused is told in the language asked for, under one code", () => {
  const book = new Book({ leads: [{ id: "a" }, { id: "b", people: 1, owner: "kim" }], reps: [{ id: "rob", zone: "Europe/Amsterdam", backup: "ann" }] });
  const place = { lead: "b", path: "people", code: "record-misfit", line: 1 };
  assert.deepEqual(book.refused, [{ ...place, reason: "must be a list, and is the number 1" }]);
  assert.deepEqual(book.refusedIn("nl"), [{ ...place, reason: "moet een lijst zijn, en is het getal 1" }]);
  assert.deepEqual(book.refusedIn(), book.refused);
  assert.deepEqual(book.refusedIn("xx"), book.refused);
  assert.deepEqual(book.noted.map(({ code, reason }) => [code, reason]), [["record-backup-unknown", "the backup \"ann\" is not among the reps of this file"]]);
  assert.deepEqual(book.notedIn("nl").map(({ reason }) => reason), ["de vervanger \"ann\" staat niet bij de verkopers van dit bestand"]);
});

test("leads may come as text, bytes or values, and mean the same", () => {
  const [text, values] = [sample.toString("utf8"), JSON.parse(sample.toString("utf8"))];
  const asked = (leads) => decideJson(rulebook, new Book(leads), NOW);
  assert.equal(asked(text), asked(new Uint8Array(sample)));
  assert.equal(asked(text), asked(values));
});

test("a lone surrogate is refused in a text as it is in an object", () => {
  for (const name of ["\ud800", "a\udc00b", "\ude00\ud83d", "\ud83d\ude00\ud83d", "\\\ud800", `${"x".repeat(2 ** 18)}\ud800`]) {
    // As JSON.stringify writes it, but with the surrogates themselves in place of their escapes.
    const text = `[{"id":"L-1","name":"${name.replaceAll("\\", "\\\\")}"}]`;
    const [inText, inObject] = [new Book(text), new Book([{ id: "L-1", name }])];
    assert.deepEqual([inText.size, inText.refused], [inObject.size, inObject.refused], JSON.stringify(name).slice(0, 40));
    assert.equal(inText.size, 0);
  }
  // Half of an escape is none.
  assert.equal(new Book('[{"id":"L-1","name":"\\\ud800"}]').size, 0);
  assert.equal(new Book('[{"id":"L-1","name":"\ufffd \ud83d\ude00"}]').size, 1);
});

test("a moment may be a text or a number of milliseconds", () => {
  assert.equal(decideJson(rulebook, book, NOW), decideJson(rulebook, book, Date.parse(NOW)));
});

test("hostile packs end by a limit, not by a trap", () => {
  const hostile = [
    "rule \"a\" when loop { } then wait;", "const X = { let s = \"x\"; loop { s += s; } };",
    "fn f(n) { f(n + 1) } rule \"b\" when f(0) then wait;", `rule "c" when ${"(".repeat(5_000)}1${")".repeat(5_000)} then wait;`,
    "rule \"d\" when { let a = []; a.pad(1000000, 0); true } then wait;", `rule "e" when ${"not ".repeat(20_000)}true then wait;`,
    `rule "f" when ${"1 + ".repeat(50_000)}1 > 0 then wait;`, `rule "g" when true then ${"[".repeat(20_000)};`,
    `rule "h" when true then phone${".value(1)".repeat(20_000)};`, "rule \"i\" when eval(\"loop {}\") then wait;", "import \"x\" as y;",
    `rule "j" when ${"if true { ".repeat(3_000)}true${" } else { false }".repeat(3_000)} then wait;`,
    `example "k" given ${"#{ a: ".repeat(10_000)}1${" }".repeat(10_000)} expect wait;`, `rule "l" when lead.${"a.".repeat(20_000)}b then wait;`,
  ];
  for (const text of hostile) {
    const odd = new Rulebook([{ file: "hostile.rhai", text }]);
    orRefused(() => odd.diagnostics);
    assert.equal(decide(odd, book, NOW).length, book.size, text.slice(0, 40));
    odd.free();
  }
  alive();
  assert.match(version(), /^\d/);
});
