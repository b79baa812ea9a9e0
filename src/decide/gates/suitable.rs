//! Third gate: is it in the customer's interest? Advice before selling, no pushing on a blocker, and what the packs themselves forbid.

use crate::book::content::Content;
use crate::book::vocabulary::Stage;
use crate::decide::context::stop::Why;
use crate::decide::gates::Asking;

/// What stops the touch here, if anything does.
pub(crate) fn stopped(asking: &Asking<'_, '_>) -> Option<Why> {
    if asking.case.stage == Some(Stage::Orientation) && offered(asking).is_some_and(|content| content.pitch) {
        return Some(Why::PitchTooEarly);
    }
    if asking.member.blocker && !asking.meant {
        return Some(Why::Blocker);
    }
    asking.never(false)
}

/// The content that the touch offers, where the book has it.
pub(crate) fn offered<'b>(asking: &Asking<'_, 'b>) -> Option<&'b Content> {
    asking.desk.book.content(asking.touch().offer.as_deref()?)
}
