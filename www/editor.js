// The rules as text: line numbers beside it, and every finding at its line.
//
// The text area is an ordinary one, so that the browser's own keys, undo and screen readers work. Behind it lies a sheet
// with the same text, invisible: it wraps in the same places, and carries the line numbers, underlines and notes.

import { byId, element } from "./element.js";
import { count } from "./words.js";

/** @import { Diagnostic, Fix, Severity, Span } from "./lib/cadans.js" */

/** @type {Record<Severity, string>} */
const SEVERITIES = { error: "Error", warning: "Warning", note: "Note" };

/**
 * The place in `line` of a column that counts from 1, in characters as people count them.
 * @param {string} line
 * @param {number} column
 */
const place = (line, column) => Array.from(line).slice(0, column - 1).join("").length;

/**
 * The text area with its sheet. Calls `changed` with the text after each change by the user.
 * @param {(text: string) => void} changed
 */
export function editor(changed) {
  const [text, sheet] = [byId("text", HTMLTextAreaElement), byId("sheet", HTMLElement)];
  const [list, summary] = [byId("findings", HTMLElement), byId("findings-count", HTMLElement)];
  /** @type {Diagnostic[]} */
  let findings = [];

  const follow = () => sheet.style.setProperty("translate", `0 ${-text.scrollTop}px`);
  // The text area's width without its scroll bar, so that both wrap alike.
  new ResizeObserver(() => sheet.style.setProperty("width", `${text.clientWidth}px`)).observe(text);

  function draw() {
    const here = Map.groupBy(findings, ({ span }) => span.line);
    sheet.replaceChildren(...text.value.split("\n").map((line, index) => row(line, here.get(index + 1) ?? [], index + 1)));
    follow();
  }

  /**
   * A line of the sheet with what was found in it, the worst first.
   * @param {string} line
   * @param {Diagnostic[]} found
   * @param {number} number
   */
  function row(line, found, number) {
    const [worst] = found;
    const parts = [];
    let done = 0;
    for (const { severity, span } of [...found].sort((a, b) => a.span.column - b.span.column)) {
      const from = place(line, span.column);
      const to = span.endLine > number ? line.length : Math.max(place(line, span.endColumn), from + 1);
      if (from < done) continue;
      parts.push(line.slice(done, from), element("mark", { class: severity }, line.slice(from, to) || " "));
      done = to;
    }
    // An empty line needs a letter, or it has no height.
    parts.push(line.slice(done) || (line ? "" : "\u200b"));
    const note = worst && element("span", { class: "beside" }, worst.message);
    return element("div", { class: worst?.severity }, ...parts, note);
  }

  /** @param {Span} span */
  function select({ line, column, endLine, endColumn }) {
    const lines = text.value.split("\n");
    /**
     * @param {number} number
     * @param {number} at
     */
    const offset = (number, at) => lines.slice(0, number - 1).reduce((sum, { length }) => sum + length + 1, 0) + place(lines[number - 1] ?? "", at);
    const [from, to] = [offset(line, column), offset(endLine, endColumn)];
    text.focus();
    text.setSelectionRange(from, Math.max(from, to));
    const row = /** @type {HTMLElement | undefined} */ (sheet.children[line - 1]);
    text.scrollTop = Math.max(0, (row?.offsetTop ?? 0) - text.clientHeight / 4);
    follow();
  }

  /**
   * Makes a fix as if it had been typed, so that the browser's own undo takes it back.
   * @param {Fix} fix
   */
  function mend({ edits }) {
    for (const { span, text: instead } of edits.toReversed()) {
      select(span);
      // The old command is the only one that undo knows of.
      if (document.execCommand("insertText", false, instead)) continue;
      text.setRangeText(instead, text.selectionStart, text.selectionEnd, "end");
      text.dispatchEvent(new Event("input"));
    }
  }

  text.addEventListener("input", () => { findings = []; draw(); changed(text.value); });
  text.addEventListener("scroll", follow);

  return {
    /**
     * Shows another text.
     * @param {string} value
     */
    set(value) {
      text.value = value;
      text.scrollTop = 0;
      findings = [];
      draw();
    },
    /** Puts the caret on a stretch of the text. */
    select,
    /**
     * Shows what the engine found in this text, the worst of a line first.
     * @param {Diagnostic[]} found
     */
    show(found) {
      findings = found;
      draw();
      const errors = found.filter(({ severity }) => severity === "error").length;
      const others = found.length - errors;
      summary.textContent = errors
        ? `${count(errors, "error")}: what stands there is left out until it is right; all else goes on.`
        : others ? `No errors; ${count(others, "remark")}.` : "No errors.";
      summary.className = errors ? "error" : others ? "warning" : "good";
      list.replaceChildren(...found.map(({ severity, span: at, message, why, file, related = [], help, fix }) => element("li", { class: severity },
        element("button", { type: "button", class: "link", onclick: () => select(at) }, `${SEVERITIES[severity]} in line ${at.line}`),
        element("p", {}, `${message}.`), why && element("p", { class: "small" }, `${why}.`),
        ...related.map((other) => element("p", { class: "small" },
          other.file === file
            ? element("button", { type: "button", class: "link", onclick: () => select(other.span) }, other.message)
            : `${other.file}: ${other.message}`)),
        help && element("p", { class: "small" }, `${help}.`),
        fix && element("button", { type: "button", class: "fix", onclick: () => mend(fix) }, fix.title))));
    },
  };
}
