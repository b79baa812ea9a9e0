//! What is wrong with a rule file, as plain data.
//!
//! A diagnostic says what, why and what to do. Its code is born where the fault is found and never parsed back out of
//! prose; faces (command, page, editor) only show it. It can be said in every [`Language`], because it keeps the
//! [`Finding`] that it was made from.

use std::ops::Range;

use serde::Serialize;

use crate::diagnostics::Span;
use crate::diagnostics::finding::Finding;
use crate::order;
use crate::wording::Language;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The statement it stands in is left out; the rest of the pack goes on.
    Error,
    /// The statement works, but perhaps not as its writer thinks.
    Warning,
    /// Good to know.
    Note,
}

/// One finding in a pack, in English unless asked [otherwise](Self::in_language).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable name of the kind of finding, in kebab case: `unknown-fact`, `missing-then` ... Each has a page in
    /// `docs/diagnostics`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence, without a full stop.
    pub message: String,
    /// Why that is a problem; may be empty where the message says it all.
    pub why: String,
    /// What to do about it.
    pub help: String,
    /// Name of the pack's file.
    pub file: String,
    /// Where.
    pub span: Span,
    /// Other places that it is about, such as the first of two statements with one name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// A change of the text that mends it, where one is safe.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    #[serde(skip)]
    finding: Box<Finding>,
}

/// Another place that a diagnostic is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Related {
    /// Name of its file.
    pub file: String,
    /// Where.
    pub span: Span,
    /// What stands there, in a few words.
    pub message: String,
}

/// A change of the text of a pack. Whoever looks at it decides whether it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What it does, in a few words.
    pub title: String,
    /// The changes, in text order; none lies within another.
    pub edits: Vec<Edit>,
}

/// One stretch of the text and what comes in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// What is taken out; empty where something is only put in.
    pub span: Span,
    /// What comes in its place.
    pub text: String,
}

impl Diagnostic {
    /// The same in another language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Self {
        self.finding.said(&self.file, language)
    }

    /// A finding of this file in words. `finding` is what the words were made from.
    pub(crate) fn new(finding: Finding, file: &str, words: [String; 3]) -> Self {
        let [message, why, help] = words;
        Self {
            code: finding.code.word(),
            severity: finding.severity,
            message,
            why,
            help,
            file: file.to_owned(),
            span: finding.span,
            related: Vec::new(),
            fix: None,
            finding: Box::new(finding),
        }
    }
}

impl Fix {
    /// The text with the change made; `None` when the text is not the one that the fix was made for.
    pub fn apply(&self, text: &str) -> Option<String> {
        let places: Option<Vec<(Range<usize>, &str)>> =
            self.edits.iter().map(|edit| Some((edit.span.bytes(text)?, edit.text.as_str()))).collect();
        let mut places = places?;
        order::by_key(&mut places, |(place, _)| std::cmp::Reverse(place.start));
        let mut changed = text.to_owned();
        for (place, instead) in places {
            changed.replace_range(place, instead);
        }
        Some(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_count_letters_and_not_bytes() {
        let at = |column, end_column, text: &str| Edit {
            span: Span { line: 2, column, end_line: 2, end_column },
            text: text.to_owned(),
        };
        let fix = Fix { title: String::new(), edits: vec![at(1, 4, "één"), at(5, 5, "!")] };
        assert_eq!(fix.apply("é\nöön a").as_deref(), Some("é\néén !a"));
        assert_eq!(fix.apply("é"), None);
    }
}
