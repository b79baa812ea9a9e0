//! Rules that do not say why.

use crate::book::value::Value;
use crate::check::lints::LintContext;
use crate::check::types::alternatives;
use crate::diagnostics::Span;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};
use crate::pack::statement_forms::ClausePurpose;

/// A rule does not say why
///
/// ## What it does
/// Warns when a rule has no `because`, and when the `because` of any statement has no word in it. Of a pack in which more than twenty rules have
/// none, the first twenty are named.
///
/// ## Why it matters
/// The reason is what the sales person reads with the advice, and what a colleague reads before taking the rule over. An advice that nobody can
/// question is followed blindly or not at all.
///
/// ## Example
/// ```rhai
/// rule "Price page again"
///     when lead.visits("pricing", 7.days) >= 2
///     then phone.to("decider");
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Price page again"
///     when lead.visits("pricing", 7.days) >= 2
///     then phone.to("decider")
///     because `Looked at prices ${lead.visits("pricing", 7.days)} times this week: ask what they weigh`;
/// ```
pub(crate) const MISSING_REASON: DiagnosticCode = DiagnosticCode::new("missing-reason");

/// How many rules without a reason are named.
const NAMED: usize = 20;

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    if cx.purpose(node) == Some(ClausePurpose::Sentence) && alternatives(node).into_iter().all(is_blank) {
        found.push(Finding::warning(MISSING_REASON, node.span).message("missing-reason-empty"));
    }
}

/// Whether a sentence has no letter or digit in it, whatever the lead.
fn is_blank(sentence: &Node) -> bool {
    match &sentence.kind {
        NodeKind::Text(parts) => parts.iter().all(is_blank),
        _ => match sentence.constant() {
            Some(Value::Text(text)) => !text.chars().any(char::is_alphanumeric),
            _ => false,
        },
    }
}

/// The findings about the rules of a pack that have no `because`; `rules` are the spans of their names, in file order.
pub(crate) fn findings(rules: &[Span]) -> Vec<Finding> {
    let more = rules.len().saturating_sub(NAMED);
    let named = rules.iter().take(NAMED).enumerate();
    let finding = |(nth, name): (usize, &Span)| {
        let finding = Finding::warning(MISSING_REASON, *name);
        if more > 0 && nth + 1 == NAMED { finding.message("missing-reason-more").with("count", more) } else { finding }
    };
    named.map(finding).collect()
}
