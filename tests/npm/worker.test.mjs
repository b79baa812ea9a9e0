// `cadans/worker` in Node's threads: the answers of the API without a worker, the same misuse, and the same book after the engine has stopped.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { readFile } from "node:fs/promises";
import { NOW, installed, leads, packs } from "./installed.mjs";

const root = new URL("../../", import.meta.url);
const direct = await installed("cadans.node.js");
const remote = await installed("worker.node.js");
const { Book, CadansError, Matcher, Rulebook, Watch, decide, decideJson, explain, match, simulate } = remote;
await direct.init();
const sample = await readFile(new URL("www/sample/leads.json", root));
const sales = await Promise.all(["inside-sales.rhai", "answers.rhai"].map(async (file) => ({ file, text: await readFile(new URL(`rules/${file}`, root), "utf8") })));

after(() => remote.end());

const refused = (code) => (error) => error instanceof CadansError && error.code === code && error.help.length > 0;

test("before init a call says so", async () => {
  await assert.rejects(async () => new Rulebook(packs).ready, refused("not-loaded"));
  await assert.rejects(remote.check(packs), refused("not-loaded"));
  await remote.init();
});

test("answers are those of the module without a worker", async () => {
  const [here, there] = [[new direct.Rulebook(sales), new direct.Book(sample)], [new Rulebook(sales), new Book(sample)]];
  assert.equal(await decideJson(...there, NOW), direct.decideJson(...here, NOW));
  assert.deepEqual(await decide(...there, new Date(NOW), "nl", { rep: "lotte" }), direct.decide(...here, NOW, "nl", { rep: "lotte" }));
  assert.deepEqual(await explain(...there, "L-042", NOW), direct.explain(...here, "L-042", NOW));
  assert.deepEqual([await there[1].size, await there[1].newest, await there[1].people("L-042")], [here[1].size, here[1].newest, here[1].people("L-042")]);
  assert.deepEqual(await there[0].settings, here[0].settings);
  const [one, other] = [await match(...there, NOW), direct.match(...here, NOW)];
  assert.deepEqual([one.first, one.held, one.faults], [other.first, other.held, other.faults]);
  const watches = [new direct.Watch(...here, NOW), new Watch(...there, NOW)];
  assert.deepEqual(await watches[1].verdict, watches[0].verdict);
  assert.deepEqual(await watches[1].top(3, { rep: "lotte" }), watches[0].top(3, { rep: "lotte" }));
  assert.equal(await remote.version(), direct.version());
  for (const handle of [...there, watches[1]]) handle.free();
});

test("rows are matched, and their lists are copied out of the engine's memory", async () => {
  const rulebook = new Rulebook([{ file: "a.rhai", text: 'pack "A" #{ version: "1.0.0", language: "en" }; fact budget as number; rule "Rich" when lead.budget > 10 then phone;' }]);
  const matcher = new Matcher(rulebook, { now: NOW });
  assert.deepEqual(await matcher.fields, ["budget"]);
  await matcher.fill([{ budget: 11 }, { budget: 2 }]);
  assert.deepEqual([...(await matcher.match()).first], [0, -1]);
  assert.equal(await matcher.one({ budget: 12 }), 0);
  const held = await matcher.held;
  assert.deepEqual([held, held.buffer.byteLength], [new Uint32Array([1]), 4]);
});

test("leads come as text, bytes, values or a file, and bytes stay the caller's", async () => {
  const bytes = new TextEncoder().encode(leads);
  const rulebook = new Rulebook(packs);
  const expected = await decideJson(rulebook, new Book(leads), NOW);
  for (const given of [bytes, JSON.parse(leads), new Blob([leads])]) assert.equal(await decideJson(rulebook, new Book(given), NOW), expected);
  assert.equal(bytes.length, Buffer.byteLength(leads));
});

test("misuse is rejected with the codes of the module without a worker", async () => {
  const [rulebook, book] = [new Rulebook(packs), new Book(leads)];
  await assert.rejects(decide(rulebook, book, "tomorrow"), refused("not-a-moment"));
  await assert.rejects(decide({}, book, NOW), refused("not-a-rulebook"));
  await assert.rejects(decide(rulebook, new direct.Book("[]"), NOW), refused("not-a-book"));
  await assert.rejects(explain(rulebook, book, "L-9", NOW), refused("unknown-lead"));
  const wrong = new Rulebook(7);
  await assert.rejects(wrong.ready, refused("not-packs"));
  await assert.rejects(decide(wrong, book, NOW), refused("not-packs"));
  await assert.rejects(remote.check(() => 1), refused("not-readable"));
  assert.throws(() => new Book({ get leads() { throw new Error("mine"); } }), refused("not-readable"));
  book.free();
  book.free();
  await assert.rejects(decide(rulebook, book, NOW), refused("freed"));
  await assert.rejects(async () => book.size, refused("freed"));
});

test("after the engine has stopped the call that did it says so, and all others go on with the same book", async () => {
  const [rulebook, book] = [new Rulebook(packs), new Book(leads)];
  const watch = new Watch(rulebook, book, NOW);
  assert.deepEqual((await watch.top(9)).map(({ lead }) => lead), ["L-1"]);
  await watch.record("L-1", { at: "2026-11-20T09:59:00+01:00", kind: "call", channel: "phone", direction: "outbound", person: "anna", rep: "lotte", outcome: "answered",
    pack: "Monday rules", rule: "Price page again: phone today" });
  await watch.tick("2026-11-20T11:00:00+01:00");
  const before = [await watch.now, await decideJson(rulebook, book, NOW)];
  // More rows than the engine has memory for: a list of a million numbers for each of a thousand fields.
  const fields = Array.from({ length: 1_000 }, (_, place) => `f${place}`);
  const wide = `pack "W" #{ version: "1.0.0", language: "en" };\n${fields.map((name) => `fact ${name} as number;`).join("\n")}
${fields.map((name, place) => `rule "R${place}" when lead.${name} > 1 then phone;`).join("\n")}`;
  const matcher = new Matcher(new Rulebook([{ file: "wide.rhai", text: wide }]), { now: NOW });
  await matcher.ready;
  const stopping = matcher.fill(Array(1_000_000).fill({ f1: 1 }));
  const meanwhile = decideJson(rulebook, book, NOW);
  await assert.rejects(stopping, refused("trap"));
  assert.equal(await meanwhile, before[1]);
  assert.deepEqual([await watch.now, await decideJson(rulebook, book, NOW)], before);
  assert.deepEqual(await watch.top(9), []); // the call that was recorded is still there
});

test("authors' functions answer from a worker of their own", async () => {
  const found = await remote.check([{ file: "a.rhai", text: 'rule "x" when lead.nonsense then phone;' }]);
  assert.ok(found.some(({ severity }) => severity === "error"));
  assert.equal((await remote.format("rule \"x\"   when true then wait;")).changed, true);
  assert.ok((await remote.diff(packs, [{ ...packs[0], text: packs[0].text.replace("4.hours", "2.hours") }])).changes.statements.length === 1);
  assert.ok((await remote.complete(packs, "monday.rhai", 0)).length > 0);
});

test("a simulation tells its progress, ends when it is aborted, and the other calls go on", async () => {
  const [rulebook, book] = [new Rulebook(packs), new Book(leads)];
  const options = { days: 1, step: 120, seed: 7, reps: 2 };
  const steps = [];
  const whole = await simulate(rulebook, book, NOW, options, (done, all) => { steps.push([done, all]); });
  assert.ok(whole.report.touches > 0);
  assert.deepEqual(steps.at(-1), [11, 12]);
  const control = new AbortController();
  const aborted = simulate(rulebook, book, NOW, { ...options, days: 300, step: 5, signal: control.signal }, (done) => { if (done === 1) control.abort(); });
  await assert.rejects(aborted, { name: "AbortError" });
  assert.equal(await simulate(rulebook, book, NOW, { ...options, days: 300, step: 5 }, (done) => done < 2), undefined);
  await assert.rejects(simulate(rulebook, book, NOW, { ...options, signal: AbortSignal.abort(new Error("before")) }), /before/);
  assert.deepEqual(await simulate(rulebook, book, NOW, options), whole);
  await assert.rejects(simulate(rulebook, book, NOW, { weeks: 1 }), refused("not-options"));
});
