//! What one statement says of one lead, asked lead by lead: for whoever asks many at once to be compared with.
//!
//! Whoever hands over packs whose clauses are left to Rhai's walker gets what the walker says.

use cadans::columnar::ConditionKind;
use cadans::diagnostics::EvaluationError;
use cadans::evaluate::clause::{holds, stands};
use cadans::evaluate::facts::FactContext;
use cadans::pack::Pack;
use cadans::pack::expression::Clause;

/// Every kind of statement that has a condition.
pub const KINDS: [ConditionKind; 7] = [
    ConditionKind::Enter,
    ConditionKind::Rule,
    ConditionKind::Never,
    ConditionKind::Limit,
    ConditionKind::Hours,
    ConditionKind::Pause,
    ConditionKind::Cadence,
];

/// A statement: kind, pack, and place among its kind in the pack.
pub type Statement = (ConditionKind, usize, usize);

/// Whether it holds for somebody of this lead, and whether it fails for somebody. An `enter` statement sees the lead as on record, all
/// others with the stage entered.
pub fn said_of(packs: &[Pack], statement: Statement, recorded: &FactContext, entered: &FactContext) -> (bool, bool) {
    let (kind, pack, place) = statement;
    match kind {
        ConditionKind::Enter => {
            let enter = &packs[pack].enters[place];
            let stage = recorded.lead().and_then(|lead| lead.stage);
            let may_move = enter.may_go_back || stage.is_none_or(|stage| enter.stage > stage);
            somebody([if may_move { holds(&enter.when, recorded) } else { Ok(false) }])
        }
        ConditionKind::Cadence => {
            let cadence = &packs[pack].cadences[place];
            somebody([runs(&cadence.when, cadence.until.as_ref(), entered)])
        }
        _ => {
            let clauses = clauses_of(packs, statement);
            // What a rule proposes is asked for each person.
            let then = kind == ConditionKind::Rule && packs[pack].rules[place].then.reads_person;
            let by_person = then || clauses.into_iter().flatten().any(|clause| clause.reads_person);
            somebody(askings(by_person, entered).into_iter().map(|cx| stands(clauses[0], clauses[1], &cx)))
        }
    }
}

/// Its condition as written.
pub fn source_of(packs: &[Pack], statement: Statement) -> String {
    let sources: Vec<&str> = clauses_of(packs, statement).into_iter().flatten().map(|clause| &*clause.source).collect();
    sources.join("\n   unless ")
}

/// What must hold and what must not.
fn clauses_of(packs: &[Pack], (kind, pack, place): Statement) -> [Option<&Clause>; 2] {
    let pack = &packs[pack];
    match kind {
        ConditionKind::Enter => [Some(&pack.enters[place].when), None],
        ConditionKind::Rule => [Some(&pack.rules[place].when), pack.rules[place].unless.as_ref()],
        ConditionKind::Never => [pack.nevers[place].when.as_ref(), pack.nevers[place].unless.as_ref()],
        ConditionKind::Limit => [pack.limits[place].when.as_ref(), None],
        ConditionKind::Hours => [pack.hours[place].when.as_ref(), None],
        ConditionKind::Pause => [Some(&pack.pauses[place].when), None],
        ConditionKind::Cadence => [Some(&pack.cadences[place].when), pack.cadences[place].until.as_ref()],
    }
}

/// A cadence runs when its `when` holds for somebody and its `until` for nobody.
fn runs(when: &Clause, until: Option<&Clause>, cx: &FactContext) -> Result<bool, EvaluationError> {
    let anybody = |clause: &Clause| {
        let answers: Result<Vec<bool>, EvaluationError> =
            askings(clause.reads_person, cx).iter().map(|cx| holds(clause, cx)).collect();
        answers.map(|answers| answers.contains(&true))
    };
    match until {
        Some(until) if anybody(when)? => anybody(until).map(|ends| !ends),
        _ => anybody(when),
    }
}

fn askings(by_person: bool, cx: &FactContext) -> Vec<FactContext> {
    let people = cx.lead().map_or(0, |lead| lead.people.len());
    if by_person { (0..people).map(|person| cx.for_person(Some(person))).collect() } else { vec![cx.for_person(None)] }
}

fn somebody(answers: impl IntoIterator<Item = Result<bool, EvaluationError>>) -> (bool, bool) {
    let (mut held, mut failed) = (false, false);
    for answer in answers {
        held |= matches!(answer, Ok(true));
        failed |= answer.is_err();
    }
    (held, failed)
}
