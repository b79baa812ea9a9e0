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
