// What axe finds wrong with a page, for everyone's eyes.

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Where pictures are left for looking at. */
export const pictures = fileURLToPath(new URL("pictures/", import.meta.url));
mkdirSync(pictures, { recursive: true });

/** Each rule that is broken, with the elements. The page has to be opened with `bypassCSP`. */
export async function violations(page) {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(async () => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}
