//! What signals mean, for the audit: who asks, who was reached, who spoke. The second opinion on `book/signal_view.rs`, with which it shares no
//! code.

use crate::book::Signal;
use crate::book::vocabulary::{Channel, Direction, Outcome, SignalKind};
use crate::calendar::Duration;

/// A question that is older is not waited for any more.
pub(super) const LONGEST_WAIT: Duration = Duration::from_millis(30 * 86_400_000);

/// Whether they started it.
pub(super) fn is_theirs(signal: &Signal) -> bool {
    signal.direction != Some(Direction::Outbound)
}

/// Whether it is a question of theirs: a form, reply, message, mail or chat, or a call that we missed.
pub(super) fn is_question(signal: &Signal) -> bool {
    let spoken = signal.outcome.is_some_and(has_spoken);
    match signal.kind {
        SignalKind::Form | SignalKind::Reply | SignalKind::Message | SignalKind::Email | SignalKind::Chat => {
            is_theirs(signal) && !spoken
        }
        SignalKind::Call => is_theirs(signal) && signal.outcome.is_some() && !spoken,
        _ => false,
    }
}

/// The channel over which a question is answered: that of the question, and the phone for a form or a missed call.
pub(super) fn channel_of_question(signal: &Signal) -> Channel {
    match signal.kind {
        SignalKind::Form | SignalKind::Call => Channel::Phone,
        SignalKind::Chat => Channel::Chat,
        SignalKind::Message => signal.channel.unwrap_or(Channel::Social),
        _ => signal.channel.unwrap_or(Channel::Email),
    }
}

/// Whether it is an attempt of ours to say something to somebody. An advertisement is none, and neither is a word that their question has arrived.
pub(super) fn is_attempt(signal: &Signal) -> bool {
    !is_theirs(signal) && !signal.acknowledges && signal.channel.is_some_and(|channel| channel != Channel::Content)
}

/// Whether it ended without reaching anybody, as far as its outcome tells.
pub(super) fn is_in_vain(signal: &Signal) -> bool {
    let nobody = |outcome| {
        matches!(outcome, Outcome::NoAnswer | Outcome::Voicemail | Outcome::Busy | Outcome::NoShow | Outcome::Failed)
    };
    signal.outcome.is_some_and(nobody)
}

/// The content that a person has from then on: what we brought them, and what they fetched.
pub(super) fn content_received(signal: &Signal) -> Option<&String> {
    match (is_theirs(signal), signal.kind) {
        (false, _) => signal.content.as_ref().filter(|_| !is_in_vain(signal)),
        (true, SignalKind::Download) => signal.content.as_ref().or(signal.topic.as_ref()),
        (true, _) => None,
    }
}

/// Whether the person was reached by it: a conversation, or a mail or message of ours, as far as it did not come back.
pub(super) fn reaches(signal: &Signal) -> bool {
    let fails = |outcome| {
        use Outcome::{Busy, Failed, NoAnswer, NoShow, NumberDead, WrongNumber};
        matches!(outcome, Failed | WrongNumber | NumberDead | NoAnswer | Busy | NoShow)
    };
    is_conversation(signal)
        || (is_attempt(signal)
            && matches!(signal.channel, Some(Channel::Email | Channel::Social | Channel::Chat))
            && !signal.outcome.is_some_and(fails))
}

/// Whether two people spoke: a call or chat that was answered, a meeting that took place, whoever started it. A call of which nothing is told
/// counts as spoken.
pub(super) fn is_conversation(signal: &Signal) -> bool {
    match signal.kind {
        SignalKind::Call => signal.outcome.is_none_or(has_spoken),
        SignalKind::Meeting | SignalKind::Chat => signal.outcome.is_some_and(has_spoken),
        _ => false,
    }
}

/// Whether an outcome tells that they spoke. A "no" to a proposal was said by somebody.
const fn has_spoken(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Answered | Outcome::Booked | Outcome::Held | Outcome::Accepted | Outcome::Declined | Outcome::Replied
    )
}
