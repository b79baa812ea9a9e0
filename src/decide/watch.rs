//! Keeps the decisions for a book up to date: when time passes, only the leads whose review is due are decided again; when a lead changes, only
//! the leads of its contact group.
//!
//! This is correct because a decision does not change before its `review_at` without a new signal. Two moments are excepted, as in
//! `review_at` itself: a window that started "now" keeps the start it had when the lead was decided, and an end that a rule counts from now
//! (`within`) keeps its first value.
//!
//! Left out: text. An advice is rendered from the book on request ([`crate::decide::Decider`]).
//!
//! Invariant: except for those two moments, every decision equals the one that deciding all leads anew at [`Watch::now`] gives.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use crate::book::{Book, GroupTooLarge, Lead, Signal};
use crate::calendar::Instant;
use crate::decide::decider::DeciderCache;
use crate::decide::{Decider, Decision};
use crate::language::Rulebook;

/// The decisions for all leads of a book, at a moment that advances.
///
/// It does not own the book: pass the same one to every call, and change its leads only through [`put`](Self::put) and [`log`](Self::log).
#[derive(Debug)]
pub struct Watch {
    rulebook: Rulebook,
    cache: DeciderCache,
    now: Instant,
    decisions: Vec<Decision>,
    /// The reviews, the earliest first. An entry that is not the `review_at` of its lead any more is outdated and ignored.
    due: BinaryHeap<Reverse<(Instant, u32)>>,
}

impl Watch {
    /// Decides every lead of a book.
    pub fn new(rulebook: Rulebook, book: &Book, now: Instant) -> Self {
        let cache = DeciderCache::new(rulebook.packs(), book);
        let mut watch = Self { rulebook, cache, now, decisions: Vec::new(), due: BinaryHeap::new() };
        watch.decide_all(book);
        watch
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
    /// An earlier moment decides all leads again.
    pub fn tick(&mut self, book: &Book, now: Instant) -> Vec<u32> {
        let back = now < self.now;
        self.now = now;
        if back || self.decisions.len() != book.len() {
            self.decide_all(book);
            return (0..self.decisions.len()).filter_map(|lead| u32::try_from(lead).ok()).collect();
        }
        let mut due = BTreeSet::new();
        while let Some(Reverse((at, lead))) = self.due.peek().copied().filter(|Reverse((at, _))| *at <= now) {
            self.due.pop();
            if self.decision(lead).is_some_and(|decision| decision.review_at == Some(at)) {
                due.insert(lead);
            }
        }
        self.decide(book, due)
    }

    /// Adds a signal to the lead with this index and decides the leads of its contact group again. Returns their indexes, in order; empty when there is no
    /// such lead. A signal dated after [`now`](Self::now) has effect when its time comes.
    pub fn log(&mut self, book: &mut Book, lead: usize, signal: &Signal) -> Vec<u32> {
        if !book.log(lead, signal) {
            return Vec::new();
        }
        self.decide(book, book.siblings(lead).iter().copied().collect())
    }

    /// Adds a lead, or replaces the one with its id, and decides again the leads of its contact group and of the one that it was in before.
    /// Returns their indexes, in order.
    ///
    /// # Errors
    /// When the people of the lead would link too many leads. Nothing is changed then.
    pub fn put(&mut self, book: &mut Book, lead: &Lead) -> Result<Vec<u32>, GroupTooLarge> {
        let mut changed: BTreeSet<u32> = BTreeSet::new();
        if let Some(index) = book.find(&lead.id) {
            changed.extend(book.siblings(index));
        }
        let index = book.put(lead)?;
        changed.extend(book.siblings(index));
        self.decisions.resize(book.len(), Decision::NONE);
        Ok(self.decide(book, changed))
    }

    fn decision(&self, lead: u32) -> Option<&Decision> {
        self.decisions.get(usize::try_from(lead).ok()?)
    }

    fn decide_all(&mut self, book: &Book) {
        self.due.clear();
        self.decisions = Decider::with_cache(&self.rulebook, book, &self.cache, self.now).all();
        let due = (0_u32..).zip(&self.decisions).filter_map(|(lead, one)| one.review_at.map(|at| Reverse((at, lead))));
        self.due = due.collect::<Vec<_>>().into();
    }

    /// Decides these leads and the others of their contact groups again.
    fn decide(&mut self, book: &Book, leads: BTreeSet<u32>) -> Vec<u32> {
        let decider = Decider::with_cache(&self.rulebook, book, &self.cache, self.now);
        let mut decided: BTreeSet<u32> = BTreeSet::new();
        for lead in leads {
            if decided.contains(&lead) {
                continue;
            }
            for (index, decision) in decider.decisions(lead as usize) {
                let (Some(old), Ok(number)) = (self.decisions.get_mut(index), u32::try_from(index)) else { continue };
                if old.review_at != decision.review_at {
                    self.due.extend(decision.review_at.map(|at| Reverse((at, number))));
                }
                *old = decision;
                decided.insert(number);
            }
        }
        // Outdated entries are removed when they are the majority, so that the heap stays proportional to the book.
        if self.due.len() > 2 * self.decisions.len() + 64 {
            let current = |lead: u32| self.decisions.get(lead as usize).and_then(|decision| decision.review_at);
            let due = std::mem::take(&mut self.due);
            self.due = due.into_iter().filter(|Reverse((at, lead))| current(*lead) == Some(*at)).collect();
        }
        decided.into_iter().collect()
    }
}
