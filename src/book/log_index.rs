//! The signals of some leads by account and by human, for accounts with several leads, humans with several records, and leads with many people.
//!
//! Made once for all leads of a contact group, so that a fact about a person or an account costs what it finds and not what the group has.
//!
//! What was recorded in two leads counts once: a signal that equals one of another lead in moment, person and all that rules read of it.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::book::humans::Humans;
use crate::book::{Lead, Signal, SignalView};
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

/// Whose signal it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Whose<'a> {
    Human(u32),
    /// The account, and who of it is named.
    Account(&'a str, Option<u32>),
}

/// All that rules read of a signal, besides its moment.
type Content<'a> = (SignalView, Option<&'a str>, Option<&'a str>);

/// The signals of one moment, each with the lead in which it was recorded first.
#[derive(Debug, Default)]
struct OfMoment<'a> {
    at: Option<Instant>,
    first: FxHashMap<(Whose<'a>, Content<'a>), usize>,
}

impl<'a> OfMoment<'a> {
    /// Whether another lead has the same signal, recorded before. The moments come in their order.
    fn has_copy(&mut self, (at, lead, _): SignalPlace, whose: Whose<'a>, signal: &'a Signal) -> bool {
        if self.at != Some(at) {
            self.at = Some(at);
            self.first.clear();
        }
        let content = (signal.view(), signal.topic.as_deref(), signal.content.as_deref());
        *self.first.entry((whose, content)).or_insert(lead) != lead
    }
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
        let mut of_moment = OfMoment::default();
        for found in all {
            let Some((lead, signal)) = leads.get(found.1).and_then(|lead| Some((lead, lead.signals.get(found.2)?)))
            else {
                continue;
            };
            let human = signal.person.as_deref().and_then(|id| humans.named(found.1, lead, id));
            if let Some(human) = human
                && !of_moment.has_copy(found, Whose::Human(human), signal)
            {
                index.of_human.entry(human).or_default().push(found);
            }
            if of_moment.has_copy(found, Whose::Account(&lead.account.id, human), signal) {
                continue;
            }
            match index.of_account.get_mut(&lead.account.id) {
                Some(signals) => signals.push(found),
                None => drop(index.of_account.insert(lead.account.id.clone(), vec![found])),
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
