// What the page takes the columns of a table for, and that the importing module reads them by it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { commasOf, formatOf, mappingOf, targetsOf } from "../../www/importing/guess.js";
import { asCsv, tableOf } from "../../www/importing/table.js";
import { importLeads, init } from "../../www/lib/importing.node.js";

await init();

/** The leads of a table by what is guessed of it. */
function read(text) {
  const table = tableOf(text, 200);
  const targets = targetsOf(table.header);
  const mapping = mappingOf({ ...table, targets, format: formatOf(table.rows, targets), zone: "Europe/Amsterdam", commas: commasOf(table.rows, targets) });
  const answer = importLeads("csv", [{ name: "a.csv", bytes: new TextEncoder().encode(text) }], { mapping });
  return { ...answer, targets, leads: answer.leads && JSON.parse(answer.leads).leads };
}

test("a Dutch table with semicolons, decimal commas and days becomes leads", () => {
  const { leads, targets, mapping } = read([
    "Nummer;Bedrijf;Voornaam;Achternaam;Functie;E-mail;Telefoon;Land;Omzet;Fase;Laatst gebeld;Afgemeld;Schoenmaat",
    "1;Veldhof BV;Sanne;Bakker;Directeur;s@v.nl;0612;Nederland;12.500,50;Offerte uit;31-10-2026;nee;41",
    "2;Duin NV;Piet;Jansen;Inkoper;;0613;België;900,00;Nieuw;01-11-2026;ja;44",
  ].join("\n"));
  assert.equal(mapping, undefined);
  assert.deepEqual(targets, [
    "lead.id", "account.name", "person.first", "person.last", "person.title", "channel.email", "channel.phone", "lead.country", "lead.value", "lead.stage", "signal.call",
    "person.do_not_email", "none",
  ]);
  const [first, second] = leads;
  assert.deepEqual([first.id, first.account.name, first.country, first.value, first.stage], ["1", "Veldhof BV", "NL", 12500.5, "proposal"]);
  assert.deepEqual([first.people[0].name, first.people[0].roles, first.people[0].channels], ["Sanne Bakker", ["decider"], ["phone", "email"]]);
  assert.deepEqual([first.signals[0].kind, first.signals[0].direction], ["call", "outbound"]);
  assert.equal(Date.parse(first.signals[0].at), Date.parse("2026-10-31T00:00:00+01:00"));
  assert.deepEqual([second.people[0].roles, second.people[0].do_not_email, second.people[0].channels], [["buyer"], true, ["phone"]]);
});

test("rows with one id are one lead, and without an id the mail address stands for it", () => {
  const twice = read("id,company,contact,email\nA,Acme,Ann,a@x\nA,Acme,Bob,b@x\n").leads;
  assert.deepEqual(twice.map(({ id, people }) => [id, people.map(({ name }) => name)]), [["A", ["Ann", "Bob"]]]);
  assert.deepEqual(read("Name,Email\nAnn,a@x.nl\nBob,b@x.nl\n").leads.map(({ id }) => id), ["a@x.nl", "b@x.nl"]);
});

test("quotes, tabs and a line that names the separator are read; American days are told from European ones", () => {
  assert.deepEqual(tableOf("sep=|\na|b\n1|\"x|\"\"y\"\"\"\n", 9), { separator: "|", header: ["a", "b"], rows: [["1", "x|\"y\""]] });
  assert.equal(tableOf("a\tb\tc,d\n1\t2\t3,4\n", 9).separator, "\t");
  assert.equal(formatOf([["12/31/2026"], ["01/02/2026"]], ["signal.form"]), "%m/%d/%Y");
  assert.equal(formatOf([["31/12/2026"], ["01/02/2026"]], ["signal.form"]), "%d/%m/%Y");
  assert.equal(asCsv([["a", "b,c"], [new Date("2026-11-20T09:30:00Z"), null]]), "a,\"b,c\"\n2026-11-20 09:30:00,\n");
});
