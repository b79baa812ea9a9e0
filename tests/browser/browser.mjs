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

/** Opens the page, or the one at `path`, with what comes after the # of the address, in a window of its own, after `prepare` had it, and fails on anything the page complains about. */
export async function open(test, { path = "", hash = "", prepare, ...options } = {}) {
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
  await prepare?.(page);
  await page.goto(`${new URL(path, address).href}${hash}`);
  return page;
}

/** The first advice is on the screen; it also needs the module. */
export const decided = (page) => page.locator("#why .deed").waitFor({ timeout: 30_000 });

/** The page with its first advice on the screen. */
export async function ready(test, options) {
  const page = await open(test, options);
  await decided(page);
  return page;
}

/** A file as the page's own inputs take it. */
export const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

/** Uses the leads that the step of their files shows. */
export const useLeads = (page) => page.getByRole("dialog", { name: /^Leads from/ }).getByRole("button", { name: /^Use (this|these)/ }).click({ timeout: 60_000 });

/** A small pack of one's own. */
export const MINE = `// Ours: call who is open.
pack "Mine" #{ version: "1.0.0", author: "Noor" };

rule "Call who is open" when lead.open then phone because "They are open to a talk";

example "An open lead is called"
    given #{ stage: "interest", people: [#{ id: "a", roles: ["decider"], channels: ["phone"] }] }
    expect phone;
`;

/** What the last change of the rules does, in one sentence. */
export const summary = (page) => page.locator("#changed-summary");

/** Chooses something of the menu for saving and sharing. */
export async function share(page, name) {
  await page.getByText("Save and share").click();
  await page.getByRole("button", { name, exact: true }).click();
}

/** The text of the pack on the screen. */
export const rules = (page) => page.getByRole("textbox", { name: /^(The rules of this pack|De regels van dit pakket)$/ });

/** Selects the first `text` in the rules, as a person would: with the editor's own search. */
export async function find(page, text) {
  await rules(page).focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+f");
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
  await page.keyboard.press("End"); // the search listens to keys
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
}

/** Types over the first `from` in the rules. */
export async function replace(page, from, to) {
  await find(page, from);
  await page.keyboard.insertText(to);
}

/** What is selected in the rules, or all of it: as it is copied. */
export async function copied(page, all = false) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await rules(page).focus();
  if (all) await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  return page.evaluate(() => navigator.clipboard.readText());
}
