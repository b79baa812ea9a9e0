// The page's words: both languages say the same things, and the page as it is served says what the English table does.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import en from "../../www/wording/en/index.js";
import nl from "../../www/wording/nl/index.js";
import { pieces, t, word } from "../../www/wording/index.js";

/** Every text by area and name, with its forms. */
const texts = (tables) => new Map(Object.entries(tables).flatMap(([area, words]) => Object.entries(words).map(([name, text]) => [`${area}.${name}`, text])));
const forms = (text) => (typeof text === "string" ? [text] : [text.one, text.other]);
const places = (text) => [...new Set(forms(text).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)))].sort();

test("both tables have the same keys, each with the same places", () => {
  const [english, dutch] = [texts(en), texts(nl)];
  assert.deepEqual([...dutch.keys()].sort(), [...english.keys()].sort());
  for (const [key, text] of english) {
    assert.deepEqual(places(dutch.get(key)), places(text), key);
    assert.equal(typeof dutch.get(key), typeof text, key);
    for (const form of [...forms(text), ...forms(dutch.get(key))]) assert.ok(form.trim() === form && form !== "", key);
  }
});

test("every word that the page asks for is in the tables, and it is served in English", () => {
  const page = readFileSync(new URL("../../www/index.html", import.meta.url), "utf8");
  const english = texts(en);
  const named = [...page.matchAll(/data-t="([^"]+)"[^>]*>([^<]*)</g)];
  assert.ok(named.length > 10);
  for (const [, key, text] of named) assert.equal(text, english.get(key), key);
  for (const [whole, pairs] of page.matchAll(/<[^>]*data-t-of="([^"]+)"[^>]*>/g)) {
    for (const [attribute, key] of pairs.split(/,\s*/).map((pair) => pair.split(" "))) assert.ok(whole.includes(`${attribute}="${english.get(key)}"`), key);
  }
});

test("numbers choose the form, places are filled, and a word that is not known is told as it is", () => {
  assert.equal(t("leads.from", { n: 1, file: "a.json" }), "1 lead from a.json");
  assert.equal(t("leads.from", { n: 1200, file: "a.json" }), "1,200 leads from a.json");
  assert.deepEqual(pieces("why.offBy", { rule: 7, pack: "P" }), ["By ", "7", ", ", "P", ""]);
  assert.equal(word("policy", "never"), "a rule that says never");
  assert.equal(word("policy", "some-new_word"), "some new word");
});
