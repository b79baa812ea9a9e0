//! Rules for one person.

use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::{Role, nearest_all};
use crate::check::clause::visit;
use crate::check::lints::{LintContext, StatementContext};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Comparison, Node, NodeKind};
use crate::pack::statement_forms::ClausePurpose;
use crate::pack::touch::{ONLY_TO, TO};

/// A rule names a person
///
/// ## What it does
/// Warns when a rule or series is written for one person: `.to("p1")` or `.only_to("p1")` with a text that is no role, or a condition that compares
/// `person.id` or `person.name` with a text. Not in an `example`, whose people are its own.
///
/// ## Why it matters
/// A rule holds for every lead, and a pack for every team that takes it over. Nobody else's leads have this person, and when they change jobs
/// the rule proposes nothing any more, without anybody noticing. Who somebody is in the decision is their role.
///
/// ## Example
/// ```rhai
/// rule "Quote is out"
///     when lead.quotes_open >= 1
///     then phone.to("p1")
///     because "Ask what is unclear";
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Quote is out"
///     when lead.quotes_open >= 1
///     then phone.to("decider")
///     because "Ask what is unclear";
/// ```
pub(crate) const NAMED_PERSON: DiagnosticCode = DiagnosticCode::new("named-person");

/// A touch that is for one person. What is nearly a role is reported by another lint.
pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    if !matches!(cx.clause.purpose, ClausePurpose::Touches | ClausePurpose::Steps) {
        return;
    }
    let NodeKind::Build { method, args, .. } = &node.kind else { return };
    let (TO | ONLY_TO, [who]) = (&**method, args.as_slice()) else { return };
    let Some(Value::Text(word)) = who.constant() else { return };
    let has_digit = word.contains(|char: char| char.is_ascii_digit());
    let nearly_a_role = !has_digit && !nearest_all(word, Role::words()).is_empty();
    if Role::from_word(word).is_none() && !nearly_a_role {
        let roles = Role::words().collect::<Vec<_>>().join(", ");
        found.push(Finding::warning(NAMED_PERSON, who.span).with("who", &**word).with("roles", roles));
    }
}

/// A condition that holds for one person.
pub(crate) fn lint_conditions(cx: &StatementContext<'_>, found: &mut Vec<Finding>) {
    let reads = |node: &Node| {
        matches!(&node.kind, NodeKind::Fact { subject: Subject::Person, fact: Fact::Id | Fact::Name, .. })
    };
    let text = |node: &Node| match node.constant() {
        Some(Value::Text(text)) => Some(text.to_string()),
        _ => None,
    };
    for condition in cx.conditions() {
        visit(condition, &mut |node| {
            let who = match &node.kind {
                NodeKind::Compare(Comparison::Equal | Comparison::NotEqual, left, right) if reads(left) => text(right),
                NodeKind::Compare(Comparison::Equal | Comparison::NotEqual, left, right) if reads(right) => text(left),
                NodeKind::In(item, items) if reads(item) => items.iter().find_map(text),
                NodeKind::Contains(item, haystack) if reads(item) => match haystack.constant() {
                    Some(Value::List(items)) => items.first().map(ToString::to_string),
                    _ => None,
                },
                _ => None,
            };
            if let Some(who) = who {
                let finding = Finding::warning(NAMED_PERSON, node.span).message("named-person-condition");
                found.push(finding.with("who", who));
            }
        });
    }
}
