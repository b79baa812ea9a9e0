// The page for everyone's eyes, light and dark, wide and narrow. Pictures are left in pictures/ for looking at.

import assert from "node:assert/strict";
import { test } from "node:test";
import { picture, violations } from "./eyes.mjs";
import { open, replace } from "./browser.mjs";

/** Contrast of two elements' own colours, worked out here because axe passes over what it cannot see through. */
const contrast = (page, selector, behind) => page.evaluate(([selector, behind]) => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const luminance = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => byte / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [ink, paper] = [luminance(getComputedStyle(document.querySelector(selector)).color), luminance(getComputedStyle(document.querySelector(behind)).backgroundColor)];
  return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
}, [selector, behind]);

/** What is looked at: a theme, a language, a size; each width in both themes, each theme in both languages. */
const VIEWS = [
  ["light", "en-GB", 1280, 900], ["dark", "nl-NL", 1280, 900], ["light", "en-GB", 390, 844], ["dark", "nl-NL", 390, 844],
  ["light", "nl-NL", 320, 700], ["dark", "en-GB", 1720, 1000], ["light", "en-GB", 2560, 1300],
];
const words = {
  "en-GB": { rules: "Rules", held: /^On hold/ },
  "nl-NL": { rules: "Regels", held: /^Nu even niet/ },
};

for (const [colorScheme, locale, width, height] of VIEWS) {
  test(`${colorScheme}, ${locale}, at ${width}: nothing is in anybody's way`, async (t) => {
    const said = words[locale];
    const page = await open(t, { colorScheme, locale, viewport: { width, height }, bypassCSP: true, reducedMotion: "reduce" });
    const name = `${colorScheme}-${locale.slice(0, 2)}-${width}`;
    await page.locator("#why .deed").waitFor();
    await picture(page, name);
    if (width <= 390) await picture(page, `${name}-whole`, { fullPage: true });

    if (width <= 640) await page.getByRole("heading", { name: said.rules, exact: true }).click();
    await replace(page, ".since(", ".sinse(");
    await page.locator("#findings li.error").first().waitFor();
    await page.getByRole("radio", { name: said.held }).check();
    assert.deepEqual(await violations(page), []);
    assert.ok(await contrast(page, "#editor .cm-content", "#editor .cm-editor") >= 7, "rules are easy to read");
    assert.ok(await contrast(page, ".cm-note.error", ".cm-note.error") >= 7, "notes under lines are readable");
    for (const name of ["statement", "clause", "word", "number", "text", "comment"]) {
      if (await page.locator(`#editor .rule-${name}`).count()) assert.ok(await contrast(page, `#editor .rule-${name}`, "#editor .cm-editor") >= 4.5, `the colour of a ${name} is readable`);
    }
    await picture(page, `${name}-error`);

    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(sideways <= 0, "the page never scrolls sideways");
  });
}

test("in forced colours what is chosen is seen, and pictures keep their shapes", async (t) => {
  const page = await open(t, { forcedColors: "active" });
  await page.locator("#why .deed").waitFor();
  const outlined = (selector) => page.locator(selector).first().evaluate((one) => getComputedStyle(one).outlineStyle !== "none" || getComputedStyle(one).borderTopStyle !== "none");
  for (const selector of ["#rows tr.chosen", "#groups input:checked + span", "#languages input:checked + span", "button"]) assert.ok(await outlined(selector), selector);
  const colours = await page.locator(".time-line circle, .time-line line").evaluateAll((all) => all.map((one) => getComputedStyle(one)[one.tagName === "circle" ? "fill" : "stroke"]));
  const paper = await page.locator("#why").evaluate((one) => getComputedStyle(one).backgroundColor);
  assert.ok(colours.length > 3 && colours.every((colour) => colour !== paper && colour !== "none"), `${colours} on ${paper}`);
  await picture(page, "forced-colours");
});

test("the focus is kept when the explanation is drawn anew", async (t) => {
  const page = await open(t);
  await page.locator("#why .deed").waitFor();
  const focused = () => page.evaluate(() => [document.activeElement.tagName, document.activeElement.textContent.trim().slice(0, 40)]);
  await page.getByRole("button", { name: "Done", exact: true }).focus();
  const lead = await page.locator("#why .of").textContent();
  await page.keyboard.press("Enter");
  await page.waitForFunction((old) => document.querySelector("#why .of").textContent !== old, lead);
  assert.deepEqual(await focused(), ["BUTTON", "Done"]);
  const [time, review] = [await page.locator("#time-words").textContent(), page.locator("#why .review button")];
  await review.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction((old) => document.querySelector("#time-words").textContent !== old, time);
  await page.waitForFunction(() => document.activeElement.closest("#why") !== null);
});
