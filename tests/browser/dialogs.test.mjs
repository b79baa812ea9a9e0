// The steps that open above the page, for everyone's eyes: own leads and what if.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pictures, violations } from "./axe.mjs";
import { file, open } from "./browser.mjs";

for (const [colorScheme, locale, width, height, whatIf] of [["light", "nl-NL", 1280, 900, "Wat als…"], ["dark", "en-GB", 390, 844, "What if…"]]) {
  test(`${colorScheme}, ${locale}, at ${width}: nothing is in anybody's way`, async (t) => {
    const page = await open(t, { colorScheme, locale, viewport: { width, height }, bypassCSP: true, reducedMotion: "reduce" });
    const picture = (view) => page.screenshot({ path: `${pictures}${colorScheme}-${locale.slice(0, 2)}-${width}-${view}.png` });
    await page.locator("#why .deed").waitFor();
    await page.locator("#leads-file").setInputFiles(file("ours.csv", "id,company,contact,email,country\nA,Acme,Ann,a@x.nl,NL\nB,Bolt,Bob,b@x.nl,Atlantis\n"));
    await page.locator("#own .refusals").waitFor({ timeout: 20_000 });
    assert.deepEqual(await violations(page), []);
    await picture("import");
    await page.keyboard.press("Escape");
    if (width <= 640) await page.locator("#rules > summary").click();
    await page.getByRole("button", { name: whatIf }).click();
    await page.locator("#whatif-compare").click();
    await page.locator("#whatif table").waitFor({ timeout: 20_000 });
    assert.deepEqual(await violations(page), []);
    await picture("whatif");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth) <= 0, "the page never scrolls sideways");
  });
}
