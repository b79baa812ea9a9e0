// The page for everyone's eyes, light and dark, wide and narrow. Pictures are left in pictures/ for looking at.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { open, replace } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = fileURLToPath(new URL("pictures/", import.meta.url));
mkdirSync(pictures, { recursive: true });

async function violations(page) {
  const { violations: found } = await page.evaluate(async () => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

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

for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of [[1280, 900], [390, 844], [1720, 1000]]) {
    test(`${colorScheme} at ${width}: nothing is in anybody's way`, async (t) => {
      const page = await open(t, { colorScheme, viewport: { width, height }, bypassCSP: true, reducedMotion: "reduce" });
      await page.locator("#why .deed").waitFor();
      await page.evaluate(axe);
      assert.deepEqual(await violations(page), []);
      await page.screenshot({ path: `${pictures}${colorScheme}-${width}.png` });
      if (width === 390) await page.screenshot({ path: `${pictures}${colorScheme}-${width}-whole.png`, fullPage: true });

      if (width === 390) await page.getByRole("heading", { name: "Rules", exact: true }).click();
      await replace(page, ".since(", ".sinse(");
      await page.locator("#findings li.error").first().waitFor();
      await page.getByRole("radio", { name: /^On hold/ }).check();
      assert.deepEqual(await violations(page), []);
      assert.ok(await contrast(page, "#editor .cm-content", "#editor .cm-editor") >= 7, "rules are easy to read");
      assert.ok(await contrast(page, ".cm-note.error", ".cm-note.error") >= 7, "notes under lines are readable");
      for (const name of ["statement", "clause", "word", "number", "text", "comment"]) {
        if (await page.locator(`#editor .rule-${name}`).count()) assert.ok(await contrast(page, `#editor .rule-${name}`, "#editor .cm-editor") >= 4.5, `the colour of a ${name} is readable`);
      }

      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(sideways <= 0, "the page never scrolls sideways");
    });
  }
}
