//! Statements whose condition every lead meets.

use crate::analysis::Found;
use crate::analysis::alternatives::TooMany;
use crate::analysis::statements::Rulebooks;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::wording::Sentence;

/// A condition that every lead meets
///
/// ## What it does
/// Warns when the condition of a statement is true for every lead, also for one of which hardly anything is known.
///
/// ## Why it matters
/// It says nothing. Mostly `or` stands where `and` was meant: whoever is no customer *or* is not lost is everybody.
///
/// ## Example
/// ```rhai
/// rule "Still open"
///     when lead.stage is not "customer" or lead.stage is not "lost"
///     then email;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Still open"
///     when lead.stage is not "customer" and lead.stage is not "lost"
///     then email;
/// ```
pub(crate) const ALWAYS_HOLDS: DiagnosticCode = DiagnosticCode::new("always-holds");

pub(super) fn find(rulebook: &Rulebooks<'_>, found: &mut Found<'_>) {
    for statement in rulebook.conditionals() {
        let condition = statement.condition;
        // A statement that a layer limits to the leads of some reps has a condition that it was given, with its own place.
        let Some(when) = condition.when.filter(|when| when.span != statement.span) else { continue };
        let fails = rulebook.fails(condition);
        match fails.and_then(|fails| rulebook.meet(&fails, &condition.owners())) {
            Ok(false) => {
                let finding = Finding::warning(ALWAYS_HOLDS, when.span).with("statement", statement.called);
                found.certain(condition.pack, &finding);
            }
            Ok(true) => {}
            Err(TooMany) => {
                let question = Sentence::new("always-holds-question").with("statement", statement.called);
                let why = Sentence::new("cannot-tell-too-many");
                found.open(condition.pack, statement.span, ALWAYS_HOLDS, question, why);
            }
        }
    }
}
