//! From leads and rules to advice: facts, match, propose, permit, choose, place in time, explain.
//!
//! [`facts`], [`stage`] and [`matching`] ask the rules; `read` gathers what all of them say about a lead. From there on there are only
//! numbers: `propose` lists what could be done, `person` and `permit` say to whom and whether it may be, `place` when, `choose` what
//! comes first, and `answer` makes the decisions for the leads of one account at once. `review` keeps track of when they can change.
//! A [`Decision`] is all that a queue or a dashboard needs; `tell` puts it into words when somebody wants to read it.
//!
//! Architecture invariant: nothing here reads a clock or a random source. The same rulebook, book and `now` give the same bytes, for
//! one lead and for all of them.

pub mod advice;
mod alike;
mod answer;
mod best_time;
mod cadence;
mod case;
mod choose;
pub mod columnar;
mod desk;
pub mod evaluate;
pub mod facts;
mod group;
mod judge;
mod lane;
mod limits;
pub mod matching;
pub mod methods;
pub mod nearly;
pub mod operators;
mod permit;
mod person;
mod place;
mod propensity;
mod propose;
mod read;
mod reading;
mod review;
mod seller;
pub mod stage;
mod statements;
mod tell;
mod watch;
mod wording;
#[cfg(test)]
mod wording_tests;
mod words;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

pub use answer::Decision;
pub use watch::Watch;

use advice::{Advice, Explanation, RuleRef};
use answer::decide_group;
use desk::{AtMoment, Desk, Known, Office};
use facts::FactContext;
use lane::{Kept, Lane};
use nearly::nearly_in;
use read::{Which, read};
use reading::{Proposal, Reading};
use seller::Team;
use statements::{Shaped, Statements};
use tell::{Teller, no_such_lead};

use crate::book::{Book, Dossier};
use crate::calendar::Instant;
use crate::order;
use crate::rulebook::touch::Touch;
use crate::rulebook::{Pack, Rulebook};

/// The advice for every lead, in the order of the file.
pub fn decide(rulebook: &Rulebook, book: &Book, now: Instant) -> Vec<Advice> {
    let mut all = Vec::with_capacity(book.len());
    decide_each(rulebook, book, now, |advice| all.push(advice));
    all
}

/// The same, one by one: for showing progress, and for books whose advice does not fit in memory twice.
pub fn decide_each(rulebook: &Rulebook, book: &Book, now: Instant, mut each: impl FnMut(Advice)) {
    let decider = Decider::new(rulebook, book, now);
    // Leads of one account are decided together, at the first of them; the others wait here for their turn.
    let mut waiting: BTreeMap<usize, Advice> = BTreeMap::new();
    for index in 0..book.len() {
        if !waiting.contains_key(&index) {
            waiting.extend(decider.group_of(index));
        }
        if let Some(advice) = waiting.remove(&index) {
            each(advice);
        }
    }
}

/// The advice for one lead: byte for byte what [`decide`] says of it. A place outside the book gives an empty advice.
pub fn decide_lead(rulebook: &Rulebook, book: &Book, lead: usize, now: Instant) -> Advice {
    Decider::new(rulebook, book, now).lead(lead)
}

/// The long answer for one lead: the advice, the rules that hold, and those that nearly do. No side effects.
pub fn explain(rulebook: &Rulebook, book: &Book, lead: usize, now: Instant) -> Explanation {
    Decider::new(rulebook, book, now).explain(lead)
}

/// The day's queue: places in `advices` of what is to be done, by the start of its window (what has none can be done at once), then
/// the highest priority, then the lead's id. It orders what customers need, never the people who do it.
pub fn queue(advices: &[Advice]) -> Vec<usize> {
    let start = |advice: &Advice| {
        let window = advice.touch.as_ref().and_then(|touch| touch.window.as_ref());
        window.map_or(advice.now, |window| window.from)
    };
    let priority = |advice: &Advice| advice.priority.as_ref().map_or(0.0, |priority| priority.total);
    let mut queue: Vec<(usize, &Advice)> =
        advices.iter().enumerate().filter(|(_, advice)| advice.touch.is_some()).collect();
    order::by(&mut queue, |(_, one), (_, other)| {
        start(one)
            .cmp(&start(other))
            .then_with(|| priority(other).total_cmp(&priority(one)))
            .then_with(|| one.lead.cmp(&other.lead))
    });
    queue.into_iter().map(|(place, _)| place).collect()
}

/// The places of all advices: first the day's [`queue`], then the leads for which there is nothing to do, in the order given.
pub fn in_order(advices: &[Advice]) -> Vec<usize> {
    let mut places = queue(advices);
    let queued = order::set(places.iter().copied());
    places.extend((0..advices.len()).filter(|place| !queued.contains(place)));
    places
}

/// A rulebook and a book at one moment. What it works out about hours serves all leads; it never changes an answer.
#[derive(Debug)]
pub struct Decider<'a> {
    book: &'a Book,
    office: Office<'a>,
    lane: Option<(&'a Rulebook, Rc<OnceCell<Lane>>)>,
    kept: Rc<RefCell<Option<Kept>>>,
    proposing: Option<(&'a RuleRef, Rc<[Shaped]>)>,
}

/// What holds at every moment: the statements, the reps, and what was worked out about hours and places.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    statements: Rc<Statements>,
    team: Rc<Team>,
    known: Rc<Known>,
    /// What was worked out at the moment that was asked about last.
    moment: Rc<RefCell<Rc<AtMoment>>>,
    /// How many leads are asked at once; made when that is first done.
    lane: Rc<OnceCell<Lane>>,
    /// What the lane has worked out for one lead after another.
    kept: Rc<RefCell<Option<Kept>>>,
}

impl Shared {
    /// Nothing is worked out yet.
    pub(crate) fn of(packs: &[Pack], book: &Book) -> Self {
        Self {
            statements: Rc::new(Statements::of(packs)),
            team: Rc::new(Team::of(book.reps())),
            known: Rc::default(),
            moment: Rc::default(),
            lane: Rc::default(),
            kept: Rc::default(),
        }
    }
}

/// What the rules say about a lead, with the contexts in which they were asked.
struct Asked {
    reading: Reading,
    recorded: FactContext,
    cx: FactContext,
}

impl<'a> Decider<'a> {
    /// Nothing is decided yet.
    pub fn new(rulebook: &'a Rulebook, book: &'a Book, now: Instant) -> Self {
        Self::sharing(rulebook, book, &Shared::of(rulebook.packs(), book), now)
    }

    /// The same, for some packs.
    pub(crate) fn of_packs(packs: &'a [Pack], book: &'a Book, now: Instant) -> Self {
        let office = Office::new(packs, &Shared::of(packs, book), now);
        Self { book, office, lane: None, kept: Rc::default(), proposing: None }
    }

    /// The same, with what was worked out before for this rulebook and the reps of this book.
    pub(crate) fn sharing(rulebook: &'a Rulebook, book: &'a Book, shared: &Shared, now: Instant) -> Self {
        let lane = Some((rulebook, shared.lane.clone()));
        let office = Office::new(rulebook.packs(), shared, now);
        Self { book, office, lane, kept: shared.kept.clone(), proposing: None }
    }

    /// The decisions for all leads, by place in the book.
    pub fn all(&self) -> Vec<Decision> {
        let mut all = vec![None; self.book.len()];
        if let Some((rulebook, lane)) = &self.lane {
            let lane = lane.get_or_init(|| Lane::of(rulebook, &self.office.statements));
            lane.decide(self.book, &self.office, |lead, decision| {
                if let Some(one) = all.get_mut(lead) {
                    *one = Some(decision);
                }
            });
        }
        for lead in 0..all.len() {
            if all.get(lead).is_some_and(Option::is_none) {
                for (place, decision) in self.by_record(lead) {
                    if let Some(one) = all.get_mut(place) {
                        *one = Some(decision);
                    }
                }
            }
        }
        all.into_iter().map(|one| one.unwrap_or(Decision::NONE)).collect()
    }

    /// The same, with a rule more, which always holds and proposes this.
    pub(crate) fn proposing(self, by: &'a RuleRef, touches: &[Touch]) -> Self {
        let touches = self.office.statements.shaped(touches.to_vec());
        Self { proposing: Some((by, touches)), ..self }
    }

    /// The advice for the lead at this place.
    pub fn lead(&self, lead: usize) -> Advice {
        let found = self.group_of(lead).into_iter().find(|(index, _)| *index == lead);
        found.map_or_else(|| no_such_lead(self.office.now), |(_, advice)| advice)
    }

    /// The advice for the lead at this place, with every rule that holds or nearly does.
    pub fn explain(&self, lead: usize) -> Explanation {
        let place = self.book.siblings(lead).iter().position(|sibling| *sibling as usize == lead);
        let Asked { reading, cx, .. } = self.asked(&self.book.dossier_of(lead), place.unwrap_or(usize::MAX));
        let mut held: Vec<usize> = reading.proposals.iter().filter_map(|proposal| proposal.rule).collect();
        held.dedup();
        let by = |rule: usize| self.office.statements.rules.get(rule).map(|rule| rule.by.clone());
        Explanation {
            advice: self.lead(lead),
            held: held.into_iter().filter_map(by).collect(),
            nearly: nearly_in(self.office.packs, &cx),
        }
    }

    /// The decisions for all leads of the account of this one, by place in the book.
    pub fn decisions(&self, lead: usize) -> Vec<(usize, Decision)> {
        // A lane is worth making for many leads, and there to be used for one.
        if let Some(lane) = self.lane.as_ref().and_then(|(_, lane)| lane.get())
            && self.proposing.is_none()
            && let Some(decision) = lane.decide_one(self.book, &self.office, lead, &mut self.kept.borrow_mut())
        {
            return vec![(lead, decision)];
        }
        self.by_record(lead)
    }

    /// The same, each asked by itself.
    fn by_record(&self, lead: usize) -> Vec<(usize, Decision)> {
        let (siblings, dossier) = (self.book.siblings(lead), self.book.dossier_of(lead));
        let leads: Vec<usize> = (0..dossier.leads().len()).collect();
        let readings: Vec<Reading> = leads.iter().map(|lead| self.asked(&dossier, *lead).reading).collect();
        let mut decided = Vec::with_capacity(leads.len());
        let desk = Desk::new(&dossier, &self.office);
        let review_at = decide_group(&desk, &leads, &readings, |_, docket, _, decision| {
            decided.extend(siblings.get(docket.case.index).map(|lead| (*lead as usize, decision)));
        });
        order::by_key(&mut decided, |(index, _)| *index);
        decided.iter_mut().for_each(|(_, decision)| decision.review_at = review_at);
        decided
    }

    /// The advices for all leads of the account of this one.
    fn group_of(&self, lead: usize) -> Vec<(usize, Advice)> {
        let (siblings, dossier) = (self.book.siblings(lead), self.book.dossier_of(lead));
        let leads: Vec<usize> = (0..dossier.leads().len()).collect();
        let (mut readings, mut contexts) = (Vec::new(), Vec::new());
        for lead in &leads {
            let Asked { reading, recorded, cx } = self.asked(&dossier, *lead);
            readings.push(reading);
            contexts.push((recorded, cx));
        }
        let mut advices: Vec<(usize, Advice)> = Vec::with_capacity(leads.len());
        let desk = Desk::new(&dossier, &self.office);
        let review_at = decide_group(&desk, &leads, &readings, |group, docket, outcome, decision| {
            let index = docket.case.index;
            if let (Some(lead), Some((recorded, cx))) = (siblings.get(index), contexts.get(index)) {
                let example = self.proposing.as_ref().map(|(by, _)| *by);
                let teller = Teller::new(&desk, group, docket, (recorded, cx), example);
                advices.extend(teller.map(|teller| (*lead as usize, teller.advice(outcome, decision))));
            }
        });
        order::by_key(&mut advices, |(index, _)| *index);
        advices.iter_mut().for_each(|(_, advice)| advice.review_at = review_at);
        advices
    }

    fn asked(&self, dossier: &Dossier, lead: usize) -> Asked {
        let recorded = FactContext::new(dossier, lead, self.office.now);
        let (mut reading, cx) = read(self.office.packs, &self.office.statements, &recorded, Which::All);
        if let Some((_, touches)) = &self.proposing {
            reading.proposals.push(Proposal { rule: None, person: None, touches: touches.clone() });
        }
        Asked { reading, recorded, cx }
    }
}
