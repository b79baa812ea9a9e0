//! Third gate: whether the touch is in the customer's interest: no offer in the orientation stage, no touch to a person who opposes the purchase
//! unless the rule means them, and no touch that a `never` outside the `hard` packs forbids, unless it was promised to them.

use crate::book::content::Content;
use crate::book::vocabulary::Stage;
use crate::decide::context::blocked::BlockReason;
use crate::decide::gates::GateInput;
use crate::decide::gates::content::Offer;

/// The reason why the gate blocks the touch; `None` when it lets it through.
pub(crate) fn check(input: &GateInput<'_, '_>) -> Option<BlockReason> {
    if input.profile.stage == Some(Stage::Orientation) && offered_content(input).is_some_and(|content| content.pitch) {
        return Some(BlockReason::PitchTooEarly);
    }
    if input.person.blocker && !input.means_person {
        return Some(BlockReason::Blocker);
    }
    // What was agreed on with somebody is held to law alone, because they expect it.
    input.never(false).filter(|_| input.planned.is_none())
}

/// The content that the touch offers; `None` when it offers none or the book does not have it.
pub(crate) fn offered_content<'b>(input: &GateInput<'_, 'b>) -> Option<&'b Content> {
    input.group.records.content(Offer::of(input).content()?)
}
