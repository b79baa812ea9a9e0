//! `??` after a value that is always known.

use crate::check::lints::LintContext;
use crate::check::types::may_be_unknown;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};

/// `??` after a value that is always known
///
/// ## What it does
/// Warns when `??` gives something to fall back on for a fact that every lead has, such as a count.
///
/// ## Why it matters
/// What comes after `??` is never used. Whoever reads the rule thinks that it is.
///
/// ## Example
/// ```rhai
/// rule "Looked at prices"
///     when (lead.visits("pricing", 7.days) ?? 0) >= 2
///     then phone;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Looked at prices"
///     when lead.visits("pricing", 7.days) >= 2
///     then phone;
/// ```
pub(crate) const NEEDLESS_FALLBACK: DiagnosticCode = DiagnosticCode::new("needless-fallback");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    let NodeKind::Coalesce(operands) = &node.kind else { return };
    let Some(first) = operands.first() else { return };
    if !matches!(first.kind, NodeKind::Fact { .. } | NodeKind::Now | NodeKind::Setting { .. }) || may_be_unknown(first)
    {
        return;
    }
    let Some(text) = cx.source_text(first.span) else { return };
    found.push(Finding::warning(NEEDLESS_FALLBACK, node.span).with("value", text).replace(node.span, text));
}
