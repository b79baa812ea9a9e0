//! First gate: may this person be contacted on this channel at all? Law and consent, which nobody can lift.
//!
//! An objection to direct marketing stops every channel (GDPR art. 21(2)-(3): the right is absolute). Asking not to be called or mailed,
//! unsubscribing from a channel and taking back consent stop that channel. What the packs marked `hard` forbid comes last.

use crate::book::vocabulary::{Channel, SignalKind};
use crate::calendar::Instant;
use crate::decide::context::stop::BlockReason;
use crate::decide::gates::GateInput;

/// What stops the touch here, if anything does.
pub(crate) fn stopped(asking: &GateInput<'_, '_>) -> Option<BlockReason> {
    let allows = asking.member.allows;
    if allows.objected {
        return Some(BlockReason::Objection);
    }
    if asking.channel == Channel::Phone && allows.do_not_call {
        return Some(BlockReason::DoNotCall);
    }
    if asking.channel == Channel::Email && allows.do_not_email {
        return Some(BlockReason::DoNotEmail);
    }
    if unsubscribed(asking) {
        return Some(BlockReason::Unsubscribed);
    }
    if consent_withdrawn(asking) {
        return Some(BlockReason::ConsentWithdrawn);
    }
    asking.never(true)
}

/// An unsubscribe from this channel, by mail where it names none, without consent given later. Mail is also told by
/// the fact that rules read.
fn unsubscribed(asking: &GateInput<'_, '_>) -> bool {
    let last = asking.group.events_of(asking.member.human).rev().find(|event| {
        event.kind == SignalKind::Unsubscribe && event.channel.unwrap_or(Channel::Email) == asking.channel
    });
    last.is_some_and(|event| !granted(asking, event.at))
}

/// The newest word about consent for this channel was a withdrawal.
fn consent_withdrawn(asking: &GateInput<'_, '_>) -> bool {
    let covers = |channel: Option<Channel>| channel.is_none_or(|one| one == asking.channel);
    let consents = asking.member.consents.iter().filter(|consent| covers(consent.channel));
    let withdrawn = consents.filter_map(|consent| consent.withdrawn_at).filter(|at| *at <= asking.case.now).max();
    withdrawn.is_some_and(|at| !granted(asking, at))
}

/// Whether a consent for this channel was given after a moment, and stands.
fn granted(asking: &GateInput<'_, '_>, since: Instant) -> bool {
    asking.member.consents.iter().any(|consent| {
        consent.channel.is_none_or(|one| one == asking.channel)
            && consent.given_at > since
            && consent.given_at <= asking.case.now
            && consent.withdrawn_at.is_none_or(|at| at > asking.case.now)
    })
}
