//! Comparisons of a number with a text.

use crate::book::value::{Type, Value};
use crate::check::lints::{LintContext, is_number_with_text};
use crate::check::types::{NodeType, type_argument, vocabulary};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};

/// A number is compared with a text
///
/// ## What it does
/// Reports when a number stands on one side of a comparison and a text on the other, also in a list after `in`, and also where the text
/// is a word of a closed list, such as a stage.
///
/// ## Why it matters
/// The text "3" is not the number 3. The comparison is false whatever the lead, and the rule would never hold.
///
/// ## Example
/// ```rhai
/// rule "Read much this week"
///     when lead.visits(7.days) >= "3"
///     then email.offer("guide");
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Read much this week"
///     when lead.visits(7.days) >= 3
///     then email.offer("guide");
/// ```
pub(crate) const NUMBER_WITH_TEXT: DiagnosticCode = DiagnosticCode::new("number-with-text");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    for (left, right, at) in cx.compared_pairs(node) {
        let Some((a, b)) = cx.mismatch(left, right).filter(|pair| is_number_with_text(*pair)) else { continue };
        let finding = Finding::error(NUMBER_WITH_TEXT, at);
        let closed = [left, right].into_iter().find_map(|side| vocabulary(&side.kind));
        if let (NodeKind::Compare(..), Some((list, words))) = (&node.kind, closed) {
            let example = words.get(1).or(words.first()).copied().unwrap_or_default();
            let finding = finding.message("number-with-word").with("noun", list.noun_with_article());
            found.push(finding.with("example", example).with("words", words.join(", ")));
            continue;
        }
        let finding =
            finding.with("left", type_argument(a)).with("right", type_argument(b)).help("help-same-kind-text");
        found.push([left, right].into_iter().fold(finding, |finding, side| without_quotes(finding, side, cx)));
    }
    if let NodeKind::Contains(item, haystack) = &node.kind {
        let texts = cx.type_of(haystack) == NodeType::Value(Type::Text) || vocabulary(&haystack.kind).is_some();
        let a = cx.type_of(item);
        if texts && is_number_with_text((a, NodeType::Value(Type::Text))) {
            let finding = Finding::error(NUMBER_WITH_TEXT, node.span);
            let finding =
                finding.with("left", type_argument(a)).with("right", type_argument(NodeType::Value(Type::Text)));
            found.push(finding.help("help-same-kind-text"));
        }
    }
}

/// Adds the fix to remove the quotes when the node is a number between quotes.
fn without_quotes(finding: Finding, side: &Node, cx: &LintContext<'_>) -> Finding {
    match &side.kind {
        NodeKind::Literal(Value::Text(text)) if cx.is_written_literal(side) && is_plain_number(text) => {
            finding.replace(side.span, &**text)
        }
        _ => finding,
    }
}

/// Whether the text is a decimal number without sign or exponent.
fn is_plain_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite) && text.chars().all(|char| char.is_ascii_digit() || char == '.')
}
