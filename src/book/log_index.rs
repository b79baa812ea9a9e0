//! The signals of some leads by account and by human, for accounts with several leads, humans with several records, and leads with many people.
//!
//! Made once for all leads of a contact group, so that a fact about a person or an account costs what it finds and not what the group has.

use std::collections::BTreeMap;

use crate::book::Lead;
use crate::book::humans::Humans;
use crate::calendar::Instant;
use crate::order;

/// A signal: when it happened, the place of its lead in the records, and its place in the log of that lead.
pub(crate) type SignalPlace = (Instant, usize, usize);

/// The signals of some leads. Each list is in order of time; those of the same moment are in the order of the file, lead by lead.
#[derive(Debug, Default)]
pub(crate) struct LogIndex {
    of_account: BTreeMap<String, Vec<SignalPlace>>,
    /// The signals that name each human.
    of_human: BTreeMap<u32, Vec<SignalPlace>>,
}

impl LogIndex {
    /// The index of these leads, whose people are these humans.
    pub(super) fn new(leads: &[Lead], humans: &Humans) -> Self {
        let mut all: Vec<SignalPlace> = Vec::new();
        for (place, lead) in leads.iter().enumerate() {
            all.extend(lead.signals.iter().enumerate().map(|(nth, signal)| (signal.at, place, nth)));
        }
        order::sort(&mut all);
        let mut index = Self::default();
        for found in all {
            let Some(lead) = leads.get(found.1) else { continue };
            match index.of_account.get_mut(&lead.account.id) {
                Some(signals) => signals.push(found),
                None => drop(index.of_account.insert(lead.account.id.clone(), vec![found])),
            }
            let named = lead.signals.get(found.2).and_then(|signal| signal.person.as_deref());
            if let Some(human) = named.and_then(|id| humans.named(found.1, lead, id)) {
                index.of_human.entry(human).or_default().push(found);
            }
        }
        index
    }

    /// The signals of the leads of this account.
    pub(crate) fn of_account(&self, account: &str) -> &[SignalPlace] {
        self.of_account.get(account).map_or(&[], Vec::as_slice)
    }

    /// The signals that name this human, in whatever lead.
    pub(crate) fn of_human(&self, human: u32) -> &[SignalPlace] {
        self.of_human.get(&human).map_or(&[], Vec::as_slice)
    }
}
