//! The signals of one subject up to `now`, oldest first, without the opens and clicks of machines ([`crate::book::machine_signals`]).
//!
//! Those of a lead are a slice of its own log. Those of an account with several leads, and of a person, are a list of places in the logs of
//! the leads, for a person of every lead that has the same human, of whatever account: from the index of the leads where there are several or
//! many people ([`crate::book::log_index`]), else made when first read. Signals of the same moment keep the order of the file, lead by lead.

use crate::book::catalogue::Subject;
use crate::book::humans::FEW_PEOPLE;
use crate::book::log_index::SignalPlace;
use crate::book::machine_signals::is_by_machine;
use crate::book::{Lead, Person, Signal};
use crate::calendar::{Duration, Instant};
use crate::evaluate::facts::{FactContext, FactContextData};

/// Places in the logs of leads, in order of time.
#[derive(Debug, Default)]
pub(crate) struct SignalPlaces(Vec<SignalPlace>);

/// The signals of one subject up to `now`.
#[derive(Clone, Copy)]
pub(crate) struct SubjectLog<'a> {
    leads: &'a [Lead],
    /// The signals of one lead.
    own: &'a [Signal],
    /// Where the signals stand instead, when they are not those of one lead.
    places: Option<&'a [SignalPlace]>,
    now: Instant,
}

impl<'a> SubjectLog<'a> {
    /// How many there are, those of machines included.
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
        (first..self.len()).filter(move |nth| !self.is_by_machine(*nth)).filter_map(move |nth| self.get(nth))
    }

    fn is_by_machine(self, nth: usize) -> bool {
        match self.places {
            None => is_by_machine(self.own, nth),
            Some(places) => places.get(nth).is_some_and(|(_, lead, signal)| {
                let lead = self.leads.get(*lead);
                lead.is_some_and(|lead| is_by_machine(lead.past_signals(self.now), *signal))
            }),
        }
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
    pub(crate) fn log(&self, subject: Subject) -> SubjectLog<'_> {
        let shared = &*self.shared;
        let leads = shared.book.leads();
        let mut log = SubjectLog { leads, own: &[], places: None, now: shared.now };
        let Some(lead) = leads.get(shared.lead) else { return log };
        match subject {
            Subject::Lead => log.own = shared.own_past(lead),
            Subject::Account if shared.siblings(lead).len() <= 1 => log.own = shared.own_past(lead),
            Subject::Account => {
                log.places = Some(until(shared.book.log_index().of_account(&lead.account.id), shared.now));
            }
            Subject::Person => {
                let place = self.person.and_then(|nth| shared.people.get(nth)).map(|facts| &facts.log);
                if let (Some(place), Some(person)) = (place, self.person()) {
                    log.places = Some(match self.human() {
                        Some(human) => until(shared.book.log_index().of_human(human), shared.now),
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
        let own = lead.signals.get(shared.past).map(|signal| signal.at);
        let coming = |signals: &[SignalPlace]| signals.get(until(signals, shared.now).len()).map(|(at, ..)| *at);
        match (subject, self.human()) {
            (Subject::Account, _) if shared.siblings(lead).len() > 1 => {
                coming(shared.book.log_index().of_account(&lead.account.id))
            }
            // A signal of this lead that names nobody may be theirs.
            (Subject::Person, Some(human)) => {
                let named = coming(shared.book.log_index().of_human(human));
                named.into_iter().chain(own).min()
            }
            _ => own,
        }
    }

    /// Whether an id is one by which this lead names the chosen person. False when none was chosen.
    pub(crate) fn is_of_person(&self, id: &str) -> bool {
        let shared = &*self.shared;
        let (Some(lead), Some(person)) = (self.lead(), self.person()) else { return false };
        match self.human() {
            Some(human) => shared.book.humans().named(shared.lead, lead, id) == Some(human),
            None => person.is_called(id),
        }
    }

    /// Whether the lead at this place names the chosen person by this id. False when none was chosen.
    pub(crate) fn is_named_in(&self, place: usize, id: &str) -> bool {
        let shared = &*self.shared;
        match (self.human(), self.person()) {
            (Some(human), _) => shared
                .book
                .leads()
                .get(place)
                .is_some_and(|lead| shared.book.humans().named(place, lead, id) == Some(human)),
            (None, Some(person)) => place == shared.lead && person.is_called(id),
            (None, None) => false,
        }
    }

    /// The places of the leads in which the chosen person stands; empty when none was chosen.
    pub(crate) fn leads_of_person(&self) -> Vec<usize> {
        let shared = &*self.shared;
        if self.person().is_none() {
            return Vec::new();
        }
        let Some(human) = self.human() else { return vec![shared.lead] };
        let mut leads: Vec<usize> = shared.book.humans().records(human).map(|(lead, _)| lead).collect();
        // The records are in the order of the leads; a lead may have several of one human.
        leads.dedup();
        leads
    }

    /// Every record of the chosen person, in whatever lead, this lead's own first.
    pub(crate) fn records_of_person(&self) -> Vec<&Person> {
        let (Some(nth), Some(person)) = (self.person, self.person()) else { return Vec::new() };
        let shared = &*self.shared;
        let mut records = vec![person];
        if let Some(human) = self.human() {
            let others = shared.book.humans().records(human).filter(|record| *record != (shared.lead, nth));
            records.extend(others.filter_map(|(lead, nth)| shared.book.leads().get(lead)?.people.get(nth)));
        }
        records
    }

    /// The human that the chosen person is among all leads of the records; `None` for a lead that is alone and has few people, which is quicker
    /// without.
    fn human(&self) -> Option<u32> {
        let shared = &*self.shared;
        let large = shared.book.leads().len() > 1 || self.lead()?.people.len() > FEW_PEOPLE;
        if large { shared.book.humans().of_lead(shared.lead).get(self.person?).copied() } else { None }
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

    /// The leads of the account of this one, without those that are spam.
    pub(crate) fn leads_of_account<'a>(&'a self, lead: &'a Lead) -> impl Iterator<Item = &'a Lead> {
        let leads = self.siblings(lead).iter().filter_map(|place| self.book.leads().get(*place));
        leads.filter(|lead| !lead.spam)
    }

    /// The places of the signals of a lead that name this person, in order of time.
    fn places_of(&self, lead: &Lead, person: &Person) -> SignalPlaces {
        let theirs = |signal: &Signal| signal.person.as_deref().is_some_and(|id| person.is_called(id));
        let signals = self.own_past(lead).iter().enumerate().filter(|(_, signal)| theirs(signal));
        SignalPlaces(signals.map(|(nth, signal)| (signal.at, self.lead, nth)).collect())
    }
}

/// The signals that have happened by `now`.
fn until(signals: &[SignalPlace], now: Instant) -> &[SignalPlace] {
    signals.get(..signals.partition_point(|(at, ..)| *at <= now)).unwrap_or_default()
}
