//! Public holidays, on which `PH off` closes.
//!
//! The national holidays of a country come from `holidays.txt` in this folder, which `xtask/scripts/holidays_table.py` writes from the data of
//! [python-holidays](https://github.com/vacanza/holidays), its category "public". Regional holidays come from the rules in
//! `holiday_rules.rs`. When the region is unknown, a regional holiday counts if it applies to more than half of the population: one call
//! too few is better than a call on a holiday. A team can add days of its own ([`TeamHolidays`](crate::calendar::TeamHolidays)).
//!
//! Holidays by the moon that are still to come are the source's estimates; the authorities of many countries announce them days before.
//!
//! Not included: school holidays, half days such as 24 December, days on which only banks or government offices close, and regional holidays
//! of countries without rules in `holiday_rules.rs`.

use std::collections::BTreeMap;
use std::{fmt, str};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::calendar::country::Country;
use crate::calendar::holiday_rules::{HolidayRule, RULES};
use crate::calendar::holiday_table::{self, NATIONAL_HOLIDAYS};
use crate::wording::Sentence;

/// The first and last year for which there are any holidays. Whether those of a year are all that a country has tells [`are_known`].
pub const YEARS: (i32, i32) = holiday_table::YEARS;

/// A region of a country, by the second part of its ISO 3166-2 code, such as `BY` for Bavaria. In JSON that code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region([u8; 3]);

impl Region {
    /// Parses `BY` or `DE-BY`, in upper or lower case.
    ///
    /// # Errors
    /// That the text does not have the form of such a code.
    pub fn parse(text: &str) -> Result<Self, Sentence> {
        let text = text.trim();
        let code = match text.split_once('-') {
            Some((country, code)) if Country::parse(country).is_ok() => code,
            _ => text,
        };
        let mut letters = [b' '; 3];
        if !(1..=3).contains(&code.len()) || !code.bytes().all(|letter| letter.is_ascii_alphanumeric()) {
            let shown: String = text.chars().take(40).collect();
            return Err(Sentence::new("region-unknown").with("written", shown));
        }
        for (place, letter) in letters.iter_mut().zip(code.bytes()) {
            *place = letter.to_ascii_uppercase();
        }
        Ok(Self(letters))
    }

    /// The code, in capitals.
    pub fn code(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default().trim_end() // always ASCII
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Region {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Region {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).map_err(|why| de::Error::custom(why.english()))
    }
}

/// A public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Holiday {
    /// The date.
    pub date: NaiveDate,
    /// Its English name; `None` for holidays from `holidays.txt`.
    pub name: Option<&'static str>,
}

/// Whether all public holidays of a country are known for a year, regional ones aside. In other years `PH off` may leave holidays open.
pub fn are_known(country: Country, year: i32) -> bool {
    NATIONAL_HOLIDAYS.get(country.code()).is_some_and(|holidays| holidays.known.contains(&year))
}

/// The national holidays of a country, sorted; empty when none are known.
fn days_off(country: Country) -> &'static [NaiveDate] {
    NATIONAL_HOLIDAYS.get(country.code()).map_or(&[], |holidays| holidays.days())
}

/// The national holidays of a country in one year.
fn days_off_in(country: Country, year: i32) -> impl Iterator<Item = NaiveDate> {
    let all = days_off(country);
    let first = all.partition_point(|day| day.year() < year);
    all.iter().skip(first).take_while(move |day| day.year() == year).copied()
}

/// Whether there are holiday rules for this region of a country.
pub fn knows_region(country: Country, region: Region) -> bool {
    RULES.iter().any(|rule| rule.country == country.code() && rule.regions.contains(&region.code()))
}

/// Whether a date is a public holiday in a country and region. A region without rules (see [`knows_region`]) counts as unknown.
pub fn is_public_holiday(country: Country, region: Option<Region>, date: NaiveDate) -> bool {
    let by_rule = || rules(country, region).any(|rule| off_days(rule, date.year()).any(|(day, _)| day == date));
    days_off(country).binary_search(&date).is_ok() || by_rule()
}

/// The public holidays of one year, in order of date.
pub fn holidays(country: Country, region: Option<Region>, year: i32) -> Vec<Holiday> {
    let mut days: BTreeMap<NaiveDate, Option<&'static str>> = BTreeMap::new();
    days.extend(days_off_in(country, year).map(|day| (day, None)));
    for rule in rules(country, region) {
        days.extend(off_days(rule, year));
    }
    days.into_iter().map(|(date, name)| Holiday { date, name }).collect()
}

/// The holidays of the years `first` to `last` as days since 1970-01-01, sorted; empty without a country.
pub(super) fn calendar(country: Option<Country>, region: Option<Region>, first: i32, last: i32) -> Vec<i32> {
    let Some(country) = country else { return Vec::new() };
    let known = first.max(YEARS.0)..=last.min(YEARS.1);
    known.flat_map(|year| holidays(country, region, year)).map(|holiday| holiday.date.to_epoch_days()).collect()
}

/// The rules that apply in a region, or when it is unknown, to most of the population.
fn rules(country: Country, region: Option<Region>) -> impl Iterator<Item = &'static HolidayRule> {
    let region = region.filter(|region| knows_region(country, *region));
    RULES.iter().filter(move |rule| {
        rule.country == country.code()
            && (rule.regions.is_empty()
                || match region {
                    Some(region) => rule.regions.contains(&region.code()),
                    None => rule.most,
                })
    })
}

/// The dates that a rule gives in a year within [`YEARS`]. A substitute day can fall in the year before or after its holiday.
fn off_days(rule: &'static HolidayRule, year: i32) -> impl Iterator<Item = (NaiveDate, Option<&'static str>)> {
    let known = (YEARS.0..=YEARS.1).contains(&year);
    let around = (year - 1..=year + 1).filter(move |_| known);
    around.flat_map(|near| rule.days(near)).filter(move |day| day.year() == year).map(|day| (day, Some(rule.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn off(country: &str, region: Option<&str>, date: &str) -> bool {
        let region = region.map(|region| Region::parse(region).unwrap());
        is_public_holiday(Country::parse(country).unwrap(), region, date.parse().unwrap())
    }

    #[test]
    fn regional_holidays_apply_only_in_their_regions() {
        assert!(off("DE", Some("BY"), "2026-01-06") && !off("DE", Some("DE-BE"), "2026-01-06"));
        assert!(off("GB", Some("SCT"), "2028-01-04") && !off("GB", Some("ENG"), "2028-01-04"));
        assert!(off("FR", Some("67"), "2026-04-03") && !off("FR", Some("IDF"), "2026-04-03"));
        assert!(off("US", Some("MA"), "2026-04-20") && !off("US", Some("NY"), "2026-04-20"));
    }

    #[test]
    fn without_a_region_holidays_of_most_of_the_population_apply() {
        assert!(off("GB", None, "2026-04-06") && !off("GB", Some("SCT"), "2026-04-06"));
        assert!(off("DE", None, "2026-06-04") && !off("DE", None, "2026-10-31"));
    }

    #[test]
    fn the_list_of_a_year_has_exactly_the_dates_that_are_holidays() {
        for (country, region) in [("DE", Some("SN")), ("GB", None), ("US", Some("UT")), ("NL", None), ("JP", None)] {
            let country = Country::parse(country).unwrap();
            let region = region.map(|region| Region::parse(region).unwrap());
            for year in [1999, 2000, 2027, 2076, 2077] {
                let listed: Vec<NaiveDate> = holidays(country, region, year).iter().map(|day| day.date).collect();
                let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
                let dates = first.iter_days().take_while(|day| day.year() == year);
                let expected: Vec<NaiveDate> = dates.filter(|day| is_public_holiday(country, region, *day)).collect();
                assert_eq!(listed, expected, "{country} {year}");
            }
        }
    }

    #[test]
    fn only_codes_are_accepted_as_regions() {
        assert_eq!(Region::parse("de-by").unwrap().code(), "BY");
        assert_eq!(Region::parse("6ae").unwrap().code(), "6AE");
        assert!(Region::parse("Bavaria").is_err() && Region::parse("").is_err() && Region::parse("é").is_err());
    }

    #[test]
    fn holidays_are_known_for_the_years_of_the_source() {
        let known = |code: &str, year| are_known(Country::parse(code).unwrap(), year);
        for country in Country::all() {
            assert!(known(country.code(), 2026), "{country}");
        }
        assert!(known("NL", 2000) && known("NL", 2040) && !known("NL", 1999) && !known("NL", 2041));
        // The source has the days of Hindu calendars until 2035, and those of Sri Lanka as its government announces them.
        assert!(known("IN", 2035) && !known("IN", 2036) && !known("LK", 2027));
    }
}
