//! Countries by their ISO 3166-1 code, and the time zones in each.
//!
//! The table is `zones.txt` in this folder, which `xtask/scripts/tzdata.py` writes from the IANA time zone database. A test checks that every
//! zone in it is a [`Zone`]. Holidays are in [`crate::calendar::holidays`].

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::{fmt, str};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::calendar::zone::Zone;
use crate::order;
use crate::wording::Sentence;

const TABLE: &str = include_str!("zones.txt");

/// One line of the table.
struct CountryEntry {
    name: &'static str,
    /// The most important first.
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

/// A country or territory with its own code in ISO 3166-1, such as `NL`. In JSON the code, in capitals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// Parses a two-letter code, in upper or lower case. `UK` is accepted for `GB`, because people write it.
    ///
    /// # Errors
    /// That it is no code. When the text is the English name of a country, with its code.
    pub fn parse(text: &str) -> Result<Self, Sentence> {
        let text = text.trim();
        let code = two_letters(text).map(|code| if &code == b"UK" { *b"GB" } else { code });
        if let Some(code) = code.filter(|code| COUNTRIES.contains_key(&Self(*code))) {
            return Ok(Self(code));
        }
        let shown: String = text.chars().take(40).collect();
        let named = COUNTRIES.iter().find(|(_, entry)| entry.name.eq_ignore_ascii_case(text));
        Err(match named {
            Some((code, _)) => Sentence::new("country-name").with("written", shown).with("code", code.code()),
            None => Sentence::new("country-unknown").with("written", shown),
        })
    }

    /// The code: two capitals.
    pub fn code(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default() // always two ASCII capitals
    }

    /// The name in English.
    pub fn name(self) -> &'static str {
        COUNTRIES.get(&self).map_or("", |entry| entry.name)
    }

    /// Every country, in order of code.
    pub fn all() -> impl Iterator<Item = Self> {
        COUNTRIES.keys().copied()
    }
}

/// The text in capitals when it is two ASCII letters, else `None`.
fn two_letters(text: &str) -> Option<[u8; 2]> {
    let code: [u8; 2] = text.as_bytes().try_into().ok()?;
    code.iter().all(u8::is_ascii_alphabetic).then(|| code.map(|letter| letter.to_ascii_uppercase()))
}

/// The zones in use in a country, the most important first; empty for the two uninhabited countries.
pub fn zones_of(country: Country) -> &'static [Zone] {
    COUNTRIES.get(&country).map_or(&[], |entry| &entry.zones)
}

/// The country of a zone; `None` for zones without a country (`UTC`) and for names that the database keeps for compatibility.
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
        Self::parse(&code).map_err(|why| de::Error::custom(why.english()))
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
    use crate::calendar::TZ_DATA_VERSION;

    #[test]
    fn every_zone_in_the_table_exists_and_the_database_versions_agree() {
        assert!(TABLE.starts_with(&format!("# tzdb {TZ_DATA_VERSION};")), "run: cargo xtask renew");
        let rows: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!((rows.len(), COUNTRIES.len()), (249, 249));
        for row in rows {
            for zone in row.rsplit('|').next().unwrap().split_whitespace() {
                Zone::parse(zone).unwrap();
            }
        }
    }

    #[test]
    fn codes_are_parsed_in_either_case_and_other_texts_are_refused() {
        assert_eq!(Country::parse(" nl ").unwrap().code(), "NL");
        assert_eq!(Country::parse("uk").unwrap().code(), "GB");
        assert!(Country::parse("Netherlands").is_err_and(|why| why.english().contains("its code, NL")));
        for wrong in ["XX", "EU", "NLD", "", "é", "N1"] {
            assert!(Country::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn countries_and_zones_refer_to_each_other() {
        let zones = |code| zones_of(Country::parse(code).unwrap());
        assert_eq!(zones("NL"), [Zone::parse("Europe/Amsterdam").unwrap()]);
        assert_eq!(zones("US").len(), 29);
        assert!(zones("BV").is_empty());
        let country = |zone| country_of(Zone::parse(zone).unwrap()).map(|country| country.code().to_owned());
        assert_eq!(country("Pacific/Honolulu").as_deref(), Some("US"));
        assert_eq!(country("UTC"), None);
    }
}
