//! One lead as the pipeline looks at it: its people with their places, in numbers.

use crate::book::vocabulary::{Basis, Channel, Role, SignalKind, Stage, Stance};
use crate::book::{Consent, Lead, Person};
use crate::calendar::Instant;
use crate::decide::context::account_events::{AccountEvents, HumanId};
use crate::decide::context::decision_context::{AccountContext, LeadOwner, PlaceId};

/// A lead and the moment.
#[derive(Clone, Debug)]
pub(crate) struct LeadProfile<'a> {
    /// The lead's place in the book.
    pub(crate) index: usize,
    /// Its record; absent when nothing is asked of it that is not here.
    pub(crate) lead: Option<&'a Lead>,
    /// The stage after the `enter` statements.
    pub(crate) stage: Option<Stage>,
    /// The moment asked about.
    pub(crate) now: Instant,
    /// The buying group, in file order.
    pub(crate) people: Vec<PersonProfile<'a>>,
    /// Who looks after the lead.
    pub(crate) owner: LeadOwner,
    /// Its expected yearly value.
    pub(crate) worth: Option<f64>,
    /// The share of such customers that leaves within a year.
    pub(crate) churn: Option<f64>,
    /// True while a form, reply, chat or missed call of theirs waits for our answer.
    pub(crate) waits_for_answer: bool,
}

/// A member of the buying group.
#[derive(Clone, Debug)]
pub(crate) struct PersonProfile<'a> {
    /// Who it is within the account.
    pub(crate) human: HumanId,
    /// Where they are.
    pub(crate) spot: PlaceId,
    /// The roles they play, a bit each.
    roles: u8,
    /// The first of them.
    pub(crate) first_role: Option<Role>,
    /// The channels on which they can be reached, a bit each.
    channels: u8,
    /// Works against us.
    pub(crate) blocker: bool,
    /// Weight in the decision.
    pub(crate) influence: Option<f64>,
    /// What they allow, by every record of theirs in the account.
    pub(crate) allows: ContactPermissions,
    /// Own hours.
    pub(crate) hours: Option<&'a str>,
    /// The grounds for contact on their record.
    pub(crate) consents: &'a [Consent],
    /// The first moment after now at which what their record allows can change.
    pub(crate) allows_until: Option<Instant>,
}

/// What a person allows, from every record of theirs in the account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ContactPermissions {
    /// Objected to direct marketing.
    pub(crate) objected: bool,
    /// Asked not to be called.
    pub(crate) do_not_call: bool,
    /// Asked not to be mailed, or unsubscribed.
    pub(crate) do_not_email: bool,
}

impl<'a> LeadProfile<'a> {
    /// The case of a lead, which stands among those of its account.
    pub(crate) fn new(
        desk: &AccountContext<'_>,
        group: &AccountEvents<'_>,
        (index, lead, account): (usize, &'a Lead, &[&Lead]),
        stage: Option<Stage>,
    ) -> Self {
        let people = lead.people.iter().zip(group.humans_of(index));
        Self {
            index,
            lead: Some(lead),
            stage,
            now: desk.now,
            people: people
                .map(|(person, human)| PersonProfile::new(desk, group, (index, lead, account), person, human))
                .collect(),
            owner: desk.team.owner(lead.owner.as_deref()),
            worth: lead.value,
            churn: lead.churn,
            waits_for_answer: group.waits_for_answer(index),
        }
    }

    /// The record of a person.
    pub(crate) fn person(&self, at: usize) -> Option<&'a Person> {
        self.lead?.people.get(at)
    }

    /// Whether somebody is known in a role.
    pub(crate) fn knows(&self, role: Role) -> bool {
        self.people.iter().any(|member| member.plays(role))
    }
}

impl<'a> PersonProfile<'a> {
    fn new(
        desk: &AccountContext<'_>,
        group: &AccountEvents<'_>,
        (index, lead, account): (usize, &Lead, &[&Lead]),
        person: &'a Person,
        human: HumanId,
    ) -> Self {
        let mut allows = ContactPermissions::default();
        for record in group.records_of(account, human) {
            allows.objected |= record.objected;
            allows.do_not_call |= record.do_not_call;
            allows.do_not_email |= record.do_not_email;
        }
        let mut member = Self {
            human,
            spot: desk.place(lead, person),
            roles: person.roles.iter().fold(0, |set, role| set | 1 << *role as u8),
            first_role: person.roles.first().copied(),
            channels: person.channels.iter().fold(0, |set, channel| set | 1 << *channel as u8),
            blocker: person.stance == Some(Stance::Blocker),
            influence: person.influence,
            allows,
            hours: person.reachable.as_deref(),
            consents: &person.consents,
            allows_until: None,
        };
        if !member.allows.do_not_email {
            (member.allows.do_not_email, member.allows_until) = member.unsubscribed(group, index, desk.now);
        }
        member
    }

    /// Whether they play a role.
    pub(crate) fn plays(&self, role: Role) -> bool {
        self.roles & 1 << role as u8 != 0
    }

    /// Whether there is an address for a channel.
    pub(crate) fn has(&self, channel: Channel) -> bool {
        self.channels & 1 << channel as u8 != 0
    }

    /// Whether mail is stopped by an unsubscribe, and when that changes: the fact `person.do_not_email`, from the events.
    fn unsubscribed(&self, group: &AccountEvents<'_>, lead: usize, now: Instant) -> (bool, Option<Instant>) {
        let stops = group.events.iter().rev().filter(|event| {
            event.kind == SignalKind::Unsubscribe && matches!(event.channel, None | Some(Channel::Email))
        });
        let theirs = |human: Option<HumanId>, at: usize| match human {
            Some(human) => human == self.human,
            None => at == lead,
        };
        let Some(last) = stops.into_iter().find(|event| theirs(event.human, event.lead)).map(|event| event.at) else {
            return (false, None);
        };
        let opt_ins = || {
            self.consents.iter().filter(|consent| {
                matches!(consent.basis, Basis::OptIn | Basis::DoubleOptIn)
                    && matches!(consent.channel, None | Some(Channel::Email))
            })
        };
        let in_force = |consent: &Consent| consent.given_at <= now && consent.withdrawn_at.is_none_or(|end| end > now);
        let back = opt_ins().any(|consent| consent.given_at > last && in_force(consent));
        let turns = opt_ins().flat_map(|consent| [Some(consent.given_at), consent.withdrawn_at]).flatten();
        (!back, turns.filter(|at| *at > now).min())
    }
}
