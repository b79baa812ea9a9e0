//! Lists and answers of yes or no, which have no order.

use super::{Context, is_order};
use crate::book::value::Type;
use crate::rulebook::codes::Code;
use crate::rulebook::finding::Finding;
use crate::rulebook::tree::{Kind, Node};
use crate::rulebook::types::{Gives, said};

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

pub(super) fn lint(node: &Node, cx: &Context<'_>, found: &mut Vec<Finding>) {
    let Kind::Compare(comparison, left, right) = &node.kind else { return };
    let (a, b) = (cx.gives(left), cx.gives(right));
    if is_order(*comparison) && a == b && matches!(a, Gives::Value(Type::List | Type::Truth)) {
        found.push(Finding::error(NO_ORDER, node.span).with("kind", said(a)));
    }
}
