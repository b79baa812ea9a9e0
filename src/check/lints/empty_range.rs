//! Ranges that contain no number.

use crate::check::lints::LintContext;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};

/// A range that ends before it begins
///
/// ## What it does
/// Warns when no count can be in a range, because its end comes before its beginning.
///
/// ## Why it matters
/// The condition is false whatever the lead, so that the rule would never hold.
///
/// ## Example
/// ```rhai
/// rule "Looked a few times"
///     when lead.visits(7.days) in 5..=2
///     then email;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Looked a few times"
///     when lead.visits(7.days) in 2..=5
///     then email;
/// ```
pub(crate) const EMPTY_RANGE: DiagnosticCode = DiagnosticCode::new("empty-range");

pub(crate) fn lint(node: &Node, _: &LintContext<'_>, found: &mut Vec<Finding>) {
    let NodeKind::InRange(_, first, last, inclusive) = node.kind else { return };
    if first > last || (first == last && !inclusive) {
        found.push(Finding::warning(EMPTY_RANGE, node.span));
    }
}
