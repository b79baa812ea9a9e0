//! Values other than counts in a range.

use crate::book::value::Type;
use crate::check::lints::LintContext;
use crate::check::types::{NodeType, type_argument};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};

/// Only a count can be in a range
///
/// ## What it does
/// Reports when something else than a count is looked for in `1..5`.
///
/// ## Why it matters
/// A range holds whole numbers only: a number with decimals, such as money, or a length of time is in none, and the rule fails.
///
/// ## Example
/// ```rhai
/// rule "A middling order"
///     when lead.value in 1000..5000
///     then phone;
/// ```
///
/// ## Do instead
/// Compare it with both ends:
/// ```rhai
/// rule "A middling order"
///     when lead.value >= 1000 and lead.value < 5000
///     then phone;
/// ```
pub(crate) const NOT_A_COUNT: DiagnosticCode = DiagnosticCode::new("not-a-count");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    let NodeKind::InRange(item, from, until, inclusive) = &node.kind else { return };
    let node_type = cx.type_of(item);
    if matches!(node_type, NodeType::Value(Type::Whole | Type::Any)) {
        return;
    }
    let finding = Finding::error(NOT_A_COUNT, item.span).with("kind", type_argument(node_type));
    found.push(match (node_type, cx.source_text(item.span)) {
        (NodeType::Value(Type::Number), Some(text)) => {
            let less = if *inclusive { "<=" } else { "<" };
            finding.replace(node.span, format!("({text} >= {from} and {text} {less} {until})"))
        }
        _ => finding,
    });
}
