// The most important of what people do with the page, in Firefox, driven over WebDriver BiDi.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";

const { CADANS_FIREFOX: program, CADANS_PAGE: address } = process.env;
if (!program || !address) throw new Error("These tests need Firefox and a served page: run `cargo xtask test`.");

let browser;
before(async () => { browser = await puppeteer.launch({ browser: "firefox", executablePath: program, headless: true, extraPrefsFirefox: { "intl.accept_languages": "en" } }); });
after(async () => { await browser?.close(); });

/** The page in a window of its own, with its first advice; fails on anything the page complains about. */
async function ready(t, hash = "") {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  page.setDefaultTimeout(20_000);
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => { if (!request.url().startsWith(address) && !/^(data|blob|about):/.test(request.url())) complaints.push(`asked for ${request.url()}`); });
  t.after(async () => {
    await context.close();
    assert.deepEqual(complaints, []);
  });
  await page.goto(`${address}${hash}`);
  await page.waitForSelector("#why .deed");
  return page;
}

const named = (role, name) => `::-p-aria([name="${name}"][role="${role}"])`;
const says = (page, selector, pattern) => page.waitForFunction((selector, source) => new RegExp(source).test(document.querySelector(selector)?.textContent ?? ""), {}, selector, pattern.source);
const textOf = (page, selector) => page.$eval(selector, (found) => found.textContent);
const differs = (page, selector, before) => page.waitForFunction((selector, before) => document.querySelector(selector)?.textContent !== before, {}, selector, before);

/** Types over the first `from` of the rules, by the search of the editor. */
async function replace(page, from, to) {
  await page.focus("#text");
  for (const key of ["Home", "f", "a"]) {
    await page.keyboard.down("Control");
    await page.keyboard.press(key);
    await page.keyboard.up("Control");
  }
  await page.keyboard.type(from);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.type(to);
}

test("the sample leads are decided, the examples pass, and the first lead is explained", async (t) => {
  const page = await ready(t);
  await says(page, "#leads-name", /^217 leads from the sample$/);
  await says(page, "#examples-count", /^All \d+ examples pass/);
  await says(page, "#findings-count", /^No errors/);
  assert.match(await textOf(page, "#why"), /Priority \d/);
});

test("a slip in a rule is told at its line, and its fix mends it", async (t) => {
  const page = await ready(t);
  await replace(page, ".since(", ".sinse(");
  await says(page, "#findings-count", /^\d+ errors?/);
  // Of the whole word: a fix for what was half typed is not made.
  await says(page, "#editor .cm-note.error", /sinse/);
  // By its element: what examples tell comes meanwhile and moves the place of the button.
  await page.$eval("#editor .cm-note .fix", (button) => button.click());
  await says(page, "#findings-count", /^No errors/);
});

test("what a change does to the advice is told, and there is a way back", async (t) => {
  const page = await ready(t);
  const before = await textOf(page, "#rows");
  await replace(page, "hot_visits = 2", "hot_visits = 5");
  await says(page, "#changed-summary", /^\d+ of 217 leads get other advice/);
  await page.locator(named("button", "Back to the rules as they were")).click();
  await page.waitForFunction((old) => document.querySelector("#rows").textContent === old, {}, before);
});

test("moving the time moves the advice", async (t) => {
  const page = await ready(t);
  const [words, rows] = [await textOf(page, "#time-words"), await textOf(page, "#rows")];
  await page.locator(named("button", "Day later")).click();
  await differs(page, "#rows", rows);
  assert.notEqual(await textOf(page, "#time-words"), words);
});

test("done moves the advice on, and is there after a reload", async (t) => {
  const page = await ready(t);
  const lead = await textOf(page, "#why .of");
  await page.locator(named("button", "Done")).click();
  await says(page, "#acts", /^1 thing done/);
  await differs(page, "#why .of", lead);
  await page.reload();
  await says(page, "#acts", /^1 thing done/);
});

test("the language is switched in place", async (t) => {
  const page = await ready(t);
  await page.locator("#languages label:last-of-type").click();
  await says(page, "#why", /Prioriteit \d/);
  assert.equal(await page.$eval("html", ({ lang }) => lang), "nl");
});

test("a draft is there after a reload", async (t) => {
  const page = await ready(t);
  await replace(page, "hot_visits = 2", "hot_visits = 7");
  await says(page, "#changed-summary", /advice/);
  await page.reload();
  await page.waitForFunction(() => /hot_visits = 7/.test(document.querySelector("#editor .cm-content")?.textContent ?? ""));
});

test("a bad link says what is wrong and starts with the sample", async (t) => {
  const page = await ready(t, "#rules=q1YqUbKqVkpVslJKVNJRyk");
  await says(page, "#notices", /damaged/);
  await says(page, "#leads-name", /217 leads from the sample/);
});

test("a lead is found without accents, and the list is walked with the arrow keys", async (t) => {
  const page = await ready(t);
  const all = "#groups label:last-of-type b";
  await page.type("#find", "AMELIE fournier");
  await page.waitForFunction((all) => !["0", "217"].includes(document.querySelector(all).textContent), {}, all);
  await page.$eval("#find", (box) => { box.value = ""; box.dispatchEvent(new Event("input", { bubbles: true })); });
  await says(page, all, /^217$/);
  await page.locator("#rows tr[data-lead]").click();
  const first = await textOf(page, "#why .of");
  await page.focus("#rows tr.chosen");
  await page.keyboard.press("ArrowDown");
  await differs(page, "#why .of", first);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-selected")), "true");
});

test("a table of one's own is looked at before it is used, and stays after a reload", async (t) => {
  const page = await ready(t);
  const folder = mkdtempSync(join(tmpdir(), "cadans-firefox-"));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "ours.csv"), "id,company,contact,email,country\nA,Acme,Ann,a@x.nl,NL\nB,Bolt,Bob,b@x.nl,NL\n");
  await (await page.$("#leads-file")).uploadFile(join(folder, "ours.csv"));
  await says(page, "#own", /2 leads will be read\./);
  await says(page, "#leads-name", /from the sample/);
  await page.locator(named("button", "Use these 2 leads")).click();
  await says(page, "#leads-name", /^2 leads from ours\.csv$/);
  await page.reload();
  await says(page, "#leads-name", /^2 leads from ours\.csv$/);
});

test("two packs are lived with, in a worker that can be stopped", async (t) => {
  const page = await ready(t);
  await page.locator(named("button", "What if…")).click();
  await page.select("#whatif-days", "5");
  await page.locator(named("button", "Live with both")).click();
  await page.waitForSelector("#whatif svg", { timeout: 60_000 });
  assert.match(await textOf(page, "#whatif-status"), /forecasts nothing/);
});

test("a manager sees the reports of the team, and a rep their own day", async (t) => {
  const page = await ready(t);
  await page.$eval("#views input[value='team']", (radio) => radio.click());
  await says(page, "#team-cards + *", /You promised Lotte Verhagen.*\?/);
  await page.waitForSelector("#team-plan + * svg", { timeout: 60_000 });
  assert.deepEqual(await page.$$eval("#team-figures + * thead th", (all) => all.slice(0, 4).map((one) => one.textContent)), ["Figure", "Lotte Verhagen", "Amélie Fournier", "The team"]);
  await page.$eval("#views input[value='me']", (radio) => radio.click());
  await page.waitForFunction(() => document.querySelector("#team-figures + * thead th:nth-child(2)")?.textContent === "You");
  await page.waitForSelector("#team-plan + * svg");
  assert.ok(await page.$$eval("#team-plan + * .my-day tbody tr", (rows) => rows.length) > 5);
});
