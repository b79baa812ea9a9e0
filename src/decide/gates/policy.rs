//! Last gate: contact policy. Places a touch at the first moment that caps, pauses, opening hours, working hours and the rule all allow.
//!
//! A cap or a pause does not block a touch by itself: it moves the touch to a later moment. A touch without an allowed moment in sight is
//! blocked, with the moment from which it would be allowed.
//!
//! For most leads no cap is near, no pause runs and the person has no hours of their own. The placement then depends only on the location, the
//! hours, the owner, the language and the shape of the touch ([`PlacementKey`]) and is computed once for all of them.

use crate::calendar::{Duration, Instant, Windows, Zone};
use crate::decide::context::blocked::{BlockReason, Blocked};
use crate::decide::context::caches::PlacementKey;
use crate::decide::context::placement::Placement;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::sellers::{Seller, spoken_language};
use crate::decide::gates::GateInput;
use crate::decide::gates::constraints::{best_hour, forbidden_by_policy, hours_mask, open_windows};
use crate::decide::gates::policy_review::{
    review_moving_slot, review_other_days, review_other_leads, review_working_time,
};
use crate::decide::gates::rep_choice::{RepChoice, choose_rep, first_able};
use crate::decide::schedule::best_time::BestHour;
use crate::decide::schedule::solver::{self, LIFT_LOOK_AHEAD, LOOK_AHEAD, ScheduleRequest};
use crate::pack::touch::Lapse;

/// The longest absence after which the first possible moment is looked for.
const LONGEST_ABSENCE: Duration = Duration::from_millis(366 * 86_400_000);

/// Places a touch in time.
///
/// # Errors
/// The block, when no allowed moment is in sight or the time zone of the person is not known.
pub(crate) fn place_touch(
    input: &GateInput<'_, '_>,
    sellers: &[Seller],
    review: &mut ReviewTracker,
) -> Result<Placement, Blocked> {
    let Some(zone) = input.person.place.location.clock() else {
        return Err(Blocked::until_records_change(BlockReason::ZoneUnknown));
    };
    let best = best_hour(input, zone);
    let Some(key) = placement_key(input, best.as_ref()) else {
        return compute_placement(input, sellers, zone, best.as_ref(), review);
    };
    let cache = &input.group.context.moment;
    if let Some((placement, changes_at)) = cache.placement(&key) {
        review.add_all(changes_at);
        return placement;
    }
    // The moments of this placement alone are stored with it.
    let mut own_review = ReviewTracker::new(input.profile.now);
    let placement = compute_placement(input, sellers, zone, None, &mut own_review);
    cache.store_placement(key, placement, own_review.earliest());
    review.add_all(own_review.earliest());
    placement
}

/// The key of the cached placement; `None` when the placement depends on more than the key holds.
fn placement_key(input: &GateInput<'_, '_>, best: Option<&BestHour>) -> Option<PlacementKey> {
    let touch = input.touch();
    let cacheable = input.group_events.leads.len() == 1
        && input.starts_at.is_none()
        && input.promise.is_none()
        && input.question.is_none()
        && input.person.hours.is_none()
        && best.is_none()
        && touch.skill.is_none()
        && !matches!(touch.after, Some(Lapse::Working(_)));
    let shape = input.shaped_touch.shape.filter(|_| cacheable)?;
    let (place, hours) = (input.person.place.number, hours_mask(input)?);
    let language = spoken_language(input.profile, Some(input.person_index));
    let language = input.group.context.places.word_number(language);
    let key = PlacementKey { place, hours, owner: input.profile.owner, language, shape };
    forbidden_by_policy(input).is_empty().then_some(key)
}

fn compute_placement(
    input: &GateInput<'_, '_>,
    sellers: &[Seller],
    zone: Zone,
    best: Option<&BestHour>,
    review: &mut ReviewTracker,
) -> Result<Placement, Blocked> {
    let request = schedule_request(input, zone, review);
    let context = input.group.context;
    let customer = open_windows(input, None, request.search_end());
    let choice = choose_rep(context, (&request, best), &customer, at_work(input, sellers), review);
    review_other_leads(input, &choice, &request, review);
    review_other_days(input, review);
    review_working_time(input, &choice, &request, review);
    let RepChoice { seller, slot, nobody_before, .. } = choice;
    match slot {
        Some(slot) if slot.late && is_to_be_taken_over(input, &request, (sellers, &customer), slot.from, review) => {
            Err(Blocked { reason: BlockReason::TakeOver, lifts_at: Some(slot.from) })
        }
        Some(slot) => {
            review.add(slot.until);
            review_moving_slot(input, &request, slot, review);
            let ready = request.start <= input.profile.now && !input.waits_for_return(slot.from);
            Ok(Placement { slot, seller, nobody_before, ready })
        }
        None => {
            let block = no_moment(input, &request, sellers, review);
            let from = block.lifts_at.unwrap_or(request.search_end());
            let held = is_to_be_taken_over(input, &request, (sellers, &customer), from, review);
            Err(if held { Blocked { reason: BlockReason::TakeOver, ..block } } else { block })
        }
    }
}

/// The reps whose hours count for the touch: none for one that needs nobody at work.
pub(crate) fn at_work<'s>(input: &GateInput<'_, '_>, sellers: &'s [Seller]) -> &'s [Seller] {
    if input.needs_rep() { sellers } else { &[] }
}

/// Whether a touch that somebody is owed waits, until `from`, for reps who are absent: one of them would make it on an earlier day. Then a person
/// has to find somebody who takes it over. `customer` are the moments that are open without regard to reps.
fn is_to_be_taken_over(
    input: &GateInput<'_, '_>,
    request: &ScheduleRequest,
    (sellers, customer): (&[Seller], &Windows),
    from: Instant,
    review: &mut ReviewTracker,
) -> bool {
    let context = input.group.context;
    if !input.owed {
        return false;
    }
    let absent = at_work(input, sellers).iter().filter(|seller| seller.is_absent_between(context, request.start, from));
    let mut earlier_day = false;
    for seller in absent {
        let Some(regular) = seller.regular_windows(context, request.start, request.search_end()) else { continue };
        let regular = customer.intersect(&regular);
        solver::add_review_moments(request, &regular, None, review);
        let first = regular.first_at_or_after(request.start);
        earlier_day |= first.and_then(|first| seller.end_of_day(context, first)).is_some_and(|end| end <= from);
    }
    earlier_day
}

/// The time limits that the rule sets for the touch, as a request to the solver.
pub(crate) fn schedule_request(input: &GateInput<'_, '_>, zone: Zone, review: &mut ReviewTracker) -> ScheduleRequest {
    let (now, touch) = (input.profile.now, input.touch());
    let (start, start_after) = match (input.starts_at, touch.after) {
        (Some(starts_at), _) => {
            review.add(starts_at);
            (starts_at, None)
        }
        (None, Some(after)) => {
            let by_clock = if let Lapse::Clock(length) = after { Some(length) } else { None };
            (input.time_counting.add_lapse(input.group.context, now, after), by_clock)
        }
        (None, None) => (now, None),
    };
    let promised_end = input.promise.map(|promise| promise.late_from);
    ScheduleRequest { start: start.max(now), promised_end, hard_end: touch.before, start_after, zone: Some(zone) }
}

/// The block of a touch without a slot: it ends at the first possible moment ([`first_possible`]) before the hard end.
fn no_moment(
    input: &GateInput<'_, '_>,
    request: &ScheduleRequest,
    sellers: &[Seller],
    review: &mut ReviewTracker,
) -> Blocked {
    let lifts = first_possible(input, request, sellers).map(|(at, _)| at);
    if lifts.is_none()
        && let Some(back) = input.absences().map(|away| away.until).max()
    {
        // It is found when their return is near enough, or some time after that.
        let near = back - LONGEST_ABSENCE;
        review.add(if near > input.profile.now { near } else { input.profile.now + Duration::DAY });
    }
    if let Some(lifts) = lifts {
        // From this moment on the solver looks far enough ahead to find it.
        request.distances().for_each(|distance| review.add(lifts - LOOK_AHEAD - distance));
    }
    let before_end = |lifts: &Instant| request.hard_end.is_none_or(|end| *lifts < end);
    Blocked { reason: BlockReason::NoMoment, lifts_at: lifts.filter(before_end) }
}

/// The first moment within [`LIFT_LOOK_AHEAD`], or within two weeks after the person is back, at which a touch without a slot is possible, and by
/// which rep; `None` when there is none.
pub(crate) fn first_possible(
    input: &GateInput<'_, '_>,
    request: &ScheduleRequest,
    sellers: &[Seller],
) -> Option<(Instant, Option<Seller>)> {
    let now = input.profile.now;
    let back = input.absences().map(|away| away.until.min(now + LONGEST_ABSENCE) + LOOK_AHEAD).max();
    let until = back.map_or(now + LIFT_LOOK_AHEAD, |back| back.max(now + LIFT_LOOK_AHEAD));
    let customer = open_windows(input, None, until);
    first_able(input.group.context, &customer, at_work(input, sellers), (request.start, until))
}
