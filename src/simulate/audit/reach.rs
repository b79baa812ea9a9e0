//! Over which channels a person can be reached as far as the log tells: the second opinion on `book/failed_channels.rs` and on absences and
//! departures, with which it shares no code.

use crate::book::vocabulary::{Channel, Outcome, SignalKind};
use crate::book::{Person, Signal};
use crate::calendar::Instant;
use crate::simulate::audit::meaning::is_theirs;

/// Whether somebody is no longer there.
pub(super) fn is_gone(person: &Person, now: Instant) -> bool {
    person.left_at.is_some_and(|left| now >= left)
}

/// Whether somebody is away.
pub(super) fn is_away(person: &Person, now: Instant) -> bool {
    person.absences.iter().any(|absence| (absence.from..absence.until).contains(&now))
}

/// Whether a number or address is out of use: read backwards, the last thing that tells. `signals` are those that name the person, oldest first.
pub(super) fn is_out_of_use<'a>(signals: impl DoubleEndedIterator<Item = &'a Signal>, channel: Channel) -> bool {
    let (mut failures, mut connected) = (0, false);
    for signal in signals.rev() {
        let over_it = over(signal) == Some(channel);
        match (signal.kind, signal.outcome) {
            (SignalKind::ContactChanged, _) if signal.channel.is_none() || over_it => return false,
            _ if !over_it => {}
            (SignalKind::Bounce, _) => return true,
            (SignalKind::Open | SignalKind::AutoReply, _) => {}
            _ if is_theirs(signal) => return false,
            (_, Some(Outcome::WrongNumber | Outcome::NumberDead)) => return true,
            (_, Some(Outcome::Failed)) => {
                failures += 1;
                if failures == 2 && !connected {
                    return true;
                }
            }
            // It rang, at somebody's.
            (_, Some(Outcome::NoAnswer | Outcome::Voicemail | Outcome::Busy | Outcome::NoShow)) => connected = true,
            (SignalKind::Call, None) | (_, Some(_)) => return false,
            (_, None) => failures = 0,
        }
    }
    false
}

/// The channel that a signal was over.
fn over(signal: &Signal) -> Option<Channel> {
    let usual = match signal.kind {
        SignalKind::Call => Channel::Phone,
        SignalKind::Email | SignalKind::Reply | SignalKind::Click | SignalKind::Bounce => Channel::Email,
        SignalKind::Message => Channel::Social,
        SignalKind::Chat => Channel::Chat,
        _ => return signal.channel,
    };
    signal.channel.or(Some(usual))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::book::failed_channels::failed_channels;
    use crate::book::vocabulary::Direction;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn both_opinions_agree(log in proptest::collection::vec((0_usize..20, 0_usize..14, 0_usize..8, any::<bool>()), 0..7)) {
            let signal = |(nth, (kind, outcome, channel, ours)): (usize, (usize, usize, usize, bool))| Signal {
                channel: Channel::ALL.get(channel).copied(),
                outcome: Outcome::ALL.get(outcome).copied(),
                direction: Some(if ours { Direction::Outbound } else { Direction::Inbound }),
                ..Signal::new(Instant::from_millis(nth as i64), SignalKind::ALL[kind])
            };
            let log: Vec<Signal> = log.into_iter().enumerate().map(signal).collect();
            let failed = failed_channels(log.iter().map(Signal::view));
            for channel in Channel::ALL {
                prop_assert_eq!(failed.has(*channel), is_out_of_use(log.iter(), *channel), "{} {:?}", channel, log);
            }
        }
    }
}
