//! Ranks the candidates of a lead by their [`Urgency`], the most urgent first. Equal ones keep the order of the rulebook, so that the ranking
//! is deterministic.

use crate::calendar::Instant;
use crate::decide::choose::selector::{Candidate, Lateness, Selection};
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
    /// It is to do nothing for now, and the best one may be done meanwhile.
    Waits,
    /// It is late and held up for long, and another one is in time and can be made sooner.
    HeldUp,
}

/// The candidates, the best first; one that the best precedes regardless of its priority has the reason. `proposals` are the proposals that the
/// candidates refer to.
pub(crate) fn rank(candidates: Vec<Candidate>, proposals: &[Proposal]) -> Vec<(Option<Demotion>, Candidate)> {
    let order = |one: &Candidate| proposals.get(one.proposal).map(|proposal| proposal.order);
    let held_up = |one: &Candidate| one.late == Some(Lateness::HeldUp);
    // What would be advised without what is held up. What gives way to it begins later, so nothing that can begin as soon is passed over.
    let best_of_others = candidates
        .iter()
        .filter(|one| !held_up(one) && !urgency_of(one).waits)
        .min_by(|one, other| urgency_of(one).compare(&urgency_of(other)).then_with(|| order(one).cmp(&order(other))));
    let sooner = best_of_others.filter(|best| best.late.is_none() && urgency_of(best).ready).map(begins);
    let gives_way = |one: &Candidate| held_up(one) && sooner.is_some_and(|sooner| sooner < begins(one));
    let urgency = |one: &Candidate| Urgency { gives_way: gives_way(one), ..urgency_of(one) };
    let mut ranked: Vec<(Urgency, Candidate)> = candidates.iter().map(|one| (urgency(one), *one)).collect();
    order::sort_by(&mut ranked, |(one_urgency, one), (other_urgency, other)| {
        one_urgency.compare(other_urgency).then_with(|| order(one).cmp(&order(other)))
    });
    let best = ranked.first().map(|(best, _)| *best);
    ranked.into_iter().map(|(own, one)| (best.and_then(|best| demotion(&best, &own)), one)).collect()
}

/// When a candidate begins; `None`, which is before every moment, for what has no moment of its own and can be done now.
fn begins(candidate: &Candidate) -> Option<Instant> {
    candidate.placement().map(|placement| placement.slot.from)
}

/// How urgent a candidate is.
pub(crate) fn urgency_of(candidate: &Candidate) -> Urgency {
    Urgency {
        owed: candidate.owed,
        late: candidate.late.is_some(),
        gives_way: false,
        waits: matches!(candidate.selection, Selection::Wait),
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
        (UrgencyClass::Ready | UrgencyClass::Late | UrgencyClass::GivesWay, UrgencyClass::Waits) => {
            Some(Demotion::Waits)
        }
        (_, UrgencyClass::GivesWay) => Some(Demotion::HeldUp),
        (UrgencyClass::Owed, _) => Some(Demotion::NotOwed),
        _ => Some(Demotion::NotLate),
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use proptest::prelude::*;

    use super::*;
    use crate::book::SignalView;
    use crate::book::questions::{ChannelSet, Question};
    use crate::book::vocabulary::{Channel, Direction, SignalKind};
    use crate::decide::choose::person::PersonChoice;
    use crate::decide::choose::selector::PriorityFactors;
    use crate::decide::context::placement::{Placement, Promise, TimeSlot};

    const NOW: Instant = Instant::from_millis(1_795_165_200_000);

    fn hour(hours: i64) -> Instant {
        Instant::from_millis(NOW.millis() + hours * 3_600_000)
    }

    fn question() -> Question {
        let view = SignalView::new(SignalKind::Form, None, Some(Direction::Inbound), None);
        let (tried_on, undeliverable) = (ChannelSet::default(), ChannelSet::default());
        Question { since: hour(-2), asked_at: hour(-2), view, tried: 0, tried_on, undeliverable }
    }

    prop_compose! {
        fn candidate()(
            priority in 0_i32..6,
            from in 0_i64..4,
            due in proptest::option::of(-3_i64..3),
            late in 0_u8..3,
            (ready, owed, action) in (proptest::bool::weighted(0.8), proptest::bool::weighted(0.2), proptest::bool::weighted(0.2)),
        ) -> Candidate {
            let late = match (due, late) {
                (None, _) | (_, 0) => None,
                (_, 1) => Some(Lateness::Soon),
                _ => Some(Lateness::HeldUp),
            };
            let slot = TimeSlot { from: hour(from), until: hour(from + 1), late: late.is_some() };
            let placement = Placement { slot, seller: None, nobody_before: false, ready };
            let choice = PersonChoice { person: 0, requested: true };
            let total = f64::from(priority);
            Candidate {
                proposal: 0,
                selection: match action {
                    true => Selection::Action,
                    false => Selection::Touch { channel: Channel::Phone, choice, variant: 0, placement },
                },
                priority: PriorityFactors { total, propensity: total, context: 1.0, value: 1.0, lever: 1.0 },
                seller: None,
                answers: owed.then(question),
                owed,
                promise: due.map(|due| Promise { since: hour(-4), due: hour(due), late_from: hour(due) }),
                late: if action { late.map(|_| Lateness::Soon) } else { late },
            }
        }
    }

    /// What tells candidates apart.
    fn told(one: &Candidate) -> (i32, Option<Instant>, Option<Instant>, bool, bool, u8) {
        let late = match one.late {
            None => 0,
            Some(Lateness::Soon) => 1,
            Some(Lateness::HeldUp) => 2,
        };
        let ready = one.placement().is_none_or(|placement| placement.ready);
        let due = one.promise.map(|promise| promise.due);
        (one.priority.total as i32, begins(one), due, one.owed, ready, late)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_order_is_total(one in candidate(), two in candidate(), three in candidate()) {
            let [one, two, three] = [one, two, three].map(|each| urgency_of(&each));
            prop_assert_eq!(one.compare(&two), two.compare(&one).reverse());
            prop_assert_eq!(one.compare(&one), Ordering::Equal);
            if one.compare(&two).is_le() && two.compare(&three).is_le() {
                prop_assert!(one.compare(&three).is_le());
            }
        }

        #[test]
        fn the_ranking_does_not_depend_on_the_order_in_which_candidates_come(
            all in proptest::collection::vec(candidate(), 1..7), turn in 0_usize..7,
        ) {
            // No two are equal: equal ones keep the order of the rulebook, which these have not.
            let distinct = |(nth, mut one): (usize, Candidate)| {
                one.priority.total += nth as f64 / 10.0;
                one
            };
            let all: Vec<Candidate> = all.into_iter().enumerate().map(distinct).collect();
            let mut turned = all.clone();
            turned.rotate_left(turn % all.len());
            let priorities = |all: Vec<Candidate>| -> Vec<f64> {
                rank(all, &[]).into_iter().map(|(_, one)| one.priority.total).collect()
            };
            prop_assert_eq!(priorities(all), priorities(turned));
        }

        #[test]
        fn no_winner_is_worse_than_a_runner_up_that_can_begin_as_soon(
            all in proptest::collection::vec(candidate(), 1..7),
        ) {
            let ranked = rank(all.clone(), &[]);
            prop_assert_eq!(ranked.len(), all.len());
            let (_, winner) = ranked[0];
            let (priority, start, due, owed, ready, late) = told(&winner);
            for (_, other) in &ranked[1..] {
                let (others, begins, others_due, is_owed, is_ready, is_late) = told(other);
                if !is_ready {
                    continue;
                }
                prop_assert!(ready, "{winner:?} waits and {other:?} does not");
                prop_assert!(owed || !is_owed, "{other:?} is owed and {winner:?} is not");
                if owed && is_owed {
                    prop_assert!(others_due.is_none() || due.is_some_and(|due| Some(due) <= others_due), "{other:?} is due before {winner:?}");
                }
                if owed || begins > start {
                    continue;
                }
                prop_assert!(late > 0 || is_late == 0, "{other:?} is late and {winner:?} is not");
                prop_assert!((late > 0) != (is_late > 0) || others <= priority, "{other:?} is better than {winner:?}");
            }
        }
    }
}
