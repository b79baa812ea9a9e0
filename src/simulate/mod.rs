//! Lives with the advice for some days: a virtual clock over a book, reps who do the first thing of their queue, and customers who come back by a
//! stated model.
//!
//! In: a rulebook, a book, a [`ResponseModel`] and [`Settings`]. Out: a [`Report`] of numbers, and the book as it was at the end. At each step the
//! leads whose review has come are decided again ([`Watch`](crate::decide::Watch)); then each rep who works and is free does what
//! stands first in their own queue, or what is planned for them ([`crate::plan`]), which is logged as a signal. `audit` counts what should not happen, without any code of the decision.
//!
//! A simulation compares sets of rules under the same assumptions. It forecasts nothing.
//!
//! Invariants: the same input gives the same bytes, everywhere; nothing is read from a clock or another random source than the seed; what
//! customers do by themselves, and the random number of each answer, do not depend on the rules.

mod arrivals;
pub mod audit;
mod customers;
mod planned_day;
mod random;
mod records;
pub mod report;
mod response_model;
mod run;
pub mod settings;
mod team;

pub use report::Report;
pub use response_model::{AnswerModel, Arrival, FeedbackModel, ModelError, ResponseModel};
pub use settings::Settings;

use crate::book::Book;
use crate::language::Rulebook;
use crate::simulate::run::Run;
use crate::wording::{Language, Sentence};

/// What a simulation gives.
#[derive(Debug)]
pub struct Simulated {
    /// The numbers.
    pub report: Report,
    /// The book at the end, with everything that happened: asked for an earlier moment, it gives the advice of that moment.
    pub book: Book,
}

/// The run was cancelled: there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// What every output says: that it compares assumptions, and forecasts nothing.
pub fn note(language: Language) -> String {
    Sentence::new("simulate-note").render(language)
}

/// Simulates. `progress` is called with the number of steps done and their total, and ends the run when it returns false.
///
/// # Errors
/// When the run was cancelled.
pub fn simulate(
    rulebook: &Rulebook,
    book: &Book,
    model: &ResponseModel,
    settings: &Settings,
    mut progress: impl FnMut(u64, u64) -> bool,
) -> Result<Simulated, Cancelled> {
    let settings = settings.clone().clamped();
    let book = team::with_team(book, settings.reps);
    let mut run = Run::new(rulebook, book, model, &settings);
    let steps = settings.steps();
    for step in 0..steps {
        if !progress(step, steps) {
            return Err(Cancelled);
        }
        run.step(step);
    }
    Ok(run.finish())
}
