// Cold starts: each engine in fresh processes, in turn. The wall clock, because waiting for files and compilers counts.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packsOf } from "./advice.mjs";
import { median } from "./timing.mjs";
import { cadansLead, rowOf } from "./workload/cadans.mjs";
import { NOW, leadsOf } from "./workload/leads.mjs";
import { rulesOf } from "./workload/rules.mjs";

export const STARTS = {
  javascript: "hand-written JavaScript",
  "cadans-matcher": "Cadans, thirty rules: first decision",
  "cadans-advice": "Cadans, with all policies: first advice",
  "json-logic-engine": "json-logic-engine",
  "json-logic-js": "json-logic-js",
  "zen-native": "@gorules/zen-engine",
  "json-rules-engine": "json-rules-engine",
  "cel-js": "@marcbachmann/cel-js",
  "zen-wasm": "@gorules/zen-engine-wasm",
};

/** Milliseconds by name, the median over the rounds. */
export function coldStarts({ policies, rounds, cadans }) {
  const lead = leadsOf(4)[3];
  const folder = mkdtempSync(join(tmpdir(), "cadans-bench-"));
  const file = join(folder, "start.json");
  writeFileSync(file, JSON.stringify({
    lead, row: rowOf(lead), leads: JSON.stringify([cadansLead(lead)]), rules: rulesOf("L30"), packs: packsOf(policies), now: NOW,
  }));
  const program = fileURLToPath(new URL("first-decision.mjs", import.meta.url));
  const samples = Object.fromEntries(Object.keys(STARTS).map((name) => [name, []]));
  if (!cadans.Matcher) delete samples["cadans-matcher"];
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, taken] of Object.entries(samples)) {
      taken.push(Number(execFileSync(process.execPath, ["--no-warnings", program, name, file], { encoding: "utf8" })));
    }
  }
  rmSync(folder, { recursive: true });
  return Object.fromEntries(Object.entries(samples).map(([name, taken]) => [name, median(taken)]));
}
