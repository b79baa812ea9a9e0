//! The order in which the day's advice is shown.

use crate::decide::advice::Advice;
use crate::order;

/// The day's queue: places in `advices` of what is to be done, by the start of its window (what has none can be done at once), then
/// the highest priority, then the lead's id. It orders what customers need, never the people who do it.
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
    queue.into_iter().map(|(place, _)| place).collect()
}

/// The places of all advices: first the day's [`queue`], then the leads for which there is nothing to do, in the order given.
pub fn in_order(advices: &[Advice]) -> Vec<usize> {
    let mut places = queue(advices);
    let queued = order::collect_set(places.iter().copied());
    places.extend((0..advices.len()).filter(|place| !queued.contains(place)));
    places
}
