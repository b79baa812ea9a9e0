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
mod batch;
mod choose;
mod context;
mod decider;
pub mod explain;
mod gates;
mod propose;
mod queue;
mod schedule;
mod watch;

pub use choose::decision::Decision;
pub use decider::Decider;
pub use queue::{in_order, queue};
pub use watch::Watch;

use std::collections::BTreeMap;

use crate::book::Book;
use crate::calendar::Instant;
use crate::decide::advice::{Advice, Explanation};
use crate::language::Rulebook;

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
