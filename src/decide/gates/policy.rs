//! Last gate: contact policy. Caps, pauses and hours, solved at once with the window that the rule asks for.
//!
//! A cap or a pause does not stop a touch by itself: it moves the touch to the first moment that every policy allows. A touch
//! for which no such moment lies in sight is stopped, with the moment from which it would be allowed.
//!
//! Most leads have nothing particular about them: no cap is near, no pause runs, nobody has own hours. Then the moment depends on the
//! place, the hours, the seller and the touch alone, and is worked out once for all of them.

use std::sync::Arc;

use crate::book::vocabulary::Channel;
use crate::calendar::{Duration, Instant, Reachable, Windows, Zone};
use crate::decide::context::decision_context::{OpenTimesKey, PlacementKey};
use crate::decide::context::placement::{Placement, TimeSlot};
use crate::decide::context::propensity::tried;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::PolicyHit;
use crate::decide::context::sellers::{Seller, available};
use crate::decide::context::statements::{FrequencyCap, PolicyStatement};
use crate::decide::context::stop::{BlockReason, Blocked};
use crate::decide::gates::GateInput;
use crate::decide::gates::frequency::forbidden;
use crate::decide::schedule::best_time::BestHour;
use crate::decide::schedule::solver::{self, LOOK_AHEAD, LOOK_FOR_LIFT, MILLISECOND, ScheduleRequest};
use crate::pack::touch::Lapse;

/// True for channels that take somebody's time at the moment itself; the rest can be prepared and sent.
const fn takes_time(channel: Channel) -> bool {
    matches!(channel, Channel::Phone | Channel::Video | Channel::Visit | Channel::Chat)
}

/// The moment for a touch.
///
/// # Errors
/// What stops it, when no permitted moment is in sight.
pub(crate) fn placed(
    asking: &GateInput<'_, '_>,
    sellers: &[Seller],
    review: &mut ReviewTracker,
) -> Result<Placement, Blocked> {
    let Some(zone) = asking.member.spot.place.clock() else { return Err(Blocked::of(BlockReason::ZoneUnknown)) };
    let best = best(asking, zone);
    let Some(placing) = nothing_particular(asking, best.as_ref()) else {
        return work_out(asking, sellers, zone, best.as_ref(), review);
    };
    if let Some((placed, until)) = asking.desk.placed(&placing) {
        review.at_any(until);
        return placed;
    }
    let mut own = ReviewTracker::new(asking.case.now);
    let placed = work_out(asking, sellers, zone, None, &mut own);
    asking.desk.remember(placing, placed, own.next());
    review.at_any(own.next());
    placed
}

/// What the moment depends on when nothing is particular about the lead; `None` when something is.
fn nothing_particular(asking: &GateInput<'_, '_>, best: Option<&BestHour>) -> Option<PlacementKey> {
    let touch = asking.touch();
    let working = |lapse: Option<Lapse>| matches!(lapse, Some(Lapse::Working(_)));
    let usual = asking.group.leads.len() == 1
        && asking.due.is_none()
        && asking.member.hours.is_none()
        && best.is_none()
        && touch.skill.is_none()
        && !working(touch.within)
        && !working(touch.after);
    let shape = asking.shaped.shape.filter(|_| usual)?;
    let placing =
        PlacementKey { spot: asking.member.spot.number, hours: hours(asking)?, owner: asking.case.owner, shape };
    barred(asking).is_empty().then_some(placing)
}

fn work_out(
    asking: &GateInput<'_, '_>,
    sellers: &[Seller],
    zone: Zone,
    best: Option<&BestHour>,
    review: &mut ReviewTracker,
) -> Result<Placement, Blocked> {
    let ask = ask(asking, zone, review);
    let seller = available(asking.desk, sellers, ask.start, ask.horizon(), review);
    let open = open(asking, seller, ask.sight());
    solver::review(&ask, &open, best, review);
    review_neighbours(asking, seller, &ask, review);
    let placed = solver::place(&ask, &open, best);
    review_working_time(asking, &open, &ask, placed, review);
    match placed {
        Some(slot) => {
            review.at(slot.until);
            review_moving(asking, &ask, slot, review);
            Ok(Placement { slot, seller, due: ask.start <= asking.case.now })
        }
        None => Err(blocked(asking, &ask, seller, review)),
    }
}

/// The best hour of a person for a touch that asks for it, where enough is known to tell.
pub(crate) fn best(asking: &GateInput<'_, '_>, zone: Zone) -> Option<BestHour> {
    if !asking.touch().at_best {
        return None;
    }
    BestHour::of(&tried(asking.group.events_of(asking.member.human), asking.channel), zone)
}

/// What is asked of the solver.
pub(crate) fn ask(asking: &GateInput<'_, '_>, zone: Zone, review: &mut ReviewTracker) -> ScheduleRequest {
    let (now, touch) = (asking.case.now, asking.touch());
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
    ScheduleRequest { start, promise, end: touch.before, moving, clock: Some(zone) }
}

/// The `reachable` statements that hold for this touch, a bit each; `None` when there are too many to tell so.
fn hours(asking: &GateInput<'_, '_>) -> Option<u64> {
    let mut hours = asking.policies(&asking.reading.policies.hours, &asking.desk.statements.hours);
    hours.try_fold(0, |set, (says, _)| {
        u32::try_from(says.nth).ok().and_then(|nth| 1_u64.checked_shl(nth)).map(|bit| set | bit)
    })
}

/// When everything allows the touch, from now until then.
fn open(asking: &GateInput<'_, '_>, seller: Option<Seller>, until: Instant) -> Arc<Windows> {
    let seller = seller.filter(|_| takes_time(asking.channel));
    let usual = || {
        let hours = asking.policies(&asking.reading.policies.hours, &asking.desk.statements.hours);
        let mut open = Windows::all(asking.case.now, until);
        for (_, policy) in hours {
            open = open.intersect(&open_at(asking, policy.what.hours.as_ref(), until));
        }
        match seller.and_then(|seller| seller.at_work(asking.desk, asking.case.now, until)) {
            Some(work) => open.intersect(&work),
            None => open,
        }
    };
    let mut open = match hours(asking) {
        Some(hours) => {
            let rep = seller.and_then(|seller| seller.rep);
            let opening = OpenTimesKey { spot: asking.member.spot.number, hours, rep };
            asking.desk.open(opening, until, usual)
        }
        None => Arc::new(usual()),
    };
    if let Some(own) = asking.member.hours {
        open = Arc::new(open.intersect(&own_hours(asking, own, until)));
    }
    for barred in barred(asking) {
        open = Arc::new(open.subtract(&barred));
    }
    open
}

/// Hours where the person is. Hours that cannot be read were refused when the pack was read; here they leave no moment open.
pub(crate) fn open_at(asking: &GateInput<'_, '_>, hours: Option<&Reachable>, until: Instant) -> Windows {
    let almanac = &asking.desk.known.almanac;
    let open = hours.and_then(|hours| almanac.windows(hours, &asking.member.spot.place, asking.case.now, until).ok());
    open.unwrap_or_default()
}

/// The person's own hours.
pub(crate) fn own_hours(asking: &GateInput<'_, '_>, text: &str, until: Instant) -> Windows {
    open_at(asking, asking.desk.hours(text).as_deref(), until)
}

/// What caps and pauses bar of the time from now on.
fn barred(asking: &GateInput<'_, '_>) -> Vec<Windows> {
    let statements = &asking.desk.statements;
    let limits = asking.policies(&asking.reading.policies.limits, &statements.limits);
    let mut barred: Vec<Windows> = limits.filter_map(|(_, limit)| capped(asking, limit)).collect();
    for (_, pause) in asking.policies(&asking.reading.policies.pauses, &statements.pauses) {
        let rest = rest(asking, pause).filter(|(_, end)| *end > asking.case.now);
        barred.extend(rest.map(|(last, end)| Windows::all(last, end)));
    }
    barred
}

/// The moments from now on at which one more touch would break a cap; `None` when there are none.
pub(crate) fn capped(asking: &GateInput<'_, '_>, limit: &PolicyStatement<FrequencyCap>) -> Option<Windows> {
    let FrequencyCap { most, per, across } = limit.what;
    let counted = asking.group.counted(limit.channels, across, asking.case.index, asking.member.human);
    // What lies further back than the stretch is long forbids nothing from now on.
    let near: Vec<Instant> = counted.filter(|at| *at > asking.case.now - per).collect();
    let enough = usize::try_from(most).is_ok_and(|most| near.len() >= most);
    enough.then(|| forbidden(&near, most, per)).filter(|forbidden| !forbidden.is_empty())
}

/// The rest that a pause asks for: since the last signal over its channel, either way, with this person or without a name.
pub(crate) fn rest(asking: &GateInput<'_, '_>, pause: &PolicyStatement<Duration>) -> Option<(Instant, Instant)> {
    let mut events = asking.group.events_of(asking.member.human).rev();
    let last = events.find(|event| event.channel.is_some_and(|channel| pause.channels.cover(channel)))?.at;
    Some((last, last + pause.what))
}

/// A touch advised "now" to a colleague of theirs moves along with now, and so does what a cap forbids around it.
fn review_neighbours(
    asking: &GateInput<'_, '_>,
    seller: Option<Seller>,
    ask: &ScheduleRequest,
    review: &mut ReviewTracker,
) {
    let limits = || asking.policies(&asking.reading.policies.limits, &asking.desk.statements.limits);
    if asking.group.leads.len() < 2 || limits().next().is_none() {
        return;
    }
    let constraints = constraints(asking, seller, ask.sight());
    let edges: Vec<Instant> = constraints
        .iter()
        .flat_map(|one| one.open.iter().flat_map(|window| [window.from, window.until]))
        .chain(ask.end)
        .collect();
    for (_, limit) in limits() {
        for edge in &edges {
            review.at(*edge - limit.what.per);
            ask.moving.iter().for_each(|ahead| review.at(*edge - limit.what.per - *ahead));
        }
    }
}

/// A slot that begins at no edge moves along with now, and ends when its beginning has come to its end.
fn review_moving(asking: &GateInput<'_, '_>, ask: &ScheduleRequest, slot: TimeSlot, review: &mut ReviewTracker) {
    let capped = || asking.policies(&asking.reading.policies.limits, &asking.desk.statements.limits).next().is_some();
    if !ask.moving.is_empty() || (asking.group.leads.len() > 1 && capped()) {
        review.at(asking.case.now + (slot.until - slot.from));
    }
}

/// Lengths in working hours do not move steadily: they stand still at night. A beginning that moves so reaches the next edge, or the
/// midnight at which the slot ends, that much working time before it.
fn review_working_time(
    asking: &GateInput<'_, '_>,
    open: &Windows,
    ask: &ScheduleRequest,
    placed: Option<TimeSlot>,
    review: &mut ReviewTracker,
) {
    let back = |lapse: Option<Lapse>| match lapse {
        Some(Lapse::Working(length)) => Some(Lapse::Working(-length)),
        _ => None,
    };
    let lapses: Vec<Lapse> = [asking.touch().after, asking.touch().within].into_iter().filter_map(back).collect();
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
    for opening in open {
        let later = |lapse: &Lapse| asking.counting.later(asking.desk, opening.from, *lapse) + MILLISECOND;
        review.at_any(lapses.iter().map(later));
    }
}

fn blocked(
    asking: &GateInput<'_, '_>,
    ask: &ScheduleRequest,
    seller: Option<Seller>,
    review: &mut ReviewTracker,
) -> Blocked {
    let far = asking.case.now + LOOK_FOR_LIFT;
    let lifts = open(asking, seller, far).first_at_or_after(ask.start);
    if let Some(lifts) = lifts {
        // It comes in sight two weeks before.
        review.at(lifts - LOOK_AHEAD);
        ask.moving.iter().for_each(|ahead| review.at(lifts - LOOK_AHEAD - *ahead));
    }
    Blocked { why: BlockReason::NoMoment, lifts_at: lifts.filter(|lifts| ask.end.is_none_or(|end| *lifts < end)) }
}

/// What restricts the moment.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ConstraintCause {
    /// A `reachable`.
    Hours(PolicyHit),
    /// The person's own hours.
    OwnHours,
    /// The hours of whoever makes the touch.
    Seller(Seller),
    /// A cap.
    Limit(PolicyHit),
    /// A pause since a contact then.
    Pause(PolicyHit, Instant),
}

/// A restriction, with the moments it leaves open.
#[derive(Clone, Debug)]
pub(crate) struct TimeConstraint {
    /// From now until the end of what is looked at.
    pub(crate) open: Windows,
    /// What it is.
    pub(crate) cause: ConstraintCause,
}

/// Each restriction by itself, for words and neighbours: what is open for all of them together is [`open`].
pub(crate) fn constraints(asking: &GateInput<'_, '_>, seller: Option<Seller>, until: Instant) -> Vec<TimeConstraint> {
    let (now, statements) = (asking.case.now, &asking.desk.statements);
    let everything = Windows::all(now, until);
    let mut all = Vec::new();
    for (says, policy) in asking.policies(&asking.reading.policies.hours, &statements.hours) {
        let open = open_at(asking, policy.what.hours.as_ref(), until);
        all.push(TimeConstraint { open, cause: ConstraintCause::Hours(says) });
    }
    if let Some(own) = asking.member.hours {
        all.push(TimeConstraint { open: own_hours(asking, own, until), cause: ConstraintCause::OwnHours });
    }
    if let Some(seller) = seller.filter(|_| takes_time(asking.channel))
        && let Some(open) = seller.at_work(asking.desk, now, until)
    {
        all.push(TimeConstraint { open, cause: ConstraintCause::Seller(seller) });
    }
    for (says, limit) in asking.policies(&asking.reading.policies.limits, &statements.limits) {
        let open = capped(asking, limit).map_or_else(|| everything.clone(), |capped| everything.subtract(&capped));
        all.push(TimeConstraint { open, cause: ConstraintCause::Limit(says) });
    }
    for (says, pause) in asking.policies(&asking.reading.policies.pauses, &statements.pauses) {
        if let Some((last, end)) = rest(asking, pause) {
            let open = everything.subtract(&Windows::all(last, end));
            all.push(TimeConstraint { open, cause: ConstraintCause::Pause(says, last) });
        }
    }
    all
}
