//! Arithmetic on values of types for which it is not defined.

use crate::book::value::Type;
use crate::check::lints::LintContext;
use crate::check::types::{NodeType, arithmetic_type, conversion_help, type_argument};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};

/// There is no such sum
///
/// ## What it does
/// Reports when `+`, `-`, `*`, `/` or `%` stands between values of types for which it is not defined, or `-` before something that is no
/// number and no length of time.
///
/// ## Why it matters
/// The sum fails for every lead, and the rule with it.
///
/// ## Example
/// ```rhai
/// rule "A while after the form"
///     when lead.since("form") > 2.days + 4
///     then phone;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "A while after the form"
///     when lead.since("form") > 2.days + 4.hours
///     then phone;
/// ```
pub(crate) const NO_SUCH_SUM: DiagnosticCode = DiagnosticCode::new("no-such-sum");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    match &node.kind {
        NodeKind::Arith(sign, left, right) => {
            let (a, b) = (cx.type_of(left), cx.type_of(right));
            let is_defined =
                matches!((a, b), (NodeType::Value(a), NodeType::Value(b)) if arithmetic_type(*sign, a, b).is_some());
            if !is_defined {
                let finding = Finding::error(NO_SUCH_SUM, node.span)
                    .with("left", type_argument(a))
                    .with("right", type_argument(b));
                found.push(finding.help(conversion_help(a, b)));
            }
        }
        NodeKind::Negate(operand) => {
            let node_type = cx.type_of(operand);
            if !matches!(node_type, NodeType::Value(Type::Whole | Type::Number | Type::Length | Type::Any)) {
                let key =
                    if node_type == NodeType::Value(Type::Truth) { "no-such-sum-not" } else { "no-such-sum-minus" };
                found.push(Finding::error(NO_SUCH_SUM, node.span).message(key).with("kind", type_argument(node_type)));
            }
        }
        _ => {}
    }
}
