// The same question has the same answer natively and in the module, byte for byte.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Book, Rulebook, decideJson, index, packs, root, sample } from "./module.mjs";

const MOMENTS = [
  index.now, "2026-11-22T23:59:59+01:00", "2026-12-25T12:00:00Z", // the sample's morning, a Sunday night, Christmas
  "2026-10-25T02:30:00+02:00", "2027-03-28T01:59:00+01:00", "2026-11-01T01:30:00-05:00", // nights on which clocks change
];

test("the command and the module decide the sample leads alike", () => {
  const place = (path) => fileURLToPath(new URL(path, root));
  const program = place(`target/debug/cadans${process.platform === "win32" ? ".exe" : ""}`);
  const [book, rulebook] = [new Book(sample), new Rulebook(packs)];
  for (const now of MOMENTS) {
    const printed = execFileSync(program, [
      "decide", "--rules", ...index.inForce, "--leads", place("www/sample/leads.json"), "--now", now, "--format", "ndjson",
    ], { cwd: place("rules"), encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
    const native = `[${printed.trimEnd().replaceAll("\n", ",")}]`; // one advice a line
    const inModule = decideJson(rulebook, book, now);
    assert.ok(inModule.length > 1_000);
    const apart = Array.from({ length: native.length }).findIndex((_, at) => inModule[at] !== native[at]);
    const about = (text) => text.slice(Math.max(0, apart - 60), apart + 60);
    assert.equal(apart, -1, `${now}, letter ${apart}: ${about(inModule)} against ${about(native)}`);
    assert.equal(inModule.length, native.length, now);
  }
});
