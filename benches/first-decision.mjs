// One engine in a process of its own, from before the first import to the first decision: prints the milliseconds on the wall clock.
// `cold.mjs` starts it. The lead and the texts are handed in as a file, since a page has fetched them too.

const start = performance.now();
const [name, file] = process.argv.slice(2);

const ENGINES = {
  javascript: ["./engines/javascript.mjs", "javascript"],
  "json-logic-engine": ["./engines/json-logic.mjs", "jsonLogicEngine"],
  "json-logic-js": ["./engines/json-logic.mjs", "jsonLogicJs"],
  "cel-js": ["./engines/cel.mjs", "celJs"],
  "zen-native": ["./engines/zen.mjs", "zenNative"],
  "zen-wasm": ["./engines/zen.mjs", "zenWasm"],
  "json-rules-engine": ["./engines/json-rules-engine.mjs", "jsonRulesEngine"],
};

const { readFileSync } = await import("node:fs");
const { lead, leads, packs, rules, row, now } = JSON.parse(readFileSync(file, "utf8"));
if (name === "cadans-advice") {
  const { Book, Rulebook, decide, init } = await import("../www/lib/cadans.node.js");
  await init();
  const [advice] = decide(new Rulebook(packs), new Book(leads), now);
  if (!advice.verdict) throw new Error("no advice");
} else if (name === "cadans-matcher") {
  const { Matcher, Rulebook, init } = await import("../www/lib/cadans.node.js");
  await init();
  new Matcher(new Rulebook(packs.slice(0, 1)), { now }).one(row);
} else {
  const [place, engine] = ENGINES[name];
  const { one } = await (await import(place))[engine].prepare({ rules, leads: [lead] });
  await one(lead);
}
console.log(performance.now() - start);
process.exit(0); // zen's threads would keep it
