//! Sorting and collecting with one compiled sort for all types.
//!
//! `slice::sort` is compiled once for every item type, at about 7 kB of machine code each, and collecting into a `BTreeMap` or `BTreeSet`
//! sorts as well. In the WebAssembly module, which a browser downloads and compiles before it answers, that was a tenth of the size. These
//! functions sort a list of indices, which has one type for all callers, and then move the items.
//!
//! Invariant: items that compare equal keep their order (the sort is stable), so that equal input gives equal output.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts a list with a comparison, as `slice::sort_by` does.
pub(crate) fn sort_by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if list.is_sorted_by(|one, other| compare(one, other).is_le()) {
        return;
    }
    let mut sources: Vec<usize> = (0..list.len()).collect();
    sort_indices(&mut sources, &|one, other| match (list.get(one), list.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    permute(&mut sources, &mut |one, other| list.swap(one, other));
}

/// Sorts a list by a key of each item, as `slice::sort_by_key` does.
pub(crate) fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(list, |one, other| key(one).cmp(&key(other)));
}

/// Sorts a list by the items themselves, as `slice::sort` does.
pub(crate) fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, T::cmp);
}

/// Collects pairs of key and value into a map. Of several pairs with one key the last counts.
pub(crate) fn collect_map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(pairs);
    map
}

/// Collects items into a set.
pub(crate) fn collect_set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// The one sort that is compiled: `compare` takes two indices into the caller's list.
fn sort_indices(indices: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    indices.sort_by(|one, other| compare(*one, *other));
}

/// Moves items into sorted order. The item that belongs at index `i` is at index `sources[i]` before the call; `swap` exchanges the items
/// at two indices. Each cycle of the permutation is resolved in turn, and `sources` becomes the identity.
fn permute(sources: &mut [usize], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..sources.len() {
        let mut at = start;
        while let Some(source) = sources.get_mut(at) {
            let from = std::mem::replace(source, at);
            if from == start || from == at {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_list_is_sorted_as_the_standard_library_sorts_it(mut list in prop::collection::vec((0_u8..6, 0_u16..900), 0..40)) {
            let mut expected = list.clone();
            expected.sort_by_key(|(key, _)| *key);
            super::sort_by_key(&mut list, |(key, _)| *key);
            prop_assert_eq!(list, expected);
        }
    }
}
