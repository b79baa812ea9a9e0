//! The real conversations in some leads: with each human, and in each lead.
//!
//! Made once for all leads of a contact group, when a rule asks for one of them. What a conversation is stands in [`crate::book::questions`].
//!
//! Invariant: each list is in order of time, and a signal stands in it once, also where it names nobody and so concerns several people.

use std::collections::BTreeMap;

use crate::book::humans::Humans;
use crate::book::log_index::SignalPlace;
use crate::book::questions::{QuestionSignal, conversations};
use crate::book::{Lead, Signal};
use crate::calendar::Instant;
use crate::order;

/// A conversation, and when it turned out to be none, because an answer came back.
pub(crate) type ConversationPlace = (SignalPlace, Option<Instant>);

/// The conversations of some leads, those to come too.
#[derive(Debug, Default)]
pub(crate) struct ConversationIndex {
    all: Vec<ConversationPlace>,
    of_human: BTreeMap<u32, Vec<ConversationPlace>>,
}

impl ConversationIndex {
    /// The index of these leads, whose people are these humans.
    pub(super) fn new<'h>(leads: &[Lead], humans: impl FnOnce() -> &'h Humans) -> Self {
        let mut index = Self::default();
        if !leads.iter().flat_map(|lead| &lead.signals).any(|signal| signal.view().contact_result().is_some()) {
            return index;
        }
        let humans = humans();
        for (place, lead) in leads.iter().enumerate() {
            for human in humans.of_lead(place) {
                if index.of_human.contains_key(human) {
                    continue;
                }
                let mut of_human: Vec<usize> = humans.records(*human).map(|(lead, _)| lead).collect();
                of_human.dedup();
                let concerns = |place: usize, signal: &Signal| match signal.person.as_deref() {
                    Some(id) => leads.get(place).and_then(|lead| humans.named(place, lead, id)) == Some(*human),
                    None => true,
                };
                let found = found(leads, &of_human, concerns, |signal| signal.person.is_some());
                index.all.extend(&found);
                index.of_human.insert(*human, found);
            }
            // Who asked without a name was answered by whatever was written in the lead.
            let nameless = |signal: &Signal| signal.person.is_none() && signal.view().awaits_answer();
            if lead.people.is_empty() || lead.signals.iter().any(nameless) {
                index.all.extend(found(leads, &[place], |_, _| true, |signal| signal.person.is_none()));
            }
        }
        // Of the same signal the one that was not undone comes first.
        order::sort(&mut index.all);
        index.all.dedup_by_key(|(place, _)| *place);
        index
    }

    /// Those with a human, in whatever lead.
    pub(crate) fn of_human(&self, human: u32) -> &[ConversationPlace] {
        self.of_human.get(&human).map_or(&[], Vec::as_slice)
    }

    /// Those of all leads.
    pub(crate) fn all(&self) -> &[ConversationPlace] {
        &self.all
    }
}

/// The conversations in the signals of these leads that concern somebody.
fn found(
    leads: &[Lead],
    places: &[usize],
    concerns: impl Fn(usize, &Signal) -> bool,
    may_ask: impl Fn(&Signal) -> bool,
) -> Vec<ConversationPlace> {
    let mut signals: Vec<SignalPlace> = Vec::new();
    for place in places {
        let own = leads.get(*place).map_or(&[][..], |lead| &lead.signals);
        let concerning = own.iter().enumerate().filter(|(_, signal)| concerns(*place, signal));
        signals.extend(concerning.map(|(nth, signal)| (signal.at, *place, nth)));
    }
    order::sort(&mut signals);
    let signal_at = |(_, place, nth): &SignalPlace| leads.get(*place).and_then(|lead| lead.signals.get(*nth));
    let meant = signals.iter().filter_map(signal_at).map(|signal| QuestionSignal {
        at: signal.at,
        view: signal.view(),
        topic: signal.topic.as_deref(),
        may_ask: may_ask(signal),
    });
    let held = conversations(meant).into_iter();
    held.filter_map(|held| Some((*signals.get(held.place)?, held.undone_at))).collect()
}
