//! What a rule promises is due at a moment that does not move: whenever one asks, as long as nothing is recorded and the rule goes on holding.
//!
//! The moments asked at are the reviews, at which alone a rule can begin or cease to hold, and moments at random between them.

use cadans_testing::random::Dice;
use cadans_testing::scenario;
use proptest::prelude::*;

use cadans::book::Book;
use cadans::calendar::{Duration, Instant};
use cadans::decide::{Decider, Decision};

use crate::policy::{World, each_world, leads_to_try};

/// Conditions of every kind: on counts, lengths of time, decay, the stage, people, and interpreted ones.
const CONDITIONS: [&str; 17] = [
    "true",
    "lead.visits(7.days) >= 1",
    "lead.visits(3.days) >= 1 unless lead.touches(1.day) >= 1",
    "person.visits(14.days) >= 1",
    "not person.answered",
    "lead.since(\"visit\") >= 2.days",
    "person.since(\"visit\") < 9.days and person.touches(5.days) is 0",
    "lead.score(7.days) < 1.5",
    "lead.stage is \"consideration\"",
    "lead.age > 8.days",
    "account.signals(\"form\", 10.days) is 0",
    "lead.since(\"visit\") < 6.working_days",
    "person.since(\"visit\") >= 9.working_hours",
    "switch true { _ => lead.since(\"visit\") >= 2.working_days }",
    "now >= moment(\"2026-10-25T00:30:00Z\")",
    "switch lead.visits(2.days) { 0 => true, _ => lead.touches(1.day) is 0 }",
    "switch true { _ => lead.since(\"visit\") > 100.minutes }",
];

/// Promises, and how long each is by the clock in hours.
const PROMISES: [(&str, Option<i64>); 8] = [
    ("4.hours", Some(4)),
    ("2.days", Some(48)),
    ("9.days", Some(216)),
    ("16.days", Some(384)),
    ("20.days", Some(480)),
    ("25.days", Some(600)),
    ("30.working_hours", None),
    ("3.working_days", None),
];

/// A pack of promises that nothing forbids, and how long each is by the clock.
fn pack(dice: &mut Dice) -> (String, Vec<Option<i64>>) {
    let mut text = "enter \"consideration\" when lead.visits(4.days) >= 1;\n".to_owned();
    let mut lengths = Vec::new();
    for rule in 0..1 + dice.below(3) {
        let (when, (within, length)) = (dice.one(&CONDITIONS), dice.one(&PROMISES));
        let weight = 1 + dice.below(9);
        text += &format!("rule \"R{rule}\" when {when} then content.automatic.within({within}).weight({weight});\n");
        lengths.push(length);
    }
    (text, lengths)
}

/// The leads of a world without what was recorded for later.
fn recorded_by_now(world: &World) -> Book {
    let mut leads = world.leads.clone();
    for lead in &mut leads {
        lead.signals.retain(|signal| signal.at <= world.now);
        lead.planned.clear();
        lead.people.iter_mut().for_each(|person| person.consents.clear());
    }
    Book::new(leads, world.book.reps().to_vec(), vec![])
}

#[test]
fn what_is_due_does_not_move_while_nothing_is_recorded() {
    let compared = std::cell::Cell::new((0, 0));
    each_world(leads_to_try() / 8, |world| {
        let mut dice = Dice(world.now.millis() as u64);
        let (pack, lengths) = pack(&mut dice);
        let (rulebook, book) = (scenario::rulebook(&[&pack]), recorded_by_now(world));
        let decide = |lead: usize, at: Instant| Decider::new(&rulebook, &book, at).decision(lead).unwrap();
        for lead in (0..book.len()).step_by(2) {
            let (mut now, mut last) = (world.now, None::<Decision>);
            for _ in 0..16 {
                let decision = decide(lead, now);
                if let (Some(since), Some(due), Some(rule)) = (decision.since, decision.due, decision.rule) {
                    prop_assert!(since <= now, "{since} after {now}\n{pack}");
                    if let Some(length) = lengths[rule as usize] {
                        prop_assert_eq!(Some(due - since), Duration::HOUR.times(length));
                    }
                    prop_assert_eq!(decision.late, due <= decision.from.unwrap_or(now));
                }
                let what = |one: &Decision| (one.rule, one.person);
                if let Some(last) = last.filter(|last| what(last) == what(&decision)) {
                    let (was, is) = ((last.since, last.due), (decision.since, decision.due));
                    prop_assert_eq!(was, is, "lead {} of {} at {}\n{}", lead, world.now, now, pack);
                    compared.set((compared.get().0 + 1, compared.get().1 + usize::from(last.late != decision.late)));
                }
                last = Some(decision);
                let Some(review) = decision.review_at else { break };
                let sometime = now + Duration::from_millis(1 + dice.below(100_000_000) as i64);
                now = if dice.once_in(3) { review.min(sometime) } else { review };
            }
        }
        Ok(())
    });
    let (compared, turned) = compared.get();
    println!("{compared} compared, {turned} of them turned late");
    assert!(compared > 500 && turned > 10, "{compared} compared, {turned} of them turned late");
}
