// The functions for authors, in a worker of their own: checking, examples, completion and comparing never hold up the advice.
//
// A question has a number and gets one answer with that number. A trap leaves the module unusable; it is told as one, and a new worker is started.

import * as editing from "../lib/editing.js";
import { compare } from "./compare.js";

/**
 * @import { CadansError, Diagnostic, Instant, PackFile, RulebookOptions } from "../lib/cadans.js"
 * @import { EditorPosition, PackFileOptions, ReceiveOptions } from "../lib/editing.js"
 * @import { Comparison } from "./compare.js"
 */

/**
 * Packs with what goes with them, and the language of the answer.
 * @typedef {{ packs: PackFile[], options: RulebookOptions, language: string }} Rules
 */

/**
 * What can be asked, by kind.
 * @typedef {typeof asked} Asked
 */

const ready = editing.init();
/** The leads with which rules are compared: the bytes of their file and its name. */
/** @type {{ bytes: Uint8Array, name: string }} */
let leads = { bytes: new Uint8Array(), name: "" };

const asked = {
  /** @param {{ bytes: Uint8Array, name: string }} file */
  leads(file) { leads = file; },
  /**
   * What is wrong with the packs.
   * @param {Rules} rules
   * @returns {Diagnostic[]}
   */
  check({ packs, options, language }) {
    const rulebook = new editing.Rulebook(packs, options);
    try {
      return rulebook.diagnosticsIn(language);
    } finally {
      rulebook.free();
    }
  },
  /**
   * How the examples of one file go, with the packs that it needs beside it.
   * @param {Rules & { file: string }} rules
   */
  examples({ packs, language, file }) {
    // The advice of each would be a large answer that nobody looks at.
    return editing.runExamples(needed(packs, file), { language }).filter((one) => one.file === file).map(({ advice: _, ...rest }) => rest);
  },
  /**
   * What the examples of one file try.
   * @param {Rules & { file: string }} rules
   */
  coverage({ packs, file }) {
    return editing.coverage(needed(packs, file)).packs.find((one) => one.file === file);
  },
  /** @param {Rules & { file: string, at: EditorPosition }} place */
  complete({ packs, file, at, language }) { return editing.complete(packs, file, at, language); },
  /** @param {Rules & { file: string, at: EditorPosition }} place */
  hover({ packs, file, at, language }) { return editing.hover(packs, file, at, language); },
  /** @param {{ text: string, language: string }} pack */
  format({ text, language }) { return editing.format(text, language); },
  /** @param {{ text: string }} pack */
  outline({ text }) { return editing.outline(text).map(({ statement, name, range }) => ({ statement, name, from: range.start.offset, to: range.end.offset })); },
  /** @param {Comparison} comparison */
  compare(comparison) { return compare(editing, leads, comparison); },
  /**
   * Why the advice for a lead is what it is; nothing for a lead that is not there.
   * @param {Rules & { lead: string, now: Instant }} question
   */
  explain({ packs, options, lead, now, language }) {
    const [rulebook, book] = [new editing.Rulebook(packs, options), new editing.Book(leads.bytes, { name: leads.name })];
    try {
      return editing.explain(rulebook, book, lead, now, language);
    } finally {
      rulebook.free();
      book.free();
    }
  },
  /**
   * The advice for the first leads of the queue, or of that of one rep.
   * @param {Rules & { now: Instant, count: number, rep: string | undefined }} question
   */
  queue({ packs, options, now, count, rep, language }) {
    const [rulebook, book] = [new editing.Rulebook(packs, options), new editing.Book(leads.bytes, { name: leads.name })];
    const watch = new editing.Watch(rulebook, book, now);
    try {
      return watch.top(count, rep === undefined ? {} : { rep }, language);
    } finally {
      for (const one of [watch, book, rulebook]) one.free();
    }
  },
  /** @param {{ packs: PackFile[], options: PackFileOptions }} file */
  packFile({ packs, options }) { return editing.packFile(packs, options); },
  /** @param {{ file: string, options: ReceiveOptions }} file */
  receive({ file, options }) { return editing.receive(file, { ...options, leads: leads.bytes }); },
  /** @param {{ texts: string[] }} packs */
  hashes({ texts }) { return texts.map(editing.contentHash); },
};

/**
 * A file and the packs that it needs, by its `needs`; those of others would only be run for nothing.
 * @param {PackFile[]} packs
 * @param {string} file
 */
function needed(packs, file) {
  const found = new Set([file]);
  for (const one of found) {
    const { text = "" } = packs.find((pack) => pack.file === one) ?? {};
    const said = [...text.matchAll(/\bneeds\b:?\s*(?:\[([^\]]*)\]|("[^"\n]*"))/g)].flatMap(([, list, name]) => [...(list ?? name ?? "").matchAll(/"([^"\n]*)"/g)]);
    for (const [, name] of said) {
      const pack = packs.find((other) => other.file === name || other.text.includes(`pack "${name}"`));
      if (pack) found.add(pack.file);
    }
  }
  return packs.filter((pack) => found.has(pack.file));
}

self.onmessage = async ({ data: { id, kind, body } }) => {
  try {
    await ready;
    postMessage({ id, value: asked[/** @type {keyof Asked} */ (kind)](body) });
  } catch (fault) {
    const { code, message, help } = /** @type {Partial<CadansError>} */ (Object(fault));
    postMessage({ id, ...(code === undefined ? { trap: message ?? String(fault) } : { error: { code, message, help } }) });
  }
};
