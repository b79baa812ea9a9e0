//! From leads and rules to advice.
//!
//! In: a [`Rulebook`], a [`Book`] and a moment `now`. Out: a [`Decision`] per lead, which consists of numbers, or an [`Advice`], which is the
//! same decision as text with its reasons.
//!
//! The stages for a lead, each a folder:
//! 1. `context` evaluates the statements of the rulebook and prepares the records of the contact group;
//! 2. `propose` lists the touches that the rules and cadences propose;
//! 3. `gates` checks for each person whether the touch is allowed, and `schedule` finds its moment;
//! 4. `choose` selects the person, ranks the candidates and makes the decision, for the leads of a contact group together;
//! 5. `explain` renders the decision as an advice, on request.
//!
//! `batch` runs the stages for many leads at once. Each stage records the moments at which its result can change, from which `review_at`
//! follows; [`Watch`] uses that to decide again only what is due.
//!
//! Invariant: nothing here reads a clock or a random source. The same rulebook, book and `now` give the same bytes, for one lead and for all
//! of them.

pub mod advice;
mod advice_columns;
mod batch;
mod choose;
pub(crate) mod context;
mod decider;
pub mod explain;
mod gates;
mod propose;
mod queue;
mod rep_queue;
mod schedule;
mod watch;

pub use advice_columns::{ADVICE_COLUMNS, AdviceColumn, ColumnValue};
pub use choose::decision::Decision;
pub use context::run_totals::{Budget, OverBudget};
pub use decider::Decider;
pub use queue::{decisions_in_order, in_order, queue};
pub use rep_queue::{is_advised_for_rep, is_for_nobody, is_for_rep};
pub use watch::{TickBack, TickError, Watch};

use crate::book::Book;
use crate::calendar::Instant;
use crate::decide::advice::{Advice, Explanation};
use crate::language::Rulebook;
use crate::wording::Language;

/// The advice for every lead in a language, in the order of the book.
pub fn decide(rulebook: &Rulebook, book: &Book, now: Instant, language: Language) -> Vec<Advice> {
    let mut all = Vec::with_capacity(book.len());
    decide_each(rulebook, book, now, language, |advice| all.push(advice));
    all
}

/// Calls `each` with the advice for every lead, in the order of the book. For showing progress, and for books whose advices would take too
/// much memory at once.
pub fn decide_each(rulebook: &Rulebook, book: &Book, now: Instant, language: Language, each: impl FnMut(Advice)) {
    let decider = Decider::new(rulebook, book, now).in_language(language);
    decider.advices(&(0..book.len()).collect::<Vec<_>>(), each);
}

/// The advice for the lead with this index, equal to the one that [`decide`] gives. For an index outside the book: an advice to wait, with that
/// as its reason.
pub fn decide_lead(rulebook: &Rulebook, book: &Book, lead: usize, now: Instant, language: Language) -> Advice {
    Decider::new(rulebook, book, now).in_language(language).lead(lead)
}

/// The advice for the lead with this index, with the rules that hold and those that nearly hold.
pub fn explain(rulebook: &Rulebook, book: &Book, lead: usize, now: Instant, language: Language) -> Explanation {
    Decider::new(rulebook, book, now).in_language(language).explain(lead)
}
