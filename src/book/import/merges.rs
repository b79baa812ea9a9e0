//! Records that were merged into others, in any number of steps.

use std::collections::BTreeMap;

/// What records are part of after all merges.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Merged<'a> {
    /// For each record, the live one that it is part of: the last live one in its chain of merges. Records without one are not in it.
    pub(super) now: BTreeMap<&'a str, &'a str>,
    /// Records that were merged in a circle, each sorted by id. They are one record, the first of them that is live.
    pub(super) circles: Vec<Vec<&'a str>>,
}

/// Follows the merges of these records. `into` is what a record was merged into; `is_live` tells whether it is still there. Every record is
/// passed once, however long the chains are.
pub(super) fn follow<'a>(
    ids: impl IntoIterator<Item = &'a str>,
    into: impl Fn(&'a str) -> Option<&'a str>,
    is_live: impl Fn(&'a str) -> bool,
) -> Merged<'a> {
    let mut known: BTreeMap<&'a str, Option<&'a str>> = BTreeMap::new();
    let mut circles = Vec::new();
    for start in ids {
        let (mut chain, mut places): (Vec<&'a str>, BTreeMap<&'a str, usize>) = Default::default();
        let (mut next, mut last) = (Some(start), None);
        while let Some(id) = next {
            if let Some(found) = known.get(id) {
                last = *found;
                break;
            }
            if let Some(place) = places.get(id) {
                let mut circle = chain.split_off(*place);
                circle.sort_unstable();
                last = circle.iter().copied().find(|id| is_live(id));
                known.extend(circle.iter().map(|id| (*id, last)));
                circles.push(circle);
                break;
            }
            places.insert(id, chain.len());
            chain.push(id);
            next = into(id);
        }
        for id in chain.into_iter().rev() {
            last = last.or_else(|| is_live(id).then_some(id));
            known.insert(id, last);
        }
    }
    Merged { now: known.into_iter().filter_map(|(id, now)| Some((id, now?))).collect(), circles }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now<'a>(merges: &[(&'a str, &'a str)], live: &[&'a str]) -> (Vec<(&'a str, &'a str)>, Vec<Vec<&'a str>>) {
        let into = |id: &str| merges.iter().find(|(from, _)| *from == id).map(|(_, into)| *into);
        let ids = merges.iter().map(|(from, _)| *from).chain(live.iter().copied());
        let merged = follow(ids, into, |id| live.contains(&id));
        (merged.now.into_iter().collect(), merged.circles)
    }

    #[test]
    fn a_chain_ends_at_its_last_live_record() {
        let chain = [("2", "3"), ("1", "2"), ("3", "4")];
        assert_eq!(now(&chain, &["4"]).0, [("1", "4"), ("2", "4"), ("3", "4"), ("4", "4")]);
        // What 3 was merged into is gone.
        assert_eq!(now(&chain, &["3", "1"]).0, [("1", "3"), ("2", "3"), ("3", "3")]);
        assert_eq!(now(&chain, &[]), (vec![], vec![]));
    }

    #[test]
    fn a_circle_is_one_record_whichever_one_starts_from() {
        let circle = [("0", "2"), ("1", "2"), ("2", "3"), ("3", "1")];
        assert_eq!(
            now(&circle, &["2", "3"]),
            (vec![("0", "2"), ("1", "2"), ("2", "2"), ("3", "2")], vec![vec!["1", "2", "3"]])
        );
        assert_eq!(now(&circle, &["0"]).0, [("0", "0")]);
    }

    #[test]
    fn a_long_chain_takes_no_longer_than_it_is() {
        let ids: Vec<String> = (0..20_001).map(|id| format!("{id:05}")).collect();
        let into = |id: &str| ids.get(id.parse::<usize>().unwrap_or_default() + 1).map(String::as_str);
        let merged = follow(ids.iter().map(String::as_str), into, |id| id == "20000");
        assert_eq!((merged.now.len(), merged.now.get("00000")), (20_001, Some(&"20000")));
    }
}
