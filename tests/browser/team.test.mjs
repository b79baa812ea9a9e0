// The views "Me" and "Team", as a rep and as a manager use them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { picture, violations } from "./eyes.mjs";
import { file, open, ready, replace, useLeads } from "./browser.mjs";

/** All reports are on the screen. */
const told = (page) => page.waitForFunction(() => document.querySelector("#team-plan + *:not(.empty)") && !document.querySelector(".panes[aria-busy]"), null, { timeout: 60_000 });
const pane = (page, name) => page.getByRole("region", { name, exact: true });
const turn = async (page, name) => { await page.getByRole("radio", { name, exact: true }).check(); await told(page); };
const lists = (region, role = "listitem") => region.getByRole(role).allTextContents();

test("a manager sees cards that ask and lead to their leads, figures of who shares them, goals, the plan and what does not fit", async (t) => {
  const early = [];
  const page = await ready(t, { prepare: (page) => page.on("request", (request) => early.push(new URL(request.url()).pathname)) });
  assert.deepEqual(early.filter((path) => /team/.test(path) && !path.startsWith("/wording/")), [], "nothing of it is loaded before somebody looks");
  await turn(page, "Team");
  assert.equal(await page.getByRole("heading", { name: "Rules", exact: true }).isVisible(), false);

  const cards = pane(page, "What deserves a thought");
  const words = await lists(cards);
  assert.ok(words.length > 5 && words.every((card) => card.includes("?")), words.find((card) => !card.includes("?")));
  assert.ok(words[0].startsWith("You promised Lotte Verhagen"), words[0]);

  // Lotte and Amélie share their figures, the other four do not; in the order of the lead file.
  assert.deepEqual(await pane(page, "Figures of the team").getByRole("table", { name: "Figures of the team" }).getByRole("columnheader").allTextContents(),
    ["Figure", "Lotte Verhagen", "Amélie Fournier", "The team"]);
  const rows = await pane(page, "Plan of the team").getByRole("rowheader").allTextContents();
  assert.deepEqual(rows, ["Lotte Verhagen", "Bram de Wilde", "Jana Kessler", "Amélie Fournier", "Owen Pritchard", "Grace Okafor"]);
  assert.ok((await pane(page, "Goals").getByRole("heading", { level: 3 }).allTextContents()).includes("Customers who stay"));
  assert.match(await pane(page, "Proposals").textContent(), /Lotte Verhagen proposed .* the team adopted it: Three of us tried it/);
  assert.match(await pane(page, "Thank you").textContent(), /has been a customer for 2 years with Lotte Verhagen/);
  assert.match(await pane(page, "Plan of the team").textContent(), /All that is advised fits in these 7 days/);

  // Each picture has its numbers in a table.
  await pane(page, "Figures of the team").getByText("Week by week, as a table").click();
  assert.equal(await pane(page, "Figures of the team").getByRole("table", { name: "Week by week, as a table" }).getByRole("rowheader").count(), 13);
  const groups = pane(page, "Buying groups");
  const shown = await groups.getByRole("rowheader").count();
  await groups.getByRole("button", { name: /^Show \d+ more$/ }).click();
  const all = await groups.getByRole("rowheader").count();
  assert.ok(all > shown);
  const decider = /decider: heard from (\d+), known (\d+), nobody known (\d+)/.exec(await groups.getByRole("img").getAttribute("aria-label"));
  assert.equal(decider.slice(1).reduce((sum, one) => sum + Number(one), 0), all, "the picture counts the rows of the table");

  // The list is one stop of the Tab key; a card leads to its lead.
  assert.equal(await cards.locator("button[tabindex='0']").count(), 1);
  await cards.getByRole("button").first().focus();
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  const first = await focused();
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await focused(), first);
  await page.keyboard.press("Tab");
  assert.equal(await cards.evaluate((box) => box.contains(document.activeElement)), false, "Tab leaves the list");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Home");
  assert.equal(await focused(), first);
  await page.keyboard.press("Enter");
  await page.locator("#why .of").getByText(first, { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "why-title");
  await page.waitForFunction(() => !location.hash.includes("view="));

  // When a call takes a day, not all of it fits; the view follows the rules.
  await replace(page, "setting hot_visits", "effort phone 8.hours;\nsetting hot_visits");
  await turn(page, "Team");
  await pane(page, "Plan of the team").getByText(/\d+ leads: there is no room within these days/).waitFor();
});

test("a rep sees the own day and the own figures beside the team's, and says who they are; in Dutch in place", async (t) => {
  const page = await ready(t);
  await turn(page, "Me");
  const figures = pane(page, "My figures, beside the team’s");
  const heads = () => figures.getByRole("table").first().getByRole("columnheader").allTextContents();
  assert.deepEqual(await heads(), ["Figure", "You", "The team"]);
  const contacts = async () => (await figures.getByRole("row", { name: /^Contact moments/ }).getByRole("cell").allTextContents())[0];
  const lotte = await contacts();
  const plan = pane(page, "Plan of my day");
  await page.getByLabel("I am").selectOption({ label: "Bram de Wilde" });
  // Bram does not work on Fridays: the first day is Monday, and his figures are his alone, though he shares them with nobody.
  await page.waitForFunction((before) => {
    const cell = document.querySelector("#team-figures + * td");
    return cell && cell.textContent !== before && document.querySelector("#team-plan + *:not(.empty)");
  }, lotte);
  await told(page);
  assert.deepEqual(await heads(), ["Figure", "You", "The team"]);
  assert.match(await plan.getByRole("radio").first().evaluate((radio) => radio.parentElement.textContent), /^Mon,? 23 Nov$/);
  const touches = await plan.getByRole("rowheader").count();
  assert.ok(touches > 0);
  assert.equal(await plan.locator("rect").count(), touches, "a block of the picture for each row of the table");
  assert.match(await plan.getByRole("img").getAttribute("aria-label"), new RegExp(`^Bram de Wilde: ${touches} touch`));
  assert.deepEqual(await page.getByRole("heading", { name: "Customers come to me" }).count(), 0, "Lotte's own goal is hers");
  await page.waitForFunction(() => location.hash.includes("rep=bram") && location.hash.includes("view=me"));

  await page.getByRole("radio", { name: "Nederlands" }).check();
  await pane(page, "Plan van mijn dag").getByRole("columnheader", { name: "Wat te doen, en waarom" }).waitFor();
  await told(page);
  await page.getByRole("heading", { name: "Klanten die blijven" }).waitFor();
  assert.equal(await page.getByText(/Customers who stay|What to do/).count(), 0);
  // The queue of leads is theirs too.
  await page.getByRole("radio", { name: "Leads en regels" }).check();
  assert.equal(await page.locator("#rep").inputValue(), "bram");
});

test("with leads of one's own there is a team file of one's own, or none; what of it does not fit is told", async (t) => {
  const page = await ready(t);
  const lead = (id) => ({ id, name: `Firm ${id}`, stage: "proposal", owner: "kim", people: [{ id: "p", name: "Pim", roles: ["user"], channels: ["phone"] }], signals: [{ at: "2026-02-02T10:00:00Z", kind: "form", person: "p" }] });
  await page.locator("#leads-file").setInputFiles(file("mine.json", JSON.stringify({ reps: [{ id: "kim", name: "Kim", zone: "Europe/Amsterdam" }], leads: [lead("A"), lead("B")] })));
  await useLeads(page);
  await page.getByText("2 leads from mine.json").waitFor();
  await turn(page, "Team");
  await pane(page, "Goals").getByText("No goal stands in the rules in force").waitFor();
  await pane(page, "Proposals").getByText("Nobody has proposed anything yet").waitFor();
  const input = page.getByLabel("Team file…");
  await input.setInputFiles(file("team.json", JSON.stringify({
    promises: [{ at: "2026-01-02T10:00:00Z", by: "manager", to: "kim", what: "a training", due: "2026-01-10T00:00:00Z" }], orders: [{ at: "2026-01-02T10:00:00Z", lead: "nobody", amount: 1 }],
  })));
  await pane(page, "What deserves a thought").getByText(/You promised Kim: a training/).waitFor();
  await page.getByText("1 entry of the team file does not fit and was left out").click();
  await page.getByText("orders[0]").waitFor();
  await page.reload();
  await pane(page, "What deserves a thought").getByText(/You promised Kim: a training/).waitFor({ timeout: 30_000 });
  await input.setInputFiles(file("broken.json", "{"));
  await page.getByText(/^This could not be worked out: .*JSON/).waitFor();
  await page.getByRole("button", { name: "Without this team file" }).click();
  await page.getByText(/^This could not be worked out/).waitFor({ state: "detached" });
});

test("both views are in nobody's way: light and dark, in both languages, from 320 to 2560", async (t) => {
  const page = await open(t, { colorScheme: "light", bypassCSP: true, reducedMotion: "reduce", hash: "#view=team&rep=lotte" });
  const look = async (name, widths) => {
    for (const width of widths) {
      await page.setViewportSize({ width, height: width === 1280 ? 1250 : 900 });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth) <= 0, `${name} scrolls sideways at ${width}`);
      await picture(page, name.replace("*", width), { fullPage: width === 390 });
      if (width === 1280 || width === 390) assert.deepEqual(await violations(page), [], `${name} at ${width}`);
    }
  };
  await told(page);
  await look("light-en-*-team", [1280, 390]);
  await turn(page, "Me");
  await look("light-en-*-me", [320, 390, 2560]);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.getByRole("radio", { name: "Nederlands" }).check();
  await told(page);
  await look("dark-nl-*-me", [1280, 390]);
  await turn(page, "Team");
  await look("dark-nl-*-team", [320, 2560, 1280]);
});
