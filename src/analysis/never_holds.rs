//! Statements whose condition no lead can meet.

use crate::analysis::Found;
use crate::analysis::alternatives::{Alternatives, TooMany};
use crate::analysis::classifier::Outcome;
use crate::analysis::statements::{Condition, Conditional, Rulebooks};
use crate::diagnostics::Span;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Body, Clause, Node, NodeKind};
use crate::wording::Sentence;

/// A condition that no lead can meet
///
/// ## What it does
/// Warns when the condition of a statement cannot be true for any lead: its tests exclude each other, or its exception applies wherever it would
/// hold. Told by the values that facts can have, and by what they have to do with each other: there are no three visits this week without three
/// this month. For a cadence, `until` is the exception.
///
/// ## Why it matters
/// The statement does nothing, and nobody notices: a rule that never speaks looks like a rule that has not been needed yet.
///
/// ## Example
/// ```rhai
/// rule "Compares us"
///     when lead.stage is "interest" and lead.stage is "consideration"
///     then email;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Compares us"
///     when lead.stage in ["interest", "consideration"]
///     then email;
/// ```
pub(crate) const NEVER_HOLDS: DiagnosticCode = DiagnosticCode::new("never-holds");

pub(super) fn find(rulebook: &Rulebooks<'_>, found: &mut Found<'_>) {
    for statement in rulebook.conditionals() {
        let condition = statement.condition;
        let holds = rulebook.holds(condition).and_then(|holds| with_fault(rulebook, condition, holds));
        match holds {
            Ok(holds) if holds.is_never() => found.certain(condition.pack, &finding(rulebook, &statement)),
            Ok(_) if condition.is_interpreted() => open(found, statement, "cannot-tell-interpreted"),
            Ok(_) => {}
            Err(TooMany) => open(found, statement, "cannot-tell-too-many"),
        }
    }
}

fn open(found: &mut Found<'_>, statement: Conditional<'_>, why: &'static str) {
    let question = Sentence::new("never-holds-question").with("statement", statement.called);
    found.open(statement.condition.pack, statement.span, NEVER_HOLDS, question, Sentence::new(why));
}

/// A policy of a hard pack holds as well where it cannot be evaluated.
fn with_fault(
    rulebook: &Rulebooks<'_>,
    condition: Condition<'_>,
    holds: Alternatives,
) -> Result<Alternatives, TooMany> {
    match condition.when {
        Some(when) if condition.pack.about.hard => {
            let fault = rulebook.classifier().clause(condition.pack, when, Outcome::Fault)?;
            rulebook.either(holds, fault.possible())
        }
        _ => Ok(holds),
    }
}

fn finding(rulebook: &Rulebooks<'_>, statement: &Conditional<'_>) -> Finding {
    let Conditional { condition, called, span } = statement;
    let whole = condition.when.map_or(*span, |when| when.span);
    let (at, other) = exclusive(rulebook, *condition).unwrap_or((whole, None));
    let finding = Finding::warning(NEVER_HOLDS, at).with("statement", called.clone());
    other.into_iter().fold(finding, |finding, other| finding.related(other, "related-excludes"))
}

/// The part of a condition that cannot be true, or two that cannot be true together; `None` when it takes more to tell.
fn exclusive(rulebook: &Rulebooks<'_>, condition: Condition<'_>) -> Option<(Span, Option<Span>)> {
    let mut parts: Vec<(Span, Alternatives)> = Vec::new();
    let operands = |clause: Option<&Clause>, wanted: Outcome| -> Option<Vec<(Span, Alternatives)>> {
        let Some(Clause { body: Body::Compiled(root), .. }) = clause else { return Some(Vec::new()) };
        let classifier = rulebook.classifier();
        let of = |node: &Node| Some((node.span, classifier.node(node, wanted).ok()?.possible()));
        match (&root.kind, wanted) {
            (NodeKind::And(operands), Outcome::True) | (NodeKind::Or(operands), Outcome::False) => {
                operands.iter().map(of).collect()
            }
            _ => of(root).map(|one| vec![one]),
        }
    };
    parts.extend(operands(condition.when, Outcome::True)?);
    parts.extend(operands(condition.unless, Outcome::False)?);
    if let Some((span, _)) = parts.iter().find(|(_, part)| part.is_never()) {
        return Some((*span, None));
    }
    let mut pairs =
        parts.iter().enumerate().flat_map(|(nth, one)| parts.iter().skip(nth + 1).map(move |two| (one, two)));
    let (one, two) = pairs.find(|(one, two)| rulebook.meet(&one.1, &two.1) == Ok(false))?;
    Some((one.0, Some(two.0)))
}
