//! Third gate: is it in the customer's interest? Advice before selling, no pushing on a blocker, and what the packs themselves forbid.

use crate::book::content::Content;
use crate::book::vocabulary::Stage;
use crate::decide::context::stop::BlockReason;
use crate::decide::gates::GateInput;

/// What stops the touch here, if anything does.
pub(crate) fn stopped(asking: &GateInput<'_, '_>) -> Option<BlockReason> {
    if asking.case.stage == Some(Stage::Orientation) && offered(asking).is_some_and(|content| content.pitch) {
        return Some(BlockReason::PitchTooEarly);
    }
    if asking.member.blocker && !asking.meant {
        return Some(BlockReason::Blocker);
    }
    asking.never(false)
}

/// The content that the touch offers, where the book has it.
pub(crate) fn offered<'b>(asking: &GateInput<'_, 'b>) -> Option<&'b Content> {
    asking.desk.book.content(asking.touch().offer.as_deref()?)
}
