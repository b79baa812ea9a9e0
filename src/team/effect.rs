//! The effect of social selling and of content: what somebody read or answered before a lead came further.
//!
//! A post that nobody reacts to has no effect, however many there are. What counts is theirs: a reaction or message over a social channel, an answer to
//! one of ours, content that they opened, fetched or clicked on.

use crate::book::vocabulary::{Channel, Role, SignalKind};
use crate::book::{Lead, Signal};
use crate::calendar::{Duration, Instant};

/// How long before a move or an order something of theirs counts for it.
pub const EFFECT_WINDOW: Duration = Duration::from_millis(90 * 86_400_000);

/// Something of theirs that shows that social selling or content reached them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::team) struct Effect<'a> {
    pub(in crate::team) at: Instant,
    /// Id of the content that they read; `None` for a reaction over a social channel.
    pub(in crate::team) content: Option<&'a str>,
    /// The person, where that is known.
    pub(in crate::team) person: Option<&'a str>,
}

/// What shows an effect among the signals of a lead between two moments, the first included, oldest first.
pub(in crate::team) fn effects(lead: &Lead, from: Instant, until: Instant) -> impl Iterator<Item = Effect<'_>> {
    let within = lead.signals.iter().filter(move |signal| signal.at >= from && signal.at < until);
    within.filter_map(|signal| {
        let content = signal.content.as_deref().filter(|_| is_read(signal));
        let social = signal.channel == Some(Channel::Social) && (signal.is_inbound() || signal.view().is_answered());
        (content.is_some() || social).then_some(Effect { at: signal.at, content, person: signal.person.as_deref() })
    })
}

/// Whether somebody read the content of a signal: they did something with it, or answered the touch that brought it.
fn is_read(signal: &Signal) -> bool {
    use SignalKind::{Click, Download, Engage, Form, Open, PageVisit, Reply};
    let theirs = matches!(signal.kind, Open | Click | Download | PageVisit | Engage | Reply | Form);
    signal.is_inbound() && theirs || signal.is_touch() && signal.view().is_answered()
}

/// Whether something of theirs showed an effect within [`EFFECT_WINDOW`] before a moment.
pub(in crate::team) fn is_assisted(lead: &Lead, at: Instant) -> bool {
    effects(lead, at - EFFECT_WINDOW, at).next().is_some()
}

/// The parts that a person of a lead plays.
pub(in crate::team) fn roles<'a>(lead: &'a Lead, person: Option<&str>) -> &'a [Role] {
    let found = person.and_then(|id| lead.people.iter().find(|person| person.is_called(id)));
    found.map_or(&[], |person| &person.roles)
}
