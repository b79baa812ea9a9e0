// A text area with a sheet behind it: the sheet shows the text in colours, the line numbers and what was found, and wraps in the same places.
//
// The text area is an ordinary one, so that the browser's own keys, undo and screen readers work; its letters cannot be seen.

import { make } from "./make.js";

/** @import { Diagnostic, Fix, Severity, Span } from "../cadans.js" */

/**
 * A coloured stretch of a line: from, to, and its class.
 * @typedef {[from: number, to: number, kind: string]} Stretch
 */

/**
 * The place in `line` of a column that counts from 1, in characters as people count them.
 * @param {string} line
 * @param {number} column
 */
const place = (line, column) => Array.from(line).slice(0, column - 1).join("").length;

/**
 * Stretches of a text as those of its lines.
 * @param {string} text
 * @param {Stretch[]} tokens in text order
 * @returns {Stretch[][]}
 */
export function byLine(text, tokens) {
  let [at, next] = [0, 0];
  return text.split("\n").map((line) => {
    const end = at + line.length;
    /** @type {Stretch[]} */
    const found = [];
    for (; next < tokens.length; next++) {
      const [from, to, kind] = /** @type {Stretch} */ (tokens[next]);
      if (from >= end) break;
      found.push([Math.max(from, at) - at, Math.min(to, end) - at, kind]);
      if (to > end) break; // a comment over several lines goes on in the next
    }
    at = end + 1;
    return found;
  });
}

/**
 * The text and its sheet. Calls `changed` after each change by the user.
 * @param {() => void} changed
 */
export function ruleSheet(changed) {
  const sheet = make("div", { class: "sheet", "aria-hidden": "true" });
  const text = make("textarea", { part: "text", spellcheck: "false", autocapitalize: "off", autocomplete: "off", "aria-describedby": "count" });
  const frame = make("div", { class: "editor", part: "editor" }, sheet, text);
  /** @type {Diagnostic[]} */
  let findings = [];
  /** The colours of a line by its text: they stay while another line is typed in. @type {Map<string, Stretch[]>} */
  let colours = new Map();
  /** What each line of the sheet was drawn from. @type {string[]} */
  let drawn = [];

  const follow = () => sheet.style.setProperty("translate", `0 ${-text.scrollTop}px`);
  // The text area's width without its scroll bar, so that both wrap alike.
  if (globalThis.ResizeObserver) new ResizeObserver(() => sheet.style.setProperty("width", `${text.clientWidth}px`)).observe(text);

  /** Draws the lines that are not as they were. */
  function draw() {
    const here = Map.groupBy(findings, ({ span }) => span.line);
    const lines = text.value.split("\n");
    const marks = lines.map((line, index) => marksOf(line, here.get(index + 1) ?? [], index + 1));
    const wanted = lines.map((line, index) => JSON.stringify([line, colours.get(line), marks[index]]));
    let [from, tail] = [0, 0];
    while (from < wanted.length && from < drawn.length && wanted[from] === drawn[from]) from++;
    while (tail < wanted.length - from && tail < drawn.length - from && wanted.at(-1 - tail) === drawn.at(-1 - tail)) tail++;
    const old = [...sheet.children].slice(from, drawn.length - tail);
    const after = sheet.children[drawn.length - tail] ?? null;
    for (const line of old) line.remove();
    for (let index = from; index < wanted.length - tail; index++) sheet.insertBefore(row(lines[index] ?? "", marks[index] ?? []), after);
    drawn = wanted;
    follow();
  }

  /**
   * @param {string} line
   * @param {Diagnostic[]} found
   * @param {number} number
   * @returns {Stretch[]}
   */
  const marksOf = (line, found, number) => found.map(({ severity, span }) => {
    const from = place(line, span.column);
    return [from, span.endLine > number ? Math.max(line.length, from + 1) : Math.max(place(line, span.endColumn), from + 1), severity];
  });

  /** @param {string} line @param {Stretch[]} marks */
  function row(line, marks) {
    const tokens = colours.get(line) ?? [];
    // A mark on nothing, as at the end of a line, needs a letter to stand under.
    const shown = marks.some(([, to]) => to > line.length) ? `${line} ` : line;
    const cuts = [...new Set([0, shown.length, ...[...tokens, ...marks].flatMap(([from, to]) => [from, to])])].sort((one, other) => one - other);
    const parts = cuts.slice(0, -1).map((from, index) => {
      const to = cuts[index + 1] ?? shown.length;
      const kind = [...tokens, ...marks].filter(([begin, end]) => begin <= from && to <= end).map(([, , word]) => word).join(" ");
      return kind ? make("span", { class: kind }, shown.slice(from, to)) : shown.slice(from, to);
    });
    // An empty line needs a letter, or it has no height.
    return make("div", { class: /** @type {Stretch | undefined} */ (marks[0])?.[2] ? `at-${marks[0]?.[2]}` : null }, ...parts, shown === "" && "\u200b");
  }

  /** @param {Span} span */
  function select({ line, column, endLine, endColumn }) {
    const lines = text.value.split("\n");
    /** @param {number} number @param {number} at */
    const offset = (number, at) => lines.slice(0, number - 1).reduce((sum, { length }) => sum + length + 1, 0) + place(lines[number - 1] ?? "", at);
    const [from, to] = [offset(line, column), offset(endLine, endColumn)];
    text.focus();
    text.setSelectionRange(from, Math.max(from, to));
    const at = /** @type {HTMLElement | undefined} */ (sheet.children[line - 1]);
    text.scrollTop = Math.max(0, (at?.offsetTop ?? 0) - text.clientHeight / 4);
    follow();
  }

  /** Writes over the selection as if it had been typed, so that the browser's own undo takes it back. @param {string} instead */
  function write(instead) {
    // The old command is the only one that undo knows of.
    if (document.execCommand("insertText", false, instead)) return;
    text.setRangeText(instead, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input"));
  }

  text.addEventListener("input", () => { findings = []; draw(); changed(); });
  text.addEventListener("scroll", follow);

  return {
    frame,
    text,
    select,
    /** Shows another text. @param {string} value */
    set(value) {
      if (value === text.value) return;
      text.value = value;
      text.scrollTop = 0;
      findings = [];
      draw();
    },
    /** Colours the text. @param {string} of the text that was asked about @param {Stretch[]} tokens */
    colour(of, tokens) {
      const lines = of.split("\n");
      colours = new Map(byLine(of, tokens).map((found, index) => [lines[index] ?? "", found]));
      draw();
    },
    /** Shows what was found in this text, the worst of a line first. @param {Diagnostic[]} found */
    mark(found) {
      findings = found;
      draw();
    },
    /** Makes a fix. @param {Fix} fix */
    mend({ edits }) {
      for (const { span, text: instead } of edits.toReversed()) {
        select(span);
        write(instead);
      }
    },
    /** Puts another text in the place of this one, as if it had been typed. @param {string} instead */
    replace(instead) {
      const { selectionStart: at, scrollTop } = text;
      text.focus();
      text.setSelectionRange(0, text.value.length);
      write(instead);
      text.setSelectionRange(at, at);
      text.scrollTop = scrollTop;
      follow();
    },
  };
}

/** @type {Severity[]} */
export const WORST_FIRST = ["error", "warning", "note"];
