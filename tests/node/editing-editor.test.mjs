// The services of an editor, in the editing module.

import assert from "node:assert/strict";
import { test } from "node:test";
import { complete, definition, fold, hover, outline, pack, prepareRename, references, rename, tokens } from "./editing.mjs";

const file = "mine.rhai";
const text = '// \u{1F600}\nsetting hot = 2 because "Hot";\nrule "A" when lead.visits() >= hot then phone;\nrule "B" when lead.vis';

test("a word is completed where it is written", () => {
  const packs = { file, text };
  const found = complete(packs, file, text.length);
  assert.deepEqual(found.map(({ label, kind }) => [label, kind]), [["visits", "fact"]]);
  assert.equal(text.slice(found[0].range.start.offset, found[0].range.end.offset), "vis");
  const { line, character } = found[0].range.end;
  assert.deepEqual(complete(packs, file, { line, character }), found);
  assert.deepEqual(complete(packs, file, { byte: new TextEncoder().encode(text).length }), found);
  const [dutch] = complete(packs, file, text.length, "nl");
  assert.notEqual(dutch.documentation, found[0].documentation);
  assert.throws(() => complete(packs, file, "here"), { code: "not-a-position" });
});

test("a name is told, found and renamed", () => {
  const packs = [{ file, text }];
  const at = text.indexOf("hot then");
  assert.match(hover(packs, file, at).signature, /^setting hot = 2/);
  assert.equal(hover(packs, file, 0), undefined);
  assert.equal(definition(packs, file, at)[0].range.start.offset, text.indexOf("hot = 2"));
  assert.equal(references(packs, file, at).length, 2);
  assert.equal(references(packs, file, at, false).length, 1);
  assert.equal(prepareRename(packs, file, at).renameable.name, "hot");
  const { files } = rename(packs, file, at, "warm");
  let changed = text;
  for (const { range, text: word } of files[0].edits.reverse()) {
    changed = changed.slice(0, range.start.offset) + word + changed.slice(range.end.offset);
  }
  assert.equal(changed, text.replaceAll("hot", "warm"));
  assert.equal(rename(packs, file, at, "when").refused.code, "reserved");
  assert.equal(prepareRename(packs, file, 0).refused.code, "nothing-to-rename");
});

test("the shipped packs have an outline, folds and tokens", async () => {
  const shipped = await pack("inside-sales.rhai");
  const symbols = outline(shipped.text);
  assert.deepEqual([symbols[0].statement, symbols[0].name], ["pack", "Inside sales"]);
  assert.ok(fold(shipped.text).length > 20);
  const found = tokens(shipped.text);
  assert.ok(found.every((token) => token.class !== "name"));
  assert.equal(shipped.text.slice(found[0].range.start.offset, found[0].range.end.offset).slice(0, 2), "//");
});
