//! First gate: whether law and consent permit contact with this person on this channel. No rule can lift what this gate blocks.
//!
//! An objection to direct marketing blocks every channel (GDPR art. 21(2)-(3): the right is absolute). A request not to be called or mailed,
//! an unsubscribe and a withdrawn consent block their channel, until the person opts in again or asks for contact; what they ask after it is
//! answered. What of a `hard` pack could not
//! be read or evaluated, and its `never` statements, are checked last.
//!
//! The gate is about now. [`permission_ends`] gives the moment from which it would block, so that no touch is placed later.

use crate::book::consent;
use crate::book::vocabulary::Channel;
use crate::calendar::Instant;
use crate::decide::context::blocked::BlockReason;
use crate::decide::context::group_events::GroupEvent;
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
    let asked_since = |unsubscribed: Instant| is_lifted_by_question(input, unsubscribed);
    if input.channel == Channel::Email
        && permissions.do_not_email
        && !input.person.unsubscribed_at.is_some_and(asked_since)
    {
        return Some(BlockReason::DoNotEmail);
    }
    if unsubscribed(input) {
        return Some(BlockReason::Unsubscribed);
    }
    if consent_withdrawn(input) {
        return Some(BlockReason::ConsentWithdrawn);
    }
    input.unknown_law().or_else(|| input.never(true))
}

/// Whether the person unsubscribed from this channel and that is not lifted. An unsubscribe that names no channel is one from mail.
fn unsubscribed(input: &GateInput<'_, '_>) -> bool {
    last_unsubscribe(input).is_some_and(|at| !is_lifted(input, at))
}

fn last_unsubscribe(input: &GateInput<'_, '_>) -> Option<Instant> {
    let unsubscribes = |event: &GroupEvent| event.signal.unsubscribes_from(input.channel);
    input.group_events.last_of(input.person.human, unsubscribes).map(|event| event.at)
}

/// Whether a consent for this channel was taken back, in any record of the person, and that is not lifted.
fn consent_withdrawn(input: &GateInput<'_, '_>) -> bool {
    last_withdrawal(input).is_some_and(|at| !is_lifted(input, at))
}

fn last_withdrawal(input: &GateInput<'_, '_>) -> Option<Instant> {
    input.person.withdrawals_from(input.channel).filter(|at| *at <= input.profile.now).max()
}

/// Whether the person's own record in this lead lifts a refusal of that moment.
fn is_lifted(input: &GateInput<'_, '_>, refused_at: Instant) -> bool {
    consent::is_lifted(input.person.consents, input.channel, refused_at, input.profile.now)
        || is_lifted_by_question(input, refused_at)
}

/// Whether the touch answers something that the person asked after that refusal: whoever asks wants an answer. It lifts nothing else, and no
/// objection or request on record, of which nobody knows when it was made.
fn is_lifted_by_question(input: &GateInput<'_, '_>, refused_at: Instant) -> bool {
    input.question.is_some_and(|question| question.asked_at > refused_at)
}

/// The first moment after now from which contact with this person on this channel is no longer permitted as it is now: a consent for it is
/// taken back then, or what the contact rests on ends. `None` when no such moment is known.
pub(crate) fn permission_ends(input: &GateInput<'_, '_>) -> Option<Instant> {
    let now = input.profile.now;
    let refused_at = last_unsubscribe(input).max(last_withdrawal(input));
    let ground = consent::ground_ends(input.person.consents, input.channel, refused_at, now);
    let excuse = refused_at.filter(|refused_at| is_lifted_by_question(input, *refused_at));
    let excuse = excuse.and(input.question).map(|question| question.ends_at());
    let ground = ground.into_iter().chain(excuse);
    input.person.withdrawals_from(input.channel).filter(|at| *at > now).chain(ground).min()
}
