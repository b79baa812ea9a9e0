// What the page uses of CodeMirror, in one file: www/vendor/codemirror.js. www/vendor/codemirror.d.ts names the same.

export { Compartment, EditorSelection, EditorState, RangeSet, StateEffect, StateField, Transaction } from "@codemirror/state";
export {
  Decoration, EditorView, GutterMarker, WidgetType, drawSelection, gutter, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars,
  hoverTooltip, keymap, lineNumbers,
} from "@codemirror/view";
export {
  HighlightStyle, LRLanguage, LanguageSupport, bracketMatching, foldGutter, foldKeymap, foldNodeProp, indentOnInput, indentUnit, syntaxHighlighting,
} from "@codemirror/language";
export { defaultKeymap, history, historyKeymap, isolateHistory, redo, undo } from "@codemirror/commands";
export { acceptCompletion, autocompletion, completionKeymap, startCompletion } from "@codemirror/autocomplete";
export { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
export { styleTags, tags } from "@lezer/highlight";
// Made from www/editor/cadans.grammar.
export { parser } from "cadans-grammar";
