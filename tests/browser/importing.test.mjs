// What the owner of data does with the page: files of other systems, looked at before they are used.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { strToU8, zipSync } from "fflate";
import { file, ready } from "./browser.mjs";

const CSV = [
  "Nr;Company;Contact;Function;E-mail;Phone;Country;Value;Last called;Notes",
  ...Array.from({ length: 14 }, (_, n) => `${n + 1};Firm ${n + 1};Person ${n + 1};Director;p${n + 1}@x.nl;06${n};NL;1.${String(n).padStart(3, "0")},50;${String(n + 1).padStart(2, "0")}-11-2026 09:30;x`),
  "99;Broken", "15;Firm 15;Person 15;Buyer;;;Atlantis;5,00;;x",
].join("\n");
const step = (page, name) => page.getByRole("dialog", { name: `Leads from ${name}` });

test("a table: columns are guessed, ten rows shown as they will be read, refusals told, and nothing replaced before", async (t) => {
  const page = await ready(t);
  const before = await page.locator("#rows").textContent();
  await page.locator("#leads-file").setInputFiles(file("ours.csv", CSV));
  const dialog = step(page, "ours.csv");
  await dialog.getByText("14 leads will be read. 2 records are refused.").waitFor({ timeout: 20_000 });
  assert.equal(await dialog.getByLabel("What “Company” is").inputValue(), "account.name");
  assert.equal(await dialog.getByLabel("Moments are written as").inputValue(), "%d-%m-%Y %H:%M");
  const shown = dialog.locator(".read tbody tr");
  assert.equal(await shown.count(), 10);
  assert.match(await shown.first().textContent(), /Firm 1.*Person 1, decider, .*NL.*1,000\.5.*1 signal/);
  assert.match(await dialog.locator(".refusals").textContent(), /Line 16.*Atlantis|Atlantis/);
  assert.equal(await page.locator("#rows").textContent(), before);
  // Another choice is read at once.
  await dialog.getByLabel("What “Notes” is").selectOption("field");
  await dialog.getByLabel("What “Company” is").selectOption("none");
  await page.waitForFunction(() => /^1/.test(document.querySelector("#own .read tbody th")?.textContent ?? "") && !document.querySelector("#own .read tbody").textContent.includes("Firm 1"));
  await dialog.getByLabel("What “Company” is").selectOption("account.name");
  await dialog.getByRole("button", { name: "Use these 14 leads" }).click();
  await page.getByText("14 leads from ours.csv").waitFor();
  // The moment is that of the last signal, once; it stays, and so do the leads.
  assert.match(await page.locator("#time-words").textContent(), /14 November 2026/);
  await page.getByRole("button", { name: "Day later" }).click();
  await page.waitForFunction(() => location.hash.includes("now=2026-11-15"));
  await page.reload();
  await page.getByText("14 leads from ours.csv").waitFor();
  assert.match(await page.locator("#time-words").textContent(), /15 November 2026/);
  await page.getByRole("button", { name: "Back to the sample" }).click();
  await page.getByText(/217 leads from the sample/).waitFor();
});

test("a workbook is read as its table, by drag, and left alone when the user thinks better of it", async (t) => {
  const page = await ready(t);
  const cell = (text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const row = (cells, n) => `<row r="${n + 1}">${cells.map((one, at) => cell(one).replace("<c", `<c r="${"ABC"[at]}${n + 1}"`)).join("")}</row>`;
  const sheet = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${[["id", "company", "email"], ["A", "Acme &amp; Co", "a@x.nl"], ["B", "Bolt", "b@x.nl"]].map(row).join("")}</sheetData></worksheet>`;
  const relation = (id, type, target) => `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  const relations = (inside) => `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`;
  const bytes = zipSync(Object.fromEntries(Object.entries({
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": relations(relation("r1", "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Leads" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": relations(relation("r1", "worksheet", "worksheets/sheet1.xml")),
    "xl/worksheets/sheet1.xml": sheet,
  }).map(([name, text]) => [name, strToU8(text)])));
  const data = await page.evaluateHandle((bytes) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], "ours.xlsx"));
    return transfer;
  }, [...bytes]);
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
  const dialog = step(page, "ours.xlsx");
  await dialog.getByText("2 leads will be read.").waitFor({ timeout: 20_000 });
  assert.match(await dialog.locator(".read tbody").textContent(), /Acme & Co/);
  await dialog.getByRole("button", { name: "Leave it" }).click();
  assert.match(await page.locator("#leads-name").textContent(), /from the sample/);
});

test("tables of HubSpot are known by themselves, several at once; a file that is none says so", async (t) => {
  const page = await ready(t);
  const hubspot = (name) => ({ name, mimeType: "text/csv", buffer: readFileSync(new URL(`../fixtures/import/hubspot/${name}`, import.meta.url)) });
  await page.locator("#leads-file").setInputFiles([hubspot("contact.csv"), hubspot("deal.csv")]);
  const dialog = step(page, "contact.csv, deal.csv");
  await dialog.getByText(/leads? will be read/).waitFor({ timeout: 20_000 });
  assert.equal(await dialog.getByLabel("What these 2 files are").inputValue(), "hubspot");
  await dialog.getByRole("button", { name: "Leave it" }).click();
  await page.locator("#leads-file").setInputFiles(file("odd.xlsx", "no workbook at all"));
  await step(page, "odd.xlsx").getByText(/could not be read/).waitFor({ timeout: 20_000 });
});
