//! Where somebody is, as far as the data says: the zone their clock follows and the holidays they keep.
//!
//! Rule: a zone said by the person comes first, then the account's; without one, all zones of the country count at
//! once, so that a moment is only fine when it is fine everywhere there. A country with one zone needs no guess. With
//! neither zone nor country nothing is assumed: the engine holds and asks.

use std::fmt;

use serde::Serialize;

use crate::calendar::country::{Country, country_of, zones_of};
use crate::calendar::holidays::Region;
use crate::calendar::zone::Zone;

/// The zone or zones that somebody's clock may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ZoneSet {
    /// One zone.
    Known(Zone),
    /// Any of the several zones of a country.
    AllOf(Country),
    /// Nothing is known.
    Unknown,
}

impl ZoneSet {
    /// The zones; none when unknown.
    pub fn zones(&self) -> &[Zone] {
        match self {
            Self::Known(zone) => std::slice::from_ref(zone),
            Self::AllOf(country) => zones_of(*country),
            Self::Unknown => &[],
        }
    }
}

/// Where the zone, or the country, was learnt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LocationSource {
    /// The person's own record.
    Person,
    /// The account's record.
    Account,
    /// A zone from the country.
    Country,
    /// A country from the zone, for holidays.
    Zone,
    /// Not known.
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

/// What one record says about where somebody is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordedLocation {
    /// The time zone.
    pub zone: Option<Zone>,
    /// The country.
    pub country: Option<Country>,
    /// The part of the country.
    pub region: Option<Region>,
}

/// Where somebody is. Small and copied freely; two people in the same place share the work of [`crate::calendar::almanac`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The zone or zones of their clock.
    pub zones: ZoneSet,
    /// Where the zone was learnt.
    pub zone_from: LocationSource,
    /// The country whose public holidays they keep.
    pub country: Option<Country>,
    /// Where the country was learnt.
    pub country_from: LocationSource,
    /// The part of the country, for regional holidays.
    pub region: Option<Region>,
}

impl Location {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self {
        zones: ZoneSet::Unknown,
        zone_from: LocationSource::Unknown,
        country: None,
        country_from: LocationSource::Unknown,
        region: None,
    };

    /// Puts together what the person's record and the account's say. The account's zone and region say nothing about a
    /// person who is in another country.
    pub fn of(person: RecordedLocation, account: RecordedLocation) -> Self {
        let own = person.country.or_else(|| person.zone.and_then(country_of));
        let account_country = account.country.or_else(|| account.zone.and_then(country_of));
        let (country, country_from) = match (own, account_country) {
            (Some(_), _) if person.country.is_some() => (own, LocationSource::Person),
            // A person elsewhere than the account; where both agree, the account's word is the better source.
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

    /// A place known for certain, such as where a rep works. The country is the zone's where not given.
    pub fn at(zone: Zone, country: Option<Country>, region: Option<Region>) -> Self {
        Self::of(RecordedLocation { zone: Some(zone), country, region }, RecordedLocation::default())
    }

    /// Somewhere in a country.
    pub fn in_country(country: Country, region: Option<Region>) -> Self {
        Self::of(RecordedLocation { zone: None, country: Some(country), region }, RecordedLocation::default())
    }

    /// The zone by which days are counted and times are shown: the known one, else the country's most important.
    pub fn clock(&self) -> Option<Zone> {
        self.zones.zones().first().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(zone: &str, country: &str, region: &str) -> RecordedLocation {
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
    fn the_persons_word_comes_before_the_accounts() {
        let account = says("Europe/Berlin", "DE", "BY");
        let none = RecordedLocation::default();
        assert_eq!(shown(none, account), "Europe/Berlin from the account; Some(DE) from the account; Some(BY)");
        // Büsingen is in Germany too: the zone is the person's, the rest still holds.
        assert_eq!(
            shown(says("Europe/Busingen", "", ""), account),
            "Europe/Busingen said by the person; Some(DE) from the account; Some(BY)"
        );
        assert_eq!(
            shown(says("", "NL", ""), account),
            "Europe/Amsterdam from the country; Some(NL) said by the person; None"
        );
        assert_eq!(
            shown(says("Europe/Paris", "", ""), account),
            "Europe/Paris said by the person; Some(FR) from the time zone; None"
        );
    }

    #[test]
    fn without_a_zone_all_zones_of_the_country_count() {
        let none = RecordedLocation::default();
        assert_eq!(
            shown(none, says("", "US", "CA")),
            "all of US from the country; Some(US) from the account; Some(CA)"
        );
        assert_eq!(
            shown(none, says("", "NL", "")),
            "Europe/Amsterdam from the country; Some(NL) from the account; None"
        );
        assert_eq!(shown(none, none), "? unknown; None unknown; None");
        assert_eq!(Location::of(none, none), Location::UNKNOWN);
        assert_eq!(shown(none, says("UTC", "", "")), "UTC from the account; None unknown; None");
    }
}
