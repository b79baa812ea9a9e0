//! Public holidays that are not all known where a touch is planned, so that `PH` in hours may have left one open.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::calendar::{Country, Duration, Location};
use crate::decide::context::placement::Placement;
use crate::decide::gates::GateInput;
use crate::order;

/// The countries whose holidays the hours of a touch read and of which not all are known in its year, each with that year: the country of
/// the person where a `reachable` statement that applies or their own hours say `PH`, and that of the rep where the rep's hours do.
pub(crate) fn holiday_gaps(input: &GateInput<'_, '_>, placement: &Placement) -> BTreeMap<Country, i32> {
    let context = input.group.context;
    let mut policies = input.policies(&input.outcomes.policies.hours, &context.statements.hours);
    let own_hours = input.person.hours.and_then(|hours| context.places.calendar.hours(hours));
    let person_reads_holidays = policies
        .any(|(_, policy)| policy.what.hours.as_ref().is_some_and(|hours| hours.reads_holidays()))
        || own_hours.is_some_and(|hours| hours.reads_holidays());
    let person = person_reads_holidays.then_some(input.person.place.location);
    let seller = placement.seller.filter(|_| input.needs_rep());
    let seller = seller.and_then(|seller| seller.holiday_location(&context.team));
    let added = context.places.calendar.open_times.added_holidays();
    let gap = |location: Location| {
        let (country, clock) = (location.country?, location.clock()?);
        let ends = [placement.slot.from, placement.slot.until - Duration::from_millis(1)];
        let mut years = ends.into_iter().map(|at| clock.local(at).date().year());
        years.find(|year| !added.know(country, *year)).map(|year| (country, year))
    };
    order::collect_map(person.into_iter().chain(seller).filter_map(gap))
}
