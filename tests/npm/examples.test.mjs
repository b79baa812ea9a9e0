// Each example is built with its tool and run: what its user would see is the advice for the two leads of examples/leads.json.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile, readdir, stat } from "node:fs/promises";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { NOW, examples, leads, node, path, run, serve, tool } from "./installed.mjs";

/** By hand: Anna looked at prices twice this week, and the rule that holds says so; nobody asks for contact with the other lead. */
const ANNA = "L-1: phone. Looked at prices 2 times this week";
const PRINTED = `${ANNA}\nL-2: wait. Nothing to do now: no rule asks for contact\n`;

let browser;
let site;
before(async () => {
  const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  [browser, site] = await Promise.all([chromium.launch({ executablePath: process.env.CADANS_CHROMIUM, args: flags }), serve(path(""))]);
});
after(async () => {
  await browser?.close();
  site?.end();
});

/** What the list of a page says, in a real browser. Anything that the page complains about fails. */
async function listed(place) {
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("response", (response) => { if (response.status() >= 400 && !response.url().endsWith("favicon.ico")) complaints.push(`${response.status()} ${response.url()}`); });
  page.on("console", (message) => { if (message.type() === "error" && !message.text().includes("404")) complaints.push(message.text()); });
  await page.goto(site.address + place);
  try {
    await page.locator("li").first().waitFor({ timeout: 15_000 });
  } catch (error) {
    assert.fail(`${complaints.join("; ")} ${error.message}`);
  }
  const items = await page.locator("li").allTextContents();
  await page.close();
  assert.deepEqual(complaints, []);
  return items;
}

const BOTH = PRINTED.trim().split("\n");

test("Vite and React: the build finds the workers and the modules", async () => {
  await node([tool("vite/bin/vite.js"), "build", "--logLevel", "warn"], "vite-react");
  assert.deepEqual(await listed("vite-react/dist/"), BOTH);
});

test("webpack and Vue", async () => {
  await node([tool("webpack-cli/bin/cli.js")], "webpack-vue");
  assert.deepEqual(await listed("webpack-vue/"), BOTH);
});

test("esbuild", async () => {
  await node(["build.mjs"], "esbuild");
  assert.deepEqual(await listed("esbuild/"), BOTH);
});

test("script tags, with a policy that allows no eval", async () => assert.deepEqual(await listed("script-tag/"), BOTH));

test("a module worker, with the same policy", async () => assert.deepEqual(await listed("module-worker/"), [ANNA]));

test("a service in Node: the queue of a rep, what happened, and misuse with its code", async () => {
  const server = spawn(process.execPath, [path("node-service/server.mjs")], { env: { ...process.env, PORT: "0" }, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [line] = await once(server.stdout.setEncoding("utf8"), "data");
    const address = new URL(line.trim()).origin;
    const queue = async () => (await (await fetch(`${address}/queue?rep=lotte`)).json()).map(({ lead, touch }) => `${lead} ${touch.channel}`);
    assert.deepEqual(await queue(), ["L-1 phone"]);
    const call = { at: "2026-11-20T09:59:00+01:00", kind: "call", channel: "phone", direction: "outbound", person: "anna", rep: "lotte", outcome: "answered",
      pack: "Monday rules", rule: "Price page again: phone today" };
    const posted = async (body) => (await fetch(`${address}/leads/L-1`, { method: "POST", body: JSON.stringify(body) })).json();
    assert.deepEqual(await posted(call), { decidedAgain: 1 });
    assert.deepEqual(await queue(), []);
    assert.equal((await posted({ at: "yesterday" })).code, "refused");
    assert.equal((await (await fetch(`${address}/queue?rep=nobody`)).json()).code, "unknown-rep");
    assert.equal((await (await fetch(`${address}/queue?now=2026-11-19T10:00:00Z`)).json()).code, "tick-back");
  } finally {
    server.kill();
  }
});

test("Deno", async () => assert.equal(await node([tool("deno/bin.cjs"), "run", "--allow-read", "main.ts"], "deno"), PRINTED));

test("Bun", async () => {
  // The package's own program is made by an install script, which is not run here; what it would name is beside it.
  const [folder] = (await readdir(tool("@oven"))).filter((name) => name.includes(process.platform === "win32" ? "windows" : process.platform)).sort();
  assert.equal(await run(tool(`@oven/${folder}/bin/bun${process.platform === "win32" ? ".exe" : ""}`), ["main.ts"], "bun"), PRINTED);
});

test("a Cloudflare worker, in workerd", async () => {
  await node(["build.mjs"], "cloudflare-worker");
  const { Miniflare } = await import(new URL("node_modules/miniflare/dist/src/index.js", examples).href).then((all) => all.default ?? all);
  const part = async (type, name) => ({ type, path: name, contents: await readFile(path(`cloudflare-worker/dist/${name}`)) });
  const modules = [await part("ESModule", "worker.js"), await part("CompiledWasm", "cadans_simd_bg.wasm")];
  const worker = new Miniflare({ modules, compatibilityDate: "2026-04-01" });
  try {
    const advices = async (body) => (await worker.dispatchFetch(`http://localhost/?now=${encodeURIComponent(NOW)}`, { method: "POST", body })).json();
    assert.deepEqual((await advices(leads)).map(({ lead, verdict, touch, reason }) => `${lead}: ${touch?.channel ?? verdict}. ${reason}`), BOTH);
    assert.deepEqual(await advices("[]"), []);
  } finally {
    await worker.dispose();
  }
});

test("no example has more than sixty lines of its own", async () => {
  for (const folder of (await readdir(path(""), { withFileTypes: true })).filter((entry) => entry.isDirectory() && entry.name !== "node_modules")) {
    let lines = 0;
    for (const name of await readdir(path(folder.name))) {
      const file = path(`${folder.name}/${name}`);
      if ((await stat(file)).isFile()) lines += (await readFile(file, "utf8")).trimEnd().split("\n").length;
    }
    assert.ok(lines > 5 && lines < 60, `${folder.name} has ${lines} lines`);
  }
});
