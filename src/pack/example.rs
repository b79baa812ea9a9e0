//! An example of a pack as data: leads in short form, each with what is expected of the advice for it.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::calendar::{Duration, Instant};
use crate::diagnostics::Span;
use crate::pack::touch::Touch;

/// Leads with the advice that the author of the pack expects for them.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its name, unique in the pack.
    pub name: String,
    /// What is tried: one case, or one for each of its `rows`.
    pub cases: Vec<ExampleCase>,
    /// Where it stands.
    pub span: Span,
}

/// One lead of an example, and what is expected for it.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleCase {
    /// The row that it comes from; `None` for an example without `rows`.
    pub row: Option<ExampleRow>,
    /// The lead.
    pub given: Given,
    /// What must be so, all of it.
    pub expected: Vec<Expectation>,
    /// The expectation as its author wrote it, with the cells of the row in the place of their columns.
    pub written: String,
    /// Where the row stands, or the example.
    pub span: Span,
}

/// A row of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleRow {
    /// Its number, from 1; the row of column names does not count.
    pub number: usize,
    /// Its name: the cell of the column `"case"`, else its values.
    pub name: String,
}

/// A lead in short form, as an example gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The moment at which advice is asked.
    pub now: Instant,
    /// The lead in the lead format, without `now` and `propose`. It has an `id` only when the example writes one.
    pub lead: Json,
    /// `propose: [phone.to("decider")]`: the touches of a rule that always holds.
    pub propose: Vec<Touch>,
}

/// One thing that an example expects.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// `not by("...")`: it must not be so.
    pub negated: bool,
    /// What must be so.
    pub what: Expected,
    /// As its author wrote it.
    pub written: Arc<str>,
}

/// What can be expected of an advice.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// This touch, or `wait`, `find(...)`, `hand_over(...)`.
    Touch(Box<Touch>),
    /// `hold`
    Hold,
    /// `by("Price page again")`: the rule or cadence that speaks.
    By(Arc<str>),
    /// `blocked_by("limit phone 2 per 7.days")`: a policy or rule that stops or moves something.
    BlockedBy(Arc<str>),
    /// `reason("looked at prices")`: a part of the reason for the rep.
    Reason(Arc<str>),
    /// `since(2.hours.ago)`: when the reason of the touch began.
    Since(ExpectedMoment),
    /// `due(4.hours)`: when the touch is due.
    Due(ExpectedMoment),
}

/// A moment in an expectation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedMoment {
    /// A full time.
    At(Instant),
    /// So long after the `now` of the example; before it where the length is negative.
    FromNow(Duration),
}

impl ExpectedMoment {
    /// The moment, for an example at `now`.
    pub fn at(self, now: Instant) -> Instant {
        match self {
            Self::At(at) => at,
            Self::FromNow(length) => now + length,
        }
    }
}

impl Expected {
    /// Whether it says what is done, rather than something about it.
    pub const fn is_action(&self) -> bool {
        matches!(self, Self::Touch(_) | Self::Hold)
    }
}
