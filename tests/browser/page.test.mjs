// What a sales manager does with the page, in a real browser.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { copied, file, ready, replace, rules, useLeads } from "./browser.mjs";

const pictures = fileURLToPath(new URL("pictures/", import.meta.url));
mkdirSync(pictures, { recursive: true });

const status = (page) => page.locator("#status");
const rows = (page) => page.locator("#rows tbody tr[data-lead]");
const deed = (page) => page.locator("#why .deed");
const errors = (page) => page.locator("#findings li.error");

const decidedIn = (page) => page.waitForFunction(() => document.querySelector("#status").textContent.includes("decided in"));

test("the sample leads are decided, and the first is explained", async (t) => {
  const page = await ready(t);
  assert.match(await page.locator("#leads-name").textContent(), /^\d+ leads from the sample$/);
  assert.ok(await rows(page).count() > 5);
  assert.equal(await page.locator("tr.chosen").count(), 1);
  for (const title of [/^Priority \d/]) await page.getByRole("heading", { name: title }).waitFor();
  assert.match(await page.locator("#version").textContent(), /^Cadans \d+\.\d+\.\d+, with the time zones of tzdb 20\d\d[a-z] and the holidays of \S+ [\d.]+$/);
  assert.equal(await errors(page).count(), 0, "the packs we ship have no errors");
});

test("another pack gives another queue", async (t) => {
  const page = await ready(t);
  const before = await page.locator("#rows").textContent();
  const names = await page.locator("#pack option").allTextContents();
  assert.ok(names.length >= 5);
  await page.getByLabel("Pack", { exact: true }).selectOption("sustainable-revenue.rhai");
  await page.waitForFunction((old) => document.querySelector("#rows").textContent !== old, before);
  assert.match(await copied(page, true), /^pack "/m);
  assert.equal(await errors(page).count(), 0);
});

test("a slip is mended by the button under it, and undo takes that back", async (t) => {
  const page = await ready(t);
  const right = await copied(page, true);
  await replace(page, ".since(", ".sinse(");
  await errors(page).first().waitFor();
  const wrong = await copied(page, true);
  assert.notEqual(wrong, right);
  await page.getByRole("button", { name: "write since" }).first().click();
  await page.waitForFunction(() => document.querySelectorAll("#findings li.error").length === 0);
  assert.equal(await copied(page, true), right);
  await rules(page).press("Control+z");
  assert.equal(await copied(page, true), wrong);
});

test("a Dutch browser is told in Dutch", async (t) => {
  const page = await ready(t, { locale: "nl-NL" });
  await replace(page, ".since(", ".sinse(");
  await errors(page).first().waitFor();
  assert.match(await errors(page).first().textContent(), /heeft geen sinse/);
  assert.match(await page.locator("#version").textContent(), /^Cadans \d+\.\d+\.\d+, met de tijdzones van tzdb 20\d\d[a-z] en de feestdagen van /);
});

test("a broken rule is told under its line; mended, all is as it was", async (t) => {
  const page = await ready(t);
  const before = await page.locator("#rows").textContent();
  await replace(page, ".since(", ".sinse(");
  await page.getByRole("button", { name: /^Error in line \d+$/ }).first().waitFor();
  assert.match(await page.locator("#findings-count").textContent(), /^\d+ errors?: /);
  // The note stands under its line, and covers nothing of it.
  const [note, underlined] = [await page.locator("#editor .cm-note.error").first().boundingBox(), await page.locator("#editor .cm-finding.error").first().boundingBox()];
  assert.equal(await page.locator("#editor .cm-finding.error").first().textContent(), "sinse");
  assert.ok(note.y >= underlined.y + underlined.height - 1, "the note is below what it is about");
  await page.screenshot({ path: `${pictures}error.png` });
  await replace(page, ".sinse(", ".since(");
  await page.getByText("No errors").waitFor();
  await page.waitForFunction((old) => document.querySelector("#rows").textContent === old, before);
});

test("an error in the list leads to its place in the text", async (t) => {
  const page = await ready(t);
  await replace(page, ".since(", ".sinse(");
  await page.getByRole("button", { name: /^Error in line/ }).first().click();
  assert.match(await copied(page), /sinse/);
});

test("moving the time moves the advice", async (t) => {
  const page = await ready(t);
  const words = await page.locator("#time-words").textContent();
  const before = await page.locator("#rows").textContent();
  await page.getByRole("slider", { name: "Now" }).focus();
  for (let hour = 0; hour < 12; hour++) await page.keyboard.press("ArrowRight");
  await page.waitForFunction((old) => document.querySelector("#rows").textContent !== old, before);
  assert.notEqual(await page.locator("#time-words").textContent(), words);
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await page.waitForFunction((old) => document.querySelector("#rows").textContent === old, before);
  assert.equal(await page.locator("#time-words").textContent(), words);
});

test("a file of leads is loaded; what does not fit is listed, the rest is used", async (t) => {
  const page = await ready(t);
  const lead = (id, extra) => ({ id, name: `Lead ${id}`, country: "NL", people: [{ id: "p", name: "Pim", roles: ["decider"], channels: ["phone", "email"] }], ...extra });
  const input = page.locator("#leads-file");

  await input.setInputFiles(file("mine.json", JSON.stringify([lead("A", { signals: [{ at: "2026-02-02T10:00:00Z", kind: "form", person: "p" }] }), lead("B")])));
  await useLeads(page);
  await page.getByText("2 leads from mine.json").waitFor();
  assert.equal(await page.locator("#refused").isVisible(), false);

  await input.setInputFiles(file("odd.json", JSON.stringify([lead("A"), lead("B", { stage: "dreaming" }), lead("C", { value: "much" })])));
  await useLeads(page);
  await page.getByText("1 lead from odd.json").waitFor();
  const refused = page.locator("#refused");
  assert.match(await refused.textContent(), /2 records could not be used; 1 lead can/);
  assert.match(await refused.textContent(), /B.*stage.*dreaming/);
  assert.match(await refused.textContent(), /C.*value/);

  await input.setInputFiles(file("broken.json", "this is no JSON"));
  const step = page.getByRole("dialog", { name: "Leads from broken.json" });
  await step.getByText("0 leads will be read. 1 record is refused.").waitFor();
  assert.ok(await step.getByRole("button", { name: "Use these 0 leads" }).isDisabled());
  await step.getByRole("button", { name: "Leave it" }).click();
  assert.equal(await page.locator("#leads-name").textContent(), "1 lead from odd.json");

  await page.getByRole("button", { name: "Back to the sample" }).click();
  await page.getByText(/leads from the sample/).waitFor();
  await deed(page).waitFor();
  assert.equal(await refused.isVisible(), false);
});

test("a file can be dropped on the page", async (t) => {
  const page = await ready(t);
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["{\"id\":\"A\"}\n{\"id\":\"B\"}\n{\"id\":\"C\"}"], "dropped.ndjson"));
    return transfer;
  });
  await page.dispatchEvent("body", "dragenter", { dataTransfer: data });
  await page.getByText("Drop the file").waitFor();
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
  await useLeads(page);
  await page.getByText("3 leads from dropped.ndjson").waitFor();
  assert.equal(await page.getByText("Drop the file").isVisible(), false);
});

test("a hostile text in a lead or a rule stays text", async (t) => {
  const page = await ready(t);
  const name = "<img src=x onerror=alert(1)><b>bold";
  await page.locator("#leads-file").setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify([{ id: "A", name }])) });
  await useLeads(page);
  await page.getByText("1 lead from x.json").waitFor();
  await page.getByRole("radio", { name: /^Nothing now/ }).check();
  await page.locator("#why .of").getByText(name).waitFor();
  assert.equal(await page.locator("main img, main b b").count(), 0);
});

test("the address holds the view: rules, time and lead come back after a reload", async (t) => {
  const page = await ready(t);
  const [chosen, lead] = [await rows(page).nth(2).getAttribute("data-lead"), await rows(page).nth(2).locator(".name").textContent()];
  await rows(page).nth(2).click();
  await page.getByRole("button", { name: "Day later" }).click();
  const time = await page.locator("#time-words").textContent();
  await replace(page, ".since(", ".sinse(");
  await errors(page).first().waitFor();
  await page.waitForFunction((id) => location.hash.includes("now=2026-11-21") && location.hash.includes(`lead=${id}`), chosen);
  await page.reload();
  await errors(page).first().waitFor();
  await deed(page).waitFor();
  assert.equal(await page.locator("#time-words").textContent(), time);
  assert.equal(await page.locator("#why .of").textContent(), lead);
  assert.match(await copied(page, true), /\.sinse\(/);
  await page.getByRole("button", { name: "Undo my changes" }).click();
  await page.getByText("No errors").waitFor();
});

test("the explanation leads to the rule and to the moment at which it changes", async (t) => {
  const page = await ready(t);
  await page.locator("#why dl a").first().click();
  assert.match(await copied(page), /^(rule|cadence) "/);
  const before = await page.locator("#time-words").textContent();
  const review = page.locator("#why .review button");
  if (await review.count()) {
    await review.click();
    await page.waitForFunction((old) => document.querySelector("#time-words").textContent !== old, before);
  }
});

test("every group can be shown, and a lead found by name", async (t) => {
  const page = await ready(t);
  const name = await rows(page).nth(3).locator(".name").textContent();
  await page.getByLabel("Find lead, person or rep").fill(name);
  await page.waitForFunction((wanted) => [...document.querySelectorAll("#rows tbody tr .name")].every((one) => one.textContent.includes(wanted)), name);
  await page.getByLabel("Find lead, person or rep").fill("no lead is called this");
  await page.getByText("No lead, person or rep in this list is called").waitFor();
  await page.getByLabel("Find lead, person or rep").fill("");
  for (const group of ["Late", "Now", "Later today", "Later", "On hold", "Nothing now", "All"]) {
    await page.getByRole("radio", { name: new RegExp(`^${group} \\d`) }).check();
    assert.equal(await page.locator("#rows table, #rows .empty").count(), 1, group);
  }
  await decidedIn(page);
});

test("all of it works from the keyboard", async (t) => {
  const page = await ready(t);
  const focused = () => page.evaluate(() => {
    const { id, name, type, textContent, tagName, dataset } = document.activeElement;
    if (dataset.lead) return `row ${dataset.lead}`;
    return id || name || `${tagName} ${type ?? ""} ${textContent.slice(0, 30)}`;
  });
  const seen = [];
  for (let step = 0; step < 60 && !seen.at(-1)?.startsWith("row "); step++) {
    await page.keyboard.press("Tab");
    seen.push(await focused());
    const outlined = await page.evaluate(() => {
      const at = document.activeElement;
      const near = [at, at.nextElementSibling, at.previousElementSibling, at.closest(".editor"), at.parentElement];
      return near.some((one) => one && getComputedStyle(one).outlineStyle !== "none" && getComputedStyle(one).outlineWidth !== "0px");
    });
    assert.ok(outlined, `focus is visible on ${seen.at(-1)}`);
  }
  for (const id of ["leads-file", "time", "pack", "text", "rep", "by-account", "find", "group"]) assert.ok(seen.includes(id), `${id} in ${seen}`);
  const first = await page.locator("#why .of").textContent();
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction((old) => document.querySelector("#why .of").textContent !== old, first);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-selected")), "true");
});

test("a slider moves a setting within its range, the queue with it, and the address keeps it", async (t) => {
  const page = await ready(t);
  const before = await page.locator("#rows").textContent();
  await page.locator("#settings-count").click();
  const slider = page.getByRole("slider", { name: "hot visits" });
  assert.deepEqual([await slider.getAttribute("min"), await slider.getAttribute("max"), await slider.inputValue()], ["1", "10", "2"]);
  await slider.focus();
  await page.keyboard.press("End");
  await page.getByText("Settings, 1 changed").waitFor();
  await page.waitForFunction((old) => document.querySelector("#rows").textContent !== old, before);
  // A length of time moves in its unit.
  const rest = page.getByRole("slider", { name: "quote rest" });
  assert.deepEqual([await rest.getAttribute("min"), await rest.getAttribute("max"), await rest.getAttribute("aria-valuetext")], ["1", "14", "5 days"]);
  await page.reload();
  await decidedIn(page);
  await page.locator("#settings-count").click();
  assert.equal(await page.getByRole("slider", { name: "hot visits" }).inputValue(), "10");
  await page.getByRole("button", { name: "Back to 2" }).click();
  await page.waitForFunction((old) => document.querySelector("#rows").textContent === old, before);
});

test("a rulebook is opened from its folder: its layers, what they change of each other, and back again", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "cadans-page-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const shown = readFileSync(new URL("../../docs/rulebooks.md", import.meta.url), "utf8");
  for (const [, name, text] of shown.matchAll(/^```\w+ (\S+)\n([^]*?)^```/gm)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const page = await ready(t);
  const before = await page.locator("#rows").textContent();
  await page.locator("#rulebook-files").setInputFiles(folder);
  await page.waitForFunction((old) => document.querySelector("#rows").textContent !== old, before);
  await page.locator("#force-count").click();
  assert.deepEqual(await page.locator("#force h3").allTextContents(), ["Law", "Company: Acme", "Team: North", "Rep: kim"]);
  assert.match(await page.locator("#changes").textContent(), /Price page again: phone.*switched off by Team North/);
  await page.getByRole("button", { name: "Back to the packs of this page" }).click();
  await page.waitForFunction((old) => document.querySelector("#rows").textContent === old, before);
  // Without a rulebook.toml that is said.
  rmSync(join(folder, "rulebook.toml"));
  await page.locator("#rulebook-files").setInputFiles(folder);
  await page.getByText("There is no rulebook.toml in that folder").waitFor();
});
