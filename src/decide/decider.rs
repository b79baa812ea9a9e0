//! Decides the leads of a book at one moment: for one lead with words, or for all as numbers.

use std::sync::{Arc, Mutex, OnceLock};

use crate::book::{AccountRecords, Book};
use crate::calendar::Instant;
use crate::decide::advice::{Advice, Explanation, RuleRef};
use crate::decide::batch::batch_decider::{BatchCache, BatchDecider};
use crate::decide::choose::decision::{Decision, decide_group};
use crate::decide::context::ask_rules::{StatementFilter, read};
use crate::decide::context::decision_context::{AccountContext, DecisionContext, SharedContext};
use crate::decide::context::rule_outcomes::{RuleOutcomes, RuleProposal};
use crate::decide::context::statements::ShapedTouch;
use crate::decide::explain::near_misses::nearly_in;
use crate::decide::explain::{AdviceWriter, no_such_lead};
use crate::evaluate::facts::FactContext;
use crate::language::Rulebook;
use crate::lock::lock;
use crate::order;
use crate::pack::Pack;
use crate::pack::touch::Touch;

/// A rulebook and a book at one moment. What it works out about hours serves all leads; it never changes an answer.
#[derive(Debug)]
pub struct Decider<'a> {
    book: &'a Book,
    office: DecisionContext<'a>,
    lane: Option<(&'a Rulebook, Arc<OnceLock<BatchDecider>>)>,
    kept: Arc<Mutex<Option<BatchCache>>>,
    proposing: Option<(&'a RuleRef, Arc<[ShapedTouch]>)>,
}

/// What holds at every moment: the statements, the reps, and what was worked out about hours and places.
#[derive(Clone, Debug)]
pub(crate) struct DeciderCache {
    context: SharedContext,
    /// How many leads are asked at once; made when that is first done.
    lane: Arc<OnceLock<BatchDecider>>,
    /// What the lane has worked out for one lead after another.
    kept: Arc<Mutex<Option<BatchCache>>>,
}

impl DeciderCache {
    /// Nothing is worked out yet.
    pub(crate) fn of(packs: &[Pack], book: &Book) -> Self {
        Self { context: SharedContext::new(packs, book.reps()), lane: Arc::default(), kept: Arc::default() }
    }
}

/// What the rules say about a lead, with the contexts in which they were asked.
struct LeadOutcomes {
    reading: RuleOutcomes,
    recorded: FactContext,
    cx: FactContext,
}

impl<'a> Decider<'a> {
    /// Nothing is decided yet.
    pub fn new(rulebook: &'a Rulebook, book: &'a Book, now: Instant) -> Self {
        Self::sharing(rulebook, book, &DeciderCache::of(rulebook.packs(), book), now)
    }

    /// The same, for some packs.
    pub(crate) fn of_packs(packs: &'a [Pack], book: &'a Book, now: Instant) -> Self {
        let office = DecisionContext::new(packs, &DeciderCache::of(packs, book).context, now);
        Self { book, office, lane: None, kept: Arc::default(), proposing: None }
    }

    /// The same, with what was worked out before for this rulebook and the reps of this book.
    pub(crate) fn sharing(rulebook: &'a Rulebook, book: &'a Book, shared: &DeciderCache, now: Instant) -> Self {
        let lane = Some((rulebook, shared.lane.clone()));
        let office = DecisionContext::new(rulebook.packs(), &shared.context, now);
        Self { book, office, lane, kept: shared.kept.clone(), proposing: None }
    }

    /// The decisions for all leads, by place in the book.
    pub fn all(&self) -> Vec<Decision> {
        let mut all = vec![None; self.book.len()];
        if let Some((rulebook, lane)) = &self.lane {
            let lane = lane.get_or_init(|| BatchDecider::of(rulebook, &self.office.statements));
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
        let LeadOutcomes { reading, cx, .. } = self.asked(&self.book.dossier_of(lead), place.unwrap_or(usize::MAX));
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
            && let Some(decision) = lane.decide_one(self.book, &self.office, lead, &mut lock(&self.kept))
        {
            return vec![(lead, decision)];
        }
        self.by_record(lead)
    }

    /// The same, each asked by itself.
    fn by_record(&self, lead: usize) -> Vec<(usize, Decision)> {
        let (siblings, dossier) = (self.book.siblings(lead), self.book.dossier_of(lead));
        let leads: Vec<usize> = (0..dossier.leads().len()).collect();
        let readings: Vec<RuleOutcomes> = leads.iter().map(|lead| self.asked(&dossier, *lead).reading).collect();
        let mut decided = Vec::with_capacity(leads.len());
        let desk = AccountContext::new(&dossier, &self.office);
        let review_at = decide_group(&desk, &leads, &readings, |_, docket, _, decision| {
            decided.extend(siblings.get(docket.case.index).map(|lead| (*lead as usize, decision)));
        });
        order::sort_by_key(&mut decided, |(index, _)| *index);
        decided.iter_mut().for_each(|(_, decision)| decision.review_at = review_at);
        decided
    }

    /// The advices for all leads of the account of this one.
    pub(crate) fn group_of(&self, lead: usize) -> Vec<(usize, Advice)> {
        let (siblings, dossier) = (self.book.siblings(lead), self.book.dossier_of(lead));
        let leads: Vec<usize> = (0..dossier.leads().len()).collect();
        let (mut readings, mut contexts) = (Vec::new(), Vec::new());
        for lead in &leads {
            let LeadOutcomes { reading, recorded, cx } = self.asked(&dossier, *lead);
            readings.push(reading);
            contexts.push((recorded, cx));
        }
        let mut advices: Vec<(usize, Advice)> = Vec::with_capacity(leads.len());
        let desk = AccountContext::new(&dossier, &self.office);
        let review_at = decide_group(&desk, &leads, &readings, |group, docket, outcome, decision| {
            let index = docket.case.index;
            if let (Some(lead), Some((recorded, cx))) = (siblings.get(index), contexts.get(index)) {
                let example = self.proposing.as_ref().map(|(by, _)| *by);
                let teller = AdviceWriter::new(&desk, group, docket, (recorded, cx), example);
                advices.extend(teller.map(|teller| (*lead as usize, teller.advice(outcome, decision))));
            }
        });
        order::sort_by_key(&mut advices, |(index, _)| *index);
        advices.iter_mut().for_each(|(_, advice)| advice.review_at = review_at);
        advices
    }

    fn asked(&self, dossier: &AccountRecords, lead: usize) -> LeadOutcomes {
        let recorded = FactContext::new(dossier, lead, self.office.now);
        let (mut reading, cx) = read(self.office.packs, &self.office.statements, &recorded, StatementFilter::All);
        if let Some((_, touches)) = &self.proposing {
            reading.proposals.push(RuleProposal { rule: None, person: None, touches: touches.clone() });
        }
        LeadOutcomes { reading, recorded, cx }
    }
}
