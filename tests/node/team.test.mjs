// The team in the editing module: each report is the command's, its types fit, and what is wrong is told.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Book, Rulebook, Team } from "./editing.mjs";
import { index, packs, root, sample } from "./module.mjs";

const place = (path) => fileURLToPath(new URL(path, root));
const leads = JSON.parse(new TextDecoder().decode(sample));
const won = leads.leads[0].id;
const rep = leads.reps[0].id;
const file = {
  members: [{ rep, shares: true, time: 0.8, planned: 0.5 }],
  orders: [{ at: "2026-11-16T10:00:00+01:00", lead: won, amount: 18000 }],
  promises: [{ at: "2026-11-02T10:00:00+01:00", by: "manager", to: rep, what: "a training", due: "2026-11-10T00:00:00+01:00" }],
};

/** What the command prints for a report. */
function printed(args) {
  const folder = mkdtempSync(join(tmpdir(), "cadans-team-"));
  try {
    const team = join(folder, "team.json");
    writeFileSync(team, JSON.stringify(file));
    const program = place(`target/debug/cadans${process.platform === "win32" ? ".exe" : ""}`);
    const all = ["team", ...args, "--rules", ...index.inForce, "--leads", place("www/sample/leads.json"), "--now", index.now, "--team", team];
    return execFileSync(program, all, { cwd: place("rules"), encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("each report is the one of the command, as data and as Markdown", () => {
  const team = new Team(new Rulebook(packs), new Book(sample), file);
  assert.deepEqual(team.refused(), []);
  for (const [report, options, args] of [
    ["plan", { days: 1 }, ["--days", "1"]],
    ["goals", {}, []],
    ["figures", { days: 30, by: "country" }, ["--days", "30", "--by", "country"]],
    ["cards", { as: rep }, ["--as", rep]],
    ["groups", {}, []],
    ["reward", { since: "2026-11-01", part: 0.05, threshold: 1000 }, ["--since", "2026-11-01", "--part", "5", "--threshold", "1000"]],
  ]) {
    assert.deepEqual(team[report](index.now, options), JSON.parse(printed([report, ...args, "--format", "json"])), report);
    assert.equal(team.markdown(report, index.now, options), printed([report, ...args, "--format", "markdown"]), report);
    assert.ok(team.document(report, index.now, options, "nl").parts.length >= 0, report);
  }
  assert.deepEqual(team.story(won, index.now), JSON.parse(printed(["story", won, "--format", "json"])));
});

test("a manager sees a person only who shares, and the manager's own promise", () => {
  const team = new Team(new Rulebook(packs), new Book(sample), JSON.stringify(file));
  assert.deepEqual(team.figures(index.now).people.map((one) => one.rep), [rep]);
  const cards = team.cards(index.now, { as: "manager" }).cards;
  assert.ok(cards.some((card) => card.kind === "ownPromise" && card.words.endsWith("?")));
  assert.equal(team.story(leads.leads[1].id, index.now), undefined);
});

test("what does not fit is told, and wrong use refused", () => {
  const [rulebook, book] = [new Rulebook(packs), new Book(sample)];
  const refused = new Team(rulebook, book, { orders: [{ at: "2026-11-16T10:00:00+01:00", lead: "nobody", amount: 1 }] }).refused();
  assert.equal(refused[0].path, "orders[0]");
  const code = (call) => {
    try {
      call();
    } catch (error) {
      return error.code;
    }
  };
  assert.equal(code(() => new Team(rulebook, book, "[]").goals(index.now)), "not-a-team-file");
  assert.equal(code(() => new Team(rulebook, book).cards(index.now, { as: "nobody" })), "unknown-rep");
  assert.equal(code(() => new Team(rulebook, book).story("nobody", index.now)), "unknown-lead");
  assert.equal(code(() => new Team(rulebook, book).figures(index.now, { by: "hair" })), "not-options");
  assert.equal(code(() => new Team(rulebook, book).reward(index.now, { since: "spring" })), "not-options");
});

test("the sample's goals are sound in both languages and count the same; a member's share of the day is kept to", () => {
  const [english, dutch] = ["goals.rhai", "goals.nl.rhai"].map((name) => ({ file: name, text: readFileSync(place(`www/sample/${name}`), "utf8") }));
  const teamFile = readFileSync(place("www/sample/team.json"), "utf8");
  const [one, other] = [english, dutch].map((goals) => {
    const rulebook = new Rulebook([...packs, goals]);
    assert.deepEqual(rulebook.diagnostics.filter(({ file }) => file === goals.file), []);
    return new Team(rulebook, new Book(sample), teamFile).goals(index.now).goals;
  });
  assert.equal(one.length, 5);
  const numbers = (goals) => goals.map(({ measure, target, since, until, whose, measured }) => ({ measure, target, since, until, whose, measured }));
  assert.deepEqual(numbers(one), numbers(other));

  const day = (members) => new Team(new Rulebook(packs), new Book(sample), { members }).plan(index.now, { days: 1 }).days.find((each) => each.rep === rep);
  // 60 in a hundred of the 450 minutes from ten to half past five, or a fifth of them.
  assert.deepEqual([day([]), day([{ rep, planned: 0.2 }])].map(({ minutes }) => minutes), [270, 90]);
});
