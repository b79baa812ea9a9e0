//! Sorting with one sort for all types.
//!
//! The sorts of the standard library are made anew for each type that is sorted, seven thousand bytes of machine code a type, and collecting
//! into a `BTreeMap` brings one too. In a module that is fetched and compiled before the first answer that is a tenth of it. Here the
//! library sorts a list of places, always of one type, and the items are then moved to theirs.
//!
//! Invariant: items that compare equal keep their order, so that the same input gives the same answer.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Puts a list in order.
pub(crate) fn by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if list.is_sorted_by(|one, other| compare(one, other).is_le()) {
        return;
    }
    let mut places: Vec<usize> = (0..list.len()).collect();
    sort(&mut places, &|one, other| match (list.get(one), list.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    take(&mut places, &mut |one, other| list.swap(one, other));
}

/// Puts a list in order of something of each item.
pub(crate) fn by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    by(list, |one, other| key(one).cmp(&key(other)));
}

/// Puts a list in order of its items.
pub(crate) fn all<T: Ord>(list: &mut [T]) {
    by(list, T::cmp);
}

/// A map of pairs; of two with one key the last stays.
pub(crate) fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(pairs);
    map
}

/// A set of items.
pub(crate) fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

fn sort(places: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    places.sort_by(|one, other| compare(*one, *other));
}

/// Moves items to where they belong, when `places` tells from which place each is to come; a circle of exchanges at a time.
fn take(places: &mut [usize], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..places.len() {
        let mut at = start;
        while let Some(place) = places.get_mut(at) {
            let from = std::mem::replace(place, at);
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
        fn lists_come_out_as_the_standard_library_sorts_them(mut list in prop::collection::vec((0_u8..6, 0_u16..900), 0..40)) {
            let mut expected = list.clone();
            expected.sort_by_key(|(key, _)| *key);
            super::by_key(&mut list, |(key, _)| *key);
            prop_assert_eq!(list, expected);
        }
    }
}
