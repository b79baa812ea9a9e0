//! Ordering comparisons of lists and truths, which have no order.

use crate::book::value::Type;
use crate::check::lints::{LintContext, is_ordering};
use crate::check::types::{NodeType, type_argument};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};

/// What has no order is compared with < or >
///
/// ## What it does
/// Reports when two lists, or two answers of yes or no, are compared with `<`, `<=`, `>` or `>=`.
///
/// ## Why it matters
/// Of two lists neither is the larger, so the rule fails for every lead.
///
/// ## Example
/// ```rhai
/// rule "Somebody is missing"
///     when lead.roles_missing > ["buyer"]
///     then find("buyer");
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Somebody is missing"
///     when "buyer" in lead.roles_missing
///     then find("buyer");
/// ```
pub(crate) const NO_ORDER: DiagnosticCode = DiagnosticCode::new("no-order");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    let NodeKind::Compare(comparison, left, right) = &node.kind else { return };
    let (a, b) = (cx.type_of(left), cx.type_of(right));
    if is_ordering(*comparison) && a == b && matches!(a, NodeType::Value(Type::List | Type::Truth)) {
        found.push(Finding::error(NO_ORDER, node.span).with("kind", type_argument(a)));
    }
}
