//! `in` on a text or list that may be unknown.

use crate::book::value::Type;
use crate::check::lints::LintContext;
use crate::check::types::{NodeType, may_be_unknown};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};

/// `in` fails where the value is missing
///
/// ## What it does
/// Warns when `in` looks into something that may be unknown for a lead, and nothing is given to fall back on.
///
/// ## Why it matters
/// For a lead without it, `in` is neither true nor false: it fails, and the rule is reported as failed for that lead. It is the most common
/// fault of rules that seemed right when they were tried.
///
/// ## Example
/// ```rhai
/// rule "Came by the fair"
///     when "fair" in lead.source
///     then phone;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Came by the fair"
///     when "fair" in (lead.source ?? "")
///     then phone;
/// ```
pub(crate) const IN_UNKNOWN: DiagnosticCode = DiagnosticCode::new("in-unknown");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    let NodeKind::Contains(_, haystack) = &node.kind else { return };
    if !may_be_unknown(haystack) {
        return;
    }
    let instead = match cx.type_of(haystack) {
        NodeType::Value(Type::Text) => "\"\"",
        NodeType::Value(Type::List) => "[]",
        _ => return,
    };
    let finding = Finding::warning(IN_UNKNOWN, haystack.span).with("instead", instead);
    let finding = match &haystack.kind {
        NodeKind::Own { name, .. } => {
            cx.declared_fact(name).map(|own| finding.clone().related(own.span, "related-declared")).unwrap_or(finding)
        }
        _ => finding,
    };
    found.push(match cx.source_text(haystack.span) {
        Some(text) => finding.replace(haystack.span, format!("({text} ?? {instead})")),
        None => finding,
    });
}
