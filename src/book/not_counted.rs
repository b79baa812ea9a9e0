//! What of a lead counts for nothing: signals that are not theirs, our own people among theirs, and what was done by or with these.
//!
//! This is the one place where that is decided, when a lead enters a book ([`LeadRef::set_apart`]). From then on it stands apart
//! ([`Lead::not_counted`](crate::book::Lead::not_counted)), so that no fact, column or decision can see it, and a lead without it costs nothing.
//! It is kept, written back, and told with the advice.
//!
//! A signal counts for nothing when it says that it is not theirs (`by`), names one of our own people (`internal`), is in a lead that is spam, or
//! shows interest with a weight of 0. An unsubscribe counts all the same: a refusal stands, whoever followed the link.

use std::mem;

use crate::book::lead::{Lead, Person, PlannedTouch, Signal};
use crate::book::lead_ref::{LeadRef, PersonRecordRef, PlannedTouchRef, SignalRef};
use crate::book::signal_view::is_interest;
use crate::book::vocabulary::{Direction, SignalKind};
use crate::calendar::Instant;
use crate::order;

/// What of a lead counts for nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NotCounted {
    /// Our own people, each with its place among all people of the lead's file record, in that order.
    pub people: Vec<(u32, Person)>,
    /// Signals, oldest first.
    pub signals: Vec<Signal>,
    /// Planned touches with our own people, or of a lead that is spam, oldest first.
    pub planned: Vec<PlannedTouch>,
}

/// See [`NotCounted`].
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "each field is that of what counts for nothing")]
pub struct NotCountedRef<'a> {
    pub people: Vec<(u32, PersonRecordRef<'a>)>,
    pub signals: Vec<SignalRef<'a>>,
    pub planned: Vec<PlannedTouchRef<'a>>,
}

impl NotCounted {
    /// True when all of the lead counts.
    pub const fn is_empty(&self) -> bool {
        self.people.is_empty() && self.signals.is_empty() && self.planned.is_empty()
    }

    /// The place among all people of the file record of the one at this place among those who count.
    pub fn place_in_file(&self, counted: u32) -> u32 {
        self.people.iter().fold(counted, |place, (own, _)| if *own <= place { place + 1 } else { place })
    }
}

impl NotCountedRef<'_> {
    /// True when all of the lead counts.
    pub const fn is_empty(&self) -> bool {
        self.people.is_empty() && self.signals.is_empty() && self.planned.is_empty()
    }
}

impl<'a> From<&'a NotCounted> for NotCountedRef<'a> {
    fn from(apart: &'a NotCounted) -> Self {
        let NotCounted { people, signals, planned } = apart;
        Self {
            people: people.iter().map(|(place, person)| (*place, PersonRecordRef::from(person))).collect(),
            signals: signals.iter().map(SignalRef::from).collect(),
            planned: planned.iter().map(PlannedTouchRef::from).collect(),
        }
    }
}

impl Lead {
    /// All people, signals and planned touches of the lead, those that count for nothing among them, as its file record has them.
    pub fn with_not_counted(&self) -> (Vec<Person>, Vec<Signal>, Vec<PlannedTouch>) {
        let NotCounted { people, signals, planned } = self.not_counted.clone();
        (
            people_together(self.people.clone(), people),
            together(self.signals.clone(), signals, |signal| signal.at),
            together(self.planned.clone(), planned, |touch| touch.at),
        )
    }
}

impl LeadRef<'_> {
    /// Sets apart what counts for nothing. Signals and planned touches must be in order of time, and stay so.
    pub fn set_apart(&mut self) {
        let marked = self.people.iter().any(|person| person.internal) || self.signals.iter().any(is_marked);
        if !marked && !self.spam && self.not_counted.is_empty() {
            return;
        }
        // What stood apart is looked at again, because the lead may have changed.
        let NotCountedRef { people, signals, planned } = mem::take(&mut self.not_counted);
        let people = people_together(mem::take(&mut self.people), people);
        let signals = together(mem::take(&mut self.signals), signals, |signal| signal.at);
        let planned = together(mem::take(&mut self.planned), planned, |touch| touch.at);
        for (place, person) in (0..).zip(people) {
            if person.internal { self.not_counted.people.push((place, person)) } else { self.people.push(person) }
        }
        let own_people = &self.not_counted.people;
        let is_own = |id: Option<&str>| id.is_some_and(|id| own_people.iter().any(|(_, person)| person.is_called(id)));
        let counts_for_nothing = |signal: &SignalRef<'_>| {
            is_own(signal.person) || signal.kind != SignalKind::Unsubscribe && (self.spam || is_marked(signal))
        };
        let (apart, signals) = signals.into_iter().partition(counts_for_nothing);
        let (planned_apart, planned) = planned.into_iter().partition(|touch| self.spam || is_own(touch.person));
        (self.signals, self.planned) = (signals, planned);
        (self.not_counted.signals, self.not_counted.planned) = (apart, planned_apart);
    }
}

/// Whether a signal says of itself that it counts for nothing, an unsubscribe aside.
fn is_marked(signal: &SignalRef<'_>) -> bool {
    let inbound = signal.direction != Some(Direction::Outbound);
    signal.by.is_some() || (signal.weight == Some(0.0) && inbound && is_interest(signal.kind))
}

/// The people who count, with those who stood apart back at their places.
fn people_together<T>(mut counted: Vec<T>, apart: Vec<(u32, T)>) -> Vec<T> {
    for (place, person) in apart {
        counted.insert(counted.len().min(place as usize), person);
    }
    counted
}

/// Two lists in order of time as one. Of one moment those that stood apart come first, so that what is added later stays behind them.
fn together<T>(counted: Vec<T>, mut apart: Vec<T>, at: impl Fn(&T) -> Instant) -> Vec<T> {
    if apart.is_empty() {
        return counted;
    }
    apart.extend(counted);
    order::sort_by_key(&mut apart, at);
    apart
}
