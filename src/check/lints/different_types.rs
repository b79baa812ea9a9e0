//! Comparisons of values that can never be equal.

use crate::book::value::Type;
use crate::check::lints::{LintContext, is_number_with_text};
use crate::check::types::{NodeType, are_comparable, conversion_help, type_argument};
use crate::diagnostics::Span;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Comparison, Node, NodeKind};

/// Values of two kinds are compared
///
/// ## What it does
/// Reports when a comparison, or a list after `in`, has values of two types that can never be equal: a length of time and a
/// number, a truth and a text.
///
/// ## Why it matters
/// Such a comparison is false whatever the lead, so that the rule would never hold, without any message.
///
/// ## Example
/// ```rhai
/// rule "Answer a fresh form"
///     when lead.since("form") < 3
///     then phone;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Answer a fresh form"
///     when lead.since("form") < 3.days
///     then phone;
/// ```
pub(crate) const DIFFERENT_TYPES: DiagnosticCode = DiagnosticCode::new("different-types");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    // `not lead.stage is "lost"`: reported as a wrong operand of `not`.
    let is_negated = |side: &Node| matches!(&side.kind, NodeKind::Not(inner) if !matches!(cx.type_of(inner), NodeType::Value(Type::Truth | Type::Any)));
    for (left, right, at) in
        cx.compared_pairs(node).into_iter().filter(|(left, right, _)| !is_negated(left) && !is_negated(right))
    {
        let fits = |pair: (NodeType, NodeType)| is_number_with_text(pair) || is_ordered_with_working_time(node, pair);
        if let Some((a, b)) = cx.mismatch(left, right).filter(|pair| !fits(*pair)) {
            found.push(with_suggestion(different_types(a, b, at), [(left, a), (right, b)], cx));
        }
    }
    // `x in "text"` looks for a part of the text, so `x` must be a text.
    if let NodeKind::Contains(item, haystack) = &node.kind
        && cx.type_of(haystack) == NodeType::Value(Type::Text)
    {
        let (a, b) = (cx.type_of(item), cx.type_of(haystack));
        let fits = matches!(a, NodeType::Value(kind) if are_comparable(kind, Type::Text));
        if !fits && !is_number_with_text((a, b)) {
            found.push(different_types(a, b, node.span));
        }
    }
}

/// Whether a length of time is compared by size with a length of working time.
fn is_ordered_with_working_time(node: &Node, (a, b): (NodeType, NodeType)) -> bool {
    let ordered = matches!(&node.kind, NodeKind::Compare(comparison, ..) if !matches!(comparison, Comparison::Equal | Comparison::NotEqual));
    let has = |wanted: Type| a == NodeType::Value(wanted) || b == NodeType::Value(wanted);
    ordered && has(Type::Length) && has(Type::WorkingLength)
}

/// Adds what to write instead: for a moment or list that is compared with a text, and for a truth.
fn with_suggestion(finding: Finding, sides: [(&Node, NodeType); 2], cx: &LintContext<'_>) -> Finding {
    let side =
        |wanted: Type| sides.iter().find(|(_, node_type)| *node_type == NodeType::Value(wanted)).map(|(node, _)| *node);
    let text = |node: &Node| cx.source_text(node.span).unwrap_or_default().to_owned();
    match (side(Type::Text), side(Type::Moment), side(Type::List), side(Type::Truth)) {
        (Some(written), Some(_), ..) if cx.is_written_literal(written) => {
            let meant = format!("date({})", text(written));
            finding.with("meant", meant.as_str()).help("help-write").replace(written.span, meant)
        }
        (Some(item), _, Some(list), _) => {
            finding.with("item", text(item)).with("list", text(list)).help("help-list-first")
        }
        (_, _, _, Some(truth)) => finding.with("meant", text(truth)).help("help-truth-alone"),
        _ => finding,
    }
}

/// The finding about two values of these types, with general advice.
fn different_types(a: NodeType, b: NodeType, at: Span) -> Finding {
    Finding::error(DIFFERENT_TYPES, at)
        .with("left", type_argument(a))
        .with("right", type_argument(b))
        .help(conversion_help(a, b))
}
