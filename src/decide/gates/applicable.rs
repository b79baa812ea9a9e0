//! Second gate: does the touch make sense now? The lead is open, and there is an address for the channel.
//!
//! A lead that is customer or lost only gets touches from rules that read the stage: their author had such leads in mind. Withdrawal by
//! an unanswered reply is judged with the cadences, and who makes the touch with the sellers.

use crate::book::vocabulary::Channel;
use crate::decide::context::stop::BlockReason;
use crate::decide::gates::GateInput;

/// What stops the touch here, if anything does.
pub(crate) fn stopped(asking: &GateInput<'_, '_>) -> Option<BlockReason> {
    if asking.case.stage.is_some_and(|stage| !stage.is_open()) && !asking.reads_stage {
        return Some(BlockReason::Closed);
    }
    let has = |channel: Channel| asking.member.has(channel);
    let known = match asking.channel {
        // Articles and advertisements find their reader without an address.
        Channel::Content => true,
        // A meeting is arranged by mail or by phone.
        Channel::Video | Channel::Visit => has(asking.channel) || has(Channel::Phone) || has(Channel::Email),
        channel => has(channel),
    };
    (!known).then_some(BlockReason::ChannelUnknown)
}
