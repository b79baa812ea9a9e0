//! What a slip of the pen was meant to be, from the words around the place where Rhai stopped.
//!
//! Rhai names the word that it could not read. People who come from a spreadsheet, from another language or from plain English
//! stumble over the same few, and each of them has its way to be written here. What is not known here keeps Rhai's own finding;
//! nothing is guessed from further away than the words beside it.

use std::ops::Range;

use crate::calendar::units;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Edit, Span, codes};
use crate::language::reader::PackReader;
use crate::language::scan::TokenKind;
use crate::language::statements::bytes;
use crate::pack::touch::{BUILDERS, BY};

impl PackReader<'_> {
    /// The slip at this place of a clause, if it is a known one. `touches` is true where a clause says what to do.
    pub(super) fn slip(&self, range: &Range<usize>, at: usize, touches: bool) -> Option<Finding> {
        let before = at.checked_sub(1).filter(|before| range.contains(before));
        self.sign_of_elsewhere(range, at, before)
            .or_else(|| self.comma(range, at, before?, touches))
            .or_else(|| self.number(at, before))
            .or_else(|| self.builder_without_dot(at, before?, touches))
    }

    /// The stretch of these words and a finding about them.
    fn slipped(&self, places: Range<usize>, key: &'static str) -> (Span, Finding) {
        let span = self.span(&places);
        let written = self.source.get(bytes(&self.tokens, &places)).unwrap_or_default();
        (span, Finding::error(codes::SYNTAX, span).message(key).with("written", written))
    }

    fn instead(&self, places: Range<usize>, key: &'static str, text: &str) -> Finding {
        let (span, finding) = self.slipped(places, key);
        finding.with("meant", text).replace(span, text)
    }

    /// A sign or word that joins two values elsewhere.
    fn sign_of_elsewhere(&self, range: &Range<usize>, at: usize, before: Option<usize>) -> Option<Finding> {
        let word = self.word(at);
        let previous = before.map_or("", |before| self.word(before));
        let next = if at + 1 < range.end { self.word(at + 1) } else { "" };
        let small = word.to_lowercase();
        Some(match (previous, word, next) {
            ("<", ">", _) => self.instead(at - 1..at + 1, "slip-sign", "is not"),
            ("is", "not", "in") => self.instead(at - 1..at + 2, "slip-sign", "not in"),
            ("and" | "or", "is" | "in" | "==" | "!=" | "<" | "<=" | ">" | ">=", _) => {
                self.slipped(at..at + 1, "slip-nothing-before").1
            }
            (_, "at", "least") => self.instead(at..at + 2, "slip-sign", ">="),
            (_, "at", "most") => self.instead(at..at + 2, "slip-sign", "<="),
            (_, "more" | "greater" | "larger" | "longer", "than") => self.instead(at..at + 2, "slip-sign", ">"),
            (_, "less" | "fewer" | "smaller" | "shorter", "than") => self.instead(at..at + 2, "slip-sign", "<"),
            (_, "===" | "equals", _) => self.instead(at..at + 1, "slip-sign", "is"),
            (_, "!==", _) => self.instead(at..at + 1, "slip-sign", "is not"),
            (_, "between", _) => self.slipped(at..at + 1, "slip-between").1,
            (_, "contains" | "includes" | "like", _) => self.slipped(at..at + 1, "slip-contains").1,
            (_, "?", _) => self.slipped(at..at + 1, "slip-choice").1,
            (_, "null" | "nil" | "undefined", _) => self.instead(at..at + 1, "slip-unknown", "()"),
            (_, ".", "") => self.slipped(at..at + 1, "slip-dot").1,
            _ if small != word && matches!(small.as_str(), "and" | "or" | "not" | "is" | "in" | "if" | "else") => {
                self.instead(at..at + 1, "slip-small", &small)
            }
            _ if word == "for" && at == range.start => {
                let (span, finding) = self.slipped(at..at + 1, "slip-needless");
                finding.remove(span)
            }
            _ => return None,
        })
    }

    /// A comma where nothing is listed.
    fn comma(&self, range: &Range<usize>, at: usize, before: usize, touches: bool) -> Option<Finding> {
        if self.kind(at) != Some(TokenKind::Comma) {
            return None;
        }
        if self.kind(before) == Some(TokenKind::Number) && self.kind(at + 1) == Some(TokenKind::Number) {
            return Some(self.slipped(before..at + 2, "slip-number").1);
        }
        if self.opened(range, at).is_some() {
            return None;
        }
        if !touches {
            return Some(self.slipped(at..at + 1, "slip-join").1);
        }
        let whole = self.span(range);
        let begin = Span { end_line: whole.line, end_column: whole.column, ..whole };
        let edits = [(begin, "["), (whole.end(), "]")].map(|(span, text)| Edit { span, text: text.to_owned() });
        Some(self.slipped(at..at + 1, "slip-list").1.change("fix-list", edits.into()))
    }

    /// The bracket in which this place stands.
    pub(super) fn opened(&self, range: &Range<usize>, at: usize) -> Option<usize> {
        let mut closed = 0usize;
        (range.start..at).rev().find(|place| match self.kind(*place) {
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

    /// A number as a spreadsheet shows it, or with its unit apart.
    fn number(&self, at: usize, before: Option<usize>) -> Option<Finding> {
        let word = self.word(at);
        let before = before.filter(|before| self.kind(*before) == Some(TokenKind::Number));
        Some(match (before, word) {
            (Some(before), unit) if units::unit(unit).is_some() => {
                self.instead(before..at + 1, "slip-unit", &format!("{}.{unit}", self.word(before)))
            }
            (Some(before), "%") => self.slipped(before..at + 1, "slip-share").1,
            (_, "€" | "$" | "£") => {
                let (span, finding) = self.slipped(at..at + 1, "slip-money");
                finding.remove(span)
            }
            _ => return None,
        })
    }

    /// `phone within 4.hours`
    fn builder_without_dot(&self, at: usize, before: usize, touches: bool) -> Option<Finding> {
        let word = self.word(at);
        let known = BUILDERS.iter().any(|(name, _)| *name == word && *name != BY);
        let after_touch = matches!(self.kind(before), Some(TokenKind::Word | TokenKind::Close(')')));
        (touches && known && after_touch).then(|| self.slipped(at..at + 1, "slip-builder").1)
    }
}
