//! Whether hours leave a moment at which a touch may begin.
//!
//! No clock is read: two years are looked at, with the public holidays of several countries and with none. Hours that name a year are not judged.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::analysis::alternatives::TooMany;
use crate::calendar::{Country, Duration, Instant, Location, Reachable, Windows, Zone};
use crate::limits;

/// From when hours are looked at: the first of January 2026. Hours repeat from year to year unless they name one.
const FROM: Instant = Instant::from_millis(1_767_225_600_000);

/// How far hours are looked at.
const FOR: Duration = Duration::from_millis(731 * 86_400_000);

/// How far they are looked at first: most hours open in any week.
const AT_FIRST: Duration = Duration::from_millis(14 * 86_400_000);

/// The countries whose public holidays stand for those of all.
const COUNTRIES: [&str; 5] = ["NL", "DE", "FR", "GB", "US"];

/// Hours that count together, each with what set them.
pub(crate) struct OpenHours<'h, T> {
    hours: Vec<(T, &'h str)>,
}

/// Whether hours together leave a moment.
pub(crate) enum Opening<T> {
    /// They do.
    Sometimes,
    /// They do not; who set them.
    Never(Vec<T>),
    /// They name a year, so that it depends on when one asks.
    Unsure,
}

impl<T> Default for OpenHours<'_, T> {
    fn default() -> Self {
        Self { hours: Vec::new() }
    }
}

impl<'h, T: Copy> OpenHours<'h, T> {
    /// Adds hours.
    pub(crate) fn add(&mut self, set_by: T, hours: &'h str) {
        self.hours.push((set_by, hours));
    }

    /// Whether all of them together leave a moment; `between` are the times of the day of a touch, where it has some.
    ///
    /// # Errors
    /// Too many hours were looked at.
    pub(crate) fn opening(&self, between: Option<&str>, openings: &Openings) -> Result<Opening<T>, TooMany> {
        if self.hours.is_empty() {
            return Ok(Opening::Sometimes);
        }
        let texts: Vec<&str> = self.hours.iter().map(|(_, hours)| *hours).chain(between).collect();
        if texts.iter().any(|text| names_year(text)) {
            return Ok(Opening::Unsure);
        }
        if openings.are_open_at_times(&texts)? {
            return Ok(Opening::Sometimes);
        }
        // Those that close everything by themselves are told alone.
        for (set_by, hours) in &self.hours {
            if !openings.are_open_at_times(&[*hours])? {
                return Ok(Opening::Never(vec![*set_by]));
            }
        }
        Ok(Opening::Never(self.hours.iter().map(|(set_by, _)| *set_by).collect()))
    }
}

/// Which hours leave a moment when they count together, each looked at once.
#[derive(Debug, Default)]
pub(crate) struct Openings {
    known: RefCell<BTreeMap<String, bool>>,
}

impl Openings {
    /// Whether all of these hours are open at once at some moment.
    ///
    /// # Errors
    /// [`limits::OPENINGS`] were looked at already.
    fn are_open_at_times(&self, hours: &[&str]) -> Result<bool, TooMany> {
        // No hours have a line break in them that is read otherwise.
        let together = hours.join("\n");
        if let Some(known) = self.known.borrow().get(&together) {
            return Ok(*known);
        }
        if self.known.borrow().len() >= limits::OPENINGS {
            return Err(TooMany);
        }
        let weekly = hours.iter().all(|hours| is_weekly(hours));
        let open = are_open_within(hours, AT_FIRST) || !weekly && are_open_within(hours, FOR);
        self.known.borrow_mut().insert(together, open);
        Ok(open)
    }
}

/// Whether hours are the same in every week: no word in them is about more than days of the week.
fn is_weekly(hours: &str) -> bool {
    let words = hours.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "off", "closed", "open"];
    words.into_iter().all(|word| days.contains(&word)) && !hours.contains('[')
}

/// Whether hours name a year: four digits that are no time of the day.
fn names_year(hours: &str) -> bool {
    hours.split(|letter: char| !letter.is_ascii_digit()).any(|digits| digits.len() == 4)
}

/// Whether all of these hours are open at once at some moment in this time, somewhere.
fn are_open_within(hours: &[&str], time: Duration) -> bool {
    let places = COUNTRIES.into_iter().map(|code| Country::parse(code).ok()).chain([None]);
    let mut places = places.map(|country| Location { country, ..Location::at(Zone::UTC, country, None) });
    places.any(|place| {
        let all = Windows::all(FROM, FROM + time);
        let open = hours.iter().try_fold(all, |open, hours| {
            let windows = Reachable::parse(hours).ok()?.windows(&place, FROM, FROM + time).ok()?;
            Some(open.intersect(&windows))
        });
        // Hours that cannot be read are told elsewhere.
        open.is_none_or(|open| !open.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn never(hours: &[&'static str], between: Option<&str>) -> Option<usize> {
        let mut open = OpenHours::default();
        hours.iter().enumerate().for_each(|(nth, hours)| open.add(nth, hours));
        match open.opening(between, &Openings::default()) {
            Ok(Opening::Never(by)) => Some(by.len()),
            Ok(Opening::Sometimes | Opening::Unsure) | Err(TooMany) => None,
        }
    }

    #[test]
    fn a_morning_and_an_afternoon_leave_nothing() {
        assert_eq!(never(&["Mo-Fr 09:00-12:00", "Mo-Fr 13:00-17:00"], None), Some(2));
        assert_eq!(never(&["Mo-Fr 09:00-13:30", "Mo-Fr 13:00-17:00"], None), None);
        assert_eq!(never(&["Mo-Fr 09:00-17:00; PH off"], Some("18:00-20:00")), Some(1));
        assert_eq!(never(&["off", "Mo-Fr 09:00-17:00"], None), Some(1));
        assert_eq!(never(&["PH 10:00-12:00"], None), None);
        assert_eq!(never(&["2030 Mo-Fr 09:00-12:00", "Sa 09:00-10:00"], None), None);
    }
}
