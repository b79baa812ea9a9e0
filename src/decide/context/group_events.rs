//! The leads of one contact group together: which people are the same human, what happened, and every contact that counts under a cap.
//!
//! Caps hold per human and per account, so the leads of an account and of those that people link to it are decided together
//! ([`crate::book::humans`] tells who is the same human). A contact is a touch made by `now`, a planned touch, or a touch advised a moment
//! ago for another lead of the group. Signals after `now` have not happened yet and are left out.
//!
//! Of a signal only numbers are kept ([`GroupEvent`]); its texts stay in the record. The opens and clicks of machines are left out
//! ([`crate::book::machine_signals`]).
//!
//! Invariant: events and contacts are in order of time, and every person of every lead has a [`HumanId`].

use std::collections::BTreeMap;

use crate::book::failed_channels::failed_channels;
use crate::book::humans::{FEW_PEOPLE, Humans};
use crate::book::machine_signals::is_by_machine;
use crate::book::questions::{self, ChannelSet, Question, QuestionSignal, open_question};
use crate::book::vocabulary::Channel;
use crate::book::{GroupRecords, Lead, Person, PlannedTouch, Signal, SignalView};
use crate::calendar::Instant;
use crate::decide::context::content_memory;
use crate::decide::context::counted_contact::{CountedContact, OneContact, SameTouch};
use crate::order;
use crate::pack::policies::{Channels, Scope};

/// One human, numbered within the contact group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct HumanId(u32);

impl HumanId {
    /// The human at this place in the people of a simple lead ([`is_simple`]).
    pub(crate) const fn member(nth: u32) -> Self {
        Self(nth)
    }
}

/// A signal that happened by `now`, as numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroupEvent {
    /// When.
    pub(crate) at: Instant,
    /// What, over which channel, from whose side, with which outcome.
    pub(crate) signal: SignalView,
    /// Of which lead, as its place in the records.
    pub(crate) lead: usize,
    /// Its place among the signals of the lead.
    pub(crate) nth: u32,
    /// Whether it may tell that somebody had a piece of content, or asked for it.
    pub(crate) tells_of_content: bool,
    /// Who is named.
    pub(crate) human: Option<HumanId>,
    /// Its weight, where it has one of its own.
    pub(crate) weight: Option<f64>,
    /// For something that asks: a number that is equal for equal topics, within these events.
    pub(crate) topic: u32,
}

impl GroupEvent {
    /// The signal at a place in a lead, both by their places, that names this human.
    pub(crate) fn of(signal: &Signal, (lead, nth): (usize, usize), human: Option<HumanId>, topic: u32) -> Self {
        Self {
            at: signal.at,
            signal: signal.view(),
            lead,
            nth: u32::try_from(nth).unwrap_or(u32::MAX),
            tells_of_content: content_memory::tells_of_content(signal),
            human,
            weight: signal.weight,
            topic,
        }
    }

    /// Its record; `None` for records that do not have it.
    pub(crate) fn record<'r>(&self, records: &'r GroupRecords) -> Option<&'r Signal> {
        records.leads().get(self.lead)?.signals.get(usize::try_from(self.nth).ok()?)
    }

    /// What it means for questions; `may_ask` is whether it opens one for whom it is asked.
    const fn as_question(&self, may_ask: bool) -> QuestionSignal<u32> {
        QuestionSignal { at: self.at, view: self.signal, topic: self.topic, may_ask }
    }
}

/// The leads of one contact group, their humans, what happened and their contacts.
#[derive(Clone, Debug)]
pub(crate) struct GroupEvents<'a> {
    /// Places of the leads in the records, in file order.
    pub(crate) leads: &'a [usize],
    /// By place in the records: a number for the account of the lead. Empty when all leads are of one account.
    accounts: Vec<usize>,
    /// What happened by `now`, oldest first; of the same moment in the order of the leads.
    pub(crate) events: Vec<GroupEvent>,
    /// The lead and the human of each person: the people of the first lead, then those of the second ...
    people: Vec<(usize, HumanId)>,
    /// The numbers of `people`, in the order of their humans, where there are many; empty where there are few.
    by_human: Vec<u32>,
    contacts: Vec<CountedContact>,
    /// The places, among the events, of those that tell of content.
    of_content: Vec<usize>,
}

impl<'a> GroupEvents<'a> {
    /// The events of these leads of one contact group, as they are at `now`.
    pub(crate) fn new(records: &GroupRecords, leads: &'a [usize], now: Instant) -> Self {
        let all = || leads.iter().filter_map(|index| records.leads().get(*index).map(|lead| (*index, lead)));
        let ids = HumanIds::of(all().map(|(_, lead)| lead), records);
        let mut group = Self { accounts: accounts_of(records), ..Self::empty(leads) };
        let mut topics: BTreeMap<&str, u32> = BTreeMap::new();
        for (index, lead) in all() {
            group.people.extend((0..lead.people.len()).map(|nth| (index, ids.member(index, nth))));
            let past = lead.past_signals(now);
            let of_people = past.iter().enumerate().filter(|(nth, _)| !is_by_machine(past, *nth));
            group.events.extend(of_people.map(|(nth, signal)| {
                let human = signal.person.as_deref().map(|id| ids.named((index, lead), id));
                let topic = signal.topic.as_deref().filter(|_| signal.view().awaits_answer()).map_or(0, |topic| {
                    let next = u32::try_from(topics.len() + 1).unwrap_or(u32::MAX);
                    *topics.entry(topic).or_insert(next)
                });
                GroupEvent::of(signal, (index, nth), human, topic)
            }));
        }
        if leads.len() > 1 {
            order::sort_by_key(&mut group.events, |event| event.at);
        }
        let of_content = group.events.iter().enumerate().filter(|(_, event)| event.tells_of_content);
        group.of_content = of_content.map(|(place, _)| place).collect();
        group.index_humans();
        group.count_touches();
        group.count_planned(all(), &ids, now);
        group
    }

    /// No events yet. Of one simple lead they can be filled in again and again with [`refill`](Self::refill), without new allocations.
    pub(crate) const fn empty(leads: &'a [usize]) -> Self {
        Self {
            leads,
            accounts: Vec::new(),
            events: Vec::new(),
            people: Vec::new(),
            by_human: Vec::new(),
            contacts: Vec::new(),
            of_content: Vec::new(),
        }
    }

    /// Replaces the contents with those of one simple lead ([`is_simple`]) and with these events, oldest first, of which none tells of content.
    pub(crate) fn refill(&mut self, lead: &Lead, events: impl Iterator<Item = GroupEvent>, now: Instant) {
        let index = self.leads.first().copied().unwrap_or_default();
        self.people.clear();
        self.people.extend((0_u32..).zip(&lead.people).map(|(nth, _)| (index, HumanId(nth))));
        self.events.clear();
        self.events.extend(events);
        self.contacts.clear();
        self.of_content.clear();
        self.count_touches();
        self.count_planned(std::iter::once((index, lead)), &HumanIds::ByPlace, now);
    }

    /// Adds the planned touches to the contacts, save for those with somebody who is gone.
    fn count_planned<'l>(&mut self, leads: impl Iterator<Item = (usize, &'l Lead)>, ids: &HumanIds<'_>, now: Instant) {
        let mut planned: Vec<OneContact> = Vec::new();
        for (index, lead) in leads {
            let gone = |id: &str| lead.people.iter().any(|person| person.has_left(now) && person.is_called(id));
            let stands = |planned: &&PlannedTouch| !planned.person.as_deref().is_some_and(gone);
            planned.extend(lead.planned.iter().filter(stands).map(|planned| OneContact {
                at: planned.at,
                channel: planned.channel,
                signal: None,
                lead: index,
                account: self.account_of(index),
                human: planned.person.as_deref().map(|id| ids.named((index, lead), id)),
            }));
        }
        if planned.is_empty() {
            return;
        }
        order::sort_by_key(&mut planned, |contact| contact.at);
        let mut same = SameTouch::default();
        self.contacts.extend(
            planned.into_iter().map(|contact| CountedContact { repeats: same.repeats(contact), ..contact.into() }),
        );
        order::sort_by_key(&mut self.contacts, |contact| contact.at);
    }

    /// Adds the touches among the events to the contacts.
    fn count_touches(&mut self) {
        let mut same = SameTouch::default();
        for event in self.events.iter().filter(|event| event.signal.is_touch()) {
            if let Some(channel) = event.signal.channel {
                let GroupEvent { at, signal, lead, human, .. } = *event;
                let account = self.account_of(lead);
                let contact = OneContact { at, channel, signal: Some(signal), lead, account, human };
                self.contacts.push(CountedContact { repeats: same.repeats(contact), ..contact.into() });
            }
        }
    }

    /// The number of the account of a lead.
    fn account_of(&self, lead: usize) -> usize {
        self.accounts.get(lead).copied().unwrap_or_default()
    }

    /// The humans of a lead's people, in file order.
    pub(crate) fn humans_of(&self, lead: usize) -> impl Iterator<Item = HumanId> {
        let first = self.people.partition_point(|(index, _)| *index < lead);
        let people = self.people.get(first..).unwrap_or_default().iter();
        people.take_while(move |(index, _)| *index == lead).map(|(_, human)| *human)
    }

    /// The open question of a human, in whatever lead they asked; `None` when nothing of theirs waits. `taken_over` is who took over from them, and
    /// since when: what was said to that human since then answers it too.
    pub(crate) fn question_of(
        &self,
        human: HumanId,
        taken_over: Option<(HumanId, Instant)>,
        now: Instant,
    ) -> Option<Question> {
        let asks = |event: &GroupEvent| event.human == Some(human) && event.signal.awaits_answer();
        if !self.asked_lately(now).any(asks) {
            return None;
        }
        let to_successor = |event: &GroupEvent| {
            taken_over.is_some_and(|(successor, since)| event.at >= since && event.human == Some(successor))
        };
        let concerning = |event: &&GroupEvent| self.concerns(event.lead, event.human, human) || to_successor(event);
        let events = self.events.iter().filter(concerning);
        open_question(events.map(|event| event.as_question(event.human == Some(human))), now)
    }

    /// The channels over which a human cannot be reached any more.
    pub(crate) fn failed_channels(&self, human: HumanId) -> ChannelSet {
        let theirs = self.events.iter().filter(|event| event.human == Some(human));
        failed_channels(theirs.map(|event| event.signal))
    }

    /// The open question in a lead that names nobody. A touch to anybody in the lead may answer it.
    pub(crate) fn nameless_question(&self, lead: usize, now: Instant) -> Option<Question> {
        let asks = |event: &GroupEvent| event.lead == lead && event.human.is_none() && event.signal.awaits_answer();
        if !self.asked_lately(now).any(asks) {
            return None;
        }
        let of_lead = self.events.iter().filter(|event| event.lead == lead);
        open_question(of_lead.map(|event| event.as_question(event.human.is_none())), now)
    }

    /// The events in which a question that is still open must have been asked.
    fn asked_lately(&self, now: Instant) -> impl Iterator<Item = &GroupEvent> {
        self.events.iter().rev().take_while(move |event| now - event.at < questions::LASTS)
    }

    /// The leads, by place in the records, in which this human asked since that moment.
    pub(crate) fn leads_asked_in(&self, human: HumanId, since: Instant) -> impl Iterator<Item = usize> {
        let asks = move |event: &&GroupEvent| event.human == Some(human) && event.signal.awaits_answer();
        self.events.iter().filter(asks).filter(move |event| event.at >= since).map(|event| event.lead)
    }

    /// Counts a touch that was advised for one of the leads.
    pub(crate) fn advise(&mut self, contact: CountedContact) {
        let place = self.contacts.partition_point(|known| known.at <= contact.at);
        self.contacts.insert(place, contact);
    }

    /// The contacts of a human for other leads than this one, from a moment on, oldest first. What is put before them without anybody's time is none.
    pub(crate) fn contacts_elsewhere(
        &self,
        lead: usize,
        human: HumanId,
        since: Instant,
    ) -> impl Iterator<Item = &CountedContact> {
        let others = if self.leads.len() > 1 { self.contacts.as_slice() } else { &[] };
        let first = others.partition_point(|contact| contact.at < since);
        let later = others.get(first..).unwrap_or_default().iter();
        later.filter(move |contact| {
            contact.lead != lead
                && contact.channel != Channel::Content
                && self.concerns(contact.lead, contact.human, human)
        })
    }

    /// The moments of the contacts that a limit counts, oldest first: each touch once.
    pub(crate) fn counted(
        &self,
        channels: Channels,
        across: Scope,
        lead: usize,
        human: HumanId,
    ) -> impl Iterator<Item = Instant> {
        let counts = move |contact: &&CountedContact| {
            channels.cover(contact.channel)
                && !contact.repeats.in_scope(across)
                && match across {
                    Scope::Person => self.concerns(contact.lead, contact.human, human),
                    Scope::Lead => contact.lead == lead,
                    Scope::Account => self.account_of(contact.lead) == self.account_of(lead),
                }
        };
        self.contacts.iter().filter(counts).map(|contact| contact.at)
    }

    /// The contacts made with this human, oldest first; those that name nobody count for everybody in their lead.
    pub(crate) fn made_with(&self, human: HumanId) -> impl DoubleEndedIterator<Item = &CountedContact> {
        self.contacts.iter().filter(move |contact| contact.made && self.concerns(contact.lead, contact.human, human))
    }

    /// Whether a contact was ever made that names this very human.
    pub(crate) fn ever_named(&self, human: HumanId) -> bool {
        self.contacts.iter().any(|contact| contact.made && contact.human == Some(human))
    }

    /// What happened with a human: by name in any lead of the group, or without a name in a lead of theirs. Oldest first.
    pub(crate) fn events_of(&self, human: HumanId) -> impl DoubleEndedIterator<Item = &GroupEvent> {
        self.events.iter().filter(move |event| self.concerns(event.lead, event.human, human))
    }

    /// Those of [`events_of`](Self::events_of) that may tell of content, the latest first.
    pub(crate) fn content_events_of(&self, human: HumanId) -> impl Iterator<Item = &GroupEvent> {
        let events = self.of_content.iter().rev().filter_map(|place| self.events.get(*place));
        events.filter(move |event| self.concerns(event.lead, event.human, human))
    }

    /// When what may tell of content happened, to anybody.
    pub(crate) fn content_known_since(&self) -> impl Iterator<Item = Instant> {
        self.of_content.iter().filter_map(|place| self.events.get(*place)).map(|event| event.at)
    }

    /// The last of certain events that happened with a human, as in [`events_of`](Self::events_of). It is asked first which events count, because
    /// that is quicker to tell than whom they concern.
    pub(crate) fn last_of(&self, human: HumanId, counts: impl Fn(&GroupEvent) -> bool) -> Option<&GroupEvent> {
        let mut counting = self.events.iter().rev().filter(|event| counts(event));
        counting.find(|event| self.concerns(event.lead, event.human, human))
    }

    /// Every record of a human in the leads of the group, which are those of [`leads`](Self::leads).
    pub(crate) fn records_of<'b>(&'b self, leads: &'b [&'b Lead], human: HumanId) -> impl Iterator<Item = &'b Person> {
        let all = 0..if self.by_human.is_empty() { self.people.len() } else { 0 };
        let few = all.filter(move |number| self.people.get(*number).is_some_and(|(_, one)| *one == human));
        let many = self.numbers_of(human).iter().map(|number| *number as usize);
        few.chain(many).filter_map(|number| {
            let (lead, _) = self.people.get(number)?;
            let first = self.people.partition_point(|(one, _)| one < lead);
            let record = leads.get(self.leads.partition_point(|one| one < lead))?;
            record.people.get(number - first)
        })
    }

    /// The numbers of a human among the people, where there are many people.
    fn numbers_of(&self, human: HumanId) -> &[u32] {
        let human_of = |number: &u32| self.people.get(*number as usize).map(|(_, one)| *one);
        let first = self.by_human.partition_point(|number| human_of(number) < Some(human));
        let end = self.by_human.partition_point(|number| human_of(number) <= Some(human));
        self.by_human.get(first..end).unwrap_or_default()
    }

    /// Orders the people by human, where there are many.
    fn index_humans(&mut self) {
        if self.people.len() > FEW_PEOPLE {
            self.by_human = (0..).take(self.people.len()).collect();
            let people = &self.people;
            order::sort_by_key(&mut self.by_human, |number| people.get(*number as usize).map(|(_, human)| *human));
        }
    }

    fn concerns(&self, lead: usize, named: Option<HumanId>, human: HumanId) -> bool {
        match named {
            Some(named) => named == human,
            None if self.by_human.is_empty() => self.humans_of(lead).any(|one| one == human),
            None => self
                .numbers_of(human)
                .iter()
                .any(|number| self.people.get(*number as usize).is_some_and(|(one, _)| *one == lead)),
        }
    }
}

/// Which human each person is.
enum HumanIds<'a> {
    /// Those of one simple lead ([`is_simple`]) are numbered by their place.
    ByPlace,
    /// Several leads, aliases, or many people.
    Linked(&'a Humans),
}

/// Stands for whoever a signal names and is not among the people (any more): touches to them are not counted for everybody.
const NOT_AMONG_PEOPLE: HumanId = HumanId(u32::MAX);

/// Whether a lead that is the only one of its contact group is simple: few people, none with aliases.
pub(crate) fn is_simple(lead: &Lead) -> bool {
    lead.people.len() <= FEW_PEOPLE && lead.people.iter().all(|person| person.aliases.is_empty())
}

/// By place in the records: a number for the account of each lead. Empty when all leads are of one account.
fn accounts_of(records: &GroupRecords) -> Vec<usize> {
    let leads = records.leads();
    if leads.windows(2).all(|two| matches!(two, [one, other] if one.account.id == other.account.id)) {
        return Vec::new();
    }
    let first_of = |lead: &Lead| records.of_account(&lead.account.id).first().copied().unwrap_or_default();
    leads.iter().map(first_of).collect()
}

impl<'a> HumanIds<'a> {
    fn of(mut leads: impl Iterator<Item = &'a Lead>, records: &'a GroupRecords) -> Self {
        match (leads.next(), leads.next()) {
            (Some(only), None) if is_simple(only) => Self::ByPlace,
            _ => Self::Linked(records.humans()),
        }
    }

    /// The human at a place among the people of the lead with this index.
    fn member(&self, index: usize, nth: usize) -> HumanId {
        let number = match self {
            Self::ByPlace => u32::try_from(nth).ok(),
            Self::Linked(humans) => humans.of_lead(index).get(nth).copied(),
        };
        number.map_or(NOT_AMONG_PEOPLE, HumanId)
    }

    /// The human whom a lead names by this id or alias.
    fn named(&self, (index, lead): (usize, &Lead), id: &str) -> HumanId {
        let number = match self {
            Self::ByPlace => {
                lead.people.iter().position(|person| person.id == id).and_then(|nth| u32::try_from(nth).ok())
            }
            Self::Linked(humans) => humans.named(index, lead, id),
        };
        number.map_or(NOT_AMONG_PEOPLE, HumanId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Account;
    use crate::book::vocabulary::{Direction, SignalKind};

    fn at(hour: i64) -> Instant {
        Instant::from_millis(1_795_000_000_000 + hour * 3_600_000)
    }

    fn person(id: &str, aliases: &[&str]) -> Person {
        Person { id: id.into(), aliases: aliases.iter().map(|id| (*id).into()).collect(), ..Person::default() }
    }

    fn touch(hour: i64, channel: Channel, person: Option<&str>) -> Signal {
        Signal {
            person: person.map(Into::into),
            channel: Some(channel),
            direction: Some(Direction::Outbound),
            ..Signal::new(at(hour), SignalKind::Note)
        }
    }

    fn lead(id: &str, people: Vec<Person>, signals: Vec<Signal>) -> Lead {
        let account = Account { id: "acme".into(), ..Account::default() };
        Lead { id: id.into(), account, people, signals, ..Lead::default() }
    }

    #[test]
    fn aliases_make_one_human_across_leads() {
        let records = GroupRecords::new(
            vec![
                lead(
                    "one",
                    vec![person("anna", &[]), person("bob", &[])],
                    vec![touch(1, Channel::Phone, Some("anna"))],
                ),
                lead("two", vec![person("a.devries", &["anna"])], vec![touch(2, Channel::Email, Some("a.devries"))]),
            ],
            vec![],
            vec![],
        );
        let group = GroupEvents::new(&records, &[0, 1], at(10));
        let [anna, bob] = group.humans_of(0).collect::<Vec<_>>()[..] else { panic!("two people") };
        let counted = |channels, across, lead, human| group.counted(channels, across, lead, human).collect::<Vec<_>>();
        assert_eq!(group.humans_of(1).collect::<Vec<_>>(), [anna]);
        assert_eq!(counted(Channels::Any, Scope::Person, 0, anna), [at(1), at(2)]);
        assert!(counted(Channels::Any, Scope::Person, 0, bob).is_empty());
        assert_eq!(counted(Channels::One(Channel::Phone), Scope::Account, 1, bob), [at(1)]);
        assert_eq!(counted(Channels::Any, Scope::Lead, 1, bob), [at(2)]);
    }

    #[test]
    fn a_touch_without_a_name_counts_for_everybody_in_its_lead_and_the_future_counts_for_nobody() {
        let signals = vec![
            touch(1, Channel::Phone, None),
            touch(2, Channel::Phone, Some("gone")),
            touch(20, Channel::Phone, None),
        ];
        let records = GroupRecords::new(
            vec![lead("one", vec![person("anna", &[])], signals), lead("two", vec![person("carl", &[])], vec![])],
            vec![],
            vec![],
        );
        let group = GroupEvents::new(&records, &[0, 1], at(10));
        let (anna, carl) = (group.humans_of(0).next().unwrap(), group.humans_of(1).next().unwrap());
        let counted = |across, lead, human| group.counted(Channels::Any, across, lead, human).collect::<Vec<_>>();
        assert_eq!(counted(Scope::Person, 0, anna), [at(1)]);
        assert!(counted(Scope::Person, 1, carl).is_empty());
        assert_eq!(counted(Scope::Account, 1, carl), [at(1), at(2)]);
    }
}
