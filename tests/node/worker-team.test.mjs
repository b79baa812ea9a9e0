// The team through cadans/worker: each report is that of the module in this thread, the leads are those of the moment, and misuse is told.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import * as remote from "../../www/lib/worker.node.js";
import * as here from "./editing.mjs";
import { index, packs, root, sample } from "./module.mjs";

const file = await readFile(new URL("www/sample/team.json", root), "utf8");
await remote.init();
after(() => remote.end());

const code = (promise) => promise.then(() => undefined, (error) => error.code);

test("each report is the one of the module in this thread", async () => {
  const [there, local] = [remote, here].map((api) => new api.Team(new api.Rulebook(packs), new api.Book(sample), file));
  assert.deepEqual(await there.refused(), []);
  for (const report of ["plan", "goals", "figures", "cards", "groups"]) {
    const options = report === "plan" ? { days: 1 } : { as: "lotte" };
    assert.deepEqual(await there[report](index.now, options, "nl"), local[report](index.now, options, "nl"), report);
  }
  const won = JSON.parse(file).orders[0].lead;
  assert.deepEqual(await there.story(won, index.now), local.story(won, index.now));
  const terms = { since: "2026-10-01", threshold: 1000, part: 0.05 };
  assert.deepEqual(await there.reward(new Date(index.now), terms), local.reward(index.now, terms));
  assert.equal(await there.markdown("goals", index.now, {}), local.markdown("goals", index.now, {}));
  assert.deepEqual(await there.document("cards", index.now, {}), local.document("cards", index.now, {}));
});

test("what a watch took in is in the next report", async () => {
  const [rulebook, book] = [new remote.Rulebook(packs), new remote.Book(sample)];
  const [team, watch] = [new remote.Team(rulebook, book, JSON.parse(file)), new remote.Watch(rulebook, book, index.now)];
  const contacts = async () => (await team.figures(index.now, {})).team.contacts;
  const before = await contacts();
  const lead = JSON.parse(new TextDecoder().decode(sample)).leads[0];
  await watch.record(lead.id, { at: new Date(Date.parse(index.now) - 60_000).toISOString(), kind: "call", channel: "phone", direction: "outbound", outcome: "answered", person: lead.people[0].id });
  assert.equal(await contacts(), before + 1);
});

test("misuse is told by its code", async () => {
  const [rulebook, book] = [new remote.Rulebook(packs), new remote.Book(sample)];
  assert.throws(() => new remote.Team(rulebook, {}), { code: "not-a-book" });
  assert.throws(() => new remote.Team({}, book), { code: "not-a-rulebook" });
  assert.equal(await code(new remote.Team(rulebook, book, "[]").goals(index.now)), "not-a-team-file");
  assert.equal(await code(new remote.Team(rulebook, book).cards(index.now, { as: "nobody" })), "unknown-rep");
  const team = new remote.Team(rulebook, book);
  book.free();
  assert.equal(await code(team.plan(index.now)), "freed");
});
