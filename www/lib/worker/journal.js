// What was made in the worker and changed since, in order: a new worker that is told all of it stands where the old one stood.

/** @import { Asked } from "./link.js" */

/**
 * A call that succeeded. `makes` is the handle that it made, `uses` are those that it needs, `changes` those that it changed.
 * @typedef {{ call: Asked, makes?: number, uses: number[], changes: number[] }} Entry
 */

export class Journal {
  /** @type {Entry[]} */
  #entries = [];

  /** @param {Entry} entry */
  add(entry) {
    const { call } = entry;
    // Of two ticks, and of two lots of rows, only the later one counts.
    if (call.name === "tick" || call.name === "fill") {
      this.#entries = this.#entries.filter((one) => one.call.on !== call.on || one.call.name !== call.name);
    }
    this.#entries.push(entry);
  }

  /**
   * Forgets what no handle in `live` depends on.
   * @param {Set<number>} live
   */
  keep(live) {
    this.#entries = this.of([...live]);
  }

  /**
   * What makes these handles as they are now.
   * @param {number[]} handles
   * @returns {Entry[]}
   */
  of(handles) {
    const needed = new Set(handles);
    const kept = [];
    for (const entry of this.#entries.toReversed()) {
      const counts = [...entry.changes, ...(entry.makes === undefined ? [] : [entry.makes])].some((handle) => needed.has(handle));
      if (!counts) continue;
      kept.push(entry);
      for (const handle of entry.uses) needed.add(handle);
    }
    return kept.reverse();
  }

  /** @returns {readonly Entry[]} */
  get entries() {
    return this.#entries;
  }
}
