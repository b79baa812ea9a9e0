// The search of the page: every lead in which each word stands, by id, name, account, person or rep.

import assert from "node:assert/strict";
import { test } from "node:test";
import { searchIndex } from "../../www/day/search.js";

const LEADS = [
  { id: "L-1", name: "Veldhof", owner: "kim", people: [{ id: "p", name: "Amélie Fournier" }, { id: "q", name: "Bob\nde Vries" }] },
  { id: "L-2", account: { name: "Groß & Söhne" }, people: [{ id: "p", name: "İpek" }] },
  { id: "L-3", name: "Bob" },
];
const { find } = searchIndex(new Map(LEADS.map((lead) => [lead.id, lead])), [{ id: "kim", name: "Kim Jansen" }], LEADS.map(({ id }) => id));

test("words are found in any order, without accents and capitals, within one lead", () => {
  const found = (text) => [...find(text)].flatMap((one, nth) => (one ? [LEADS[nth].id] : []));
  for (const [text, ids] of [
    ["amelie FOURNIER", ["L-1"]], ["vries bob", ["L-1"]], ["bob", ["L-1", "L-3"]], ["l-", ["L-1", "L-2", "L-3"]], ["kim jansen", ["L-1"]], ["sohne gro", ["L-2"]], ["ipek", ["L-2"]],
    ["veldhof sohne", []], ["nobody", []], ["3", ["L-3"]],
  ]) assert.deepEqual(found(text), ids, text);
  assert.equal(find("  "), undefined);
});
