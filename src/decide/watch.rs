//! Keeps the decisions for a book up to date: when time passes, only the leads whose review is due are decided again; when a lead changes, only
//! the leads of its contact group.
//!
//! This is correct because a decision does not change before its `review_at` without a new signal. One moment is excepted, as in `review_at`
//! itself: a window that started "now" keeps the start it had when the lead was decided.
//!
//! A call may be given a [`Budget`]. One that needs more decides nothing; what it was asked to decide is decided by the next call.
//!
//! Left out: text. An advice is rendered from the book on request ([`crate::decide::Decider`]).
//!
//! Invariant: except for that moment, and after a call that was over its budget, every decision equals the one that deciding all leads anew at
//! [`Watch::now`] gives.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use crate::book::{Book, Feedback, GroupTooLarge, Lead, Signal};
use crate::calendar::Instant;
use crate::decide::decider::DeciderCache;
use crate::decide::{Budget, Decider, Decision, OverBudget};
use crate::language::Rulebook;
use crate::wording::{Language, Sentence};

/// The decisions for all leads of a book, at a moment that advances.
///
/// It does not own the book: pass the same one to every call, and change its leads only through [`put`](Self::put), [`log`](Self::log)
/// and [`feedback`](Self::feedback).
#[derive(Debug)]
pub struct Watch {
    rulebook: Rulebook,
    cache: DeciderCache,
    now: Instant,
    decisions: Vec<Decision>,
    /// The reviews, the earliest first. An entry that is not the `review_at` of its lead any more is outdated and ignored.
    due: BinaryHeap<Reverse<(Instant, u32)>>,
    /// The leads that changed and could not be decided again within the budget of that call.
    undecided: BTreeSet<u32>,
}

/// A watch was asked to go back in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TickBack {
    /// The moment that the watch is at.
    pub now: Instant,
    /// The earlier moment that it was asked for.
    pub asked: Instant,
}

/// Why a watch did not advance.
#[derive(Clone, Debug)]
pub enum TickError {
    /// It was asked to go back in time.
    Back(TickBack),
    /// Deciding takes more operations than its budget, or was cancelled.
    OverBudget(OverBudget),
}

impl TickBack {
    /// What is wrong, as a sentence.
    pub fn sentence(&self) -> Sentence {
        Sentence::new("tick-back").with("now", self.now.to_string()).with("asked", self.asked.to_string())
    }
}

impl std::fmt::Display for TickBack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence().render(Language::English))
    }
}

impl std::error::Error for TickBack {}

impl Watch {
    /// Decides every lead of a book.
    pub fn new(rulebook: Rulebook, book: &Book, now: Instant) -> Self {
        let mut watch = Self::empty(rulebook, book, now);
        let decisions = watch.decider(book).all();
        watch.set_all(decisions);
        watch
    }

    /// Decides every lead of a book within a budget.
    ///
    /// # Errors
    /// When they take more operations than that, or the run was cancelled.
    pub fn within(rulebook: Rulebook, book: &Book, now: Instant, budget: Budget) -> Result<Self, OverBudget> {
        let mut watch = Self::empty(rulebook, book, now);
        let decisions = watch.decider(book).within(budget).all_within()?;
        watch.set_all(decisions);
        Ok(watch)
    }

    fn empty(rulebook: Rulebook, book: &Book, now: Instant) -> Self {
        let cache = DeciderCache::new(rulebook.packs(), book);
        Self { rulebook, cache, now, decisions: Vec::new(), due: BinaryHeap::new(), undecided: BTreeSet::new() }
    }

    /// The moment for which the decisions hold.
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// The decisions, by index of the lead in the book.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// When the next review is due; `None` when only signals can change a decision.
    pub fn next(&self) -> Option<Instant> {
        self.decisions.iter().filter_map(|decision| decision.review_at).min()
    }

    /// A decider for the same moment, which renders the advice for a lead.
    pub fn decider<'a>(&'a self, book: &'a Book) -> Decider<'a> {
        Decider::with_cache(&self.rulebook, book, &self.cache, self.now)
    }

    /// Advances to a later moment and decides again the leads that are due. Returns the indexes of the leads that were decided again, in order.
    ///
    /// # Errors
    /// When the moment is before [`now`](Self::now): what was logged since has happened. Nothing is changed then.
    pub fn tick(&mut self, book: &Book, now: Instant) -> Result<Vec<u32>, TickBack> {
        match self.tick_within(book, now, Budget::default()) {
            Ok(decided) => Ok(decided),
            Err(TickError::Back(back)) => Err(back),
            // The default budget has no limit.
            Err(TickError::OverBudget(_)) => Ok(Vec::new()),
        }
    }

    /// Advances to a moment as [`tick`](Self::tick) does, within a budget.
    ///
    /// # Errors
    /// When the moment is before [`now`](Self::now), and when deciding takes more operations than the budget, or the run was cancelled. The
    /// watch stays at the moment at which it was.
    pub fn tick_within(&mut self, book: &Book, now: Instant, budget: Budget) -> Result<Vec<u32>, TickError> {
        if now < self.now {
            return Err(TickError::Back(TickBack { now: self.now, asked: now }));
        }
        if self.decisions.len() != book.len() {
            let decisions = Decider::with_cache(&self.rulebook, book, &self.cache, now).within(budget).all_within();
            self.set_all(decisions.map_err(TickError::OverBudget)?);
            self.now = now;
            return Ok((0..self.decisions.len()).filter_map(|lead| u32::try_from(lead).ok()).collect());
        }
        let mut due = Vec::new();
        while let Some(Reverse(review)) = self.due.peek().copied().filter(|Reverse((at, _))| *at <= now) {
            self.due.pop();
            if self.decision(review.1).is_some_and(|decision| decision.review_at == Some(review.0)) {
                due.push(review);
            }
        }
        let decided = self.decide(book, now, due.iter().map(|(_, lead)| *lead).collect(), budget);
        match &decided {
            Ok(_) => self.now = now,
            Err(_) => self.due.extend(due.into_iter().map(Reverse)),
        }
        decided.map_err(TickError::OverBudget)
    }

    /// Adds a signal to the lead with this index and decides the leads of its contact group again. Returns their indexes, in order; empty when there is no
    /// such lead. A signal dated after [`now`](Self::now) has effect when its time comes.
    pub fn log(&mut self, book: &mut Book, lead: usize, signal: &Signal) -> Vec<u32> {
        self.log_within(book, lead, signal, Budget::default()).unwrap_or_default()
    }

    /// Adds a signal as [`log`](Self::log) does, and decides within a budget.
    ///
    /// # Errors
    /// When deciding takes more operations than that, or the run was cancelled. The signal is added; the next call decides the leads again.
    pub fn log_within(
        &mut self,
        book: &mut Book,
        lead: usize,
        signal: &Signal,
        budget: Budget,
    ) -> Result<Vec<u32>, OverBudget> {
        if !book.log(lead, signal) {
            return Ok(Vec::new());
        }
        self.decide_changed(book, book.siblings(lead).iter().copied().collect(), budget)
    }

    /// Adds feedback on the advice for the lead with this index, and decides the leads of its contact group again. Returns their indexes, in order;
    /// empty when there is no such lead. Feedback dated after [`now`](Self::now) has effect when its time comes.
    pub fn feedback(&mut self, book: &mut Book, lead: usize, feedback: &Feedback) -> Vec<u32> {
        self.feedback_within(book, lead, feedback, Budget::default()).unwrap_or_default()
    }

    /// Adds feedback as [`feedback`](Self::feedback) does, and decides within a budget.
    ///
    /// # Errors
    /// When deciding takes more operations than that, or the run was cancelled. The feedback is added; the next call decides the leads again.
    pub fn feedback_within(
        &mut self,
        book: &mut Book,
        lead: usize,
        feedback: &Feedback,
        budget: Budget,
    ) -> Result<Vec<u32>, OverBudget> {
        if !book.add_feedback(lead, feedback) {
            return Ok(Vec::new());
        }
        self.decide_changed(book, book.siblings(lead).iter().copied().collect(), budget)
    }

    /// Adds a lead, or replaces the one with its id, and decides again the leads of its contact group and of the one that it was in before.
    /// Returns their indexes, in order.
    ///
    /// # Errors
    /// When the people of the lead would link too many leads. Nothing is changed then.
    pub fn put(&mut self, book: &mut Book, lead: &Lead) -> Result<Vec<u32>, GroupTooLarge> {
        Ok(self.put_within(book, lead, Budget::default())?.unwrap_or_default())
    }

    /// Adds or replaces a lead as [`put`](Self::put) does, and decides within a budget.
    ///
    /// # Errors
    /// When the people of the lead would link too many leads: nothing is changed then. Within that, when deciding takes more operations than
    /// the budget, or the run was cancelled: the lead is there, and the next call decides the leads again.
    pub fn put_within(
        &mut self,
        book: &mut Book,
        lead: &Lead,
        budget: Budget,
    ) -> Result<Result<Vec<u32>, OverBudget>, GroupTooLarge> {
        let mut changed: BTreeSet<u32> = BTreeSet::new();
        if let Some(index) = book.find(&lead.id) {
            changed.extend(book.siblings(index));
        }
        let index = book.put(lead)?;
        changed.extend(book.siblings(index));
        self.decisions.resize(book.len(), Decision::NONE);
        Ok(self.decide_changed(book, changed, budget))
    }

    fn decision(&self, lead: u32) -> Option<&Decision> {
        self.decisions.get(usize::try_from(lead).ok()?)
    }

    /// Takes over the decisions for all leads.
    fn set_all(&mut self, decisions: Vec<Decision>) {
        self.decisions = decisions;
        self.undecided.clear();
        let due = (0_u32..).zip(&self.decisions).filter_map(|(lead, one)| one.review_at.map(|at| Reverse((at, lead))));
        self.due = due.collect::<Vec<_>>().into();
    }

    /// Decides leads again that changed, at the moment of the watch. Those that the budget does not reach are kept for the next call.
    fn decide_changed(&mut self, book: &Book, leads: BTreeSet<u32>, budget: Budget) -> Result<Vec<u32>, OverBudget> {
        self.undecided.extend(leads);
        self.decide(book, self.now, BTreeSet::new(), budget)
    }

    /// Decides these leads, those that wait for it, and the others of their contact groups again: all of them, or, where that takes more
    /// than the budget, none.
    fn decide(
        &mut self,
        book: &Book,
        now: Instant,
        mut leads: BTreeSet<u32>,
        budget: Budget,
    ) -> Result<Vec<u32>, OverBudget> {
        leads.extend(&self.undecided);
        let decider = Decider::with_cache(&self.rulebook, book, &self.cache, now).within(budget);
        let mut decided: BTreeMap<u32, Decision> = BTreeMap::new();
        for lead in leads {
            if decided.contains_key(&lead) {
                continue;
            }
            let decisions = decider.decisions(lead as usize).into_iter();
            decided.extend(decisions.filter_map(|(lead, decision)| Some((u32::try_from(lead).ok()?, decision))));
            decider.check_budget()?;
        }
        self.undecided.clear();
        for (lead, decision) in &decided {
            let Some(old) = self.decisions.get_mut(*lead as usize) else { continue };
            if old.review_at != decision.review_at {
                self.due.extend(decision.review_at.map(|at| Reverse((at, *lead))));
            }
            *old = *decision;
        }
        // Outdated entries are removed when they are the majority, so that the heap stays proportional to the book.
        if self.due.len() > 2 * self.decisions.len() + 64 {
            let current = |lead: u32| self.decisions.get(lead as usize).and_then(|decision| decision.review_at);
            let due = std::mem::take(&mut self.due);
            self.due = due.into_iter().filter(|Reverse((at, lead))| current(*lead) == Some(*at)).collect();
        }
        Ok(decided.into_keys().collect())
    }
}
