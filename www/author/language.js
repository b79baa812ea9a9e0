// The rule language for the editor: the grammar with its colours, folding and indentation.

import {
  HighlightStyle, LRLanguage, LanguageSupport, bracketMatching, foldGutter, foldNodeProp, indentOnInput, indentUnit, parser, styleTags, syntaxHighlighting, tags,
} from "../vendor/codemirror.js";

const language = LRLanguage.define({
  name: "cadans",
  parser: parser.configure({
    props: [
      styleTags({
        StatementWord: tags.definitionKeyword, ClauseWord: tags.keyword, "Operator Keyword": tags.operatorKeyword, Boolean: tags.bool, Number: tags.number,
        "String RawString Char Template": tags.string, "LineComment BlockComment": tags.comment, PropertyName: tags.propertyName, Sign: tags.operator,
      }),
      // A statement is folded after its first line, a comment of several lines too.
      foldNodeProp.add({
        "Statement BlockComment": (node, state) => {
          const { to } = state.doc.lineAt(node.from);
          return to < node.to ? { from: to, to: node.to } : null;
        },
      }),
    ],
  }),
  languageData: { commentTokens: { line: "//", block: { open: "/*", close: "*/" } }, closeBrackets: { brackets: ["(", "[", "{", '"'] } },
});

// The colours are in author.css.
const colours = HighlightStyle.define([
  { tag: tags.definitionKeyword, class: "rule-statement" },
  { tag: tags.keyword, class: "rule-clause" },
  { tag: [tags.operatorKeyword, tags.bool], class: "rule-word" },
  { tag: tags.number, class: "rule-number" },
  { tag: tags.string, class: "rule-text" },
  { tag: tags.comment, class: "rule-comment" },
]);

/** What an editor of rules needs to know of the language. */
export const cadans = [new LanguageSupport(language), syntaxHighlighting(colours), bracketMatching(), foldGutter(), indentOnInput(), indentUnit.of("    ")];
