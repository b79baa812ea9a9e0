//! Ranks the candidates of a lead by `priority = P × C × V × L`, the highest first.
//!
//! Two criteria come before priority, among touches only: a touch that is due precedes one that is not due yet, and a late touch comes after
//! one that is in time and can be made sooner; neither puts off an answer to somebody who waits. Equal priorities keep the order of the rulebook, so that the ranking is deterministic.

use crate::decide::choose::selector::Candidate;
use crate::decide::propose::Proposal;
use crate::order;

/// Why a candidate comes after others regardless of its priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Demotion {
    /// Another touch is due and this one is not.
    NotDue,
    /// It is late, and another touch is in time and can be made sooner.
    Late,
}

/// The candidates, the best first; a demoted one has the reason. `proposals` are the proposals that the candidates refer to.
pub(crate) fn rank(candidates: Vec<Candidate>, proposals: &[Proposal]) -> Vec<(Option<Demotion>, Candidate)> {
    let placements = || candidates.iter().filter_map(|one| one.placement());
    let any_due = placements().any(|one| one.due);
    let soonest_in_time = placements()
        .filter(|one| one.due || !any_due)
        .map(|one| one.slot)
        .filter(|slot| !slot.late)
        .map(|slot| slot.from)
        .min();
    let find_demotion = |one: &Candidate| {
        // Who waits for an answer is not put off for what can be done sooner.
        let placement = one.placement().filter(|_| one.answers.is_none())?;
        if any_due && !placement.due {
            return Some(Demotion::NotDue);
        }
        let late = placement.slot.late && soonest_in_time.is_some_and(|from| from < placement.slot.from);
        late.then_some(Demotion::Late)
    };
    let order = |one: &Candidate| proposals.get(one.proposal).map(|proposal| proposal.order);
    let mut ranked: Vec<(Option<Demotion>, Candidate)> =
        candidates.iter().map(|one| (find_demotion(one), *one)).collect();
    order::sort_by(&mut ranked, |(one_demotion, one), (other_demotion, other)| {
        let demoted = one_demotion.is_some().cmp(&other_demotion.is_some());
        demoted
            .then_with(|| other.priority.total.total_cmp(&one.priority.total))
            .then_with(|| order(one).cmp(&order(other)))
    });
    ranked
}
