//! Opens and clicks that a machine made: a mail gateway that opens a mail and follows all its links before anybody has read it.
//!
//! They are no evidence of anything, so facts, decisions and columns leave them out. This is the one definition for all of them. An open or a
//! click of a mail is by a machine when
//! * a mail of ours to the lead was sent at most [`limits::MACHINE_REACTION_MILLIS`] before it, or
//! * all links were followed at once: within that time of it there are clicks on two different links, or three clicks.
//!
//! A later open or click of the same mail is one of a person.
//!
//! Left out: for whom the mail was, and whose open it is. Two people of one lead seldom do this within two seconds of each other.

use std::ops::Range;

use crate::book::columns::SignalLog;
use crate::book::lead::Signal;
use crate::book::signal_view::SignalView;
use crate::book::vocabulary::{Channel, SignalKind};
use crate::calendar::Instant;
use crate::limits;

/// What is asked about a signal: when it was, what it means, and which link it followed.
type Asked<L> = (Instant, SignalView, L);

/// Whether the signal at this place was made by a machine. `past` are the signals of one lead that have happened, oldest first.
pub(crate) fn is_by_machine(past: &[Signal], nth: usize) -> bool {
    let may_be = past.get(nth).is_some_and(|signal| is_open_or_click(signal.kind));
    may_be && by_machine(nth, |nth| past.get(nth).map(asked))
}

fn asked(signal: &Signal) -> Asked<(Option<&str>, Option<&str>)> {
    (signal.at, signal.view(), (signal.topic.as_deref(), signal.content.as_deref()))
}

/// [`is_by_machine`] for the signal at this place of a log; `past` are the places of the signals of its lead that have happened.
pub(crate) fn is_by_machine_in(log: &SignalLog, past: &Range<usize>, nth: usize) -> bool {
    let may_be = log.kind.get(nth).and_then(|kind| SignalKind::ALL.get(usize::from(*kind)));
    may_be.is_some_and(|kind| is_open_or_click(*kind))
        && by_machine(nth - past.start, |nth| {
            let place = Some(past.start + nth).filter(|place| past.contains(place))?;
            let at = Instant::from_millis(*log.at.get(place)?);
            let link = (log.topic.get(place).copied(), log.content.get(place).copied().unwrap_or_default());
            Some((at, log.view(place)?, link))
        })
}

const fn is_open_or_click(kind: SignalKind) -> bool {
    matches!(kind, SignalKind::Open | SignalKind::Click)
}

/// The definition. `signal` gives the signals of the lead by place, oldest first; `None` after the last.
fn by_machine<L: PartialEq>(nth: usize, signal: impl Fn(usize) -> Option<Asked<L>>) -> bool {
    let of_mail = |view: SignalView| view.inbound && view.channel.is_none_or(|channel| channel == Channel::Email);
    let Some((at, _, own_link)) = signal(nth).filter(|(_, view, _)| is_open_or_click(view.kind) && of_mail(*view))
    else {
        return false;
    };
    let near = |other: &Asked<L>| (other.0 - at).millis().abs() <= limits::MACHINE_REACTION_MILLIS;
    let before = (0..nth).rev().map_while(&signal).take_while(near).take(limits::MACHINE_NEIGHBOURS);
    let after = (nth + 1..).map_while(&signal).take_while(near).take(limits::MACHINE_NEIGHBOURS);
    let is_click = |view: SignalView| view.kind == SignalKind::Click && of_mail(view);
    let own_is_click = signal(nth).is_some_and(|(_, view, _)| is_click(view));
    let (mut clicks, mut links) = (usize::from(own_is_click), Vec::new());
    links.extend(own_is_click.then_some(own_link));
    for (when, view, link) in before.chain(after) {
        if view.is_touch() && view.channel == Some(Channel::Email) && when <= at {
            return true;
        }
        if is_click(view) {
            clicks += 1;
            if !links.contains(&link) {
                links.push(link);
            }
        }
        if links.len() >= 2 || clicks >= 3 {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::vocabulary::Direction;
    use crate::calendar::Duration;

    /// A mail or reaction so many milliseconds after ten o'clock.
    fn signal(millis: i64, kind: SignalKind, link: &str) -> Signal {
        let ours = kind == SignalKind::Email;
        Signal {
            topic: (!link.is_empty()).then(|| link.to_owned()),
            channel: Some(Channel::Email),
            direction: Some(if ours { Direction::Outbound } else { Direction::Inbound }),
            ..Signal::new(Instant::from_millis(1_795_000_000_000) + Duration::from_millis(millis), kind)
        }
    }

    fn machines(log: &[Signal]) -> Vec<usize> {
        (0..log.len()).filter(|nth| is_by_machine(log, *nth)).collect()
    }

    #[test]
    fn what_is_opened_or_clicked_in_the_moment_of_sending_is_by_a_machine() {
        use SignalKind::{Click, Email, Open, Reply};
        let log = [
            signal(0, Open, ""),
            signal(0, Email, ""),
            signal(1_000, Click, "a"),
            signal(2_000, Open, ""),
            signal(2_001, Open, ""),
            signal(9_000, Click, "a"),
        ];
        assert_eq!(machines(&log), [0, 2, 3]);
        assert_eq!(machines(&[signal(0, Email, ""), signal(1_000, Reply, "")]), Vec::<usize>::new());
    }

    #[test]
    fn all_links_at_once_are_followed_by_a_machine_whenever_it_comes() {
        use SignalKind::{Click, Open};
        assert_eq!(machines(&[signal(0, Open, ""), signal(500, Click, "a"), signal(900, Click, "b")]), [0, 1, 2]);
        assert_eq!(machines(&[signal(0, Click, ""), signal(1, Click, ""), signal(2, Click, "")]), [0, 1, 2]);
        // A double click, and two links in their own time.
        assert_eq!(machines(&[signal(0, Click, "a"), signal(300, Click, "a")]), Vec::<usize>::new());
        assert_eq!(machines(&[signal(0, Click, "a"), signal(2_001, Click, "b")]), Vec::<usize>::new());
    }
}
