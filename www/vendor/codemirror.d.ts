// The types of codemirror.js: those of the packages that it is made of (xtask/vendor/codemirror.js).

import type { LRParser } from "../../tests/node_modules/@lezer/lr";

export { Compartment, EditorSelection, EditorState, RangeSet, StateEffect, StateField, Transaction } from "../../tests/node_modules/@codemirror/state";
export {
  Decoration, EditorView, GutterMarker, WidgetType, drawSelection, gutter, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars,
  hoverTooltip, keymap, lineNumbers,
} from "../../tests/node_modules/@codemirror/view";
export {
  HighlightStyle, LRLanguage, LanguageSupport, bracketMatching, foldGutter, foldKeymap, foldNodeProp, indentOnInput, indentUnit, syntaxHighlighting,
} from "../../tests/node_modules/@codemirror/language";
export { defaultKeymap, history, historyKeymap, isolateHistory, redo, undo } from "../../tests/node_modules/@codemirror/commands";
export { acceptCompletion, autocompletion, completionKeymap, startCompletion } from "../../tests/node_modules/@codemirror/autocomplete";
export { highlightSelectionMatches, search, searchKeymap } from "../../tests/node_modules/@codemirror/search";
export { styleTags, tags } from "../../tests/node_modules/@lezer/highlight";
export const parser: LRParser;
