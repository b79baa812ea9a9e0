//! The order in which leads are shown: for advices, and for decisions of which only some are put into words.

use crate::book::Book;
use crate::calendar::Instant;
use crate::decide::advice::Advice;
use crate::decide::choose::decision::Decision;
use crate::order;

/// What orders a lead for which something is to be done. Reps are not compared.
struct QueueKey<'a> {
    /// The start of the window of the touch; `now` for a touch without a window.
    start: Instant,
    priority: f64,
    id: &'a str,
}

/// The indexes of the advices that have a touch, ordered by the start of its window (a touch without a window starts now), then by the highest
/// priority, then by the id of the lead. Reps are not compared.
pub fn queue(advices: &[Advice]) -> Vec<usize> {
    queued(&keys(advices))
}

/// The indexes of all advices: first the [`queue`], then the advices without a touch, in the order given.
pub fn in_order(advices: &[Advice]) -> Vec<usize> {
    all_in_order(&keys(advices))
}

/// The indexes of decisions in the order that [`in_order`] gives their advices. Each decision comes with the index of its lead in the book.
pub fn decisions_in_order(decisions: &[(usize, Decision)], book: &Book, now: Instant) -> Vec<usize> {
    let key = |(lead, decision): &(usize, Decision)| {
        decision.verdict.is_to_do().then(|| QueueKey {
            start: decision.from.unwrap_or(now),
            priority: decision.priority.unwrap_or(0.0),
            id: book.id(*lead).unwrap_or_default(),
        })
    };
    all_in_order(&decisions.iter().map(key).collect::<Vec<_>>())
}

fn keys(advices: &[Advice]) -> Vec<Option<QueueKey<'_>>> {
    let start = |advice: &Advice| {
        advice.touch.as_ref().map(|touch| touch.window.as_ref().map_or(advice.now, |window| window.from))
    };
    let priority = |advice: &Advice| advice.priority.as_ref().map_or(0.0, |priority| priority.total);
    let keys = advices
        .iter()
        .map(|advice| start(advice).map(|start| QueueKey { start, priority: priority(advice), id: &advice.lead }));
    keys.collect()
}

/// The indexes that have a key, in order.
fn queued(keys: &[Option<QueueKey<'_>>]) -> Vec<usize> {
    let mut queue: Vec<(usize, &QueueKey<'_>)> =
        keys.iter().enumerate().filter_map(|(index, key)| key.as_ref().map(|key| (index, key))).collect();
    order::sort_by(&mut queue, |(_, one), (_, other)| {
        one.start
            .cmp(&other.start)
            .then_with(|| other.priority.total_cmp(&one.priority))
            .then_with(|| one.id.cmp(other.id))
    });
    queue.into_iter().map(|(index, _)| index).collect()
}

/// The indexes that have a key, in order, and then the others.
fn all_in_order(keys: &[Option<QueueKey<'_>>]) -> Vec<usize> {
    let mut indexes = queued(keys);
    indexes.extend(keys.iter().enumerate().filter(|(_, key)| key.is_none()).map(|(index, _)| index));
    indexes
}
