//! Divisions of counts, which drop the remainder.

use crate::book::value::{Type, Value};
use crate::check::lints::LintContext;
use crate::check::types::NodeType;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Arithmetic, Node, NodeKind};

/// Dividing counts drops the decimals
///
/// ## What it does
/// Warns when a count is divided by a count. Not when both are known while the pack is read and there is no remainder.
///
/// ## Why it matters
/// Of two whole numbers only the whole part is kept: 7 / 2 is 3. A share, such as replies per call, becomes 0 or 1.
///
/// ## Example
/// ```rhai
/// rule "More than half of the calls answered"
///     when lead.replies(30.days) / lead.calls(30.days) > 0.5
///     then phone;
/// ```
///
/// ## Do instead
/// Make one of them a number with decimals:
/// ```rhai
/// rule "More than half of the calls answered"
///     when 1.0 * lead.replies(30.days) / lead.calls(30.days) > 0.5
///     then phone;
/// ```
pub(crate) const INTEGER_DIVISION: DiagnosticCode = DiagnosticCode::new("integer-division");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    let NodeKind::Arith(Arithmetic::Divide, left, right) = &node.kind else { return };
    let whole = NodeType::Value(Type::Whole);
    if cx.type_of(left) != whole || cx.type_of(right) != whole {
        return;
    }
    if let (Some(a), Some(b)) = (known_count(left), known_count(right))
        && a.checked_rem(b) == Some(0)
    {
        return;
    }
    let finding = Finding::warning(INTEGER_DIVISION, node.span);
    found.push(match &right.kind {
        NodeKind::Literal(Value::Whole(by)) if cx.is_written_literal(right) => {
            finding.with("by", *by).help("help-divide-by").replace(right.span, format!("{by}.0"))
        }
        _ => finding,
    });
}

/// The count when it is known while the pack is read, which is read again when a setting is overridden; `None` otherwise.
const fn known_count(node: &Node) -> Option<i64> {
    match &node.kind {
        NodeKind::Literal(Value::Whole(count)) | NodeKind::Setting { value: Value::Whole(count), .. } => Some(*count),
        _ => None,
    }
}
