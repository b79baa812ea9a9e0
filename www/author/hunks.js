// What differs between two texts, by lines, with the lines around it, so that it also fits a text that has changed elsewhere since.

/**
 * A stretch of lines: where it began, what stood there, and what stands there instead; both with the lines around them.
 * @typedef {[at: number, before: string[], after: string[]]} Hunk
 */

/** Lines that are told before and after what differs. */
const AROUND = 2;
/** Lines of both texts, multiplied, up to which the shortest difference is looked for; beyond that all between the ends counts as one. */
const PRODUCT = 4_000_000;

/**
 * @param {string} before
 * @param {string} after
 * @returns {Hunk[]}
 */
export function hunksBetween(before, after) {
  const [a, b] = [before.split("\n"), after.split("\n")];
  /** The stretches that differ: [from, to, from in the other, to in the other]. @type {[number, number, number, number][]} */
  const stretches = [];
  for (const [from, to, start, end] of differences(a, b)) {
    const last = stretches.at(-1);
    if (last && from - last[1] <= 2 * AROUND) [last[1], last[3]] = [to, end];
    else stretches.push([from, to, start, end]);
  }
  return stretches.map(([from, to, start, end]) => {
    const above = a.slice(Math.max(0, from - AROUND), from);
    const below = a.slice(to, to + AROUND);
    return [Math.max(0, from - AROUND), [...above, ...a.slice(from, to), ...below], [...above, ...b.slice(start, end), ...below]];
  });
}

/**
 * @param {string[]} a
 * @param {string[]} b
 * @returns {[number, number, number, number][]}
 */
function differences(a, b) {
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from++;
  let [to, end] = [a.length, b.length];
  while (to > from && end > from && a[to - 1] === b[end - 1]) { to--; end--; }
  if (to === from && end === from) return [];
  const [rows, columns] = [to - from, end - from];
  if (rows * columns > PRODUCT) return [[from, to, from, end]];
  // The longest common part of what is between the ends, by the lengths of those of its rests.
  const width = columns + 1;
  const longest = new Uint16Array((rows + 1) * width);
  const at = (/** @type {number} */ i, /** @type {number} */ j) => longest[i * width + j] ?? 0;
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) longest[i * width + j] = a[from + i] === b[from + j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  /** @type {[number, number, number, number][]} */
  const found = [];
  let [i, j] = [0, 0];
  while (i < rows || j < columns) {
    const [si, sj] = [i, j];
    while ((i < rows || j < columns) && !(i < rows && j < columns && a[from + i] === b[from + j])) {
      if (j >= columns || (i < rows && at(i + 1, j) >= at(i, j + 1))) i++;
      else j++;
    }
    if (i > si || j > sj) found.push([from + si, from + i, from + sj, from + j]);
    while (i < rows && j < columns && a[from + i] === b[from + j]) { i++; j++; }
  }
  return found;
}

/**
 * A text with what differs put in: each stretch where it stood, else where the same lines stand that are nearest.
 * @param {string} text
 * @param {Hunk[]} hunks
 * @returns {string | undefined} `undefined` where lines that a stretch needs are there no more
 */
export function withHunks(text, hunks) {
  const lines = text.split("\n");
  let moved = 0;
  for (const [at, before, after] of hunks) {
    const fits = (/** @type {number} */ place) => place >= 0 && place + before.length <= lines.length && before.every((line, nth) => lines[place + nth] === line);
    let place;
    for (let away = 0; place === undefined && away <= lines.length; away++) place = [at + moved + away, at + moved - away].find(fits);
    if (place === undefined) return undefined;
    lines.splice(place, before.length, ...after);
    moved = place - at + after.length - before.length;
  }
  return lines.join("\n");
}
