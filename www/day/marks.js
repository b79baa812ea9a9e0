// Which leads get other advice since the rules were changed, for the queue.

import { element } from "../element.js";

/** What changed for each lead, in a few words. @type {Map<string, string>} */
let marks = new Map();

/** @param {Map<string, string>} others */
export const setMarks = (others) => { marks = others; };

/** The mark of a lead, or nothing. @param {string} lead */
export function markOf(lead) {
  const words = marks.get(lead);
  return words === undefined ? undefined : element("small", { class: "mark" }, words);
}
