//! The signals and records of one account by the human they are about, for accounts with several leads or many people.
//!
//! Made once for all leads of an account, so that a fact about a person or the account costs what it finds and not what the account has.

use std::collections::BTreeMap;

use crate::book::humans::Humans;
use crate::book::{Lead, Person};
use crate::calendar::Instant;
use crate::order;

/// A signal: when it happened, the place of its lead in the records, and its place in the log of that lead.
pub type SignalPlace = (Instant, usize, usize);

/// What an account has, by human.
#[derive(Debug, Default)]
pub struct AccountIndex {
    humans: Humans,
    /// Every signal, in order of time; of the same moment in the order of the file, lead by lead.
    signals: Vec<SignalPlace>,
    /// The signals that name each human, in the same order.
    signals_of: BTreeMap<u32, Vec<SignalPlace>>,
    /// The records of each human: the place of the lead and of the person in it.
    records_of: BTreeMap<u32, Vec<(usize, usize)>>,
}

impl AccountIndex {
    /// The index of the leads at these places in `leads`.
    pub(super) fn new(leads: &[Lead], places: &[usize]) -> Self {
        let all = || places.iter().filter_map(|place| leads.get(*place).map(|lead| (*place, lead)));
        let mut index = Self { humans: Humans::of(all().flat_map(|(_, lead)| &lead.people)), ..Self::default() };
        for (place, lead) in all() {
            index.signals.extend(lead.signals.iter().enumerate().map(|(nth, signal)| (signal.at, place, nth)));
            for (nth, person) in lead.people.iter().enumerate() {
                if let Some(human) = index.humans.number(&person.id) {
                    index.records_of.entry(human).or_default().push((place, nth));
                }
            }
        }
        order::sort(&mut index.signals);
        for signal in &index.signals {
            let named = leads.get(signal.1).and_then(|lead| lead.signals.get(signal.2)?.person.as_deref());
            if let Some(human) = named.and_then(|id| index.humans.number(id)) {
                index.signals_of.entry(human).or_default().push(*signal);
            }
        }
        index
    }

    /// The humans.
    pub const fn humans(&self) -> &Humans {
        &self.humans
    }

    /// Every signal, in order of time.
    pub fn signals(&self) -> &[SignalPlace] {
        &self.signals
    }

    /// The signals that name this person, under any of their ids, in order of time.
    pub fn signals_of(&self, person: &Person) -> &[SignalPlace] {
        let human = self.humans.number(&person.id);
        human.and_then(|human| self.signals_of.get(&human)).map_or(&[], Vec::as_slice)
    }

    /// The records of this person: the place of the lead and of the person in it.
    pub fn records_of(&self, person: &Person) -> &[(usize, usize)] {
        let human = self.humans.number(&person.id);
        human.and_then(|human| self.records_of.get(&human)).map_or(&[], Vec::as_slice)
    }
}
