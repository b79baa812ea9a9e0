// A real Chromium on the page that `cargo xtask test` serves.

import { after, before } from "node:test";
import { chromium } from "playwright-core";

const { CADANS_CHROMIUM: program, CADANS_PAGE: address } = process.env;
if (!program || !address) throw new Error("These tests need a browser and a served page: run `cargo xtask test`.");

const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

let browser;
before(async () => { browser = await chromium.launch({ executablePath: program, args: flags }); });
after(async () => { await browser?.close(); });

/** Opens the page, or the one at `path`, in a window of its own and fails on anything the page complains about. */
export async function open(test, { path = "", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith("data:") && !url.startsWith("blob:")) complaints.push(`asked for ${url}`);
  });
  test.after(async () => {
    await context.close();
    if (complaints.length) throw new Error(`the page complained: ${complaints.join("; ")}`);
  });
  await page.goto(new URL(path, address).href);
  return page;
}

/** Types over the first `from` in the rules, as a person would. */
export async function replace(page, from, to) {
  const found = await page.locator("#text").evaluate((text, from) => {
    const at = text.value.indexOf(from);
    text.focus();
    text.setSelectionRange(at, at + from.length);
    return at >= 0;
  }, from);
  if (!found) throw new Error(`the pack nowhere says ${from}`);
  await page.keyboard.insertText(to);
}
