//! Decisions kept up to date: as time passes, only for the leads whose review has come; as something happens, only for the leads of that
//! account.
//!
//! `review_at` makes this right: before it nothing about a decision changes without a new signal. What moves along with the question is
//! the exception that it makes too: a window that began when the lead was decided begins at [`Watch::now`], and an end that a rule counts
//! from the moment of asking (`within`) stays the one that was told first.
//!
//! Left out: words. An advice is made from the book when somebody asks for it ([`crate::decide::Decider`]).
//!
//! Invariant: but for those moments, every decision is the one that asking all leads afresh at [`Watch::now`] gives.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use crate::book::{Book, Lead, Signal};
use crate::calendar::Instant;
use crate::decide::decider::DeciderCache;
use crate::decide::{Decider, Decision};
use crate::language::Rulebook;

/// The decisions for all leads of a book, at a moment that moves on.
///
/// It does not hold the book: hand it the same one every time, and change its leads through [`put`](Self::put) and
/// [`log`](Self::log) only.
#[derive(Debug)]
pub struct Watch {
    rulebook: Rulebook,
    shared: DeciderCache,
    now: Instant,
    decisions: Vec<Decision>,
    /// When leads are due, the soonest first. A lead that was decided again since has left an entry behind, which is passed over.
    due: BinaryHeap<Reverse<(Instant, u32)>>,
}

impl Watch {
    /// Decides every lead of a book.
    pub fn new(rulebook: Rulebook, book: &Book, now: Instant) -> Self {
        let shared = DeciderCache::of(rulebook.packs(), book);
        let mut watch = Self { rulebook, shared, now, decisions: Vec::new(), due: BinaryHeap::new() };
        watch.decide_all(book);
        watch
    }

    /// The moment for which the decisions hold.
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// The decisions, by place of the lead in the book.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// When the next lead is due; none when only signals can change anything.
    pub fn next(&self) -> Option<Instant> {
        self.decisions.iter().filter_map(|decision| decision.review_at).min()
    }

    /// Whoever puts the decisions into words: the advice for a lead, with the reasons.
    pub fn decider<'a>(&'a self, book: &'a Book) -> Decider<'a> {
        Decider::sharing(&self.rulebook, book, &self.shared, self.now)
    }

    /// Moves on to a later moment. The places of the leads that were decided again, in order: those that were due. Going back in time
    /// decides all of them.
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

    /// Adds a signal to the log of the lead at this place, and decides the leads of its account again: their places, in order. None when
    /// there is no such lead. A signal dated after [`now`](Self::now) is seen when its time comes.
    pub fn log(&mut self, book: &mut Book, lead: usize, signal: &Signal) -> Vec<u32> {
        if !book.log(lead, signal) {
            return Vec::new();
        }
        self.decide(book, book.siblings(lead).iter().copied().collect())
    }

    /// Adds a lead, or puts it in the place of the one with its id, and decides the leads of its account again, and of the account that it
    /// was in before: their places, in order.
    pub fn put(&mut self, book: &mut Book, lead: &Lead) -> Vec<u32> {
        let mut changed: BTreeSet<u32> = BTreeSet::new();
        if let Some(place) = book.find(&lead.id) {
            changed.extend(book.siblings(place));
        }
        let place = book.put(lead);
        changed.extend(book.siblings(place));
        self.decisions.resize(book.len(), Decision::NONE);
        self.decide(book, changed)
    }

    fn decision(&self, lead: u32) -> Option<&Decision> {
        self.decisions.get(usize::try_from(lead).ok()?)
    }

    fn decide_all(&mut self, book: &Book) {
        self.due.clear();
        self.decisions = Decider::sharing(&self.rulebook, book, &self.shared, self.now).all();
        let due = (0_u32..).zip(&self.decisions).filter_map(|(lead, one)| one.review_at.map(|at| Reverse((at, lead))));
        self.due = due.collect::<Vec<_>>().into();
    }

    /// Decides these leads again, with the others of their accounts.
    fn decide(&mut self, book: &Book, leads: BTreeSet<u32>) -> Vec<u32> {
        let decider = Decider::sharing(&self.rulebook, book, &self.shared, self.now);
        let mut again: BTreeSet<u32> = BTreeSet::new();
        for lead in leads {
            if again.contains(&lead) {
                continue;
            }
            for (place, decision) in decider.decisions(lead as usize) {
                let (Some(old), Ok(number)) = (self.decisions.get_mut(place), u32::try_from(place)) else { continue };
                if old.review_at != decision.review_at {
                    self.due.extend(decision.review_at.map(|at| Reverse((at, number))));
                }
                *old = decision;
                again.insert(number);
            }
        }
        // What was left behind is cleared away before it outweighs what is there.
        if self.due.len() > 2 * self.decisions.len() + 64 {
            let current = |lead: u32| self.decisions.get(lead as usize).and_then(|decision| decision.review_at);
            let due = std::mem::take(&mut self.due);
            self.due = due.into_iter().filter(|Reverse((at, lead))| current(*lead) == Some(*at)).collect();
        }
        again.into_iter().collect()
    }
}
