// Runs the suite in this folder: node run.mjs [adapter.mjs]. Prints what differs, and exits with 1 when something does.
// An adapter exports `advise(rules, options, lead, now)`, which gives what is advised for the (first) lead, in the fields of `expected`, or a promise
// of it. Without one the suite runs on Cadans itself. CC0-1.0.

import { readFile, readdir } from "node:fs/promises";
import { pathToFileURL } from "node:url";

/** Advice of Cadans, in the fields of the suite. */
async function cadans() {
  const { Book, Rulebook, decide, init } = await import("../../../www/lib/cadans.node.js");
  await init();
  return (rules, options, lead, now) => {
    const leads = lead.leads ?? [lead];
    const all = decide(new Rulebook(rules, options), new Book(lead.leads ? lead : leads), now); // the most urgent first
    const { verdict, reason, blocks = [], touch = {} } = all.find((advice) => advice.lead === leads[0].id);
    const { channel, person, rep, window, lateBy, find, handOver } = touch;
    return {
      verdict, reason, blocks, channel, person: person?.id, rep: rep?.id, from: window?.from, until: window?.until, lateBy, find, handOver,
    };
  };
}

/** Whether a field that came is the one that is expected. */
function same(name, came, expected) {
  switch (name) {
    case "from":
    case "until": return Date.parse(came) === Date.parse(expected);
    case "reason": return came?.includes(expected) ?? false;
    case "blocks": return expected.every((wanted) =>
      came?.some((block) => block.policy === wanted.policy && block.person === wanted.person));
    default: return came === expected;
  }
}

const adapter = process.argv[2];
const advise = adapter ? (await import(pathToFileURL(adapter).href)).advise : await cadans();
const folder = new URL("./", import.meta.url);
const files = (await readdir(folder)).filter((file) => file.endsWith(".json")).sort();
let [run, differing] = [0, 0];
for (const file of files) {
  const { cases } = JSON.parse(await readFile(new URL(file, folder), "utf8"));
  for (const { name, rules, settings, layers, lead, now, expected } of cases) {
    run += 1;
    let came;
    try {
      came = await advise(rules, { settings, layers }, lead, now);
    } catch (error) {
      came = { verdict: `failed: ${error}` };
    }
    const differs = Object.keys(expected).filter((field) => !same(field, came[field], expected[field]));
    if (differs.length === 0) continue;
    differing += 1;
    const told = differs.map((field) => `${field} is ${JSON.stringify(came[field])} and not ${JSON.stringify(expected[field])}`);
    console.log(`${file}: ${name}: ${told.join("; ")}`);
  }
}
console.log(`${run} cases in ${files.length} files, ${differing} differ`);
process.exitCode = differing === 0 && run > 0 ? 0 : 1;
