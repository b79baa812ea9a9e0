//! Days that a team adds to the public holidays of a country: those that its government announces late, or that the table lacks.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::calendar::country::Country;
use crate::calendar::holidays::are_known;
use crate::order;

/// The days that packs add, per country. They count in every region of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeamHolidays {
    days: BTreeMap<Country, Vec<NaiveDate>>,
}

impl TeamHolidays {
    /// Collects days in any order; the same day may occur more than once.
    pub fn new(given: impl IntoIterator<Item = (Country, NaiveDate)>) -> Self {
        let mut days: BTreeMap<Country, Vec<NaiveDate>> = BTreeMap::new();
        for (country, day) in given {
            days.entry(country).or_default().push(day);
        }
        for days in days.values_mut() {
            order::sort(days);
            days.dedup();
        }
        Self { days }
    }

    /// The days of a country, sorted.
    pub fn of(&self, country: Country) -> &[NaiveDate] {
        self.days.get(&country).map_or(&[], Vec::as_slice)
    }

    /// Whether the public holidays of a country are known for a year: all of them are in the table, or the team gave days of that year.
    pub fn know(&self, country: Country, year: i32) -> bool {
        are_known(country, year) || self.of(country).iter().any(|day| day.year() == year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_a_year_make_its_holidays_known() {
        let [lanka, india] = ["LK", "IN"].map(|code| Country::parse(code).unwrap());
        let [one, other]: [NaiveDate; 2] = ["2027-01-14", "2027-02-04"].map(|day| day.parse().unwrap());
        let given = TeamHolidays::new([(lanka, other), (lanka, one), (lanka, other)]);
        assert_eq!((given.of(lanka), given.of(india)), (&[one, other][..], &[][..]));
        assert!(given.know(lanka, 2026) && given.know(lanka, 2027) && !given.know(lanka, 2028));
        assert!(given.know(india, 2027));
    }
}
