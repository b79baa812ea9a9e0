//! Negated comparisons with a value that may be unknown.

use crate::book::catalogue::Fact;
use crate::check::lints::{LintContext, is_ordering, is_same_value, operator};
use crate::check::types::may_be_unknown;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Comparison, Node, NodeKind};

/// `not` makes an unknown value count
///
/// ## What it does
/// Warns when `not` stands before a comparison with a value that may be unknown for a lead. Not when a comparison beside it, joined by
/// `and`, already asks for the value, and not for "less than so long ago": `not (lead.since("form") < 7.days)` is meant
/// to hold for a lead without a form too.
///
/// ## Why it matters
/// A comparison with an unknown value is false, so its opposite is true: `not (lead.value > 5000)` also holds for every lead
/// whose value is not known.
///
/// ## Example
/// ```rhai
/// rule "Small orders by mail"
///     when lead.open and not (lead.value > 5000)
///     then email.offer("web-shop");
/// ```
///
/// ## Do instead
/// Turn the sign around, which leaves out the leads without a value:
/// ```rhai
/// rule "Small orders by mail"
///     when lead.open and lead.value <= 5000
///     then email.offer("web-shop");
/// ```
pub(crate) const NEGATED_UNKNOWN: DiagnosticCode = DiagnosticCode::new("negated-unknown");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    match &node.kind {
        NodeKind::And(operands) => {
            for (place, operand) in operands.iter().enumerate() {
                let others = operands.iter().enumerate().filter(|(other, _)| *other != place);
                let known: Vec<&Node> = others.flat_map(|(_, other)| required_values(other)).collect();
                check_negation(operand, &known, cx, found);
            }
        }
        NodeKind::Or(operands) => operands.iter().for_each(|operand| check_negation(operand, &[], cx, found)),
        NodeKind::Not(_) if std::ptr::eq(node, cx.root) => check_negation(node, &[], cx, found),
        NodeKind::If(condition, ..) => check_negation(condition, &[], cx, found),
        _ => {}
    }
}

/// Reports one negated comparison. `known` are the values that a condition beside it makes sure of.
fn check_negation(negation: &Node, known: &[&Node], cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    let NodeKind::Not(compared) = &negation.kind else { return };
    let NodeKind::Compare(comparison, left, right) = &compared.kind else { return };
    // `not (a is not b)` is `a is b`, which does not hold for an unknown value.
    if *comparison == Comparison::NotEqual {
        return;
    }
    let recent = match comparison {
        Comparison::Less | Comparison::LessOrEqual => is_ago(left),
        Comparison::Greater | Comparison::GreaterOrEqual => is_ago(right),
        Comparison::Equal | Comparison::NotEqual => false,
    };
    if recent {
        return;
    }
    let unknown = |side: &&Node| may_be_unknown(side) && !known.iter().any(|other| is_same_value(other, side));
    let Some(value) = [&**left, &**right].into_iter().find(unknown) else { return };
    let texts = (cx.source_text(value.span), cx.source_text(left.span), cx.source_text(right.span));
    let (Some(value), Some(left), Some(right)) = texts else { return };
    let instead = format!("{left} {} {right}", operator(comparison.opposite()));
    let key = if is_ordering(*comparison) { "negated-unknown" } else { "negated-unknown-equal" };
    found.push(
        Finding::warning(NEGATED_UNKNOWN, negation.span)
            .message(key)
            .with("value", value)
            .with("instead", instead.as_str())
            .replace(negation.span, instead),
    );
}

/// Whether a node is how long ago something was, of which unknown means never.
const fn is_ago(node: &Node) -> bool {
    use Fact as F;
    matches!(node.kind, NodeKind::Fact { fact: F::Since | F::First | F::LastTouch | F::LastHeard | F::LastTouchTo, .. })
}

/// The values that must be known for this condition to hold.
fn required_values(condition: &Node) -> Vec<&Node> {
    match &condition.kind {
        NodeKind::Compare(Comparison::NotEqual, left, right) => {
            let is_unknown = |side: &Node| matches!(side.kind, NodeKind::Literal(crate::book::value::Value::Unknown));
            if is_unknown(right) {
                vec![left]
            } else if is_unknown(left) {
                vec![right]
            } else {
                Vec::new()
            }
        }
        NodeKind::Compare(_, left, right) => vec![left, right],
        NodeKind::In(item, _) | NodeKind::InRange(item, ..) => vec![item],
        _ => Vec::new(),
    }
}
