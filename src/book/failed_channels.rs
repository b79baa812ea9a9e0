//! Channels over which a person cannot be reached any more: the number is wrong, the address bounces, the profile is gone.
//!
//! A channel fails when two attempts in a row over it could not be delivered, or once when something came back or the outcome says that the
//! number is wrong. It counts as absent for that person until it worked again (they wrote, clicked or rang over it, or an attempt over it met
//! them), or until it was changed (`contact_changed`). That it rang out or was busy shows that it exists, which ends failures in a row, and not that it is theirs.
//!
//! In: the signals that name one person, oldest first. Out: the set of channels that fail. Facts, policies and the decision all ask here.

use crate::book::questions::ChannelSet;
use crate::book::signal_view::SignalView;
use crate::book::vocabulary::{Channel, Outcome, SignalKind};

/// What is known of the channels of a person.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// The last attempt over it could not be delivered.
    failed_once: ChannelSet,
    /// The last two could not.
    failed_twice: ChannelSet,
    /// Something came back, or the number is another one's.
    wrong: ChannelSet,
}

/// The channels that fail after these signals.
pub fn failed_channels(signals: impl IntoIterator<Item = SignalView>) -> ChannelSet {
    let mut known = Known::default();
    signals.into_iter().for_each(|signal| known.add(signal));
    known.failed_twice.union(known.wrong)
}

impl Known {
    fn add(&mut self, signal: SignalView) {
        let over = channel_of(signal);
        match signal.kind {
            SignalKind::Bounce => self.wrong.add(over),
            SignalKind::ContactChanged => match signal.channel {
                Some(_) => self.works(over),
                None => *self = Self::default(),
            },
            // They may be of a machine, or of a mail of long ago.
            SignalKind::AutoReply | SignalKind::Open => {}
            _ if signal.inbound => self.works(over),
            _ => self.attempt(signal, over),
        }
    }

    /// An attempt of ours.
    fn attempt(&mut self, signal: SignalView, over: Option<Channel>) {
        let Some(channel) = over else { return };
        match signal.outcome {
            Some(Outcome::WrongNumber | Outcome::NumberDead) => self.wrong.add(over),
            Some(Outcome::Failed) if self.failed_once.has(channel) => self.failed_twice.add(over),
            Some(Outcome::Failed) => self.failed_once.add(over),
            Some(Outcome::NoAnswer | Outcome::Voicemail | Outcome::Busy | Outcome::NoShow) => {
                self.failed_once.remove(channel);
                self.failed_twice.remove(channel);
            }
            Some(_) => self.works(over),
            // A call without an outcome counts as spoken. That a mail was sent does not show that it arrived.
            None if signal.kind == SignalKind::Call => self.works(over),
            None => self.failed_once.remove(channel),
        }
    }

    fn works(&mut self, over: Option<Channel>) {
        if let Some(channel) = over {
            self.failed_once.remove(channel);
            self.failed_twice.remove(channel);
            self.wrong.remove(channel);
        }
    }
}

/// Whether a signal can make a channel fail: without one, no channel does.
pub fn can_fail(signal: SignalView) -> bool {
    signal.kind == SignalKind::Bounce || signal.is_undeliverable()
}

/// The channel of a signal, else the usual one of its kind.
const fn channel_of(signal: SignalView) -> Option<Channel> {
    match (signal.channel, signal.kind) {
        (Some(channel), _) => Some(channel),
        (None, SignalKind::Call) => Some(Channel::Phone),
        (None, SignalKind::Bounce | SignalKind::Email | SignalKind::Reply | SignalKind::Click) => Some(Channel::Email),
        (None, SignalKind::Message) => Some(Channel::Social),
        (None, SignalKind::Chat) => Some(Channel::Chat),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::vocabulary::Direction;

    fn call(outcome: Outcome) -> SignalView {
        SignalView::new(SignalKind::Call, None, Some(Direction::Outbound), Some(outcome))
    }

    fn mail(outcome: Option<Outcome>) -> SignalView {
        SignalView::new(SignalKind::Email, Some(Channel::Email), Some(Direction::Outbound), outcome)
    }

    fn theirs(kind: SignalKind, channel: Option<Channel>) -> SignalView {
        SignalView::new(kind, channel, Some(Direction::Inbound), None)
    }

    /// Whether the phone, and whether mail fails.
    fn fails(signals: &[SignalView]) -> [bool; 2] {
        let failed = failed_channels(signals.iter().copied());
        [failed.has(Channel::Phone), failed.has(Channel::Email)]
    }

    #[test]
    fn two_failures_in_a_row_make_a_channel_fail_until_it_worked() {
        use Outcome::{Answered, Busy, Failed};
        assert_eq!(fails(&[call(Failed)]), [false, false]);
        assert_eq!(fails(&[call(Failed), call(Failed)]), [true, false]);
        assert_eq!(fails(&[call(Failed), call(Busy), call(Failed)]), [false, false], "not in a row");
        assert_eq!(fails(&[call(Failed), mail(None), call(Failed)]), [true, false], "a mail between them is no call");
        assert_eq!(fails(&[call(Failed), call(Failed), call(Answered)]), [false, false]);
        let rang = theirs(SignalKind::Call, Some(Channel::Phone));
        assert_eq!(fails(&[call(Failed), call(Failed), rang]), [false, false]);
    }

    #[test]
    fn a_wrong_number_fails_at_once_until_it_is_changed() {
        use Outcome::{Answered, NoAnswer, NumberDead, WrongNumber};
        for wrong in [WrongNumber, NumberDead] {
            assert_eq!(fails(&[call(wrong)]), [true, false], "{wrong}");
            assert_eq!(fails(&[call(wrong), call(NoAnswer)]), [true, false], "somebody else does not answer either");
            assert_eq!(fails(&[call(wrong), call(Answered)]), [false, false]);
            for (channel, still) in [(Some(Channel::Phone), false), (None, false), (Some(Channel::Email), true)] {
                let changed = theirs(SignalKind::ContactChanged, channel);
                assert_eq!(fails(&[call(wrong), changed]), [still, false], "{channel:?}");
            }
        }
    }

    #[test]
    fn an_address_that_bounces_fails_until_a_sign_of_life_from_another() {
        let bounce = theirs(SignalKind::Bounce, None);
        assert_eq!(fails(&[mail(None), bounce]), [false, true]);
        assert_eq!(fails(&[bounce, mail(None)]), [false, true], "a further mail shows nothing");
        assert_eq!(fails(&[bounce, theirs(SignalKind::AutoReply, Some(Channel::Email))]), [false, true]);
        assert_eq!(fails(&[bounce, theirs(SignalKind::Form, None)]), [false, true]);
        for kind in [SignalKind::Reply, SignalKind::Click, SignalKind::Email] {
            assert_eq!(fails(&[bounce, theirs(kind, None)]), [false, false], "{kind:?}");
        }
        assert_eq!(fails(&[bounce, mail(Some(Outcome::Replied))]), [false, false]);
    }
}
