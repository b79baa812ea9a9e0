//! Policies asked once for all leads that are alike: that have everything in common that policies ask about, as the same countries, grounds
//! for contact and outcomes.
//!
//! Left out: policies that ask about something else than is listed in [`Ask`], which are asked lead by lead.
//!
//! Invariant: the policies that hold for a lead, and when that can change, are what asking each of them for this lead gives.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::rc::Rc;

use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::Channel;
use crate::book::word_table::Unseeded;
use crate::book::{Consent, Lead};
use crate::calendar::Instant;
use crate::columnar::Kind;
use crate::decide::context::account_events::{Event, Group};
use crate::decide::context::ask_rules::{self, Which};
use crate::decide::context::decision_context::Desk;
use crate::decide::context::lead_profile::{Case, Member};
use crate::decide::context::review::Review;
use crate::decide::context::rule_outcomes::{Policies, Says};
use crate::decide::context::statement_set::Listed;
use crate::evaluate::facts::FactContext;
use crate::order;
use crate::pack::Pack;
use crate::pack::expression::{self, Body, Clause, Node};

/// What the policies of a rulebook ask about.
#[derive(Debug, Default)]
pub(crate) struct Alike {
    asks: Vec<Ask>,
    listed: Listed,
}

/// What the policies said of leads so far.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    /// By what is asked of each person; `None` when some of it could not be told.
    known: HashMap<Vec<u32>, Option<Rc<Policies>>, BuildHasherDefault<Unseeded>>,
    key: Vec<u32>,
}

/// Something that policies ask about a person, or about the lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
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

impl Alike {
    /// What the policies of these packs ask about.
    pub(crate) fn of(packs: &[Pack]) -> Self {
        let mut alike = Self::default();
        for pack in packs {
            for never in &pack.nevers {
                alike.add(Kind::Never, [never.when.as_ref(), never.unless.as_ref()]);
            }
            for limit in &pack.limits {
                alike.add(Kind::Limit, [limit.when.as_ref(), None]);
            }
            for hours in &pack.hours {
                alike.add(Kind::Hours, [hours.when.as_ref(), None]);
            }
            for pause in &pack.pauses {
                alike.add(Kind::Pause, [Some(&pause.when), None]);
            }
        }
        alike
    }

    fn add(&mut self, kind: Kind, clauses: [Option<&Clause>; 2]) {
        let before = self.asks.len();
        let listed = clauses.into_iter().flatten().try_for_each(|clause| asked(clause, &mut self.asks)).is_some();
        if !listed {
            self.asks.truncate(before);
        }
        self.listed.push(kind, listed);
    }

    /// The policies that it tells.
    pub(crate) const fn listed(&self) -> &Listed {
        &self.listed
    }

    /// What the listed policies say: of a lead that is alike in everything that they ask about, if there was one, else in the context
    /// `cx`. When that can change is noted. `None` when some of it could not be told.
    pub(crate) fn policies(
        &self,
        memo: &mut Memo,
        of: &Asked<'_, '_>,
        review: &mut Review,
        cx: impl FnOnce() -> FactContext,
    ) -> Option<Rc<Policies>> {
        let Memo { known, key } = memo;
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
            ask_rules::policies(of.desk.packs, &of.desk.statements, &cx(), Which::Only(&self.listed)).map(Rc::new);
        if people {
            known.insert(key.clone(), policies.clone());
        }
        policies
    }
}

/// The policies of both, in the order of the rulebook.
pub(crate) fn together(one: Rc<Policies>, other: &Policies) -> Rc<Policies> {
    let Policies { nevers, limits, hours, pauses } = other;
    if [nevers, limits, hours, pauses].iter().all(|says| says.is_empty()) {
        return one;
    }
    let both = |one: &[Says], other: &[Says]| {
        let mut all = [one, other].concat();
        order::by_key(&mut all, |says| says.nth);
        all
    };
    Rc::new(Policies {
        nevers: both(&one.nevers, nevers),
        limits: both(&one.limits, limits),
        hours: both(&one.hours, hours),
        pauses: both(&one.pauses, pauses),
    })
}

/// A lead that has its account for itself, of which policies are asked.
pub(crate) struct Asked<'a, 'b> {
    pub(crate) desk: &'b Desk<'a>,
    pub(crate) group: &'b Group<'b>,
    pub(crate) case: &'b Case<'b>,
    pub(crate) lead: &'b Lead,
}

impl Asked<'_, '_> {
    /// A number that is equal for people of whom the answer is equal.
    fn code(&self, ask: Ask, (place, member): (usize, &Member<'_>), review: &mut Review) -> u32 {
        let Self { desk, group, case, lead } = self;
        let text = |text: Option<&String>| desk.known.number(text);
        let person = lead.people.get(place);
        let country = || lead.country.as_ref().or(lead.account.country.as_ref());
        match ask {
            Ask::Country => text(person.and_then(|person| person.country.as_ref()).or_else(country)),
            Ask::LegalForm => {
                let own = person.and_then(|person| person.legal_form);
                own.or(lead.account.legal_form).map_or(0, |form| form as u32 + 1)
            }
            Ask::DoNotCall => u32::from(member.allows.do_not_call),
            Ask::DoNotEmail => u32::from(member.allows.do_not_email),
            Ask::Objected => u32::from(member.allows.objected),
            Ask::Roles => person.map_or(0, |one| one.roles.iter().fold(0, |all, role| all << 3 | (*role as u32 + 1))),
            Ask::FirstRole => member.first_role.map_or(0, |role| role as u32 + 1),
            Ask::Channels => {
                Channel::ALL.iter().filter(|one| member.has(**one)).fold(0, |all, one| all | 1 << *one as u32)
            }
            Ask::Stance => person.and_then(|person| person.stance).map_or(0, |stance| stance as u32 + 1),
            Ask::LeadSource => text(lead.source.as_ref()),
            Ask::Answered => u32::from(self.waiting().any(|event| event.human == Some(member.human))),
            Ask::LeadAnswered => u32::from(self.waiting().next().is_some()),
            Ask::Ground(channel) => ground(member.consents, channel, desk.now, review),
            Ask::LastOutcome(channel) => {
                let mut touches = group.events.iter().rev().filter(|event| {
                    event.touch
                        && event.human == Some(member.human)
                        && channel.is_none_or(|channel| event.channel == Some(channel))
                });
                touches.next().and_then(|touch| touch.outcome).map_or(0, |outcome| outcome as u32 + 1)
            }
            Ask::LeadStage => case.stage.map_or(0, |stage| stage as u32 + 1),
            Ask::LeadCountry => text(country()),
            Ask::LeadRegion => text(lead.account.region.as_ref()),
            Ask::LeadLegalForm => lead.account.legal_form.map_or(0, |form| form as u32 + 1),
        }
    }

    /// What of theirs waits for an answer.
    fn waiting(&self) -> impl Iterator<Item = &Event> {
        self.group.events.iter().rev().take_while(|event| !event.touch).filter(|event| event.asks)
    }
}

/// The newest ground for contact in force on a channel; when that can change is noted.
fn ground(consents: &[Consent], channel: Channel, now: Instant, review: &mut Review) -> u32 {
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
fn asked(clause: &Clause, asks: &mut Vec<Ask>) -> Option<()> {
    match &clause.body {
        Body::Compiled(node) => asked_by(node, asks),
        Body::Interpreted { .. } => None,
    }
}

fn asked_by(node: &Node, asks: &mut Vec<Ask>) -> Option<()> {
    use expression::Kind;
    match &node.kind {
        Kind::Literal(_) | Kind::Setting { .. } => Some(()),
        Kind::And(nodes) | Kind::Or(nodes) | Kind::Coalesce(nodes) | Kind::List(nodes) => {
            nodes.iter().try_for_each(|node| asked_by(node, asks))
        }
        Kind::Not(inner) => asked_by(inner, asks),
        Kind::Compare(_, left, right) | Kind::Contains(left, right) => {
            asked_by(left, asks)?;
            asked_by(right, asks)
        }
        Kind::In(needle, items) => {
            asked_by(needle, asks)?;
            items.iter().try_for_each(|item| asked_by(item, asks))
        }
        Kind::Fact { subject, fact, args } => {
            let channel = match args.as_slice() {
                [] => None,
                [Node { kind: Kind::Literal(Value::Text(word)), .. }] => Some(Channel::from_word(word)),
                _ => return None,
            };
            let ask = match (subject, fact, channel) {
                (Subject::Person, Fact::Country, None) => Ask::Country,
                (Subject::Person, Fact::LegalForm, None) => Ask::LegalForm,
                (Subject::Person, Fact::DoNotCall, None) => Ask::DoNotCall,
                (Subject::Person, Fact::DoNotEmail, None) => Ask::DoNotEmail,
                (Subject::Person, Fact::Objected, None) => Ask::Objected,
                (Subject::Person, Fact::Roles | Fact::IsA, _) => Ask::Roles,
                (Subject::Person, Fact::Role, None) => Ask::FirstRole,
                (Subject::Person, Fact::Has, Some(_)) => Ask::Channels,
                (Subject::Person, Fact::Stance, None) => Ask::Stance,
                (Subject::Lead, Fact::Source, None) => Ask::LeadSource,
                (Subject::Person, Fact::Answered, None) => Ask::Answered,
                (Subject::Person, Fact::Consent | Fact::ConsentBasis, Some(Some(channel))) => Ask::Ground(channel),
                (Subject::Person, Fact::LastOutcome, None) => Ask::LastOutcome(None),
                (Subject::Person, Fact::LastOutcome, Some(Some(channel))) => Ask::LastOutcome(Some(channel)),
                (Subject::Lead, Fact::Answered, None) => Ask::LeadAnswered,
                (Subject::Lead, Fact::Stage | Fact::Open, None) => Ask::LeadStage,
                (Subject::Lead, Fact::Country, None) => Ask::LeadCountry,
                (Subject::Account, Fact::Region, None) => Ask::LeadRegion,
                (Subject::Lead | Subject::Account, Fact::LegalForm, None) => Ask::LeadLegalForm,
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
