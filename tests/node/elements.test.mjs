// What the elements work out without a document: entries, groups of the day, times and figures. Expected values are worked out by hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import { groupOf } from "../../www/lib/elements/day.js";
import { OUTCOMES, adapted, declined, done, recordedAsText, recordedFromText, snoozed } from "../../www/lib/elements/entries.js";
import { engineOf } from "../../www/lib/elements/engine.js";
import { shownFigures } from "../../www/lib/elements/figures.js";
import { byLine } from "../../www/lib/elements/sheet.js";
import { momentOf, momentWords, nextMonday, windowWords } from "../../www/lib/elements/times.js";
import { WORDS } from "../../www/lib/elements/words.js";
import { Book, Rulebook, index, packs, sample } from "./module.mjs";

const NOW = Date.parse("2026-11-20T10:00:00+01:00");
const at = "2026-11-20T09:00:00.000Z";
const call = {
  lead: "L", now: at, verdict: "touch", reason: "", dataVersions: { tz: "", holidays: "" }, rule: { pack: "P", file: "p.rhai", name: "Ring back", span: {} },
  touch: { channel: "phone", person: { id: "ann", why: "" }, late: false, offer: "guide", pack: "p", rule: "ring" },
};
const series = { ...call, touch: { channel: "email", late: false, cadence: "Warm", step: 2, pack: "p", acknowledges: true } };

test("a contact carries what its advice names, so that nothing is advised twice", () => {
  assert.deepEqual(done(call, { now: NOW, rep: "kim", outcome: "no_answer" }), [
    { at, kind: "call", channel: "phone", direction: "outbound", person: "ann", rep: "kim", outcome: "no_answer", content: "guide", pack: "p", rule: "ring" },
    { at, rule: "ring", pack: "p", verdict: "followed", person: "ann", rep: "kim" },
  ]);
  assert.deepEqual(done(series, { now: NOW, outcome: "sent" }), [
    { at, kind: "email", channel: "email", direction: "outbound", pack: "p", cadence: "Warm", step: 2, acknowledges: true },
    { at, rule: "Warm", pack: "p", verdict: "followed" },
  ]);
  const [signal, said] = adapted(call, { now: NOW, rep: "kim", channel: "video", person: "bob", outcome: "held", reason: " Bob knows more " });
  assert.deepEqual(signal, { at, kind: "meeting", channel: "video", direction: "outbound", person: "bob", rep: "kim", outcome: "held", pack: "p", rule: "ring" });
  assert.deepEqual(said, { at, rule: "ring", pack: "p", verdict: "adapted", person: "ann", reason: "Bob knows more", rep: "kim" });
});

test("declining is about the person unless said otherwise, putting off is about the lead", () => {
  assert.deepEqual(declined(call, { now: NOW, reason: "no" }), [{ at, rule: "ring", pack: "p", verdict: "declined", person: "ann", reason: "no" }]);
  assert.deepEqual(declined(call, { now: NOW, reason: "no", everybody: true }), [{ at, rule: "ring", pack: "p", verdict: "declined", reason: "no" }]);
  assert.deepEqual(snoozed(call, { now: NOW, until: NOW + 3_600_000 }), [{ at, rule: "ring", pack: "p", verdict: "snoozed", until: "2026-11-20T10:00:00.000Z" }]);
  const promised = { ...call, rule: undefined, touch: { channel: "phone", late: false, promised: at } };
  assert.deepEqual(declined(promised, { now: NOW, reason: "no" }), [], "no rule speaks, so there is nothing to decline");
  assert.deepEqual(adapted({ ...call, touch: undefined, rule: undefined }, { now: NOW, channel: "phone", outcome: "busy" }),
    [{ at, kind: "call", channel: "phone", direction: "outbound", outcome: "busy" }], "a contact that nobody advised is a signal alone");
});

test("every outcome of every channel is taken by the engine, and the advice for that lead moves on", () => {
  const rulebook = new Rulebook(packs);
  const engine = engineOf(rulebook, new Book(sample));
  assert.equal(engineOf(rulebook, new Book(sample)) === engine, false);
  const book = new Book(sample);
  assert.equal(engineOf(rulebook, book), engineOf(rulebook, book), "one engine for one book");
  const seen = new Set();
  for (const advice of engine.queue(Date.parse(index.now), { language: "en" })) {
    const { channel } = advice.touch ?? {};
    if (advice.verdict !== "touch" || seen.has(channel)) continue;
    seen.add(channel);
    for (const outcome of OUTCOMES[channel]) {
      const own = engineOf(rulebook, new Book(sample));
      for (const entry of done(advice, { now: Date.parse(index.now), rep: advice.touch.rep?.id, outcome })) own.record(advice.lead, entry);
      const after = own.explain(advice.lead, Date.parse(index.now), "en").advice;
      const same = (one) => JSON.stringify([one.verdict, one.rule, one.touch?.channel, one.touch?.window?.from, one.touch?.answers?.tried]);
      if (outcome === "answered" || outcome === "held") assert.notEqual(same(after), same(advice), `${advice.lead} ${channel} ${outcome}`);
    }
  }
  assert.ok(seen.size >= 5, [...seen].join());
});

test("what was recorded is written and read again; lines that are no entry are told", () => {
  const recorded = [{ lead: "L", entry: done(call, { now: NOW, outcome: "busy" })[0] }, { lead: "M", entry: snoozed(call, { now: NOW, until: NOW + 1 })[0] }];
  const text = recordedAsText(recorded);
  assert.deepEqual(text.trim().split("\n").map((line) => Object.keys(JSON.parse(line))), [["lead", "signal"], ["lead", "feedback"]]);
  assert.deepEqual(recordedFromText(text), { recorded, refused: [] });
  const odd = `${text}\nnonsense\n{"lead":1,"signal":{}}\nnull\n[]\n{"lead":"L","signal":{"verdict":"x"}}\n{"lead":"L","feedback":[]}\r\n`;
  assert.deepEqual(recordedFromText(`\uFEFF${odd}`), { recorded, refused: [4, 5, 6, 7, 8, 9] });
});

test("the day of a rep is that of the rep's own clock", () => {
  // Adelaide, Monday 18:00, is Monday 08:30 in Amsterdam.
  const window = { from: "2026-11-23T07:30:00Z", until: "2026-11-23T08:00:00Z", localFrom: "2026-11-23T18:00:00+10:30", localUntil: "2026-11-23T18:30:00+10:30", zone: "Australia/Adelaide", late: false, why: "" };
  const advice = { ...call, touch: { ...call.touch, window } };
  assert.equal(groupOf(advice, NOW, "Europe/Amsterdam"), "later");
  assert.equal(groupOf(advice, Date.parse("2026-11-23T06:00:00Z"), "Europe/Amsterdam"), "today");
  assert.equal(groupOf(advice, Date.parse("2026-11-23T07:30:00Z"), "Europe/Amsterdam"), "now");
  assert.equal(groupOf({ ...advice, touch: { ...advice.touch, late: true } }, NOW, "Europe/Amsterdam"), "late");
  assert.equal(groupOf({ ...call, verdict: "wait", touch: undefined }, NOW, "UTC"), "waiting");
  assert.equal(groupOf({ ...call, verdict: "hold", touch: undefined }, NOW, "UTC"), "held");
  assert.deepEqual(windowWords(window, NOW, "Europe/Amsterdam", "en"), { theirs: "Mon 23 Nov 18:00–18:30", own: "Mon 23 Nov 08:30–09:00", same: false });
  assert.deepEqual(windowWords(window, Date.parse("2026-11-23T07:40:00Z"), "Europe/Amsterdam", "nl"), { theirs: "Nu, tot 18:30", own: "Nu, tot 09:00", same: false });
  assert.equal(windowWords({ ...window, localFrom: "2026-11-23T08:30:00+01:00", localUntil: "2026-11-23T09:00:00+01:00", zone: "Europe/Brussels" }, NOW, "Europe/Amsterdam", "en").same, true);
});

test("clock times are moments also where the clocks change", () => {
  assert.equal(new Date(momentOf("2026-11-23", "09:00", "Europe/Amsterdam")).toISOString(), "2026-11-23T08:00:00.000Z");
  assert.equal(new Date(momentOf("2026-03-30", "09:00", "Europe/Amsterdam")).toISOString(), "2026-03-30T07:00:00.000Z");
  assert.equal(new Date(momentOf("2026-10-25", "02:30", "Europe/Amsterdam")).toISOString(), "2026-10-25T00:30:00.000Z", "the first of two");
  assert.equal(new Date(momentOf("2026-03-29", "02:30", "Europe/Amsterdam")).toISOString(), "2026-03-29T01:30:00.000Z", "after the gap");
  assert.equal(nextMonday(NOW, "Europe/Amsterdam"), "2026-11-23");
  assert.equal(nextMonday(Date.parse("2026-11-23T10:00:00Z"), "Europe/Amsterdam"), "2026-11-30");
  assert.equal(momentWords("2026-11-21T08:00:00Z", NOW, "Europe/Amsterdam", "nl"), "morgen 09:00");
});

test("whoever multiplies the figures that are shown gets the total that is shown", () => {
  const of = (p, c, v, l) => ({ total: p * c * v * l, ...Object.fromEntries(Object.entries({ propensity: p, context: c, value: v, lever: l }).map(([key, value]) => [key, { value, because: "" }])) });
  assert.deepEqual(shownFigures(of(0.2, 1.55, 100, 1.2)), { propensity: 0.2, context: 1.55, value: 100, lever: 1.2, total: 37.2, exact: true });
  let seed = 1;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let n = 0; n < 5000; n++) {
    const { total, propensity, context, value, lever, exact } = shownFigures(of(random(), random() * 50, random() * 10 ** (n % 7), 0.5 + random()));
    const product = propensity * context * value * lever;
    assert.equal(Number(product.toPrecision(3)), total);
    if (exact) assert.ok(Math.abs(product - total) < 1e-9 * total);
  }
});

test("English and Dutch have the same words", () => {
  const keys = (value) => (value && typeof value === "object" ? Object.entries(value).map(([key, inner]) => [key, keys(inner)]).sort() : typeof value);
  assert.deepEqual(keys({ ...WORDS.nl }), keys({ ...WORDS.en }));
});

test("a comment over several lines is coloured in each", () => {
  assert.deepEqual(byLine("a /* b\n c */ d", [[2, 12, "comment"], [13, 14, "name"]]), [[[2, 6, "comment"]], [[0, 5, "comment"], [6, 7, "name"]]]);
});

test("outside a browser the elements may be imported, and nothing happens", async () => {
  const { CadansQueue } = await import("../../www/lib/element.js");
  assert.equal(typeof CadansQueue, "function");
});
