//! Where somebody is, as far as the data record: their time zone, and the country and region whose public holidays apply.
//!
//! The zone on the person's record comes first, then that of the account. Without either, all zones of the country count: a moment is
//! permitted only when it is permitted in each of them. With neither zone nor country nothing is assumed, and the engine holds the lead and
//! asks for the location.

use std::fmt;

use serde::Serialize;

use crate::calendar::country::{Country, country_of, zones_of};
use crate::calendar::holidays::Region;
use crate::calendar::zone::Zone;

/// The time zone that somebody is in, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ZoneSet {
    /// One zone.
    Known(Zone),
    /// Any of the several zones of a country.
    AllOf(Country),
    /// Neither zone nor country is known.
    Unknown,
}

impl ZoneSet {
    /// The possible zones, the most important first; empty when unknown.
    pub fn zones(&self) -> &[Zone] {
        match self {
            Self::Known(zone) => std::slice::from_ref(zone),
            Self::AllOf(country) => zones_of(*country),
            Self::Unknown => &[],
        }
    }
}

/// The source of a zone or country in a [`Location`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LocationSource {
    /// The person's own record.
    Person,
    /// The account's record.
    Account,
    /// The zone follows from the country.
    Country,
    /// The country follows from the zone.
    Zone,
    /// The value is not known.
    #[default]
    Unknown,
}

impl fmt::Display for LocationSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Person => "said by the person",
            Self::Account => "from the account",
            Self::Country => "from the country",
            Self::Zone => "from the time zone",
            Self::Unknown => "unknown",
        })
    }
}

/// The location fields of one record, of a person or an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordedLocation {
    /// The time zone.
    pub zone: Option<Zone>,
    /// The country.
    pub country: Option<Country>,
    /// The region of the country.
    pub region: Option<Region>,
}

/// Where somebody is. Equal locations share entries of the [`OpenTimesCache`](crate::calendar::OpenTimesCache).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The possible zones.
    pub zones: ZoneSet,
    /// The source of the zone.
    pub zone_from: LocationSource,
    /// The country whose public holidays apply.
    pub country: Option<Country>,
    /// The source of the country.
    pub country_from: LocationSource,
    /// The region, for regional holidays.
    pub region: Option<Region>,
}

impl Location {
    /// A location of which nothing is known.
    pub const UNKNOWN: Self = Self {
        zones: ZoneSet::Unknown,
        zone_from: LocationSource::Unknown,
        country: None,
        country_from: LocationSource::Unknown,
        region: None,
    };

    /// Combines the records of a person and of their account. The account's zone and region are ignored for a person in another country.
    pub fn of(person: RecordedLocation, account: RecordedLocation) -> Self {
        let own = person.country.or_else(|| person.zone.and_then(country_of));
        let account_country = account.country.or_else(|| account.zone.and_then(country_of));
        let (country, country_from) = match (own, account_country) {
            (Some(_), _) if person.country.is_some() => (own, LocationSource::Person),
            // The person is in another country than the account. When both agree, the account is reported as the source.
            (Some(_), there) if there != own => (own, LocationSource::Zone),
            (_, Some(_)) if account.country.is_some() => (account_country, LocationSource::Account),
            (_, Some(_)) => (account_country, LocationSource::Zone),
            _ => (None, LocationSource::Unknown),
        };
        let with_account = own.is_none() || own == account_country;
        let account_zone = account.zone.filter(|_| with_account);
        let (zones, zone_from) = match (person.zone, account_zone, country.map(|country| (country, zones_of(country))))
        {
            (Some(zone), _, _) => (ZoneSet::Known(zone), LocationSource::Person),
            (None, Some(zone), _) => (ZoneSet::Known(zone), LocationSource::Account),
            (None, None, Some((_, [zone]))) => (ZoneSet::Known(*zone), LocationSource::Country),
            (None, None, Some((country, [_, ..]))) => (ZoneSet::AllOf(country), LocationSource::Country),
            _ => (ZoneSet::Unknown, LocationSource::Unknown),
        };
        let region = person.region.or(account.region.filter(|_| with_account));
        Self { zones, zone_from, country, country_from, region }
    }

    /// A location with a known zone, such as where a rep works. Without `country`, the country of the zone.
    pub fn at(zone: Zone, country: Option<Country>, region: Option<Region>) -> Self {
        Self::of(RecordedLocation { zone: Some(zone), country, region }, RecordedLocation::default())
    }

    /// A location of which only the country, and perhaps the region, is known.
    pub fn in_country(country: Country, region: Option<Region>) -> Self {
        Self::of(RecordedLocation { zone: None, country: Some(country), region }, RecordedLocation::default())
    }

    /// The zone for counting days and showing times: the known one, else the most important of the country; `None` when neither is known.
    pub fn clock(&self) -> Option<Zone> {
        self.zones.zones().first().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(zone: &str, country: &str, region: &str) -> RecordedLocation {
        RecordedLocation {
            zone: Zone::parse(zone).ok(),
            country: Country::parse(country).ok(),
            region: Region::parse(region).ok(),
        }
    }

    fn shown(person: RecordedLocation, account: RecordedLocation) -> String {
        let place = Location::of(person, account);
        let zone = match place.zones {
            ZoneSet::Known(zone) => zone.to_string(),
            ZoneSet::AllOf(country) => format!("all of {country}"),
            ZoneSet::Unknown => "?".to_owned(),
        };
        format!("{zone} {}; {:?} {}; {:?}", place.zone_from, place.country, place.country_from, place.region)
    }

    #[test]
    fn the_location_of_the_person_comes_before_that_of_the_account() {
        let account = record("Europe/Berlin", "DE", "BY");
        let none = RecordedLocation::default();
        assert_eq!(shown(none, account), "Europe/Berlin from the account; Some(DE) from the account; Some(BY)");
        // Büsingen is in Germany too, so country and region of the account still apply.
        assert_eq!(
            shown(record("Europe/Busingen", "", ""), account),
            "Europe/Busingen said by the person; Some(DE) from the account; Some(BY)"
        );
        assert_eq!(
            shown(record("", "NL", ""), account),
            "Europe/Amsterdam from the country; Some(NL) said by the person; None"
        );
        assert_eq!(
            shown(record("Europe/Paris", "", ""), account),
            "Europe/Paris said by the person; Some(FR) from the time zone; None"
        );
    }

    #[test]
    fn without_a_zone_all_zones_of_the_country_apply() {
        let none = RecordedLocation::default();
        assert_eq!(
            shown(none, record("", "US", "CA")),
            "all of US from the country; Some(US) from the account; Some(CA)"
        );
        assert_eq!(
            shown(none, record("", "NL", "")),
            "Europe/Amsterdam from the country; Some(NL) from the account; None"
        );
        assert_eq!(shown(none, none), "? unknown; None unknown; None");
        assert_eq!(Location::of(none, none), Location::UNKNOWN);
        assert_eq!(shown(none, record("UTC", "", "")), "UTC from the account; None unknown; None");
    }
}
