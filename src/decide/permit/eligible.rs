//! First gate: may this person be contacted on this channel at all? Law and consent, which nobody can lift.
//!
//! An objection to direct marketing stops every channel (GDPR art. 21(2)-(3): the right is absolute). Asking not to be called or mailed,
//! unsubscribing from a channel and taking back consent stop that channel. What the packs marked `hard` forbid comes last.

use super::{Asking, Stop};
use crate::book::schema::{Channel, SignalKind};
use crate::calendar::Instant;
use crate::decide::advice::Gate;
use crate::decide::words;

/// What stops the touch here, if anything does.
pub(crate) fn stopped<'a>(asking: &Asking<'a, '_>) -> Option<Stop<'a>> {
    let hard = |policy, reason: String| {
        Some(Stop { gate: Gate::Eligible, policy, by: None, reason, lifts_at: None, hard: true })
    };
    let (who, allows) = (asking.member.called(), asking.allows());
    if allows.objected {
        return hard("objection", format!("{who} objected to direct marketing: no contact on any channel"));
    }
    if asking.channel == Channel::Phone && allows.do_not_call {
        return hard("do-not-call", format!("{who} asked not to be called"));
    }
    if asking.channel == Channel::Email && allows.do_not_email {
        return hard("do-not-email", format!("{who} asked not to be mailed"));
    }
    if unsubscribed(asking) {
        return hard("unsubscribed", format!("{who} asked to get nothing more over {}", asking.channel));
    }
    if consent_withdrawn(asking) {
        return hard("consent-withdrawn", format!("{who} took back the consent for {}", asking.channel));
    }
    let never = asking
        .reading
        .nevers
        .iter()
        .find(|never| never.hard && never.what.channels.cover(asking.channel) && never.concerns(asking.person))?;
    let reason = never
        .reason
        .clone()
        .unwrap_or_else(|| format!("\"{}\" forbids {}", never.by.pack, words::over(asking.channel)));
    Some(Stop { gate: Gate::Eligible, policy: "never", by: Some(never.by), reason, lifts_at: None, hard: true })
}

/// An unsubscribe from this channel, by mail where it names none, without consent given later. Mail is also told by
/// the fact that rules read.
fn unsubscribed(asking: &Asking<'_, '_>) -> bool {
    let last = asking.member.signals.iter().rev().find(|signal| {
        signal.kind == SignalKind::Unsubscribe && signal.channel.unwrap_or(Channel::Email) == asking.channel
    });
    last.is_some_and(|signal| !granted(asking, signal.at))
}

/// The newest word about consent for this channel was a withdrawal.
fn consent_withdrawn(asking: &Asking<'_, '_>) -> bool {
    let covers = |channel: Option<Channel>| channel.is_none_or(|one| one == asking.channel);
    let consents = asking.member.person.consents.iter().filter(|consent| covers(consent.channel));
    let withdrawn = consents.filter_map(|consent| consent.withdrawn_at).filter(|at| *at <= asking.case.now).max();
    withdrawn.is_some_and(|at| !granted(asking, at))
}

/// Whether a consent for this channel was given after a moment, and stands.
fn granted(asking: &Asking<'_, '_>, since: Instant) -> bool {
    asking.member.person.consents.iter().any(|consent| {
        consent.channel.is_none_or(|one| one == asking.channel)
            && consent.given_at > since
            && consent.given_at <= asking.case.now
            && consent.withdrawn_at.is_none_or(|at| at > asking.case.now)
    })
}
