// What a rep does with the page, in a real browser: the day, why, and both languages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";

/** The page with its first advice on the screen. */
async function ready(test, options) {
  const page = await open(test, options);
  await page.locator("#why .deed").waitFor();
  return page;
}

test("the language is switched in place: page, advice, findings and explanation, and it stays", async (t) => {
  const page = await ready(t);
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  const lead = await page.locator("#why .of").textContent();
  await page.getByRole("radio", { name: "Nederlands" }).check();
  await page.getByRole("heading", { name: "Waarom", exact: true }).waitFor();
  await page.getByRole("heading", { name: /^Prioriteit \d/ }).waitFor();
  await page.locator("#why").getByText(/Bel |Mail |Zoek uit|Stuur /).first().waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "nl");
  assert.equal(await page.locator("#why .of").textContent(), lead, "the lead stays chosen");
  await page.getByText(/\d+ leads uit het voorbeeld/).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: /^Prioriteit \d/ }).waitFor();
  await page.getByRole("radio", { name: "English" }).check();
  await page.getByRole("heading", { name: /^Priority \d/ }).waitFor();
});
