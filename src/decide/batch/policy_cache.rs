//! Evaluates policies once for all leads whose people are equal in every fact that the policies read, such as country, consent and outcome.
//!
//! A policy that reads `person` depends on the facts of one person and of the lead, so it is evaluated once for all people who are alike in
//! these.
//!
//! In: a lead that is alone in its contact group. Out: the policies that hold for it, and in the review tracker the moment at which that can change.
//! The cache key has a number for each fact of the lead, and for each fact of each person ([`PolicyInputs`]).
//!
//! Invariant: the result equals that of evaluating each policy for this lead.

use std::cell::LazyCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::book::catalogue::Fact;
use crate::book::signal_view::NO_SHOW_MATTERS_FOR;
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, Outcome, QuoteStatus, SignalKind};
use crate::book::{Consent, Lead, consent};
use crate::calendar::{Duration, Instant};
use crate::decide::batch::policy_inputs::{LeadInput, Measure, PersonInput, PolicyInputs};
use crate::decide::context::decision_context::GroupContext;
use crate::decide::context::evaluate_rules::evaluate_policies;
use crate::decide::context::group_events::{GroupEvent, GroupEvents};
use crate::decide::context::lead_profile::{LeadProfile, PersonProfile};
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::{PolicyHit, PolicyOutcomes};
use crate::decide::context::statement_set::StatementFilter;
use crate::evaluate::facts::change::{Motion, steady_change};
use crate::evaluate::facts::quotes::quote_fact;
use crate::evaluate::facts::{FactContext, FactValue};
use crate::evaluate::operators;
use crate::order;
use crate::pack::expression::Comparison;
use crate::pack::fact_arguments::FactArguments;

/// The policies that hold, by the facts that they read.
#[derive(Debug, Default)]
pub(crate) struct PolicyCache {
    /// By the encoded inputs of the lead and of every person; `None` when a policy could not be evaluated.
    outcomes: FxHashMap<Vec<u32>, Option<Arc<PolicyOutcomes>>>,
    /// Those that are asked for the lead, by its inputs, and those that are asked for a person, by the inputs of both. Whoever the person is, they
    /// are at place 0.
    parts: FxHashMap<Vec<u32>, Option<PolicyOutcomes>>,
    /// Buffer for the key of the lead at hand.
    key: Vec<u32>,
    /// Buffer for the key of a part.
    part_key: Vec<u32>,
}

impl PolicyInputs {
    /// The covered policies that hold for a lead, from the cache or else evaluated on the facts that `cx` gives. `None` when one of them could
    /// not be evaluated. The moment at which the result can change is added to `review`.
    pub(crate) fn evaluate(
        &self,
        cache: &mut PolicyCache,
        subject: &PolicySubject<'_, '_>,
        review: &mut ReviewTracker,
        cx: impl FnOnce() -> FactContext,
    ) -> Option<Arc<PolicyOutcomes>> {
        let PolicyCache { outcomes, parts, key, part_key } = cache;
        key.clear();
        key.extend(self.of_lead.iter().map(|input| subject.encode_lead(input, review)));
        for person in subject.profile.people.iter().enumerate() {
            key.extend(self.of_person.iter().map(|input| subject.encode_person(*input, person, review)));
        }
        if let Some(cached) = outcomes.get(key) {
            return cached.clone();
        }
        let (context, facts) = (subject.group.context, LazyCell::new(cx));
        let mut part = |person: Option<usize>| {
            part_key.clear();
            let (of_lead, of_people) = key.split_at_checked(self.of_lead.len())?;
            part_key.extend(of_lead);
            if let Some(person) = person {
                let first = person * self.of_person.len();
                part_key.extend(of_people.get(first..first + self.of_person.len())?);
                // A lead without inputs of its own and a person without any are told apart.
                part_key.push(1);
            }
            if let Some(known) = parts.get(part_key) {
                return known.clone();
            }
            let policies = evaluate_policies(context, &facts, StatementFilter::Only(self.covered()), person);
            let policies = policies.map(|policies| policies.of_person(person.map(|_| 0)));
            parts.insert(part_key.clone(), policies.clone());
            policies
        };
        let mut all = part(None);
        for person in 0..subject.profile.people.len() {
            let of_person = part(Some(person)).map(|policies| policies.of_person(Some(person)));
            all = all.zip(of_person).map(|(all, of_person)| merged(&all, &of_person));
        }
        let all = all.map(Arc::new);
        outcomes.insert(key.clone(), all.clone());
        all
    }
}

/// The policies of both, each kind in the order of the rulebook.
pub(crate) fn merge_policies(one: Arc<PolicyOutcomes>, other: &PolicyOutcomes) -> Arc<PolicyOutcomes> {
    let PolicyOutcomes { nevers, limits, hours, pauses, unsure } = other;
    let is_empty = unsure.is_empty() && [nevers, limits, hours, pauses].iter().all(|hits| hits.is_empty());
    if is_empty { one } else { Arc::new(merged(&one, other)) }
}

fn merged(one: &PolicyOutcomes, other: &PolicyOutcomes) -> PolicyOutcomes {
    // Of one statement the hits of `one` stay before those of `other`.
    let both = |one: &[PolicyHit], other: &[PolicyHit]| {
        let mut all = [one, other].concat();
        order::sort_by_key(&mut all, |hit| hit.number);
        all
    };
    PolicyOutcomes {
        nevers: both(&one.nevers, &other.nevers),
        limits: both(&one.limits, &other.limits),
        hours: both(&one.hours, &other.hours),
        pauses: both(&one.pauses, &other.pauses),
        unsure: [one.unsure.as_slice(), &other.unsure].concat(),
    }
}

/// A lead that is alone in its contact group, for which policies are evaluated.
pub(crate) struct PolicySubject<'a, 'b> {
    pub(crate) group: &'b GroupContext<'a>,
    pub(crate) group_events: &'b GroupEvents<'b>,
    pub(crate) profile: &'b LeadProfile<'b>,
    pub(crate) lead: &'b Lead,
    /// Counts the signals of a kind, all theirs, as [`FactContext::signal_fact`] does, from where the log of the lead is at hand.
    pub(crate) count_signals: &'b dyn Fn(SignalKind, &FactArguments) -> FactValue,
}

impl PolicySubject<'_, '_> {
    /// A number that is equal for leads with equal values of a fact.
    fn encode_lead(&self, input: &LeadInput, review: &mut ReviewTracker) -> u32 {
        let Self { group, group_events, profile, lead, .. } = self;
        let text = |text: Option<&String>| group.context.places.word_number(text);
        match input {
            LeadInput::Source => text(lead.source.as_ref()),
            LeadInput::Waiting => {
                review.add_all(profile.open_questions().map(|question| question.ends_at()).max());
                u32::from(profile.waits_for_answer())
            }
            LeadInput::Answered => u32::from(self.unanswered_events().next().is_some()),
            LeadInput::Stage => profile.stage.map_or(0, |stage| stage as u32 + 1),
            LeadInput::Country => text(lead.country.as_ref().or(lead.account.country.as_ref())),
            LeadInput::Owner => text(lead.owner.as_ref()),
            LeadInput::Region => text(lead.account.region.as_ref()),
            LeadInput::LegalForm => lead.account.legal_form.map_or(0, |form| form as u32 + 1),
            LeadInput::LastQuote => match self.measured_quotes(Fact::LastQuote, review).0 {
                Value::Text(word) => QuoteStatus::from_word(&word).map_or(0, |status| status as u32 + 1),
                _ => 0,
            },
            LeadInput::QuotesOpen => match self.measured_quotes(Fact::QuotesOpen, review).0 {
                Value::Whole(open) => u32::try_from(open).unwrap_or(u32::MAX),
                _ => 0,
            },
            LeadInput::LastOutcome(channel, window) => {
                let outcome =
                    last_outcome(group_events.events.iter().rev(), (*channel, *window), group.context.now, review);
                outcome.map_or(0, |outcome| outcome as u32 + 1)
            }
            LeadInput::Compares(comparison, left, right) => self.compare(*comparison, left, right, review),
        }
    }

    /// 0 where a comparison does not hold, 1 where it does, 2 where it has no answer. When that changes is added to `review`.
    fn compare(&self, comparison: Comparison, left: &Measure, right: &Measure, review: &mut ReviewTracker) -> u32 {
        let ((left, left_motion), (right, right_motion)) = (self.measure(left, review), self.measure(right, review));
        let now = self.group.context.now;
        review.add_all(steady_change(now, comparison, (&left, left_motion), (&right, right_motion)));
        operators::compare(comparison, &left, &right).map_or(2, u32::from)
    }

    /// A length of time or a number of signals, and how it moves.
    fn measure(&self, measure: &Measure, review: &mut ReviewTracker) -> (Value, Motion) {
        match measure {
            Measure::Constant(value) => (value.clone(), Motion::Still),
            Measure::OfQuotes(fact) => self.measured_quotes(*fact, review),
            Measure::Count(kind, args) => {
                let counted = (self.count_signals)(*kind, args);
                review.add_all(counted.until);
                (counted.value, counted.motion)
            }
            Measure::LastTouch(channel) => {
                let on_it = |event: &GroupEvent| channel.is_none_or(|one| event.signal.channel == Some(one));
                let mut touches = self.group_events.events.iter().rev().filter(|event| event.signal.is_touch());
                match touches.find(|event| on_it(event)) {
                    Some(last) => (Value::Length(self.group.context.now - last.at), Motion::Linear(1)),
                    None => (Value::Unknown, Motion::Still),
                }
            }
            Measure::FirstKnown(all) => {
                // All are measured, so that the changes of all are added.
                let mut first = (Value::Unknown, Motion::Still);
                for one in all {
                    let measured = self.measure(one, review);
                    if first.0 == Value::Unknown {
                        first = measured;
                    }
                }
                first
            }
        }
    }

    fn measured_quotes(&self, fact: Fact, review: &mut ReviewTracker) -> (Value, Motion) {
        let found = quote_fact(self.lead, fact, self.group.context.now);
        review.add_all(found.until);
        (found.value, found.motion)
    }

    /// A number that is equal for people with equal values of a fact.
    fn encode_person(
        &self,
        input: PersonInput,
        (index, person): (usize, &PersonProfile<'_>),
        review: &mut ReviewTracker,
    ) -> u32 {
        let Self { group, group_events, lead, .. } = self;
        let text = |text: Option<&String>| group.context.places.word_number(text);
        let record = lead.people.get(index);
        let country = || lead.country.as_ref().or(lead.account.country.as_ref());
        match input {
            PersonInput::Country => text(record.and_then(|record| record.country.as_ref()).or_else(country)),
            PersonInput::LegalForm => {
                let own = record.and_then(|record| record.legal_form);
                own.or(lead.account.legal_form).map_or(0, |form| form as u32 + 1)
            }
            PersonInput::DoNotCall => u32::from(person.permissions.do_not_call),
            PersonInput::DoNotEmail => u32::from(person.permissions.do_not_email),
            PersonInput::Objected => u32::from(person.permissions.objected),
            PersonInput::Roles => {
                record.map_or(0, |one| one.roles.iter().fold(0, |all, role| all << 3 | (*role as u32 + 1)))
            }
            PersonInput::FirstRole => person.first_role.map_or(0, |role| role as u32 + 1),
            PersonInput::Channels => {
                Channel::ALL.iter().filter(|one| person.has_channel(**one)).fold(0, |all, one| all | 1 << *one as u32)
            }
            PersonInput::Stance => record.and_then(|record| record.stance).map_or(0, |stance| stance as u32 + 1),
            PersonInput::Answered => u32::from(self.unanswered_events().any(|event| event.human == Some(person.human))),
            PersonInput::Waiting => {
                review.add_all(person.question.map(|question| question.ends_at()));
                u32::from(person.question.is_some())
            }
            PersonInput::ConsentBasis(channel) => newest_basis(person.consents, channel, group.context.now, review),
            PersonInput::LastOutcome(channel, window) => {
                let of_person = group_events.events.iter().rev().filter(|event| event.human == Some(person.human));
                let outcome = last_outcome(of_person, (channel, window), group.context.now, review);
                outcome.map_or(0, |outcome| outcome as u32 + 1)
            }
        }
    }

    /// The messages of the customer since our last touch that ask for an answer.
    fn unanswered_events(&self) -> impl Iterator<Item = &GroupEvent> {
        let since_touch = self.group_events.events.iter().rev().take_while(|event| !event.signal.answers());
        since_touch.filter(|event| event.signal.awaits_answer())
    }
}

/// How the last of our touches on a channel ended, where it lies in the window and while that matters: what the fact `person.last_outcome` reads,
/// from the events, newest first. The moments at which it can change are added to `review`.
fn last_outcome<'e>(
    events: impl Iterator<Item = &'e GroupEvent>,
    (channel, window): (Option<Channel>, Option<Duration>),
    now: Instant,
    review: &mut ReviewTracker,
) -> Option<Outcome> {
    let (mut last, mut ended) = (None, false);
    for event in events {
        let recent = now - event.at < NO_SHOW_MATTERS_FOR;
        if last.is_some() && !recent {
            break;
        }
        let no_show = event.signal.outcome == Some(Outcome::NoShow);
        if event.signal.is_touch() && channel.is_none_or(|channel| event.signal.channel == Some(channel)) {
            let over = no_show && (ended || !recent);
            if last.is_none() {
                let inside = window.is_none_or(|window| now - event.at < window);
                review.add_all(window.filter(|_| inside).map(|window| event.at + window));
                last = Some(event.signal.outcome.filter(|_| inside && !over));
            }
            if no_show && recent {
                review.add(event.at + NO_SHOW_MATTERS_FOR);
                break;
            }
        }
        ended |= event.signal.ends_no_show();
    }
    last.flatten()
}

/// The basis of the newest consent in force on a channel, as a number; 0 for none. The moment at which it can change is added to `review`.
fn newest_basis(consents: &[Consent], channel: Channel, now: Instant, review: &mut ReviewTracker) -> u32 {
    let fitting = || consents.iter().filter(|consent| consent.covers(Some(channel)));
    review.add_all(consent::next_change(fitting(), now));
    consent::newest_in_force(fitting(), now).map_or(0, |consent| consent.basis as u32 + 1)
}
