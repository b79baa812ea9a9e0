//! Ranks the candidates of a lead by their [`Urgency`], the most urgent first. Equal ones keep the order of the rulebook, so that the ranking
//! is deterministic.

use crate::calendar::Instant;
use crate::decide::choose::selector::{Candidate, Lateness};
use crate::decide::choose::urgency::{Urgency, UrgencyClass};
use crate::decide::propose::Proposal;
use crate::order;

/// Why a candidate comes after the best one regardless of its priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Demotion {
    /// The best one may be done now, and this one waits.
    NotReady,
    /// The best one is owed to somebody, and this one is not.
    NotOwed,
    /// Both are owed, and this one is due later, at this moment where it has one.
    DueLater(Option<Instant>),
    /// The best one is late, and this one is not.
    NotLate,
    /// It is late and held up for long, and another one is in time and can be made sooner.
    HeldUp,
}

/// The candidates, the best first; one that the best precedes regardless of its priority has the reason. `proposals` are the proposals that the
/// candidates refer to.
pub(crate) fn rank(candidates: Vec<Candidate>, proposals: &[Proposal]) -> Vec<(Option<Demotion>, Candidate)> {
    let order = |one: &Candidate| proposals.get(one.proposal).map(|proposal| proposal.order);
    let in_time = candidates.iter().filter(|one| one.late.is_none()).filter_map(Candidate::placement);
    let soonest_in_time = in_time.filter(|placement| placement.ready).map(|placement| placement.slot.from).min();
    let gives_way = |one: &Candidate| {
        let from = one.placement().map(|placement| placement.slot.from);
        one.late == Some(Lateness::HeldUp) && from.zip(soonest_in_time).is_some_and(|(from, sooner)| sooner < from)
    };
    let urgency = |one: &Candidate| Urgency { gives_way: gives_way(one), ..urgency_of(one) };
    let mut ranked: Vec<(Urgency, Candidate)> = candidates.iter().map(|one| (urgency(one), *one)).collect();
    order::sort_by(&mut ranked, |(one_urgency, one), (other_urgency, other)| {
        one_urgency.compare(other_urgency).then_with(|| order(one).cmp(&order(other)))
    });
    let best = ranked.first().map(|(best, _)| *best);
    ranked.into_iter().map(|(own, one)| (best.and_then(|best| demotion(&best, &own)), one)).collect()
}

/// How urgent a candidate is.
pub(crate) fn urgency_of(candidate: &Candidate) -> Urgency {
    Urgency {
        owed: candidate.owed,
        late: candidate.late.is_some(),
        gives_way: false,
        ready: candidate.placement().is_none_or(|placement| placement.ready),
        due: candidate.promise.map(|promise| promise.due),
        priority: candidate.priority.total,
    }
}

/// Why one comes after the best regardless of its priority; `None` when its priority decides.
fn demotion(best: &Urgency, own: &Urgency) -> Option<Demotion> {
    match (best.class(), own.class()) {
        (UrgencyClass::Owed, UrgencyClass::Owed) => (best.due != own.due).then_some(Demotion::DueLater(own.due)),
        (best, own) if best == own => None,
        (_, UrgencyClass::NotReady) => Some(Demotion::NotReady),
        (_, UrgencyClass::GivesWay) => Some(Demotion::HeldUp),
        (UrgencyClass::Owed, _) => Some(Demotion::NotOwed),
        _ => Some(Demotion::NotLate),
    }
}
