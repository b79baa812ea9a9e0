//! `.to(...)` with a misspelled role.

use crate::book::value::Value;
use crate::book::vocabulary::{Role, nearest_all};
use crate::check::lints::LintContext;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};
use crate::pack::touch::{ONLY_TO, TO};

/// A role that is spelled wrong is taken for a person
///
/// ## What it does
/// Warns when `.to("...")` names somebody whose id would be nearly the name of a role, and has no digit in it.
///
/// ## Why it matters
/// A text that is no role is the id of a person. No lead has a person called "decidr", so that the rule proposes nothing, for any lead.
///
/// ## Example
/// ```rhai
/// rule "Call"
///     when lead.open
///     then phone.to("decidr");
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Call"
///     when lead.open
///     then phone.to("decider");
/// ```
pub(crate) const ROLE_OR_PERSON: DiagnosticCode = DiagnosticCode::new("role-or-person");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    let NodeKind::Build { method, args, .. } = &node.kind else { return };
    let (TO | ONLY_TO, [who]) = (&**method, args.as_slice()) else { return };
    let NodeKind::Literal(Value::Text(word)) = &who.kind else { return };
    // A word with a digit, such as `user1`, is an id.
    if word.contains(|char: char| char.is_ascii_digit()) {
        return;
    }
    if Role::from_word(word).is_some() || nearest_all(word, Role::words()).is_empty() {
        return;
    }
    let quoted = |meant: &str| format!("\"{meant}\"");
    let finding = Finding::warning(ROLE_OR_PERSON, who.span).with("word", &**word);
    let finding = finding.near(who.span, word, Role::words(), quoted, quoted);
    found.push(if cx.is_written_literal(who) { finding } else { finding.without_fix() });
}
