// Rules that could not be evaluated, counted over all leads.

/** @import { Advice, Diagnostic, RuleRef } from "../lib/cadans.js" */

/**
 * A statement that fails, for how many leads, and what went wrong with the first.
 * @typedef {{ rule: RuleRef, leads: number, message: string, span: Diagnostic["span"] }} Failing
 */

/**
 * The statements that fail for at least one lead, the most leads first.
 * @param {Advice[]} advices
 * @returns {Failing[]}
 */
export function failing(advices) {
  /** @type {Map<string, Failing>} */
  const found = new Map();
  for (const { faults = [] } of advices) {
    for (const { rule, message, span } of faults) {
      const key = `${rule.file} ${rule.span.line} ${rule.name}`;
      const one = found.get(key);
      if (one) one.leads += 1;
      else found.set(key, { rule, leads: 1, message, span });
    }
  }
  return [...found.values()].sort((a, b) => b.leads - a.leads);
}
