// Reads the files of one's own leads, in a worker that lives as long as the step in which they are looked at. Nothing on the page is replaced here.
//
// A question has a number and gets one answer with that number, or a sentence about why there is none.

import { readLeads } from "../day/day-queue.js";
import { init as initDeciding } from "../lib/cadans.js";
import { importLeads, init as initImporting } from "../lib/importing.js";
import { mappingOf } from "./guess.js";
import { asCsv, tableOf } from "./table.js";

/** @import { Lead, Refusal } from "../lib/cadans.js" */
/** @import { Imported, ImportFile, ImportKind, ImportRemark } from "../lib/importing.js" */
/** @import { Target } from "./guess.js" */

/** What files are: those of Cadans, or of a system or a table that is imported. @typedef {"leads" | ImportKind} Kind */

/**
 * What files are taken for: their kind, and for a table with a mapping its columns.
 * @typedef {object} Looked
 * @property {Kind} kind
 * @property {{ file: string, separator: string, header: string[], rows: string[][] }} [table]
 * @property {string[]} files their names
 * @property {boolean} mapped whether a mapping came along
 */

/**
 * How they are read.
 * @typedef {object} Way
 * @property {Kind} kind
 * @property {{ targets: Target[], format: string, zone: string, commas: boolean }} [columns] for a table
 * @property {string} [language] of the reasons; English without it
 */

/**
 * What they give: the first leads as they are read, how many there are, and what was refused. `file` is a lead file with all of them.
 * @typedef {object} Reading
 * @property {Lead[]} first
 * @property {number} size
 * @property {string | undefined} newest the moment of the last signal
 * @property {(Refusal | ImportRemark)[]} refused in the language asked for
 * @property {number} refusals how many there are; of many only the first are in `refused`
 * @property {ImportRemark[]} mapping what is wrong with the mapping
 * @property {Blob | undefined} file
 * @property {object | undefined} used the mapping by which they were read
 */

/** Leads shown as they will be read. */
const SHOWN = 10;
/** Refusals that are passed on. */
const MOST = 200;
/** Rows from which columns are guessed. */
const TRIED = 200;
/** The beginning of a table from which its rows are taken, in bytes. */
const BEGINNING = 1 << 18;

/** @type {ImportFile[]} */
let files = [];
/** The mapping that came along. @type {object | undefined} */
let mapping;

/** @param {Uint8Array} bytes */
const beginning = (bytes) => new TextDecoder().decode(bytes.subarray(0, BEGINNING));

/** A mapping file: it says what columns are. @param {ImportFile} file */
function mappingIn({ name, bytes }) {
  if (!/\.json$/i.test(name) || bytes.length > 1 << 20) return undefined;
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes));
    const { leads, log } = Object(value);
    return (typeof leads === "object" && leads !== null && !Array.isArray(leads)) || log ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Each sheet of a workbook as a table, any other file as it is. @param {ImportFile} file @returns {Promise<ImportFile[]>} */
async function unpacked(file) {
  const { name, bytes } = file;
  if (!/\.xlsx$/i.test(name)) return [file];
  const { readWorkbook } = await import("../vendor/workbook.js");
  const sheets = (await readWorkbook(/** @type {ArrayBuffer} */ (bytes.slice().buffer))).filter(({ data }) => data.length > 1);
  return sheets.map(({ sheet, data }) => ({ name: sheets.length > 1 ? `${sheet}.csv` : name.replace(/\.xlsx$/i, ".csv"), bytes: new TextEncoder().encode(asCsv(data)) }));
}

/** The kinds that read the first rows of these files without refusing most of them. @param {ImportKind[]} kinds */
function fitting(kinds) {
  const heads = files.map(({ name, bytes }) => {
    // Whole lines of a table; JSON is read whole, where it is not lines.
    const end = bytes.length > BEGINNING ? bytes.lastIndexOf(10, BEGINNING) + 1 || bytes.length : bytes.length;
    return { name, bytes: bytes.subarray(0, end) };
  });
  return kinds.find((kind) => {
    const { size = 0, refused = [] } = importLeads(kind, heads, {});
    return size > refused.length;
  });
}

/** @returns {Looked} */
function look() {
  const names = files.map(({ name }) => name);
  const [first] = files;
  if (!first) return { kind: "leads", files: names, mapped: false };
  if (mapping) return { kind: "log" in mapping ? "event-log" : "csv", files: names, mapped: true };
  const text = beginning(first.bytes);
  if (/^\ufeff?\s*[[{]/.test(text) || /\.(json|ndjson|jsonl)$/i.test(first.name)) return { kind: isLeadFile(text) ? "leads" : fitting(["pipedrive", "segment", "mautic"]) ?? "leads", files: names, mapped: false };
  const table = { file: first.name, ...tableOf(text, TRIED) };
  return { kind: fitting(["hubspot", "salesforce"]) ?? "csv", table, files: names, mapped: false };
}

/** Whether JSON has leads of ours, by its first members. @param {string} text */
const isLeadFile = (text) => /^\ufeff?\s*\{\s*"(leads|reps|contents)"\s*:/.test(text) || /^\ufeff?\s*\[?\s*\{\s*"(id|name|account|people|signals|country|stage)"\s*:/.test(text);

/** @param {Way} way @returns {Promise<Reading>} */
async function read({ kind, columns, language = "en" }) {
  if (kind === "leads") return readOwn(language);
  const table = columns && tableOf(beginning(files[0]?.bytes ?? new Uint8Array()), TRIED);
  const used = mapping ?? (columns && table ? mappingOf({ ...table, ...columns }) : undefined);
  const { leads, size = 0, newest, refused = [], mapping: faults = [] } = /** @type {Imported} */ (importLeads(kind, files, { language, ...(used && { mapping: used }) }));
  const first = leads === undefined ? [] : firstOf(leads);
  return {
    first, size, newest, refused: refused.slice(0, MOST), refusals: refused.length, mapping: faults, used,
    file: leads === undefined ? undefined : new Blob([leads], { type: "application/json" }),
  };
}

/** A lead file, as the engine reads it. @param {string} language @returns {Promise<Reading>} */
async function readOwn(language) {
  await initDeciding();
  const [first] = files;
  const file = new Blob(files.length > 1 ? files.flatMap(({ bytes }) => [/** @type {BlobPart} */ (bytes), "\n"]) : [/** @type {BlobPart} */ (first?.bytes ?? "")]);
  const { book, records } = await readLeads(file, first?.name ?? "", () => {});
  const { size, newest, ids } = book;
  const refused = book.refusedIn(language);
  book.free();
  return {
    first: ids.slice(0, SHOWN).flatMap((id) => records.leads.get(id) ?? []), size, newest, refused: refused.slice(0, MOST), refusals: refused.length, mapping: [], file, used: undefined,
  };
}

/** The first leads of a lead file. @param {string} text @returns {Lead[]} */
const firstOf = (text) => JSON.parse(text).leads?.slice(0, SHOWN) ?? [];

const asked = {
  /** @param {File[]} given */
  async look(given) {
    const all = await Promise.all(given.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
    mapping = all.map(mappingIn).find((one) => one !== undefined && all.length > 1);
    files = (await Promise.all(all.filter((file) => !mapping || mappingIn(file) === undefined).map(unpacked))).flat();
    await initImporting();
    return look();
  },
  read,
};
/** @typedef {typeof asked} Asked */

self.onmessage = async ({ data: { id, kind, body } }) => {
  try {
    postMessage({ id, value: await asked[/** @type {keyof Asked} */ (kind)](body) });
  } catch (fault) {
    postMessage({ id, error: String(Object(fault).message ?? fault) });
  }
};
