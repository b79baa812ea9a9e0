//! A statement that could not be evaluated for one lead. It never stops the others.

use serde::Serialize;

use crate::diagnostics::{EvaluationError, EvaluationErrorCode, Span};
use crate::pack::rule_ref::RuleRef;
use crate::wording::{Language, Sentence};

/// A statement that could not be evaluated for one lead, in English unless asked [otherwise](Self::in_language).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// The statement.
    pub rule: RuleRef,
    /// The kind of error.
    pub code: EvaluationErrorCode,
    /// What went wrong, as one sentence without a full stop.
    pub message: String,
    /// Where in the rule file.
    pub span: Span,
    #[serde(skip)]
    sentence: Sentence,
}

impl Fault {
    /// An error of this statement.
    pub fn new(rule: RuleRef, error: EvaluationError) -> Self {
        let EvaluationError { code, sentence, span } = error;
        Self { rule, code, message: sentence.english(), span, sentence }
    }

    /// This fault with its message in a language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Self {
        Self { message: self.sentence.render(language), ..self.clone() }
    }
}
