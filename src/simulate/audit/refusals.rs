//! Whether somebody refuses contact on a channel: the second opinion on `decide/gates/eligible.rs`, with which it shares no code.
//!
//! Left out: what the policies of packs forbid.

use crate::book::vocabulary::{Basis, Channel, SignalKind};
use crate::book::{Consent, Lead, Person, Signal};
use crate::calendar::Instant;
use crate::simulate::audit::humans::Humans;

/// A person's record, with all leads in which the same human may appear.
#[derive(Clone, Copy, Debug)]
pub struct PersonOnFile<'a> {
    /// The leads, with everything that happened in them.
    pub leads: &'a [&'a Lead],
    /// Who is who in these leads.
    pub humans: &'a Humans,
    /// The human.
    pub human: usize,
    /// Their record in the lead that is asked about.
    pub record: &'a Person,
}

impl<'a> PersonOnFile<'a> {
    /// All records of the human.
    pub fn records(self) -> impl Iterator<Item = &'a Person> {
        let all = self.leads.iter().flat_map(|lead| lead.people.iter().map(move |one| (*lead, one)));
        all.filter(move |(lead, one)| self.humans.find(lead, &one.id) == Some(self.human)).map(|(_, one)| one)
    }

    /// The signals that name the human, lead by lead.
    pub fn signals(self) -> impl Iterator<Item = &'a Signal> {
        let all = self.leads.iter().flat_map(|lead| lead.signals.iter().map(move |signal| (*lead, signal)));
        let names = move |(lead, signal): &(&Lead, &Signal)| {
            signal.person.as_deref().is_some_and(|id| self.humans.find(lead, id) == Some(self.human))
        };
        all.filter(names).map(|(_, signal)| signal)
    }

    /// Whether they refuse contact on a channel, at `at`, as far as is known at `now`.
    pub fn refuses(self, channel: Channel, now: Instant, at: Instant) -> bool {
        self.records().any(|one| {
            one.objected
                || (channel == Channel::Phone && one.do_not_call)
                || (channel == Channel::Email && one.do_not_email)
        }) || self.unsubscribed(channel, now, at)
            || self.withdrew(channel, at)
    }

    /// Whether they unsubscribed from mail by `now` and did nothing since, up to `at`, that lifts it.
    pub fn unsubscribed(self, channel: Channel, now: Instant, at: Instant) -> bool {
        let signals = self.leads.iter().flat_map(|lead| lead.signals.iter().map(move |signal| (*lead, signal)));
        let last = signals
            .filter(|(_, signal)| {
                signal.kind == SignalKind::Unsubscribe && signal.at <= now && channel == Channel::Email
            })
            .filter(|(lead, signal)| self.humans.concerns(lead, self.human, signal.person.as_deref()))
            .map(|(_, signal)| signal.at)
            .max();
        last.is_some_and(|last| !self.opted_in_since(channel, last, at))
    }

    /// Whether a consent for the channel, in any of their records, has been taken back by `at`.
    pub fn withdrew(self, channel: Channel, at: Instant) -> bool {
        let taken_back = self
            .records()
            .flat_map(|person| &person.consents)
            .filter(|consent| consent.channel.is_none_or(|one| one == channel))
            .filter_map(|consent| consent.withdrawn_at)
            .filter(|taken_back| *taken_back <= at);
        taken_back.max().is_some_and(|last| !self.opted_in_since(channel, last, at))
    }

    /// Whether they did something themselves after a refusal that counts at `at`. What is a ground of ours does not count.
    fn opted_in_since(self, channel: Channel, refused: Instant, at: Instant) -> bool {
        self.record.consents.iter().any(|consent| {
            matches!(consent.basis, Basis::OptIn | Basis::DoubleOptIn | Basis::Requested)
                && consent.given_at > refused
                && counts(consent, channel, at)
        })
    }
}

/// The basis of the consent given last of those that count.
pub fn basis(record: &Person, channel: Channel, at: Instant) -> Option<Basis> {
    let counting = record.consents.iter().filter(|consent| counts(consent, channel, at));
    counting.max_by_key(|consent| consent.given_at).map(|consent| consent.basis)
}

fn counts(consent: &Consent, channel: Channel, at: Instant) -> bool {
    consent.channel.is_none_or(|one| one == channel)
        && consent.given_at <= at
        && consent.withdrawn_at.is_none_or(|end| end > at)
        && consent.valid_to.is_none_or(|end| end > at)
}
