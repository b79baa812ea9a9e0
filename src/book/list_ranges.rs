//! Lists of a page that are grouped by lead: one list per property, and where the part of each lead begins.

use std::ops::Range;

/// Where the part of a lead stands, given where each one's begins and, at last, where the last one's ends. Nowhere beyond the end.
pub fn range(starts: &[u32], lead: usize) -> Range<usize> {
    match (starts.get(lead), starts.get(lead + 1)) {
        (Some(start), Some(end)) => *start as usize..*end as usize,
        _ => 0..0,
    }
}

/// A place in a list as it is kept.
pub(in crate::book) fn place(nth: usize) -> u32 {
    u32::try_from(nth).unwrap_or(u32::MAX)
}

/// Notes that a lead's part is now so many longer, and shorter by so many.
pub(in crate::book) fn shift(starts: &mut [u32], lead: usize, more: usize, fewer: usize) {
    let (more, fewer) = (place(more), place(fewer));
    starts.iter_mut().skip(lead + 1).for_each(|start| *start = *start + more - fewer);
}

/// Puts values in the place of others. A range beyond the end is at the end, so that nothing here can panic.
pub(crate) fn put<T>(list: &mut Vec<T>, range: &Range<usize>, values: impl IntoIterator<Item = T>) {
    let end = range.end.min(list.len());
    if range.start >= list.len() {
        list.extend(values); // how lists are filled, so worth a way of its own
    } else {
        list.splice(range.start.min(end)..end, values);
    }
}

/// The same in a list that is empty as long as there is nothing but `none` in it; `len` is how long it would be.
pub(crate) fn put_rare<T: Copy>(
    list: &mut Vec<T>,
    range: &Range<usize>,
    values: impl Iterator<Item = Option<T>> + Clone,
    (len, none): (usize, T),
) {
    if list.is_empty() {
        if values.clone().all(|value| value.is_none()) {
            return;
        }
        list.resize(len, none);
    }
    put(list, range, values.map(|value| value.unwrap_or(none)));
}
