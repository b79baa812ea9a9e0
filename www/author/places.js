// Places in a text: the lines and columns of the engine, and the offsets of the editor.

/** @import { Span } from "../lib/cadans.js" */

/**
 * What is asked of a text: CodeMirror's `Text` has it.
 * @typedef {object} Lines
 * @property {number} lines how many
 * @property {(number: number) => { from: number, to: number, text: string }} line the line of a number from 1
 */

/**
 * The offset of a line and column. Columns count from 1, in characters as people count them; offsets in UTF-16 code units.
 * @param {Lines} text
 * @param {number} number
 * @param {number} column
 */
export function offsetOf(text, number, column) {
  const { from, to, text: words } = text.line(Math.min(Math.max(1, number), text.lines));
  // Most lines have no character of two units, and then nothing need be counted.
  const within = /[\ud800-\udfff]/.test(words) ? Array.from(words).slice(0, column - 1).join("").length : column - 1;
  return number > text.lines ? to : Math.min(from + within, to);
}

/**
 * The offsets of a span, in order.
 * @param {Lines} text
 * @param {Span} span
 */
export function rangeOf(text, { line, column, endLine, endColumn }) {
  const from = offsetOf(text, line, column);
  return { from, to: Math.max(from, offsetOf(text, endLine, endColumn)) };
}

/**
 * The least change that makes one text of another: what is to be replaced, and by what.
 * @param {string} before
 * @param {string} after
 */
export function changeBetween(before, after) {
  let from = 0;
  const least = Math.min(before.length, after.length);
  while (from < least && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  let [to, end] = [before.length, after.length];
  while (to > from && end > from && before.charCodeAt(to - 1) === after.charCodeAt(end - 1)) { to--; end--; }
  return { from, to, insert: after.slice(from, end) };
}
