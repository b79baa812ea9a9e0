//! `hold` in a rule or cadence.

use crate::check::lints::{LintContext, is_hold};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::Node;
use crate::pack::statement_forms::ClausePurpose;

/// A rule cannot propose to hold
///
/// ## What it does
/// Reports when a rule or cadence proposes `hold`.
///
/// ## Why it matters
/// "Hold" is what comes out when something should be done but may not be. An example may expect it; a rule that wants nothing to
/// happen says `wait`, and a policy that forbids says `never`.
///
/// ## Example
/// ```rhai
/// rule "Quote is out: let them read"
///     when lead.quotes_open >= 1
///     then hold;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Quote is out: let them read"
///     when lead.quotes_open >= 1
///     then wait;
/// ```
pub(crate) const HOLD_IN_RULE: DiagnosticCode = DiagnosticCode::new("hold-in-rule");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    if is_hold(node) && matches!(cx.purpose(node), Some(ClausePurpose::Touches | ClausePurpose::Steps)) {
        found.push(Finding::error(HOLD_IN_RULE, node.span));
    }
}
