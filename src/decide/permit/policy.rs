//! Last gate: contact policy. Caps, pauses and hours, solved at once with the window that the rule asks for.
//!
//! A cap or a pause does not stop a touch by itself: it moves the touch to the first moment that every policy allows. A touch
//! for which no such moment lies in sight is stopped, with the moment from which it would be allowed.

use super::{Asking, Stop};
use crate::book::Signal;
use crate::book::schema::Channel;
use crate::calendar::{Duration, Instant, Windows, Zone};
use crate::decide::advice::{Gate, RuleRef};
use crate::decide::best_time::BestHour;
use crate::decide::limits::forbidden;
use crate::decide::place::{self, Ask, LOOK_AHEAD, LOOK_FOR_LIFT, Slot};
use crate::decide::propensity::tried;
use crate::decide::reading::Says;
use crate::decide::review::Review;
use crate::decide::seller::{Seller, available};
use crate::decide::words;
use crate::rulebook::pack::{Channels, Hours, Limit, Pause, Scope};
use crate::rulebook::touch::Lapse;

/// A touch with its moment.
#[derive(Clone, Debug)]
pub(crate) struct Placed<'a> {
    /// When.
    pub(crate) slot: Slot,
    /// On whose clock it is shown.
    pub(crate) zone: Zone,
    /// By whom.
    pub(crate) seller: Option<Seller<'a>>,
    /// Whether it is due: the rule does not ask to wait.
    pub(crate) due: bool,
    /// Why this moment.
    pub(crate) why: String,
}

/// True for channels that take somebody's time at the moment itself; the rest can be prepared and sent.
pub(crate) const fn takes_time(channel: Channel) -> bool {
    matches!(channel, Channel::Phone | Channel::Video | Channel::Visit | Channel::Chat)
}

/// What restricts the moment.
enum Cause<'a, 'b> {
    Hours(&'b Says<'a, Hours>),
    OwnHours(&'b str),
    Seller(&'b Seller<'a>),
    Limit(&'b Says<'a, Limit>),
    Pause(&'b Says<'a, Pause>, &'b Signal),
}

struct Constraint<'a, 'b> {
    open: Windows,
    cause: Cause<'a, 'b>,
}

/// The moment for a touch.
///
/// # Errors
/// What stops it, when no permitted moment is in sight.
pub(crate) fn placed<'a>(
    asking: &Asking<'a, '_>,
    sellers: &[Seller<'a>],
    review: &mut Review,
) -> Result<Placed<'a>, Stop<'a>> {
    let Some(zone) = asking.member.place.clock() else {
        let reason = format!(
            "Neither time zone nor country of {} is known: ask, before it is night there",
            asking.member.called()
        );
        return Err(Stop { gate: Gate::Policy, policy: "zone-unknown", by: None, reason, lifts_at: None, hard: true });
    };
    let ask = ask(asking, zone, review);
    let seller = available(asking.desk, sellers, ask.start, ask.horizon(), review);
    let near = constraints(asking, seller, ask.sight());
    let open = together(&near, asking.case.now, ask.sight());
    let best =
        asking.touch.at_best.then(|| BestHour::of(&tried(&asking.member.signals, asking.channel), zone)).flatten();
    place::review(&ask, &open, best.as_ref(), review);
    review_neighbours(asking, &near, &ask, review);
    let placed = place::place(&ask, &open, best.as_ref());
    review_working_time(asking, &open, &ask, placed, review);
    match placed {
        Some(slot) => {
            review.at(slot.until);
            review_moving(asking, &near, &ask, slot, review);
            let why = why(asking, &ask, slot, &near, best.as_ref(), zone);
            Ok(Placed { slot, zone, seller: seller.cloned(), due: ask.start <= asking.case.now, why })
        }
        None => Err(blocked(asking, &ask, &near, seller, zone, review)),
    }
}

fn ask(asking: &Asking<'_, '_>, zone: Zone, review: &mut Review) -> Ask {
    let (now, touch) = (asking.case.now, asking.touch);
    let later = |at, lapse| asking.counting.later(asking.desk, at, lapse);
    let clock = |lapse: Option<Lapse>| match lapse {
        Some(Lapse::Clock(length)) => Some(length),
        _ => None,
    };
    let mut moving = Vec::new();
    let start = match asking.due {
        Some(due) => {
            review.at(due);
            due.max(now)
        }
        None => {
            moving.extend(clock(touch.after));
            touch.after.map_or(now, |after| later(now, after)).max(now)
        }
    };
    if asking.due.is_none_or(|due| due <= now) {
        moving.extend(clock(touch.within));
    }
    let promise = touch.within.map(|within| later(asking.due.map_or(now, |due| due.max(now)), within));
    Ask { start, promise, end: touch.before, moving, clock: Some(zone) }
}

fn constraints<'a, 'b>(
    asking: &Asking<'a, 'b>,
    seller: Option<&'b Seller<'a>>,
    until: Instant,
) -> Vec<Constraint<'a, 'b>> {
    let now = asking.case.now;
    let (desk, reading) = (asking.desk, asking.reading);
    let mut all = Vec::new();
    let open = |text: &str| {
        let hours = desk.hours(text)?;
        desk.almanac.windows(&hours, &asking.member.place, now, until).ok()
    };
    for says in
        reading.hours.iter().filter(|says| says.what.channels.cover(asking.channel) && says.concerns(asking.person))
    {
        // Hours that cannot be read were refused when the pack was read; here they leave no moment open.
        all.push(Constraint { open: open(&says.what.hours).unwrap_or_default(), cause: Cause::Hours(says) });
    }
    if let Some(own) = asking.member.person.reachable.as_deref() {
        all.push(Constraint { open: open(own).unwrap_or_default(), cause: Cause::OwnHours(own) });
    }
    if let Some(seller) = seller.filter(|_| takes_time(asking.channel))
        && let Some(open) = seller.at_work(desk, now, until)
    {
        all.push(Constraint { open, cause: Cause::Seller(seller) });
    }
    let everything = Windows::all(now, until);
    for says in
        reading.limits.iter().filter(|says| says.what.channels.cover(asking.channel) && says.concerns(asking.person))
    {
        let limit = says.what;
        let counted = asking.group.counted(limit.channels, limit.across, asking.case.index, asking.member.human);
        let open = everything.subtract(&forbidden(&counted, limit.most, limit.per));
        all.push(Constraint { open, cause: Cause::Limit(says) });
    }
    for says in
        reading.pauses.iter().filter(|says| says.what.channels.cover(asking.channel) && says.concerns(asking.person))
    {
        if let Some(last) = last_contact(asking.member.signals.as_slice(), says.what.channels) {
            let rest = Windows::all(last.at, last.at + says.what.length);
            all.push(Constraint { open: everything.subtract(&rest), cause: Cause::Pause(says, last) });
        }
    }
    all
}

/// The last signal over a channel, either way, with this person or without a name.
fn last_contact<'b>(signals: &[&'b Signal], channels: Channels) -> Option<&'b Signal> {
    signals.iter().copied().rev().find(|signal| signal.channel.is_some_and(|channel| channels.cover(channel)))
}

fn together(constraints: &[Constraint<'_, '_>], from: Instant, until: Instant) -> Windows {
    constraints.iter().fold(Windows::all(from, until), |open, one| open.intersect(&one.open))
}

/// A touch advised "now" to a colleague of theirs moves along with now, and so does what a cap forbids around it.
fn review_neighbours(asking: &Asking<'_, '_>, constraints: &[Constraint<'_, '_>], ask: &Ask, review: &mut Review) {
    if asking.group.leads.len() < 2 {
        return;
    }
    let edges: Vec<Instant> = constraints
        .iter()
        .flat_map(|one| one.open.iter().flat_map(|window| [window.from, window.until]))
        .chain(ask.end)
        .collect();
    for limit in constraints.iter().filter_map(|one| match &one.cause {
        Cause::Limit(says) => Some(says.what.per),
        _ => None,
    }) {
        for edge in &edges {
            review.at(*edge - limit);
            ask.moving.iter().for_each(|ahead| review.at(*edge - limit - *ahead));
        }
    }
}

/// A slot that begins at no edge moves along with now, and ends when its beginning has come to its end.
fn review_moving(
    asking: &Asking<'_, '_>,
    constraints: &[Constraint<'_, '_>],
    ask: &Ask,
    slot: Slot,
    review: &mut Review,
) {
    let capped = constraints.iter().any(|one| matches!(one.cause, Cause::Limit(_)));
    if !ask.moving.is_empty() || (capped && asking.group.leads.len() > 1) {
        review.at(asking.case.now + (slot.until - slot.from));
    }
}

/// Lengths in working hours do not move steadily: they stand still at night. A beginning that moves so reaches the next edge, or the
/// midnight at which the slot ends, that much working time before it.
fn review_working_time(asking: &Asking<'_, '_>, open: &Windows, ask: &Ask, placed: Option<Slot>, review: &mut Review) {
    let back = |lapse: Option<Lapse>| match lapse {
        Some(Lapse::Working(length)) => Some(Lapse::Working(-length)),
        _ => None,
    };
    let lapses: Vec<Lapse> = [asking.touch.after, asking.touch.within].into_iter().filter_map(back).collect();
    if lapses.is_empty() {
        return;
    }
    review.at_any(asking.counting.edges(asking.desk, asking.case.now, asking.case.now + LOOK_AHEAD));
    let edges = open.iter().flat_map(|window| [window.from, window.until]).chain(ask.end);
    for edge in edges.chain(placed.map(|slot| slot.until)).chain([ask.start]).chain(ask.promise) {
        // Beginning and promise meet at another moment when one runs by the clock and the other in working hours.
        review.at_any(ask.moving.iter().map(|ahead| edge - *ahead));
        review.at_any(lapses.iter().map(|lapse| asking.counting.later(asking.desk, edge, *lapse)));
    }
}

fn blocked<'a>(
    asking: &Asking<'a, '_>,
    ask: &Ask,
    near: &[Constraint<'a, '_>],
    seller: Option<&Seller<'a>>,
    zone: Zone,
    review: &mut Review,
) -> Stop<'a> {
    let now = asking.case.now;
    let far = now + LOOK_FOR_LIFT;
    let lifts = together(&constraints(asking, seller, far), now, far).first_at_or_after(ask.start);
    if let Some(lifts) = lifts {
        // It comes in sight two weeks before.
        review.at(lifts - LOOK_AHEAD);
        ask.moving.iter().for_each(|ahead| review.at(lifts - LOOK_AHEAD - *ahead));
    }
    let lifts_at = lifts.filter(|lifts| ask.end.is_none_or(|end| *lifts < end));
    let mut left = Windows::all(ask.start, ask.horizon());
    let culprit = near.iter().find(|one| {
        left = left.intersect(&one.open);
        left.is_empty()
    });
    let until = match (lifts_at, ask.end) {
        (Some(lifts), _) => format!("; possible from {}", words::moment(lifts, zone)),
        (None, Some(end)) => format!("; after {} it is no use", words::moment(end, zone)),
        (None, None) => String::new(),
    };
    let (policy, by, hard, reason) = match culprit.map(|one| &one.cause) {
        Some(cause) => (policy(cause), by(cause), is_hard(cause), cause_words(asking, cause)),
        None => ("too-late", None, false, "The moment for it has passed".to_owned()),
    };
    Stop { gate: Gate::Policy, policy, by, reason: format!("{reason}{until}"), lifts_at, hard }
}

fn why(
    asking: &Asking<'_, '_>,
    ask: &Ask,
    slot: Slot,
    constraints: &[Constraint<'_, '_>],
    best: Option<&BestHour>,
    zone: Zone,
) -> String {
    let best_words = match best {
        Some(best) => format!("the hour from {:02}:00 is when they answer most", best.hour(slot.from)),
        None if asking.touch.at_best => {
            "too few answers to know their best hour, so the first moment that is allowed".to_owned()
        }
        None => String::new(),
    };
    let delay = || {
        // Of all that is closed at the start, what opens last.
        let closed = constraints.iter().filter(|one| !one.open.contains(ask.start));
        closed.max_by_key(|one| one.open.first_at_or_after(ask.start)).map(|one| cause_words(asking, &one.cause))
    };
    let moment = if slot.from > ask.start && best.is_none() {
        delay().map_or_else(
            || "the first moment that is allowed".to_owned(),
            |cause| format!("not sooner: {}", words::lower(&cause)),
        )
    } else if let Some(due) = asking.due.filter(|due| *due > asking.case.now) {
        format!("the step is due {}", words::moment(due, zone))
    } else if ask.start > asking.case.now {
        "the rule asks to wait until then".to_owned()
    } else if slot.from == asking.case.now {
        "it may be done now".to_owned()
    } else {
        String::new()
    };
    let late = if slot.late { "later than the rule promises" } else { "" };
    let parts: Vec<&str> = [late, &best_words, &moment].into_iter().filter(|part| !part.is_empty()).collect();
    words::capital(&parts.join("; "))
}

const fn policy(cause: &Cause<'_, '_>) -> &'static str {
    match cause {
        Cause::Hours(_) | Cause::OwnHours(_) => "reachable",
        Cause::Seller(_) => "rep-away",
        Cause::Limit(_) => "limit",
        Cause::Pause(..) => "pause",
    }
}

fn by<'a>(cause: &Cause<'a, '_>) -> Option<&'a RuleRef> {
    match cause {
        Cause::Hours(says) => Some(says.by),
        Cause::Limit(says) => Some(says.by),
        Cause::Pause(says, _) => Some(says.by),
        Cause::OwnHours(_) | Cause::Seller(_) => None,
    }
}

fn is_hard(cause: &Cause<'_, '_>) -> bool {
    match cause {
        Cause::Hours(says) => says.hard,
        Cause::Limit(says) => says.hard,
        Cause::Pause(says, _) => says.hard,
        Cause::OwnHours(_) | Cause::Seller(_) => false,
    }
}

fn cause_words(asking: &Asking<'_, '_>, cause: &Cause<'_, '_>) -> String {
    let who = asking.member.called();
    let one = |channels: Channels| match channels {
        Channels::Any => None,
        Channels::One(channel) => Some(channel),
    };
    match cause {
        Cause::Hours(says) => {
            format!(
                "No {} outside {}{}",
                words::over(asking.channel),
                words::hours(&says.what.hours),
                words::quoted(says.reason.as_deref())
            )
        }
        Cause::OwnHours(hours) => format!("{who} can be reached {}", words::hours(hours)),
        Cause::Seller(seller) => format!("{} is not at work then", seller.called()),
        Cause::Limit(says) => {
            let rate = words::rate(says.what.most, one(says.what.channels), says.what.per);
            let across = match says.what.across {
                Scope::Person => format!("for {who}"),
                Scope::Lead => "for this lead".to_owned(),
                Scope::Account => "for the whole account".to_owned(),
            };
            format!("No more than {rate} {across}{}", words::quoted(says.reason.as_deref()))
        }
        Cause::Pause(says, last) => {
            let ago: Duration = asking.case.now - last.at;
            let length = says.what.length;
            format!("A rest of {length} since the last contact, {ago} ago{}", words::quoted(says.reason.as_deref()))
        }
    }
}
