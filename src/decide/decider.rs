//! Decides the leads of a book at one moment: as a decision for one lead or all, or as an advice with its text.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use crate::book::columns::PAGE;
use crate::book::rep::Rep;
use crate::book::{Book, GroupRecords, Person};
use crate::calendar::{Instant, Zone};
use crate::decide::advice::{Advice, Explanation, RuleRef};
use crate::decide::batch::batch_decider::{BatchCache, BatchDecider};
use crate::decide::choose::decision::{Decision, decide_group};
use crate::decide::context::decision_context::{DecisionContext, GroupContext, SharedContext};
use crate::decide::context::evaluate_rules::{date_reasons, evaluate_rules};
use crate::decide::context::rule_outcomes::{PolicyOutcomes, RuleOutcomes, RuleProposal};
use crate::decide::context::run_totals::{Budget, OverBudget, RunTotals};
use crate::decide::context::statement_set::StatementFilter;
use crate::decide::context::statements::{PolicyKind, ShapedTouch};
use crate::decide::explain::near_misses::nearly_in;
use crate::decide::explain::switched_off::switched_off_in;
use crate::decide::explain::{AdviceWriter, ExplainOptions, no_such_lead};
#[cfg(feature = "editing")]
use crate::decide::{advice::NearMiss, explain::near_misses::conditions_of};
use crate::diagnostics::Diagnostic;
use crate::evaluate::facts::FactContext;
use crate::language::Rulebook;
use crate::lock::lock;
use crate::order;
use crate::pack::Pack;
#[cfg(feature = "editing")]
use crate::pack::touch::Touch;
use crate::wording::Language;

/// A rulebook and a book at one moment. Results that leads share are cached; the cache never changes a decision.
#[derive(Debug)]
pub struct Decider<'a> {
    book: &'a Book,
    context: DecisionContext<'a>,
    /// The rulebook with its batch decider, built on first use; `None` for a decider of some packs.
    batch: Option<(&'a Rulebook, Arc<OnceLock<BatchDecider>>)>,
    batch_cache: Arc<Mutex<Option<BatchCache>>>,
    /// A proposal for every lead besides those of the rules, and the statement that it is attributed to.
    extra_proposal: Option<(&'a RuleRef, Arc<[ShapedTouch]>)>,
    /// A policy that is left out: its kind and number.
    left_out: Option<(PolicyKind, usize)>,
    /// The language of advices and explanations.
    language: Language,
    /// On how many threads all leads are decided.
    threads: usize,
}

/// What deciders of the same rulebook and reps share, also at different moments. Cheap to clone: clones share their caches.
#[derive(Clone, Debug)]
pub(crate) struct DeciderCache {
    context: SharedContext,
    batch: Arc<OnceLock<BatchDecider>>,
    batch_cache: Arc<Mutex<Option<BatchCache>>>,
}

impl DeciderCache {
    /// An empty cache for some packs and the reps of a book.
    pub(crate) fn new(packs: &[Pack], book: &Book) -> Self {
        Self { context: SharedContext::new(packs, book.reps()), batch: Arc::default(), batch_cache: Arc::default() }
    }
}

/// The rule outcomes for a lead, with the facts on which they were evaluated.
struct LeadOutcomes {
    outcomes: RuleOutcomes,
    /// The facts in the recorded stage.
    recorded: FactContext,
    /// The facts in the stage that the `enter` statements set.
    cx: FactContext,
}

impl<'a> Decider<'a> {
    /// A decider for a rulebook and a book.
    pub fn new(rulebook: &'a Rulebook, book: &'a Book, now: Instant) -> Self {
        Self::with_cache(rulebook, book, &DeciderCache::new(rulebook.packs(), book), now)
    }

    /// A decider for some packs, which evaluates every lead on its record.
    #[cfg(feature = "editing")]
    pub(crate) fn for_packs(packs: &'a [Pack], book: &'a Book, now: Instant) -> Self {
        let context = DecisionContext::new(packs, &DeciderCache::new(packs, book).context, now);
        Self {
            book,
            context,
            batch: None,
            batch_cache: Arc::default(),
            extra_proposal: None,
            left_out: None,
            language: Language::default(),
            threads: 1,
        }
    }

    /// A decider that uses a cache. The cache must have been made for this rulebook and for the reps of this book.
    pub(crate) fn with_cache(rulebook: &'a Rulebook, book: &'a Book, cache: &DeciderCache, now: Instant) -> Self {
        let batch = Some((rulebook, cache.batch.clone()));
        let context = DecisionContext::new(rulebook.packs(), &cache.context, now);
        Self {
            book,
            context,
            batch,
            batch_cache: cache.batch_cache.clone(),
            extra_proposal: None,
            left_out: None,
            language: Language::default(),
            threads: 1,
        }
    }

    /// Sets the language of advices and explanations, which is English otherwise. Decisions are the same in every language.
    #[must_use]
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// Adds a rule that always holds and proposes these touches, attributed to `by`.
    #[cfg(feature = "editing")]
    pub(crate) fn with_proposal(self, by: &'a RuleRef, touches: &[Touch]) -> Self {
        let touches = self.context.statements.shape_touches(touches.to_vec());
        Self { extra_proposal: Some((by, touches)), ..self }
    }

    /// Sets how many operations deciding may take in all; see [`all_within`](Self::all_within).
    #[must_use]
    pub fn within(mut self, budget: Budget) -> Self {
        self.context.totals = RunTotals::new(self.context.packs, budget);
        self
    }

    /// The decisions for all leads, by index in the book.
    ///
    /// # Errors
    /// When they take more operations than the [budget](Self::within), or the run was cancelled: then there is no answer for any lead.
    pub fn all_within(&self) -> Result<Vec<Decision>, OverBudget> {
        let all = self.all();
        self.context.totals.check().map(|()| all)
    }

    /// Whether what was decided so far is within the [budget](Self::within).
    ///
    /// # Errors
    /// As [`all_within`](Self::all_within).
    pub(crate) fn check_budget(&self) -> Result<(), OverBudget> {
        self.context.totals.check()
    }

    /// The explanation of the lead with this index, as [`explain`](Self::explain) gives it.
    ///
    /// # Errors
    /// As [`all_within`](Self::all_within), when deciding the leads of its contact group takes more than the budget.
    pub fn explain_within(&self, lead: usize) -> Result<Explanation, OverBudget> {
        self.afford(lead)?;
        Ok(self.explain(lead))
    }

    /// The advice for the lead with this index, as [`lead`](Self::lead) gives it.
    ///
    /// # Errors
    /// As [`explain_within`](Self::explain_within).
    pub fn lead_within(&self, lead: usize) -> Result<Advice, OverBudget> {
        self.afford(lead)?;
        Ok(self.lead(lead))
    }

    /// Decides a lead to see whether that is within the budget; nothing where the budget has no limit.
    fn afford(&self, lead: usize) -> Result<(), OverBudget> {
        if self.context.totals.is_limited() {
            self.decisions_within([lead])?;
        }
        Ok(())
    }

    /// The decisions for these leads, by index in the book, each with its index.
    ///
    /// # Errors
    /// As [`all_within`](Self::all_within).
    pub fn decisions_within(
        &self,
        leads: impl IntoIterator<Item = usize>,
    ) -> Result<Vec<(usize, Decision)>, OverBudget> {
        let mut decided = Vec::new();
        for lead in leads {
            decided.extend(self.decision(lead).map(|decision| (lead, decision)));
            self.context.totals.check()?;
        }
        Ok(decided)
    }

    /// A warning for each statement that took more operations than it may, with the number of leads, among those decided so far.
    pub fn over_limit(&self) -> Vec<Diagnostic> {
        self.context.totals.over_limit()
    }

    /// Sets on how many threads all leads are decided; one otherwise. Decisions are the same on any number.
    #[cfg(feature = "command")]
    #[must_use]
    pub fn on_threads(self, threads: std::num::NonZero<usize>) -> Self {
        Self { threads: threads.get(), ..self }
    }

    /// The decisions for all leads, by index in the book. A run that is over its [budget](Self::within) decides no more leads.
    pub fn all(&self) -> Vec<Decision> {
        let mut all = vec![None; self.book.len()];
        // Each thread decides the leads of pages that are next to each other.
        let pages = self.book.pages().len().div_ceil(self.threads).max(1);
        let parts = all.chunks_mut(pages * PAGE).enumerate();
        let parts = parts.map(|(number, part)| (number * pages, part)).collect();
        for (index, decision) in self.decide_parts(parts).into_iter().flatten() {
            if let Some(one) = all.get_mut(index) {
                *one = Some(decision);
            }
        }
        all.into_iter().map(|one| one.unwrap_or(Decision::NONE)).collect()
    }

    /// Decides parts of the leads, each on a thread of its own where there are several; see [`decide_part`](Self::decide_part).
    #[cfg(feature = "command")]
    fn decide_parts(&self, parts: Vec<(usize, &mut [Option<Decision>])>) -> Vec<Vec<(usize, Decision)>> {
        if parts.len() <= 1 {
            return parts.into_iter().map(|(page, part)| self.decide_part(page, part)).collect();
        }
        std::thread::scope(|scope| {
            let parts = parts.into_iter().map(|(page, part)| scope.spawn(move || self.decide_part(page, part)));
            let threads: Vec<_> = parts.collect();
            let decided = threads.into_iter().map(|thread| match thread.join() {
                Ok(decided) => decided,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            decided.collect()
        })
    }

    #[cfg(not(feature = "command"))]
    fn decide_parts(&self, parts: Vec<(usize, &mut [Option<Decision>])>) -> Vec<Vec<(usize, Decision)>> {
        parts.into_iter().map(|(page, part)| self.decide_part(page, part)).collect()
    }

    /// Decides the leads of a part of the book, which begins with a page. Returns the decisions for contact groups of several leads whose first
    /// lead is in this part, because the others may be in another.
    fn decide_part(&self, page: usize, part: &mut [Option<Decision>]) -> Vec<(usize, Decision)> {
        let first = page * PAGE;
        if let Some((rulebook, batch)) = &self.batch {
            let (statements, conditions) = (&self.context.statements, &self.context.conditions);
            let batch = batch.get_or_init(|| BatchDecider::new(rulebook, statements, conditions));
            let pages = page..page + part.len().div_ceil(PAGE);
            batch.decide((self.book, pages), &self.context, |lead, decision| {
                if let Some(one) = part.get_mut(lead - first) {
                    *one = Some(decision);
                }
            });
        }
        let mut of_groups = Vec::new();
        for (lead, _) in (first..).zip(part.iter()).filter(|(_, decision)| decision.is_none()) {
            if self.context.totals.check().is_err() {
                break;
            }
            // The leads of a group are decided together.
            if self.book.siblings(lead).first().is_some_and(|first| *first as usize == lead) {
                of_groups.extend(self.decide_by_record(lead));
            }
        }
        of_groups
    }

    /// The advice for the lead with this index in the book. For an index outside the book: an advice to wait, with that as its reason.
    pub fn lead(&self, lead: usize) -> Advice {
        let found = self.account_advices(lead).into_iter().find(|(index, _)| *index == lead);
        found.map_or_else(|| no_such_lead(self.context.now, self.language), |(_, advice)| advice)
    }

    /// Calls `each` with the advice for each of the leads with these indexes in the book, in this order. An index outside the book has none.
    pub fn advices(&self, leads: &[usize], mut each: impl FnMut(Advice)) {
        // The leads of a contact group are decided together, when the first of them is reached. The advices for the others wait here.
        let wanted = order::collect_set(leads.iter().copied());
        let mut pending: BTreeMap<usize, Advice> = BTreeMap::new();
        for lead in leads {
            if !pending.contains_key(lead) {
                pending.extend(self.account_advices(*lead).into_iter().filter(|(index, _)| wanted.contains(index)));
            }
            if let Some(advice) = pending.remove(lead) {
                each(advice);
            }
        }
    }

    /// The time zone of the person of a decision for the lead with this index; `None` without a person or when their zone is not known.
    pub fn zone_of(&self, lead: usize, decision: &Decision) -> Option<Zone> {
        let person = usize::try_from(decision.person?).ok()?;
        let record = self.book.lead(lead)?;
        self.context.places.locate(&record, record.people.get(person)?).location.clock()
    }

    /// The rule or cadence of a decision; `None` where none speaks, as for a planned touch.
    pub fn rule_of(&self, decision: &Decision) -> Option<&RuleRef> {
        let number = usize::try_from(decision.rule?).ok()?;
        let statements = &self.context.statements;
        statements.rules.iter().chain(&statements.cadences).nth(number).map(|statement| &statement.by)
    }

    /// The person of a decision for the lead with this index; `None` where it has none.
    pub fn person_of(&self, lead: usize, decision: &Decision) -> Option<Person> {
        let place = self.book.place_of_person(lead, decision.person?);
        self.book.people(lead).into_iter().nth(usize::try_from(place).ok()?)
    }

    /// The rep of a decision; `None` where it has none.
    pub fn rep_of(&self, decision: &Decision) -> Option<&'a Rep> {
        self.book.reps().get(usize::try_from(decision.rep?).ok()?)
    }

    /// The advice for the lead with this index in the book, with the rules that hold and those that nearly hold.
    pub fn explain(&self, lead: usize) -> Explanation {
        let index = self.book.siblings(lead).iter().position(|sibling| *sibling as usize == lead);
        let records = self.book.group_records(lead);
        let LeadOutcomes { outcomes, cx, .. } = self.evaluate(&records, index.unwrap_or(usize::MAX));
        let mut held: Vec<usize> = outcomes.proposals.iter().filter_map(|proposal| proposal.rule).collect();
        held.dedup();
        let rule_ref = |rule: usize| self.context.statements.rules.get(rule).map(|rule| rule.by.clone());
        Explanation {
            advice: self.lead(lead),
            held: held.into_iter().filter_map(rule_ref).collect(),
            nearly: nearly_in(self.context.packs, &cx, self.language),
            switched_off: switched_off_in(self.context.packs, &cx, self.language),
        }
    }

    /// The decision for the lead with this index in the book; `None` for an index outside the book.
    pub fn decision(&self, lead: usize) -> Option<Decision> {
        self.decisions(lead).into_iter().find(|(index, _)| *index == lead).map(|(_, decision)| decision)
    }

    /// The decisions for the leads of one contact group: that of the lead with this index in the book. Each comes with its index.
    pub fn decisions(&self, lead: usize) -> Vec<(usize, Decision)> {
        // A batch decider costs time to build. It is used for a single lead only when deciding all leads has built it.
        if let Some(batch) = self.batch.as_ref().and_then(|(_, batch)| batch.get())
            && self.extra_proposal.is_none()
            && let Some(decision) = batch.decide_one(self.book, &self.context, lead, &mut lock(&self.batch_cache))
        {
            return vec![(lead, decision)];
        }
        self.decide_by_record(lead)
    }

    /// The decisions for the leads of a contact group, each evaluated on its record.
    fn decide_by_record(&self, lead: usize) -> Vec<(usize, Decision)> {
        let (siblings, records) = (self.book.siblings(lead), self.book.group_records(lead));
        let leads: Vec<usize> = (0..records.leads().len()).collect();
        let all_outcomes: Vec<RuleOutcomes> =
            leads.iter().map(|lead| self.evaluate(&records, *lead).outcomes).collect();
        all_outcomes.iter().for_each(|outcomes| self.context.totals.add_lead(outcomes));
        let mut decisions = Vec::with_capacity(leads.len());
        let group = GroupContext::new(&records, &self.context);
        let review_at = decide_group(&group, &leads, &all_outcomes, |_, evaluation, _, decision| {
            decisions.extend(siblings.get(evaluation.profile.index).map(|lead| (*lead as usize, decision)));
        });
        order::sort_by_key(&mut decisions, |(index, _)| *index);
        decisions.iter_mut().for_each(|(_, decision)| decision.review_at = review_at);
        decisions
    }

    /// The advices for the leads of one contact group: that of the lead with this index in the book. Each comes with its index.
    pub(crate) fn account_advices(&self, lead: usize) -> Vec<(usize, Advice)> {
        let (siblings, records) = (self.book.siblings(lead), self.book.group_records(lead));
        let leads: Vec<usize> = (0..records.leads().len()).collect();
        let (mut all_outcomes, mut fact_contexts) = (Vec::new(), Vec::new());
        for lead in &leads {
            let LeadOutcomes { outcomes, recorded, cx } = self.evaluate(&records, *lead);
            all_outcomes.push(outcomes);
            fact_contexts.push((recorded, cx));
        }
        let mut advices: Vec<(usize, Advice, Option<Zone>)> = Vec::with_capacity(leads.len());
        let group = GroupContext::new(&records, &self.context);
        let review_at = decide_group(&group, &leads, &all_outcomes, |events, evaluation, candidates, decision| {
            let index = evaluation.profile.index;
            if let (Some(lead), Some((recorded, cx))) = (siblings.get(index), fact_contexts.get(index)) {
                let example = self.extra_proposal.as_ref().map(|(by, _)| *by);
                let options = ExplainOptions { language: self.language, example };
                let writer = AdviceWriter::new(&group, events, evaluation, (recorded, cx), options);
                advices.extend(writer.map(|writer| {
                    let advice = writer.advice(candidates, decision);
                    let zone = writer.review_zone(&advice);
                    (*lead as usize, advice, zone)
                }));
            }
        });
        order::sort_by_key(&mut advices, |(index, ..)| *index);
        let reviewed = advices.into_iter().map(|(index, mut advice, zone)| {
            advice.set_review(review_at, zone);
            (index, advice)
        });
        reviewed.collect()
    }

    /// Evaluates all statements for the lead with this index in the records.
    fn evaluate(&self, records: &GroupRecords, lead: usize) -> LeadOutcomes {
        let recorded = FactContext::new(records, lead, self.context.now).with_calendar(&self.context.places.calendar);
        let (mut outcomes, cx) =
            evaluate_rules(&self.context, &recorded, (StatementFilter::All, &self.context.conditions.all_changes));
        if let Some((_, touches)) = &self.extra_proposal {
            let touches = touches.clone();
            outcomes.proposals.push(RuleProposal { rule: None, person: None, touches, since: None, reason: None });
        }
        if let Some((kind, number)) = self.left_out {
            let mut policies = PolicyOutcomes::clone(&outcomes.policies);
            policies.leave_out(kind, number);
            outcomes.policies = Arc::new(policies);
        }
        date_reasons(self.context.packs, &self.context.statements, &recorded, &mut outcomes);
        LeadOutcomes { outcomes, recorded, cx }
    }
}

/// What authors of rules ask of a lead besides its advice.
#[cfg(feature = "editing")]
impl Decider<'_> {
    /// The facts of the lead with this index: those on which `enter` statements are evaluated, and those on which all others are, in the stage that
    /// the first set.
    pub(crate) fn fact_contexts(&self, lead: usize) -> [FactContext; 2] {
        let index = self.book.siblings(lead).iter().position(|sibling| *sibling as usize == lead);
        let records = self.book.group_records(lead);
        let LeadOutcomes { recorded, cx, .. } = self.evaluate(&records, index.unwrap_or(usize::MAX));
        [recorded.quietly(), cx.quietly()]
    }

    /// The conditions of the rules with these names, as far as they can be evaluated for the lead with this index: of each rule for the person for
    /// whom most of them hold.
    pub(crate) fn conditions_of(&self, rules: &[&str], lead: usize) -> Vec<NearMiss> {
        let [_, cx] = self.fact_contexts(lead);
        conditions_of(self.context.packs, rules, &cx, self.language)
    }

    /// The policies of the packs and their `enter` statements, by name and place.
    pub(crate) fn policy_refs(&self) -> impl Iterator<Item = &RuleRef> {
        self.context.statements.policies().map(|(_, _, by)| by)
    }

    /// The advice for the lead with this index, as it would be without a policy of the packs.
    pub(crate) fn lead_without(&mut self, policy: &RuleRef, lead: usize) -> Advice {
        let left_out = self.context.statements.policies().find(|(_, _, by)| *by == policy);
        self.left_out = left_out.map(|(kind, number, _)| (kind, number));
        let advice = self.lead(lead);
        self.left_out = None;
        advice
    }
}
