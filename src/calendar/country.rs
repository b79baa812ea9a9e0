//! Countries by their ISO 3166-1 code, and the time zones in each.
//!
//! The table is `zones.txt` beside this file, written by `xtask/scripts/zones.py` from the time zone database. Every
//! zone in it is one that [`Zone`] knows (a test holds the two together). Nothing here knows holidays: see
//! [`crate::calendar::holidays`].

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::{fmt, str};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::calendar::zone::Zone;
use crate::order;

const TABLE: &str = include_str!("zones.txt");

struct CountryEntry {
    name: &'static str,
    zones: Vec<Zone>,
}

static COUNTRIES: LazyLock<BTreeMap<Country, CountryEntry>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    order::collect_map(rows.filter_map(|row| {
        let mut cells = row.split('|');
        let code = two_letters(cells.next()?)?;
        let name = cells.next()?;
        let zones = cells.next()?.split_whitespace().filter_map(|zone| Zone::parse(zone).ok()).collect();
        Some((Country(code), CountryEntry { name, zones }))
    }))
});

static COUNTRY_OF_ZONE: LazyLock<BTreeMap<Zone, Country>> = LazyLock::new(|| {
    order::collect_map(COUNTRIES.iter().flat_map(|(code, entry)| entry.zones.iter().map(|zone| (*zone, *code))))
});

/// A country or territory with a code of its own in ISO 3166-1, such as `NL`. In JSON the two capitals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// Reads a two-letter code, in capitals or not. `UK` is taken for `GB`, as people write it.
    ///
    /// # Errors
    /// A sentence for the user; when a country's name was written, it tells the code.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let code = two_letters(text).map(|code| if &code == b"UK" { *b"GB" } else { code });
        if let Some(code) = code.filter(|code| COUNTRIES.contains_key(&Self(*code))) {
            return Ok(Self(code));
        }
        let shown: String = text.chars().take(40).collect();
        let named = COUNTRIES.iter().find(|(_, entry)| entry.name.eq_ignore_ascii_case(text));
        Err(match named {
            Some((code, _)) => format!("\"{shown}\" is a country's name; write its code, {code}"),
            None => format!("\"{shown}\" is not a country code; write the two letters of ISO 3166, such as NL"),
        })
    }

    /// The two capitals.
    pub fn code(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default() // always two ASCII capitals
    }

    /// The name in English.
    pub fn name(self) -> &'static str {
        COUNTRIES.get(&self).map_or("", |entry| entry.name)
    }

    /// Every country, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        COUNTRIES.keys().copied()
    }
}

fn two_letters(text: &str) -> Option<[u8; 2]> {
    let code: [u8; 2] = text.as_bytes().try_into().ok()?;
    code.iter().all(u8::is_ascii_alphabetic).then(|| code.map(|letter| letter.to_ascii_uppercase()))
}

/// The zones in use in a country, the most important first; none for the two countries where nobody lives.
pub fn zones_of(country: Country) -> &'static [Zone] {
    COUNTRIES.get(&country).map_or(&[], |entry| &entry.zones)
}

/// The country that a zone lies in; `None` for zones that are no place (`UTC`) and for names kept for old data.
pub fn country_of(zone: Zone) -> Option<Country> {
    COUNTRY_OF_ZONE.get(&zone).copied()
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).map_err(de::Error::custom)
    }
}

#[cfg(feature = "command")]
impl schemars::JsonSchema for Country {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Country".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string", "pattern": "^[A-Za-z]{2}$", "description": "ISO 3166-1 alpha-2 country code: NL"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::zone::TZDB_VERSION;

    #[test]
    fn every_zone_in_the_table_is_known_and_the_versions_agree() {
        assert!(TABLE.starts_with(&format!("# tzdb {TZDB_VERSION}:")), "run xtask/scripts/zones.py again");
        let rows: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!((rows.len(), COUNTRIES.len()), (249, 249));
        for row in rows {
            for zone in row.rsplit('|').next().unwrap().split_whitespace() {
                Zone::parse(zone).unwrap();
            }
        }
    }

    #[test]
    fn codes_are_read_in_either_case_and_others_are_refused() {
        assert_eq!(Country::parse(" nl ").unwrap().code(), "NL");
        assert_eq!(Country::parse("uk").unwrap().code(), "GB");
        assert!(Country::parse("Netherlands").is_err_and(|why| why.contains("its code, NL")));
        for wrong in ["XX", "EU", "NLD", "", "é", "N1"] {
            assert!(Country::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn countries_have_the_zones_that_people_there_use() {
        let zones = |code| zones_of(Country::parse(code).unwrap());
        assert_eq!(zones("NL"), [Zone::parse("Europe/Amsterdam").unwrap()]);
        assert_eq!(zones("US").len(), 29);
        assert!(zones("BV").is_empty());
        let country = |zone| country_of(Zone::parse(zone).unwrap()).map(|country| country.code().to_owned());
        assert_eq!(country("Pacific/Honolulu").as_deref(), Some("US"));
        assert_eq!(country("UTC"), None);
    }
}
