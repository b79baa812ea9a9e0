//! One formula for everything that may be done: `priority = P × C × V × L`, the highest first.
//!
//! Two things go before priority, among touches only. What is due goes before what is not due yet. And a touch that cannot
//! keep its promise any more gives way to one that keeps its own and can be made sooner. Ties break by the order of the rules, then
//! the person's id, then the channel, so the same input gives the same output everywhere.

use std::cmp::Ordering;

use super::advice::{Priority, RunnerUp};
use super::judge::Candidate;
use super::words;
use crate::book::schema::Channel;
use crate::rulebook::touch::Action;

/// The most runners-up in an advice.
pub(crate) const MOST_RUNNERS_UP: usize = 5;

/// Why a candidate comes after others whatever its priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GivesWay {
    NotDue,
    Late,
}

/// The winner, and the others with what they lost by, best first.
pub(crate) fn choose(candidates: Vec<Candidate<'_>>) -> Option<(Candidate<'_>, Vec<RunnerUp>)> {
    let any_due = candidates.iter().any(|one| one.slot.is_some() && one.due);
    let soonest_on_time = candidates
        .iter()
        .filter(|one| one.due || !any_due)
        .filter_map(|one| one.slot.filter(|slot| !slot.late).map(|slot| slot.from))
        .min();
    let gives_way = |one: &Candidate<'_>| {
        let slot = one.slot?;
        if any_due && !one.due {
            return Some(GivesWay::NotDue);
        }
        (slot.late && soonest_on_time.is_some_and(|from| from < slot.from)).then_some(GivesWay::Late)
    };
    let mut ranked: Vec<(Option<GivesWay>, Candidate<'_>)> =
        candidates.into_iter().map(|one| (gives_way(&one), one)).collect();
    ranked.sort_by(|one, other| one.0.is_some().cmp(&other.0.is_some()).then_with(|| compare(&one.1, &other.1)));
    let mut ranked = ranked.into_iter();
    let (_, winner) = ranked.next()?;
    let runners_up = ranked.take(MOST_RUNNERS_UP).map(|(gives_way, one)| runner_up(&winner, &one, gives_way)).collect();
    Some((winner, runners_up))
}

fn compare(one: &Candidate<'_>, other: &Candidate<'_>) -> Ordering {
    let id = |candidate: &Candidate<'_>| candidate.person.as_ref().map(|person| person.id.clone());
    other
        .priority
        .total
        .total_cmp(&one.priority.total)
        .then_with(|| one.order.cmp(&other.order))
        .then_with(|| id(one).cmp(&id(other)))
        .then_with(|| channel(one).cmp(&channel(other)))
}

/// The channel of a candidate, if it has one.
pub(crate) fn channel(candidate: &Candidate<'_>) -> Option<Channel> {
    match candidate.action {
        Action::Contact(channel) => Some(channel),
        _ => None,
    }
}

fn runner_up(winner: &Candidate<'_>, one: &Candidate<'_>, gives_way: Option<GivesWay>) -> RunnerUp {
    let lost_by = match gives_way {
        Some(GivesWay::NotDue) => "It is not due yet, and something else is".to_owned(),
        Some(GivesWay::Late) => "It cannot be done in time any more, and something else can be done sooner".to_owned(),
        None => lost_by(&winner.priority, &one.priority),
    };
    RunnerUp {
        rule: one.rule.clone(),
        channel: channel(one),
        person: one.person.as_ref().map(|person| person.id.clone()),
        priority: one.priority.clone(),
        behind: winner.priority.total - one.priority.total,
        lost_by,
    }
}

/// The factor that made most of the difference, in words.
fn lost_by(winner: &Priority, one: &Priority) -> String {
    let factors = [
        ("chance of an answer", &winner.propensity, &one.propensity),
        ("weight", &winner.context, &one.context),
        ("value", &winner.value, &one.value),
        ("lever", &winner.lever, &one.lever),
    ];
    let mut largest: Option<(f64, String)> = None;
    for (name, winners, ones) in factors {
        if ones.value >= winners.value {
            continue;
        }
        let share = ones.value / winners.value;
        if largest.as_ref().is_none_or(|(least, _)| share < *least) {
            let words =
                format!("Its {name} is lower: {} against {}", words::figure(ones.value), words::figure(winners.value));
            largest = Some((share, words));
        }
    }
    largest.map_or_else(|| "As good, but its rule comes later".to_owned(), |(_, words)| words)
}
