//! Who of the people of a lead is no longer there ([`Person::left_at`]), and who fills their role now.
//!
//! Somebody who left in any lead of the account has left the account; in leads of other accounts the same human is there as their record says,
//! because people who change jobs turn up elsewhere. What they did stays in the log: their touches count under caps, their orders are orders.
//! What they showed of interest is no interest of the account any more ([`counts_without`]).
//!
//! What they asked and nobody answered goes to the first person in the lead, in file order, who has one of their roles.

use crate::book::lead::Person;
use crate::book::signal_view::SignalView;
use crate::book::vocabulary::SignalKind;
use crate::book::{GroupRecords, Lead};
use crate::calendar::Instant;

/// For each person of a lead since when they are gone, of those who leave at some time. Empty for nearly every lead.
#[derive(Clone, Debug, Default)]
pub(crate) struct Departures(Vec<Option<Instant>>);

impl Departures {
    /// The departures of the people of a lead, which stands at this place in the records.
    pub(crate) fn of(records: &GroupRecords, place: usize, lead: &Lead) -> Self {
        let others = records.of_account(&lead.account.id).iter().filter(|other| **other != place);
        let others = || others.clone().filter_map(|other| Some((*other, records.leads().get(*other)?)));
        if !leaves(lead) && !others().any(|(_, other)| leaves(other)) {
            return Self::default();
        }
        let humans = records.humans();
        let elsewhere = |nth: usize| {
            let human = humans.of_lead(place).get(nth).copied();
            let same = others().flat_map(|(other, lead)| lead.people.iter().zip(humans.of_lead(other)));
            same.filter(move |(_, one)| Some(**one) == human).filter_map(|(person, _)| person.left_at).min()
        };
        let people = lead.people.iter().enumerate();
        Self(people.map(|(nth, person)| person.left_at.into_iter().chain(elsewhere(nth)).min()).collect())
    }

    /// Whether nobody leaves.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Since when the person at this place has been gone at `now`; `None` for who is there.
    pub(crate) fn gone_since(&self, person: usize, now: Instant) -> Option<Instant> {
        self.0.get(person).copied().flatten().filter(|left| *left <= now)
    }

    /// Whether the person at this place is there at `now`.
    pub(crate) fn is_there(&self, person: usize, now: Instant) -> bool {
        self.gone_since(person, now).is_none()
    }

    /// The moments at which people leave.
    pub(crate) fn moments(&self) -> impl Iterator<Item = Instant> {
        self.0.iter().flatten().copied()
    }

    /// Who has taken over from somebody who is gone at `now`, by place: the first of those who are there in one of their roles, the roles in order.
    /// `None` when nobody has.
    pub(crate) fn successor(&self, lead: &Lead, gone: usize, now: Instant) -> Option<usize> {
        let roles = &lead.people.get(gone)?.roles;
        let there = || lead.people.iter().enumerate().filter(|(nth, _)| self.is_there(*nth, now));
        roles.iter().find_map(|role| there().find(|(_, person)| person.roles.contains(role)).map(|(nth, _)| nth))
    }

    /// Whether an id is one by which a lead names somebody who is gone at `now`.
    pub(crate) fn is_gone(&self, people: &[Person], id: &str, now: Instant) -> bool {
        !self.is_empty()
            && people.iter().enumerate().any(|(nth, person)| person.is_called(id) && !self.is_there(nth, now))
    }
}

/// Whether somebody of a lead leaves, now or later.
pub(crate) fn leaves(lead: &Lead) -> bool {
    lead.people.iter().any(|person| person.left_at.is_some())
}

/// Whether a signal of somebody who is gone counts as something that the lead or account did: what they showed of interest does not.
pub(crate) fn counts_without(signal: SignalView) -> bool {
    !signal.inbound || signal.kind == SignalKind::Order
}
