//! Which people records are one human: the second opinion on `book/humans.rs`, with which it shares no code.

use std::collections::BTreeMap;

use crate::book::{Lead, Person};

/// The humans of some leads, as numbers.
#[derive(Clone, Debug, Default)]
pub struct Humans {
    by_name: BTreeMap<String, usize>,
}

/// An id or alias by which a lead names somebody. It means the same person in every lead of the account, and nobody elsewhere.
fn name(lead: &Lead, id: &str) -> String {
    format!("{}/{id}", lead.account.id)
}

/// Everything that makes two people one human when both have it.
fn names(lead: &Lead, person: &Person) -> Vec<String> {
    let aliases = person.aliases.iter().filter(|alias| **alias != person.id).map(|alias| format!("alias {alias}"));
    let within = std::iter::once(&person.id).chain(&person.aliases).map(|id| name(lead, id));
    within.chain(aliases).chain(person.human.iter().map(|human| format!("human {human}"))).collect()
}

/// For each of `count` numbers the lowest of those with which it is linked, directly or through others; itself where it is linked with none.
pub(super) fn first_linked<'a>(count: usize, linked: impl Iterator<Item = &'a [usize]> + Clone) -> Vec<usize> {
    let mut first: Vec<usize> = (0..count).collect();
    let mut changed = true;
    while changed {
        changed = false;
        for numbers in linked.clone() {
            let lowest = numbers.iter().filter_map(|number| first.get(*number)).min().copied();
            for number in numbers {
                if let (Some(one), Some(lowest)) = (first.get_mut(*number), lowest) {
                    changed |= *one != lowest;
                    *one = lowest;
                }
            }
        }
    }
    first
}

impl Humans {
    /// The humans of these leads.
    pub fn of<'a>(leads: impl IntoIterator<Item = &'a Lead>) -> Self {
        let people: Vec<Vec<String>> =
            leads.into_iter().flat_map(|lead| lead.people.iter().map(move |person| names(lead, person))).collect();
        let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
        for name in people.iter().flatten() {
            let next = by_name.len();
            by_name.entry(name.clone()).or_insert(next);
        }
        let numbers = |names: &Vec<String>| names.iter().filter_map(|name| by_name.get(name).copied()).collect();
        let linked: Vec<Vec<usize>> = people.iter().map(numbers).collect();
        let humans = first_linked(by_name.len(), linked.iter().map(Vec::as_slice));
        by_name.values_mut().for_each(|number| *number = humans.get(*number).copied().unwrap_or(*number));
        Self { by_name }
    }

    /// The human whom a lead names by this id or alias; `None` when it has no such person.
    pub fn find(&self, lead: &Lead, id: &str) -> Option<usize> {
        self.by_name.get(&name(lead, id)).copied()
    }

    /// Whether a contact in this lead counts for a human: it names them, or it names nobody and the lead is theirs.
    pub fn concerns(&self, lead: &Lead, human: usize, person: Option<&str>) -> bool {
        match person {
            Some(id) => self.find(lead, id) == Some(human),
            None => lead.people.iter().any(|one| self.find(lead, &one.id) == Some(human)),
        }
    }
}
