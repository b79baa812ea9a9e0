//! One formula for everything that may be done: `priority = P × C × V × L`, the highest first.
//!
//! Two things go before priority, among touches only. What is due goes before what is not due yet. And a touch that cannot
//! keep its promise any more gives way to one that keeps its own and can be made sooner. Ties break by the order of the rules,
//! so the same input gives the same output everywhere.

use crate::decide::choose::selector::Candidate;
use crate::decide::propose::Proposal;
use crate::order;

/// Why a candidate comes after others whatever its priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GivesWay {
    /// Something else is due, and it is not.
    NotDue,
    /// It cannot keep its promise, and something else can sooner.
    Late,
}

/// Puts the candidates in order, the best first, each with why it gives way, where it does.
pub(crate) fn rank(candidates: Vec<Candidate>, proposed: &[Proposal]) -> Vec<(Option<GivesWay>, Candidate)> {
    let placed = || candidates.iter().filter_map(|one| one.placed());
    let any_due = placed().any(|one| one.due);
    let soonest_on_time = placed()
        .filter(|one| one.due || !any_due)
        .map(|one| one.slot)
        .filter(|slot| !slot.late)
        .map(|slot| slot.from)
        .min();
    let gives_way = |one: &Candidate| {
        let placed = one.placed()?;
        if any_due && !placed.due {
            return Some(GivesWay::NotDue);
        }
        let late = placed.slot.late && soonest_on_time.is_some_and(|from| from < placed.slot.from);
        late.then_some(GivesWay::Late)
    };
    let order = |one: &Candidate| proposed.get(one.proposed).map(|proposed| proposed.order);
    let mut ranked: Vec<(Option<GivesWay>, Candidate)> = candidates.iter().map(|one| (gives_way(one), *one)).collect();
    order::sort_by(&mut ranked, |(one_gives_way, one), (other_gives_way, other)| {
        let last = one_gives_way.is_some().cmp(&other_gives_way.is_some());
        last.then_with(|| other.priority.total.total_cmp(&one.priority.total))
            .then_with(|| order(one).cmp(&order(other)))
    });
    ranked
}
