//! The order in which advices are shown.

use crate::decide::advice::Advice;
use crate::order;

/// The indexes of the advices that have a touch, ordered by the start of its window (a touch without a window starts now), then by the highest
/// priority, then by the id of the lead. Reps are not compared.
pub fn queue(advices: &[Advice]) -> Vec<usize> {
    let start = |advice: &Advice| {
        let window = advice.touch.as_ref().and_then(|touch| touch.window.as_ref());
        window.map_or(advice.now, |window| window.from)
    };
    let priority = |advice: &Advice| advice.priority.as_ref().map_or(0.0, |priority| priority.total);
    let mut queue: Vec<(usize, &Advice)> =
        advices.iter().enumerate().filter(|(_, advice)| advice.touch.is_some()).collect();
    order::sort_by(&mut queue, |(_, one), (_, other)| {
        start(one)
            .cmp(&start(other))
            .then_with(|| priority(other).total_cmp(&priority(one)))
            .then_with(|| one.lead.cmp(&other.lead))
    });
    queue.into_iter().map(|(index, _)| index).collect()
}

/// The indexes of all advices: first the [`queue`], then the advices without a touch, in the order given.
pub fn in_order(advices: &[Advice]) -> Vec<usize> {
    let mut indexes = queue(advices);
    let queued = order::collect_set(indexes.iter().copied());
    indexes.extend((0..advices.len()).filter(|index| !queued.contains(index)));
    indexes
}
