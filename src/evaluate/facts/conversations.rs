//! Facts about what goes on beside this lead: real conversations, who waits in another lead of the account, what a person bought in any lead.

use crate::book::catalogue::{Fact, Subject};
use crate::book::conversations::ConversationPlace;
use crate::book::questions::LASTS;
use crate::book::value::Value;
use crate::book::vocabulary::{Direction, SignalKind, Stage};
use crate::book::{Lead, Signal};
use crate::calendar::Instant;
use crate::evaluate::facts::quotes::{last_accepted, next_quote_moment};
use crate::evaluate::facts::signals::{about, earliest};
use crate::evaluate::facts::{FactContext, FactValue};
use crate::pack::fact_arguments::FactArguments;

impl FactContext {
    /// A fact that asks for real conversations as if they were a kind of signal. The topic and direction are those of the signal of ours or theirs
    /// that was one.
    pub(super) fn conversation_fact(&self, subject: Subject, fact: Fact, args: &FactArguments) -> FactValue {
        let (book, now) = (self.book(), self.now());
        let index = book.conversations();
        let human = || book.humans().of_lead(self.lead_index()).get(self.person_index()?);
        let found = match subject {
            Subject::Person if !index.all().is_empty() => human().map_or(&[][..], |human| index.of_human(*human)),
            _ => index.all(),
        };
        let of_account = self.lead().map_or(&[][..], |lead| book.of_account(&lead.account.id));
        let wanted = |(((at, place, _), undone_at), signal): &(ConversationPlace, &Signal)| {
            *at <= now
                && undone_at.is_none_or(|undone| undone > now)
                && match subject {
                    Subject::Lead => *place == self.lead_index(),
                    Subject::Account => of_account.contains(place),
                    Subject::Person => true,
                }
                && about(signal, args.topic.as_deref())
                && args.direction.is_none_or(|way| (way == Direction::Inbound) == signal.is_inbound())
        };
        let signal_at = |one: &ConversationPlace| {
            let (_, place, nth) = one.0;
            Some((*one, book.leads().get(place)?.signals.get(nth)?))
        };
        let mut all = found.iter().filter_map(signal_at).filter(wanted).map(|((place, _), _)| place.0);
        // A mail that comes back in any lead may undo one.
        let coming = book.leads().iter().filter_map(|lead| lead.next_signal(now)).min();
        match fact {
            Fact::Since => FactValue::ago(all.next_back(), now, coming),
            Fact::First => FactValue::ago(all.next(), now, coming),
            _ => {
                let inside: Vec<Instant> =
                    all.filter(|at| args.window.is_none_or(|window| now - *at < window)).collect();
                let leaves = inside.first().zip(args.window).map(|(oldest, window)| *oldest + window);
                FactValue::until(Value::Whole(inside.len() as i64), earliest(leaves, coming))
            }
        }
    }

    /// Whether somebody who asked in another lead of the account waits for an answer.
    pub(super) fn waiting_elsewhere(&self, lead: &Lead) -> FactValue {
        let (book, now) = (self.book(), self.now());
        let places = book.of_account(&lead.account.id);
        if places.len() <= 1 {
            return FactValue::still(false);
        }
        let coming = book.leads().iter().filter_map(|lead| lead.next_signal(now)).min();
        for place in places.iter().filter(|place| **place != self.lead_index()) {
            let Some(other) = book.leads().get(*place) else { continue };
            let lately = other.past_signals(now).iter().rev().take_while(|signal| now - signal.at < LASTS);
            let mut asked: Vec<&Signal> = lately.filter(|signal| signal.view().awaits_answer()).collect();
            // Several signals in a row by one person are looked at once.
            asked.dedup_by_key(|signal| signal.person.as_deref());
            let there = if asked.is_empty() { continue } else { Self::new(book, *place, now) };
            for signal in asked {
                let person =
                    signal.person.as_deref().and_then(|id| other.people.iter().position(|one| one.is_called(id)));
                let question = match (person, &signal.person) {
                    (None, Some(_)) => None,
                    (None, None) => there.nameless_question(),
                    (person, _) => there.for_person(person).question_of_person(),
                };
                if let Some(question) = question.filter(|question| question.since <= signal.at) {
                    return FactValue::until(true, earliest(Some(question.ends_at()), coming));
                }
            }
        }
        FactValue::until(false, coming)
    }

    /// Whether the chosen person ordered what this lead is about, in any lead of theirs, in the window. An order is about its own topic, else about
    /// that of its lead; one of which it is not known, and a lead of which it is not known, may be about anything. An order that names nobody
    /// is by everybody in its lead; so is that a quote was accepted there, and that the lead became a customer. Without `stage_since`, the lead counts as a
    /// customer since `created_at`.
    pub(super) fn bought(&self, lead: &Lead, args: &FactArguments) -> FactValue {
        let (book, now) = (self.book(), self.now());
        let inside = |at: &Instant| *at <= now && args.window.is_none_or(|window| now - *at < window);
        let (mut last, mut coming): (Option<Instant>, Option<Instant>) = (None, None);
        for place in self.leads_of_person() {
            let Some(theirs) = book.leads().get(place) else { continue };
            let same = |topic: Option<&str>| {
                topic.or(theirs.topic.as_deref()).zip(lead.topic.as_deref()).is_none_or(|(one, other)| one == other)
            };
            let is_theirs = |signal: &&Signal| {
                signal.kind == SignalKind::Order
                    && same(signal.topic.as_deref())
                    && signal.person.as_deref().is_none_or(|id| self.is_named_in(place, id))
            };
            let is_customer = theirs.stage == Some(Stage::Customer) && same(None);
            let became = theirs.stage_since.or(theirs.created_at).filter(|_| is_customer);
            let accepted = last_accepted(theirs, now).filter(|_| same(None));
            let ordered = theirs.past_signals(now).iter().rev().find(is_theirs).map(|signal| signal.at);
            last = last.into_iter().chain(ordered).chain(accepted).chain(became.filter(inside)).max();
            let next = earliest(theirs.next_signal(now), next_quote_moment(theirs, now));
            coming = earliest(coming, earliest(next, became.filter(|at| *at > now)));
        }
        let last = last.filter(inside);
        let leaves = last.zip(args.window).map(|(at, window)| at + window);
        FactValue::until(last.is_some(), earliest(leaves, coming))
    }
}
