//! Lists that are grouped by lead: all entries of a page in one list, and a list of starts.
//!
//! `starts` has one number for each lead and one more: the entries of lead n are at `starts[n]..starts[n + 1]`.

use std::ops::Range;

/// The places of the entries of a lead; empty for a lead beyond the end.
pub fn range(starts: &[u32], lead: usize) -> Range<usize> {
    match (starts.get(lead), starts.get(lead + 1)) {
        (Some(start), Some(end)) => *start as usize..*end as usize,
        _ => 0..0,
    }
}

/// A place in a list as `starts` stores it. The limits on a page keep it far below the largest number.
pub(in crate::book) fn place(nth: usize) -> u32 {
    u32::try_from(nth).unwrap_or(u32::MAX)
}

/// Updates `starts` after `more` entries of a lead were added and `fewer` were removed.
pub(in crate::book) fn shift(starts: &mut [u32], lead: usize, more: usize, fewer: usize) {
    let (more, fewer) = (place(more), place(fewer));
    starts.iter_mut().skip(lead + 1).for_each(|start| *start = *start + more - fewer);
}

/// Replaces the entries of a range. A range beyond the end is taken as the end, so that nothing here panics.
pub(crate) fn put<T>(list: &mut Vec<T>, range: &Range<usize>, values: impl IntoIterator<Item = T>) {
    let end = range.end.min(list.len());
    if range.start >= list.len() {
        list.extend(values); // loading only appends, and `extend` is faster than `splice`
    } else {
        list.splice(range.start.min(end)..end, values);
    }
}

/// Replaces the entries of a range in a list that is empty as long as all of its values are `none`. `len` is the length of the list when it
/// is not empty.
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
