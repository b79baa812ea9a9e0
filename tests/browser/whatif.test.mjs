// What if: two packs side by side, a fortnight lived with both, and a signal added by hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ready } from "./browser.mjs";

async function opened(t, options) {
  const page = await ready(t, options);
  await page.getByRole("button", { name: "What if…" }).click();
  return { page, dialog: page.getByRole("dialog", { name: "What if" }) };
}

test("the advice of two packs stands side by side, lead by lead", async (t) => {
  const { page, dialog } = await opened(t);
  const before = await page.locator("#rows").textContent();
  await dialog.getByLabel("Instead of what is in force").selectOption({ label: "Account based" });
  await dialog.getByRole("button", { name: "Compare the advice now" }).click();
  await dialog.getByText(/^\d+ of 217 leads get other advice/).waitFor({ timeout: 30_000 });
  assert.deepEqual(await dialog.getByRole("columnheader").allTextContents(), ["Lead", "Inside sales", "Account based"]);
  assert.ok(await dialog.getByRole("row").count() > 5);
  const lead = dialog.getByRole("row").nth(1).getByRole("button");
  const name = await lead.textContent();
  await lead.click();
  await page.locator("#why .of").getByText(name, { exact: true }).waitFor();
  assert.equal(await page.locator("#rows").textContent().then((rows) => rows.length), before.length, "nothing is in force that was not");
});

test("both are lived with: progress, a way to stop, a picture and the same as a table", async (t) => {
  const { dialog } = await opened(t);
  await dialog.getByLabel("Instead of what is in force").selectOption({ label: "Account based" });
  await dialog.getByRole("button", { name: "Live with both" }).click();
  await dialog.getByRole("progressbar").waitFor();
  await dialog.getByRole("button", { name: "Stop" }).click();
  await dialog.getByText("Stopped.").waitFor();
  await dialog.getByLabel("for", { exact: true }).selectOption("5");
  await dialog.getByRole("button", { name: "Live with both" }).click();
  const picture = dialog.getByRole("img", { name: "Touches of each day: Inside sales beside Account based" });
  await picture.waitFor({ timeout: 60_000 });
  await dialog.getByText(/forecasts nothing/).waitFor();
  assert.equal(await picture.locator("rect").count(), 10);
  await dialog.getByText("The same as a table").click();
  const days = dialog.locator(".days tbody tr");
  assert.equal(await days.count(), 5);
  const [total] = await dialog.getByRole("row", { name: /^Touches in all/ }).getByRole("cell").allTextContents();
  const sum = (await days.locator("td:nth-child(2)").allTextContents()).reduce((all, one) => all + Number(one), 0);
  assert.equal(sum, Number(total.replace(",", "")));
});

test("something that happened is added by hand: it stands in the journey, and can be taken back", async (t) => {
  const page = await ready(t);
  const lead = page.locator("#rows tr[data-lead]").nth(1);
  const name = await lead.locator(".name").textContent();
  await lead.click();
  await page.locator("#why .of").getByText(name, { exact: true }).waitFor();
  await page.locator("#why").getByText("Something happened").click();
  await page.getByRole("combobox", { name: "What", exact: true }).selectOption("order");
  await page.getByLabel("about").fill("the large one");
  await page.getByRole("button", { name: "Add it" }).click();
  await page.getByText("1 thing done").waitFor();
  await page.getByRole("searchbox").fill(name);
  await page.locator("#rows tr[data-lead]").filter({ hasText: name }).first().click();
  await page.locator("#why .journey").getByText(/order.*the large one/).first().waitFor();
  await page.getByRole("button", { name: "Take the last one back" }).click();
  await page.locator("#why .journey").getByText(/the large one/).waitFor({ state: "detached" });
});
