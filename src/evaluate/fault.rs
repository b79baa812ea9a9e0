//! A statement that could not be evaluated for one lead. It never stops the others.

use serde::Serialize;

use crate::diagnostics::{EvaluationError, Span};
use crate::pack::Pack;
use crate::pack::rule_ref::{RuleRef, rule_ref};

/// A rule that could not be evaluated for this lead.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// The rule.
    pub rule: RuleRef,
    /// What went wrong, as one sentence.
    pub message: String,
    /// Where in the pack.
    pub span: Span,
}

/// A problem as a fault of the statement with this name.
pub fn fault(pack: &Pack, name: &str, span: Span, problem: EvaluationError) -> Fault {
    Fault { rule: rule_ref(pack, name, span), message: problem.sentence.english(), span: problem.span }
}
