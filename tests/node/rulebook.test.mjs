// Settings and layers of `new Rulebook`: what is given is in force, and what cannot be meant is refused with the range or the nearest name.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, Rulebook, decide, explain } from "./module.mjs";

const now = "2026-11-20T10:00:00+01:00";
const company = {
  file: "company.rhai",
  text: `pack "Company";
setting least = 1 range 1..=9 because "Visits that count";
setting rest = 2.days range 1.days..=9.days;
setting risky = 0.3 unit "percent";
rule "Call" when lead.visits() >= least then phone.chance(0.3).lever(1.2) because "Looked around";
rule "Mail" when lead.visits() >= 1 then email.chance(0.2).lever(1.0) because "Looked around";
never video when lead.since("visit") < rest and risky > 0.9;`,
};
const team = { file: "team.rhai", text: `pack "Team";\nwithout "Call" because "We write";` };
const lead = (id, owner) => ({
  id, owner, account: { id }, stage: "interest", country: "NL", zone: "Europe/Amsterdam",
  people: [{ id: "anna", channels: ["phone", "email"] }], signals: [{ at: "2026-11-19T10:00:00+01:00", kind: "visit" }],
});
const book = new Book([lead("K", "kim"), lead("J", "jan")]);
/** The channels for the leads of Kim and of Jan, whichever comes first in the queue. */
function channels(rulebook) {
  const advices = new Map(decide(rulebook, book, now).map((advice) => [advice.lead, advice]));
  return ["K", "J"].map((lead) => advices.get(lead).touch?.channel);
}
const refusal = (options) => {
  try {
    new Rulebook(company, options);
  } catch ({ code, message, help }) {
    return { code, told: `${message}. ${help}` };
  }
  return assert.fail(`${JSON.stringify(options)} was taken`);
};

test("settings are in force, by name and by the pack", () => {
  assert.deepEqual(channels(new Rulebook(company)), ["phone", "phone"]);
  for (const settings of [{ least: 2 }, { "Company/least": 2 }, { least: 9, rest: "3.days", risky: "25%" }]) {
    const rulebook = new Rulebook(company, { settings });
    assert.deepEqual(channels(rulebook), ["email", "email"]);
    const { value, written, range, unit, because } = rulebook.settings[0];
    assert.deepEqual([value, written, range, unit, because], [Object.values(settings)[0], 1, { from: 1, to: 9 }, "count", "Visits that count"]);
  }
  assert.deepEqual(new Rulebook(company).settings.map(({ name, unit }) => [name, unit]), [["least", "count"], ["rest", "time"], ["risky", "percent"]]);
});

test("what a setting cannot be is refused with the range, and an unknown one with the nearest name", () => {
  for (const [settings, code, part] of [
    [{ least: 10 }, "bad-override", /1 to 9/],
    [{ least: "many" }, "bad-override", /count/],
    [{ rest: 3 }, "bad-override", /3\.days/],
    [{ rest: "30.days" }, "bad-override", /1\.days to 9\.days/],
    [{ risky: 2 }, "bad-override", /from 0 to 1/],
    [{ leest: 1 }, "unknown-setting", /least/],
    [{ "Company/leest": 1 }, "unknown-setting", /least/],
    [{ least: NaN }, "not-options", /setting/],
    [{ least: null }, "not-options", /setting/],
  ]) {
    const { code: came, told } = refusal({ settings });
    assert.equal(came, code, JSON.stringify(settings));
    assert.match(told, part);
  }
  for (const options of [7, "least", [], { setting: {} }, { settings: 3 }, { layers: [{}] }, { layers: [{ kind: "boss", packs: [] }] }]) {
    assert.equal(refusal(options).code, "not-options", JSON.stringify(options));
  }
});

test("layers change what stands before them, for all or for the leads of a rep, and say so", () => {
  const kim = { file: "kim.rhai", text: `pack "Kim";\nwithout "Call" because "Mine do not pick up";` };
  const inLayers = (file, layer) => new Rulebook([company, file], { layers: [{ kind: "company", packs: ["company.rhai"] }, layer] });
  assert.deepEqual(channels(inLayers(team, { kind: "team", packs: ["team.rhai"] })), ["email", "email"]);
  const rulebook = inLayers(kim, { kind: "rep", rep: "kim", packs: [{ file: "kim.rhai" }] });
  assert.deepEqual(channels(rulebook), ["email", "phone"]);
  const [{ change, kind, statement, by, rep, because }, ...others] = rulebook.changes;
  assert.deepEqual([change, kind, statement.name, by.pack, rep, because, others.length], ["off", "rule", "Call", "Kim", "kim", "Mine do not pick up", 0]);
  const [off] = explain(rulebook, book, "K", now).switchedOff;
  assert.equal(off.summary, "would hold here, but Kim switched it off: Mine do not pick up");
  assert.equal(explain(rulebook, book, "J", now).switchedOff, undefined);
  // The settings of a layer, and what goes before all.
  const layers = [{ kind: "company", packs: ["company.rhai"], settings: { least: 2 } }];
  assert.deepEqual(channels(new Rulebook(company, { layers })), ["email", "email"]);
  assert.deepEqual(channels(new Rulebook(company, { layers, overrides: { least: 1 } })), ["phone", "phone"]);
});
