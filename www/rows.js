// From plain objects to columns: the one loop in which every field of every row is read.
//
// JavaScript engines read a property in a nanosecond where one place in the program always reads the same one, and in ten where it
// reads many by turns. So every field has a line of its own here; code made on the spot (`new Function`) would do the same, but a page's
// security policy may forbid it. Fields beyond the lines written out are read in a loop, more slowly.

/** A fault of a row: `field` of row `row` holds `value`, where `wanted` belongs. */
export class Misfit extends Error {
  constructor(row, field, value, wanted) {
    super(`${field === "whole" ? "Row" : `The ${field} of row`} ${row} is ${shown(value)}, where ${wanted} belongs`);
  }
}

function shown(value) {
  if (typeof value === "string") return `the text ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === undefined || value === null) return "nothing";
  return typeof value === "bigint" || typeof value === "symbol" ? `a ${typeof value}` : "an object";
}

function there(row, place) {
  if (typeof row === "object" && row !== null) return row;
  throw new Misfit(place, "whole", row, "an object");
}

// Unknown: not a number among numbers, 0 among codes.
const number = (value, field, row) => (typeof value === "number" && value - value === 0 ? value : noNumber(value, field, row));
const truth = (value, field, row) => (value === true ? 2 : value === false ? 1 : noTruth(value, field, row));
const text = (value, field, row, codes) => (typeof value === "string" ? codes.get(value) ?? 255 : noText(value, field, row));

function noNumber(value, field, row) {
  if (value === undefined || value === null) return NaN;
  throw new Misfit(row, field, value, "a number");
}

function noTruth(value, field, row) {
  if (value === undefined || value === null) return 0;
  throw new Misfit(row, field, value, "true or false");
}

function noText(value, field, row) {
  if (value === undefined || value === null) return 0;
  throw new Misfit(row, field, value, "a text");
}

/** Texts of which every one has a number of its own, which `number` gives. `into` gives the list to write to. */
export function words(rows, from, to, names, number, into, stride) {
  names.forEach((name, k) => {
    for (let i = from; i < to; i++) {
      const value = there(rows[i], i)[name];
      const word = typeof value === "string" ? number(value) : noText(value, name, i);
      into()[k * stride + i] = word;
    }
  });
}

/** Numbers of rows `from` to `to` into columns of `stride` cells. */
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

/** Yes and no, likewise, into columns from `first` on. */
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

/** Texts by their code, likewise, into columns from `first` on. */
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
