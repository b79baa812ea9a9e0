//! Whether hours leave a moment at which a touch may begin.
//!
//! No clock is read: two years are looked at, with the public holidays of several countries and with none. Hours that name a year are not judged.

use crate::calendar::{Country, Duration, Instant, Location, Reachable, Windows, Zone};

/// From when hours are looked at: the first of January 2026. Hours repeat from year to year unless they name one.
const FROM: Instant = Instant::from_millis(1_767_225_600_000);

/// How far hours are looked at.
const FOR: Duration = Duration::from_millis(731 * 86_400_000);

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
    pub(crate) fn opening(&self, between: Option<&str>) -> Opening<T> {
        if self.hours.is_empty() {
            return Opening::Sometimes;
        }
        let texts: Vec<&str> = self.hours.iter().map(|(_, hours)| *hours).chain(between).collect();
        if texts.iter().any(|text| names_year(text)) {
            return Opening::Unsure;
        }
        if is_open_at_times(&texts) {
            return Opening::Sometimes;
        }
        // Those that close everything by themselves are told alone.
        let alone = self.hours.iter().find(|(_, hours)| !is_open_at_times(&[*hours]));
        match alone {
            Some((set_by, _)) => Opening::Never(vec![*set_by]),
            None => Opening::Never(self.hours.iter().map(|(set_by, _)| *set_by).collect()),
        }
    }
}

/// Whether hours name a year: four digits that are no time of the day.
fn names_year(hours: &str) -> bool {
    hours.split(|letter: char| !letter.is_ascii_digit()).any(|digits| digits.len() == 4)
}

/// Whether all of these hours are open at once at some moment, somewhere.
fn is_open_at_times(hours: &[&str]) -> bool {
    let places = COUNTRIES.into_iter().map(|code| Country::parse(code).ok()).chain([None]);
    let mut places = places.map(|country| Location { country, ..Location::at(Zone::UTC, country, None) });
    places.any(|place| {
        let all = Windows::all(FROM, FROM + FOR);
        let open = hours.iter().try_fold(all, |open, hours| {
            let windows = Reachable::parse(hours).ok()?.windows(&place, FROM, FROM + FOR).ok()?;
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
        match open.opening(between) {
            Opening::Never(by) => Some(by.len()),
            Opening::Sometimes | Opening::Unsure => None,
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
