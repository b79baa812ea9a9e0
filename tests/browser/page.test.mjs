import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";

test("the page loads the module", async (t) => {
  const page = await open(t);
  await page.getByText(/^Cadans \d/).waitFor();
  assert.equal(await page.title(), "Cadans");
});
