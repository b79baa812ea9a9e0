//! Declared facts used as a condition by themselves.

use crate::book::value::Type;
use crate::check::lints::LintContext;
use crate::check::types::NodeType;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};

/// A fact of your own stands alone in a condition
///
/// ## What it does
/// Warns when a fact that you declared as a truth stands by itself in a condition.
///
/// ## Why it matters
/// Not every lead has it. For a lead without it the condition is neither true nor false, and the rule is reported as failed for that lead.
///
/// ## Example
/// ```rhai
/// fact vip as truth because "On the list of the director";
/// rule "Look after the list"
///     when lead.vip
///     then phone.to("decider");
/// ```
///
/// ## Do instead
/// ```rhai
/// fact vip as truth because "On the list of the director";
/// rule "Look after the list"
///     when lead.vip is true
///     then phone.to("decider");
/// ```
pub(crate) const MAY_BE_UNKNOWN: DiagnosticCode = DiagnosticCode::new("may-be-unknown");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    for (operand, negated) in cx.condition_operands(node) {
        if let NodeKind::If(_, _, None) = &operand.kind {
            found.push(Finding::warning(MAY_BE_UNKNOWN, operand.span).message("may-be-unknown-if"));
            continue;
        }
        let NodeKind::Own { name, .. } = &operand.kind else { continue };
        if cx.type_of(operand) != NodeType::Value(Type::Truth) {
            continue;
        }
        let instead = if negated { "is not true" } else { "is true" };
        let finding = Finding::warning(MAY_BE_UNKNOWN, operand.span).with("name", &**name).with("instead", instead);
        let finding = match cx.declared_fact(name) {
            Some(own) => finding.related(own.span, "related-declared"),
            None => finding,
        };
        // `not lead.vip` as a whole becomes `lead.vip is not true`.
        let whole = if negated { node.span } else { operand.span };
        found.push(finding.replace(whole, format!("lead.{name} {instead}")));
    }
}
