// What a rep does with the page, in a real browser: the day, why, and both languages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ready } from "./browser.mjs";

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

test("a rep is chosen, finds people without accents, and the address keeps whose queue it is", async (t) => {
  const page = await ready(t);
  const all = await page.getByRole("radio", { name: /^All/ }).evaluate((radio) => Number(radio.nextElementSibling.querySelector("b").textContent));
  await page.getByLabel("Queue of").selectOption("grace");
  await page.waitForFunction((all) => Number(document.querySelector("#groups label:last-of-type b").textContent) < all, all);
  await page.waitForFunction(() => location.hash.includes("rep=grace"));
  // The explanation is that of the first lead of the queue that is now on the screen.
  await page.waitForFunction(() => document.querySelector("#why .of").textContent === document.querySelector("#rows tr.chosen .name")?.textContent);
  await page.reload();
  await page.locator("#why .deed").waitFor();
  assert.equal(await page.getByLabel("Queue of").inputValue(), "grace");
  await page.getByLabel("Queue of").selectOption("");
  await page.getByRole("searchbox", { name: "Find lead, person or rep" }).fill("AMELIE fournier");
  await page.waitForFunction((all) => { const n = Number(document.querySelector("#groups label:last-of-type b").textContent); return n > 0 && n < all; }, all);
});

test("done moves the advice on, is kept over a reload, and can be taken back", async (t) => {
  const page = await ready(t);
  const of = page.locator("#why .of");
  await page.locator("#why").getByRole("button", { name: "Done", exact: true }).waitFor();
  const first = await of.textContent();
  await page.locator("#why").getByRole("button", { name: "Done", exact: true }).click();
  await page.getByText("1 thing done, kept in this browser").waitFor();
  await page.locator("#status").getByText(/^Noted for/).waitFor();
  assert.notEqual(await of.textContent(), first);
  await page.evaluate(() => { delete window.showSaveFilePicker; }); // it would ask where
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as signals" }).click()]);
  const lines = (await (await download.createReadStream()).toArray()).join("").trim().split("\n").map((line) => JSON.parse(line));
  assert.equal(lines[0].signal.direction, "outbound");
  assert.equal(lines[1].feedback.verdict, "followed");
  await page.reload();
  await page.getByText("1 thing done, kept in this browser").waitFor();
  await page.getByRole("button", { name: "Take the last one back" }).click();
  await page.getByText("1 thing done").waitFor({ state: "hidden" });
});

test("the journey and the buying group are drawn, each with a table that says the same", async (t) => {
  const page = await ready(t);
  const line = page.getByRole("img", { name: /^Time line of \d+ moments: \d+ from them, \d+ from us$/ });
  await line.waitFor();
  const [, moments] = /of (\d+)/.exec(await line.getAttribute("aria-label"));
  assert.equal(await line.locator("circle, rect:not(.window), path").count(), Number(moments));
  assert.ok(await page.locator("#why .journey tbody tr").count() >= Number(moments));
  const map = page.getByRole("img", { name: /^Map of the buying group/ });
  const [reached, known, missing] = /(\d+) roles reached, (\d+) known, (\d+) missing/.exec(await map.getAttribute("aria-label")).slice(1).map(Number);
  assert.equal(reached + known + missing, 6);
  assert.equal(await page.locator("#why .group tr").filter({ hasText: "nobody known" }).count(), missing);
});
