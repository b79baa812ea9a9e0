//! The reference answer of one statement for one lead, evaluated clause by clause: evaluators of many leads are compared with it.
//!
//! With packs whose clauses are interpreted, the answers are those of Rhai's interpreter.

use cadans::book::catalogue::{Fact, Subject};
use cadans::book::value::Value;
use cadans::book::vocabulary::StageBy;
use cadans::book::{GroupRecords, Person};
use cadans::calendar::{Duration, Instant};
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

/// A statement: kind, index of the pack, and index among the statements of its kind in the pack.
pub type Statement = (ConditionKind, usize, usize);

/// Whether a statement holds for any person of a lead, and whether it fails for any person. An `enter` statement sees the stage on record, all
/// others the stage after the `enter` statements.
pub fn reference_answer(
    packs: &[Pack],
    statement: Statement,
    recorded: &FactContext,
    entered: &FactContext,
) -> (bool, bool) {
    let (kind, pack, place) = statement;
    match kind {
        ConditionKind::Enter => {
            let enter = &packs[pack].enters[place];
            let stage = recorded.lead().and_then(|lead| lead.stage);
            let may_move = enter.may_go_back || stage.is_none_or(|stage| enter.stage > stage);
            any_person([if may_move { moves(&enter.when, recorded) } else { Ok(false) }])
        }
        ConditionKind::Cadence => {
            let cadence = &packs[pack].cadences[place];
            any_person([runs(&cadence.when, cadence.until.as_ref(), entered)])
        }
        _ => {
            let clauses = clauses_of(packs, statement);
            // `then` is evaluated for each person.
            let then = kind == ConditionKind::Rule && packs[pack].rules[place].then.reads_person;
            let by_person = then || clauses.into_iter().flatten().any(|clause| clause.reads_person);
            // The answer to somebody who is gone goes to whoever took over.
            let about_waiting = clauses[0].is_some_and(|clause| clause.source.contains("person.waiting"));
            let for_askers = kind == ConditionKind::Rule && about_waiting;
            let mut all = contexts(by_person, entered);
            if by_person && for_askers {
                let gone = everybody(entered).into_iter().filter(is_gone);
                all.extend(gone.filter(|cx| cx.fact(Subject::Person, Fact::Waiting, &[]) == Ok(Value::Truth(true))));
            }
            any_person(all.into_iter().map(|cx| stands(clauses[0], clauses[1], &cx)))
        }
    }
}

/// Whether the condition of an `enter` statement moves a lead: for two weeks after a rep set its stage only by what happened since.
fn moves(when: &Clause, recorded: &FactContext) -> Result<bool, EvaluationError> {
    let lead = recorded.lead().filter(|lead| lead.stage_by == Some(StageBy::Rep) && lead.stage.is_some());
    let set_at = lead.and_then(|lead| lead.stage_since);
    let Some(set_at) =
        set_at.filter(|at| *at <= recorded.now() && recorded.now() - *at < Duration::WEEK + Duration::WEEK)
    else {
        return holds(when, recorded);
    };
    let only = |counts: &dyn Fn(Instant) -> bool| {
        let mut leads = recorded.book().leads().to_vec();
        leads[recorded.lead_index()].signals.retain(|signal| counts(signal.at));
        leads[recorded.lead_index()].quotes.retain(|quote| counts(quote.sent_at));
        let book = GroupRecords::new(leads, recorded.book().reps().to_vec(), recorded.book().contents().to_vec());
        FactContext::new(&book, recorded.lead_index(), recorded.now())
    };
    let without = holds(when, &only(&|_| false)).unwrap_or(false);
    Ok(holds(when, &only(&|at| at > set_at))? && !without)
}

/// The source text of the condition of a statement.
pub fn source_of(packs: &[Pack], statement: Statement) -> String {
    let sources: Vec<&str> = clauses_of(packs, statement).into_iter().flatten().map(|clause| &*clause.source).collect();
    sources.join("\n   unless ")
}

/// The clause that must hold, and the one that must not.
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

/// Whether a cadence runs: its `when` holds for any person, and its `until` for none.
fn runs(when: &Clause, until: Option<&Clause>, cx: &FactContext) -> Result<bool, EvaluationError> {
    let anybody = |clause: &Clause| {
        let answers: Result<Vec<bool>, EvaluationError> =
            contexts(clause.reads_person, cx).iter().map(|cx| holds(clause, cx)).collect();
        answers.map(|answers| answers.contains(&true))
    };
    match until {
        Some(until) if anybody(when)? => anybody(until).map(|ends| !ends),
        _ => anybody(when),
    }
}

/// The contexts in which a clause is evaluated: one for each person who is there, or one without a person.
fn contexts(by_person: bool, cx: &FactContext) -> Vec<FactContext> {
    if by_person { everybody(cx).into_iter().filter(|cx| !is_gone(cx)).collect() } else { vec![cx.for_person(None)] }
}

fn everybody(cx: &FactContext) -> Vec<FactContext> {
    let people = cx.lead().map_or(0, |lead| lead.people.len());
    (0..people).map(|person| cx.for_person(Some(person))).collect()
}

/// Whether the person of a context has left, by any of their records in leads of the account.
fn is_gone(cx: &FactContext) -> bool {
    let (Some(lead), Some(person)) = (cx.lead(), cx.person()) else { return false };
    let same = |other: &&Person| {
        let ids = std::iter::once(&other.id).chain(&other.aliases);
        let human = other.human.is_some() && other.human == person.human;
        human || ids.into_iter().any(|id| person.is_called(id))
    };
    let of_account = cx.book().leads().iter().filter(|other| other.account.id == lead.account.id);
    let mut records = of_account.flat_map(|lead| &lead.people).filter(same);
    records.any(|one| one.left_at.is_some_and(|left| left <= cx.now()))
}

/// Whether any answer is true, and whether any is an error.
fn any_person(answers: impl IntoIterator<Item = Result<bool, EvaluationError>>) -> (bool, bool) {
    let (mut held, mut failed) = (false, false);
    for answer in answers {
        held |= matches!(answer, Ok(true));
        failed |= answer.is_err();
    }
    (held, failed)
}
