//! What two lists of expressions have in common: which items only one of them has, and which stand in the same order in both.

use std::collections::BTreeMap;

use crate::compare::expression::Expression;

/// The expressions of each side that the other does not have.
pub(super) fn unequal<'e>(
    old: Vec<&'e Expression>,
    new: Vec<&'e Expression>,
) -> (Vec<&'e Expression>, Vec<&'e Expression>) {
    // How often each stands on the right more often than on the left.
    let mut more: BTreeMap<String, i64> = BTreeMap::new();
    new.iter().for_each(|one| *more.entry(one.canonical()).or_default() += 1);
    old.iter().for_each(|one| *more.entry(one.canonical()).or_default() -= 1);
    let mut fewer: BTreeMap<String, i64> = more.iter().map(|(text, number)| (text.clone(), -number)).collect();
    let left = old.into_iter().filter(|one| takes(&mut fewer, one)).collect();
    (left, new.into_iter().filter(|one| takes(&mut more, one)).collect())
}

/// Whether there is one more of this expression to take.
fn takes(left: &mut BTreeMap<String, i64>, one: &Expression) -> bool {
    let Some(number) = left.get_mut(&one.canonical()).filter(|number| **number > 0) else { return false };
    *number -= 1;
    true
}

/// The longest lists, by the product of their lengths, of which the common row is looked for; of longer ones the beginning is compared.
const LONGEST_LISTS: usize = 100_000;

/// The longest row of items that both lists have in the same order, as pairs of places.
pub(super) fn common_row(old: &[Expression], new: &[Expression]) -> Vec<(usize, usize)> {
    let (old, new): (Vec<String>, Vec<String>) =
        (old.iter().map(Expression::canonical).collect(), new.iter().map(Expression::canonical).collect());
    if old.len() * new.len() > LONGEST_LISTS {
        let same = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
        return (0..same).map(|place| (place, place)).collect();
    }
    // The length of the longest common row from each pair of places on.
    let mut longest: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let length = |longest: &BTreeMap<(usize, usize), usize>, place| longest.get(&place).copied().unwrap_or_default();
    for from in (0..old.len()).rev() {
        for to in (0..new.len()).rev() {
            let row = if old.get(from) == new.get(to) {
                length(&longest, (from + 1, to + 1)) + 1
            } else {
                length(&longest, (from + 1, to)).max(length(&longest, (from, to + 1)))
            };
            longest.insert((from, to), row);
        }
    }
    let (mut row, mut from, mut to) = (Vec::new(), 0, 0);
    while from < old.len() && to < new.len() {
        if old.get(from) == new.get(to) {
            row.push((from, to));
            (from, to) = (from + 1, to + 1);
        } else if length(&longest, (from + 1, to)) >= length(&longest, (from, to + 1)) {
            from += 1;
        } else {
            to += 1;
        }
    }
    row
}
