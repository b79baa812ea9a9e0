//! `reviewAt`: the first moment after now at which an answer can change without a new signal.
//!
//! Every part of the pipeline that compares something with `now` tells this collector when that comparison can turn. Telling a
//! moment too many only brings the review forward; forgetting one would make the advice stale, so parts are generous.
//!
//! Left out: the very first moment of a window that starts "now" moves along with the question, and so does an end that the rule
//! counts from now (`within`). Those change at every moment and are no reason to ask again.

use crate::calendar::{Duration, Instant};

/// Collects the moments at which something can change, and keeps the first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReviewTracker {
    now: Instant,
    next: Option<Instant>,
}

impl ReviewTracker {
    /// Nothing can change yet.
    pub(crate) const fn new(now: Instant) -> Self {
        Self { now, next: None }
    }

    /// Something can change at this moment; what lies before or at now is past.
    pub(crate) fn at(&mut self, moment: Instant) {
        if moment > self.now && self.next.is_none_or(|next| moment < next) {
            self.next = Some(moment);
        }
    }

    /// The same, for a moment that may be absent.
    pub(crate) fn at_any(&mut self, moments: impl IntoIterator<Item = Instant>) {
        moments.into_iter().for_each(|moment| self.at(moment));
    }

    /// Something that happened at `moment` leaves a window of this length that ends now.
    pub(crate) fn leaves(&mut self, moment: Instant, window: Duration) {
        self.at(moment + window);
    }

    /// The first moment told.
    pub(crate) const fn next(self) -> Option<Instant> {
        self.next
    }
}
