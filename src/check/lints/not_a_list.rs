//! Right operands of `in` that contain nothing.

use crate::book::value::{Type, Value};
use crate::check::lints::LintContext;
use crate::check::types::{NodeType, type_argument, vocabulary};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};

/// Nothing can be in this
///
/// ## What it does
/// Reports when what follows `in` is neither a list nor a text.
///
/// ## Why it matters
/// Nothing is in a number, and the rule fails for every lead.
///
/// ## Example
/// ```rhai
/// rule "Looked once or twice"
///     when 1 in lead.visits(7.days)
///     then email.offer("guide");
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Looked once or twice"
///     when lead.visits(7.days) in [1, 2]
///     then email.offer("guide");
/// ```
pub(crate) const NOT_A_LIST: DiagnosticCode = DiagnosticCode::new("not-a-list");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    let NodeKind::Contains(item, haystack) = &node.kind else { return };
    let node_type = cx.type_of(haystack);
    // `lead.stage in "interest"`: a word of a closed list is compared as a whole, not with a part of a text.
    if vocabulary(&item.kind).is_some() && matches!(haystack.kind, NodeKind::Literal(Value::Text(_))) {
        let text = cx.source_text(haystack.span).unwrap_or_default();
        let meant = format!("in [{text}]");
        let finding = Finding::error(NOT_A_LIST, haystack.span).message("not-a-list-text").with("meant", meant);
        found.push(finding.replace(haystack.span, format!("[{text}]")));
        return;
    }
    if !matches!(node_type, NodeType::Value(Type::List | Type::Any | Type::Text)) {
        found.push(Finding::error(NOT_A_LIST, haystack.span).with("kind", type_argument(node_type)));
    }
}
