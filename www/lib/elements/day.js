// Under which heading an advice stands in the day of a rep.

import { localIn } from "./times.js";

/** @import { Advice } from "../cadans.js" */

/** In the order of the queue. */
export const GROUPS = /** @type {const} */ (["late", "now", "today", "later", "waiting", "held"]);
/** @typedef {(typeof GROUPS)[number]} Group */

/**
 * late: too late for what was promised. now: the window is open. today: it opens on the rep's own day, by `zone`. waiting: nothing is to be done. held:
 * everything is stopped by a policy.
 * @param {Advice} advice
 * @param {number} now milliseconds since 1970
 * @param {string} zone the rep's own
 * @returns {Group}
 */
export function groupOf({ verdict, touch }, now, zone) {
  if (verdict === "wait") return "waiting";
  if (verdict === "hold") return "held";
  if (touch?.late) return "late";
  if (!touch?.window) return "now";
  const from = Date.parse(touch.window.from);
  if (from <= now) return "now";
  return localIn(from, zone).day === localIn(now, zone).day ? "today" : "later";
}

/**
 * The advices by group, in the order in which they were given. Every group is there.
 * @param {Advice[]} advices
 * @param {number} now
 * @param {string} zone
 * @returns {Map<Group, Advice[]>}
 */
export function inGroups(advices, now, zone) {
  /** @type {Map<Group, Advice[]>} */
  const groups = new Map(GROUPS.map((group) => [group, []]));
  for (const advice of advices) groups.get(groupOf(advice, now, zone))?.push(advice);
  return groups;
}
