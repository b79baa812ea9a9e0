//! What is wrong with a rule file, as plain data.
//!
//! A diagnostic says what, why and what to do. Its code is born where the fault is found and never parsed back out of
//! prose; faces (command, page, editor) only show it. It can be rendered in every [`Language`], because it keeps the
//! [`Finding`] that it was rendered from.

use std::ops::Range;

use serde::Serialize;

use crate::diagnostics::Span;
use crate::diagnostics::codes;
use crate::diagnostics::finding::Finding;
use crate::order;
use crate::wording::Language;

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The statement is left out of the pack; the other statements are read.
    Error,
    /// The statement is used, but may not do what its author meant.
    Warning,
    /// Information only.
    Note,
}

/// One finding in a pack, rendered; in English unless [rendered in another language](Self::in_language).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable name of the kind of finding, in kebab case: `unknown-fact`, `missing-then` ... Each has a page in
    /// `docs/diagnostics`.
    pub code: &'static str,
    /// How serious it is.
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
    /// Other spans that it is about, such as the first of two statements with one name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// A change of the text that solves it, where one is safe.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// What it was rendered from.
    #[serde(skip)]
    finding: Box<Finding>,
}

/// Another span that a diagnostic is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Related {
    /// Name of its file.
    pub file: String,
    /// Where.
    pub span: Span,
    /// What this span is, in a few words.
    pub message: String,
}

/// A change of the text of a pack, to be applied or not by whoever shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What it does, in a few words.
    pub title: String,
    /// The changes, in text order; they do not overlap.
    pub edits: Vec<Edit>,
}

/// One replacement in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The text that is replaced; empty for an insertion.
    pub span: Span,
    /// The new text.
    pub text: String,
}

impl Diagnostic {
    /// This diagnostic in another language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Self {
        self.finding.render_in(&self.file, language)
    }

    /// Whether it is about a rule file that the layers of a rulebook name and do not take: another text than the one that was accepted, or none.
    pub fn is_of_file_left_out(&self) -> bool {
        [codes::REFUSED_FILE, codes::MISSING_FILE].iter().any(|code| code.word() == self.code)
    }

    /// The diagnostic of `finding` in this file. `texts` are its message, reason and advice, rendered.
    pub(crate) fn new(finding: Finding, file: &str, texts: [String; 3]) -> Self {
        let [message, why, help] = texts;
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
    /// The text with the fix applied; `None` when a span lies outside the text.
    pub fn apply(&self, text: &str) -> Option<String> {
        let edits: Option<Vec<(Range<usize>, &str)>> =
            self.edits.iter().map(|edit| Some((edit.span.bytes(text)?, edit.text.as_str()))).collect();
        let mut edits = edits?;
        order::sort_by_key(&mut edits, |(range, _)| std::cmp::Reverse(range.start));
        let mut changed = text.to_owned();
        for (range, replacement) in edits {
            changed.replace_range(range, replacement);
        }
        Some(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_edits_count_characters_and_not_bytes() {
        let at = |column, end_column, text: &str| Edit {
            span: Span { line: 2, column, end_line: 2, end_column },
            text: text.to_owned(),
        };
        let fix = Fix { title: String::new(), edits: vec![at(1, 4, "één"), at(5, 5, "!")] };
        assert_eq!(fix.apply("é\nöön a").as_deref(), Some("é\néén !a"));
        assert_eq!(fix.apply("é"), None);
    }
}
