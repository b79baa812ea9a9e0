// What a team that receives rules does with the page, and how they are handed on.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { MINE, copied, file, ready, share } from "./browser.mjs";

test("a received file is shown with hash, examples, needs and effect before it is in force", async (t) => {
  const page = await ready(t);
  const before = await page.locator("#rows").textContent();
  await page.locator("#rules-files").setInputFiles(file("mine.rhai", MINE));
  const dialog = page.getByRole("dialog", { name: "Received: mine.rhai" });
  await dialog.waitFor();
  const told = await dialog.textContent();
  for (const part of [/Noor/, /[0-9a-f]{64}/, /1 example passes/, /What it needs/, /What it would change/]) assert.match(told, part);
  assert.equal(await page.locator("#rows").textContent(), before);
  await dialog.getByRole("button", { name: "Put in force" }).click();
  await page.getByText("The rules are in force now.").waitFor();
  assert.match(await copied(page, true), /^\/\/ Ours/);
});

test("a dropped file of rules is no file of leads, and one to hand over comes back whole", async (t) => {
  const page = await ready(t);
  await page.evaluate(() => { delete window.showSaveFilePicker; });
  const [download] = await Promise.all([page.waitForEvent("download"), share(page, "Save a file to hand over")]);
  const text = readFileSync(await download.path(), "utf8");
  assert.match(text, /^=== cadans 1 ===/);
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "inside-sales.cadans"));
    return transfer;
  }, text);
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
  const dialog = page.getByRole("dialog", { name: "Received: inside-sales.cadans" });
  await dialog.getByText("All 217 leads get the same advice.").waitFor();
  await dialog.getByRole("button", { name: "Leave it" }).click();
  assert.match(await page.locator("#leads-name").textContent(), /from the sample/);
});

test("the report of a problem has packs, versions and the lead, and no names", async (t) => {
  const page = await ready(t);
  const lead = await page.locator("#why .of").first().textContent();
  await share(page, "Report a problem");
  const text = await page.getByRole("textbox", { name: "Report a problem" }).inputValue();
  assert.match(text, /pack: Inside sales 1\.0\.0, sha256 [0-9a-f]{16}/);
  assert.match(text, /Cadans \d+\.\d+\.\d+/);
  assert.match(text, /"verdict"/);
  assert.ok(!text.includes(lead.trim()), "the name of the lead");
});
