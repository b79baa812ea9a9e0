//! Hints for common syntax errors, from the tokens around the position where Rhai's parser stopped.
//!
//! People who know spreadsheets, another programming language or only English make the same few errors. Each has its own message here,
//! with a fix where one is safe. Any other error keeps the finding made from Rhai's own; only the adjacent tokens are considered.

use std::ops::Range;

use crate::calendar::units;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Edit, Span, codes};
use crate::language::reader::PackReader;
use crate::language::scan::TokenKind;
use crate::language::statements::byte_range;
use crate::pack::touch::{BUILDERS, BY};

impl PackReader<'_> {
    /// The finding for a known error at token `at` of the clause `range`; `None` when it is not a known one. `touches` is true for a clause
    /// that proposes touches.
    pub(super) fn typo_hint(&self, range: &Range<usize>, at: usize, touches: bool) -> Option<Finding> {
        let before = at.checked_sub(1).filter(|before| range.contains(before));
        self.foreign_operator(range, at, before)
            .or_else(|| self.stray_comma(range, at, before?, touches))
            .or_else(|| self.number_format(at, before))
            .or_else(|| self.builder_without_dot(at, before?, touches))
    }

    /// The span of these tokens and a syntax error about them, with the message `key`.
    fn syntax_finding(&self, tokens: Range<usize>, key: &'static str) -> (Span, Finding) {
        let span = self.span_of(&tokens);
        let written = self.source.get(byte_range(&self.tokens, &tokens)).unwrap_or_default();
        (span, Finding::error(codes::SYNTAX, span).message(key).with("written", written))
    }

    /// A syntax error about these tokens, with a fix that replaces them by `text`.
    fn replacement(&self, tokens: Range<usize>, key: &'static str, text: &str) -> Finding {
        let (span, finding) = self.syntax_finding(tokens, key);
        finding.with("meant", text).replace(span, text)
    }

    /// An operator of another language, or an English comparison.
    fn foreign_operator(&self, range: &Range<usize>, at: usize, before: Option<usize>) -> Option<Finding> {
        let word = self.text_at(at);
        let previous = before.map_or("", |before| self.text_at(before));
        let next = if at + 1 < range.end { self.text_at(at + 1) } else { "" };
        let lower = word.to_lowercase();
        Some(match (previous, word, next) {
            ("<", ">", _) => self.replacement(at - 1..at + 1, "hint-sign", "is not"),
            ("is", "not", "in") => self.replacement(at - 1..at + 2, "hint-sign", "not in"),
            ("and" | "or", "is" | "in" | "==" | "!=" | "<" | "<=" | ">" | ">=", _) => {
                self.syntax_finding(at..at + 1, "hint-nothing-before").1
            }
            (_, "at", "least") => self.replacement(at..at + 2, "hint-sign", ">="),
            (_, "at", "most") => self.replacement(at..at + 2, "hint-sign", "<="),
            (_, "more" | "greater" | "larger" | "longer", "than") => self.replacement(at..at + 2, "hint-sign", ">"),
            (_, "less" | "fewer" | "smaller" | "shorter", "than") => self.replacement(at..at + 2, "hint-sign", "<"),
            (_, "===" | "equals", _) => self.replacement(at..at + 1, "hint-sign", "is"),
            (_, "!==", _) => self.replacement(at..at + 1, "hint-sign", "is not"),
            (_, "between", _) => self.syntax_finding(at..at + 1, "hint-between").1,
            (_, "contains" | "includes" | "like", _) => self.syntax_finding(at..at + 1, "hint-contains").1,
            (_, "?", _) => self.syntax_finding(at..at + 1, "hint-choice").1,
            (_, "null" | "nil" | "undefined", _) => self.replacement(at..at + 1, "hint-unknown", "()"),
            (_, ".", "") => self.syntax_finding(at..at + 1, "hint-dot").1,
            _ if lower != word && matches!(lower.as_str(), "and" | "or" | "not" | "is" | "in" | "if" | "else") => {
                self.replacement(at..at + 1, "hint-small", &lower)
            }
            _ if word == "for" && at == range.start => {
                let (span, finding) = self.syntax_finding(at..at + 1, "hint-needless");
                finding.remove(span)
            }
            _ => return None,
        })
    }

    /// A comma outside lists and calls.
    fn stray_comma(&self, range: &Range<usize>, at: usize, before: usize, touches: bool) -> Option<Finding> {
        if self.kind_at(at) != Some(TokenKind::Comma) {
            return None;
        }
        if self.kind_at(before) == Some(TokenKind::Number) && self.kind_at(at + 1) == Some(TokenKind::Number) {
            let (thousands, rest) = (self.text_at(before), self.text_at(at + 1));
            let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            // Three digits after it are thousands; any other number of them are decimals.
            return Some(if rest.len() == 3 && are_digits(thousands) && are_digits(rest) {
                self.replacement(before..at + 2, "hint-thousands", &format!("{thousands}{rest}"))
            } else {
                self.syntax_finding(before..at + 2, "hint-number").1
            });
        }
        if self.enclosing_bracket(range, at).is_some() {
            return None;
        }
        if !touches {
            return Some(self.syntax_finding(at..at + 1, "hint-join").1);
        }
        let whole = self.span_of(range);
        let begin = Span { end_line: whole.line, end_column: whole.column, ..whole };
        let edits = [(begin, "["), (whole.end(), "]")].map(|(span, text)| Edit { span, text: text.to_owned() });
        Some(self.syntax_finding(at..at + 1, "hint-list").1.change("fix-list", edits.into()))
    }

    /// The index of the innermost bracket of the clause that is open at token `at`; `None` outside brackets.
    pub(super) fn enclosing_bracket(&self, range: &Range<usize>, at: usize) -> Option<usize> {
        let mut closed = 0usize;
        (range.start..at).rev().find(|index| match self.kind_at(*index) {
            Some(TokenKind::Close(_)) => {
                closed += 1;
                false
            }
            Some(TokenKind::Open(_)) => {
                let here = closed == 0;
                closed = closed.saturating_sub(1);
                here
            }
            _ => false,
        })
    }

    /// A number with a percent or currency sign, or separated from its unit: `7 days`.
    fn number_format(&self, at: usize, before: Option<usize>) -> Option<Finding> {
        let word = self.text_at(at);
        let before = before.filter(|before| self.kind_at(*before) == Some(TokenKind::Number));
        Some(match (before, word) {
            (Some(before), unit) if units::unit(unit).is_some() => {
                self.replacement(before..at + 1, "hint-unit", &format!("{}.{unit}", self.text_at(before)))
            }
            (Some(before), "%") => self.syntax_finding(before..at + 1, "hint-share").1,
            (_, "€" | "$" | "£") => {
                let (span, finding) = self.syntax_finding(at..at + 1, "hint-money");
                finding.remove(span)
            }
            _ => return None,
        })
    }

    /// A builder method without its dot: `phone within 4.hours`.
    fn builder_without_dot(&self, at: usize, before: usize, touches: bool) -> Option<Finding> {
        let word = self.text_at(at);
        let known = BUILDERS.iter().any(|(name, _)| *name == word && *name != BY);
        let after_touch = matches!(self.kind_at(before), Some(TokenKind::Word | TokenKind::Close(')')));
        (touches && known && after_touch).then(|| self.syntax_finding(at..at + 1, "hint-builder").1)
    }
}
