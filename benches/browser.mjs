// The comparison in a headless Chromium. `cargo xtask bench` finds the browser and names it in CADANS_CHROMIUM.

import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { chromium } from "playwright-core";
import { fileURLToPath } from "node:url";
import { BUILDS, root } from "./modules.mjs";

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };
const file = (path) => readFile(new URL(path, root));

/** What each address gives. The module stands under two addresses, because a browser keeps one copy of a file for each. */
async function answers() {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL("page.mjs", import.meta.url))], bundle: true, write: false, format: "esm",
    platform: "browser", external: ["node:*", "@gorules/zen-engine"], logLevel: "error",
  });
  return async (path) => {
    if (path === "/") return Buffer.from("<!doctype html><script type=module src=/page.js></script>");
    if (path === "/page.js") return bundle.outputFiles[0].contents;
    if (path === "/zen.wasm") return file("benches/node_modules/@gorules/zen-engine-wasm/dist/zen_engine_wasm_bg.wasm");
    const [, name, rest] = path.match(/^\/(simd|plain)\/([\w./-]+)$/) ?? [];
    if (!name || rest.includes("..")) throw new Error(path);
    return file(rest === "module.wasm" ? `www/lib/pkg/${BUILDS[name]}` : `www/lib/${rest}`);
  };
}

/** Figures of the browser, and its version. */
export async function inChromium(options) {
  const answer = await answers();
  const server = createServer(async ({ url }, response) => {
    try {
      const body = await answer(url);
      response.writeHead(200, { "content-type": TYPES[extname(url) || ".html"] }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => { server.listen(0, "127.0.0.1", ready); });
  const browser = await chromium.launch({
    executablePath: process.env.CADANS_CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--js-flags=--max-old-space-size=4096"],
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => globalThis.run);
    return { version: browser.version(), ...await page.evaluate((options) => globalThis.run(options), options) };
  } finally {
    await browser.close();
    server.close();
  }
}
