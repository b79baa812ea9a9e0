//! Sums of values that cannot be added, subtracted, multiplied or divided.

use crate::book::value::Type;
use crate::check::lints::LintContext;
use crate::check::types::{NodeType, hint, said, sum};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};

/// There is no such sum
///
/// ## What it does
/// Tells when `+`, `-`, `*`, `/` or `%` stands between two kinds of values that do not go together, or `-` before something that is no
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
            let (a, b) = (cx.gives(left), cx.gives(right));
            let goes = matches!((a, b), (NodeType::Value(a), NodeType::Value(b)) if sum(*sign, a, b).is_some());
            if !goes {
                let finding = Finding::error(NO_SUCH_SUM, node.span).with("left", said(a)).with("right", said(b));
                found.push(finding.help(hint(a, b)));
            }
        }
        NodeKind::Negate(operand) => {
            let gives = cx.gives(operand);
            if !matches!(gives, NodeType::Value(Type::Whole | Type::Number | Type::Length | Type::Any)) {
                let key = if gives == NodeType::Value(Type::Truth) { "no-such-sum-not" } else { "no-such-sum-minus" };
                found.push(Finding::error(NO_SUCH_SUM, node.span).message(key).with("kind", said(gives)));
            }
        }
        _ => {}
    }
}
