//! `hold` in a rule.

use super::{Context, is_hold};
use crate::rulebook::check::Purpose;
use crate::rulebook::codes::Code;
use crate::rulebook::finding::Finding;
use crate::rulebook::tree::Node;

/// A rule cannot propose to hold
///
/// ## What it does
/// Tells when a rule or cadence says `hold`.
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
pub(crate) const HOLD_IN_RULE: Code = Code::new("hold-in-rule");

pub(super) fn lint(node: &Node, cx: &Context<'_>, found: &mut Vec<Finding>) {
    if is_hold(node) && matches!(cx.purpose(node), Some(Purpose::Touches | Purpose::Steps)) {
        found.push(Finding::error(HOLD_IN_RULE, node.span));
    }
}
