// What a manager who changes rules does with the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MINE, copied, file, find, ready, replace, rules, summary } from "./browser.mjs";

test("the examples run after every change; one that fails is told at its line and in the count", async (t) => {
  const page = await ready(t);
  await page.getByText(/^All \d+ examples pass\. They try 100 % of the rules\.$/).waitFor();
  await replace(page, 'expect email.to("decider")', 'expect phone.to("decider")');
  await page.getByText(/^1 of \d+ examples fails/).waitFor();
  const note = page.locator("#editor .cm-note.failed");
  await note.waitFor();
  assert.match(await note.textContent(), /Expected: phone/);
  await page.getByRole("button", { name: /^Example fails in line \d+$/ }).click();
  assert.match(await copied(page), /^example "Two calls this week/);
});

test("after an edit the queue marks who gets other advice, with a count by kind and reason, and there is a way back", async (t) => {
  const page = await ready(t);
  const before = await page.locator("#rows").textContent();
  await replace(page, "setting hot_visits = 2", "setting hot_visits = 5");
  await summary(page).getByText(/^\d+ of 217 leads get other advice: .*another channel/).waitFor();
  assert.ok(await page.locator("#rows .mark").count() > 0);
  await page.getByText("Leads and reasons").click();
  await page.getByText(/hot_visits 2 to 5/).first().waitFor();
  await page.getByRole("button", { name: "Back to the rules as they were" }).click();
  await page.waitForFunction((old) => document.querySelector("#rows").textContent === old, before);
  assert.equal(await page.locator("#changed").isVisible(), false);
  // The way back can be taken back too.
  await rules(page).press("Control+z");
  await summary(page).getByText(/get other advice/).waitFor();
});

test("each pack keeps its own undo when another was looked at", async (t) => {
  const page = await ready(t);
  const right = await copied(page, true);
  await replace(page, "hot_visits = 2", "hot_visits = 7");
  await page.getByLabel("Pack", { exact: true }).selectOption("social-selling.rhai");
  await page.getByLabel("Pack", { exact: true }).selectOption("inside-sales.rhai");
  assert.match(await copied(page, true), /hot_visits = 7/);
  await rules(page).press("Control+z");
  assert.equal(await copied(page, true), right);
});

test("words are completed, explained and laid out on a key", async (t) => {
  const page = await ready(t);
  await replace(page, "lead.downloads(30.days)", "lead.downl");
  await page.keyboard.press("Control+Space");
  await page.locator(".cm-tooltip-autocomplete").getByText("downloads", { exact: true }).first().waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await replace(page, 'enter "interest"', 'enter"interest"');
  await rules(page).press("Shift+Alt+F");
  await page.waitForFunction(() => !document.querySelector("#editor .cm-content").textContent.includes('enter"interest"'));
});

test("a contact policy that is switched off says what is no longer kept to", async (t) => {
  const page = await ready(t);
  await page.locator("#force-count").click();
  await page.getByRole("checkbox", { name: /Netherlands|NL/ }).first().uncheck();
  await page.getByText(/is off\. Nothing of this is kept to now:/).waitFor();
  assert.ok(await page.locator("#policy-off li").count() > 0);
});

test("a rule that fails for every lead is an error", async (t) => {
  const page = await ready(t);
  await page.locator("#rules-files").setInputFiles(file("mine.rhai", MINE.replace("when lead.open", "when lead.visits() % (lead.visits() - lead.visits()) == 1 or lead.open")));
  await page.getByRole("button", { name: "Only look at it" }).click();
  await page.locator("#force-count").click();
  await page.getByRole("checkbox", { name: "Mine" }).check();
  await page.getByText(/“Call who is open” fails for every lead/).first().waitFor();
});

test("a Dutch browser starts with the Dutch packs", async (t) => {
  const page = await ready(t, { locale: "nl-NL" });
  assert.equal(await page.locator("#pack").inputValue(), "inside-sales.nl.rhai");
  await page.getByText(/^Alle \d+ voorbeelden kloppen/).waitFor();
});

test("typing in a pack of 5,000 lines keeps the page free: no key costs a long task", async (t) => {
  const page = await ready(t);
  const rule = (n) => `rule "Number ${n}" when lead.visits(${n % 30 + 1}.days) >= ${n} then email because "Reads a lot";\n\n\n\n\n`;
  await page.locator("#rules-files").setInputFiles(file("long.rhai", `pack "Long" #{};\n${Array.from({ length: 1_000 }, (_, n) => rule(n)).join("")}`));
  await page.getByRole("button", { name: "Only look at it" }).click({ timeout: 60_000 });
  await find(page, 'Number 500"');
  const long = await page.evaluateHandle(() => {
    const seen = [];
    new PerformanceObserver((list) => seen.push(...list.getEntries().filter(({ name, duration }) => ["keydown", "beforeinput", "input"].includes(name) && duration > 0).map(({ name, processingStart, processingEnd }) => ({ name, took: processingEnd - processingStart }))))
      .observe({ type: "event", durationThreshold: 16 });
    return seen;
  });
  await page.keyboard.type("Named otherwise by a hand", { delay: 15 });
  // One may meet other work of the machine.
  const over = await long.evaluate((seen) => seen.filter(({ took }) => took > 50));
  assert.ok(over.length <= 1, JSON.stringify(over));
});
