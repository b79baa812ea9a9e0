//! Times away that automatic replies tell of.
//!
//! An automatic reply with a day of return in its subject makes its sender away from the day on which it came, where they are, up to that day.

use crate::book::absence::Absence;
use crate::book::import::return_date::return_date;
use crate::book::ingest::record::LeadRecord;
use crate::book::lead::{Person, Signal};
use crate::book::vocabulary::SignalKind;
use crate::calendar::{Country, Location, Zone};

/// Adds the times away that the automatic replies of a lead tell of to the people whom they name. Returns how many there are.
pub(super) fn add_absences(lead: &mut LeadRecord) -> usize {
    let mut added = 0;
    let account = lead.account.as_ref();
    let of_lead = lead.zone.clone().or_else(|| account.and_then(|account| account.zone.clone()));
    let country = lead.country.clone().or_else(|| account.and_then(|account| account.country.clone()));
    for Signal { person, topic, at, .. } in lead.signals.iter().filter(|signal| signal.kind == SignalKind::AutoReply) {
        let sender = person.as_deref().and_then(|id| lead.people.iter_mut().find(|person| person.is_called(id)));
        let (Some(sender), Some(topic)) = (sender, topic) else { continue };
        let zone = clock(sender, of_lead.as_deref(), country.as_deref());
        let Some(back) = return_date(topic, zone.local(*at).date()) else { continue };
        let absence = Absence { from: zone.day(*at).from, until: zone.start_of_day(back) };
        if !sender.absences.contains(&absence) {
            sender.absences.push(absence);
            added += 1;
        }
    }
    added
}

/// The clock of a person; UTC where neither their time zone nor their country is known.
fn clock(person: &Person, zone_of_lead: Option<&str>, country_of_lead: Option<&str>) -> Zone {
    let zone = |name: Option<&str>| name.and_then(|name| Zone::parse(name).ok());
    let country = |code: Option<&str>| code.and_then(|code| Country::parse(code).ok());
    let in_country = |country| Location::in_country(country, None).clock();
    let own = zone(person.zone.as_deref()).or_else(|| country(person.country.as_deref()).and_then(in_country));
    let of_lead = || zone(zone_of_lead).or_else(|| country(country_of_lead).and_then(in_country));
    own.or_else(of_lead).unwrap_or(Zone::UTC)
}
