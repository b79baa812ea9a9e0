//! Policies asked once for all leads that are alike: that have everything in common that policies ask about, as the same countries, grounds
//! for contact and outcomes.
//!
//! Left out: policies that ask about something else than is listed in [`PolicyInput`], which are asked lead by lead.
//!
//! Invariant: the policies that hold for a lead, and when that can change, are what asking each of them for this lead gives.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::Channel;
use crate::book::{Consent, Lead};
use crate::calendar::Instant;
use crate::columnar::StatementKind;
use crate::decide::context::account_events::{AccountEvent, AccountEvents};
use crate::decide::context::ask_rules::{self, StatementFilter};
use crate::decide::context::decision_context::AccountContext;
use crate::decide::context::lead_profile::{LeadProfile, PersonProfile};
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::{PolicyHit, PolicyOutcomes};
use crate::decide::context::statement_set::StatementSet;
use crate::evaluate::facts::FactContext;
use crate::order;
use crate::pack::Pack;
use crate::pack::expression::{self, Body, Clause, Node};

/// What the policies of a rulebook ask about.
#[derive(Debug, Default)]
pub(crate) struct PolicyInputs {
    asks: Vec<PolicyInput>,
    listed: StatementSet,
}

/// What the policies said of leads so far.
#[derive(Debug, Default)]
pub(crate) struct PolicyCache {
    /// By what is asked of each person; `None` when some of it could not be told.
    known: FxHashMap<Vec<u32>, Option<Arc<PolicyOutcomes>>>,
    key: Vec<u32>,
}

/// Something that policies ask about a person, or about the lead.
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
    Ground(Channel),
    LastOutcome(Option<Channel>),
    LeadAnswered,
    LeadStage,
    LeadCountry,
    LeadRegion,
    LeadLegalForm,
    LeadSource,
}

impl PolicyInputs {
    /// What the policies of these packs ask about.
    pub(crate) fn of(packs: &[Pack]) -> Self {
        let mut alike = Self::default();
        for pack in packs {
            for never in &pack.nevers {
                alike.add(StatementKind::Never, [never.when.as_ref(), never.unless.as_ref()]);
            }
            for limit in &pack.limits {
                alike.add(StatementKind::Limit, [limit.when.as_ref(), None]);
            }
            for hours in &pack.hours {
                alike.add(StatementKind::Hours, [hours.when.as_ref(), None]);
            }
            for pause in &pack.pauses {
                alike.add(StatementKind::Pause, [Some(&pause.when), None]);
            }
        }
        alike
    }

    fn add(&mut self, kind: StatementKind, clauses: [Option<&Clause>; 2]) {
        let before = self.asks.len();
        let listed = clauses.into_iter().flatten().try_for_each(|clause| asked(clause, &mut self.asks)).is_some();
        if !listed {
            self.asks.truncate(before);
        }
        self.listed.push(kind, listed);
    }

    /// The policies that it tells.
    pub(crate) const fn listed(&self) -> &StatementSet {
        &self.listed
    }

    /// What the listed policies say: of a lead that is alike in everything that they ask about, if there was one, else in the context
    /// `cx`. When that can change is noted. `None` when some of it could not be told.
    pub(crate) fn policies(
        &self,
        memo: &mut PolicyCache,
        of: &PolicySubject<'_, '_>,
        review: &mut ReviewTracker,
        cx: impl FnOnce() -> FactContext,
    ) -> Option<Arc<PolicyOutcomes>> {
        let PolicyCache { known, key } = memo;
        key.clear();
        for member in of.case.people.iter().enumerate() {
            key.extend(self.asks.iter().map(|ask| of.code(*ask, member, review)));
        }
        // Without people only what is asked of the lead itself counts, and that has no place in the key.
        let people = !of.case.people.is_empty();
        if people && let Some(known) = known.get(key) {
            return known.clone();
        }
        let policies =
            ask_rules::policies(of.desk.packs, &of.desk.statements, &cx(), StatementFilter::Only(&self.listed))
                .map(Arc::new);
        if people {
            known.insert(key.clone(), policies.clone());
        }
        policies
    }
}

/// The policies of both, in the order of the rulebook.
pub(crate) fn together(one: Arc<PolicyOutcomes>, other: &PolicyOutcomes) -> Arc<PolicyOutcomes> {
    let PolicyOutcomes { nevers, limits, hours, pauses } = other;
    if [nevers, limits, hours, pauses].iter().all(|says| says.is_empty()) {
        return one;
    }
    let both = |one: &[PolicyHit], other: &[PolicyHit]| {
        let mut all = [one, other].concat();
        order::sort_by_key(&mut all, |says| says.nth);
        all
    };
    Arc::new(PolicyOutcomes {
        nevers: both(&one.nevers, nevers),
        limits: both(&one.limits, limits),
        hours: both(&one.hours, hours),
        pauses: both(&one.pauses, pauses),
    })
}

/// A lead that has its account for itself, of which policies are asked.
pub(crate) struct PolicySubject<'a, 'b> {
    pub(crate) desk: &'b AccountContext<'a>,
    pub(crate) group: &'b AccountEvents<'b>,
    pub(crate) case: &'b LeadProfile<'b>,
    pub(crate) lead: &'b Lead,
}

impl PolicySubject<'_, '_> {
    /// A number that is equal for people of whom the answer is equal.
    fn code(&self, ask: PolicyInput, (place, member): (usize, &PersonProfile<'_>), review: &mut ReviewTracker) -> u32 {
        let Self { desk, group, case, lead } = self;
        let text = |text: Option<&String>| desk.known.number(text);
        let person = lead.people.get(place);
        let country = || lead.country.as_ref().or(lead.account.country.as_ref());
        match ask {
            PolicyInput::Country => text(person.and_then(|person| person.country.as_ref()).or_else(country)),
            PolicyInput::LegalForm => {
                let own = person.and_then(|person| person.legal_form);
                own.or(lead.account.legal_form).map_or(0, |form| form as u32 + 1)
            }
            PolicyInput::DoNotCall => u32::from(member.allows.do_not_call),
            PolicyInput::DoNotEmail => u32::from(member.allows.do_not_email),
            PolicyInput::Objected => u32::from(member.allows.objected),
            PolicyInput::Roles => {
                person.map_or(0, |one| one.roles.iter().fold(0, |all, role| all << 3 | (*role as u32 + 1)))
            }
            PolicyInput::FirstRole => member.first_role.map_or(0, |role| role as u32 + 1),
            PolicyInput::Channels => {
                Channel::ALL.iter().filter(|one| member.has(**one)).fold(0, |all, one| all | 1 << *one as u32)
            }
            PolicyInput::Stance => person.and_then(|person| person.stance).map_or(0, |stance| stance as u32 + 1),
            PolicyInput::LeadSource => text(lead.source.as_ref()),
            PolicyInput::Answered => u32::from(self.waiting().any(|event| event.human == Some(member.human))),
            PolicyInput::LeadAnswered => u32::from(self.waiting().next().is_some()),
            PolicyInput::Ground(channel) => ground(member.consents, channel, desk.now, review),
            PolicyInput::LastOutcome(channel) => {
                let mut touches = group.events.iter().rev().filter(|event| {
                    event.touch
                        && event.human == Some(member.human)
                        && channel.is_none_or(|channel| event.channel == Some(channel))
                });
                touches.next().and_then(|touch| touch.outcome).map_or(0, |outcome| outcome as u32 + 1)
            }
            PolicyInput::LeadStage => case.stage.map_or(0, |stage| stage as u32 + 1),
            PolicyInput::LeadCountry => text(country()),
            PolicyInput::LeadRegion => text(lead.account.region.as_ref()),
            PolicyInput::LeadLegalForm => lead.account.legal_form.map_or(0, |form| form as u32 + 1),
        }
    }

    /// What of theirs waits for an answer.
    fn waiting(&self) -> impl Iterator<Item = &AccountEvent> {
        self.group.events.iter().rev().take_while(|event| !event.touch).filter(|event| event.asks)
    }
}

/// The newest ground for contact in force on a channel; when that can change is noted.
fn ground(consents: &[Consent], channel: Channel, now: Instant, review: &mut ReviewTracker) -> u32 {
    let covers = |consent: &&Consent| consent.channel.is_none_or(|one| one == channel);
    let mut newest: Option<&Consent> = None;
    for consent in consents.iter().filter(covers) {
        review.at_any([Some(consent.given_at), consent.withdrawn_at].into_iter().flatten());
        let in_force = consent.given_at <= now && consent.withdrawn_at.is_none_or(|end| end > now);
        if in_force && newest.is_none_or(|newest| newest.given_at <= consent.given_at) {
            newest = Some(consent);
        }
    }
    newest.map_or(0, |consent| consent.basis as u32 + 1)
}

/// Adds what a condition of a policy asks about; `None` when that is not among what is listed.
fn asked(clause: &Clause, asks: &mut Vec<PolicyInput>) -> Option<()> {
    match &clause.body {
        Body::Compiled(node) => asked_by(node, asks),
        Body::Interpreted { .. } => None,
    }
}

fn asked_by(node: &Node, asks: &mut Vec<PolicyInput>) -> Option<()> {
    use expression::NodeKind;
    match &node.kind {
        NodeKind::Literal(_) | NodeKind::Setting { .. } => Some(()),
        NodeKind::And(nodes) | NodeKind::Or(nodes) | NodeKind::Coalesce(nodes) | NodeKind::List(nodes) => {
            nodes.iter().try_for_each(|node| asked_by(node, asks))
        }
        NodeKind::Not(inner) => asked_by(inner, asks),
        NodeKind::Compare(_, left, right) | NodeKind::Contains(left, right) => {
            asked_by(left, asks)?;
            asked_by(right, asks)
        }
        NodeKind::In(needle, items) => {
            asked_by(needle, asks)?;
            items.iter().try_for_each(|item| asked_by(item, asks))
        }
        NodeKind::Fact { subject, fact, args } => {
            let channel = match args.as_slice() {
                [] => None,
                [Node { kind: NodeKind::Literal(Value::Text(word)), .. }] => Some(Channel::from_word(word)),
                _ => return None,
            };
            let ask = match (subject, fact, channel) {
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
                (Subject::Person, Fact::Consent | Fact::ConsentBasis, Some(Some(channel))) => {
                    PolicyInput::Ground(channel)
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
            if !asks.contains(&ask) {
                asks.push(ask);
            }
            Some(())
        }
        _ => None,
    }
}
