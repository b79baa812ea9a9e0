// What stands in the text and under its lines: findings, examples that fail, and which lines the examples try.
//
// A note is put under its line, never through the text. While somebody types, notes move with their lines until the next answer comes.

import { element } from "../element.js";
import { Decoration, EditorView, GutterMarker, RangeSet, StateEffect, StateField, WidgetType, gutter } from "../vendor/codemirror.js";
import { t } from "../wording/index.js";
import { offsetOf, rangeOf } from "./places.js";

/** @import { Diagnostic, Fix } from "../lib/cadans.js" */
/** @import { ExampleResult, PackCoverage } from "../lib/editing.js" */
/** @import { DecorationSet } from "../../tests/node_modules/@codemirror/view" */
/** @import { EditorState, Range } from "../../tests/node_modules/@codemirror/state" */

/**
 * What is known of a text.
 * @typedef {object} Known
 * @property {Diagnostic[]} findings
 * @property {ExampleResult[]} examples
 * @property {PackCoverage | undefined} coverage
 */

/** Notes under lines, of each kind; the list under the text has all. */
const MOST = 40;

/**
 * Tells a text what is known of it.
 * @type {import("../../tests/node_modules/@codemirror/state").StateEffectType<Known>}
 */
export const known = StateEffect.define();

/** @param {Diagnostic["severity"]} severity */
export const severityWord = (severity) => t(severity === "error" ? "author.error" : severity === "warning" ? "author.warning" : "author.note");

/** A sentence of the engine, which ends without a full stop. @param {string} words */
export const sentence = (words) => (/[.?!]$/.test(words) ? words : `${words}.`);

/** A note under a line. */
class Note extends WidgetType {
  /**
   * @param {string} key which equal notes share
   * @param {(view: EditorView) => HTMLElement} draw
   */
  constructor(key, draw) {
    super();
    this.key = key;
    this.draw = draw;
  }

  /** @param {Note} other */
  eq(other) { return other.key === this.key; }

  /** @param {EditorView} view */
  toDOM(view) { return this.draw(view); }

  ignoreEvent() { return true; }
}

/**
 * Makes a fix, as one step that undo takes back. One for a text that has changed since is not made: another one is on its way.
 * @param {EditorView} view
 * @param {Fix} fix
 */
export function mend(view, { edits }) {
  const { doc } = view.state;
  if (view.state.field(field).stale) return;
  view.dispatch({ changes: edits.map(({ span, text }) => ({ ...rangeOf(doc, span), insert: text })), userEvent: "input.fix" });
  view.focus();
}

/** @param {Diagnostic} finding */
function findingNote({ severity, message, why, help, fix }) {
  return new Note(JSON.stringify([severity, message, why, fix]), (view) => element("div", { class: `cm-note ${severity}` },
    element("p", {}, element("strong", {}, `${severityWord(severity)}: `), sentence(message)),
    why && element("p", { class: "small" }, sentence(why)),
    fix ? element("button", { type: "button", class: "fix", onclick: () => mend(view, fix) }, fix.title) : help && element("p", { class: "small" }, sentence(help))));
}

/** @param {ExampleResult} example */
function exampleNote({ name, row, expected, came, differs = [] }) {
  const [first = ""] = came.split("\n");
  return new Note(JSON.stringify([name, row, expected, came]), () => element("div", { class: "cm-note failed" },
    element("p", {}, element("strong", {}, `✗ ${t("author.exampleFails")} `), differs.map(sentence).join(" ")),
    element("p", { class: "small" }, t("author.expected", { what: expected.replaceAll(/\s+/g, " ") })),
    element("p", { class: "small" }, t("author.came", { what: first }))));
}

/** A sign beside a line: its class, the letter that is seen, and what it means. */
class Sign extends GutterMarker {
  /**
   * @param {string} kind
   * @param {string} letter
   * @param {string} meaning
   */
  constructor(kind, letter, meaning) {
    super();
    this.kind = kind;
    this.letter = letter;
    this.meaning = meaning;
    this.elementClass = `cm-sign ${kind}`;
  }

  /** @param {Sign} other */
  eq(other) { return other.kind === this.kind && other.meaning === this.meaning; }

  toDOM() { return element("span", { title: this.meaning }, this.letter); }
}

const untried = () => new Sign("untried", "", t("author.untried"));

/**
 * The decorations and signs of what is known.
 * @param {EditorState["doc"]} doc
 * @param {Known} all
 * @returns {{ marks: DecorationSet, signs: RangeSet<GutterMarker>, tried: RangeSet<GutterMarker>, stale: boolean }}
 */
function drawn(doc, { findings, examples, coverage }) {
  /** @type {Range<Decoration>[]} */
  const marks = [];
  /** @type {Range<Sign>[]} */
  const signs = [];
  /** @param {number} line */
  const lineAt = (line) => doc.line(Math.min(Math.max(1, line), doc.lines));
  let notes = 0;
  for (const finding of findings) {
    const { from, to } = rangeOf(doc, finding.span);
    const line = doc.lineAt(from);
    // What is missing has no width; the character before it is underlined.
    const [start, end] = to > from ? [from, to] : [Math.max(line.from, from - 1), Math.min(line.to, from + 1)];
    if (end > start) marks.push(Decoration.mark({ class: `cm-finding ${finding.severity}` }).range(start, Math.min(end, doc.length)));
    marks.push(Decoration.line({ class: `cm-line-${finding.severity}` }).range(line.from));
    if (finding.severity === "note" || ++notes > MOST) continue;
    marks.push(Decoration.widget({ widget: findingNote(finding), block: true, side: 1 }).range(doc.lineAt(offsetOf(doc, finding.span.line, finding.span.column)).to));
  }
  let failed = 0;
  for (const example of examples) {
    const line = lineAt(example.span.line);
    const name = example.row ? `${example.name}: ${example.row.name}` : example.name;
    signs.push(new Sign(example.passed ? "passed" : "failed", example.passed ? "✓" : "✗", `${name}: ${t(example.passed ? "author.passes" : "author.fails")}`).range(line.from));
    if (example.passed || ++failed > MOST) continue;
    marks.push(Decoration.widget({ widget: exampleNote(example), block: true, side: 2 }).range(line.to));
  }
  /** @type {Map<number, Sign>} the first offset of each line, in any order */
  const ways = new Map();
  /** @param {{ line: number, endLine: number }} span @param {Sign} sign */
  const cover = ({ line: first, endLine }, sign) => { for (let line = first; line <= Math.min(endLine, doc.lines); line++) ways.set(lineAt(line).from, sign); };
  for (const { span, decided, won, steps = [] } of coverage?.statements ?? []) {
    const some = decided.yes || won;
    cover(span, !some ? untried() : decided.yes && decided.no ? new Sign("whole", "", t("author.tried")) : new Sign("partly", "", t("author.triedOneWay")));
    for (const step of steps) if (some && !step.advised) cover(step.span, untried());
  }
  const tried = [...ways].map(([from, sign]) => sign.range(from));
  return { marks: Decoration.set(marks, true), signs: RangeSet.of(signs, true), tried: RangeSet.of(tried, true), stale: false };
}

/** @returns {ReturnType<typeof drawn>} */
const nothing = () => ({ marks: Decoration.none, signs: RangeSet.empty, tried: RangeSet.empty, stale: false });

/** @type {import("../../tests/node_modules/@codemirror/state").StateField<ReturnType<typeof drawn>>} */
const field = StateField.define({
  create: nothing,
  update(value, { changes, docChanged, effects, newDoc }) {
    for (const effect of effects) if (effect.is(known)) return drawn(newDoc, effect.value);
    if (!docChanged) return value;
    return { marks: value.marks.map(changes), signs: value.signs.map(changes), tried: value.tried.map(changes), stale: true };
  },
  provide: (field) => EditorView.decorations.from(field, ({ marks }) => marks),
});

/** The decorations and the two gutters: how examples go, and what they try. */
export const notes = [
  field,
  gutter({ class: "cm-examples", markers: (view) => view.state.field(field).signs }),
  gutter({ class: "cm-tried", markers: (view) => view.state.field(field).tried }),
];
