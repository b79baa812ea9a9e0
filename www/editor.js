// The rules as text: line numbers beside it, and every finding at its line.
//
// The text area is an ordinary one, so that the browser's own keys, undo and screen readers work. Behind it lies a sheet
// with the same text, invisible: it wraps in the same places, and carries the line numbers, underlines and notes.

import { byId, element } from "./element.js";
import { count } from "./words.js";

const SEVERITIES = { error: "Error", warning: "Warning", note: "Note" };

/** The place in `line` of a column that counts from 1, in characters as people count them. */
const place = (line, column) => Array.from(line).slice(0, column - 1).join("").length;

/** The text area with its sheet. Calls `changed` with the text after each change by the user. */
export function editor(changed) {
  const [text, sheet, list, summary] = ["text", "sheet", "findings", "findings-count"].map(byId);
  let findings = [];

  const follow = () => sheet.style.setProperty("translate", `0 ${-text.scrollTop}px`);
  // The text area's width without its scroll bar, so that both wrap alike.
  new ResizeObserver(() => sheet.style.setProperty("width", `${text.clientWidth}px`)).observe(text);

  function draw() {
    const here = Map.groupBy(findings, ({ span }) => span.line);
    sheet.replaceChildren(...text.value.split("\n").map((line, index) => row(line, here.get(index + 1) ?? [], index + 1)));
    follow();
  }

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

  function select({ line, column, endLine, endColumn }) {
    const lines = text.value.split("\n");
    const start = (number) => lines.slice(0, number - 1).reduce((sum, { length }) => sum + length + 1, 0);
    const [from, to] = [[line, column], [endLine, endColumn]].map(([number, at]) => start(number) + place(lines[number - 1] ?? "", at));
    text.focus();
    text.setSelectionRange(from, Math.max(from, to));
    text.scrollTop = Math.max(0, (sheet.children[line - 1]?.offsetTop ?? 0) - text.clientHeight / 4);
    follow();
  }

  /** Makes a fix as if it had been typed, so that the browser's own undo takes it back. */
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
    /** Shows another text. */
    set(value) {
      text.value = value;
      text.scrollTop = 0;
      findings = [];
      draw();
    },
    /** Puts the caret on a stretch of the text. */
    select,
    /** Shows what the engine found in this text, the worst of a line first. */
    show(found) {
      findings = found;
      draw();
      const errors = found.filter(({ severity }) => severity === "error").length;
      const others = found.length - errors;
      summary.textContent = errors
        ? `${count(errors, "error")}: what stands there is left out until it is right; all else goes on.`
        : others ? `No errors; ${count(others, "remark")}.` : "No errors.";
      summary.className = errors ? "error" : others ? "warning" : "good";
      list.replaceChildren(...found.map((finding) => element("li", { class: finding.severity },
        element("button", { type: "button", class: "link", onclick: () => select(finding.span) },
          `${SEVERITIES[finding.severity]} in line ${finding.span.line}`),
        element("p", {}, `${finding.message}.`), finding.why && element("p", { class: "small" }, `${finding.why}.`),
        ...(finding.related ?? []).map(({ message, file, span }) => element("p", { class: "small" },
          file === finding.file
            ? element("button", { type: "button", class: "link", onclick: () => select(span) }, message)
            : `${file}: ${message}`)),
        finding.help && element("p", { class: "small" }, `${finding.help}.`),
        finding.fix && element("button", { type: "button", class: "fix", onclick: () => mend(finding.fix) }, finding.fix.title))));
    },
  };
}
