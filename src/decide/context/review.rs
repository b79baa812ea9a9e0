//! `reviewAt`: the first moment after now at which a decision can change without a new signal.
//!
//! Every stage that compares a time with `now` adds the moment at which the result of that comparison changes. An extra moment only makes the
//! review earlier; a missing one would leave an outdated decision in place, so a stage adds a moment in case of doubt.
//!
//! Not added: the start of a window that begins "now", and how late that is. They move with every evaluation, so they would make the review
//! immediate.

use crate::calendar::instant::LATEST;
use crate::calendar::{Duration, Instant};

/// Collects the moments at which a decision can change and keeps the earliest one after now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReviewTracker {
    now: Instant,
    earliest: Option<Instant>,
}

impl ReviewTracker {
    /// A tracker without moments.
    pub(crate) const fn new(now: Instant) -> Self {
        Self { now, earliest: None }
    }

    /// Adds a moment. A moment at or before now is ignored, and so is one after [`LATEST`], for which nobody can ask.
    pub(crate) fn add(&mut self, moment: Instant) {
        if moment > self.now && moment <= LATEST && self.earliest.is_none_or(|earliest| moment < earliest) {
            self.earliest = Some(moment);
        }
    }

    /// Adds every moment of an iterator, or the one of an `Option`.
    pub(crate) fn add_all(&mut self, moments: impl IntoIterator<Item = Instant>) {
        moments.into_iter().for_each(|moment| self.add(moment));
    }

    /// Adds the moment at which an event no longer lies in the rolling window of this length that ends now.
    pub(crate) fn add_window_end(&mut self, event_at: Instant, window: Duration) {
        self.add(event_at + window);
    }

    /// The earliest moment added; `None` when only a signal can change the decision.
    pub(crate) const fn earliest(self) -> Option<Instant> {
        self.earliest
    }
}
