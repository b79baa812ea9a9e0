// The figures as one page of Markdown: printed, and kept as RESULTS.md.

import { STARTS } from "./cold.mjs";
import { figuresOf, judged } from "./goals.mjs";

/** Three digits that count; whole numbers with commas from a thousand on. */
export function number(value) {
  if (value === undefined || Number.isNaN(value)) return "";
  if (Math.abs(value) >= 1_000) return Math.round(value).toLocaleString("en");
  return value >= 100 ? value.toFixed(0) : value === 0 ? "0" : value.toFixed(Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))));
}

const NOT_BUILT = "not built yet";
const table = (head, rows) => {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, place) => (place ? "---:" : "---"))), ...rows.map(line)].join("\n");
};
const KB = (bytes) => number(bytes / 1_000);
const labelled = ({ label, remark }) => (remark ? `${label} (${remark})` : label);

function goals(node, chromium) {
  const places = [{ ...figuresOf(node), ...node.alone }, chromium && figuresOf(chromium)];
  const cell = (figure) => {
    if (!figure) return "";
    return figure.missing ? NOT_BUILT : `${number(figure.value)}: ${figure.met ? "met" : "**not met**"}`;
  };
  return table(
    ["goal", "at most", "Node", "Chromium"],
    judged(...places).map(({ what, most, unit, places }) => [what, `${number(most)} ${unit}`, ...places.map(cell)]),
  );
}

/** Many leads at once: a row an engine, columns by size. */
function matchingTable(runs, workload, sizes) {
  const at = (size) => runs[size][workload];
  const largest = at(sizes.at(-1));
  const cell = (row, figure) => (!row ? "" : row.missing ? NOT_BUILT : number(row[figure]));
  const rows = largest.map((row, place) => [
    labelled(row), ...sizes.map((size) => cell(at(size)[place], "ratio")), cell(row, "cpu"), cell(row, "wall"),
    row.missing || row.items === sizes.at(-1) ? "" : number(row.items),
  ]);
  return table(["engine", ...sizes.map((size) => `x at ${number(size)}`), "us a lead", "wall us", "leads, if fewer"], rows);
}

const singleTable = (rows) => table(
  ["engine", "x JavaScript", "us a lead"],
  rows.map((row) => [labelled(row), row.missing ? NOT_BUILT : number(row.ratio), row.missing ? "" : number(row.cpu)]),
);

function decidingTable({ bare, all, text, tick, signal }, size) {
  const row = (what, figure, cells) => [what, ...(figure.missing ? [NOT_BUILT, "", ""] : cells)];
  const perLead = (figure) => [number(figure.ratio), number(figure.cpu), number(figure.cpu * size / 1_000)];
  return table(["what", "x bare matching", "us a lead", `ms for ${number(size)}`], [
    row("bare matching, hand-written JavaScript", bare, perLead(bare)),
    row("full advice, kept in the module", all, perLead(all)),
    row("full advice, all of it as JSON text", text, perLead(text)),
    row(tick.missing ? "a minute's tick" : `a minute's tick (${number(tick.due)} leads due; the longest of 60: ${number(tick.worst)} ms)`, tick, ["", "", number(tick.cpu)]),
    row("one signal", signal, ["", "", number(signal.cpu)]),
  ]);
}

function loadingTable({ parsing, json, columns }, size) {
  const cells = (figure) => (figure.missing ? [NOT_BUILT, "", ""] : [number(figure.ratio), number(figure.cpu), number(figure.cpu * size / 1_000)]);
  return table(["what", "x JSON.parse", "us a lead", `ms for ${number(size)}`], [
    ["JSON.parse of the text", ...cells(parsing)],
    ["Cadans, from the same text as bytes", ...cells(json)],
    ["Cadans, from columns", ...cells(columns)],
  ]);
}

function shippedTable({ megabytes, parsing, book, kept, text, limit, lead, all, native }, size) {
  const row = (what, figure) => [what, number(figure.ratio), number(figure.wall), number(figure.wall * size / 1_000)];
  return table(["what", "x JSON.parse", "wall us a lead", `wall ms for ${number(size)}`], [
    row(`JSON.parse of the lead file, ${number(megabytes)} MB`, parsing),
    row("the module: leads from its bytes", book),
    row("the module: full advice, kept in the module", kept),
    row("the module: full advice, all of it as JSON text", text),
    ...(native ? [row("as native Rust: full advice, in numbers", native)] : []),
    row("the command, from file to file: `decide --limit 5`", limit),
    row("the command, from file to file: `decide --lead` with one id", lead),
    row("the command, from file to file: `decide --format ndjson`", all),
  ]);
}

const memoryTable = (memory, size) => table(["what", "MB"], [["columns", "columns"], ["json", "JSON bytes"]].map(([form, what]) => {
  const { missing, value } = memory[form];
  return [`${number(size)} leads with 20 signals each, from ${what}`, missing ? NOT_BUILT : number(value)];
}));

const bytesTable = ({ simd, plain, javascript }) => table(["file", "raw KB", "gzip KB", "brotli KB"], [
  ["module, simd", simd], ["module, plain", plain], ["the JavaScript around it", javascript],
].map(([file, packed]) => [file, ...(packed ? [KB(packed.raw), KB(packed.gzip), KB(packed.brotli)] : [NOT_BUILT, "", ""])]));

const startsTable = (starts) => table(["what", "ms"], Object.entries(STARTS).map(([name, what]) => [what, name in starts ? number(starts[name]) : NOT_BUILT]));

const nativeTable = (native) => table(["what", "x JavaScript", "us a lead"], native.map(({ what, missing, ratio, cpu }) =>
  [what, missing ? NOT_BUILT : number(ratio), missing ? "" : number(cpu)]));

/** The whole page. */
export function page({ machine, date, sizes, node, chromium }) {
  const size = sizes.at(-1);
  const parts = [
    "# What Cadans takes, beside others",
    `Written by \`cargo xtask bench\`${date ? ` on ${date}` : ""}; [README.md](README.md) tells how it measures. ` +
    "Every time is a median over rounds in which all engines had their turn, and **x** is how many times as long as hand-written JavaScript " +
    "took just before and after. Less is better. All engines gave the same decisions, or there would be no page.",
    Object.entries(machine).map(([what, value]) => `* ${what}: ${value}`).join("\n"),
    "## Goals",
    goals(node, chromium),
    "## Many leads at once",
    "L30, thirty rules over fields:", matchingTable(node.runs, "L30", sizes),
    "E30, twelve of them over windows of events:", matchingTable(node.runs, "E30", sizes),
    "## One lead",
    "An object in, the rule decided on out.", singleTable(node.single),
    "## Full advice",
    "The thirty rules with the contact policies that ship with Cadans and the limits, pauses and hours of its inside sales pack.",
    decidingTable(node.deciding, size),
    ...(node.shipped ? [
      "## Inside sales with the contact policies",
      "The packs that ship, on leads of the kind that the sample has. Wall clock, in a process of its own.", shippedTable(node.shipped, size),
    ] : []),
    "## Getting leads in",
    "Leads with their events, in Cadans' own format.", loadingTable(node.loading, size),
    ...(node.native ? ["## As native Rust", nativeTable(node.native)] : []),
    "## From nothing to the first answer",
    "Milliseconds in a fresh process of Node on the wall clock, before the first import to the first answer.", startsTable(node.starts),
    "## Memory",
    "How far the memory of the module grows. It never shrinks, so a copy of the text that was needed for a moment counts.",
    memoryTable(node.memory, size),
    "## Bytes",
    bytesTable(node.bytes),
  ];
  if (chromium) {
    parts.push(
      "## In Chromium",
      `Wall clock, because a page sees no other. ${number(size)} leads.`,
      "L30:", matchingTable({ [size]: chromium.rows }, "L30", [size]),
      "E30:", matchingTable({ [size]: chromium.rows }, "E30", [size]),
      "One lead:", singleTable(chromium.single),
      "Full advice:", decidingTable(chromium.deciding, size),
      "Getting leads in:", loadingTable(chromium.loading, size),
    );
  }
  return `${parts.join("\n\n")}\n`;
}
