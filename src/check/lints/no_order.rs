//! Lists and answers of yes or no, which have no order.

use crate::book::value::Type;
use crate::check::lints::{Context, is_order};
use crate::check::types::{Gives, said};
use crate::diagnostics::codes::Code;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Kind, Node};

/// What has no order is compared with < or >
///
/// ## What it does
/// Tells when two lists, or two answers of yes or no, are compared with `<`, `<=`, `>` or `>=`.
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
pub(crate) const NO_ORDER: Code = Code::new("no-order");

pub(crate) fn lint(node: &Node, cx: &Context<'_>, found: &mut Vec<Finding>) {
    let Kind::Compare(comparison, left, right) = &node.kind else { return };
    let (a, b) = (cx.gives(left), cx.gives(right));
    if is_order(*comparison) && a == b && matches!(a, Gives::Value(Type::List | Type::Truth)) {
        found.push(Finding::error(NO_ORDER, node.span).with("kind", said(a)));
    }
}
