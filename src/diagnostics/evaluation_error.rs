//! What goes wrong while a clause runs for one lead.

use crate::diagnostics::Span;
use crate::wording::Sentence;

/// Why a clause has no answer for one lead: an unknown value where one is needed, an overflow, a limit ...
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvaluationError {
    /// What went wrong.
    pub sentence: Sentence,
    /// Where in the rule file.
    pub span: Span,
}
