// The importing module: other systems' files become a lead file that the deciding module reads.

import assert from "node:assert/strict";
import { test } from "node:test";
import { importLeads, init } from "../../www/lib/importing.node.js";
import { Book, Rulebook, Watch, decide } from "./module.mjs";

await init();
const file = (name, text) => ({ name, bytes: new TextEncoder().encode(text) });
const mapping = { leads: { lead: { id: "Nr", name: "Company" }, person: { id: "Mail", name: "Contact" }, channels: { phone: "Phone" } } };

test("a CSV becomes leads by its mapping; what does not fit is told with its line", () => {
  const { leads, size, refused } = importLeads("csv", [file("a.csv", "Nr,Company,Mail,Contact,Phone\n1,Acme,a@x.nl,Ann,0612\n2,Bolt,b@x.nl\n")], { mapping });
  assert.equal(size, 1);
  assert.equal(refused[0].line, 3);
  const book = new Book(leads);
  assert.deepEqual(book.ids, ["1"]);
  assert.equal(book.people("1")[0].name, "Ann");
});

test("a mapping that is none is told as data, and misuse is an error with a code", () => {
  const misspelt = { mapping: { leads: { lead: { idd: "Nr" } } } };
  const [english, dutch] = ["en", "nl"].map((language) => importLeads("csv", [file("a.csv", "Nr\n1\n")], { ...misspelt, language }).mapping);
  assert.ok(english.some(({ path }) => path.includes("idd")));
  assert.deepEqual(dutch.map(({ path, code }) => [path, code]), english.map(({ path, code }) => [path, code]));
  assert.notDeepEqual(dutch, english);
  assert.throws(() => importLeads("abacus", []), { name: "CadansError", code: "unknown-kind" });
  assert.throws(() => importLeads("csv", [{ name: "a.csv" }]), { name: "CadansError", code: "not-files" });
});

test("the order of a watch is that of decide, by the places that the book names", () => {
  const rules = new Rulebook({ file: "a.rhai", text: 'rule "Form" when lead.since("form") < 1.day then phone.value(10) because "Asked";' });
  const lead = (id, at) => ({ id, country: "NL", people: [{ id: "p", channels: ["phone"] }], signals: at ? [{ at, kind: "form", person: "p" }] : [] });
  const book = new Book({ leads: [lead("cold"), lead("late", "2026-11-19T15:00:00Z"), lead("new", "2026-11-20T08:00:00Z")], reps: [{ id: "kim", name: "Kim", zone: "Europe/Amsterdam" }] });
  const now = "2026-11-20T10:00:00Z";
  const watch = new Watch(rules, book, now);
  const ids = book.ids;
  assert.deepEqual([...watch.order].map((place) => ids[place]), decide(rules, book, now).map(({ lead }) => lead));
  assert.deepEqual(book.reps, [{ id: "kim", name: "Kim" }]);
});
