//! Second gate: whether the touch is possible: the lead is open and the person has an address for the channel
//! that works.
//!
//! A lead that is customer or lost gets touches only from rules whose condition reads the stage, because only those were written for closed
//! leads; an `answer` to what somebody there asked is never out of place. Checked elsewhere: an unanswered reply that stops a cadence (`propose::cadence`), and whether a rep can make the touch
//! (`context::sellers`).

use crate::book::vocabulary::Channel;
use crate::decide::context::blocked::BlockReason;
use crate::decide::gates::GateInput;

/// The reason why the gate blocks the touch; `None` when it lets it through.
pub(crate) fn check(input: &GateInput<'_, '_>) -> Option<BlockReason> {
    if input.person.gone {
        return Some(BlockReason::Gone);
    }
    let is_for_closed = input.reads_stage || input.is_answer;
    if input.profile.stage.is_some_and(|stage| !stage.is_open()) && !is_for_closed {
        return Some(BlockReason::Closed);
    }
    let has_address = |channel: Channel| input.person.has_channel(channel);
    let reachable = match input.channel {
        // Articles and advertisements need no address.
        Channel::Content => true,
        // A meeting can also be arranged by mail or by phone.
        Channel::Video | Channel::Visit => {
            has_address(input.channel) || has_address(Channel::Phone) || has_address(Channel::Email)
        }
        channel => has_address(channel),
    };
    let fails = match input.channel {
        Channel::Video | Channel::Visit => !input.person.failed_channels.is_empty(),
        channel => input.person.failed_channels.has(channel),
    };
    let reason = if fails { BlockReason::ChannelFails } else { BlockReason::ChannelUnknown };
    (!reachable).then_some(reason)
}
