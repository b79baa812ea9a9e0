// src/types.d.ts is written by hand. It stays true because its names are compared with the Rust types that are serialised,
// and because `tsc --strict` reads real output, and a program that uses the module, against it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as api from "../../www/lib/cadans.node.js";
import { Book, Rulebook, decide, explain, index, packs, root, sample } from "./module.mjs";

const read = (path) => readFileSync(new URL(path, root), "utf8");
const types = read("src/types.d.ts") + read("src/editing.d.ts");
const advice = read("src/decide/advice.rs");
const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/** The fields of a Rust struct as JavaScript sees them: name and whether it may be left out. */
function rustFields(source, name) {
  const body = new RegExp(`pub struct ${name} \\{([^}]*)\\}`).exec(source)?.[1];
  assert.ok(body, `struct ${name}`);
  const fields = [...body.matchAll(/((?:\s*(?:\/\/\/.*|#\[.*\])\n)*)\s*pub (\w+):/g)];
  // Those of a flattened struct stand in the interface that this one extends.
  return fields.filter(([, above]) => !above.includes("flatten")).map(([, above, field]) => `${camel(field)}${above.includes("skip_serializing_if") ? "?" : ""}`).sort();
}

function typescriptFields(name) {
  const body = new RegExp(`export interface ${name} (?:extends \\w+ )?\\{([^}]*)\\}`).exec(types)?.[1];
  assert.ok(body, `interface ${name}`);
  return [...body.matchAll(/^\s+(\w+\??):/gm)].map(([, field]) => field).sort();
}

test("every serialised struct has an interface with the same fields", () => {
  const structs = [...advice.matchAll(/pub struct (\w+) \{/g)].map(([, name]) => [advice, name]);
  assert.ok(structs.length > 10);
  structs.push([read("src/diagnostics/span.rs"), "Span"], [read("src/diagnostics/diagnostic.rs"), "Diagnostic"]);
  for (const name of ["Related", "Fix", "Edit"]) structs.push([read("src/diagnostics/diagnostic.rs"), name]);
  structs.push([read("src/book/refusal.rs"), "RefusalText", "Refusal"], [read("src/pack/rule_ref.rs"), "RuleRef"]);
  structs.push([read("src/evaluate/fault.rs"), "Fault"], [read("src/evaluate/stage.rs"), "StageNow"]);
  const [report, incidents] = [read("src/simulate/report.rs"), read("src/simulate/audit/incidents.rs")];
  for (const name of ["Report", "RepReport", "PerLead", "AnswerTimes", "BlockedReport", "DayReport", "PlanReport"]) structs.push([report, name]);
  for (const name of ["Incident", "Case"]) structs.push([incidents, name]);
  structs.push([read("src/book/past_contacts.rs"), "ContactStarts"], [read("src/team/figures.rs"), "FigureSet"], [read("src/team/goals/mod.rs"), "GoalState"]);
  structs.push([read("src/team/story.rs"), "Story"], [read("src/team/groups.rs"), "BuyingGroup"], [read("src/team/goals/measures.rs"), "RetainedRevenue"], [read("src/team/recognition.rs"), "Recognition"]);
  for (const [source, name, typed = name] of structs) assert.deepEqual(typescriptFields(typed), rustFields(source, name), name);
});

test("every closed list of words is the same", () => {
  const union = (name) => [...new RegExp(`export type ${name} =\\s+([^;]*);`).exec(types)[1].matchAll(/"([\w-]+)"/g)].map(([, word]) => word);
  const vocabulary = read("src/book/vocabulary.rs");
  const joined = (word, sign) => word.replace(/(?<=.)[A-Z]/g, (letter) => sign + letter).toLowerCase();
  const enums = [[advice, "Verdict", "_"], [advice, "Gate", "_"], [read("src/diagnostics/diagnostic.rs"), "Severity", "_"]];
  for (const name of ["Channel", "Role", "Stage"]) enums.push([vocabulary, name, "_"]);
  enums.push([read("src/diagnostics/evaluation_error.rs"), "EvaluationErrorCode", "-"]);
  enums.push([read("src/simulate/audit/incidents.rs"), "IncidentKind", "-"]);
  for (const [source, name, sign] of enums) {
    const body = new RegExp(`pub enum ${name} \\{([^}]*)\\}`).exec(source)[1];
    assert.deepEqual(union(name), [...body.matchAll(/^\s+(\w+),/gm)].map(([, word]) => joined(word, sign)), name);
  }
});

test("the module exports what cadans.d.ts says", () => {
  const declared = read("www/lib/cadans.d.ts");
  const own = [...declared.matchAll(/^export (?:function|class) (\w+)/gm)].map(([, name]) => name);
  const others = /^export \{([^}]*)\} from/m.exec(declared)[1].split(",").map((name) => name.trim()).filter(Boolean);
  assert.deepEqual(Object.keys(api).sort(), [...own, ...others].sort());
});

test("real output and a program that uses the module pass tsc --strict", () => {
  const { now } = index;
  const [book, rulebook] = [new Book(sample), new Rulebook(packs)];
  const advices = decide(rulebook, book, now);
  const broken = new Rulebook([{ file: "a.rhai", text: "rule \"x\" when lead.nonsense then phone;" }]).diagnostics;
  const refused = new Book([{ id: "bad", people: 1 }]).refused;
  assert.ok(broken.length && refused.length);
  const folder = mkdtempSync(join(tmpdir(), "cadans-types-"));
  try {
    const typed = (name, type, value) => `export const ${name}: ${type} = ${JSON.stringify(value)};\n`;
    const entry = JSON.stringify(fileURLToPath(new URL("www/lib/cadans.js", root)));
    writeFileSync(join(folder, "output.ts"), `import type { Advice, Diagnostic, Explanation, Refusal } from ${entry};\n`
      + typed("advices", "Advice[]", advices) + typed("diagnostics", "Diagnostic[]", broken) + typed("refused", "Refusal[]", refused)
      + typed("explanations", "Explanation[]", advices.slice(0, 20).map(({ lead }) => explain(rulebook, book, lead, now))));
    writeFileSync(join(folder, "use.ts"), `
import { init, Rulebook, Book, decide, explain, type Advice, type CadansError } from ${entry};
export async function queue(text: string, leads: Uint8Array): Promise<Advice[]> {
  await init();
  const rulebook = new Rulebook([{ file: "mine.rhai", text }]);
  for (const { severity, message, span } of rulebook.diagnostics) if (severity === "error") console.warn(span.line, message);
  const book = new Book(leads, { name: "leads.json" });
  try {
    const advices = decide(rulebook, book, Date.now());
    const why: string = explain(rulebook, book, advices[0]!.lead, Date.now()).advice.reason;
    return advices.filter(({ verdict, touch }) => verdict === "touch" && touch?.channel !== "phone" && why);
  } catch (error) {
    throw new Error((error as CadansError).help);
  }
}
// @ts-expect-error a moment is no list
export const wrong = (rulebook: Rulebook, book: Book) => decide(rulebook, book, []);
// @ts-expect-error there is no such verdict
export const never = (advice: Advice) => advice.verdict === "call";
`);
    const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
    const options = ["--noEmit", "--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--module", "esnext",
      "--moduleResolution", "bundler", "--target", "es2022", "--lib", "es2022,dom,esnext.disposable", "--types", ""];
    try {
      execFileSync(process.execPath, [tsc, ...options, join(folder, "output.ts"), join(folder, "use.ts")], { encoding: "utf8" });
    } catch (error) {
      assert.fail(error.stdout || String(error));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
