//! The constraints on the moment of a touch, as windows of time: opening hours, hours of the person and of the rule, absences of the person, working
//! hours of the rep, caps and pauses, the days on which something else is promised to the person or they are contacted for another lead, and the
//! moment from which it is not known to be permitted any more: the end of a
//! consent, the start of a law.
//!
//! [`open_windows`] gives what all of them leave open together; [`constraints`] gives each with its cause, for explanations and for review.
//!
//! Invariant: `open_windows` equals the intersection of the windows of `constraints`.

use std::sync::Arc;

use crate::book::vocabulary::Channel;
use crate::calendar::{Duration, Instant, Reachable, Window, Windows, Zone};
use crate::decide::context::caches::OpenTimesKey;
use crate::decide::context::counted_contact::CountedContact;
use crate::decide::context::planned_touches::promised_days;
use crate::decide::context::propensity::touch_attempts;
use crate::decide::context::rule_outcomes::PolicyHit;
use crate::decide::context::sellers::Seller;
use crate::decide::context::statements::{FrequencyCap, PolicyStatement};
use crate::decide::gates::GateInput;
use crate::decide::gates::eligible::permission_ends;
use crate::decide::gates::frequency::forbidden_windows;
use crate::decide::schedule::best_time::BestHour;

/// The cause of a constraint.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ConstraintCause {
    /// A `reachable` statement.
    Hours(PolicyHit),
    /// The hours on the person's record.
    OwnHours,
    /// The time of day that the rule says.
    RuleHours,
    /// The working hours of the rep who makes the touch.
    Seller(Seller),
    /// A `limit` statement.
    Limit(PolicyHit),
    /// A `pause` statement, with the moment of the contact from which it counts.
    Pause(PolicyHit, Instant),
    /// The consent that the contact rests on ends at this moment.
    ConsentEnds(Instant),
    /// The person is away until this moment.
    Away(Instant),
    /// Another touch was promised to the person for this moment, and nothing cold is for that day.
    Promised(Instant),
    /// The person is contacted for another lead, and nothing cold is for that day.
    ElsewhereThatDay(CountedContact),
    /// A `hard` pack comes into force at this moment, and what it permits is asked only then.
    LawStarts(Instant),
}

/// The end of time, for what is forbidden from a moment on.
const FOREVER: Instant = Instant::from_millis(i64::MAX);

/// A constraint on the moment of a touch.
#[derive(Clone, Debug)]
pub(crate) struct TimeConstraint {
    /// The windows from now to the end of the search that the constraint leaves open.
    pub(crate) open: Windows,
    /// Its cause.
    pub(crate) cause: ConstraintCause,
}

/// The windows from now to `until` that every constraint leaves open.
pub(crate) fn open_windows(input: &GateInput<'_, '_>, seller: Option<Seller>, until: Instant) -> Arc<Windows> {
    let (now, context) = (input.profile.now, input.group.context);
    let seller = seller.filter(|_| input.needs_rep());
    let hours_and_rep = || {
        let mut open = Windows::all(now, context.law_starts.map_or(until, |start| start.min(until)));
        for (_, policy) in input.policies(&input.outcomes.policies.hours, &context.statements.hours) {
            open = open.intersect(&windows_of_hours(input, policy.what.hours.as_ref(), until));
        }
        match seller.and_then(|seller| seller.working_windows(context, now, until)) {
            Some(working) => open.intersect(&working),
            None => open,
        }
    };
    let mut open = match hours_mask(input) {
        Some(hours) => {
            let rep = seller.and_then(|seller| seller.rep);
            let key = OpenTimesKey { place: input.person.place.number, hours, rep };
            context.moment.open_windows(key, until, hours_and_rep)
        }
        None => Arc::new(hours_and_rep()),
    };
    if let Some(own) = own_hours(input) {
        open = Arc::new(open.intersect(&windows_of_own_hours(input, own, until)));
    }
    if let Some(between) = hours_of_rule(input) {
        open = Arc::new(open.intersect(&windows_of_own_hours(input, between, until)));
    }
    for forbidden in forbidden_by_policy(input) {
        open = Arc::new(open.subtract(&forbidden));
    }
    open
}

/// Each constraint by itself, with its cause, from now to `until`.
pub(crate) fn constraints(input: &GateInput<'_, '_>, seller: Option<Seller>, until: Instant) -> Vec<TimeConstraint> {
    let (now, statements) = (input.profile.now, &input.group.context.statements);
    let everything = Windows::all(now, until);
    let mut all = Vec::new();
    for (hit, policy) in input.policies(&input.outcomes.policies.hours, &statements.hours) {
        let open = windows_of_hours(input, policy.what.hours.as_ref(), until);
        all.push(TimeConstraint { open, cause: ConstraintCause::Hours(hit) });
    }
    if let Some(own) = own_hours(input) {
        let open = windows_of_own_hours(input, own, until);
        all.push(TimeConstraint { open, cause: ConstraintCause::OwnHours });
    }
    if let Some(between) = hours_of_rule(input) {
        let open = windows_of_own_hours(input, between, until);
        all.push(TimeConstraint { open, cause: ConstraintCause::RuleHours });
    }
    if let Some(seller) = seller.filter(|_| input.needs_rep())
        && let Some(open) = seller.working_windows(input.group.context, now, until)
    {
        all.push(TimeConstraint { open, cause: ConstraintCause::Seller(seller) });
    }
    for (hit, limit) in input.policies(&input.outcomes.policies.limits, &statements.limits) {
        let forbidden = forbidden_by_cap(input, limit);
        let open = forbidden.map_or_else(|| everything.clone(), |forbidden| everything.subtract(&forbidden));
        all.push(TimeConstraint { open, cause: ConstraintCause::Limit(hit) });
    }
    for (hit, pause) in input.policies(&input.outcomes.policies.pauses, &statements.pauses) {
        if let Some((last, end)) = pause_period(input, pause) {
            let open = everything.subtract(&Windows::all(last, end));
            all.push(TimeConstraint { open, cause: ConstraintCause::Pause(hit, last) });
        }
    }
    for away in input.absences() {
        let open = everything.subtract(&Windows::all(away.from, away.until));
        all.push(TimeConstraint { open, cause: ConstraintCause::Away(away.until) });
    }
    for (day, at) in promised(input) {
        let open = everything.subtract(&Windows::all(day.from, day.until));
        all.push(TimeConstraint { open, cause: ConstraintCause::Promised(at) });
    }
    for (day, contact) in contacted_elsewhere(input) {
        let open = everything.subtract(&Windows::all(day.from, day.until));
        all.push(TimeConstraint { open, cause: ConstraintCause::ElsewhereThatDay(contact) });
    }
    let ends = permission_ends(input).map(|at| (at, ConstraintCause::ConsentEnds(at)));
    let starts = input.group.context.law_starts.map(|at| (at, ConstraintCause::LawStarts(at)));
    for (at, cause) in ends.into_iter().chain(starts) {
        all.push(TimeConstraint { open: everything.subtract(&Windows::all(at, FOREVER)), cause });
    }
    all
}

/// The hour at which the person answers most; `None` when the touch does not ask for it or too few answers are known.
pub(crate) fn best_hour(input: &GateInput<'_, '_>, zone: Zone) -> Option<BestHour> {
    if !input.touch().at_best {
        return None;
    }
    let events = input.group_events.events_of(input.person.human).filter(|event| input.person.is_evidence(event));
    BestHour::from_attempts(&touch_attempts(events, input.channel), zone)
}

/// The time of day that the rule says, in the notation of opening hours, where no best hour goes before it.
fn hours_of_rule<'b>(input: &GateInput<'_, 'b>) -> Option<&'b str> {
    let between = input.touch().between.as_deref()?;
    let best = input.person.place.location.clock().and_then(|zone| best_hour(input, zone));
    best.is_none().then_some(between)
}

/// The `reachable` statements that apply to the touch: bit n stands for statement n. `None` when one has a number above 63.
pub(crate) fn hours_mask(input: &GateInput<'_, '_>) -> Option<u64> {
    let mut hours = input.policies(&input.outcomes.policies.hours, &input.group.context.statements.hours);
    hours.try_fold(0, |mask, (hit, _)| {
        u32::try_from(hit.number).ok().and_then(|number| 1_u64.checked_shl(number)).map(|bit| mask | bit)
    })
}

/// The windows of opening hours at the location of the person. Hours that cannot be parsed are reported when the pack is read; here they leave
/// nothing open.
fn windows_of_hours(input: &GateInput<'_, '_>, hours: Option<&Reachable>, until: Instant) -> Windows {
    let open_times = &input.group.context.places.calendar.open_times;
    let location = &input.person.place.location;
    hours.and_then(|hours| open_times.windows(hours, location, input.profile.now, until).ok()).unwrap_or_default()
}

/// The person's own hours, where they count: what somebody is owed in writing may be written at any time.
fn own_hours<'a>(input: &GateInput<'a, '_>) -> Option<&'a str> {
    input.person.hours.filter(|_| !input.is_owed_in_writing())
}

fn windows_of_own_hours(input: &GateInput<'_, '_>, text: &str, until: Instant) -> Windows {
    windows_of_hours(input, input.group.context.places.calendar.hours(text).as_deref(), until)
}

/// The windows that caps, pauses, absences and the end of a consent forbid, from now on.
pub(crate) fn forbidden_by_policy(input: &GateInput<'_, '_>) -> Vec<Windows> {
    let statements = &input.group.context.statements;
    let limits = input.policies(&input.outcomes.policies.limits, &statements.limits);
    let mut forbidden: Vec<Windows> = limits.filter_map(|(_, limit)| forbidden_by_cap(input, limit)).collect();
    for (_, pause) in input.policies(&input.outcomes.policies.pauses, &statements.pauses) {
        let period = pause_period(input, pause).filter(|(_, end)| *end > input.profile.now);
        forbidden.extend(period.map(|(last, end)| Windows::all(last, end)));
    }
    forbidden.extend(input.absences().map(|away| Windows::all(away.from, away.until)));
    forbidden.extend(promised(input).map(|(day, _)| Windows::all(day.from, day.until)));
    forbidden.extend(contacted_elsewhere(input).map(|(day, _)| Windows::all(day.from, day.until)));
    forbidden.extend(permission_ends(input).map(|end| Windows::all(end, FOREVER)));
    forbidden
}

/// The days on which another touch that was promised to the person is to come, with its moment; none for what is owed to them itself.
fn promised(input: &GateInput<'_, '_>) -> impl Iterator<Item = (Window, Instant)> {
    let zone = input.person.place.location.clock().filter(|_| !input.owed);
    zone.into_iter().flat_map(|zone| promised_days(input.profile, input.person_index, zone))
}

/// The days, from today on, on which the person is contacted for another lead of the contact group, each with that contact; none for what is owed
/// to them, and for what takes nobody's time.
pub(crate) fn contacted_elsewhere(input: &GateInput<'_, '_>) -> impl Iterator<Item = (Window, CountedContact)> {
    let is_cold = !input.owed && input.channel != Channel::Content;
    let zone = input.person.place.location.clock().filter(|_| is_cold);
    zone.into_iter().flat_map(|zone| {
        let today = zone.day(input.profile.now).from;
        let contacts = input.group_events.contacts_elsewhere(input.profile.index, input.person.human, today);
        contacts.map(move |contact| (zone.day(contact.at), *contact))
    })
}

/// Whether a cap or pause holds for the touch: what was agreed on with the person is held to law alone, because they expect it.
fn binds<T>(input: &GateInput<'_, '_>, policy: &PolicyStatement<T>) -> bool {
    policy.hard || input.planned.is_none()
}

/// The windows from now on in which one more touch would exceed a cap; `None` when there are none.
fn forbidden_by_cap(input: &GateInput<'_, '_>, limit: &PolicyStatement<FrequencyCap>) -> Option<Windows> {
    if !binds(input, limit) {
        return None;
    }
    let FrequencyCap { most, per, across } = limit.what;
    let counted = input.group_events.counted(limit.channels, across, input.profile.index, input.person.human);
    // A contact more than one period ago forbids nothing from now on.
    let mut recent: Vec<Instant> = counted.filter(|at| *at > input.profile.now - per).collect();
    // A planned touch does not count against itself.
    let planned = input.planned.and_then(|index| input.profile.record?.planned.get(index));
    if let Some(own) = planned.and_then(|planned| recent.iter().position(|at| *at == planned.at)) {
        recent.remove(own);
    }
    let enough = usize::try_from(most).is_ok_and(|most| recent.len() >= most);
    enough.then(|| forbidden_windows(&recent, most, per)).filter(|forbidden| !forbidden.is_empty())
}

/// The start and end of a pause: it counts from the last signal on its channels, inbound or outbound, that names the person or nobody. `None`
/// when there is no such signal.
fn pause_period(input: &GateInput<'_, '_>, pause: &PolicyStatement<Duration>) -> Option<(Instant, Instant)> {
    if !binds(input, pause) {
        return None;
    }
    let mut events = input.group_events.events_of(input.person.human).rev();
    let last = events.find(|event| event.signal.channel.is_some_and(|channel| pause.channels.cover(channel)))?.at;
    Some((last, last + pause.what))
}
