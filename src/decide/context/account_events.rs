//! The leads of one account together: who is the same human, what happened, and every contact that counts under a cap.
//!
//! Caps hold per human and per account, so the leads of an account are looked at as one. The same person id in two leads
//! is the same human, and so are a person and their aliases. A contact is an outbound signal up to `now`, a planned touch, or a touch
//! advised a moment ago for another lead of the account. What the log holds for later than `now` has not happened yet
//! and is not looked at.
//!
//! What the pipeline needs to know of a signal is kept as numbers ([`AccountEvent`]); the record is only asked for what it says in words.
//!
//! Invariant: events and contacts are in order of time, and every person of every lead has a human.

use std::collections::BTreeMap;

use crate::book::vocabulary::{Channel, Direction, Outcome, SignalKind};
use crate::book::{AccountRecords, Lead, Person, Signal};
use crate::calendar::Instant;
use crate::evaluate::facts::signals::{replies, waits};
use crate::order;
use crate::pack::statements::{Channels, Scope};

/// One human, numbered within the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct HumanId(u32);

impl HumanId {
    /// The person at this place of a lead each of whose few people has one id.
    pub(crate) const fn member(nth: u32) -> Self {
        Self(nth)
    }
}

/// Something that happened by `now`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AccountEvent {
    /// When.
    pub(crate) at: Instant,
    /// What.
    pub(crate) kind: SignalKind,
    /// Over which channel.
    pub(crate) channel: Option<Channel>,
    /// In which lead, as its place in the book.
    pub(crate) lead: usize,
    /// Who is named.
    pub(crate) human: Option<HumanId>,
    /// Its weight, where it says one.
    pub(crate) weight: Option<f64>,
    /// Started by the customer.
    pub(crate) inbound: bool,
    /// A contact moment of ours.
    pub(crate) touch: bool,
    /// How it ended.
    pub(crate) outcome: Option<Outcome>,
    /// A reply of theirs.
    pub(crate) reply: bool,
    /// Something of theirs that waits until we answer.
    pub(crate) asks: bool,
}

impl AccountEvent {
    /// A signal in numbers.
    pub(crate) fn of(signal: &Signal, lead: usize, human: Option<HumanId>) -> Self {
        let how = (signal.channel, signal.direction, signal.outcome);
        Self { weight: signal.weight, ..Self::new(signal.at, signal.kind, how, (lead, human)) }
    }

    /// Something that happened over a channel, started by somebody, with an outcome, in a lead, with somebody.
    pub(crate) fn new(
        at: Instant,
        kind: SignalKind,
        (channel, direction, outcome): (Option<Channel>, Option<Direction>, Option<Outcome>),
        (lead, human): (usize, Option<HumanId>),
    ) -> Self {
        let inbound = direction != Some(Direction::Outbound);
        Self {
            at,
            kind,
            channel,
            lead,
            human,
            weight: None,
            inbound,
            touch: !inbound && channel.is_some(),
            outcome,
            reply: replies(kind, inbound, outcome),
            asks: waits(kind, inbound, outcome),
        }
    }
}

/// A contact moment that counts under caps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CountedContact {
    /// When.
    pub(crate) at: Instant,
    /// Over which channel.
    pub(crate) channel: Channel,
    /// For which lead, as its place in the book.
    pub(crate) lead: usize,
    /// With whom; `None` counts for everybody in the lead.
    pub(crate) human: Option<HumanId>,
    /// True when it has been made; false when it is planned or advised.
    pub(crate) made: bool,
}

/// The leads of one account, their humans, what happened and their contacts.
#[derive(Clone, Debug)]
pub(crate) struct AccountEvents<'a> {
    /// Places of the leads in the book, in file order.
    pub(crate) leads: &'a [usize],
    /// What happened by now, oldest first; of the same moment in the order of the leads.
    pub(crate) events: Vec<AccountEvent>,
    /// The humans of each person: of the first lead's people, then of the second's ...
    people: Vec<(usize, HumanId)>,
    contacts: Vec<CountedContact>,
}

/// The signals of a lead that have happened by `now`.
pub(crate) fn past(lead: &Lead, now: Instant) -> &[Signal] {
    let end = lead.signals.partition_point(|signal| signal.at <= now);
    lead.signals.get(..end).unwrap_or_default()
}

impl<'a> AccountEvents<'a> {
    /// The group of an account as it is at `now`.
    pub(crate) fn new(book: &AccountRecords, leads: &'a [usize], now: Instant) -> Self {
        let all = || leads.iter().filter_map(|index| book.leads().get(*index).map(|lead| (*index, lead)));
        let names = HumanNames::of(all().map(|(_, lead)| lead));
        let mut group = Self { leads, events: Vec::new(), people: Vec::new(), contacts: Vec::new() };
        for (index, lead) in all() {
            let humans = lead.people.iter().filter_map(|person| names.human(&person.id));
            group.people.extend(humans.map(|human| (index, human)));
            let human = |id: &Option<String>| id.as_deref().and_then(|id| names.human(id));
            group
                .events
                .extend(past(lead, now).iter().map(|signal| AccountEvent::of(signal, index, human(&signal.person))));
        }
        if leads.len() > 1 {
            order::sort_by_key(&mut group.events, |event| event.at);
        }
        group.count_touches();
        group.count_planned(all(), &names);
        group
    }

    /// A group of one lead that stands for itself: to be filled anew for each of many.
    pub(crate) const fn alone(leads: &'a [usize]) -> Self {
        Self { leads, events: Vec::new(), people: Vec::new(), contacts: Vec::new() }
    }

    /// Fills it with a lead each of whose few people has one id, and with what happened, oldest first.
    pub(crate) fn refill(&mut self, lead: &Lead, events: impl Iterator<Item = AccountEvent>) {
        let index = self.leads.first().copied().unwrap_or_default();
        self.people.clear();
        self.people.extend((0_u32..).zip(&lead.people).map(|(nth, _)| (index, HumanId(nth))));
        self.events.clear();
        self.events.extend(events);
        self.contacts.clear();
        self.count_touches();
        let names = HumanNames::Plain(&lead.people);
        self.count_planned(std::iter::once((index, lead)), &names);
    }

    /// Counts the touches that are agreed on.
    fn count_planned<'l>(&mut self, leads: impl Iterator<Item = (usize, &'l Lead)>, names: &HumanNames<'_>) {
        let made = self.contacts.len();
        for (index, lead) in leads {
            self.contacts.extend(lead.planned.iter().map(|planned| CountedContact {
                at: planned.at,
                channel: planned.channel,
                lead: index,
                human: planned.person.as_deref().and_then(|id| names.human(id)),
                made: false,
            }));
        }
        if self.contacts.len() > made {
            order::sort_by_key(&mut self.contacts, |contact| contact.at);
        }
    }

    /// Counts the touches among the events.
    fn count_touches(&mut self) {
        for event in self.events.iter().filter(|event| event.touch) {
            if let Some(channel) = event.channel {
                let AccountEvent { at, lead, human, .. } = *event;
                self.contacts.push(CountedContact { at, channel, lead, human, made: true });
            }
        }
    }

    /// The humans of a lead's people, in file order.
    pub(crate) fn humans_of(&self, lead: usize) -> impl Iterator<Item = HumanId> {
        let first = self.people.partition_point(|(index, _)| *index < lead);
        let people = self.people.get(first..).unwrap_or_default().iter();
        people.take_while(move |(index, _)| *index == lead).map(|(_, human)| *human)
    }

    /// Whether something of theirs in a lead waits until we answer.
    pub(crate) fn waits_for_answer(&self, lead: usize) -> bool {
        let own = self.events.iter().rev().filter(|event| event.lead == lead);
        own.take_while(|event| !event.touch).any(|event| event.asks)
    }

    /// Counts a touch that was advised for one of the leads.
    pub(crate) fn advise(&mut self, at: Instant, channel: Channel, lead: usize, human: Option<HumanId>) {
        let place = self.contacts.partition_point(|contact| contact.at <= at);
        self.contacts.insert(place, CountedContact { at, channel, lead, human, made: false });
    }

    /// The moments of the contacts that a limit counts, oldest first.
    pub(crate) fn counted(
        &self,
        channels: Channels,
        across: Scope,
        lead: usize,
        human: HumanId,
    ) -> impl Iterator<Item = Instant> {
        let counts = move |contact: &&CountedContact| {
            channels.cover(contact.channel)
                && match across {
                    Scope::Person => self.concerns(contact.lead, contact.human, human),
                    Scope::Lead => contact.lead == lead,
                    Scope::Account => true,
                }
        };
        self.contacts.iter().filter(counts).map(|contact| contact.at)
    }

    /// The contacts made with this human, oldest first; those that name nobody count for everybody in their lead.
    pub(crate) fn made_with(&self, human: HumanId) -> impl DoubleEndedIterator<Item = &CountedContact> {
        self.contacts.iter().filter(move |contact| contact.made && self.concerns(contact.lead, contact.human, human))
    }

    /// Whether anything was ever sent to this very human by name.
    pub(crate) fn ever_named(&self, human: HumanId) -> bool {
        self.contacts.iter().any(|contact| contact.made && contact.human == Some(human))
    }

    /// What happened with a human: by name in any lead of the account, or without a name in a lead of theirs. Oldest first.
    pub(crate) fn events_of(&self, human: HumanId) -> impl DoubleEndedIterator<Item = &AccountEvent> {
        self.events.iter().filter(move |event| self.concerns(event.lead, event.human, human))
    }

    /// Every record of a human in the leads of the account.
    pub(crate) fn records_of<'b>(&'b self, leads: &'b [&'b Lead], human: HumanId) -> impl Iterator<Item = &'b Person> {
        let people = leads.iter().flat_map(|lead| &lead.people);
        people.zip(&self.people).filter(move |(_, (_, one))| *one == human).map(|(person, _)| person)
    }

    fn concerns(&self, lead: usize, named: Option<HumanId>, human: HumanId) -> bool {
        match named {
            Some(named) => named == human,
            None => self.humans_of(lead).any(|one| one == human),
        }
    }
}

/// Which human each id stands for.
enum HumanNames<'a> {
    /// The people of one lead, each with one id: they are numbered by their place.
    Plain(&'a [Person]),
    /// Several leads, aliases, or many people.
    Linked(BTreeMap<&'a str, HumanId>),
}

/// Somebody who is named in a signal and is not in the group (any more): a human of their own, so that their touches are not
/// counted for everybody. Nobody asks which of them.
const ELSEWHERE: HumanId = HumanId(u32::MAX);
/// More people than this are looked up by a map.
const FEW: usize = 12;

/// Whether a lead that has its account for itself is plain: few people, each with one id.
pub(crate) fn is_plain(lead: &Lead) -> bool {
    lead.people.len() <= FEW && lead.people.iter().all(|person| person.aliases.is_empty())
}

impl<'a> HumanNames<'a> {
    fn of(mut leads: impl Iterator<Item = &'a Lead> + Clone) -> Self {
        let again = leads.clone();
        match (leads.next(), leads.next()) {
            (Some(only), None) if is_plain(only) => Self::Plain(&only.people),
            _ => Self::Linked(linked(again)),
        }
    }

    fn human(&self, id: &str) -> Option<HumanId> {
        Some(match self {
            Self::Plain(people) => people
                .iter()
                .position(|person| person.id == id)
                .map_or(ELSEWHERE, |nth| u32::try_from(nth).map_or(ELSEWHERE, HumanId)),
            Self::Linked(humans) => humans.get(id).copied().unwrap_or(ELSEWHERE),
        })
    }
}

/// Numbers the humans: ids and aliases that are linked, directly or through others, are one.
fn linked<'a>(leads: impl Iterator<Item = &'a Lead>) -> BTreeMap<&'a str, HumanId> {
    let mut humans: BTreeMap<&str, HumanId> = BTreeMap::new();
    let mut next = 0;
    for person in leads.flat_map(|lead| &lead.people) {
        let ids = || std::iter::once(person.id.as_str()).chain(person.aliases.iter().map(String::as_str));
        let known = order::collect_set(ids().filter_map(|id| humans.get(id).copied()));
        let human = known.first().copied().unwrap_or_else(|| {
            next += 1;
            HumanId(next)
        });
        if known.len() > 1 {
            // An alias that links two who were thought different: they become one.
            for other in humans.values_mut().filter(|other| known.contains(other)) {
                *other = human;
            }
        }
        for id in ids() {
            humans.insert(id, human);
        }
    }
    humans
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
        let book = AccountRecords::new(
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
        let group = AccountEvents::new(&book, &[0, 1], at(10));
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
        let book = AccountRecords::new(
            vec![lead("one", vec![person("anna", &[])], signals), lead("two", vec![person("carl", &[])], vec![])],
            vec![],
            vec![],
        );
        let group = AccountEvents::new(&book, &[0, 1], at(10));
        let (anna, carl) = (group.humans_of(0).next().unwrap(), group.humans_of(1).next().unwrap());
        let counted = |across, lead, human| group.counted(Channels::Any, across, lead, human).collect::<Vec<_>>();
        assert_eq!(counted(Scope::Person, 0, anna), [at(1)]);
        assert!(counted(Scope::Person, 1, carl).is_empty());
        assert_eq!(counted(Scope::Account, 1, carl), [at(1), at(2)]);
    }
}
