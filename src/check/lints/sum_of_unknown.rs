//! Sums with a value that a lead may not have.

use crate::book::value::{Type, Value};
use crate::check::lints::{LintContext, same};
use crate::check::types::{NodeType, may_be_unknown, sum};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Arithmetic, Comparison, Node, NodeKind};
use crate::pack::statement_forms::ClausePurpose;

/// A sum fails where the value is missing
///
/// ## What it does
/// Warns when `+`, `-`, `*`, `/` or `%` reckons with something that may be unknown for a lead. Not when the condition has made sure
/// before that it is known, and not of a text to which something is added.
///
/// ## Why it matters
/// There is no sum with what is not known, and guessing 0 would make a cheap lead of one whose value nobody knows. So the sum fails for
/// such a lead, and the rule is told as failed for it.
///
/// ## Example
/// ```rhai
/// rule "Worth a visit"
///     when lead.value / 12.0 > 1000.0
///     then visit;
/// ```
///
/// ## Do instead
/// Ask first whether it is known, or say what counts when it is not:
/// ```rhai
/// rule "Worth a visit"
///     when lead.value is not () and lead.value / 12.0 > 1000.0
///     then visit;
/// rule "Worth a call"
///     when (lead.value ?? 0.0) / 12.0 > 500.0
///     then phone;
/// ```
pub(crate) const SUM_OF_UNKNOWN: DiagnosticCode = DiagnosticCode::new("sum-of-unknown");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    // A sentence that fails is left out and no fault, and an example is tried.
    let asked = matches!(cx.written.purpose, ClausePurpose::Condition | ClausePurpose::Touches | ClausePurpose::Steps);
    if let Some(known) = cx.written.known_values
        && asked
        && std::ptr::eq(node, cx.root)
    {
        walk(node, cx, &mut known.iter().collect(), found);
    }
}

/// The values that are known once a condition holds.
pub(crate) fn known_where(condition: &Node) -> Vec<Node> {
    let mut known = Vec::new();
    known_if(condition, true, &mut known);
    known.into_iter().cloned().collect()
}

/// Goes through what is worked out, in its order. `known` is what must be known to come here.
fn walk<'n>(node: &'n Node, cx: &LintContext<'_>, known: &mut Vec<&'n Node>, found: &mut Vec<Finding>) {
    let before = known.len();
    match &node.kind {
        NodeKind::And(operands) | NodeKind::Or(operands) => {
            let holds = matches!(node.kind, NodeKind::And(_));
            for operand in operands {
                walk(operand, cx, known, found);
                known_if(operand, holds, known);
            }
            known.truncate(before);
        }
        NodeKind::If(condition, yes, no) => {
            walk(condition, cx, known, found);
            for (way, holds) in [(Some(yes), true), (no.as_ref(), false)] {
                let before = known.len();
                known_if(condition, holds, known);
                if let Some(way) = way {
                    walk(way, cx, known, found);
                }
                known.truncate(before);
            }
        }
        kind => {
            for part in kind.parts() {
                walk(part, cx, known, found);
            }
            match kind {
                NodeKind::Arith(sign, left, right) => {
                    let divides = matches!(sign, Arithmetic::Divide | Arithmetic::Remainder);
                    for (side, other, divides) in [(left, right, false), (right, left, divides)] {
                        if goes_without(*sign, cx.gives(side), cx.gives(other)) {
                            continue;
                        }
                        of(side, divides, cx, known, found);
                    }
                }
                NodeKind::Negate(side) => of(side, false, cx, known, found),
                _ => {}
            }
        }
    }
}

/// True where a sum goes without a value, as the text behind it stays, and where there is no such sum at all, which is told elsewhere.
fn goes_without(sign: Arithmetic, side: NodeType, other: NodeType) -> bool {
    let (NodeType::Value(side), NodeType::Value(other)) = (side, other) else { return true };
    (sign == Arithmetic::Add && matches!(other, Type::Text | Type::Any))
        || (sum(sign, side, other).is_none() && sum(sign, other, side).is_none())
}

/// A part of a sum.
fn of(side: &Node, divides: bool, cx: &LintContext<'_>, known: &[&Node], found: &mut Vec<Finding>) {
    if !may_be_unknown(side) || known.iter().any(|other| same(other, side)) {
        return;
    }
    let Some(text) = cx.text(side.span) else { return };
    let finding = Finding::warning(SUM_OF_UNKNOWN, side.span).with("value", text);
    let finding = match &side.kind {
        NodeKind::Own { name } => match cx.own(name) {
            Some(own) => finding.related(own.span, "related-declared"),
            None => finding,
        },
        _ => finding,
    };
    let instead = match cx.gives(side) {
        NodeType::Value(Type::Whole) if !divides => Some("0"),
        NodeType::Value(Type::Number) if !divides => Some("0.0"),
        NodeType::Value(Type::Text) => Some("\"\""),
        _ => None,
    };
    found.push(match instead {
        Some(instead) => {
            finding.with("instead", instead).help("help-fall-back").replace(side.span, format!("({text} ?? {instead})"))
        }
        None => finding,
    });
}

/// The values that must be known for this condition to come out so.
fn known_if<'n>(condition: &'n Node, holds: bool, known: &mut Vec<&'n Node>) {
    let is_unknown = |side: &Node| matches!(side.kind, NodeKind::Literal(Value::Unknown));
    match (&condition.kind, holds) {
        (NodeKind::And(operands), true) | (NodeKind::Or(operands), false) => {
            operands.iter().for_each(|operand| known_if(operand, holds, known));
        }
        (NodeKind::Not(inner), _) => known_if(inner, !holds, known),
        (NodeKind::Call { body, .. }, _) => known_if(body, holds, known),
        (NodeKind::Compare(Comparison::NotEqual, left, right), true)
        | (NodeKind::Compare(Comparison::Equal, left, right), false) => {
            for (side, other) in [(left, right), (right, left)] {
                if is_unknown(other) {
                    known.push(side);
                }
            }
        }
        (NodeKind::Compare(Comparison::NotEqual, left, right), false)
        | (NodeKind::Compare(Comparison::Equal, left, right), true) => {
            for (side, other) in [(left, right), (right, left)] {
                if !may_be_unknown(other) && !is_unknown(other) {
                    known.push(side);
                }
            }
        }
        (NodeKind::Compare(_, left, right), true) => known.extend([&**left, right]),
        (NodeKind::In(item, _) | NodeKind::InRange(item, ..), true) => known.push(item),
        _ => {}
    }
}
