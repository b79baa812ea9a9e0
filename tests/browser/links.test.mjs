// Rules in a link: what it carries, and what a bad one does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { copied, ready, replace, share, summary } from "./browser.mjs";

test("a link carries only what differs, also into a tab that is open; the way back leads to one's own rules", async (t) => {
  const page = await ready(t);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await replace(page, "hot_visits = 2", "hot_visits = 7");
  await summary(page).getByText(/get other advice/).waitFor();
  await share(page, "Copy a link");
  await page.getByText("Copied.").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(link.length < 1_000, `${link.length} characters for one number`);

  const other = await ready(t);
  await other.evaluate((hash) => { location.hash = hash; }, new URL(link).hash);
  await other.getByText("These rules come from a link: 1 pack differs").waitFor();
  assert.match(await copied(other, true), /hot_visits = 7/);
  await other.getByRole("button", { name: "Back to my own rules" }).click();
  await other.waitForFunction(() => document.querySelector("#editor .cm-content").textContent.includes("hot_visits = 2"));
});

for (const [what, hash, says] of [
  ["a moment that is none", "#now=hello", /says “hello” for the moment/],
  ["rules that are cut short", "#rules=q1YqUbKqVkpVslJKVNJRyk", /damaged/],
  ["rules that unpack to very much", "", /larger than a link may hold/],
  ["rules that are no rules", `#rules=${Buffer.from("hello").toString("base64url")}`, /damaged/],
]) {
  test(`a bad link says what is wrong and starts with the sample: ${what}`, async (t) => {
    const bomb = deflateRawSync(Buffer.from(`{"form":1,"language":1,"own":{"a.rhai":"${" ".repeat(30 << 20)}"}}`)).toString("base64url");
    const page = await ready(t, { hash: hash || `#rules=${bomb}` });
    await page.getByText(says).waitFor();
    assert.match(await page.locator("#leads-name").textContent(), /217 leads from the sample/);
  });
}
