//! Two values that are compared and can never be alike.

use crate::book::value::Type;
use crate::check::lints::{LintContext, number_and_text};
use crate::check::types::{NodeType, can_compare, hint, said};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};

/// Values of two kinds are compared
///
/// ## What it does
/// Tells when a comparison, or a list after `in`, sets two kinds of values side by side: a length of time and a number, a yes or no
/// and a text.
///
/// ## Why it matters
/// Such a comparison is false whatever the lead, so that the rule would never hold, and nobody would be told.
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
    // `not lead.stage is "lost"`: what `not` stands before is told, and once is enough.
    let turned = |side: &Node| matches!(&side.kind, NodeKind::Not(inner) if !matches!(cx.gives(inner), NodeType::Value(Type::Truth | Type::Any)));
    for (left, right, at) in cx.compared(node).into_iter().filter(|(left, right, _)| !turned(left) && !turned(right)) {
        if let Some((a, b)) = cx.mismatch(left, right).filter(|pair| !number_and_text(*pair)) {
            found.push(better(of(a, b, at), [(left, a), (right, b)], cx));
        }
    }
    // `x in "text"` looks for a part of a text, which only a text can be.
    if let NodeKind::Contains(item, haystack) = &node.kind
        && cx.gives(haystack) == NodeType::Value(Type::Text)
    {
        let (a, b) = (cx.gives(item), cx.gives(haystack));
        let fits = matches!(a, NodeType::Value(kind) if can_compare(kind, Type::Text));
        if !fits && !number_and_text((a, b)) {
            found.push(of(a, b, node.span));
        }
    }
}

/// What to write, where the text shows it: for a moment or a list that is compared with a text, and for yes or no.
fn better(finding: Finding, sides: [(&Node, NodeType); 2], cx: &LintContext<'_>) -> Finding {
    let side = |wanted: Type| sides.iter().find(|(_, gives)| *gives == NodeType::Value(wanted)).map(|(node, _)| *node);
    let text = |node: &Node| cx.text(node.span).unwrap_or_default().to_owned();
    match (side(Type::Text), side(Type::Moment), side(Type::List), side(Type::Truth)) {
        (Some(written), Some(_), ..) if cx.is_written(written) => {
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

fn of(a: NodeType, b: NodeType, at: crate::diagnostics::Span) -> Finding {
    Finding::error(DIFFERENT_TYPES, at).with("left", said(a)).with("right", said(b)).help(hint(a, b))
}
