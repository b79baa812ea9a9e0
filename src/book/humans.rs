//! Which people of several leads are the same human.
//!
//! In: leads. Out: a number for the human of each of their people ([`Humans`]). Within an account, whoever has the same id or alias is the same
//! human. Across accounts only the same `human` links, or an alias that both list ([`LinkKey`]): an id such as `p1` is unique within a lead,
//! not in a file. Who is linked through others is the same human too.
//!
//! Invariant: the numbers do not depend on which keys link two people, only on who is linked and on the order of the people.

use std::hash::Hash;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::book::lead::{Lead, Person};
use crate::book::lead_ref::PersonRecordRef;
use crate::book::list_ranges;
use crate::order;

/// More people of one lead than this are looked up in a table.
pub(crate) const FEW_PEOPLE: usize = 12;

/// What links people of different accounts when both have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum LinkKey<'a> {
    /// [`Person::human`].
    Human(&'a str),
    /// An alias, but not one that only repeats the person's id.
    Alias(&'a str),
}

impl<'a> LinkKey<'a> {
    /// The keys of a person: the human first, then the aliases.
    fn all(
        id: &'a str,
        human: Option<&'a str>,
        aliases: impl Iterator<Item = &'a str>,
    ) -> impl Iterator<Item = LinkKey<'a>> {
        human.map(LinkKey::Human).into_iter().chain(aliases.filter(move |alias| *alias != id).map(LinkKey::Alias))
    }

    /// The keys of a person.
    pub(super) fn of_person(person: &'a Person) -> impl Iterator<Item = Self> {
        Self::all(&person.id, person.human.as_deref(), person.aliases.iter().map(String::as_str))
    }

    /// The keys of a person whose texts are borrowed.
    pub(super) fn of_person_ref<'p>(person: &'p PersonRecordRef<'a>) -> impl Iterator<Item = Self> + use<'a, 'p> {
        Self::all(person.id, person.human, person.aliases.iter().copied())
    }

    /// Its text.
    pub(super) const fn text(self) -> &'a str {
        match self {
            Self::Human(text) | Self::Alias(text) => text,
        }
    }
}

/// The humans of the people of some leads, numbered from 0 in the order in which they first appear.
#[derive(Debug, Default)]
pub(crate) struct Humans {
    /// The index of the first person of each lead among all people, and at the end the number of all people.
    starts: Vec<u32>,
    /// The human of each person: those of the first lead, then those of the second ...
    of_person: Vec<u32>,
    /// The index of the first entry of each human in `records`, and at the end the number of all people.
    record_starts: Vec<u32>,
    /// Lead and person, human after human, each in the order of the leads.
    records: Vec<(u32, u32)>,
    /// Of each lead with more than [`FEW_PEOPLE`] people: the place of the person with each id and alias.
    many: FxHashMap<usize, FxHashMap<String, usize>>,
}

impl Humans {
    /// The humans of these leads.
    pub(super) fn of(leads: &[Lead]) -> Self {
        /// What links two people of these leads.
        #[derive(PartialEq, Eq, Hash)]
        enum Key<'a> {
            /// An id or alias, with the number of the account.
            InAccount(usize, &'a str),
            Anywhere(LinkKey<'a>),
        }
        let mut accounts: FxHashMap<&str, usize> = FxHashMap::default();
        let mut first_with: FxHashMap<Key<'_>, usize> = FxHashMap::default();
        let mut sets = DisjointSets::default();
        let (mut starts, mut places, mut many) = (vec![0], Vec::new(), FxHashMap::default());
        for (place, lead) in leads.iter().enumerate() {
            let next = accounts.len();
            let account = *accounts.entry(&lead.account.id).or_insert(next);
            for (nth, person) in lead.people.iter().enumerate() {
                let number = sets.add();
                places.push((list_ranges::place(place), list_ranges::place(nth)));
                let ids = std::iter::once(&person.id).chain(&person.aliases);
                let ids = ids.map(|id| Key::InAccount(account, id.as_str()));
                for key in ids.chain(LinkKey::of_person(person).map(Key::Anywhere)) {
                    let first = *first_with.entry(key).or_insert(number);
                    sets.join(first, number);
                }
            }
            starts.push(list_ranges::place(places.len()));
            if lead.people.len() > FEW_PEOPLE {
                many.insert(place, places_by_id(lead));
            }
        }
        let mut numbers: FxHashMap<usize, u32> = FxHashMap::default();
        let mut of_person = Vec::with_capacity(places.len());
        for person in 0..places.len() {
            let next = list_ranges::place(numbers.len());
            of_person.push(*numbers.entry(sets.root(person)).or_insert(next));
        }
        let mut by_human: Vec<(u32, (u32, u32))> = of_person.iter().copied().zip(places).collect();
        order::sort_by_key(&mut by_human, |(human, _)| *human);
        let count = list_ranges::place(numbers.len());
        let start = |human: u32| list_ranges::place(by_human.partition_point(|(one, _)| *one < human));
        let record_starts = (0..=count).map(start).collect();
        let records = by_human.into_iter().map(|(_, record)| record).collect();
        Self { starts, of_person, record_starts, records, many }
    }

    /// The humans of the people of the lead at this index, in file order; empty beyond the end.
    pub(crate) fn of_lead(&self, lead: usize) -> &[u32] {
        self.of_person.get(list_ranges::range(&self.starts, lead)).unwrap_or_default()
    }

    /// The human whom the lead at this index names by this id or alias; `None` when it is nobody of that lead.
    pub(crate) fn named(&self, index: usize, lead: &Lead, id: &str) -> Option<u32> {
        let place = match self.many.get(&index) {
            Some(places) => places.get(id).copied(),
            None => lead.people.iter().position(|person| person.is_called(id)),
        };
        self.of_lead(index).get(place?).copied()
    }

    /// Every record of a human: the index of the lead, and of the person in it. In the order of the leads.
    pub(crate) fn records(&self, human: u32) -> impl Iterator<Item = (usize, usize)> + Clone {
        let range: Range<usize> = list_ranges::range(&self.record_starts, human as usize);
        let records = self.records.get(range).unwrap_or_default();
        records.iter().map(|(lead, person)| (*lead as usize, *person as usize))
    }
}

/// The place of the person with each id and alias.
fn places_by_id(lead: &Lead) -> FxHashMap<String, usize> {
    let mut places = FxHashMap::default();
    for (nth, person) in lead.people.iter().enumerate() {
        for id in std::iter::once(&person.id).chain(&person.aliases) {
            places.entry(id.clone()).or_insert(nth);
        }
    }
    places
}

/// Sets of numbers, joined step by step.
#[derive(Default)]
struct DisjointSets {
    /// For each number another one of its set, on the way to the least, which stands for the set and has itself.
    parents: Vec<usize>,
}

impl DisjointSets {
    /// Adds the next number, in a set of its own, and returns it.
    fn add(&mut self) -> usize {
        self.parents.push(self.parents.len());
        self.parents.len() - 1
    }

    /// The least number in the set of this one.
    fn root(&mut self, number: usize) -> usize {
        let parent = |parents: &[usize], number: usize| parents.get(number).copied().unwrap_or(number);
        let mut at = number;
        loop {
            let above = parent(&self.parents, at);
            if above == at {
                return at;
            }
            // Each step halves the way of later questions.
            let next = parent(&self.parents, above);
            if let Some(own) = self.parents.get_mut(at) {
                *own = next;
            }
            at = next;
        }
    }

    /// Makes one set of the sets of two numbers.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(parent) = self.parents.get_mut(one.max(other)) {
            *parent = one.min(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Account;

    fn person(id: &str, aliases: &[&str], human: Option<&str>) -> Person {
        Person {
            id: id.to_owned(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            human: human.map(str::to_owned),
            ..Person::default()
        }
    }

    fn lead(account: &str, people: Vec<Person>) -> Lead {
        Lead { account: Account { id: account.to_owned(), ..Account::default() }, people, ..Lead::default() }
    }

    #[test]
    fn an_id_links_within_an_account_and_a_human_or_a_shared_alias_everywhere() {
        let humans = Humans::of(&[
            lead("a", vec![person("p1", &[], Some("h")), person("p2", &[], None)]),
            lead("a", vec![person("p2", &["old"], None)]),
            lead("b", vec![person("p1", &[], None), person("p9", &[], Some("h")), person("p3", &["old"], None)]),
            // Mere ids that are aliases or humans elsewhere.
            lead("c", vec![person("old", &[], None), person("h", &["h"], None)]),
            lead("d", vec![person("x", &["h"], None), person("h", &["h"], Some("old"))]),
        ]);
        let all: Vec<&[u32]> = (0..5).map(|lead| humans.of_lead(lead)).collect();
        assert_eq!(all, [&[0, 1][..], &[1], &[2, 0, 1], &[3, 4], &[5, 5]]);
        assert_eq!(humans.records(1).collect::<Vec<_>>(), [(0, 1), (1, 0), (2, 2)]);
        assert_eq!((humans.of_lead(5), humans.records(6).count()), (&[][..], 0));
    }

    #[test]
    fn who_is_linked_through_others_is_one_human() {
        let humans = Humans::of(&[
            lead("a", vec![person("p", &[], Some("one"))]),
            lead("b", vec![person("p", &[], Some("two"))]),
            lead("c", vec![person("p", &["both"], Some("one"))]),
            lead("d", vec![person("p", &["both"], Some("two"))]),
        ]);
        assert_eq!((0..4).map(|lead| humans.of_lead(lead)[0]).collect::<Vec<_>>(), [0, 0, 0, 0]);
    }
}
