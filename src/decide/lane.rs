//! Many leads at once: rules from masks over columns, policies from what was said of leads of the same kind, signals from the log.
//!
//! Most leads have their account for themselves and few particulars. For those the rules are asked page by page ([`super::columnar`]), and
//! the policies once for all leads that have everything in common that policies ask about: the same countries, grounds for contact,
//! outcomes ... What is judged after that ([`super::answer`]) is the same as for any lead. One lead that changed goes the same way by itself
//! ([`Lane::decide_one`]), in room that is kept from one to the next.
//!
//! Left out, and decided one by one: leads that share an account, series under way, rules that propose something else for each lead,
//! what could not be evaluated; and rulebooks of which columns cannot tell when their answers change ([`Lane::of`] says which).
//!
//! Invariant: a decision made here is the one that [`super::Decider::decisions`] makes.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::rc::Rc;

use super::answer::{Decision, Docket};
use super::case::{Case, Member};
use super::columnar::{Behind, Kind, Plan, Room};
use super::desk::{Desk, Office};
use super::facts::FactContext;
use super::facts::turns::{Over, Turns};
use super::group::{Event, Group, Human, is_plain};
use super::matching::per_person;
use super::read;
use super::reading::{Policies, Proposal, Reading};
use super::review::Review;
use super::statements::Statements;
use crate::book::catalogue::{Fact, Subject};
use crate::book::columns::words::Fnv;
use crate::book::columns::{Log, PAGE, Page};
use crate::book::packed::unpack;
use crate::book::schema::{Channel, Direction, Outcome, SignalKind};
use crate::book::value::Value;
use crate::book::{Book, Consent, Lead};
use crate::calendar::Instant;
use crate::rulebook::Rulebook;
use crate::rulebook::touch::{Action, Target};
use crate::rulebook::tree::{self, Body, Clause, Node};

/// The leads of a group of one, which is filled anew for each lead.
const ALONE: &[usize] = &[0];

/// A rulebook of which many leads are asked at once.
#[derive(Debug)]
pub(crate) struct Lane {
    plan: Plan,
    /// The number of each condition of the plan among the rules; `None` for a cadence.
    rules: Vec<Option<usize>>,
    /// What policies ask about.
    asks: Vec<Ask>,
    turns: Turns,
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

impl Lane {
    /// A rulebook that has no `enter` statements, whose rules and cadences ask nothing of people and nothing that [`Turns`] cannot follow,
    /// and whose policies ask only what is listed in [`Ask`]; `None` for any other.
    pub(crate) fn of(rulebook: &Rulebook, statements: &Statements) -> Option<Self> {
        let packs = rulebook.packs();
        let mut turns = Turns::default();
        let mut asks = Vec::new();
        for pack in packs {
            let rules = pack.rules.iter().flat_map(|rule| [Some(&rule.when), rule.unless.as_ref()]);
            let cadences = pack.cadences.iter().flat_map(|one| [Some(&one.when), one.until.as_ref()]);
            let followed = rules.chain(cadences).flatten().all(|clause| turns.add(clause));
            if !followed || !pack.enters.is_empty() || pack.rules.iter().any(per_person) {
                return None;
            }
            let nevers = pack.nevers.iter().flat_map(|one| [one.when.as_ref(), one.unless.as_ref()]);
            let limits = pack.limits.iter().map(|one| one.when.as_ref());
            let hours = pack.hours.iter().map(|one| one.when.as_ref());
            let pauses = pack.pauses.iter().map(|one| Some(&one.when));
            for clause in nevers.chain(limits).chain(hours).chain(pauses).flatten() {
                asked(clause, &mut asks)?;
            }
        }
        let plan = Plan::new(rulebook, &[Kind::Rule, Kind::Cadence]);
        if plan.conditions().any(|condition| condition.by_row.is_some()) {
            return None;
        }
        let rules = plan.conditions().map(|condition| match condition.kind {
            Kind::Rule => statements.first.get(condition.pack).map(|first| first.rules + condition.place),
            _ => None,
        });
        let rules = rules.collect();
        Some(Self { plan, rules, asks, turns })
    }

    /// Decides the leads of which that can be done here, each shown with its place in the book.
    pub(crate) fn decide(&self, book: &Book, office: &Office<'_>, mut each: impl FnMut(usize, Decision)) {
        let nobody = book.dossier_of(usize::MAX);
        let mut kept = Kept::new(self, book, office.now);
        let mut walk = Walk::new(self, book, Desk::new(&nobody, office), &mut kept);
        let mut asking = self.plan.at(book.words(), office.now);
        for (number, page) in book.pages().iter().enumerate() {
            let first = number * PAGE;
            let answers = asking.page(page, &mut Behind::page(book, number));
            for nth in 0..page.len {
                if book.siblings(first + nth).len() != 1 {
                    continue;
                }
                if !walk.rules(|condition| answers.of(condition, nth)) {
                    continue;
                }
                if let Some(decision) = walk.decision(page, first, nth) {
                    each(first + nth, decision);
                }
            }
        }
    }

    /// Decides the lead at this place; `None` when that cannot be done here. What was worked out for other leads is `kept` from call to
    /// call, which must be of the same book.
    pub(crate) fn decide_one(
        &self,
        book: &Book,
        office: &Office<'_>,
        lead: usize,
        kept: &mut Option<Kept>,
    ) -> Option<Decision> {
        if book.siblings(lead).len() != 1 {
            return None;
        }
        let page = book.pages().get(lead / PAGE)?;
        let nth = lead % PAGE;
        let mine = match kept {
            Some(kept) if kept.serves(book, office.now) => kept,
            stale => stale.insert(Kept::new(self, book, office.now)),
        };
        let room = mine.room.take().unwrap_or_else(|| self.plan.room(book.words(), office.now));
        let nobody = book.dossier_of(usize::MAX);
        let mut walk = Walk::new(self, book, Desk::new(&nobody, office), mine);
        let records = &mut Behind::lead(book, lead);
        let (told, room) = self.plan.ask_one((page, nth), (book.words(), room), records, |answers| {
            walk.rules(|condition| answers.of(condition, 0))
        });
        let decision = if told { walk.decision(page, lead - nth, nth) } else { None };
        mine.room = Some(room);
        decision
    }
}

/// What was worked out about a book at one moment.
#[derive(Debug)]
pub(crate) struct Kept {
    now: Instant,
    /// How many words the book had.
    words: usize,
    over: Vec<Over>,
    /// What the policies say of leads that are alike; `None` when some of it could not be told.
    known: HashMap<Vec<u32>, Option<Rc<Policies>>, BuildHasherDefault<Fnv>>,
    /// Room for asking about one lead.
    room: Option<Room>,
}

impl Kept {
    fn new(lane: &Lane, book: &Book, now: Instant) -> Self {
        let words = book.words();
        Self { now, words: words.len(), over: lane.turns.over(words), known: HashMap::default(), room: None }
    }

    /// Whether it holds for the same book now. Words are only ever added, and what was found not to be one may be one since.
    fn serves(&self, book: &Book, now: Instant) -> bool {
        self.now == now && self.words == book.words().len()
    }
}

/// A walk over the leads of a book, with room that is used again for each.
struct Walk<'a, 'k> {
    lane: &'a Lane,
    book: &'a Book,
    desk: Desk<'a>,
    valid_until: Option<Instant>,
    group: Group<'static>,
    reading: Reading,
    kept: &'k mut Kept,
    key: Vec<u32>,
}

impl<'a, 'k> Walk<'a, 'k> {
    fn new(lane: &'a Lane, book: &'a Book, desk: Desk<'a>, kept: &'k mut Kept) -> Self {
        let valid_until = desk.valid_until();
        let (group, reading) = (Group::alone(ALONE), Reading::default());
        Self { lane, book, desk, valid_until, group, reading, kept, key: Vec::new() }
    }

    /// Takes down the rules that hold; false when the lead has to be asked by itself. `answer` tells whether a condition of the plan
    /// holds, by its place; `None` is a fault.
    fn rules(&mut self, answer: impl Fn(usize) -> Option<bool>) -> bool {
        self.reading.proposals.clear();
        for (condition, rule) in self.lane.rules.iter().enumerate() {
            match answer(condition) {
                None => return false,
                Some(false) => continue,
                Some(true) => {}
            }
            let proposer = rule.and_then(|rule| self.desk.statements.rules.get(rule));
            let Some(touches) = proposer.and_then(|proposer| proposer.touches.as_ref()) else { return false };
            // Who is named, and who in the team can do it, is asked of the whole record.
            let by_record = |to: &Option<Target>| matches!(to, Some(Target::Person(_)));
            let contact = |action: &Action| matches!(action, Action::Contact(_));
            if touches
                .iter()
                .any(|one| contact(&one.touch.action) && (by_record(&one.touch.to) || one.touch.skill.is_some()))
            {
                return false;
            }
            self.reading.proposals.push(Proposal { rule: *rule, person: None, touches: touches.clone() });
        }
        true
    }

    fn decision(&mut self, page: &Page, first: usize, nth: usize) -> Option<Decision> {
        let now = self.desk.now;
        let (lead, rests) = unpack(page.packed.get(nth), self.book.words());
        let range = page.log.range(nth);
        let at = page.log.at.get(range.clone())?;
        let seen = range.start..range.start + at.partition_point(|at| *at <= now.millis());
        if !rests.is_empty() || !is_plain(&lead) {
            return None;
        }
        let elsewhere = |nth: usize| page.log.person.get(nth) == Some(&u8::MAX);
        if seen.clone().any(elsewhere) {
            return None;
        }
        self.group.refill(&lead, seen.clone().filter_map(|nth| event(&page.log, nth)));
        let case = Case::new(&self.desk, &self.group, (0, &lead, &[&lead]), lead.stage);
        let mut review = Review::new(now);
        review.at_any(page.log.at.get(seen.end).filter(|_| seen.end < range.end).map(|at| Instant::from_millis(*at)));
        review.at_any(self.valid_until);
        review.at_any(self.kept.over.iter().filter_map(|over| over.next(&page.log, seen.clone(), now)));
        self.key.clear();
        for (place, member) in case.people.iter().enumerate() {
            for ask in &self.lane.asks {
                let code = self.code(*ask, &lead, (place, member), &mut review);
                self.key.push(code);
            }
        }
        self.reading.policies = self.policies(first + nth, &lead)?;
        self.reading.stage = lead.stage;
        let docket = Docket::new(&self.desk, &self.group, case, &self.reading, &mut review);
        let decision = docket.decided(&self.desk, &self.group, &mut review);
        Some(Decision { review_at: review.next(), ..decision })
    }

    /// What the policies say: of a lead that is alike in everything that they ask about, if there was one.
    fn policies(&mut self, lead: usize, record: &Lead) -> Option<Rc<Policies>> {
        // Without people only what is asked of the lead itself counts, and that has no place in the key.
        if !record.people.is_empty()
            && let Some(known) = self.kept.known.get(&self.key)
        {
            return known.clone();
        }
        let recorded = FactContext::new(&self.book.dossier_of(lead), 0, self.desk.now);
        let policies = read::policies(self.desk.packs, &self.desk.statements, &recorded).map(Rc::new);
        if !record.people.is_empty() {
            self.kept.known.insert(self.key.clone(), policies.clone());
        }
        policies
    }

    /// A number that is equal for people of whom the answer is equal.
    fn code(&self, ask: Ask, lead: &Lead, (place, member): (usize, &Member<'_>), review: &mut Review) -> u32 {
        let text = |text: Option<&String>| self.desk.known.number(text);
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
            Ask::Ground(channel) => ground(member.consents, channel, self.desk.now, review),
            Ask::LastOutcome(channel) => {
                let mut touches = self.group.events.iter().rev().filter(|event| {
                    event.touch
                        && event.human == Some(member.human)
                        && channel.is_none_or(|channel| event.channel == Some(channel))
                });
                touches.next().and_then(|touch| touch.outcome).map_or(0, |outcome| outcome as u32 + 1)
            }
            Ask::LeadStage => lead.stage.map_or(0, |stage| stage as u32 + 1),
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

/// A signal of a lead that stands for itself.
fn event(log: &Log, nth: usize) -> Option<Event> {
    let entry = log.entry(nth)?;
    fn word<T: Copy>(all: &[T], number: u8) -> Option<T> {
        all.get(usize::from(number).checked_sub(1)?).copied()
    }
    let how =
        (word(Channel::ALL, entry.channel), word(Direction::ALL, entry.direction), word(Outcome::ALL, entry.outcome));
    let human = entry.person.checked_sub(1).map(|nth| Human::member(u32::from(nth)));
    let kind = SignalKind::ALL.get(usize::from(entry.kind)).copied()?;
    Some(Event::new(Instant::from_millis(entry.at), kind, how, (0, human)))
}

/// Adds what a condition of a policy asks about; `None` when that is not among what is listed.
fn asked(clause: &Clause, asks: &mut Vec<Ask>) -> Option<()> {
    match &clause.body {
        Body::Compiled(node) => asked_by(node, asks),
        Body::Interpreted { .. } => None,
    }
}

fn asked_by(node: &Node, asks: &mut Vec<Ask>) -> Option<()> {
    use tree::Kind;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::{Overrides, PackSource};

    fn lane(packs: &[&str]) -> bool {
        let source = |text: &&str| PackSource { file: "pack.rhai".into(), text: (*text).to_owned() };
        let (rulebook, diagnostics) =
            Rulebook::new(&packs.iter().map(source).collect::<Vec<_>>(), &Overrides::default());
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        Lane::of(&rulebook, &Statements::of(rulebook.packs())).is_some()
    }

    #[test]
    fn the_laws_that_ship_are_asked_of_many_leads_at_once() {
        let laws = [
            include_str!("../../rules/contact-policy/be.rhai"),
            include_str!("../../rules/contact-policy/de.rhai"),
            include_str!("../../rules/contact-policy/fr.rhai"),
            include_str!("../../rules/contact-policy/nl.rhai"),
            include_str!("../../rules/contact-policy/uk.rhai"),
            include_str!("../../rules/contact-policy/us.rhai"),
        ];
        assert!(lane(&laws));
    }

    #[test]
    fn what_columns_cannot_follow_is_asked_lead_by_lead() {
        let rule = |when: &str| format!("pack \"One\" #{{}};\nrule \"r\" when {when} then phone;");
        let asked_at_once = |when: &str| lane(&[&rule(when)]);
        assert!(asked_at_once("lead.visits(7.days) >= 2 or lead.since(\"form\") > 1.day"));
        assert!(!asked_at_once("lead.score(7.days) > 1.0"));
        assert!(!asked_at_once("person.is_a(\"user\")"));
        assert!(!asked_at_once("lead.since(\"form\") > lead.since(\"visit\")"));
        assert!(!asked_at_once("lead.age < 2.days"));
    }
}
