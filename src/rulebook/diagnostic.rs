//! What is wrong with a rule file, as plain data.
//!
//! A diagnostic says what, why and what to do. Its code is born where the fault is found and never parsed back out of
//! prose; faces (command, page, editor) only show it.

use serde::Serialize;

use super::span::Span;

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

/// One finding in a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable name of the kind of finding, in kebab case: `unknown-fact`, `missing-then` ...
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
}

impl Diagnostic {
    /// An error. `why`, `help` and the file are added by the methods and by the reader of the file.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            why: String::new(),
            help: String::new(),
            file: String::new(),
            span,
        }
    }

    /// A warning.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// A note.
    pub fn note(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, span, message) }
    }

    /// The same, with the reason why it is a problem.
    #[must_use]
    pub fn why(self, why: impl Into<String>) -> Self {
        Self { why: why.into(), ..self }
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: help.into(), ..self }
    }
}
