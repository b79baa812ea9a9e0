//! A lead prepared for the later stages: its people with location, roles, channels and permissions as numbers and bit sets, so that gates
//! and placement need no text of the record.

use crate::book::departures::Departures;
use crate::book::failed_channels::can_fail;
use crate::book::questions::ChannelSet;
use crate::book::vocabulary::{Channel, Role, Stage, Stance};
use crate::book::{Consent, Lead, Person, Question, consent};
use crate::calendar::{Instant, Window, Windows};
use crate::decide::context::caches::PlaceId;
use crate::decide::context::decision_context::{DecisionContext, GroupContext};
use crate::decide::context::group_events::{GroupEvent, GroupEvents, HumanId};
use crate::decide::context::sellers::LeadOwner;

/// A lead at the moment for which is decided.
#[derive(Clone, Debug)]
pub(crate) struct LeadProfile<'a> {
    /// The index of the lead in the records of its account.
    pub(crate) index: usize,
    /// Its record.
    pub(crate) record: Option<&'a Lead>,
    /// The stage after the `enter` statements.
    pub(crate) stage: Option<Stage>,
    /// The moment for which is decided.
    pub(crate) now: Instant,
    /// The people of the lead, in the order of its record.
    pub(crate) people: Vec<PersonProfile<'a>>,
    /// The owner.
    pub(crate) owner: LeadOwner,
    /// The expected yearly value.
    pub(crate) yearly_value: Option<f64>,
    /// The share of such customers that leaves within a year, 0 to 1.
    pub(crate) churn: Option<f64>,
    /// The open question in the lead of somebody who is not named.
    pub(crate) nameless_question: Option<Question>,
    /// Who of the people is gone, and since when.
    pub(crate) departures: Departures,
}

/// A person of the lead.
#[derive(Clone, Debug)]
pub(crate) struct PersonProfile<'a> {
    /// The human that the person is within the contact group.
    pub(crate) human: HumanId,
    /// Their location.
    pub(crate) place: PlaceId,
    /// Their roles: bit n stands for the role with discriminant n.
    roles: u8,
    /// The first of their roles.
    pub(crate) first_role: Option<Role>,
    /// The channels for which they have an address.
    channels: ChannelSet,
    /// Those of them over which they cannot be reached any more.
    pub(crate) failed_channels: ChannelSet,
    /// Whether they oppose the purchase.
    pub(crate) blocker: bool,
    /// Their weight in the buying decision, where known.
    pub(crate) influence: Option<f64>,
    /// Whether they are gone.
    pub(crate) gone: bool,
    /// The times, past and to come, in which they are away, by any of their records in the contact group.
    pub(crate) absences: Windows,
    /// What they permit.
    pub(crate) permissions: ContactPermissions,
    /// When they unsubscribed from mail, where that and nothing on record stops mail.
    pub(crate) unsubscribed_at: Option<Instant>,
    /// What they asked and wait for an answer to.
    pub(crate) question: Option<Question>,
    /// Their own opening hours, as text.
    pub(crate) hours: Option<&'a str>,
    /// The consents on their record.
    pub(crate) consents: &'a [Consent],
    /// When they take back a consent, in any of their records in the contact group, and for which channel; `None` is for every channel.
    pub(crate) withdrawals: Vec<(Option<Channel>, Instant)>,
    /// The first moment after now at which the permissions can change.
    pub(crate) permissions_change_at: Option<Instant>,
}

/// What a person permits, combined over all their records in the contact group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ContactPermissions {
    /// Objected to direct marketing.
    pub(crate) objected: bool,
    /// Asked not to be called.
    pub(crate) do_not_call: bool,
    /// Asked not to be mailed, or unsubscribed from mail.
    pub(crate) do_not_email: bool,
}

impl<'a> LeadProfile<'a> {
    /// The profile of a lead. `leads` are all leads of the contact group: the permissions of a person come from all of them.
    pub(crate) fn new(
        group: &GroupContext<'_>,
        group_events: &GroupEvents<'_>,
        (index, lead, leads): (usize, &'a Lead, &[&Lead]),
        stage: Option<Stage>,
    ) -> Self {
        let now = group.context.now;
        let departures = Departures::of(group.records, index, lead);
        let humans: Vec<HumanId> = group_events.humans_of(index).collect();
        let taken_over = |person: usize| {
            let since = departures.gone_since(person, now)?;
            Some((*humans.get(departures.successor(lead, person, now)?)?, since))
        };
        let people = lead.people.iter().zip(humans.iter().copied()).enumerate();
        let any_fails = group_events.events.iter().any(|event| can_fail(event.signal));
        let failed = |human| if any_fails { group_events.failed_channels(human) } else { ChannelSet::default() };
        Self {
            index,
            record: Some(lead),
            stage,
            now,
            people: people
                .map(|(nth, (record, human))| {
                    let mut person =
                        PersonProfile::new(group.context, group_events, (index, lead, leads), record, human);
                    person.question = group_events.question_of(human, taken_over(nth), now);
                    person.failed_channels = person.channels.intersection(failed(human));
                    person.gone = !departures.is_there(nth, now);
                    person
                })
                .collect(),
            owner: group.context.team.owner(lead.owner.as_deref()),
            yearly_value: lead.value,
            churn: lead.churn,
            nameless_question: group_events.nameless_question(index, now),
            departures,
        }
    }

    /// The record of the person with this index.
    pub(crate) fn person_record(&self, index: usize) -> Option<&'a Person> {
        self.record?.people.get(index)
    }

    /// Whether it is no lead at all but spam.
    pub(crate) fn is_spam(&self) -> bool {
        self.record.is_some_and(|lead| lead.spam)
    }

    /// The people who wait for an answer, by index, with their questions.
    pub(crate) fn questions(&self) -> impl Iterator<Item = (usize, Question)> {
        self.people.iter().enumerate().filter_map(|(index, person)| Some((index, person.question?)))
    }

    /// Every open question in the lead, that of somebody who is not named too.
    pub(crate) fn open_questions(&self) -> impl Iterator<Item = Question> {
        self.questions().map(|(_, question)| question).chain(self.nameless_question)
    }

    /// Whether somebody in the lead waits until we answer.
    pub(crate) fn waits_for_answer(&self) -> bool {
        self.open_questions().next().is_some()
    }

    /// Whether a question waits that somebody who is there can be answered: their own, or that of somebody from whom they took over.
    pub(crate) fn can_answer(&self) -> bool {
        self.nameless_question.is_some() || self.questions().any(|(person, _)| self.answered_to(person).is_some())
    }

    /// To whom the question of a person is answered, by index: to themselves, and when they are gone to whoever took over. `None` when nobody did.
    pub(crate) fn answered_to(&self, person: usize) -> Option<usize> {
        if self.departures.is_there(person, self.now) {
            return Some(person);
        }
        self.departures.successor(self.record?, person, self.now)
    }

    /// The people who are there, by index.
    pub(crate) fn people_there(&self) -> impl Iterator<Item = (usize, &PersonProfile<'a>)> + Clone {
        self.people.iter().enumerate().filter(|(_, person)| !person.gone)
    }

    /// Whether a person who is there has this role.
    pub(crate) fn has_role(&self, role: Role) -> bool {
        self.people_there().any(|(_, person)| person.has_role(role))
    }
}

impl<'a> PersonProfile<'a> {
    fn new(
        context: &DecisionContext<'_>,
        group_events: &GroupEvents<'_>,
        (index, lead, leads): (usize, &Lead, &[&Lead]),
        record: &'a Person,
        human: HumanId,
    ) -> Self {
        let mut permissions = ContactPermissions::default();
        let mut withdrawals = Vec::new();
        let mut absences = Vec::new();
        for one in group_events.records_of(leads, human) {
            let withdrawn = |consent: &Consent| consent.withdrawn_at.map(|at| (consent.channel, at));
            withdrawals.extend(one.consents.iter().filter_map(withdrawn));
            permissions.objected |= one.objected;
            permissions.do_not_call |= one.do_not_call;
            permissions.do_not_email |= one.do_not_email;
            absences.extend(one.absences.iter().map(|absence| Window { from: absence.from, until: absence.until }));
        }
        let mut person = Self {
            human,
            place: context.places.locate(lead, record),
            roles: record.roles.iter().fold(0, |set, role| set | 1 << *role as u8),
            first_role: record.roles.first().copied(),
            channels: record.channels.iter().copied().collect(),
            failed_channels: ChannelSet::default(),
            blocker: record.stance == Some(Stance::Blocker),
            influence: record.influence,
            gone: false,
            absences: if absences.is_empty() { Windows::none() } else { absences.into_iter().collect() },
            permissions,
            unsubscribed_at: None,
            question: None,
            hours: record.reachable.as_deref(),
            consents: &record.consents,
            withdrawals,
            permissions_change_at: None,
        };
        if !person.permissions.do_not_email {
            person.unsubscribed_at = person.last_unsubscribe(group_events, index);
            if let Some(at) = person.unsubscribed_at {
                (person.permissions.do_not_email, person.permissions_change_at) =
                    consent::mail_stopped_since(at, person.consents, context.now);
            }
        }
        person
    }

    /// Whether they have a role.
    pub(crate) fn has_role(&self, role: Role) -> bool {
        self.roles & 1 << role as u8 != 0
    }

    /// Whether they can be reached on a channel: there is an address for it, and it works as far as is known.
    pub(crate) fn has_channel(&self, channel: Channel) -> bool {
        self.channels.has(channel) && !self.failed_channels.has(channel)
    }

    /// Whether an event tells how they react: a touch that was made while they were away does not.
    pub(crate) fn is_evidence(&self, event: &GroupEvent) -> bool {
        self.absences.is_empty() || !event.signal.is_touch() || !self.absences.contains(event.at)
    }

    /// The moments, of the past and to come, at which they take back a consent for this channel.
    pub(crate) fn withdrawals_from(&self, channel: Channel) -> impl Iterator<Item = Instant> {
        let of_channel = move |(one, _): &&(Option<Channel>, Instant)| one.is_none_or(|one| one == channel);
        self.withdrawals.iter().filter(of_channel).map(|(_, at)| *at)
    }

    /// When they unsubscribed from mail, the last time. What the fact `person.do_not_email` reads, from the events instead of the records.
    fn last_unsubscribe(&self, group_events: &GroupEvents<'_>, lead: usize) -> Option<Instant> {
        let theirs = |event: &&GroupEvent| match event.human {
            Some(human) => human == self.human,
            None => event.lead == lead,
        };
        let unsubscribes = group_events.events.iter().rev();
        let mut unsubscribes = unsubscribes.filter(|event| event.signal.unsubscribes_from(Channel::Email));
        unsubscribes.find(theirs).map(|event| event.at)
    }
}
