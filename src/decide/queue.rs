//! The order in which leads are shown: for advices, and for decisions of which only some are put into words.
//!
//! First what can be done now, then what begins later, by its start. Of what begins at the same moment, and of all that can be done now, the
//! most urgent is first ([`Urgency`]).

use crate::book::Book;
use crate::calendar::Instant;
use crate::decide::advice::{Advice, TAKE_OVER, Verdict};
use crate::decide::choose::decision::Decision;
use crate::decide::choose::urgency::Urgency;
use crate::order;

/// What orders a lead for which something is to be done. Reps are not compared.
struct QueueKey<'a> {
    /// The start of the window of the touch; `now` for a touch without a window.
    start: Instant,
    urgency: Urgency,
    id: &'a str,
}

/// The indexes of the advices that have a touch: those that can be made now first, then by the start of the window; of the same start what is
/// owed to somebody by when it is due, then what is late, then the rest, the latter two by the highest priority; then by the id of the lead.
/// Reps are not compared.
pub fn queue(advices: &[Advice]) -> Vec<usize> {
    queued(&keys(advices))
}

/// The indexes of all advices: first those for which somebody has to take over what is owed, then the [`queue`], then the other advices without a
/// touch, in the order given.
pub fn in_order(advices: &[Advice]) -> Vec<usize> {
    let to_take_over = |advice: &Advice| {
        advice.verdict == Verdict::Hold && advice.blocks.iter().any(|block| block.policy == TAKE_OVER)
    };
    all_in_order(&keys(advices), &advices.iter().map(to_take_over).collect::<Vec<_>>())
}

/// The indexes of decisions in the order that [`in_order`] gives their advices. Each decision comes with the index of its lead in the book.
pub fn decisions_in_order(decisions: &[(usize, Decision)], book: &Book, now: Instant) -> Vec<usize> {
    let key = |(lead, decision): &(usize, Decision)| {
        decision.verdict.is_to_do().then(|| QueueKey {
            // A watch keeps the start of a window that has begun.
            start: decision.from.map_or(now, |from| from.max(now)),
            urgency: Urgency::of_advised(decision.owed, decision.late, decision.due, decision.priority.unwrap_or(0.0)),
            id: book.id(*lead).unwrap_or_default(),
        })
    };
    let to_take_over = decisions.iter().map(|(_, decision)| decision.is_to_be_taken_over());
    all_in_order(&decisions.iter().map(key).collect::<Vec<_>>(), &to_take_over.collect::<Vec<_>>())
}

fn keys(advices: &[Advice]) -> Vec<Option<QueueKey<'_>>> {
    fn key(advice: &Advice) -> Option<QueueKey<'_>> {
        let touch = advice.touch.as_ref()?;
        let priority = advice.priority.as_ref().map_or(0.0, |priority| priority.total);
        let urgency = Urgency::of_advised(touch.is_owed(), touch.late, touch.due, priority);
        let start = touch.window.as_ref().map_or(advice.now, |window| window.from.max(advice.now));
        Some(QueueKey { start, urgency, id: &advice.lead })
    }
    advices.iter().map(key).collect()
}

/// The indexes that have a key, in order.
fn queued(keys: &[Option<QueueKey<'_>>]) -> Vec<usize> {
    let mut queue: Vec<(usize, &QueueKey<'_>)> =
        keys.iter().enumerate().filter_map(|(index, key)| key.as_ref().map(|key| (index, key))).collect();
    order::sort_by(&mut queue, |(_, one), (_, other)| {
        let by_start = one.start.cmp(&other.start);
        by_start.then_with(|| one.urgency.compare(&other.urgency)).then_with(|| one.id.cmp(other.id))
    });
    queue.into_iter().map(|(index, _)| index).collect()
}

/// The indexes without a key of what somebody has to take over, those that have a key, in order, and then the others.
fn all_in_order(keys: &[Option<QueueKey<'_>>], to_take_over: &[bool]) -> Vec<usize> {
    let without_key = keys.iter().zip(to_take_over).enumerate().filter(|(_, (key, _))| key.is_none());
    let (first, last): (Vec<_>, Vec<_>) = without_key.partition(|(_, (_, to_take_over))| **to_take_over);
    let index = |(index, _): (usize, _)| index;
    first.into_iter().map(index).chain(queued(keys)).chain(last.into_iter().map(index)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Lead;
    use crate::calendar::Duration;

    #[test]
    fn what_a_watch_decided_an_hour_ago_does_not_come_before_an_answer_that_is_owed_now() {
        let lead = |id: &str| Lead { id: id.to_owned(), ..Lead::default() };
        let book = Book::new(vec![lead("cold"), lead("asks")], Vec::new(), Vec::new());
        let now = Instant::from_millis(1_795_168_800_000);
        let touch = |from, owed| Decision { verdict: Verdict::Touch, from: Some(from), owed, ..Decision::NONE };
        let decisions = [(0, touch(now - Duration::HOUR, false)), (1, touch(now, true))];
        assert_eq!(decisions_in_order(&decisions, &book, now), [1, 0]);
    }
}
