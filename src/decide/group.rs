//! The leads of one account together: who is the same human, and every contact that counts under a cap.
//!
//! Caps hold per human and per account, so the leads of an account are looked at as one. The same person id in two leads
//! is the same human, and so are a person and their aliases. A contact is an outbound signal up to `now`, a planned touch, or a touch
//! advised a moment ago for another lead of the account. What the log holds for later than `now` has not happened yet
//! and is not looked at.
//!
//! Invariant: contacts are in order of time, and every person of every lead has a human.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::schema::Channel;
use crate::book::{Dossier, Lead, Person, Signal};
use crate::calendar::Instant;
use crate::rulebook::pack::{Channels, Scope};

/// One human, numbered within the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Human(usize);

/// A contact moment that counts under caps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Contact {
    /// When.
    pub(crate) at: Instant,
    /// Over which channel.
    pub(crate) channel: Channel,
    /// For which lead, as its place in the book.
    pub(crate) lead: usize,
    /// With whom; `None` counts for everybody in the lead.
    pub(crate) human: Option<Human>,
    /// True when it has been made; false when it is planned or advised.
    pub(crate) made: bool,
}

/// The leads of one account, their humans and their contacts.
#[derive(Clone, Debug)]
pub(crate) struct Group<'a> {
    /// Places of the leads in the book, in file order.
    pub(crate) leads: &'a [usize],
    now: Instant,
    humans: BTreeMap<&'a str, Human>,
    members: BTreeMap<usize, BTreeSet<Human>>,
    contacts: Vec<Contact>,
}

/// The signals of a lead that have happened by `now`.
pub(crate) fn past(lead: &Lead, now: Instant) -> &[Signal] {
    let end = lead.signals.partition_point(|signal| signal.at <= now);
    lead.signals.get(..end).unwrap_or_default()
}

impl<'a> Group<'a> {
    /// The group of an account as it is at `now`.
    pub(crate) fn new(book: &'a Dossier, leads: &'a [usize], now: Instant) -> Self {
        let lead_at = |index: usize| book.leads().get(index).map(|lead| (index, lead));
        let humans = humans(leads.iter().filter_map(|index| book.leads().get(*index)));
        let mut members: BTreeMap<usize, BTreeSet<Human>> = BTreeMap::new();
        let mut contacts = Vec::new();
        for (index, lead) in leads.iter().copied().filter_map(lead_at) {
            let ids = lead.people.iter().map(|person| person.id.as_str());
            members.insert(index, ids.filter_map(|id| humans.get(id).copied()).collect());
            let human = |id: &Option<String>| id.as_deref().and_then(|id| humans.get(id).copied());
            for signal in past(lead, now).iter().filter(|signal| signal.is_touch()) {
                if let Some(channel) = signal.channel {
                    let human = human(&signal.person);
                    contacts.push(Contact { at: signal.at, channel, lead: index, human, made: true });
                }
            }
            for planned in &lead.planned {
                let human = human(&planned.person);
                contacts.push(Contact { at: planned.at, channel: planned.channel, lead: index, human, made: false });
            }
        }
        contacts.sort_by_key(|contact| contact.at);
        Self { leads, now, humans, members, contacts }
    }

    /// The human that this id stands for.
    pub(crate) fn human(&self, id: &str) -> Option<Human> {
        self.humans.get(id).copied()
    }

    /// Counts a touch that was advised for one of the leads.
    pub(crate) fn advise(&mut self, at: Instant, channel: Channel, lead: usize, human: Option<Human>) {
        let place = self.contacts.partition_point(|contact| contact.at <= at);
        self.contacts.insert(place, Contact { at, channel, lead, human, made: false });
    }

    /// The moments of the contacts that a limit counts, oldest first.
    pub(crate) fn counted(&self, channels: Channels, across: Scope, lead: usize, human: Option<Human>) -> Vec<Instant> {
        let counts = |contact: &&Contact| {
            channels.cover(contact.channel)
                && match across {
                    Scope::Person => self.concerns(contact, human),
                    Scope::Lead => contact.lead == lead,
                    Scope::Account => true,
                }
        };
        self.contacts.iter().filter(counts).map(|contact| contact.at).collect()
    }

    /// The contacts made with this human, oldest first; those that name nobody count for everybody in their lead.
    pub(crate) fn made_with(&self, human: Option<Human>) -> impl DoubleEndedIterator<Item = &Contact> {
        self.contacts.iter().filter(move |contact| contact.made && self.concerns(contact, human))
    }

    /// Whether anything was ever sent to this very human by name.
    pub(crate) fn ever_named(&self, human: Option<Human>) -> bool {
        human.is_some() && self.contacts.iter().any(|contact| contact.made && contact.human == human)
    }

    /// The signals up to `now` that concern a human: by name in any lead of the account, or without a name in a lead of theirs.
    pub(crate) fn signals_of<'b>(
        &'b self,
        book: &'b Dossier,
        human: Option<Human>,
    ) -> impl Iterator<Item = &'b Signal> {
        let leads = self.leads.iter().filter_map(|index| book.leads().get(*index).map(|lead| (*index, lead)));
        leads.flat_map(move |(index, lead)| {
            past(lead, self.now).iter().filter(move |signal| match signal.person.as_deref() {
                Some(id) => self.human(id).is_some_and(|named| Some(named) == human),
                None => human.is_none_or(|human| self.members.get(&index).is_some_and(|all| all.contains(&human))),
            })
        })
    }

    /// Every record of a human in the leads of the account.
    pub(crate) fn records_of<'b>(
        &'b self,
        book: &'b Dossier,
        human: Option<Human>,
    ) -> impl Iterator<Item = &'b Person> {
        let leads = self.leads.iter().filter_map(|index| book.leads().get(*index));
        leads.flat_map(|lead| &lead.people).filter(move |person| human.is_some() && self.human(&person.id) == human)
    }

    fn concerns(&self, contact: &Contact, human: Option<Human>) -> bool {
        match (contact.human, human) {
            (Some(one), Some(other)) => one == other,
            (None, Some(human)) => self.members.get(&contact.lead).is_some_and(|members| members.contains(&human)),
            (_, None) => true,
        }
    }
}

/// Numbers the humans: ids and aliases that are linked, directly or through others, are one.
fn humans<'a>(leads: impl Iterator<Item = &'a Lead>) -> BTreeMap<&'a str, Human> {
    let mut humans: BTreeMap<&str, Human> = BTreeMap::new();
    let mut next = 0;
    for lead in leads {
        for person in &lead.people {
            let ids: Vec<&str> =
                std::iter::once(person.id.as_str()).chain(person.aliases.iter().map(String::as_str)).collect();
            let known: BTreeSet<Human> = ids.iter().filter_map(|id| humans.get(id).copied()).collect();
            let human = known.first().copied().unwrap_or_else(|| {
                next += 1;
                Human(next)
            });
            if known.len() > 1 {
                // An alias that links two who were thought different: they become one.
                for other in humans.values_mut().filter(|other| known.contains(other)) {
                    *other = human;
                }
            }
            for id in ids {
                humans.insert(id, human);
            }
        }
        // A signal may name somebody who is not in the group (any more): a human of their own, so that their touches are not
        // counted for everybody.
        let named = lead.signals.iter().filter_map(|signal| signal.person.as_deref());
        for id in named.chain(lead.planned.iter().filter_map(|planned| planned.person.as_deref())) {
            humans.entry(id).or_insert_with(|| {
                next += 1;
                Human(next)
            });
        }
    }
    humans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Account;
    use crate::book::schema::{Direction, SignalKind};

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
        let book = Dossier::new(
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
        let group = Group::new(&book, &[0, 1], at(10));
        let (anna, bob) = (group.human("anna"), group.human("bob"));
        assert_eq!(anna, group.human("a.devries"));
        assert_eq!(group.counted(Channels::Any, Scope::Person, 0, anna), [at(1), at(2)]);
        assert!(group.counted(Channels::Any, Scope::Person, 0, bob).is_empty());
        assert_eq!(group.counted(Channels::One(Channel::Phone), Scope::Account, 1, bob), [at(1)]);
        assert_eq!(group.counted(Channels::Any, Scope::Lead, 1, bob), [at(2)]);
    }

    #[test]
    fn a_touch_without_a_name_counts_for_everybody_in_its_lead_and_the_future_counts_for_nobody() {
        let signals = vec![
            touch(1, Channel::Phone, None),
            touch(2, Channel::Phone, Some("gone")),
            touch(20, Channel::Phone, None),
        ];
        let book = Dossier::new(
            vec![lead("one", vec![person("anna", &[])], signals), lead("two", vec![person("carl", &[])], vec![])],
            vec![],
            vec![],
        );
        let group = Group::new(&book, &[0, 1], at(10));
        assert_eq!(group.counted(Channels::Any, Scope::Person, 0, group.human("anna")), [at(1)]);
        assert!(group.counted(Channels::Any, Scope::Person, 1, group.human("carl")).is_empty());
        assert_eq!(group.counted(Channels::Any, Scope::Account, 1, group.human("carl")), [at(1), at(2)]);
    }
}
