//! Stages that leads move to and in which no rule holds.

use crate::analysis::Found;
use crate::analysis::alternatives::{Alternatives, TooMany};
use crate::analysis::relations::{listed, truth};
use crate::analysis::statements::{Condition, Rulebooks};
use crate::analysis::touches::written_touches;
use crate::analysis::value_set::ValueSet;
use crate::analysis::variable::Variable;
use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::Stage;
use crate::diagnostics::Span;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::Pack;
use crate::pack::expression::Clause;
use crate::pack::touch::Action;
use crate::wording::Sentence;

/// A stage without a rule
///
/// ## What it does
/// Warns when an `enter` statement moves leads to an open stage in which no rule and no cadence can hold, and when rules name every open stage but
/// one in which none can hold. Answers to who waits, and rules that only say `wait`, are not counted: they do not move a lead on.
///
/// ## Why it matters
/// A lead that gets there falls silent, and nobody decided that it should.
///
/// ## Example
/// ```rhai
/// enter "interest" when lead.visits(30.days) >= 3;
/// enter "consideration" when lead.visits("pricing", 14.days) >= 2;
/// rule "Interested" when lead.stage is "interest" then email;
/// ```
///
/// ## Do instead
/// ```rhai
/// enter "interest" when lead.visits(30.days) >= 3;
/// enter "consideration" when lead.visits("pricing", 14.days) >= 2;
/// rule "Interested" when lead.stage is "interest" then email;
/// rule "Compares" when lead.stage is "consideration" then phone;
/// ```
pub(crate) const STAGE_WITHOUT_RULE: DiagnosticCode = DiagnosticCode::new("stage-without-rule");

/// A rule or cadence that may move a lead on, with the cases in which it holds while nobody waits for an answer.
struct Moving {
    holds: Result<Alternatives, TooMany>,
    /// Whether its condition is about the stage, so that it may contact closed leads.
    reads_stage: bool,
    /// Whether a part of it runs interpreted.
    interpreted: bool,
}

pub(super) fn find(rulebook: &Rulebooks<'_>, found: &mut Found<'_>) {
    let rules: Vec<Moving> = rulebook.packs.iter().flat_map(|pack| moving(rulebook, pack)).collect();
    if rules.is_empty() {
        return;
    }
    let Some(stage_fact) = Variable::fact(Subject::Lead, Fact::Stage, &[]) else { return };
    for stage in Stage::ALL.iter().copied() {
        let is_here = Alternatives::test(&stage_fact, &listed([Value::text(stage.word())]));
        let Some((pack, span)) = place(rulebook, stage, (&rules, &stage_fact)) else { continue };
        let counted = rules.iter().filter(|rule| stage.is_open() || rule.reads_stage);
        let can_hold = counted.map(|rule| match &rule.holds {
            Ok(holds) => rulebook.meet(holds, &is_here),
            Err(TooMany) => Err(TooMany),
        });
        let can_hold: Vec<Result<bool, TooMany>> = can_hold.collect();
        let question = || Sentence::new("stage-without-rule-question").with("stage", stage.word());
        if can_hold.contains(&Ok(true)) {
            continue;
        }
        if can_hold.contains(&Err(TooMany)) {
            found.open(pack, span, STAGE_WITHOUT_RULE, question(), Sentence::new("cannot-tell-too-many"));
        } else if !stage.is_open() {
            // Whoever is a customer, or said no, may be left to others.
            found.open(pack, span, STAGE_WITHOUT_RULE, question(), Sentence::new("cannot-tell-closed"));
        } else {
            found.certain(pack, &Finding::warning(STAGE_WITHOUT_RULE, span).with("stage", stage.word()));
        }
    }
}

/// Where to tell that a stage has no rule: the first statement that moves leads there, else, for a stage that is the only open one without a rule
/// that names it, the first rule. `None` for a stage of which nothing is expected.
fn place<'a>(
    rulebook: &Rulebooks<'a>,
    stage: Stage,
    (rules, stage_fact): (&[Moving], &Variable),
) -> Option<(&'a Pack, Span)> {
    let enters = rulebook.packs.iter().flat_map(|pack| pack.enters.iter().map(move |enter| (pack, enter)));
    let possible = |(pack, enter): &(&'a Pack, &crate::pack::statements::Enter)| {
        let condition = Condition { pack, when: Some(&enter.when), unless: None };
        !rulebook.holds(condition).is_ok_and(|holds| holds.is_never())
    };
    if let Some((pack, enter)) = enters.filter(|(_, enter)| enter.stage == stage).find(possible) {
        return Some((pack, enter.span));
    }
    // A rule names a stage when it holds in that one and not in every stage.
    let names = |rule: &Moving, stage: Stage| {
        let Ok(holds) = &rule.holds else { return false };
        let tested = |test: &ValueSet| test.has(&Value::text(stage.word())) && !test.unknown;
        let mut conjunctions = holds.conjunctions().iter();
        conjunctions.any(|one| one.test(stage_fact).is_some_and(tested))
    };
    let others = Stage::ALL.iter().filter(|other| other.is_open() && **other != stage);
    let all_others =
        others.clone().count() > 0 && others.clone().all(|other| rules.iter().any(|rule| names(rule, *other)));
    let first = rulebook.packs.iter().find_map(|pack| pack.rules.first().map(|rule| (pack, rule.span)));
    if stage.is_open() && all_others { first } else { None }
}

fn moving(rulebook: &Rulebooks<'_>, pack: &Pack) -> Vec<Moving> {
    let quiet = |clause: &Clause| {
        written_touches(clause).is_some_and(|written| {
            written.touches.iter().all(|touch| matches!(touch.touch.action, Action::Wait | Action::Answer))
        })
    };
    let reads = |clause: &Clause| {
        let about_stage = |subject, fact| {
            matches!((subject, fact), (_, Fact::Stage | Fact::Open) | (Subject::Account, Fact::Customer))
        };
        clause.reads_some(&about_stage).unwrap_or(true)
    };
    let of = |condition: Condition<'_>| Moving {
        holds: rulebook.holds(condition).and_then(|holds| while_nobody_waits(rulebook, &holds)),
        reads_stage: [condition.when, condition.unless].into_iter().flatten().any(reads),
        interpreted: condition.is_interpreted(),
    };
    let rules = pack.rules.iter().filter(|rule| !quiet(&rule.then)).map(|rule| of(Condition::of_rule(pack, rule)));
    let cadences = pack.cadences.iter().map(|cadence| of(Condition::of_cadence(pack, cadence)));
    rules
        .chain(cadences)
        .filter(|one| one.interpreted || !one.holds.as_ref().is_ok_and(Alternatives::is_never))
        .collect()
}

/// The cases in which nobody in the lead waits for an answer.
fn while_nobody_waits(rulebook: &Rulebooks<'_>, holds: &Alternatives) -> Result<Alternatives, TooMany> {
    let waiting = Variable::fact(Subject::Lead, Fact::Waiting, &[]);
    match waiting {
        Some(waiting) => rulebook.both(holds, &Alternatives::test(&waiting, &truth(false))),
        None => Ok(holds.clone()),
    }
}
