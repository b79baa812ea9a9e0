//! Second gate: does the touch make sense now? The lead is open, and there is an address for the channel.
//!
//! A lead that is customer or lost only gets touches from rules that read the stage: their author had such leads in mind. Withdrawal by
//! an unanswered reply is judged with the cadences, and who makes the touch with the sellers.

use super::{Asking, Stop};
use crate::book::schema::Channel;
use crate::decide::advice::Gate;
use crate::decide::words;

/// What stops the touch here, if anything does.
pub(crate) fn stopped<'a>(asking: &Asking<'a, '_>) -> Option<Stop<'a>> {
    let stop =
        |policy, reason| Some(Stop { gate: Gate::Applicable, policy, by: None, reason, lifts_at: None, hard: false });
    if let Some(stage) = asking.case.stage.filter(|stage| !stage.is_open() && !asking.reads_stage) {
        return stop(
            "lead-closed",
            format!("The lead is {stage}, and the rule does not say that it is for such leads"),
        );
    }
    let has = |channel: Channel| asking.member.person.channels.contains(&channel);
    let known = match asking.channel {
        // Articles and advertisements find their reader without an address.
        Channel::Content => true,
        // A meeting is arranged by mail or by phone.
        Channel::Video | Channel::Visit => has(asking.channel) || has(Channel::Phone) || has(Channel::Email),
        channel => has(channel),
    };
    if !known {
        return stop(
            "channel-unknown",
            format!("No {} of {} is known", words::address(asking.channel), asking.member.called()),
        );
    }
    None
}
