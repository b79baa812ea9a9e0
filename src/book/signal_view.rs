//! What one signal means: a touch of ours, a reply, a reaction, something that waits for an answer, an unsubscribe.
//!
//! [`SignalView`] holds the four properties on which this depends. Records ([`Signal`]), logs
//! ([`SignalLog`](crate::book::columns::SignalLog)) and the events of an account all have them, so that each meaning has one definition.
//!
//! Left out: what depends on other signals as well, such as how many touches went unanswered.

use crate::book::lead::Signal;
use crate::book::vocabulary::{Channel, Direction, Outcome, SignalKind};

/// The properties of a signal on which its meaning depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignalView {
    /// What happened.
    pub kind: SignalKind,
    /// Over which channel, where there was one.
    pub channel: Option<Channel>,
    /// True when the customer started it: everything that is not outbound.
    pub inbound: bool,
    /// How it ended, where that is known.
    pub outcome: Option<Outcome>,
}

impl SignalView {
    /// The view of a signal with these properties. No direction counts as inbound.
    pub fn new(
        kind: SignalKind,
        channel: Option<Channel>,
        direction: Option<Direction>,
        outcome: Option<Outcome>,
    ) -> Self {
        Self { kind, channel, inbound: direction != Some(Direction::Outbound), outcome }
    }

    /// A contact moment of ours: outbound over a channel.
    pub const fn is_touch(self) -> bool {
        !self.inbound && self.channel.is_some()
    }

    /// True when its outcome says that the person reacted.
    pub fn is_answered(self) -> bool {
        self.outcome.is_some_and(Outcome::is_answer)
    }

    /// A reply of theirs: a signal of that kind, or a touch of ours that ended in a reply. An automatic reply is none, whatever its outcome.
    pub fn is_reply(self) -> bool {
        (self.kind == SignalKind::Reply && self.inbound)
            || (self.outcome == Some(Outcome::Replied) && self.kind != SignalKind::AutoReply)
    }

    /// True when the customer started it and not a machine: neither an automatic reply nor a mail that came back.
    pub fn is_of_person(self) -> bool {
        self.inbound && !matches!(self.kind, SignalKind::AutoReply | SignalKind::Bounce)
    }

    /// Something of theirs that waits until we answer.
    ///
    /// A call waits when its outcome says that nobody spoke with them; one without an outcome counts as spoken.
    pub fn awaits_answer(self) -> bool {
        self.inbound
            && !self.is_answered()
            && match self.kind {
                SignalKind::Form | SignalKind::Reply | SignalKind::Chat | SignalKind::Message | SignalKind::Email => {
                    true
                }
                SignalKind::Call => self.outcome.is_some(),
                _ => false,
            }
    }

    /// Something that ends a series of unanswered touches: a touch that was answered, or a signal of theirs. A bounced mail, an automatic
    /// reply and a note do not.
    pub fn is_reaction(self) -> bool {
        if self.is_touch() {
            self.is_answered()
        } else {
            self.inbound && !matches!(self.kind, SignalKind::Bounce | SignalKind::AutoReply | SignalKind::Note)
        }
    }

    /// A contact moment that the customer started. A reply answers one of ours; a visit or a download is no contact.
    pub const fn starts_contact(self) -> bool {
        self.inbound
            && matches!(
                self.kind,
                SignalKind::Form
                    | SignalKind::Call
                    | SignalKind::Email
                    | SignalKind::Message
                    | SignalKind::Chat
                    | SignalKind::Meeting
            )
    }

    /// An unsubscribe from this channel. One that names no channel is from mail.
    pub fn unsubscribes_from(self, channel: Channel) -> bool {
        self.kind == SignalKind::Unsubscribe && self.channel.unwrap_or(Channel::Email) == channel
    }
}

impl From<&Signal> for SignalView {
    fn from(signal: &Signal) -> Self {
        Self::new(signal.kind, signal.channel, signal.direction, signal.outcome)
    }
}

/// True for kinds that count as interest of theirs only when they started them: a reply, or a reaction to a post, of ours is none of theirs.
/// Calls, chats, meetings and orders count whoever started them.
pub const fn is_interest(kind: SignalKind) -> bool {
    matches!(
        kind,
        SignalKind::PageVisit
            | SignalKind::Search
            | SignalKind::Download
            | SignalKind::Form
            | SignalKind::Open
            | SignalKind::Click
            | SignalKind::Reply
            | SignalKind::Engage
    )
}
