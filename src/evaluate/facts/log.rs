//! The signals of one subject up to `now`, oldest first.
//!
//! Those of a lead are a slice of its own log. Those of an account with several leads, and of a person, are a list of places in the logs of
//! the leads, made when first read. Signals of the same moment keep the order of the file, lead by lead.

use crate::book::catalogue::Subject;
use crate::book::{Lead, Person, Signal};
use crate::calendar::{Duration, Instant};
use crate::evaluate::facts::{FactContext, FactContextData};
use crate::order;

/// Places in the logs of the account's leads: which lead, which signal.
#[derive(Debug, Default)]
pub(crate) struct SignalPlaces(Vec<(usize, usize)>);

/// The signals of one subject up to `now`.
#[derive(Clone, Copy)]
pub(crate) struct AccountLog<'a> {
    leads: &'a [Lead],
    /// The signals of one lead.
    own: &'a [Signal],
    /// Where the signals stand instead, when they are not those of one lead.
    places: Option<&'a [(usize, usize)]>,
    now: Instant,
}

impl<'a> AccountLog<'a> {
    /// How many there are.
    pub(crate) fn len(self) -> usize {
        self.places.map_or(self.own.len(), <[_]>::len)
    }

    fn get(self, nth: usize) -> Option<&'a Signal> {
        match self.places {
            None => self.own.get(nth),
            Some(places) => {
                let (lead, signal) = places.get(nth)?;
                self.leads.get(*lead)?.signals.get(*signal)
            }
        }
    }

    /// All of them, oldest first.
    pub(crate) fn all(self) -> impl DoubleEndedIterator<Item = &'a Signal> {
        self.from(0)
    }

    /// Those inside the window, oldest first; all of them where there is no window.
    pub(crate) fn within(self, window: Option<Duration>) -> impl DoubleEndedIterator<Item = &'a Signal> {
        self.from(window.map_or(0, |window| self.first_inside(window)))
    }

    fn from(self, first: usize) -> impl DoubleEndedIterator<Item = &'a Signal> {
        (first..self.len()).filter_map(move |nth| self.get(nth))
    }

    /// The place of the first signal for which `now - at < window`.
    fn first_inside(self, window: Duration) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let inside = self.get(middle).is_some_and(|signal| self.now - signal.at < window);
            if inside { high = middle } else { low = middle + 1 }
        }
        low
    }
}

impl FactContext {
    /// The log of this subject up to `now`; empty for a person when none was chosen.
    pub(crate) fn log(&self, subject: Subject) -> AccountLog<'_> {
        let shared = &*self.shared;
        let leads = shared.book.leads();
        let mut log = AccountLog { leads, own: &[], places: None, now: shared.now };
        let Some(lead) = leads.get(shared.lead) else { return log };
        match subject {
            Subject::Lead => log.own = shared.own_past(lead),
            Subject::Account if shared.siblings(lead).len() <= 1 => log.own = shared.own_past(lead),
            Subject::Account => {
                log.places = Some(&shared.of_account.get_or_init(|| shared.places_of(lead, |_| true)).0)
            }
            Subject::Person => {
                let place = self.person.and_then(|nth| shared.of_person.get(nth));
                if let (Some(place), Some(person)) = (place, self.person()) {
                    let places = place.get_or_init(|| {
                        let ids = shared.ids_of(lead, person);
                        shared.places_of(lead, |signal| signal.person.as_deref().is_some_and(|id| ids.contains(&id)))
                    });
                    log.places = Some(&places.0);
                }
            }
        }
        log
    }

    /// When the first signal of this subject after `now` will have happened.
    pub(crate) fn next_signal(&self, subject: Subject) -> Option<Instant> {
        let shared = &*self.shared;
        let lead = self.lead()?;
        match subject {
            Subject::Account | Subject::Person if shared.siblings(lead).len() > 1 => {
                shared.leads_of_account(lead).filter_map(|lead| lead.next_signal(shared.now)).min()
            }
            _ => lead.signals.get(shared.past).map(|signal| signal.at),
        }
    }

    /// Every id under which the chosen person is known in the account.
    pub(crate) fn ids_of_person(&self) -> Vec<&str> {
        match (self.lead(), self.person()) {
            (Some(lead), Some(person)) => self.shared.ids_of(lead, person),
            _ => Vec::new(),
        }
    }

    /// Every record of the chosen person in the account, this lead's own first.
    pub(crate) fn records_of_person(&self) -> Vec<&Person> {
        let (Some(lead), Some(person)) = (self.lead(), self.person()) else { return Vec::new() };
        let mut records = vec![person];
        if self.shared.siblings(lead).len() > 1 {
            let ids = self.shared.ids_of(lead, person);
            let others = self.shared.leads_of_account(lead).flat_map(|lead| &lead.people);
            records.extend(others.filter(|other| !std::ptr::eq(*other, person) && same_human(other, &ids)));
        }
        records
    }
}

impl FactContextData {
    /// The signals of the lead of this context that have happened.
    fn own_past<'a>(&self, lead: &'a Lead) -> &'a [Signal] {
        lead.signals.get(..self.past).unwrap_or_default()
    }

    /// The places of the account's leads, this one among them.
    fn siblings(&self, lead: &Lead) -> &[usize] {
        self.book.of_account(&lead.account.id)
    }

    pub(crate) fn leads_of_account<'a>(&'a self, lead: &'a Lead) -> impl Iterator<Item = &'a Lead> {
        self.siblings(lead).iter().filter_map(|place| self.book.leads().get(*place))
    }

    /// The places of the signals of the account that are wanted, in order of time.
    fn places_of(&self, lead: &Lead, wanted: impl Fn(&Signal) -> bool) -> SignalPlaces {
        let mut found: Vec<(Instant, usize, usize)> = Vec::new();
        for place in self.siblings(lead) {
            let Some(sibling) = self.book.leads().get(*place) else { continue };
            let signals = sibling.past_signals(self.now).iter().enumerate().filter(|(_, signal)| wanted(signal));
            found.extend(signals.map(|(nth, signal)| (signal.at, *place, nth)));
        }
        order::sort(&mut found);
        SignalPlaces(found.into_iter().map(|(_, lead, signal)| (lead, signal)).collect())
    }

    /// Every id of this human in the account: their own, their aliases, and those of records that share one of them.
    fn ids_of<'a>(&'a self, lead: &'a Lead, person: &'a Person) -> Vec<&'a str> {
        let mut ids = names_of(person);
        if self.siblings(lead).len() <= 1 {
            return ids;
        }
        let mut known = 0;
        while known < ids.len() {
            known = ids.len();
            for other in self.leads_of_account(lead).flat_map(|lead| &lead.people) {
                if same_human(other, &ids) {
                    ids.extend(names_of(other).into_iter().filter(|id| !ids.contains(id)).collect::<Vec<_>>());
                }
            }
        }
        ids
    }
}

fn names_of(person: &Person) -> Vec<&str> {
    std::iter::once(person.id.as_str()).chain(person.aliases.iter().map(String::as_str)).collect()
}

fn same_human(person: &Person, ids: &[&str]) -> bool {
    ids.contains(&person.id.as_str()) || person.aliases.iter().any(|alias| ids.contains(&alias.as_str()))
}
