//! Expressions that are not true or false where a condition is required.

use crate::book::value::Type;
use crate::check::lints::LintContext;
use crate::check::lints::not_a_touch::joins_touches;
use crate::check::types::NodeType;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::Node;

/// A condition is neither true nor false
///
/// ## What it does
/// Reports when something that is not true or false stands in `when`, `unless` or `until`, or beside `and`, `or` and `not`.
///
/// ## Why it matters
/// Five visits are neither true nor false. The rule would fail for every lead.
///
/// ## Example
/// ```rhai
/// rule "Has looked around"
///     when lead.open and lead.visits(7.days)
///     then email.offer("guide");
/// ```
///
/// ## Do instead
/// Compare it with something:
/// ```rhai
/// rule "Has looked around"
///     when lead.open and lead.visits(7.days) >= 1
///     then email.offer("guide");
/// ```
pub(crate) const NOT_A_CONDITION: DiagnosticCode = DiagnosticCode::new("not-a-condition");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    for (operand, negated) in cx.condition_operands(node) {
        let finding = Finding::error(NOT_A_CONDITION, operand.span);
        match cx.type_of(operand) {
            NodeType::Value(Type::Truth | Type::Any) => {}
            // `not lead.stage is "lost"`
            NodeType::Value(kind) if negated => {
                found.push(finding.with("kind", kind.with_article()).help("help-not-first"))
            }
            NodeType::Value(kind) => found.push(finding.with("kind", kind.with_article())),
            // `phone and email` is reported as a whole.
            NodeType::Touch if joins_touches(cx.root, cx) => {}
            NodeType::Touch => found.push(finding.message("not-a-condition-touch")),
        }
    }
}
