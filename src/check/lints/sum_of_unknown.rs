//! Arithmetic with a value that may be unknown.

use crate::book::value::{Type, Value};
use crate::check::lints::{LintContext, is_same_value};
use crate::check::types::{NodeType, arithmetic_type, may_be_unknown};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Arithmetic, Comparison, Node, NodeKind};
use crate::pack::statement_forms::ClausePurpose;

/// A sum fails where the value is missing
///
/// ## What it does
/// Warns when `+`, `-`, `*`, `/` or `%` computes with something that may be unknown for a lead. Not when the condition has made sure
/// before that it is known, and not of a text to which something is added.
///
/// ## Why it matters
/// There is no sum with what is not known, and guessing 0 would make a cheap lead of one whose value nobody knows. So the sum fails for
/// such a lead, and the rule is reported as failed for it.
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
    // A `because` that fails is left out, which is no error; an example is evaluated when the pack is read.
    let is_checked =
        matches!(cx.clause.purpose, ClausePurpose::Condition | ClausePurpose::Touches | ClausePurpose::Steps);
    if let Some(known) = cx.clause.known_values
        && is_checked
        && std::ptr::eq(node, cx.root)
    {
        check_node(node, cx, &mut known.iter().collect(), found);
    }
}

/// The values that are known when a condition holds.
pub(crate) fn known_where(condition: &Node) -> Vec<Node> {
    let mut known = Vec::new();
    known_if(condition, true, &mut known);
    known.into_iter().cloned().collect()
}

/// Checks a node and its parts in the order of evaluation. `known` are the values that are known when the node is evaluated.
fn check_node<'n>(node: &'n Node, cx: &LintContext<'_>, known: &mut Vec<&'n Node>, found: &mut Vec<Finding>) {
    let before = known.len();
    match &node.kind {
        NodeKind::And(operands) | NodeKind::Or(operands) => {
            let holds = matches!(node.kind, NodeKind::And(_));
            for operand in operands {
                check_node(operand, cx, known, found);
                known_if(operand, holds, known);
            }
            known.truncate(before);
        }
        NodeKind::If(condition, yes, no) => {
            check_node(condition, cx, known, found);
            for (branch, holds) in [(Some(yes), true), (no.as_ref(), false)] {
                let before = known.len();
                known_if(condition, holds, known);
                if let Some(branch) = branch {
                    check_node(branch, cx, known, found);
                }
                known.truncate(before);
            }
        }
        kind => {
            for part in kind.parts() {
                check_node(part, cx, known, found);
            }
            match kind {
                NodeKind::Arith(sign, left, right) => {
                    let divides = matches!(sign, Arithmetic::Divide | Arithmetic::Remainder);
                    for (side, other, divides) in [(left, right, false), (right, left, divides)] {
                        if is_allowed(*sign, cx.type_of(side), cx.type_of(other)) {
                            continue;
                        }
                        check_operand(side, divides, cx, known, found);
                    }
                }
                NodeKind::Negate(side) => check_operand(side, false, cx, known, found),
                _ => {}
            }
        }
    }
}

/// Whether an unknown `side` is no error here: an unknown value is added to a text as nothing, the time between moments of which one is unknown
/// is unknown, and an operation that is not defined for the
/// types is reported by another lint.
fn is_allowed(sign: Arithmetic, side: NodeType, other: NodeType) -> bool {
    let (NodeType::Value(side), NodeType::Value(other)) = (side, other) else { return true };
    let moments = sign == Arithmetic::Subtract && side == Type::Moment && other == Type::Moment;
    moments
        || (sign == Arithmetic::Add && matches!(other, Type::Text | Type::Any))
        || (arithmetic_type(sign, side, other).is_none() && arithmetic_type(sign, other, side).is_none())
}

/// Reports an operand that may be unknown. A divisor gets no fallback of 0.
fn check_operand(side: &Node, divides: bool, cx: &LintContext<'_>, known: &[&Node], found: &mut Vec<Finding>) {
    if !may_be_unknown(side) || known.iter().any(|other| is_same_value(other, side)) {
        return;
    }
    let Some(text) = cx.source_text(side.span) else { return };
    let finding = Finding::warning(SUM_OF_UNKNOWN, side.span).with("value", text);
    let finding = match &side.kind {
        NodeKind::Own { name, .. } => match cx.declared_fact(name) {
            Some(own) => finding.related(own.span, "related-declared"),
            None => finding,
        },
        _ => finding,
    };
    let instead = match cx.type_of(side) {
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

/// Adds the values that must be known for this condition to be true, or, when `holds` is false, to be false.
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
