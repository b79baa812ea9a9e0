// The whole comparison: `cargo xtask bench` calls this, with the module built and the packages installed.
//
//     node bench.mjs [--quick] [--date 2026-11-22] [--no-browser]
//
// The long run writes RESULTS.md; the quick one only prints, since its figures are rough.

import { readFile, readdir, writeFile } from "node:fs/promises";
import os from "node:os";
import { parseArgs } from "node:util";
import { deciding, loading } from "./advice.mjs";
import { coldStarts } from "./cold.mjs";
import { PEERS } from "./engines/all.mjs";
import { fromObjects, resident } from "./engines/cadans.mjs";
import { matching, oneByOne } from "./matching.mjs";
import { load, root } from "./modules.mjs";
import { memory } from "./memory.mjs";
import { natively } from "./natively.mjs";
import { page } from "./results.mjs";
import { shipped } from "./shipped.mjs";
import { sizes as bytes } from "./sizes.mjs";
import { mannersOf } from "./workload/cadans.mjs";
import { leadsOf } from "./workload/leads.mjs";

const { values: options } = parseArgs({
  options: { quick: { type: "boolean" }, "no-browser": { type: "boolean" }, date: { type: "string" } },
});
const [sizes, pace] = options.quick
  ? [[10_000], { rounds: 3, warm: 100, sample: 20 }]
  : [[1_000, 10_000, 100_000], { rounds: 5, warm: 150, sample: 30 }];
/** What takes seconds is run once a sample. */
const heavy = { ...pace, tasks: { warm: 0, sample: 1 } };
const starts = options.quick ? 3 : 11;
const size = sizes.at(-1);
const step = (what) => process.stderr.write(`${what} ...\n`);

const read = (path) => readFile(new URL(path, root), "utf8");
const laws = (await readdir(new URL("rules/contact-policy/", root))).filter((file) => file.endsWith(".rhai")).sort();
const policies = [
  mannersOf(await read("rules/inside-sales.rhai")),
  ...await Promise.all(laws.map(async (file) => ({ file, text: await read(`rules/contact-policy/${file}`) }))),
];

const [simd, plain] = [await load("simd"), await load("plain")];
const cadans = simd ?? plain;
if (!cadans) throw new Error("There is no module in www/lib/pkg; run `cargo xtask pack`.");
const ours = [
  resident(simd, "Cadans, simd"),
  resident(plain, "Cadans, plain"),
  fromObjects(cadans, "Cadans, from objects"),
  resident(cadans, "Cadans, rules on Rhai's interpreter", { interpreted: true }),
];
const engines = await named([...ours, ...PEERS]);

const node = { runs: {} };
const leads = leadsOf(size);
for (const count of sizes) {
  step(`Matching ${count} leads`);
  const some = leads.slice(0, count);
  node.runs[count] = {};
  for (const workload of ["L30", "E30"]) {
    node.runs[count][workload] = (await matching({ workload, leads: some, engines, pace })).map(told);
  }
}
node.rows = node.runs[size];
step("One lead");
node.single = (await oneByOne({ leads: leads.slice(0, 10_000), engines: engines.filter(({ only }) => only !== "E30"), pace })).map(told);
step("Full advice");
node.deciding = await deciding({ cadans, policies, leads, pace: heavy });
step("Getting leads in");
node.loading = await loading({ cadans, leads, pace: heavy });
const { CADANS_NATIVE: native, CADANS_COMMAND: command, CADANS_GENERATE: generate } = process.env;
if (native) {
  step("As native Rust");
  node.native = await natively({ program: native, policies, leads, pace });
}
if (generate && command) {
  step("Inside sales with the contact policies");
  const files = ["inside-sales.rhai", "answers.rhai", ...laws.map((file) => `contact-policy/${file}`)];
  node.shipped = shipped({ build: simd ? "simd" : "plain", size, files, generate, command, native, pace: { ...heavy, rounds: 3 } });
}
step("Cold starts");
node.starts = coldStarts({ policies, rounds: starts, cadans });
node.bytes = await bytes();
step("Memory");
node.memory = memory(cadans, simd ? "simd" : "plain", size);
node.alone = {
  limit: node.shipped && { value: node.shipped.limit.ratio },
  lead: node.shipped && { value: node.shipped.lead.ratio },
  memory: options.quick ? undefined : node.memory.json,
  module: { value: (node.bytes.simd ?? node.bytes.plain).brotli / 1_000 },
  start: { value: node.starts["cadans-advice"] },
};

let chromium;
if (!options["no-browser"]) {
  step("In Chromium");
  const { inChromium } = await import("./browser.mjs");
  chromium = await inChromium({ size, pace, heavy, policies });
}

const machine = {
  processor: `${os.cpus()[0].model}, ${os.cpus().length} cores`,
  system: `${os.type()} ${os.release()}`,
  Node: `${process.version} (V8 ${process.versions.v8})`,
  ...(chromium && { Chromium: chromium.version }),
  ...(process.env.CADANS_RUSTC && { Rust: process.env.CADANS_RUSTC }),
};
const text = page({ machine, date: options.date, sizes, node, chromium });
process.stdout.write(text);
if (!options.quick) await writeFile(new URL("RESULTS.md", import.meta.url), text);
process.exit(0); // zen's threads would keep it

/** Engines with the version that the lock file has. */
async function named(engines) {
  const { packages } = JSON.parse(await read("benches/package-lock.json"));
  return engines.map((engine) => {
    const version = packages[`node_modules/${engine.label}`]?.version;
    return version ? { ...engine, label: `${engine.label} ${version}` } : engine;
  });
}

function told({ engine: { label, remark }, ...figures }) {
  return { label, remark, ...figures };
}
