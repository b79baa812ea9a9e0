//! Mail addresses of the people of an import, and opt-outs that hold for everybody who has an address.
//!
//! In: who has which addresses. Out: people with an address of somebody who refuses mail refuse it too, without linking them or
//! their leads. Not used for HubSpot and Salesforce, which share opt-outs by address themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::ingest::record::LeadRecord;
use crate::book::lead::{Person, Signal};
use crate::book::vocabulary::{Channel, SignalKind};

/// An address as addresses are compared: in lower case, without the name before it (`Ada <ada@x.example>`) or the scheme of a link (`mailto:`).
pub(super) fn address(text: &str) -> String {
    let text = text.trim();
    let inner = text.rsplit_once('<').and_then(|(_, after)| after.split_once('>')).map_or(text, |(inner, _)| inner);
    let address = inner.trim().to_lowercase();
    address.strip_prefix("mailto:").map(ToOwned::to_owned).unwrap_or(address)
}

/// The addresses of people.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    /// By the id of a person, and that of the lead in which they have it; without a lead the id is that of one person in all leads.
    of_person: BTreeMap<(Option<String>, String), BTreeSet<String>>,
}

impl Addresses {
    /// Adds the addresses in a text, which may be separated by `;` or `,`. What is no address is passed over.
    pub(super) fn add(&mut self, lead: Option<&str>, person: &str, text: &str) {
        let parts = text.split([';', ',']).map(address).filter(|address| address.contains('@'));
        for address in parts {
            let key = (lead.map(str::to_owned), person.to_owned());
            self.of_person.entry(key).or_default().insert(address);
        }
    }

    fn of(&self, lead: &str, person: &Person) -> impl Iterator<Item = &String> {
        let keys = [(Some(lead.to_owned()), person.id.clone()), (None, person.id.clone())];
        keys.into_iter().filter_map(|key| self.of_person.get(&key)).flatten()
    }

    /// Makes the refusals of mail of each person hold for all who have one of the same addresses.
    pub(super) fn share_opt_outs<'l>(&self, leads: impl Iterator<Item = &'l mut LeadRecord>) {
        if self.of_person.is_empty() {
            return;
        }
        let mut leads: Vec<&mut LeadRecord> = leads.collect();
        let mut refused: BTreeSet<&String> = BTreeSet::new();
        let mut unsubscribed: BTreeMap<&String, Vec<Signal>> = BTreeMap::new();
        for lead in &leads {
            for person in &lead.people {
                let theirs = |signal: &&Signal| {
                    signal.kind == SignalKind::Unsubscribe
                        && signal.channel.is_none_or(|channel| channel == Channel::Email)
                        && signal.person.as_deref().is_some_and(|id| id == person.id)
                };
                let stops: Vec<&Signal> = lead.signals.iter().filter(theirs).collect();
                for address in self.of(&lead.id, person) {
                    if person.do_not_email || person.objected {
                        refused.insert(address);
                    }
                    unsubscribed.entry(address).or_default().extend(stops.iter().map(|stop| (*stop).clone()));
                }
            }
        }
        for lead in &mut leads {
            let LeadRecord { id, people, signals, .. } = &mut **lead;
            for person in people {
                let addresses: Vec<&String> = self.of(id, person).collect();
                person.do_not_email |= addresses.iter().any(|address| refused.contains(address));
                for stop in addresses.iter().filter_map(|address| unsubscribed.get(address)).flatten() {
                    let is_known = |known: &Signal| {
                        known.at == stop.at
                            && known.kind == stop.kind
                            && known.channel.is_none_or(|channel| channel == Channel::Email)
                            && known.person.as_ref() == Some(&person.id)
                    };
                    if !signals.iter().any(is_known) {
                        let (person, channel) = (Some(person.id.clone()), Some(Channel::Email));
                        signals.push(Signal { person, channel, ..stop.clone() });
                    }
                }
            }
        }
    }
}
