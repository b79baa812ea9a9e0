// The rules as text: CodeMirror with the grammar, what the engine found, how the examples go, completion, explanations and formatting.
//
// Each pack has a state of its own, with its own undo: going to another pack and back, a fix, or "undo my changes" can all be taken back.

import { byId, element } from "../element.js";
import {
  Compartment, EditorSelection, EditorState, EditorView, acceptCompletion, autocompletion, completionKeymap, defaultKeymap, drawSelection, foldKeymap,
  highlightActiveLine, highlightActiveLineGutter, highlightSelectionMatches, highlightSpecialChars, history, historyKeymap, hoverTooltip, isolateHistory, keymap,
  lineNumbers, redo, search, searchKeymap, undo,
} from "../vendor/codemirror.js";
import { onLanguage, t } from "../wording/index.js";
import { cadans } from "./language.js";
import { known, mend, notes } from "./notes.js";
import { changeBetween, rangeOf } from "./places.js";

/** @import { Diagnostic, Span } from "../lib/cadans.js" */
/** @import { Completion, Hover } from "../lib/editing.js" */
/** @import { Known } from "./notes.js" */

/**
 * What the editor asks of those who know the language; each answers `undefined` when it has nothing to say.
 * @typedef {object} Services
 * @property {(file: string, at: number) => Promise<Completion[] | undefined>} complete
 * @property {(file: string, at: number) => Promise<Hover | undefined>} hover
 * @property {(text: string) => Promise<string | undefined>} format the text in the canonical layout
 */

/** @type {Known} */
const NOTHING = { findings: [], examples: [], coverage: undefined };

/** @type {Partial<Record<Completion["kind"], string>>} the kinds of CodeMirror that have a sign */
const KINDS = { statement: "keyword", clause: "keyword", keyword: "keyword", ownFact: "property", fact: "property", setting: "constant", constant: "constant", function: "function", builder: "method", method: "method", variable: "variable", type: "type" };

/** CodeMirror's own words. */
const phrases = () => EditorState.phrases.of({
  Find: t("author.find"), Replace: t("author.replaceWith"), next: t("author.next"), previous: t("author.previous"), all: t("author.all"),
  "match case": t("author.matchCase"), regexp: t("author.pattern"), "by word": t("author.byWord"), replace: t("author.replace"), "replace all": t("author.replaceAll"),
  close: t("author.close"), "Fold line": t("author.fold"), "Unfold line": t("author.unfold"), Completions: t("author.completions"),
});

/**
 * The editor. Calls `changed` with the file after each change of a text.
 * @param {(file: string) => void} changed
 * @param {Services} services
 */
export function editor(changed, services) {
  const host = byId("editor", HTMLElement);
  let file = "";
  /** The states of the packs that are not on the screen, by file. @type {Map<string, EditorState>} */
  const states = new Map();
  /** @type {Map<string, Known>} */
  const knowledge = new Map();
  const words = new Compartment();

  const about = () => [phrases(), EditorView.contentAttributes.of({ id: "text", "aria-label": t("author.text"), "aria-describedby": "findings-count", spellcheck: "false", tabindex: "0", lang: "en" })];

  /** @type {import("../../tests/node_modules/@codemirror/view").KeyBinding[]} */
  const keys = [
    { key: "Shift-Alt-f", preventDefault: true, run: () => { void format(); return true; } },
    { key: "Mod-.", run: () => fixHere() },
    { key: "F8", run: () => { step(1); return true; }, shift: () => { step(-1); return true; } },
    // Tab leaves the editor, unless a completion is to be taken: the keyboard is never caught.
    { key: "Tab", run: acceptCompletion },
  ];

  /**
   * A letter typed over a selection. Left to the browser, Chromium keeps the look of what was there in a style attribute, which the policy of the page refuses.
   * @param {InputEvent} event
   * @param {EditorView} target
   */
  function typeOver(event, target) {
    const { inputType, data, isComposing } = event;
    if (inputType !== "insertText" || data === null || isComposing || target.state.selection.ranges.every(({ empty }) => empty)) return false;
    target.dispatch(target.state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true });
    return true;
  }

  const extensions = [
    EditorView.domEventHandlers({ beforeinput: typeOver }),
    keymap.of([...keys, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...defaultKeymap]),
    lineNumbers(), highlightActiveLineGutter(), highlightActiveLine(), highlightSpecialChars(), highlightSelectionMatches(), history(), drawSelection(),
    search({ top: true }), EditorView.lineWrapping, EditorState.allowMultipleSelections.of(true), cadans, notes, words.of(about()),
    autocompletion({ override: [complete], icons: false, activateOnTypingDelay: 250 }),
    hoverTooltip(explain, { hoverTime: 400 }),
    EditorView.updateListener.of(({ docChanged }) => { if (docChanged) changed(file); }),
  ];

  /** @param {string} text */
  const create = (text) => EditorState.create({ doc: text, extensions });
  const view = new EditorView({ parent: host, state: create("") });
  onLanguage(() => view.dispatch({ effects: words.reconfigure(about()) }));

  /** @param {{ state: EditorState, pos: number, explicit: boolean }} context */
  async function complete({ state, pos, explicit }) {
    const line = state.doc.lineAt(pos);
    if (!explicit && !/[\w.]$/.test(line.text.slice(0, pos - line.from))) return null;
    const found = await services.complete(file, pos);
    const [first] = found ?? [];
    if (!found || !first) return null;
    return {
      from: first.range.start.offset, to: first.range.end.offset, validFor: /^\w*$/,
      options: found.map(({ label, kind, detail, documentation, insert, caret, rank }) => ({
        label, detail, boost: -Math.min(99, rank), type: KINDS[kind] ?? "text",
        ...(documentation && { info: () => element("p", {}, documentation) }),
        apply: (/** @type {EditorView} */ target, /** @type {unknown} */ _, /** @type {number} */ from, /** @type {number} */ to) => target.dispatch({
          changes: { from, to, insert }, selection: { anchor: from + Array.from(insert).slice(0, caret).join("").length }, userEvent: "input.complete",
        }),
      })),
    };
  }

  /** @param {EditorView} _ @param {number} at */
  async function explain(_, at) {
    const told = await services.hover(file, at);
    if (!told) return null;
    const { range, signature, documentation } = told;
    return {
      pos: range.start.offset, end: range.end.offset, above: true,
      create: () => ({ dom: element("div", { class: "cm-explained" }, element("code", {}, signature), documentation && element("p", {}, documentation)) }),
    };
  }

  async function format() {
    const [before, of] = [view.state, file];
    const text = await services.format(before.doc.toString());
    // Whoever typed on meanwhile is not interrupted.
    if (text === undefined || of !== file || view.state.doc !== before.doc) return;
    replace(text);
  }

  /** The findings with their places now, in text order. */
  const places = () => (knowledge.get(file) ?? NOTHING).findings.map((finding) => ({ finding, ...rangeOf(view.state.doc, finding.span) })).sort((a, b) => a.from - b.from);

  /** Makes the fix of the line with the caret. */
  function fixHere() {
    const { from, to } = view.state.doc.lineAt(view.state.selection.main.head);
    const fix = places().find((place) => place.finding.fix && place.from <= to && place.to >= from)?.finding.fix;
    if (fix) mend(view, fix);
    return fix !== undefined;
  }

  /** Goes to the next finding, or back to the one before. @param {1 | -1} direction */
  function step(direction) {
    const all = places();
    const { from: here } = view.state.selection.main;
    const next = direction > 0 ? all.find(({ from }) => from > here) ?? all[0] : all.findLast(({ from }) => from < here) ?? all.at(-1);
    if (next) go(next.from, next.to);
  }

  /** @param {number} from @param {number} to */
  function go(from, to) {
    view.dispatch({ selection: EditorSelection.single(from, to), effects: EditorView.scrollIntoView(from, { y: "center" }) });
    view.focus();
  }

  /** Replaces the text on the screen as one step that undo takes back. @param {string} text */
  function replace(text) {
    view.dispatch({ changes: changeBetween(view.state.doc.toString(), text), annotations: isolateHistory.of("full"), userEvent: "input.replace" });
  }

  return {
    /**
     * Shows a pack: as it was left here, or for the first time with this text.
     * @param {string} next
     * @param {string} text
     */
    open(next, text) {
      if (next === file) return;
      if (file) states.set(file, view.state);
      file = next;
      view.setState(states.get(next) ?? create(text));
      // A state that was put away may be of the other language.
      view.dispatch({ effects: [known.of(knowledge.get(next) ?? NOTHING), words.reconfigure(about())] });
    },
    /**
     * Gives a pack another text, as a step that undo takes back.
     * @param {string} of
     * @param {string} text
     */
    set(of, text) {
      if (of === file) return replace(text);
      const state = states.get(of);
      if (state) states.set(of, state.update({ changes: changeBetween(state.doc.toString(), text), annotations: isolateHistory.of("full") }).state);
    },
    /** Forgets all packs: other ones take their place. */
    forget() {
      states.clear();
      knowledge.clear();
      file = "";
    },
    /** The text of a pack as it is now; `undefined` where it was never shown. @param {string} of */
    text: (of) => (of === file ? view.state : states.get(of))?.doc.toString(),
    /** Puts the caret on a stretch of the text. @param {Span} span */
    select(span) {
      const { from, to } = rangeOf(view.state.doc, span);
      go(from, to);
    },
    /** Puts the caret on a stretch of the text, by its offsets. @param {number} from @param {number} to */
    go(from, to) { const { length } = view.state.doc; go(Math.min(from, length), Math.min(to, length)); },
    /** Makes a fix of the pack on the screen. @param {NonNullable<Diagnostic["fix"]>} fix */
    mend: (fix) => mend(view, fix),
    /**
     * Tells what is known of a pack with this text. What is known of a text that has changed since is not shown: the next answer is on its way.
     * @param {string} of
     * @param {string} text
     * @param {Partial<Known>} news
     */
    tell(of, text, news) {
      const here = (of === file ? view.state : states.get(of))?.doc.toString();
      if (here !== undefined && here !== text) return false;
      knowledge.set(of, { ...(knowledge.get(of) ?? NOTHING), ...news });
      if (of === file) view.dispatch({ effects: known.of(knowledge.get(of) ?? NOTHING) });
      return true;
    },
    format,
    undo: () => undo(view),
    redo: () => redo(view),
    focus: () => view.focus(),
  };
}
