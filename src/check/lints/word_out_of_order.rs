//! Words of a closed list that are compared by the alphabet.

use crate::book::catalogue::Fact;
use crate::book::value::Type;
use crate::check::lints::{LintContext, is_ordering, operator};
use crate::check::types::{NodeType, vocabulary};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};

/// A word is compared by the alphabet
///
/// ## What it does
/// Reports when `<`, `<=`, `>` or `>=` stands beside a stage, a role, an outcome or another word of a closed list.
///
/// ## Why it matters
/// Words are ordered by the alphabet, not by the order of the journey: "decision" comes before "interest".
///
/// ## Example
/// ```rhai
/// rule "Well on the way"
///     when lead.stage > "interest"
///     then phone.to("decider");
/// ```
///
/// ## Do instead
/// Name the ones that you mean:
/// ```rhai
/// rule "Well on the way"
///     when lead.stage in ["consideration", "proposal", "decision"]
///     then phone.to("decider");
/// ```
pub(crate) const WORD_OUT_OF_ORDER: DiagnosticCode = DiagnosticCode::new("word-out-of-order");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    let NodeKind::Compare(comparison, left, right) = &node.kind else { return };
    if !is_ordering(*comparison) {
        return;
    }
    let sides = [(left, right), (right, left)];
    let closed = sides.into_iter().find_map(|(side, other)| Some((vocabulary(&side.kind)?, side, other)));
    let Some(((list, words), side, other)) = closed else { return };
    let is_list = matches!(side.kind, NodeKind::Fact { fact: Fact::Roles | Fact::RolesMissing, .. });
    if is_list || !matches!(cx.type_of(other), NodeType::Value(Type::Text | Type::Any)) {
        return;
    }
    let example = words.get(1).or(words.first()).copied().unwrap_or_default();
    found.push(
        Finding::error(WORD_OUT_OF_ORDER, node.span)
            .with("noun", list.noun_with_article())
            .with("sign", operator(*comparison))
            .with("example", example)
            .with("words", words.join(", ")),
    );
}
