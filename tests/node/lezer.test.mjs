// The lezer grammar against the scanner: over all rule texts of the project the same tokens, of the same kind, and no error in what Cadans can read.
// The scanner's tokens are those of a language server session, held by an editor's own client library.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { buildParser } from "@lezer/generator";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";

const root = new URL("../../", import.meta.url);
const program = fileURLToPath(new URL(`target/debug/cadans${process.platform === "win32" ? ".exe" : ""}`, root));
const parser = buildParser(await readFile(new URL("www/editor/cadans.grammar", root), "utf8"));

const server = spawn(program, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
const editor = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
editor.listen();
const { capabilities } = await editor.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
await editor.sendNotification("initialized", {});
after(async () => {
  await editor.sendRequest("shutdown");
  await editor.sendNotification("exit");
  editor.dispose();
});
const types = capabilities.semanticTokensProvider.legend.tokenTypes;

/** The rule texts: the packs, and the blocks of the reference that are whole packs. */
async function texts() {
  const files = await readdir(new URL("rules/", root), { recursive: true });
  const packs = files.filter((file) => file.endsWith(".rhai") && !file.startsWith("broken"));
  const found = await Promise.all(packs.map(async (file) => ({ file, text: await readFile(new URL(`rules/${file}`, root), "utf8") })));
  for (const file of (await readdir(new URL("tests/spec/", root))).filter((file) => file.endsWith(".md"))) {
    const page = await readFile(new URL(`tests/spec/${file}`, root), "utf8");
    for (const [nth, [, text]] of [...page.matchAll(/^```rhai\n([^]*?)^```/gm)].entries()) {
      if (!text.includes("error:")) found.push({ file: `${file} ${nth}`, text });
    }
  }
  return found;
}

/** A part of a text as pieces within lines: [offset, end, kind]. */
function* pieces(text, from, to, kind) {
  for (const { 0: line, index } of text.slice(from, to).matchAll(/[^\r\n]+/g)) yield [from + index, from + index + line.length, kind];
}

const WORDS = ["type", "variable", "property", "enumMember", "function", "parameter", "method"];

/** What the language server says, with the kinds that the grammar can tell apart. */
async function scanned(text) {
  const uri = "untitled:pack";
  await editor.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "cadans", version: 1, text } });
  const { data } = await editor.sendRequest("textDocument/semanticTokens/full", { textDocument: { uri } });
  await editor.sendNotification("textDocument/didClose", { textDocument: { uri } });
  const lines = [0];
  for (const { index } of text.matchAll(/\n/g)) lines.push(index + 1);
  const found = [];
  let [line, column] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [down, right, length, type] = data.slice(at, at + 4);
    column = down > 0 ? right : column + right;
    line += down;
    const start = lines[line] + column;
    const kind = text[start] === '"' ? "string" : WORDS.includes(types[type]) ? "word" : types[type];
    found.push([start, start + length, kind]);
  }
  return found;
}

const KINDS = {
  StatementWord: "keyword", ClauseWord: "keyword", Operator: "keyword", Keyword: "keyword", Boolean: "keyword",
  Name: "word", PropertyName: "word", Number: "number", String: "string", RawString: "string", Char: "string",
  Sign: "operator", LineComment: "comment", BlockComment: "comment",
};

/** What the grammar says. */
function parsed(text) {
  const found = [];
  const errors = [];
  const tree = parser.parse(text);
  tree.iterate({
    enter(node) {
      if (node.type.isError) errors.push(text.slice(Math.max(0, node.from - 40), node.to + 20));
      if (node.name === "Template") {
        // The literal parts, between the expressions.
        let from = node.from;
        for (let child = node.node.firstChild; child; child = child.nextSibling) {
          if (child.name !== "Interpolation") continue;
          found.push(...pieces(text, from, child.from, "string"));
          from = child.to;
        }
        found.push(...pieces(text, from, node.to, "string"));
      } else if (KINDS[node.name]) {
        found.push(...pieces(text, node.from, node.to, KINDS[node.name]));
      }
    },
  });
  return { found: found.sort(([a], [b]) => a - b), errors };
}

test("the grammar and the scanner tell the same tokens apart in all rule texts", async () => {
  const all = await texts();
  assert.ok(all.length > 200, `only ${all.length} texts`);
  const shown = (text, tokens) => tokens.map(([from, to, kind]) => `${from} ${kind} ${text.slice(from, to)}`);
  for (const { file, text } of all) {
    const { found, errors } = parsed(text);
    assert.deepEqual(errors, [], file);
    assert.deepEqual(shown(text, found), shown(text, await scanned(text)), file);
  }
});

test("a text that is being written is parsed to its end", async () => {
  const text = await readFile(new URL("rules/inside-sales.rhai", root), "utf8");
  for (let cut = 0; cut < 4000; cut += 37) assert.equal(parser.parse(text.slice(0, cut)).length, cut);
});
