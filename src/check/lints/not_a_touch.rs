//! Expressions that are no touch where a touch is required.

use crate::book::value::{Type, Value};
use crate::check::lints::{LintContext, is_hold};
use crate::check::types::NodeType;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};
use crate::pack::statement_forms::ClausePurpose;

/// This is nothing to do
///
/// ## What it does
/// Reports when `then`, `steps` or `expect` has something else than a touch, a list of touches, or another action.
///
/// ## Why it matters
/// What follows there says what to do. A text or number does nothing.
///
/// ## Example
/// ```rhai
/// rule "Asked for contact"
///     when lead.since("form") < 1.hour
///     then "phone";
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Asked for contact"
///     when lead.since("form") < 1.hour
///     then phone;
/// ```
pub(crate) const NOT_A_TOUCH: DiagnosticCode = DiagnosticCode::new("not-a-touch");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    let (Some(purpose), NodeType::Value(kind)) = (cx.purpose(node), cx.type_of(node)) else { return };
    if kind == Type::Any || is_hold(node) {
        return;
    }
    let finding = Finding::error(NOT_A_TOUCH, node.span);
    if joins_touches(node, cx) {
        let NodeKind::And(touches) = &node.kind else { return };
        let touches: Vec<&str> = touches.iter().filter_map(|touch| cx.source_text(touch.span)).collect();
        let list = format!("[{}]", touches.join(", "));
        let finding = finding.message("hint-list");
        return found.push(if purpose == ClausePurpose::Expected { finding } else { finding.replace(node.span, list) });
    }
    match purpose {
        ClausePurpose::Expected => found.push(finding.message("not-a-touch-expected")),
        ClausePurpose::Touches | ClausePurpose::Steps if kind != Type::List || !is_list_of_touches(node) => {
            found.push(finding.with("kind", kind.with_article()));
        }
        _ => {}
    }
}

/// Whether the node is touches joined by `and` where touches are required: `phone and email`.
pub(crate) fn joins_touches(node: &Node, cx: &LintContext<'_>) -> bool {
    let wants_touches =
        matches!(cx.purpose(node), Some(ClausePurpose::Touches | ClausePurpose::Steps | ClausePurpose::Expected));
    wants_touches
        && matches!(&node.kind, NodeKind::And(operands) if operands.iter().all(|operand| cx.type_of(operand) == NodeType::Touch))
}

/// Whether the node is a list of touches; an item that the tree cannot express counts as one.
fn is_list_of_touches(node: &Node) -> bool {
    let NodeKind::List(items) = &node.kind else { return false };
    let is_touch =
        |item: &Node| item.kind.is_touch() || matches!(item.kind, NodeKind::If(..) | NodeKind::Literal(Value::Unknown));
    !items.is_empty() && items.iter().all(is_touch)
}
