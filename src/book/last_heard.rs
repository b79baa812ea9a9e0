//! When a person last heard from us.
//!
//! In: the signals that concern the person. Out: the moment of the newest touch that came to their notice.
//!
//! Left out: whether they were reached; a call that rang out was noticed and did not reach them ([`crate::book::questions`]).

use std::collections::BTreeMap;

use crate::book::questions::RETURNS_WITHIN;
use crate::book::signal_view::{ContactResult, SignalView};
use crate::book::vocabulary::{Channel, Outcome, SignalKind};
use crate::calendar::Instant;

/// When a person last heard from us: the newest touch, of those that `is_counted` takes, that was delivered, rang or was left as voicemail;
/// `None` where there is none. In: the signals that concern the person, newest first. A meeting that they did not come to said nothing to them.
pub fn last_heard(
    signals: impl IntoIterator<Item = (Instant, SignalView)>,
    is_counted: impl Fn(SignalView) -> bool,
) -> Option<Instant> {
    // Per channel, the bounces that are not yet matched to a message, newest first: `pop` gives the earliest, which belongs to the newest message before it.
    let mut returned: BTreeMap<Channel, Vec<Instant>> = BTreeMap::new();
    for (at, view) in signals {
        if view.kind == SignalKind::Bounce {
            returned.entry(view.channel.unwrap_or(Channel::Email)).or_default().push(at);
            continue;
        }
        let came_back = match view.contact_result() {
            Some(ContactResult::Written(channel)) => {
                let pending = returned.get_mut(&channel);
                pending.and_then(Vec::pop).is_some_and(|returned| returned - at < RETURNS_WITHIN)
            }
            _ => false,
        };
        let failed = came_back || view.is_undeliverable() || view.outcome == Some(Outcome::NoShow);
        if view.is_touch() && is_counted(view) && !failed {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::vocabulary::Direction;

    const DAY: i64 = 24 * 60;

    fn at(minute: i64) -> Instant {
        Instant::from_millis(minute * 60_000)
    }

    fn ours(minute: i64, kind: SignalKind, channel: Channel, outcome: Option<Outcome>) -> (i64, SignalView) {
        (minute, SignalView::new(kind, Some(channel), Some(Direction::Outbound), outcome))
    }

    fn mail(minute: i64) -> (i64, SignalView) {
        ours(minute, SignalKind::Email, Channel::Email, None)
    }

    fn call(minute: i64, outcome: Outcome) -> (i64, SignalView) {
        ours(minute, SignalKind::Call, Channel::Phone, Some(outcome))
    }

    fn theirs(minute: i64, kind: SignalKind) -> (i64, SignalView) {
        (minute, SignalView::new(kind, Some(Channel::Email), Some(Direction::Inbound), None))
    }

    fn bounce(minute: i64) -> (i64, SignalView) {
        theirs(minute, SignalKind::Bounce)
    }

    #[test]
    fn what_failed_or_came_back_was_not_heard() {
        let heard = |signals: &[(i64, SignalView)]| {
            let newest_first = signals.iter().rev().map(|(minute, view)| (at(*minute), *view));
            last_heard(newest_first, |_| true).map(|at| at.millis() / 60_000)
        };
        assert_eq!(heard(&[]), None);
        assert_eq!(heard(&[theirs(0, SignalKind::Form), theirs(1, SignalKind::Reply)]), None, "what they did");
        assert_eq!(heard(&[mail(1), mail(3)]), Some(3));
        assert_eq!(heard(&[mail(1), call(3, Outcome::NoAnswer)]), Some(3));
        for failed in [Outcome::Failed, Outcome::WrongNumber, Outcome::NumberDead] {
            assert_eq!(heard(&[mail(1), call(3, failed)]), Some(1), "{failed:?}");
        }
        let missed = ours(3, SignalKind::Meeting, Channel::Video, Some(Outcome::NoShow));
        assert_eq!(heard(&[mail(1), missed]), Some(1));
        assert_eq!(heard(&[mail(1), bounce(2)]), None);
        assert_eq!(heard(&[mail(1), mail(3), bounce(4)]), Some(1));
        assert_eq!(heard(&[mail(1), mail(3), bounce(4), bounce(5)]), None);
        assert_eq!(heard(&[mail(1), bounce(2), mail(3)]), Some(3));
        assert_eq!(heard(&[mail(0), bounce(6 * DAY)]), Some(0), "no mail comes back so late");
        assert_eq!(heard(&[call(0, Outcome::Voicemail), bounce(1)]), Some(0), "a mail came back");
    }
}
