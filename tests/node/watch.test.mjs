// A watch holds what asking all leads afresh gives, as time passes and as signals come in.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, Rulebook, Watch, decide, index, packs, sample } from "./module.mjs";

const VERDICTS = ["touch", "find", "hand_over", "wait", "hold"];
const CHANNELS = ["phone", "email", "social", "chat", "video", "visit", "content"];
const NOW = Date.parse(index.now);
const HOUR = 3_600_000;
const rulebook = new Rulebook(packs);
const given = JSON.parse(new TextDecoder().decode(sample));

/** What is held of each lead, in the words of an advice. */
function held(watch, { ends = true } = {}) {
  const { verdict, channel, from, until, priority, size = verdict.length } = watch;
  return Array.from({ length: size }, (_, lead) => ({
    verdict: VERDICTS[verdict[lead]],
    channel: CHANNELS[channel[lead]],
    from: Number.isNaN(from[lead]) ? undefined : from[lead],
    until: Number.isNaN(until[lead]) || !ends ? undefined : until[lead],
    priority: Number.isNaN(priority[lead]) ? undefined : priority[lead],
  }));
}

/** The same, from advices. */
function told(book, now, { ends = true } = {}) {
  const advices = new Map(decide(rulebook, book, now).map((advice) => [advice.lead, advice]));
  return given.leads.map(({ id }) => {
    const { verdict, touch, priority } = advices.get(id);
    const at = (moment) => (moment === undefined ? undefined : Date.parse(moment));
    return {
      verdict, channel: touch?.channel, from: at(touch?.window?.from), until: ends ? at(touch?.window?.until) : undefined,
      priority: priority?.total,
    };
  });
}

test("a new watch says what decide says, and puts each decision into words", () => {
  const book = new Book(sample);
  const watch = new Watch(rulebook, book, NOW);
  assert.equal(watch.now, NOW);
  assert.deepEqual(held(watch), told(book, NOW));
  for (const advice of decide(rulebook, book, NOW).slice(0, 40)) {
    assert.equal(JSON.stringify(watch.advice(advice.lead)), JSON.stringify(advice));
    assert.equal(JSON.stringify(watch.explain(advice.lead).advice), JSON.stringify(advice));
  }
  assert.deepEqual(watch.advice(3), watch.advice(given.leads[3].id));
});

test("as time passes only the leads that are due are decided again, and nothing goes stale", () => {
  const book = new Book(sample);
  const watch = new Watch(rulebook, book, NOW);
  let again = 0;
  for (let hour = 1; hour <= 30; hour += 1) {
    const review = watch.reviewAt;
    const now = NOW + hour * HOUR;
    const places = watch.tick(now);
    again += places.length;
    review.forEach((at, lead) => assert.ok(!(at <= now) || places.includes(lead), `lead ${lead} was due`));
    assert.ok(watch.reviewAt.every((at) => !(at <= now)));
    if (hour % 10 === 0) {
      // What a rule counts from the moment of asking (`within`, `after`) stays as it was told first.
      const still = ({ verdict, channel, priority }) => ({ verdict, channel, priority });
      assert.deepEqual(held(watch).map(still), told(book, now).map(still));
    }
  }
  assert.ok(again < (30 * given.leads.length) / 2, `${again} decided again`);
});

test("a watch does not go back in time, in the language asked for", () => {
  const watch = new Watch(rulebook, new Book(sample), NOW);
  const back = (language, part) =>
    assert.throws(
      () => watch.tick(NOW - 1, language),
      (error) => error.code === "tick-back" && error.message.includes(part),
    );
  back(undefined, "lies before it");
  back("nl", "ligt daarvoor");
  assert.equal(watch.now, NOW);
});

test("a queue is that of one rep", () => {
  const book = new Book(sample);
  const [all, reps] = [decide(rulebook, book, NOW), given.reps];
  let found = 0;
  reps.forEach(({ id, name }, place) => {
    const theirs = all.filter(({ lead, touch }) => (touch ? touch.rep?.id : given.leads.find((one) => one.id === lead).owner) === id);
    assert.deepEqual(decide(rulebook, book, NOW, "en", { rep: id }), theirs);
    if (name) assert.deepEqual(decide(rulebook, book, NOW, "en", { rep: name.toUpperCase() }), theirs);
    found += theirs.length;
    assert.ok(new Watch(rulebook, book, NOW).rep.includes(place) || !theirs.some(({ touch }) => touch));
  });
  assert.ok(found > 100, `${found} leads are somebody's`);
  const unknown = (error) => error.name === "CadansError" && error.code === "unknown-rep";
  assert.throws(() => decide(rulebook, book, NOW, "en", { rep: "nobody" }), unknown);
});

test("a signal changes the leads of its account, and no other", () => {
  const book = new Book(sample);
  const watch = new Watch(rulebook, book, NOW);
  const lead = given.leads.find(({ people }) => people?.length > 0);
  const before = held(watch);
  const places = watch.record(lead.id, { at: new Date(NOW - 60_000).toISOString(), kind: "form", person: lead.people[0].id });
  assert.ok(places.includes(given.leads.indexOf(lead)));
  const after = held(watch);
  after.forEach((one, place) => places.includes(place) || assert.deepEqual(one, before[place]));
  assert.deepEqual(after, told(book, NOW));
  const changed = watch.put({ ...lead, signals: [] });
  assert.ok(changed.includes(given.leads.indexOf(lead)));
  assert.deepEqual(held(watch), told(book, NOW));
  assert.equal(watch.put({ ...lead, id: "new" })[0] >= 0, true);
  assert.equal(book.size, given.leads.length + 1);
});

test("what is no lead, signal or moment is refused with a code, and changes nothing", () => {
  const book = new Book(sample);
  const watch = new Watch(rulebook, book, NOW);
  const before = held(watch);
  const refused = (call, code) => assert.throws(call, (error) => error.name === "CadansError" && error.code === code);
  refused(() => new Watch(book, rulebook, NOW), "not-a-rulebook");
  refused(() => new Watch(rulebook, book, "soon"), "not-a-moment");
  refused(() => watch.tick(undefined), "not-a-moment");
  for (const odd of [-1, 0.5, 1e9, NaN, "nobody", undefined, null, {}, []]) refused(() => watch.advice(odd), "unknown-lead");
  for (const odd of [undefined, null, 1, "x", {}, { at: "now", kind: "form" }, { at: NOW, kind: "form" }, () => 1]) {
    refused(() => watch.record(0, odd), "refused");
    refused(() => watch.put(odd), "refused");
  }
  refused(() => watch.record(0, { at: new Date(NOW).toISOString(), kind: "form", person: "somebody else" }), "refused");
  assert.deepEqual(held(watch), before);
});

test("what was declined rests at once, and feedback that is none is refused", () => {
  const book = new Book(sample);
  const watch = new Watch(rulebook, book, NOW);
  const before = given.leads.map(({ id }) => watch.advice(id)).find(({ verdict, rule }) => verdict === "touch" && rule);
  const { pack, name: rule } = before.rule;
  const said = { at: index.now, rule, pack, verdict: "declined", reason: "not now", rep: "lotte" };
  const again = watch.record(before.lead, said);
  assert.ok(again.includes(given.leads.findIndex(({ id }) => id === before.lead)));
  const after = watch.advice(before.lead);
  assert.ok(after.rule?.name !== rule);
  assert.ok(after.blocks.some((block) => block.policy === "declined" && block.reason.includes("not now")));
  assert.equal(JSON.stringify(after), JSON.stringify(decide(rulebook, book, NOW).find(({ lead }) => lead === before.lead)));
  const refused = (feedback) => {
    try {
      watch.record(before.lead, feedback);
    } catch (error) {
      return error.code;
    }
  };
  assert.equal(refused({ ...said, verdict: "snoozed" }), "refused");
  assert.equal(refused({ ...said, person: "nobody" }), "refused");
  assert.equal(refused({ ...said, verdict: "maybe" }), "refused");
  assert.equal(refused(undefined), "refused");
});

test("the top of the queue is how what decide says begins, for all and for one rep", () => {
  const [rulebook, book] = [new Rulebook(packs), new Book(sample)];
  const watch = new Watch(rulebook, book, new Date(index.now));
  const toDo = (options) => decide(rulebook, book, new Date(index.now), "nl", options).filter(({ verdict }) => !["wait", "hold"].includes(verdict));
  for (const options of [undefined, { rep: "lotte" }, { rep: "Lotte Verhagen" }]) {
    const all = toDo(options);
    assert.ok(all.length > 5);
    assert.deepEqual(watch.top(5, options, "nl"), all.slice(0, 5));
    assert.deepEqual(watch.top(1_000_000, options, "nl"), all);
  }
  assert.deepEqual(watch.top(0), []);
  const code = (call) => { try { call(); } catch (error) { return error.code; } };
  for (const odd of [-1, 1.5, NaN, "5", undefined, null, {}, 1n]) assert.equal(code(() => watch.top(odd)), "not-a-count", String(odd));
  assert.equal(code(() => watch.top(5, { rep: "nobody" })), "unknown-rep");
  assert.equal(code(() => watch.tick(new Date("2026-11-19T00:00:00Z"))), "tick-back");
  assert.equal(code(() => watch.tick(new Date(NaN))), "not-a-moment");
});
