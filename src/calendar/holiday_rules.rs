//! Regional public holidays, which `holidays.txt` lacks.
//!
//! The table has one list for each country. The rules here add the holidays of regions: the Länder of Germany, the nations of the United
//! Kingdom, parts of France, most provinces of Canada, and four states of the US in which offices close on a day that is not a federal
//! holiday. Other countries have no regional holidays here. `tests/oracles` has the comparison with an independent source, and the remaining
//! differences with their reasons.
//!
//! Invariant: a rule only adds holidays; none removes a date of the table.

use std::ops::RangeInclusive;

use chrono::{Datelike, Duration, NaiveDate, Weekday};

use crate::calendar::yearly::YearlyDay;

/// For a holiday on Monday to Sunday: the number of days to its substitute day; 0 for none.
type SubstituteDay = [i64; 7];
const NO_EXTRA: SubstituteDay = [0; 7];
/// A holiday on a weekend adds the next Monday.
const NEXT_MONDAY: SubstituteDay = [0, 0, 0, 0, 0, 2, 1];
/// Scotland's 2 January: it and 1 January are both substituted on the next working days.
const SECOND_JANUARY: SubstituteDay = [1, 0, 0, 0, 0, 2, 2];

/// The rule of one holiday.
pub(super) struct HolidayRule {
    pub(super) country: &'static str,
    /// Second parts of ISO 3166-2 codes; empty for the whole country.
    pub(super) regions: &'static [&'static str],
    /// Whether more than half of the population lives in those regions, so that the holiday also counts when the region is unknown.
    pub(super) most: bool,
    pub(super) name: &'static str,
    /// The date of the holiday in a year.
    on: YearlyDay,
    /// The years in which it is a holiday.
    years: RangeInclusive<i32>,
    extra: SubstituteDay,
}

impl HolidayRule {
    const fn new(country: &'static str, regions: &'static [&'static str], name: &'static str, on: YearlyDay) -> Self {
        Self { country, regions, most: false, name, on, years: 1970..=2100, extra: NO_EXTRA }
    }

    const fn most(self) -> Self {
        Self { most: true, ..self }
    }

    const fn years(self, first: i32, last: i32) -> Self {
        Self { years: first..=last, ..self }
    }

    const fn extra(self, extra: SubstituteDay) -> Self {
        Self { extra, ..self }
    }

    /// The dates that the rule gives for a year: the holiday, and its substitute day if there is one.
    pub(super) fn days(&self, year: i32) -> impl Iterator<Item = NaiveDate> + use<> {
        let day = if self.years.contains(&year) { self.on.day(year) } else { None };
        let extra = day.and_then(|day| {
            let after = self.extra.get(day.weekday().num_days_from_monday() as usize).copied()?;
            if after == 0 { None } else { day.checked_add_signed(Duration::days(after)) }
        });
        day.into_iter().chain(extra)
    }
}

use Weekday::{Mon, Wed};
use YearlyDay::{Before, Date, Easter, From, Last};

/// Every rule, by country.
pub(super) const RULES: &[HolidayRule] = &[
    // Canada: a holiday by the law of provinces in which most people live, among them Ontario (Employment Standards Act, 2000, s. 1) and
    // Quebec (Act respecting labour standards, s. 60, the same Monday as National Patriots' Day).
    HolidayRule::new("CA", &["AB", "BC", "MB", "NT", "NU", "ON", "QC", "SK", "YT"], "Victoria Day", Before(Mon, 5, 25))
        .most(),
    HolidayRule::new("CA", &["AB", "BC", "MB", "NT", "NU", "ON", "QC", "SK", "YT"], "Thanksgiving", From(Mon, 10, 8))
        .most(),
    // Germany, from the holiday laws of its Länder.
    HolidayRule::new("DE", &["BW", "BY", "ST"], "Epiphany", Date(1, 6)),
    HolidayRule::new("DE", &["BE"], "International Women's Day", Date(3, 8)).years(2019, 2100),
    HolidayRule::new("DE", &["MV"], "International Women's Day", Date(3, 8)).years(2023, 2100),
    HolidayRule::new("DE", &["BB"], "Easter Sunday", Easter(0)),
    HolidayRule::new("DE", &["BE"], "75 years since the end of the war", Date(5, 8)).years(2020, 2020),
    HolidayRule::new("DE", &["BE"], "80 years since the end of the war", Date(5, 8)).years(2025, 2025),
    HolidayRule::new("DE", &["BE"], "75 years since the uprising of 1953", Date(6, 17)).years(2028, 2028),
    HolidayRule::new("DE", &["BB"], "Whit Sunday", Easter(49)),
    HolidayRule::new("DE", &["BW", "BY", "HE", "NW", "RP", "SL"], "Corpus Christi", Easter(60)).most(),
    // In Bavaria only in municipalities with more Catholics than Protestants: most of them, Munich included.
    HolidayRule::new("DE", &["SL", "BY"], "Assumption", Date(8, 15)),
    HolidayRule::new("DE", &["TH"], "World Children's Day", Date(9, 20)).years(2019, 2100),
    HolidayRule::new("DE", &["BB", "MV", "SN", "ST", "TH"], "Reformation Day", Date(10, 31)),
    HolidayRule::new("DE", &["HB", "HH", "NI", "SH"], "Reformation Day", Date(10, 31)).years(2018, 2100),
    HolidayRule::new("DE", &["BW", "BY", "NW", "RP", "SL"], "All Saints", Date(11, 1)).most(),
    HolidayRule::new("DE", &["SN"], "Day of Repentance and Prayer", Before(Wed, 11, 23)),
    // France: the local law of Alsace and Moselle, and the overseas departments.
    HolidayRule::new("FR", &["57", "67", "68", "6AE", "971"], "Good Friday", Easter(-2)),
    HolidayRule::new("FR", &["57", "67", "68", "6AE"], "Saint Stephen", Date(12, 26)),
    HolidayRule::new("FR", &["971"], "Mid-Lent", Easter(-24)),
    HolidayRule::new("FR", &["976"], "Abolition of slavery", Date(4, 27)),
    HolidayRule::new("FR", &["972"], "Abolition of slavery", Date(5, 22)),
    HolidayRule::new("FR", &["971"], "Abolition of slavery", Date(5, 27)),
    HolidayRule::new("FR", &["973"], "Abolition of slavery", Date(6, 10)),
    HolidayRule::new("FR", &["974"], "Abolition of slavery", Date(12, 20)),
    HolidayRule::new("FR", &["971", "972"], "Victor Schoelcher", Date(7, 21)),
    // United Kingdom: the Banking and Financial Dealings Act 1971 and the royal proclamations under it.
    HolidayRule::new("GB", &["SCT"], "2 January", Date(1, 2)).extra(SECOND_JANUARY),
    HolidayRule::new("GB", &["NIR"], "Saint Patrick", Date(3, 17)).extra(NEXT_MONDAY),
    HolidayRule::new("GB", &["ENG", "WLS", "NIR"], "Easter Monday", Easter(1)).most(),
    HolidayRule::new("GB", &["SCT"], "Scotland at the World Cup", Date(6, 15)).years(2026, 2026),
    HolidayRule::new("GB", &["NIR"], "Battle of the Boyne", Date(7, 12)).extra(NEXT_MONDAY),
    HolidayRule::new("GB", &["SCT"], "Summer bank holiday", From(Mon, 8, 1)),
    HolidayRule::new("GB", &["ENG", "WLS", "NIR"], "Summer bank holiday", Last(Mon, 8)).most(),
    HolidayRule::new("GB", &["SCT"], "Saint Andrew", Date(11, 30)).extra(NEXT_MONDAY),
    // United States: states in which offices close on a day that is no federal holiday.
    HolidayRule::new("US", &["MA", "ME"], "Patriots' Day", From(Mon, 4, 15)),
    HolidayRule::new("US", &["UT"], "Pioneer Day", Date(7, 24)).extra([0, 0, 0, 0, 0, -1, 1]),
    HolidayRule::new("US", &["RI"], "Victory Day", From(Mon, 8, 8)),
];
