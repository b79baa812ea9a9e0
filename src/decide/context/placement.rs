//! The moment of a touch: when, and by whom.

use crate::calendar::Instant;
use crate::decide::context::sellers::Seller;

/// When a touch is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeSlot {
    /// The advised moment.
    pub(crate) from: Instant,
    /// The first moment no longer in the slot.
    pub(crate) until: Instant,
    /// Whether the promise could not be kept.
    pub(crate) late: bool,
}

/// A touch with its moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placement {
    /// When.
    pub(crate) slot: TimeSlot,
    /// By whom.
    pub(crate) seller: Option<Seller>,
    /// Whether it is due: the rule does not ask to wait.
    pub(crate) due: bool,
}
