// A simulation in the editing module: the same numbers as the command's, with progress, and an end when the caller wants it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Book as BookThatDecides } from "../../www/lib/cadans.node.js";
import { Book, Rulebook, responseModel, simulate } from "./editing.mjs";
import { index, packs, root, sample } from "./module.mjs";

const OPTIONS = { days: 1, step: 60, seed: 7, reps: 4, minutes: { phone: 15 } };

test("the command and the module simulate alike", () => {
  const place = (path) => fileURLToPath(new URL(path, root));
  const program = place(`target/debug/cadans${process.platform === "win32" ? ".exe" : ""}`);
  const printed = execFileSync(program, [
    "simulate", "--rules", ...index.inForce, "--leads", place("www/sample/leads.json"), "--now", index.now, "--format", "json",
    "--days", "1", "--step", "60.minutes", "--seed", "7", "--reps", "4", "--minutes", "phone=15",
  ], { cwd: place("rules"), encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
  // The commands that show a case are the command's own.
  const native = JSON.parse(printed, (key, value) => (key === "command" ? undefined : value));
  const { note, report } = simulate(new Rulebook(packs), new Book(sample), index.now, OPTIONS);
  assert.ok(report.touches > 0);
  assert.deepEqual(report, native.runs[0].report);
  assert.equal(note, native.note);
  assert.match(note, /forecasts nothing/);
});

test("progress is told, the book may be used meanwhile, and false ends the run", () => {
  const [rulebook, book] = [new Rulebook(packs), new Book(sample)];
  const told = [];
  const simulated = simulate(rulebook, book, index.now, OPTIONS, (done, all) => {
    told.push([done, all]);
    assert.ok(book.size > 0);
    return done < 2;
  });
  assert.equal(simulated, undefined);
  assert.deepEqual(told, [[0, 24], [1, 24], [2, 24]]);
  const failing = () => simulate(rulebook, book, index.now, OPTIONS, () => {
    throw new Error("of the caller");
  });
  assert.throws(failing, /of the caller/);
});

test("a response model can be changed, and one that is none is refused", () => {
  const [rulebook, book] = [new Rulebook(packs), new Book(sample)];
  const model = { ...responseModel(), name: "Ours", arrivals: [] };
  const { report, note } = simulate(rulebook, book, index.now, { ...OPTIONS, model, answers: "never" }, undefined, "nl");
  assert.equal(report.model, "Ours");
  assert.equal(report.questions.asked, 0);
  assert.match(note, /voorspelt niets/);
  const refused = (options) => {
    try {
      simulate(rulebook, book, index.now, options);
    } catch (error) {
      return error.code;
    }
  };
  assert.equal(refused({ model: { ...model, hours: [1] } }), "not-a-model");
  assert.equal(refused({ days: "two" }), "not-options");
  assert.equal(refused({ weeks: 2 }), "not-options");
});

test("handles of the deciding module, freed ones and other values are refused", () => {
  const [rulebook, book, freed] = [new Rulebook(packs), new Book(sample), new Book("[]")];
  freed.free();
  assert.throws(() => simulate(rulebook, new BookThatDecides("[]"), index.now), { name: "CadansError", code: "not-a-book" });
  assert.throws(() => simulate(rulebook, freed, index.now), { name: "CadansError", code: "freed" });
  assert.throws(() => simulate({}, book, index.now), { name: "CadansError", code: "not-a-rulebook" });
});

test("a signal that aborts ends the run with its reason", () => {
  const [rulebook, book] = [new Rulebook(packs), new Book(sample)];
  const [control, reason] = [new AbortController(), new Error("enough")];
  const progress = (done) => { if (done === 2) control.abort(reason); };
  assert.throws(() => simulate(rulebook, book, index.now, { ...OPTIONS, signal: control.signal }, progress), reason);
  assert.throws(() => simulate(rulebook, book, index.now, { ...OPTIONS, signal: control.signal }), reason);
  assert.ok(simulate(rulebook, book, new Date(index.now), { ...OPTIONS, signal: new AbortController().signal }).report.touches > 0);
});
