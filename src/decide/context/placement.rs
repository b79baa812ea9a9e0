//! The moment of a touch, what was promised about it, and the rep who makes it.

use crate::calendar::Instant;
use crate::decide::context::sellers::Seller;

/// The window in which a touch is advised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeSlot {
    /// The advised moment: the start of the window.
    pub(crate) from: Instant,
    /// The end of the window, not included.
    pub(crate) until: Instant,
    /// Whether the window begins too late for what was promised.
    pub(crate) late: bool,
}

/// Until when a touch is to be made, counted from the moment its reason began. It does not move with now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Promise {
    /// When its reason began.
    pub(crate) since: Instant,
    /// When it is due.
    pub(crate) due: Instant,
    /// From when on it is late.
    pub(crate) late_from: Instant,
}

/// A touch placed in time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placement {
    /// When.
    pub(crate) slot: TimeSlot,
    /// By which rep; `None` in a book without reps for a lead without an owner, and for a touch that a system sends.
    pub(crate) seller: Option<Seller>,
    /// Whether it waits for the rep: no rep can make it on the first day on which it may be made, nor on the day after.
    pub(crate) nobody_before: bool,
    /// Whether the touch may begin now as far as the rule is concerned: false while `after` or a cadence step asks to wait.
    pub(crate) ready: bool,
}
