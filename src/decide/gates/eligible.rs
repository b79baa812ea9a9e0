//! First gate: whether law and consent permit contact with this person on this channel. No rule can lift what this gate blocks.
//!
//! An objection to direct marketing blocks every channel (GDPR art. 21(2)-(3): the right is absolute). A request not to be called or mailed,
//! an unsubscribe and a withdrawn consent block their channel. The `never` statements of `hard` packs are checked last.

use crate::book::vocabulary::Channel;
use crate::calendar::Instant;
use crate::decide::context::blocked::BlockReason;
use crate::decide::gates::GateInput;

/// The reason why the gate blocks the touch; `None` when it lets it through.
pub(crate) fn check(input: &GateInput<'_, '_>) -> Option<BlockReason> {
    let permissions = input.person.permissions;
    if permissions.objected {
        return Some(BlockReason::Objection);
    }
    if input.channel == Channel::Phone && permissions.do_not_call {
        return Some(BlockReason::DoNotCall);
    }
    if input.channel == Channel::Email && permissions.do_not_email {
        return Some(BlockReason::DoNotEmail);
    }
    if unsubscribed(input) {
        return Some(BlockReason::Unsubscribed);
    }
    if consent_withdrawn(input) {
        return Some(BlockReason::ConsentWithdrawn);
    }
    input.never(true)
}

/// Whether the person unsubscribed from this channel and gave no consent since. An unsubscribe that names no channel is one from mail.
fn unsubscribed(input: &GateInput<'_, '_>) -> bool {
    let mut events = input.account_events.events_of(input.person.human).rev();
    let last = events.find(|event| event.signal.unsubscribes_from(input.channel));
    last.is_some_and(|event| !granted(input, event.at))
}

/// Whether a consent for this channel was withdrawn and none was given since.
fn consent_withdrawn(input: &GateInput<'_, '_>) -> bool {
    let consents = input.person.consents.iter().filter(|consent| consent.covers(Some(input.channel)));
    let withdrawn = consents.filter_map(|consent| consent.withdrawn_at).filter(|at| *at <= input.profile.now).max();
    withdrawn.is_some_and(|at| !granted(input, at))
}

/// Whether a consent for this channel was given after a moment and is in force.
fn granted(input: &GateInput<'_, '_>, since: Instant) -> bool {
    let mut consents = input.person.consents.iter().filter(|consent| consent.covers(Some(input.channel)));
    consents.any(|consent| consent.given_at > since && consent.in_force(input.profile.now))
}
