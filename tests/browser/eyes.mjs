// How a page is looked at: by axe, and in pictures for people.

import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Where pictures are left for looking at. */
const pictures = fileURLToPath(new URL("pictures/", import.meta.url));
mkdirSync(pictures, { recursive: true });
/** Those that the README shows; CADANS_WRITE=1 writes them. */
const SHOWN = { "light-en-1280": "page.png", "dark-nl-390": "page-phone.png", "light-en-1280-error": "page-finding.png", "light-en-1280-import": "page-leads.png", "light-en-1280-whatif": "page-what-if.png", "light-en-1280-team": "page-team.png" };

/** Takes a picture of what is on the screen. */
export async function picture(page, name, options = {}) {
  const path = `${pictures}${name}.png`;
  await page.screenshot({ path, ...options });
  if (process.env.CADANS_WRITE && SHOWN[name]) copyFileSync(path, new URL(`../../docs/${SHOWN[name]}`, import.meta.url));
}

/** Each rule that is broken, with the elements. The page has to be opened with `bypassCSP`. */
export async function violations(page) {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(async () => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}
