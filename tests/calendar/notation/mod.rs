//! The parser of hours against the crate `opening-hours`: texts that the crate refuses are refused, and texts that both accept are open at the
//! same minutes.
//!
//! Texts are generated from the grammar of the notation, with choices from a list of numbers, and by changing such texts. They are compared in
//! nine years, around New Year, leap days, Easter and on random days, with the holidays of five countries.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a panic fails the test

mod texts;

use std::sync::Arc;

use chrono::NaiveDate;
use opening_hours::{Context, ContextHolidays, OpeningHours, RuleKind};
use opening_hours_syntax::rules::day::{HolidayKind, MonthdayRange, WeekDayRange};
use opening_hours_syntax::rules::time::Time;
use proptest::prelude::*;
use texts::{Choices, changed, hours};

use cadans::calendar::reachable::FURTHEST_FROM_HOLIDAY;
use cadans::calendar::{Country, Duration, HoursError, HoursProblem, Instant, Location, Reachable, Zone, holidays};

const COUNTRIES: [&str; 5] = ["NL", "DE", "US", "GB", "JP"];
/// The number of days in a period that is compared.
const PERIOD: i32 = 45;

/// Why a text that the crate accepts is refused; `None` when it should be accepted.
fn expected_refusal(text: &str, theirs: &OpeningHours) -> Option<&'static str> {
    let tree = theirs.get_expression();
    for rule in &tree.rules {
        let sun = |time: &Time| matches!(time, Time::Variable(_));
        if rule
            .time_selector
            .spans
            .iter()
            .any(|span| span.open_end || span.repeats.is_some() || sun(&span.range.start) || sun(&span.range.end))
        {
            return Some("times that nobody knows");
        }
        if !rule.comment.is_empty() {
            return Some("a comment");
        }
        for day in &rule.day_selector.weekday {
            match day {
                WeekDayRange::Holiday { kind: HolidayKind::School, .. } => return Some("school holidays"),
                WeekDayRange::Holiday { offset, .. } if offset.unsigned_abs() > FURTHEST_FROM_HOLIDAY => {
                    return Some("far from a holiday");
                }
                _ => {}
            }
        }
        if rule.day_selector.monthday.iter().any(|day| matches!(day, MonthdayRange::Month { year: Some(_), .. })) {
            return Some("year and month in one");
        }
    }
    let letters: Vec<char> = text.chars().collect();
    let backwards = |five: &[char]| matches!(five, ['[' | ',', a @ '1'..='5', '-', b @ '1'..='5', ']' | ','] if a > b);
    if letters.windows(5).any(backwards) {
        return Some("an nth that runs backwards");
    }
    let silent = |rule: &str| rule.trim_matches([' ', ':']).is_empty();
    if text.split(';').flat_map(|rule| rule.split(", ")).flat_map(|rule| rule.split("|| ")).any(silent) {
        return Some("a rule that says nothing");
    }
    None
}

/// The open windows of a period according to the crate, in minutes since 1970-01-01.
fn their_windows(theirs: &OpeningHours, first: i32) -> Vec<(i64, i64)> {
    let mut open: Vec<(i64, i64)> = Vec::new();
    for day in first..first + PERIOD {
        let midnight = i64::from(day) * 1440;
        let schedule = theirs.schedule_at(NaiveDate::from_epoch_days(day).unwrap());
        for time in schedule.into_iter().filter(|time| time.kind == RuleKind::Open) {
            let minutes = |time: opening_hours_syntax::ExtendedTime| midnight + i64::from(time.mins_from_midnight());
            let (from, until) = (minutes(time.range.start), minutes(time.range.end));
            match open.last_mut() {
                Some((_, end)) if *end == from => *end = until,
                _ => open.push((from, until)),
            }
        }
    }
    open
}

/// The open windows of a period according to the library, in minutes since 1970-01-01.
fn our_windows(ours: &Reachable, country: Country, first: i32) -> Vec<(i64, i64)> {
    let place = Location::at(Zone::parse("UTC").unwrap(), Some(country), None);
    let from = Instant::from_millis(i64::from(first) * Duration::DAY.millis());
    let until = from + Duration::DAY.times(i64::from(PERIOD)).unwrap();
    let windows = ours.windows(&place, from, until).unwrap();
    let minutes = |at: Instant| at.millis() / Duration::MINUTE.millis();
    windows.iter().map(|window| (minutes(window.from), minutes(window.until))).collect()
}

fn calendar_of(country: Country) -> Context {
    let mut public = ContextHolidays::default().get_public().clone();
    for holiday in (2020..=2034).flat_map(|year| holidays::holidays(country, None, year)) {
        public.insert(holiday.date);
    }
    Context::default().with_holidays(ContextHolidays::new(Arc::new(public), Arc::default()))
}

/// Compares the two for one text. Returns whether both accept it.
fn compare(text: &str, choices: &mut Choices) -> Result<bool, TestCaseError> {
    let text = text.trim();
    let ours = Reachable::parse(text);
    let theirs = match text.parse::<OpeningHours>() {
        Ok(theirs) => theirs,
        Err(_) => {
            prop_assert!(ours.is_err(), "the crate refuses {text:?}");
            return Ok(false);
        }
    };
    let ours = match ours {
        Ok(ours) => ours,
        Err(HoursError { problem: HoursProblem::Brackets | HoursProblem::TooLong, .. }) => return Ok(false),
        Err(why) => {
            prop_assert!(expected_refusal(text, &theirs).is_some(), "the crate accepts {text:?}: {why}");
            return Ok(false);
        }
    };
    prop_assert_eq!(expected_refusal(text, &theirs).filter(|why| !why.starts_with("a rule")), None, "{:?}", text);
    let country = Country::parse(choices.of(&COUNTRIES)).unwrap();
    let theirs = theirs.with_context(calendar_of(country));
    let year = 2022 + i32::try_from(choices.below(9)).unwrap();
    let leap = [2024, 2028][choices.below(2)];
    let on = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap().to_epoch_days();
    let anywhere = on(2022, 1, 1) + i32::try_from(choices.below(365 * 9)).unwrap();
    for first in [on(year, 12, 10), on(leap, 2, 5), on(year, 3, 20), anywhere] {
        let (open, should) = (our_windows(&ours, country, first), their_windows(&theirs, first));
        if open != should {
            let differs = (0..PERIOD).map(|day| first + day).find(|day| {
                let on_day = |windows: &[(i64, i64)]| -> Vec<i64> {
                    let minutes = (0..1440).map(|minute| i64::from(*day) * 1440 + minute);
                    minutes.filter(|at| windows.iter().any(|(from, until)| (from..until).contains(&at))).collect()
                };
                on_day(&open) != on_day(&should)
            });
            let date = differs.and_then(NaiveDate::from_epoch_days);
            prop_assert!(false, "{text:?} in {country} differs first on {date:?}");
        }
    }
    Ok(true)
}

fn numbers() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 4..90)
}

/// Compares the two for a number of texts. Returns how many both accept.
fn compare_all(cases: u32, made: fn(&mut Choices<'_>) -> String) -> usize {
    let read = std::cell::Cell::new(0);
    let test = |numbers: Vec<u16>| {
        let mut choices = Choices(numbers.iter());
        let text = made(&mut choices);
        read.set(read.get() + usize::from(compare(&text, &mut choices)?));
        Ok(())
    };
    test_runner(cases).run(&numbers(), test).unwrap();
    read.get()
}

#[test]
fn texts_of_the_grammar_are_open_at_the_same_minutes() {
    let read = compare_all(10_000, hours);
    assert!(read > 3_000, "only {read} texts were read");
}

#[test]
fn changed_texts_are_accepted_only_when_the_crate_accepts_them() {
    let read = compare_all(20_000, changed);
    assert!(read > 500, "only {read} texts were read");
}

/// The open times of a date in the Netherlands: `09:00-12:00,13:00-17:00`; empty when closed.
fn open_times(hours: &str, date: &str) -> String {
    let day: NaiveDate = date.parse().unwrap();
    let place = Location::at(Zone::parse("UTC").unwrap(), Country::parse("NL").ok(), None);
    let from = Instant::from_millis(i64::from(day.to_epoch_days()) * Duration::DAY.millis());
    let windows = Reachable::parse(hours).expect(hours).windows(&place, from, from + Duration::DAY).unwrap();
    let clock = |at: Instant| {
        let minutes = (at - from).millis() / Duration::MINUTE.millis();
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    };
    let times = windows.iter().map(|window| format!("{}-{}", clock(window.from), clock(window.until)));
    times.collect::<Vec<_>>().join(",")
}

/// Texts of the specification on wiki.openstreetmap.org (Key:opening_hours and its specification), with open times read from a calendar.
#[test]
fn examples_of_the_specification_are_open_as_it_says() {
    let examples = [
        ("Mo-Fr 08:00-12:00,13:00-17:30", "2026-11-23", "08:00-12:00,13:00-17:30"), // a Monday
        ("Mo-Fr 08:00-12:00,13:00-17:30; Sa 08:00-12:00; PH off", "2026-12-25", ""),
        ("Mo-Fr 08:00-12:00, We 14:00-18:00", "2026-11-25", "08:00-12:00,14:00-18:00"),
        ("Mo-Sa 10:00-20:00; Tu off", "2026-11-24", ""),
        ("Mo-Sa 10:00-20:00; Tu 10:00-14:00", "2026-11-24", "10:00-14:00"),
        (
            "Su-Tu 11:00-01:00, We-Th 11:00-03:00, Fr 11:00-06:00, Sa 11:00-07:00",
            "2026-11-27",
            "00:00-03:00,11:00-24:00",
        ),
        ("Sa-Su,PH 10:00-16:00", "2026-12-25", "10:00-16:00"),
        ("PH,Mo-Fr 10:00-16:00", "2026-12-26", "10:00-16:00"), // Boxing Day, a Saturday
        ("Tu-Th 20:00-26:00", "2026-11-27", "00:00-02:00"),
        ("Th[1,2-3] 10:00-12:00", "2026-11-19", "10:00-12:00"), // the third
        ("Th[1,2-3] 10:00-12:00", "2026-11-26", ""),
        ("Fr[-1] 10:00-12:00", "2026-11-27", "10:00-12:00"),
        ("Sa[-1],Su[-1] 10:00-12:00", "2026-11-29", "10:00-12:00"),
        ("Su[1] +1 day 10:00-12:00", "2026-11-02", "10:00-12:00"), // after Sunday 1 November
        ("Mo 10:00-12:00; Mo[2] off", "2026-11-09", ""),
        ("week 40-50 Mo-Su 12:00-13:00", "2026-11-23", "12:00-13:00"), // week 48
        ("week 1-53/2 Fr 09:00-12:00; week 2-52/2 We 09:00-12:00", "2026-11-25", "09:00-12:00"),
        ("week 1-53/2 Fr 09:00-12:00; week 2-52/2 We 09:00-12:00", "2026-11-27", ""),
        ("week 53 10:00-12:00", "2027-01-01", "10:00-12:00"),
        ("Jan 23-Feb 11,Feb 12 00:00-24:00", "2026-02-12", "00:00-24:00"),
        ("Sep 1-14 09:00-10:00", "2026-09-15", ""),
        ("Sep 5-5 09:00-10:00", "2026-09-05", "09:00-10:00"),
        ("Sep 5-5 09:00-10:00", "2026-09-20", ""),
        ("Dec 25-Jan 5 09:00-10:00", "2027-01-05", "09:00-10:00"),
        ("Dec 24-2 09:00-10:00", "2027-01-02", "09:00-10:00"),
        ("2026 Dec 24-2 09:00-10:00", "2026-01-02", ""),
        ("Nov-Feb 09:00-10:00", "2026-01-31", "09:00-10:00"),
        ("Feb 29 09:00-10:00", "2028-02-29", "09:00-10:00"),
        ("Feb 29 09:00-10:00", "2026-03-01", ""),
        ("easter 09:00-10:00", "2026-04-05", "09:00-10:00"),
        ("easter -2 days off; Mo-Su 09:00-10:00", "2026-04-03", "09:00-10:00"), // the later rule holds for all days
        ("Mo-Su 09:00-10:00; easter -2 days off", "2026-04-03", ""),
        ("easter +39 days off, Mo-Su 09:00-10:00", "2026-05-14", "09:00-10:00"), // Ascension Day
        ("2027-2031/2 09:00-10:00", "2029-07-01", "09:00-10:00"),
        ("2027-2031/2 09:00-10:00", "2028-07-01", ""),
        ("2026 Nov-Dec Mo 09:00-10:00", "2027-11-01", ""),
        ("Oct Su[-1]-Mar Su[-1] 09:00-10:00", "2026-10-24", ""),
        ("Oct Su[-1]-Mar Su[-1] 09:00-10:00", "2026-10-25", "09:00-10:00"),
        ("Dec 25-Su 09:00-10:00", "2026-12-20", "09:00-10:00"),
        ("Mo-Fr 08:00-18:00 || Sa 09:00-12:00", "2026-11-28", "09:00-12:00"),
        ("Mo-Fr 08:00-18:00 || 12:00-13:00 unknown", "2026-11-28", ""),
        ("24/7; Dec 25 off", "2026-12-25", ""),
        ("24/7", "2026-12-25", "00:00-24:00"),
        ("Mo-Fr", "2026-11-23", "00:00-24:00"),
        ("PH +1 day off; Mo-Fr 09:00-17:00", "2027-01-04", "09:00-17:00"),
    ];
    for (hours, date, open) in examples {
        assert_eq!(open_times(hours, date), open, "{hours} on {date}");
    }
}

fn test_runner(cases: u32) -> proptest::test_runner::TestRunner {
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let seed = proptest::test_runner::TestRng::deterministic_rng(config.rng_algorithm);
    proptest::test_runner::TestRunner::new_with_rng(config, seed)
}
