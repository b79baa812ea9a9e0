// A hostile pack, link, file and lead: the page goes on, keeps what it has, executes nothing and sends nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { copied, file, ready, replace, summary, useLeads } from "./browser.mjs";

/** The longest that the page may stand still, in milliseconds; a machine that has other work takes longer than the page does. */
const STILL = 3_000;
const MARKUP = "<img src=x onerror=alert(1)><script>fetch('https://example.com/')</script>\u202e{{7*7}}";

/** Counts all that is asked for from now on, and measures the gaps between frames. */
async function watched(page) {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("dialog", (dialog) => { asked.push(`dialog ${dialog.message()}`); void dialog.dismiss(); });
  await page.evaluate(() => {
    globalThis.still = 0;
    let last = performance.now();
    const frame = (now) => { globalThis.still = Math.max(globalThis.still, now - last); last = now; requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
  });
  return {
    /** Nothing was sent: only files of the page itself were asked for, each by its name and without a question. */
    async check(what) {
      const own = new URL("./", page.url()).href;
      const { files } = await (await fetch(`${own}files.json`)).json();
      const known = new Set(["", ...files, "files.json", "service-worker.js"].map((name) => `${own}${name}`));
      assert.deepEqual(asked.filter((url) => !known.has(url) && !url.startsWith("blob:") && !url.startsWith("data:")), [], what);
      const still = await page.evaluate(() => globalThis.still);
      assert.ok(still < STILL, `${what}: the page stood still for ${Math.round(still)} ms`);
      assert.equal(await page.locator("main img, main script, dialog img, dialog script").count(), 0, what);
    },
  };
}

test("hostile leads: nested without end, enormous, with markup and names of objects", async (t) => {
  const page = await ready(t);
  const { check } = await watched(page);
  const lead = (id, more) => JSON.stringify({ id, country: "NL", people: [{ id: "p", name: MARKUP, channels: ["phone"] }], signals: [{ at: "2026-11-20T08:00:00Z", kind: "form", person: "p", topic: MARKUP }], ...more });
  const lines = [
    lead(MARKUP, { name: MARKUP }), lead("__proto__"), lead("constructor"), `{"id":"deep","fields":${"[".repeat(50_000)}${"]".repeat(50_000)}}`, lead("long", { name: "n".repeat(2_000_000) }),
    "{\"__proto__\":{\"polluted\":true},\"id\":\"x\"}", "\u0000\u0001", lead("good"),
  ];
  await page.locator("#leads-file").setInputFiles(file("hostile.ndjson", lines.join("\n")));
  await useLeads(page);
  await page.getByText(/leads from hostile\.ndjson/).waitFor({ timeout: 30_000 });
  await page.getByRole("radio", { name: /^All/ }).check();
  await page.locator("#rows tr[data-lead='good']").click();
  await page.locator("#why .of").getByText("good").waitFor();
  assert.equal(await page.evaluate(() => ({}).polluted), undefined);
  await check("leads");
});

test("hostile files: a workbook that unpacks to very much, a table of one endless cell, no text at all", async (t) => {
  const page = await ready(t);
  const { check } = await watched(page);
  const dialog = page.getByRole("dialog", { name: /^Leads from/ });
  const bomb = zipSync({ "xl/workbook.xml": strToU8("<a/>"), "xl/worksheets/sheet1.xml": new Uint8Array(300 << 20) }, { level: 6 });
  for (const one of [
    { name: "bomb.xlsx", mimeType: "application/zip", buffer: Buffer.from(bomb) }, file("cell.csv", `id,name\n1,"${"x".repeat(3_000_000)}`),
    { name: "bytes.csv", mimeType: "text/csv", buffer: Buffer.from(Uint8Array.from({ length: 100_000 }, (_, n) => (n * 7919) % 256)) }, file("markup.csv", `id,${MARKUP}\n1,${MARKUP}\n`),
  ]) {
    await page.locator("#leads-file").setInputFiles(one);
    await dialog.getByText(/could not be read|will be read|do not fit/).first().waitFor({ timeout: 60_000 });
    await dialog.getByRole("button", { name: "Leave it" }).click();
  }
  assert.match(await page.locator("#leads-name").textContent(), /from the sample/);
  await check("files");
});

test("hostile packs and links: nothing is taken over unasked, and one's own draft is still there", async (t) => {
  const page = await ready(t);
  await replace(page, "hot_visits = 2", "hot_visits = 7");
  await summary(page).getByText(/advice/).waitFor();
  const { check } = await watched(page);
  const rule = (when) => `pack "P" #{};\nrule "A" when ${when} then phone because "${MARKUP.replaceAll("\"", "")}";\n`;
  for (const [name, text] of [
    ["evil.rhai", rule("lead.open")], ["deep.rhai", rule(`${"(".repeat(20_000)}true${")".repeat(20_000)}`)], ["loop.rhai", `fn f(x) { f(x + 1) }\n${rule("f(0)")}`],
    ["wide.rhai", rule(Array.from({ length: 20_000 }, (_, n) => `lead.visits(${n}.days) > ${n}`).join(" or "))], ["cut.cadans", "=== cadans 1 ===\nname = \"x\"\n"], ["bytes.rhai", "\u0000\u202e\uffff"],
  ]) {
    await page.locator("#rules-files").setInputFiles(file(name, text));
    const dialog = page.getByRole("dialog", { name: `Received: ${name}` });
    await dialog.waitFor({ timeout: 60_000 });
    await dialog.getByRole("button", { name: "Leave it" }).click();
  }
  const bomb = deflateRawSync(Buffer.from(`{"form":1,"language":1,"own":{"a.rhai":"${" ".repeat(30 << 20)}"}}`)).toString("base64url");
  for (const hash of [`rules=${bomb}`, `rules=${"A".repeat(200_000)}`, "now=hello", `lead=${encodeURIComponent(MARKUP)}`, `rep=${encodeURIComponent(MARKUP)}&show=nowhere`, "pack=../../etc/passwd"]) {
    await page.evaluate((hash) => new Promise((done) => {
      location.hash = hash;
      requestAnimationFrame(() => requestAnimationFrame(done));
    }), hash);
  }
  await page.locator("#why .deed").waitFor();
  await check("packs and links");
  await page.goto(new URL("./", page.url()).href);
  await page.reload();
  await page.getByRole("button", { name: "Undo my changes" }).waitFor();
  assert.match(await copied(page, true), /hot_visits = 7/);
});
