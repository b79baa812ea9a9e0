//! The planned touches of a lead: with whom, and the days on which they are to come.

use crate::book::PlannedTouch;
use crate::calendar::{Instant, Window, Zone};
use crate::decide::context::lead_profile::LeadProfile;

/// The person of a planned touch, by index in the lead; `None` when it names nobody.
pub(crate) fn person_of(planned: &PlannedTouch, profile: &LeadProfile<'_>) -> Option<usize> {
    let id = planned.person.as_deref()?;
    profile.record?.people.iter().position(|person| person.is_called(id))
}

/// The days, in a zone, on which a touch that was promised to a person is still to come, each with its moment. Nothing cold is for such a day.
pub(crate) fn promised_days(
    profile: &LeadProfile<'_>,
    person: usize,
    zone: Zone,
) -> impl Iterator<Item = (Window, Instant)> {
    let planned = profile.record.map_or(&[][..], |lead| &lead.planned).iter();
    let to_come = planned.filter(move |planned| planned.at > profile.now);
    let with_them = to_come.filter(move |planned| person_of(planned, profile).is_none_or(|one| one == person));
    with_them.map(move |planned| (zone.day(planned.at), planned.at))
}
