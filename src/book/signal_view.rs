//! What one signal means: a touch of ours, a reply, a reaction, something that waits for an answer, an unsubscribe.
//!
//! [`SignalView`] holds the five properties on which this depends. Records ([`Signal`]), logs
//! ([`SignalLog`](crate::book::columns::SignalLog)) and the events of an account all have them, so that each meaning has one definition.
//!
//! Left out: what depends on other signals as well, such as how many touches went unanswered, and whether a question is still open
//! ([`crate::book::questions`]).

use crate::book::lead::Signal;
use crate::book::vocabulary::{Channel, Direction, Outcome, SignalKind};
use crate::calendar::Duration;

/// The properties of a signal on which its meaning depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SignalView {
    /// What happened.
    pub kind: SignalKind,
    /// Over which channel, where there was one.
    pub channel: Option<Channel>,
    /// True when the customer started it: everything that is not outbound.
    pub inbound: bool,
    /// How it ended, where that is known.
    pub outcome: Option<Outcome>,
    /// Whether it only tells them that we have their question, and answers nothing.
    pub acknowledges: bool,
}

/// How long it matters that somebody did not come to a meeting.
pub const NO_SHOW_MATTERS_FOR: Duration = Duration::from_millis(30 * 86_400_000);

/// How far a contact with a person went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactResult {
    /// Both spoke: a call that was taken, a meeting that was held, a chat.
    Spoken,
    /// Something was written to them over this channel. It may still come back.
    Written(Channel),
    /// A touch of ours did not reach them.
    InVain(Option<Channel>),
}

impl SignalView {
    /// The view of a signal with these properties, which is no acknowledgement. No direction counts as inbound.
    pub fn new(
        kind: SignalKind,
        channel: Option<Channel>,
        direction: Option<Direction>,
        outcome: Option<Outcome>,
    ) -> Self {
        Self { kind, channel, inbound: direction != Some(Direction::Outbound), outcome, acknowledges: false }
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

    /// A conversation: they replied or wrote to us, both spoke or met, an appointment was agreed on, or they said yes or no. Nothing of a series
    /// fits any more after it. An attempt that reached nobody, a voice message and a meeting to which they did not come are none; nor is a
    /// touch of ours of which it is not known how it ended, or an invitation to connect that they accepted.
    pub fn ends_series(self) -> bool {
        use SignalKind::{Call, Chat, Email, Meeting, Message, Reply};
        let ended = match self.outcome {
            Some(Outcome::Answered | Outcome::Replied | Outcome::Booked | Outcome::Held | Outcome::Declined) => true,
            Some(Outcome::Accepted) => self.channel != Some(Channel::Social),
            _ => false,
        };
        match self.kind {
            SignalKind::AutoReply | SignalKind::Bounce => false,
            Meeting if !self.is_in_vain() => true,
            Call | Chat | Email | Message | Reply if self.inbound && !self.is_in_vain() => true,
            _ => ended,
        }
    }

    /// Whether it no longer matters after this that they did not come to a meeting: both spoke since, agreed on another one, or they ordered.
    pub fn ends_no_show(self) -> bool {
        self.kind == SignalKind::Order || self.ends_series()
    }

    /// True when the customer started it and not a machine: neither an automatic reply nor a mail that came back.
    pub fn is_of_person(self) -> bool {
        self.inbound && !matches!(self.kind, SignalKind::AutoReply | SignalKind::Bounce)
    }

    /// Something of theirs that waits until we answer.
    ///
    /// A call waits when its outcome says that nobody took it; one without an outcome counts as spoken.
    pub fn awaits_answer(self) -> bool {
        self.inbound
            && !self.is_answered()
            && match self.kind {
                SignalKind::Form | SignalKind::Reply | SignalKind::Chat | SignalKind::Message | SignalKind::Email => {
                    true
                }
                SignalKind::Call => self.is_in_vain(),
                _ => false,
            }
    }

    /// A touch of ours that counts as our answer to all that they sent before it, whoever it reached (the fact `answered`).
    pub const fn answers(self) -> bool {
        self.is_touch() && !self.acknowledges
    }

    /// True when its outcome says that nobody was met or spoken with.
    pub fn is_in_vain(self) -> bool {
        use Outcome::{Busy, NoAnswer, NoShow, Voicemail};
        self.outcome.is_some_and(|outcome| matches!(outcome, NoAnswer | Voicemail | Busy | NoShow))
            || self.is_undeliverable()
    }

    /// True when its outcome says that it could not be delivered: it failed, or the number or address is wrong.
    pub fn is_undeliverable(self) -> bool {
        self.outcome == Some(Outcome::Failed) || self.is_wrong_number()
    }

    /// True when its outcome says that the number, address or profile is another one's, or not in use.
    pub fn is_wrong_number(self) -> bool {
        matches!(self.outcome, Some(Outcome::WrongNumber | Outcome::NumberDead))
    }

    /// How far it went as a contact with the person whom it names; `None` for what is no contact, such as a visit to the site.
    ///
    /// A call, chat or meeting without an outcome counts as spoken, as in [`awaits_answer`](Self::awaits_answer); what is written without one
    /// counts as delivered.
    pub fn contact_result(self) -> Option<ContactResult> {
        let in_vain = self.is_in_vain();
        let spoken = match self.kind {
            SignalKind::Call | SignalKind::Meeting | SignalKind::Chat => true,
            SignalKind::Email | SignalKind::Message | SignalKind::Reply => false,
            // A reaction to their post says nothing to them.
            SignalKind::Engage => return None,
            _ => matches!(self.channel, Some(Channel::Phone | Channel::Video | Channel::Visit | Channel::Chat)),
        };
        if self.inbound {
            let met = matches!(self.kind, SignalKind::Call | SignalKind::Meeting) && !in_vain;
            return (met || self.kind == SignalKind::Chat && self.is_answered()).then_some(ContactResult::Spoken);
        }
        let usual = match self.kind {
            SignalKind::Call => Some(Channel::Phone),
            SignalKind::Chat => Some(Channel::Chat),
            SignalKind::Email | SignalKind::Reply => Some(Channel::Email),
            SignalKind::Message => Some(Channel::Social),
            _ => None,
        };
        let channel = self.channel.or(usual);
        match channel {
            _ if spoken && in_vain => Some(ContactResult::InVain(channel)),
            _ if spoken => Some(ContactResult::Spoken),
            Some(Channel::Content) | None => None,
            Some(_) if self.is_undeliverable() => Some(ContactResult::InVain(channel)),
            Some(channel) => Some(ContactResult::Written(channel)),
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
        let view = Self::new(signal.kind, signal.channel, signal.direction, signal.outcome);
        Self { acknowledges: signal.acknowledges, ..view }
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
