//! What stands where something to do belongs.

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
/// Tells when `then`, `steps` or `expect` holds something else than a touch, a list of touches, or another action.
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
    let (Some(purpose), NodeType::Value(kind)) = (cx.purpose(node), cx.gives(node)) else { return };
    if kind == Type::Any || is_hold(node) {
        return;
    }
    let finding = Finding::error(NOT_A_TOUCH, node.span);
    if joins_touches(node, cx) {
        let NodeKind::And(touches) = &node.kind else { return };
        let touches: Vec<&str> = touches.iter().filter_map(|touch| cx.text(touch.span)).collect();
        let list = format!("[{}]", touches.join(", "));
        let finding = finding.message("slip-list");
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

/// `phone and email`, where something to do is said.
pub(crate) fn joins_touches(node: &Node, cx: &LintContext<'_>) -> bool {
    let doing =
        matches!(cx.purpose(node), Some(ClausePurpose::Touches | ClausePurpose::Steps | ClausePurpose::Expected));
    doing
        && matches!(&node.kind, NodeKind::And(operands) if operands.iter().all(|operand| cx.gives(operand) == NodeType::Touch))
}

fn is_list_of_touches(node: &Node) -> bool {
    let NodeKind::List(items) = &node.kind else { return false };
    let is_touch =
        |item: &Node| item.kind.is_touch() || matches!(item.kind, NodeKind::If(..) | NodeKind::Literal(Value::Unknown));
    !items.is_empty() && items.iter().all(is_touch)
}
