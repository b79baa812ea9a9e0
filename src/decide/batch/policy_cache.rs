//! Evaluates policies once for all leads whose people are equal in every fact that the policies read, such as country, consent and outcome.
//!
//! In: a lead that is alone in its contact group. Out: the policies that hold for it, and in the review tracker the moment at which that can change.
//! The cache key has one number per person and fact ([`PolicyInput`]).
//!
//! Left out: policies that read any other fact. They are evaluated lead by lead.
//!
//! Invariant: the result equals that of evaluating each policy for this lead.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::book::catalogue::{Fact, Subject};
use crate::book::signal_view::NO_SHOW_MATTERS_FOR;
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, Outcome};
use crate::book::{Consent, Lead, consent};
use crate::calendar::Instant;
use crate::columnar::ConditionKind;
use crate::decide::context::account_events::{AccountEvent, AccountEvents};
use crate::decide::context::decision_context::AccountContext;
use crate::decide::context::evaluate_rules::{StatementFilter, evaluate_policies};
use crate::decide::context::lead_profile::{LeadProfile, PersonProfile};
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::{PolicyHit, PolicyOutcomes};
use crate::decide::context::statement_set::StatementSet;
use crate::evaluate::facts::FactContext;
use crate::order;
use crate::pack::Pack;
use crate::pack::expression::{self, Body, Clause, Node};

/// The facts that the policies of a rulebook read.
#[derive(Debug, Default)]
pub(crate) struct PolicyInputs {
    inputs: Vec<PolicyInput>,
    /// The policies that read no other facts.
    covered: StatementSet,
}

/// The policies that hold, by the facts that they read.
#[derive(Debug, Default)]
pub(crate) struct PolicyCache {
    /// By the encoded inputs of every person; `None` when a policy could not be evaluated.
    outcomes: FxHashMap<Vec<u32>, Option<Arc<PolicyOutcomes>>>,
    /// Buffer for the key of the lead at hand.
    key: Vec<u32>,
}

/// A fact that policies read, of a person unless its name begins with `Lead`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PolicyInput {
    Country,
    LegalForm,
    DoNotCall,
    DoNotEmail,
    Objected,
    Roles,
    FirstRole,
    Channels,
    Stance,
    Answered,
    Waiting,
    ConsentBasis(Channel),
    LastOutcome(Option<Channel>),
    LeadAnswered,
    LeadWaiting,
    LeadStage,
    LeadCountry,
    LeadRegion,
    LeadLegalForm,
    LeadSource,
    LeadOwner,
}

impl PolicyInputs {
    /// The facts that the policies of these packs read.
    pub(crate) fn new(packs: &[Pack]) -> Self {
        let mut inputs = Self::default();
        for pack in packs {
            for never in &pack.nevers {
                inputs.add(ConditionKind::Never, [never.when.as_ref(), never.unless.as_ref()]);
            }
            for limit in &pack.limits {
                inputs.add(ConditionKind::Limit, [limit.when.as_ref(), None]);
            }
            for hours in &pack.hours {
                inputs.add(ConditionKind::Hours, [hours.when.as_ref(), None]);
            }
            for pause in &pack.pauses {
                inputs.add(ConditionKind::Pause, [Some(&pause.when), None]);
            }
        }
        inputs
    }

    /// Adds the next policy of its kind.
    fn add(&mut self, kind: ConditionKind, clauses: [Option<&Clause>; 2]) {
        let before = self.inputs.len();
        let mut clauses = clauses.into_iter().flatten();
        let covered = clauses.try_for_each(|clause| collect_inputs(clause, &mut self.inputs)).is_some();
        if !covered {
            self.inputs.truncate(before);
        }
        self.covered.push(kind, covered);
    }

    /// The policies that read no facts but these.
    pub(crate) const fn covered(&self) -> &StatementSet {
        &self.covered
    }

    /// The covered policies that hold for a lead, from the cache or else evaluated on the facts that `cx` gives. `None` when one of them could
    /// not be evaluated. The moment at which the result can change is added to `review`.
    pub(crate) fn evaluate(
        &self,
        cache: &mut PolicyCache,
        subject: &PolicySubject<'_, '_>,
        review: &mut ReviewTracker,
        cx: impl FnOnce() -> FactContext,
    ) -> Option<Arc<PolicyOutcomes>> {
        let PolicyCache { outcomes, key } = cache;
        key.clear();
        for person in subject.profile.people.iter().enumerate() {
            key.extend(self.inputs.iter().map(|input| subject.encode(*input, person, review)));
        }
        // The facts of the lead are encoded with each person, so the key of a lead without people does not hold them.
        let cacheable = !subject.profile.people.is_empty();
        if cacheable && let Some(cached) = outcomes.get(key) {
            return cached.clone();
        }
        let context = subject.account.context;
        let filter = StatementFilter::Only(&self.covered);
        let policies = evaluate_policies(context.packs, &context.statements, &cx(), filter).map(Arc::new);
        if cacheable {
            outcomes.insert(key.clone(), policies.clone());
        }
        policies
    }
}

/// The policies of both, each kind in the order of the rulebook.
pub(crate) fn merge_policies(one: Arc<PolicyOutcomes>, other: &PolicyOutcomes) -> Arc<PolicyOutcomes> {
    let PolicyOutcomes { nevers, limits, hours, pauses, unsure } = other;
    if unsure.is_empty() && [nevers, limits, hours, pauses].iter().all(|hits| hits.is_empty()) {
        return one;
    }
    let both = |one: &[PolicyHit], other: &[PolicyHit]| {
        let mut all = [one, other].concat();
        order::sort_by_key(&mut all, |hit| hit.number);
        all
    };
    Arc::new(PolicyOutcomes {
        nevers: both(&one.nevers, nevers),
        limits: both(&one.limits, limits),
        hours: both(&one.hours, hours),
        pauses: both(&one.pauses, pauses),
        unsure: [one.unsure.as_slice(), unsure].concat(),
    })
}

/// A lead that is alone in its contact group, for which policies are evaluated.
pub(crate) struct PolicySubject<'a, 'b> {
    pub(crate) account: &'b AccountContext<'a>,
    pub(crate) account_events: &'b AccountEvents<'b>,
    pub(crate) profile: &'b LeadProfile<'b>,
    pub(crate) lead: &'b Lead,
}

impl PolicySubject<'_, '_> {
    /// A number that is equal for people with equal values of a fact.
    fn encode(
        &self,
        input: PolicyInput,
        (index, person): (usize, &PersonProfile<'_>),
        review: &mut ReviewTracker,
    ) -> u32 {
        let Self { account, account_events, profile, lead } = self;
        let text = |text: Option<&String>| account.context.places.word_number(text);
        let record = lead.people.get(index);
        let country = || lead.country.as_ref().or(lead.account.country.as_ref());
        match input {
            PolicyInput::Country => text(record.and_then(|record| record.country.as_ref()).or_else(country)),
            PolicyInput::LegalForm => {
                let own = record.and_then(|record| record.legal_form);
                own.or(lead.account.legal_form).map_or(0, |form| form as u32 + 1)
            }
            PolicyInput::DoNotCall => u32::from(person.permissions.do_not_call),
            PolicyInput::DoNotEmail => u32::from(person.permissions.do_not_email),
            PolicyInput::Objected => u32::from(person.permissions.objected),
            PolicyInput::Roles => {
                record.map_or(0, |one| one.roles.iter().fold(0, |all, role| all << 3 | (*role as u32 + 1)))
            }
            PolicyInput::FirstRole => person.first_role.map_or(0, |role| role as u32 + 1),
            PolicyInput::Channels => {
                Channel::ALL.iter().filter(|one| person.has_channel(**one)).fold(0, |all, one| all | 1 << *one as u32)
            }
            PolicyInput::Stance => record.and_then(|record| record.stance).map_or(0, |stance| stance as u32 + 1),
            PolicyInput::LeadSource => text(lead.source.as_ref()),
            PolicyInput::Answered => u32::from(self.unanswered_events().any(|event| event.human == Some(person.human))),
            PolicyInput::Waiting => {
                review.add_all(person.question.map(|question| question.ends_at()));
                u32::from(person.question.is_some())
            }
            PolicyInput::LeadWaiting => {
                review.add_all(profile.open_questions().map(|question| question.ends_at()).max());
                u32::from(profile.waits_for_answer())
            }
            PolicyInput::LeadAnswered => u32::from(self.unanswered_events().next().is_some()),
            PolicyInput::ConsentBasis(channel) => newest_basis(person.consents, channel, account.context.now, review),
            PolicyInput::LastOutcome(channel) => {
                let of_person = account_events.events.iter().rev().filter(|event| event.human == Some(person.human));
                let outcome = last_outcome(of_person, channel, account.context.now, review);
                outcome.map_or(0, |outcome| outcome as u32 + 1)
            }
            PolicyInput::LeadStage => profile.stage.map_or(0, |stage| stage as u32 + 1),
            PolicyInput::LeadCountry => text(country()),
            PolicyInput::LeadOwner => text(lead.owner.as_ref()),
            PolicyInput::LeadRegion => text(lead.account.region.as_ref()),
            PolicyInput::LeadLegalForm => lead.account.legal_form.map_or(0, |form| form as u32 + 1),
        }
    }

    /// The messages of the customer since our last touch that ask for an answer.
    fn unanswered_events(&self) -> impl Iterator<Item = &AccountEvent> {
        let since_touch = self.account_events.events.iter().rev().take_while(|event| !event.signal.answers());
        since_touch.filter(|event| event.signal.awaits_answer())
    }
}

/// How the last of our touches on a channel ended, while that matters: what the fact `person.last_outcome` reads, from the events, newest first.
/// The moment at which it can change is added to `review`.
fn last_outcome<'e>(
    events: impl Iterator<Item = &'e AccountEvent>,
    channel: Option<Channel>,
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
            last.get_or_insert(event.signal.outcome.filter(|_| !over));
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

/// Adds the facts that a condition reads; `None` when one of them is no [`PolicyInput`].
fn collect_inputs(clause: &Clause, inputs: &mut Vec<PolicyInput>) -> Option<()> {
    if clause.owners.is_some() && !inputs.contains(&PolicyInput::LeadOwner) {
        inputs.push(PolicyInput::LeadOwner);
    }
    match &clause.body {
        Body::Compiled(node) => collect_from_node(node, inputs),
        Body::Interpreted { .. } => None,
    }
}

fn collect_from_node(node: &Node, inputs: &mut Vec<PolicyInput>) -> Option<()> {
    use expression::NodeKind;
    match &node.kind {
        NodeKind::Literal(_) | NodeKind::Setting { .. } => Some(()),
        NodeKind::And(nodes) | NodeKind::Or(nodes) | NodeKind::Coalesce(nodes) | NodeKind::List(nodes) => {
            nodes.iter().try_for_each(|node| collect_from_node(node, inputs))
        }
        NodeKind::Not(inner) => collect_from_node(inner, inputs),
        NodeKind::Compare(_, left, right) | NodeKind::Contains(left, right) => {
            collect_from_node(left, inputs)?;
            collect_from_node(right, inputs)
        }
        NodeKind::In(needle, items) => {
            collect_from_node(needle, inputs)?;
            items.iter().try_for_each(|item| collect_from_node(item, inputs))
        }
        NodeKind::Fact { subject, fact, args, .. } => {
            let channel = match args.as_slice() {
                [] => None,
                [Node { kind: NodeKind::Literal(Value::Text(word)), .. }] => Some(Channel::from_word(word)),
                _ => return None,
            };
            let input = match (subject, fact, channel) {
                (Subject::Person, Fact::Country, None) => PolicyInput::Country,
                (Subject::Person, Fact::LegalForm, None) => PolicyInput::LegalForm,
                (Subject::Person, Fact::DoNotCall, None) => PolicyInput::DoNotCall,
                (Subject::Person, Fact::DoNotEmail, None) => PolicyInput::DoNotEmail,
                (Subject::Person, Fact::Objected, None) => PolicyInput::Objected,
                (Subject::Person, Fact::Roles | Fact::IsA, _) => PolicyInput::Roles,
                (Subject::Person, Fact::Role, None) => PolicyInput::FirstRole,
                (Subject::Person, Fact::Has, Some(_)) => PolicyInput::Channels,
                (Subject::Person, Fact::Stance, None) => PolicyInput::Stance,
                (Subject::Lead, Fact::Source, None) => PolicyInput::LeadSource,
                (Subject::Person, Fact::Answered, None) => PolicyInput::Answered,
                (Subject::Person, Fact::Waiting, None) => PolicyInput::Waiting,
                (Subject::Lead, Fact::Waiting, None) => PolicyInput::LeadWaiting,
                (Subject::Person, Fact::Consent | Fact::ConsentBasis, Some(Some(channel))) => {
                    PolicyInput::ConsentBasis(channel)
                }
                (Subject::Person, Fact::LastOutcome, None) => PolicyInput::LastOutcome(None),
                (Subject::Person, Fact::LastOutcome, Some(Some(channel))) => PolicyInput::LastOutcome(Some(channel)),
                (Subject::Lead, Fact::Answered, None) => PolicyInput::LeadAnswered,
                (Subject::Lead, Fact::Stage | Fact::Open, None) => PolicyInput::LeadStage,
                (Subject::Lead, Fact::Country, None) => PolicyInput::LeadCountry,
                (Subject::Account, Fact::Region, None) => PolicyInput::LeadRegion,
                (Subject::Lead | Subject::Account, Fact::LegalForm, None) => PolicyInput::LeadLegalForm,
                _ => return None,
            };
            if !inputs.contains(&input) {
                inputs.push(input);
            }
            Some(())
        }
        _ => None,
    }
}
