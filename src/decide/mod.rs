//! From leads and rules to advice: facts, match, propose, permit, choose, place in time, explain.
//!
//! [`facts`], [`stage`] and [`matching`] ask the rules; `read` gathers what all of them say about a lead. From there on there are only data:
//! `propose` lists what could be done, `person` and `permit` say to whom and whether it may be, `place` when, `choose` what
//! comes first, and `answer` puts the advice together for the leads of one account at once. `review` keeps track of when it can change.
//!
//! Architecture invariant: nothing here reads a clock or a random source. The same rulebook, book and `now` give the same bytes, for
//! one lead and for all of them.

pub mod advice;
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
mod wording;
#[cfg(test)]
mod wording_tests;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use advice::{Advice, Explanation, RuleRef};
use answer::decide_group;
use desk::{Desk, Memory};
use facts::FactContext;
use matching::{held_in, rule_ref};
use nearly::nearly_in;
use read::{Refs, read};
use reading::{Proposal, Reading};
use stage::stage_in;

use crate::book::Book;
use crate::calendar::Instant;
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
    queue.sort_by(|(_, one), (_, other)| {
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
    let queued: BTreeSet<usize> = places.iter().copied().collect();
    places.extend((0..advices.len()).filter(|place| !queued.contains(place)));
    places
}

/// A rulebook and a book at one moment. What it works out about hours serves all leads; it never changes an answer.
#[derive(Debug)]
pub struct Decider<'a> {
    packs: &'a [Pack],
    refs: Refs,
    book: &'a Book,
    now: Instant,
    memory: Memory,
    proposing: Option<(&'a RuleRef, &'a [Touch])>,
}

impl<'a> Decider<'a> {
    /// Nothing is decided yet.
    pub fn new(rulebook: &'a Rulebook, book: &'a Book, now: Instant) -> Self {
        Self::of_packs(rulebook.packs(), book, now)
    }

    /// The same, for some packs.
    pub(crate) fn of_packs(packs: &'a [Pack], book: &'a Book, now: Instant) -> Self {
        Self { packs, refs: Refs::of(packs), book, now, memory: Memory::new(), proposing: None }
    }

    /// The same, with a rule more, which always holds and proposes this.
    pub(crate) fn proposing(self, by: &'a RuleRef, touches: &'a [Touch]) -> Self {
        Self { proposing: Some((by, touches)), ..self }
    }

    /// The advice for the lead at this place.
    pub fn lead(&self, lead: usize) -> Advice {
        let found = self.group_of(lead).into_iter().find(|(index, _)| *index == lead);
        found.map_or_else(|| answer::no_such_lead(self.now), |(_, advice)| advice)
    }

    /// The advice for the lead at this place, with every rule that holds or nearly does.
    pub fn explain(&self, lead: usize) -> Explanation {
        let advice = self.lead(lead);
        let dossier = self.book.dossier_of(lead);
        let place = self.book.siblings(lead).iter().position(|sibling| *sibling as usize == lead);
        let recorded = FactContext::new(&dossier, place.unwrap_or(usize::MAX), self.now);
        let (_, cx, _) = stage_in(self.packs, &recorded);
        let mut held: Vec<RuleRef> = Vec::new();
        for one in held_in(self.packs, &cx).0 {
            let rule = self
                .packs
                .get(one.pack)
                .and_then(|pack| Some(rule_ref(pack, &pack.rules.get(one.rule)?.name, pack.rules.get(one.rule)?.span)));
            held.extend(rule.filter(|rule| held.last() != Some(rule)));
        }
        Explanation { advice, held, nearly: nearly_in(self.packs, &cx) }
    }

    /// The advices for all leads of the account of this one.
    fn group_of(&self, lead: usize) -> Vec<(usize, Advice)> {
        let dossier = self.book.dossier_of(lead);
        let desk = Desk::new(&dossier, self.now, &self.memory);
        let places: Vec<usize> = (0..dossier.leads().len()).collect();
        let readings: Vec<Reading<'_>> = places.iter().map(|place| self.reading(&desk, *place)).collect();
        let siblings = self.book.siblings(lead);
        let decided = decide_group(&desk, &places, &readings).into_iter();
        decided.filter_map(|(place, advice)| Some((*siblings.get(place)? as usize, advice))).collect()
    }

    fn reading(&self, desk: &Desk<'_>, lead: usize) -> Reading<'_> {
        let mut reading = read(self.packs, &self.refs, desk.book, lead, self.now);
        if let Some((rule, touches)) = self.proposing {
            let last = (self.packs.len(), 0, 0);
            reading.proposals.push(Proposal {
                rule,
                order: last,
                person: None,
                touches: touches.to_vec(),
                reason: None,
                reads_stage: true,
            });
        }
        reading
    }
}
