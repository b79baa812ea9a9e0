// The steps that open above the page, for everyone's eyes: own leads and what if.

import assert from "node:assert/strict";
import { test } from "node:test";
import { file, open } from "./browser.mjs";
import { picture, violations } from "./eyes.mjs";

for (const [colorScheme, locale, width, height, whatIf] of [["light", "en-GB", 1280, 900, "What if…"], ["dark", "nl-NL", 390, 844, "Wat als…"]]) {
  test(`${colorScheme}, ${locale}, at ${width}: nothing is in anybody's way`, async (t) => {
    const page = await open(t, { colorScheme, locale, viewport: { width, height }, bypassCSP: true, reducedMotion: "reduce" });
    const name = `${colorScheme}-${locale.slice(0, 2)}-${width}`;
    await page.locator("#why .deed").waitFor();
    await page.locator("#leads-file").setInputFiles(file("ours.csv", "Number;Company;Contact;Job title;E-mail;Phone;Country;Value;Last called\n1;Acme;Ann Bell;Director;a@acme.example;0612;NL;12.500,00;18-11-2026 09:30\n2;Bolt;Bob Roe;Buyer;;0613;BE;900,50;\n3;Cord;Cy Poe;;c@cord.example;;Atlantis;;\n"));
    await page.locator("#own .refusals").waitFor({ timeout: 20_000 });
    assert.deepEqual(await violations(page), []);
    await picture(page, `${name}-import`);
    await page.keyboard.press("Escape");
    if (width <= 640) await page.locator("#rules > summary").click();
    await page.getByRole("button", { name: whatIf }).click();
    await page.locator("#whatif-days").selectOption("5");
    await page.locator("#whatif-live").click();
    await page.locator("#whatif table.sides").waitFor({ timeout: 60_000 });
    assert.deepEqual(await violations(page), []);
    await picture(page, `${name}-whatif`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth) <= 0, "the page never scrolls sideways");
  });
}
