//! Touches where a sentence is required.

use crate::check::lints::LintContext;
use crate::check::types::NodeType;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};
use crate::pack::statement_forms::ClausePurpose;

/// A touch is no sentence
///
/// ## What it does
/// Reports when `because`, or a text between backquotes, contains a touch.
///
/// ## Why it matters
/// The reason is read by the person who gets the advice. What to do belongs after `then`.
///
/// ## Example
/// ```rhai
/// rule "Asked for contact"
///     when lead.since("form") < 1.hour
///     then phone
///     because phone;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Asked for contact"
///     when lead.since("form") < 1.hour
///     then phone
///     because `Asked for contact ${lead.since("form")} ago`;
/// ```
pub(crate) const NOT_A_SENTENCE: DiagnosticCode = DiagnosticCode::new("not-a-sentence");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    if cx.purpose(node) == Some(ClausePurpose::Sentence) && cx.type_of(node) == NodeType::Touch {
        found.push(Finding::error(NOT_A_SENTENCE, node.span));
    }
    if let NodeKind::Text(parts) = &node.kind {
        let touches = parts.iter().filter(|part| cx.type_of(part) == NodeType::Touch);
        found.extend(touches.map(|part| Finding::error(NOT_A_SENTENCE, part.span).message("not-a-sentence-part")));
    }
}
