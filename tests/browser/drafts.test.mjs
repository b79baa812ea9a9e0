// What the page keeps: drafts over reloads and between tabs, and itself without a network.

import assert from "node:assert/strict";
import { test } from "node:test";
import { copied, decided, ready, replace, summary } from "./browser.mjs";

test("a draft survives a reload, and two tabs never overwrite each other unasked", async (t) => {
  const page = await ready(t);
  await replace(page, "hot_visits = 2", "hot_visits = 7");
  await summary(page).getByText(/get other advice|same advice/).waitFor();
  await page.reload();
  await decided(page);
  await page.getByRole("button", { name: "Undo my changes" }).waitFor();
  assert.match(await copied(page, true), /hot_visits = 7/);

  const other = await page.context().newPage();
  await other.goto(page.url());
  await decided(other);
  await other.getByRole("button", { name: "Undo my changes" }).waitFor();
  await replace(page, "hot_visits = 7", "hot_visits = 8");
  await other.getByText("These rules were changed in another tab").waitFor();
  await replace(other, "hot_visits = 7", "hot_visits = 9");
  await other.getByRole("button", { name: "Take those of the other tab" }).click();
  await other.waitForFunction(() => document.querySelector("#editor .cm-content").textContent.includes("hot_visits = 8"));
  assert.match(await copied(page, true), /hot_visits = 8/);
});

test("without a network the page opens again and decides", async (t) => {
  const page = await ready(t);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  await page.reload();
  await decided(page);
  await page.getByText(/^All \d+ examples pass/).waitFor();
  await page.context().setOffline(false);
});
