//! `enter` statements that move a lead round and round, without anything having happened.
//!
//! Conditions see the stage on record. Where a system writes back the stage that was entered, the next decision starts from there: statements that
//! hold in each other's stages never come to rest. A round is certain when a lead was found that goes it: one that meets the conditions of
//! all its statements is put together, and looked at with each stage on record in turn. Where none was found it cannot be told.

use crate::analysis::Found;
use crate::analysis::alternatives::{Alternatives, TooMany};
use crate::analysis::relations::listed;
use crate::analysis::solve::lead_for;
use crate::analysis::statements::{Condition, Rulebooks};
use crate::analysis::variable::Variable;
use crate::analysis::witness::{book_of, usual_now};
use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::Stage;
use crate::book::{GroupRecords, Lead};
use crate::calendar::{Duration, Instant};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::evaluate::facts::FactContext;
use crate::evaluate::stage::stage_in;
use crate::limits;
use crate::pack::Pack;
use crate::pack::statements::Enter;
use crate::wording::Sentence;

/// Stages that a lead goes round
///
/// ## What it does
/// Warns when `enter` statements move the same lead to a stage and back again, without a new signal: the condition of each holds in the stage that
/// the others lead to. Told only when such a lead was found.
///
/// ## Why it matters
/// Each time the stage is written back the lead moves on, so that its stage, and with it the advice, changes with every look.
///
/// ## Example
/// ```rhai
/// enter "consideration" when lead.visits("pricing", 14.days) >= 2;
/// enter "interest" when lead.stage is "consideration" and lead.visits("pricing", 14.days) < 5;
/// rule "Interested" when lead.stage is "interest" then email;
/// rule "Compares" when lead.stage is "consideration" then phone;
/// ```
///
/// ## Do instead
/// ```rhai
/// enter "consideration" when lead.visits("pricing", 14.days) >= 2;
/// enter "interest" when lead.stage is "consideration" and lead.visits("pricing", 14.days) < 2;
/// rule "Interested" when lead.stage is "interest" then email;
/// rule "Compares" when lead.stage is "consideration" then phone;
/// ```
pub(crate) const STAGE_CYCLE: DiagnosticCode = DiagnosticCode::new("stage-cycle");

/// The most stages of a round.
const LONGEST_ROUND: usize = 4;

/// Leads that are tried for one round.
const TRIED: usize = 12;

/// How many questions to a statement take as long as putting a lead together.
const PUTTING_TOGETHER: usize = 1_000;

/// A statement that moves leads, with its pack.
type Move<'a> = (&'a Pack, &'a Enter);

/// The moves of a round, with the cases in which all of them are made.
struct Round<'a> {
    moves: Vec<Move<'a>>,
    facts: Alternatives,
}

pub(super) fn find(rulebook: &Rulebooks<'_>, found: &mut Found<'_>) {
    let moves: Vec<Move<'_>> =
        rulebook.packs.iter().flat_map(|pack| pack.enters.iter().map(move |enter| (pack, enter))).collect();
    let (mut pairs, mut trials) = (limits::STAGE_MOVES, limits::STAGE_TRIALS);
    for back in moves.iter().filter(|(_, enter)| enter.may_go_back) {
        let later = Stage::ALL.iter().copied().filter(|from| *from > back.1.stage);
        let mut unsure = None;
        let mut certain = None;
        for from in later {
            let rounds = rounds(rulebook, &moves, (*back, from), &mut pairs);
            match rounds {
                Err(TooMany) => unsure = unsure.or(Some((from, "cannot-tell-too-many"))),
                Ok(rounds) => {
                    for round in rounds {
                        match goes_round(rulebook.packs, &round, from, (&mut trials, moves.len())) {
                            Ok(true) => {
                                certain = Some((from, round));
                                break;
                            }
                            Ok(false) => unsure = unsure.or(Some((from, "cannot-tell-no-lead"))),
                            Err(TooMany) => unsure = unsure.or(Some((from, "cannot-tell-too-many"))),
                        }
                    }
                }
            }
            if certain.is_some() {
                break;
            }
        }
        let (pack, enter) = back;
        match (certain, unsure) {
            (Some((from, round)), _) => {
                let finding = Finding::warning(STAGE_CYCLE, enter.span);
                let finding = finding.with("from", from.word()).with("to", enter.stage.word());
                let others = round.moves.iter().filter(|(_, other)| !std::ptr::eq(*other, *enter));
                let finding = others.fold(finding, |finding, (pack, other)| {
                    finding.related_in(&pack.file, other.span, "related-moves-on")
                });
                found.certain(pack, &finding);
            }
            (None, Some((from, why))) => {
                let question = Sentence::new("stage-cycle-question").with("from", from.word());
                let question = question.with("to", enter.stage.word());
                found.open(pack, enter.span, STAGE_CYCLE, question, Sentence::new(why));
            }
            (None, None) => {}
        }
    }
}

/// The rounds that begin with a move back from a stage, as far as their conditions do not exclude each other.
///
/// # Errors
/// There are too many alternatives.
fn rounds<'a>(
    rulebook: &Rulebooks<'a>,
    moves: &[Move<'a>],
    (back, from): (Move<'a>, Stage),
    pairs: &mut usize,
) -> Result<Vec<Round<'a>>, TooMany> {
    let start = Round { moves: vec![back], facts: made_in(rulebook, back, from)? };
    let (mut open, mut found) = (vec![start], Vec::new());
    while let Some(round) = open.pop() {
        let Some((_, last)) = round.moves.last() else { continue };
        if round.facts.is_never() {
            continue;
        }
        if last.stage == from {
            found.push(round);
            continue;
        }
        if round.moves.len() == LONGEST_ROUND {
            continue;
        }
        for next in moves {
            let stage = next.1.stage;
            let moves_on = stage > last.stage || next.1.may_go_back && stage != last.stage;
            let anew = round.moves.iter().all(|(_, made)| made.stage != stage);
            if !moves_on || !anew {
                continue;
            }
            *pairs = pairs.checked_sub(1).ok_or(TooMany)?;
            let facts = rulebook.both(&round.facts, &made_in(rulebook, *next, last.stage)?)?;
            open.push(Round { moves: round.moves.iter().copied().chain([*next]).collect(), facts });
        }
    }
    Ok(found)
}

/// The cases in which a move is made in a stage, in terms of everything but the stage.
fn made_in(rulebook: &Rulebooks<'_>, (pack, enter): Move<'_>, stage: Stage) -> Result<Alternatives, TooMany> {
    let holds = rulebook.holds(Condition { pack, when: Some(&enter.when), unless: None })?;
    let Some(stage_fact) = Variable::fact(Subject::Lead, Fact::Stage, &[]) else { return Ok(Alternatives::never()) };
    let is_here = Alternatives::test(&stage_fact, &listed([Value::text(stage.word())]));
    Ok(rulebook
        .both(&holds, &is_here)?
        .without(|variable| matches!(variable.as_fact(), Some((Subject::Lead, Fact::Stage | Fact::Open, _)))))
}

/// Whether a lead is found that goes a round from this stage.
///
/// # Errors
/// No more leads may be tried.
fn goes_round(
    packs: &[Pack],
    round: &Round<'_>,
    from: Stage,
    (trials, statements): (&mut usize, usize),
) -> Result<bool, TooMany> {
    // Since when a lead is in its stage begins anew with each move.
    let lasts = |one: &&crate::analysis::Conjunction| {
        !one.tests().any(|(variable, _)| matches!(variable.as_fact(), Some((_, Fact::StageFor, _))))
    };
    for case in round.facts.conjunctions().iter().filter(lasts).take(TRIED) {
        *trials = trials.checked_sub(PUTTING_TOGETHER + LONGEST_ROUND * statements).ok_or(TooMany)?;
        let sketch = lead_for(case, None, (usual_now(), Duration::DAY));
        if let Some((book, now)) = sketch.and_then(|sketch| book_of(&sketch))
            && book.lead(0).is_some_and(|lead| returns(packs, (lead, now), from))
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a lead that is in this stage on record comes back to it, when each stage that it enters is written back.
fn returns(packs: &[Pack], (mut lead, now): (Lead, Instant), from: Stage) -> bool {
    let mut stage = from;
    for _ in 0..LONGEST_ROUND {
        lead.stage = Some(stage);
        let cx = FactContext::new(&GroupRecords::new(vec![lead.clone()], vec![], vec![]), 0, now);
        match stage_in(packs, &cx).0 {
            Some(entered) if entered.stage == from && stage != from => return true,
            Some(entered) if entered.stage != stage => stage = entered.stage,
            _ => return false,
        }
    }
    false
}
