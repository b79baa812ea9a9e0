//! The signals of one subject up to `now`, oldest first.
//!
//! Those of a lead are a slice of its own log. Those of an account with several leads, and of a person, are a list of places in the logs of
//! the leads: from the index of the account where it is large ([`crate::book::account_index`]), else made when first read. Signals of the same moment keep the order of the file, lead by lead.

use crate::book::account_index::{AccountIndex, SignalPlace};
use crate::book::catalogue::Subject;
use crate::book::{Lead, Person, Signal};
use crate::calendar::{Duration, Instant};
use crate::evaluate::facts::{FactContext, FactContextData};

/// Places in the logs of the account's leads, in order of time.
#[derive(Debug, Default)]
pub(crate) struct SignalPlaces(Vec<SignalPlace>);

/// People of a lead above which what is asked of them is looked up in an index.
const FEW_PEOPLE: usize = 12;

/// The signals of one subject up to `now`.
#[derive(Clone, Copy)]
pub(crate) struct AccountLog<'a> {
    leads: &'a [Lead],
    /// The signals of one lead.
    own: &'a [Signal],
    /// Where the signals stand instead, when they are not those of one lead.
    places: Option<&'a [SignalPlace]>,
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
                let (_, lead, signal) = places.get(nth)?;
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
            Subject::Account => log.places = shared.index(lead).map(|index| until(index.signals(), shared.now)),
            Subject::Person => {
                let place = self.person.and_then(|nth| shared.of_person.get(nth));
                if let (Some(place), Some(person)) = (place, self.person()) {
                    log.places = Some(match shared.index(lead) {
                        Some(index) => until(index.signals_of(person), shared.now),
                        None => &place.get_or_init(|| shared.places_of(lead, person)).0,
                    });
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
                let signals = shared.index(lead)?.signals();
                signals.get(until(signals, shared.now).len()).map(|(at, ..)| *at)
            }
            _ => lead.signals.get(shared.past).map(|signal| signal.at),
        }
    }

    /// Whether an id is one under which the chosen person is known in the account. False when none was chosen.
    pub(crate) fn is_of_person(&self, id: &str) -> bool {
        let (Some(lead), Some(person)) = (self.lead(), self.person()) else { return false };
        match self.shared.index(lead) {
            Some(index) => {
                let humans = index.humans();
                humans.number(id).is_some_and(|human| humans.number(&person.id) == Some(human))
            }
            None => has_name(person, id),
        }
    }

    /// Every record of the chosen person in the account, this lead's own first.
    pub(crate) fn records_of_person(&self) -> Vec<&Person> {
        let (Some(lead), Some(person)) = (self.lead(), self.person()) else { return Vec::new() };
        let mut records = vec![person];
        if let Some(index) = self.shared.index(lead) {
            let leads = self.shared.book.leads();
            let all = index.records_of(person).iter();
            let all = all.filter_map(|(lead, nth)| leads.get(*lead)?.people.get(*nth));
            records.extend(all.filter(|other| !std::ptr::eq(*other, person)));
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

    /// The index of the account, where it has several leads or many people; `None` for any other, which is quicker without.
    fn index(&self, lead: &Lead) -> Option<&AccountIndex> {
        let large = self.siblings(lead).len() > 1 || lead.people.len() > FEW_PEOPLE;
        if large { self.book.account_index(&lead.account.id) } else { None }
    }

    /// The places of the signals of a lead that name this person, in order of time.
    fn places_of(&self, lead: &Lead, person: &Person) -> SignalPlaces {
        let theirs = |signal: &Signal| signal.person.as_deref().is_some_and(|id| has_name(person, id));
        let signals = self.own_past(lead).iter().enumerate().filter(|(_, signal)| theirs(signal));
        SignalPlaces(signals.map(|(nth, signal)| (signal.at, self.lead, nth)).collect())
    }
}

/// The signals that have happened by `now`.
fn until(signals: &[SignalPlace], now: Instant) -> &[SignalPlace] {
    signals.get(..signals.partition_point(|(at, ..)| *at <= now)).unwrap_or_default()
}

/// Whether this is the id or an alias of a person.
fn has_name(person: &Person, id: &str) -> bool {
    person.id == id || person.aliases.iter().any(|alias| alias == id)
}
