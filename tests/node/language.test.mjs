// Advice in a language: the same decisions, with the sentences of that language.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, Rulebook, Watch, decide, explain, index, packs, sample } from "./module.mjs";

const { now } = index;

test("advice, explanations and a watch take the language of a browser", () => {
  const [book, rulebook] = [new Book(sample), new Rulebook(packs)];
  const [english, dutch] = [decide(rulebook, book, now), decide(rulebook, book, now, "nl-BE")];
  assert.deepEqual(dutch.map(({ lead, verdict, touch }) => [lead, verdict, touch?.window?.from]),
    english.map(({ lead, verdict, touch }) => [lead, verdict, touch?.window?.from]));
  const idle = dutch.find(({ verdict, rule }) => verdict === "wait" && !rule);
  assert.equal(idle?.reason, "Nu niets te doen: geen enkele regel vraagt om contact");
  const { lead } = english[0];
  const words = (explanation) => JSON.stringify(explanation);
  assert.deepEqual(explain(rulebook, book, lead, now), explain(rulebook, book, lead, now, "fr"), "no table: English");
  assert.notEqual(words(explain(rulebook, book, lead, now, "nl")), words(explain(rulebook, book, lead, now)));
  const watch = new Watch(rulebook, book, now);
  assert.deepEqual(watch.explain(lead, "nl"), explain(rulebook, book, lead, now, "nl"));
  assert.deepEqual(watch.advice(lead, "nl"), explain(rulebook, book, lead, now, "nl").advice);
});
