// The figures of a priority, rounded so that whoever multiplies what is shown gets what is shown.

/** @import { Priority } from "../cadans.js" */

/** Significant digits of a product: more nobody compares. */
const DIGITS = 3;

/** @type {(value: number, digits: number) => number} */
const rounded = (value, digits) => Number(value.toPrecision(digits));

/**
 * The four factors with as few digits as make their product, rounded as the total is, the total.
 * @param {Priority} priority
 * @returns {{ propensity: number, context: number, value: number, lever: number, total: number, exact: boolean }} `exact`: the product is the total to
 *   the last digit, and needs no rounding
 */
export function shownFigures({ propensity, context, value, lever, total }) {
  const shownTotal = rounded(total, DIGITS);
  for (let digits = DIGITS; ; digits++) {
    const [p, c, v, l] = [propensity, context, value, lever].map((factor) => rounded(factor.value, digits));
    const product = (p ?? 0) * (c ?? 0) * (v ?? 0) * (l ?? 0);
    // At 15 digits the figures are the engine's own.
    if (rounded(product, DIGITS) === shownTotal || digits === 15) {
      return { propensity: p ?? 0, context: c ?? 0, value: v ?? 0, lever: l ?? 0, total: shownTotal, exact: rounded(product, 12) === rounded(shownTotal, 12) };
    }
  }
}
