//! What follows from not knowing the time zone of somebody in a country with several: touches are placed where all zones allow it, so that fewer
//! moments are left, or none.
//!
//! It is found by placing the touch as if the zone were known. Nothing of this decides.

use crate::calendar::country::zones_of;
use crate::calendar::location::{LocationSource, ZoneSet};
use crate::calendar::{Country, Instant, Location, Windows, Zone};
use crate::decide::context::caches::PlaceId;
use crate::decide::context::placement::TimeSlot;
use crate::decide::context::sellers::Seller;
use crate::decide::explain::AdviceWriter;
use crate::decide::gates::GateInput;
use crate::decide::gates::constraints::{ConstraintCause, TimeConstraint, constraints};
use crate::decide::schedule::solver::ScheduleRequest;
use crate::wording::{Arg, Language};

/// The country of which the person may be in any zone; `None` when their zone is known, or nothing is.
fn country_of_zones(input: &GateInput<'_, '_>) -> Option<Country> {
    match input.person.place.location.zones {
        ZoneSet::AllOf(country) => Some(country),
        ZoneSet::Known(_) | ZoneSet::Unknown => None,
    }
}

/// The constraints on a touch as they would be if the person were in this zone.
fn constraints_in(
    input: &GateInput<'_, '_>,
    zone: Zone,
    seller: Option<Seller>,
    until: Instant,
) -> Vec<TimeConstraint> {
    let place = input.person.place;
    let location = Location { zones: ZoneSet::Known(zone), zone_from: LocationSource::Person, ..place.location };
    let mut person = input.person.clone();
    person.place = PlaceId { location, ..place };
    constraints(&GateInput { person: &person, ..*input }, seller, until)
}

/// The moments that all of these constraints leave open between the start of a request and its latest start or hard end.
fn left(constraints: &[TimeConstraint], request: &ScheduleRequest) -> Windows {
    let all = Windows::all(request.start, request.latest_start());
    constraints.iter().fold(all, |left, one| left.intersect(&one.open))
}

/// The country whose several time zones leave no moment for a touch, where at least one of them by itself would leave one. `None` when the zone
/// is known, or when no zone would leave one.
pub(super) fn no_moment_in_all_zones(
    input: &GateInput<'_, '_>,
    seller: Option<Seller>,
    request: &ScheduleRequest,
) -> Option<Country> {
    let country = country_of_zones(input)?;
    let possible = |zone: &Zone| !left(&constraints_in(input, *zone, seller, request.search_end()), request).is_empty();
    zones_of(country).iter().any(possible).then_some(country)
}

/// The country whose several time zones make the slot of a touch begin later or end sooner than it would in the most important of them.
pub(super) fn narrowed_by_zones(
    input: &GateInput<'_, '_>,
    seller: Option<Seller>,
    (request, slot): (&ScheduleRequest, TimeSlot),
) -> Option<Country> {
    let country = country_of_zones(input)?;
    let hours = |constraints: Vec<TimeConstraint>| {
        let all = Windows::all(request.start, request.search_end());
        let hours = constraints.iter().filter(|one| is_hours(one.cause));
        hours.fold(all, |left, one| left.intersect(&one.open))
    };
    let in_all = hours(constraints(input, seller, request.search_end()));
    let in_one = hours(constraints_in(input, input.person.place.location.clock()?, seller, request.search_end()));
    let before = |open: &Windows| open.clip(request.start, slot.until);
    let cut_off = in_one.contains(slot.until) && !in_all.contains(slot.until);
    (cut_off || before(&in_all) != before(&in_one)).then_some(country)
}

const fn is_hours(cause: ConstraintCause) -> bool {
    matches!(cause, ConstraintCause::Hours(_) | ConstraintCause::OwnHours)
}

impl AdviceWriter<'_, '_> {
    /// What a country is called: its name in English, its code in other languages.
    pub(super) fn country(&self, country: Country) -> Arg {
        match self.options.language {
            Language::English => Arg::from(country.name()),
            Language::Dutch => Arg::from(country.code()),
        }
    }
}
