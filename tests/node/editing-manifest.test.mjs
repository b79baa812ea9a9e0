// A rulebook.toml in the editing module: the parts that the deciding module takes, and the report that the command prints.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { command, contentHash, readRulebook, readSettings, root, rulebookReport } from "./editing.mjs";
import { Rulebook } from "./module.mjs";

/** The files of docs/rulebooks.md: blocks with a name behind their language. */
async function files() {
  const page = await readFile(new URL("docs/rulebooks.md", root), "utf8");
  return new Map([...page.matchAll(/^```\w+ (\S+)\n([^]*?)^```/gm)].map(([, name, text]) => [name, text]));
}

const all = await files();
const manifest = all.get("rulebook.toml");
const beside = [...all].filter(([file]) => file !== "rulebook.toml").map(([file, text]) => ({ file, text }));

test("the report is what the command prints", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "cadans-rulebook-"));
  t.after(() => rm(folder, { recursive: true }));
  for (const [file, text] of all) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  const printed = JSON.parse(command(["rulebook", join(folder, "rulebook.toml"), "--format", "json"]));
  const shortened = JSON.parse(JSON.stringify(printed).replaceAll(`${folder.replaceAll("\\", "/")}/`, ""));
  assert.deepEqual(JSON.parse(JSON.stringify(rulebookReport(manifest, beside))), shortened);
});

test("the parts make the rulebook of the manifest", () => {
  const { packs, options } = readRulebook(manifest, beside);
  assert.deepEqual(packs.map(({ file }) => file), ["law/nl.rhai", "acme.rhai", "team/north.rhai", "reps/kim.rhai"]);
  const rulebook = new Rulebook(packs, options);
  assert.deepEqual(rulebook.diagnostics, []);
  assert.deepEqual(rulebook.settings.map(({ name, value, written }) => [name, value, written]), [["hot_visits", 3, 2], ["rest", "3.days", "2.days"]]);
  assert.deepEqual(JSON.parse(JSON.stringify(rulebook.changes)), JSON.parse(JSON.stringify(rulebookReport(manifest, beside).changes)));
});

test("a file that is not the accepted one does not take part", () => {
  const changed = beside.map(({ file, text }) => ({ file, text: file === "acme.rhai" ? `${text}\n` : text }));
  const [, company] = rulebookReport(manifest, changed).layers;
  assert.deepEqual([company.files[0].state, company.files[0].statements], ["changed", []]);
  const { packs, options } = readRulebook(manifest, changed);
  assert.ok(new Rulebook(packs, options).diagnostics.some(({ code }) => code === "refused-file"));
});

test("settings files and hashes are read", () => {
  assert.deepEqual(readSettings('a = 3\nb = "3.days"\n"Acme/c" = true'), { a: 3, b: "3.days", "Acme/c": true });
  assert.equal(contentHash("Café"), createHash("sha256").update("Café").digest("hex"));
});

test("what is no manifest or no settings is refused in the language asked for", () => {
  const refused = (run) => {
    try {
      run();
    } catch ({ code, message }) {
      return [code, message];
    }
    return assert.fail("it was taken");
  };
  for (const odd of ["[[layer]", "format = 9", '[[layer]]\nkind = "boss"', "x".repeat(2_000_000)]) {
    const [code, message] = refused(() => readRulebook(odd, beside));
    const [, dutch] = refused(() => rulebookReport(odd, beside, "nl"));
    assert.deepEqual([code, message === dutch], ["not-a-rulebook-file", false], odd.slice(0, 40));
  }
  assert.equal(refused(() => readSettings("a: 3"))[0], "not-settings");
});
