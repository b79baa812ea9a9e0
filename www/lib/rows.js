// From plain objects to columns: the one loop in which every field of every row is read.
//
// JavaScript engines read a property in a nanosecond where one place in the program always reads the same one, and in ten where it
// reads many by turns. So every field has a line of its own here; code made on the spot (`new Function`) would do the same, but a page's
// security policy may forbid it. Fields beyond the lines written out are read in a loop, more slowly.

/** @import { Row } from "./cadans.js" */

/**
 * The fields of a row by how their values are kept.
 * @typedef {{ number: string[], truth: string[], code: string[], text: string[] }} FieldNames
 */

/**
 * The code of each text that rules name, for one field: from 1 to 254. A text that is not in it gets 255.
 * @typedef {Map<string, number>} Codes
 */

/** A fault of a row: `field` of row `row` holds `value`, where `wanted` belongs. */
export class Misfit extends Error {
  /**
   * @param {number} row
   * @param {string} field
   * @param {unknown} value
   * @param {string} wanted
   */
  constructor(row, field, value, wanted) {
    super(`${field === "whole" ? "Row" : `The ${field} of row`} ${row} is ${shown(value)}, where ${wanted} belongs`);
  }
}

/**
 * @param {unknown} value
 * @returns {string}
 */
function shown(value) {
  if (typeof value === "string") return `the text ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === undefined || value === null) return "nothing";
  return typeof value === "bigint" || typeof value === "symbol" ? `a ${typeof value}` : "an object";
}

/**
 * @param {unknown} row
 * @param {number} place
 * @returns {Row}
 */
function there(row, place) {
  if (typeof row === "object" && row !== null) return /** @type {Row} */ (row);
  throw new Misfit(place, "whole", row, "an object");
}

// Unknown: not a number among numbers, 0 among codes.
/** @type {(value: unknown, field: string, row: number) => number} */
const number = (value, field, row) => (typeof value === "number" && value - value === 0 ? value : noNumber(value, field, row));
/** @type {(value: unknown, field: string, row: number) => number} */
const truth = (value, field, row) => (value === true ? 2 : value === false ? 1 : noTruth(value, field, row));
/** @type {(value: unknown, field: string, row: number, codes: Codes) => number} */
const text = (value, field, row, codes) => (typeof value === "string" ? codes.get(value) ?? 255 : noText(value, field, row));

/**
 * @param {unknown} value
 * @param {string} field
 * @param {number} row
 */
function noNumber(value, field, row) {
  if (value === undefined || value === null) return NaN;
  throw new Misfit(row, field, value, "a number");
}

/**
 * @param {unknown} value
 * @param {string} field
 * @param {number} row
 */
function noTruth(value, field, row) {
  if (value === undefined || value === null) return 0;
  throw new Misfit(row, field, value, "true or false");
}

/**
 * @param {unknown} value
 * @param {string} field
 * @param {number} row
 */
function noText(value, field, row) {
  if (value === undefined || value === null) return 0;
  throw new Misfit(row, field, value, "a text");
}

/**
 * Texts of which every one has a number of its own, which `number` gives. `into` gives the list to write to.
 * @param {readonly unknown[]} rows
 * @param {number} from
 * @param {number} to
 * @param {string[]} names
 * @param {(text: string) => number} number
 * @param {() => Uint32Array} into
 * @param {number} stride
 */
export function words(rows, from, to, names, number, into, stride) {
  names.forEach((name, k) => {
    for (let i = from; i < to; i++) {
      const value = there(rows[i], i)[name];
      const word = typeof value === "string" ? number(value) : noText(value, name, i);
      into()[k * stride + i] = word;
    }
  });
}

/**
 * Numbers of rows `from` to `to` into columns of `stride` cells.
 * @param {readonly unknown[]} rows
 * @param {number} from
 * @param {number} to
 * @param {string[]} names
 * @param {Float64Array} into
 * @param {number} stride
 */
export function numbers(rows, from, to, names, into, stride) {
  const count = names.length;
  const n0 = names[0], n1 = names[1], n2 = names[2], n3 = names[3], n4 = names[4], n5 = names[5], n6 = names[6], n7 = names[7];
  const n8 = names[8], n9 = names[9], n10 = names[10], n11 = names[11], n12 = names[12], n13 = names[13], n14 = names[14], n15 = names[15];
  for (let i = from; i < to; i++) {
    const row = there(rows[i], i);
    if (count > 0) into[i] = number(row[n0], n0, i);
    if (count > 1) into[stride + i] = number(row[n1], n1, i);
    if (count > 2) into[2 * stride + i] = number(row[n2], n2, i);
    if (count > 3) into[3 * stride + i] = number(row[n3], n3, i);
    if (count > 4) into[4 * stride + i] = number(row[n4], n4, i);
    if (count > 5) into[5 * stride + i] = number(row[n5], n5, i);
    if (count > 6) into[6 * stride + i] = number(row[n6], n6, i);
    if (count > 7) into[7 * stride + i] = number(row[n7], n7, i);
    if (count > 8) into[8 * stride + i] = number(row[n8], n8, i);
    if (count > 9) into[9 * stride + i] = number(row[n9], n9, i);
    if (count > 10) into[10 * stride + i] = number(row[n10], n10, i);
    if (count > 11) into[11 * stride + i] = number(row[n11], n11, i);
    if (count > 12) into[12 * stride + i] = number(row[n12], n12, i);
    if (count > 13) into[13 * stride + i] = number(row[n13], n13, i);
    if (count > 14) into[14 * stride + i] = number(row[n14], n14, i);
    if (count > 15) into[15 * stride + i] = number(row[n15], n15, i);
  }
  for (let k = 16; k < count; k++) {
    for (let i = from; i < to; i++) into[k * stride + i] = number(there(rows[i], i)[names[k]], names[k], i);
  }
}

/**
 * Yes and no, likewise, into columns from `first` on.
 * @param {readonly unknown[]} rows
 * @param {number} from
 * @param {number} to
 * @param {string[]} names
 * @param {number} first
 * @param {Uint8Array} into
 * @param {number} stride
 */
export function truths(rows, from, to, names, first, into, stride) {
  const count = names.length;
  const n0 = names[0], n1 = names[1], n2 = names[2], n3 = names[3], n4 = names[4], n5 = names[5], n6 = names[6], n7 = names[7];
  for (let i = from; i < to; i++) {
    const row = there(rows[i], i);
    if (count > 0) into[first + i] = truth(row[n0], n0, i);
    if (count > 1) into[first + stride + i] = truth(row[n1], n1, i);
    if (count > 2) into[2 * stride + first + i] = truth(row[n2], n2, i);
    if (count > 3) into[3 * stride + first + i] = truth(row[n3], n3, i);
    if (count > 4) into[4 * stride + first + i] = truth(row[n4], n4, i);
    if (count > 5) into[5 * stride + first + i] = truth(row[n5], n5, i);
    if (count > 6) into[6 * stride + first + i] = truth(row[n6], n6, i);
    if (count > 7) into[7 * stride + first + i] = truth(row[n7], n7, i);
  }
  for (let k = 8; k < count; k++) {
    for (let i = from; i < to; i++) into[k * stride + first + i] = truth(there(rows[i], i)[names[k]], names[k], i);
  }
}

/**
 * Texts by their code, likewise, into columns from `first` on.
 * @param {readonly unknown[]} rows
 * @param {number} from
 * @param {number} to
 * @param {string[]} names
 * @param {Codes[]} maps
 * @param {number} first
 * @param {Uint8Array} into
 * @param {number} stride
 */
export function texts(rows, from, to, names, maps, first, into, stride) {
  const count = names.length;
  const n0 = names[0], n1 = names[1], n2 = names[2], n3 = names[3], n4 = names[4], n5 = names[5], n6 = names[6], n7 = names[7];
  const m0 = maps[0], m1 = maps[1], m2 = maps[2], m3 = maps[3], m4 = maps[4], m5 = maps[5], m6 = maps[6], m7 = maps[7];
  for (let i = from; i < to; i++) {
    const row = there(rows[i], i);
    if (count > 0) into[first + i] = text(row[n0], n0, i, m0);
    if (count > 1) into[first + stride + i] = text(row[n1], n1, i, m1);
    if (count > 2) into[2 * stride + first + i] = text(row[n2], n2, i, m2);
    if (count > 3) into[3 * stride + first + i] = text(row[n3], n3, i, m3);
    if (count > 4) into[4 * stride + first + i] = text(row[n4], n4, i, m4);
    if (count > 5) into[5 * stride + first + i] = text(row[n5], n5, i, m5);
    if (count > 6) into[6 * stride + first + i] = text(row[n6], n6, i, m6);
    if (count > 7) into[7 * stride + first + i] = text(row[n7], n7, i, m7);
  }
  for (let k = 8; k < count; k++) {
    for (let i = from; i < to; i++) into[k * stride + first + i] = text(there(rows[i], i)[names[k]], names[k], i, maps[k]);
  }
}

/**
 * One row into lists of one row: its numbers, and its truths and texts as codes. Apart from the loops, so that nothing is asked twice.
 * @param {Row} row
 * @param {FieldNames} names
 * @param {Codes[]} maps
 * @param {Float64Array} into
 * @param {Uint8Array} codes
 */
export function single(row, names, maps, into, codes) {
  there(row, 0);
  const { number: numbers, truth: truths, code: texts } = names;
  const n = numbers.length, t = truths.length, c = texts.length;
  if (n > 0) into[0] = number(row[numbers[0]], numbers[0], 0);
  if (n > 1) into[1] = number(row[numbers[1]], numbers[1], 0);
  if (n > 2) into[2] = number(row[numbers[2]], numbers[2], 0);
  if (n > 3) into[3] = number(row[numbers[3]], numbers[3], 0);
  if (n > 4) into[4] = number(row[numbers[4]], numbers[4], 0);
  if (n > 5) into[5] = number(row[numbers[5]], numbers[5], 0);
  if (n > 6) into[6] = number(row[numbers[6]], numbers[6], 0);
  if (n > 7) into[7] = number(row[numbers[7]], numbers[7], 0);
  if (n > 8) into[8] = number(row[numbers[8]], numbers[8], 0);
  if (n > 9) into[9] = number(row[numbers[9]], numbers[9], 0);
  if (n > 10) into[10] = number(row[numbers[10]], numbers[10], 0);
  if (n > 11) into[11] = number(row[numbers[11]], numbers[11], 0);
  if (n > 12) into[12] = number(row[numbers[12]], numbers[12], 0);
  if (n > 13) into[13] = number(row[numbers[13]], numbers[13], 0);
  if (n > 14) into[14] = number(row[numbers[14]], numbers[14], 0);
  if (n > 15) into[15] = number(row[numbers[15]], numbers[15], 0);
  for (let k = 16; k < n; k++) into[k] = number(row[numbers[k]], numbers[k], 0);
  if (t > 0) codes[0] = truth(row[truths[0]], truths[0], 0);
  if (t > 1) codes[1] = truth(row[truths[1]], truths[1], 0);
  if (t > 2) codes[2] = truth(row[truths[2]], truths[2], 0);
  if (t > 3) codes[3] = truth(row[truths[3]], truths[3], 0);
  if (t > 4) codes[4] = truth(row[truths[4]], truths[4], 0);
  if (t > 5) codes[5] = truth(row[truths[5]], truths[5], 0);
  if (t > 6) codes[6] = truth(row[truths[6]], truths[6], 0);
  if (t > 7) codes[7] = truth(row[truths[7]], truths[7], 0);
  for (let k = 8; k < t; k++) codes[k] = truth(row[truths[k]], truths[k], 0);
  if (c > 0) codes[t] = text(row[texts[0]], texts[0], 0, maps[0]);
  if (c > 1) codes[t + 1] = text(row[texts[1]], texts[1], 0, maps[1]);
  if (c > 2) codes[t + 2] = text(row[texts[2]], texts[2], 0, maps[2]);
  if (c > 3) codes[t + 3] = text(row[texts[3]], texts[3], 0, maps[3]);
  if (c > 4) codes[t + 4] = text(row[texts[4]], texts[4], 0, maps[4]);
  if (c > 5) codes[t + 5] = text(row[texts[5]], texts[5], 0, maps[5]);
  if (c > 6) codes[t + 6] = text(row[texts[6]], texts[6], 0, maps[6]);
  if (c > 7) codes[t + 7] = text(row[texts[7]], texts[7], 0, maps[7]);
  for (let k = 8; k < c; k++) codes[t + k] = text(row[texts[k]], texts[k], 0, maps[k]);
}
