//! Which ids stand for the same human among the leads of one account.
//!
//! A person has an id and may have aliases. People who share an id or alias, directly or through others, are one human. Signals name people by
//! any of these.

use std::collections::BTreeMap;

use crate::book::Person;

/// The humans of an account, by number.
#[derive(Debug, Default)]
pub struct Humans {
    numbers: BTreeMap<String, u32>,
}

impl Humans {
    /// Numbers the humans of an account. Takes time in proportion to the number of ids and aliases.
    pub fn of<'a>(people: impl Iterator<Item = &'a Person>) -> Self {
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        let mut groups = Groups::default();
        for person in people {
            let own = *numbers.entry(&person.id).or_insert_with(|| groups.add());
            for alias in &person.aliases {
                let other = *numbers.entry(alias).or_insert_with(|| groups.add());
                groups.join(own, other);
            }
        }
        let numbers = numbers.into_iter().map(|(id, number)| (id.to_owned(), groups.first(number)));
        Self { numbers: crate::order::collect_map(numbers) }
    }

    /// The number of the human with this id or alias; `None` when nobody of the account has it.
    pub fn number(&self, id: &str) -> Option<u32> {
        self.numbers.get(id).copied()
    }
}

/// Groups of numbers (a disjoint-set forest): each number points to an earlier one of its group, the first one to itself.
#[derive(Default)]
struct Groups(Vec<u32>);

impl Groups {
    /// A new number, in a group of its own.
    fn add(&mut self) -> u32 {
        let number = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.push(number);
        number
    }

    fn earlier(&self, number: u32) -> u32 {
        self.0.get(number as usize).copied().unwrap_or(number)
    }

    /// The first number of the group of this one.
    fn first(&mut self, mut number: u32) -> u32 {
        while self.earlier(number) != number {
            // Each number on the way points to the one after the next from now on, which keeps ways short.
            let next = self.earlier(self.earlier(number));
            if let Some(earlier) = self.0.get_mut(number as usize) {
                *earlier = next;
            }
            number = next;
        }
        number
    }

    /// Makes the groups of two numbers one.
    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.first(one), self.first(other));
        if let Some(earlier) = self.0.get_mut(one.max(other) as usize) {
            *earlier = one.min(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str, aliases: &[&str]) -> Person {
        Person { id: id.into(), aliases: aliases.iter().map(|id| (*id).into()).collect(), ..Person::default() }
    }

    #[test]
    fn people_who_share_an_id_through_others_are_one_human() {
        let people = [
            person("anna", &["a.devries"]),
            person("bob", &[]),
            person("anna2", &["anna.d"]),
            person("x", &["anna.d", "a.devries"]),
        ];
        let humans = Humans::of(people.iter());
        let anna = humans.number("anna");
        assert!(anna.is_some());
        for id in ["a.devries", "anna2", "anna.d", "x"] {
            assert_eq!(humans.number(id), anna, "{id}");
        }
        assert_ne!(humans.number("bob"), anna);
        assert_eq!(humans.number("nobody"), None);
    }
}
