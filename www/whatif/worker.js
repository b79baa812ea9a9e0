// Lives with two sets of rules under the same assumptions, one after the other, and tells how far it is. It ends with its worker.

import { Book, Rulebook, init, simulate } from "../lib/editing.js";

/** @import { Instant, PackFile, RulebookOptions } from "../lib/cadans.js" */
/** @import { Report } from "../lib/editing.js" */

/**
 * @typedef {object} Lived
 * @property {{ packs: PackFile[], options: RulebookOptions }[]} sides
 * @property {{ bytes: Uint8Array, name: string }} leads
 * @property {Instant} now
 * @property {number} days
 * @property {string} language
 */

/** Minutes from one look at the queue to the next. */
const STEP = 30;

self.onmessage = async ({ data }) => {
  const { sides, leads, now, days, language } = /** @type {Lived} */ (data);
  try {
    await init();
    /** @type {Report[]} */
    const reports = [];
    let note = "";
    sides.forEach(({ packs, options }, nth) => {
      const [rulebook, book] = [new Rulebook(packs, options), new Book(leads.bytes, { name: leads.name })];
      const lived = simulate(rulebook, book, now, { days, step: STEP, seed: 1 }, (done, all) => { postMessage({ done: (nth + done / all) / sides.length }); return true; }, language);
      if (lived) { reports.push(lived.report); note = lived.note; }
      book.free();
      rulebook.free();
    });
    postMessage({ reports, note });
  } catch (fault) {
    postMessage({ error: String(Object(fault).message ?? fault) });
  }
};
