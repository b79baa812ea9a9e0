//! A range in which nothing can be.

use crate::check::lints::Context;
use crate::diagnostics::codes::Code;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Kind, Node};

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
pub(crate) const EMPTY_RANGE: Code = Code::new("empty-range");

pub(crate) fn lint(node: &Node, _: &Context<'_>, found: &mut Vec<Finding>) {
    let Kind::InRange(_, first, last, inclusive) = node.kind else { return };
    if first > last || (first == last && !inclusive) {
        found.push(Finding::warning(EMPTY_RANGE, node.span));
    }
}
