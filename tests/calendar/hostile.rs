//! Malformed and extreme texts of hours: each is parsed or refused with a reason, quickly and without a panic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a panic fails the test

use std::time::{Duration as Time, Instant as Clock};

use proptest::prelude::*;

use cadans::calendar::{Country, Duration, Instant, Location, Reachable, Zone};
use cadans::wording::Language;

/// More time than any text should take, and little enough to notice exponential parsing.
const AT_ONCE: Time = Time::from_millis(500);

/// Asserts that a text is refused with a message that contains `message`, at `column`, in both languages.
fn refused(text: &str, message: &str, column: usize) {
    let why = Reachable::parse(text).expect_err(text);
    assert!(why.message(Language::English).contains(message), "{text}: {why}");
    assert_eq!(why.column, column, "{text}: {why}");
    for language in [Language::English, Language::Dutch] {
        assert!(!why.help(language).is_empty() && !why.help(language).contains("{ $"));
    }
    assert_ne!(why.message(Language::English), why.message(Language::Dutch));
}

/// Parses a text and, when that succeeds, evaluates it around the ends of the time line, a leap day and New Year.
fn parse_and_evaluate(text: &str) {
    let begun = Clock::now();
    if let Ok(hours) = Reachable::parse(text) {
        assert!(text.chars().count() < 600);
        let place = Location::at(Zone::parse("Europe/Amsterdam").unwrap(), None, None);
        for from in ["1970-01-01T00:00:00Z", "2024-02-27T00:00:00Z", "2026-12-29T00:00:00Z", "2099-12-30T00:00:00Z"] {
            let from = Instant::parse(from).unwrap();
            let until = from + Duration::DAY.times(6).unwrap();
            let windows = hours.windows(&place, from, until).unwrap();
            assert!(windows.iter().all(|window| from <= window.from && window.until <= until), "{text}");
        }
        let again = Reachable::parse(hours.text()).unwrap();
        assert_eq!(again, hours);
    }
    assert!(begun.elapsed() < AT_ONCE, "{text:?} took {:?}", begun.elapsed());
}

#[test]
fn hours_that_need_missing_data_are_refused_with_a_reason() {
    refused("Mo-Fr sunrise-17:00", "coordinates", 7);
    refused("Sunset-Sunrise", "coordinates", 1);
    refused("Mo 09:00-(dusk-01:00)", "coordinates", 11);
    refused("Mo-Fr 09:00+", "not when it closes", 12);
    refused("10:00-16:00/01:30", "points in time", 12);
    refused("Mo 09:00-17:00 \"by appointment\"", "comment", 16);
    refused("Mo-Fr 09:00-17:00; SH off", "school holidays", 20);
    refused("PH +9999 days off", "more than 31 days", 1);
    refused("2026Jan-Mar 09:00-17:00", "touches the month", 5);
}

#[test]
fn common_mistakes_are_refused_with_the_right_spelling() {
    let help = |text: &str| Reachable::parse(text).expect_err(text).help(Language::English);
    assert!(help("Mon-Fri 09:00-17:00").contains("two letters"));
    assert!(help("Mo-Fr 9-17").contains("minutes"));
    assert!(help("Mo-Fr 9:00am-5:00pm").contains("24-hour"));
    assert!(help("Mo-Fr 09:00–17:00").contains("hyphen"));
    assert!(help("ma-vr 09:00-17:00").contains("Mo-Fr"));
    refused("", "no hours", 1);
    refused("   Mo-Fr 25:00-26:00", "cannot be read", 10);
    refused("week 50-2 09:00-17:00", "end of the year", 1);
    refused("2030-2026 09:00-17:00", "backwards", 1);
}

#[test]
fn long_and_repetitive_texts_are_parsed_quickly() {
    let wide = "é".repeat(10_000);
    let items = [
        "Jan Mo[1]",
        "2026 Jan Mo[1]",
        "Jan Mo[1] +Mo +1 day-Jan Mo[1]",
        "Mo[1]",
        "Mo-Fr 09:00-10:00",
        "2020",
        "week 53",
    ];
    for separator in [",", "; ", ", ", " || ", " "] {
        for item in items {
            for count in [3, 6, 7, 20, 60, 2_000] {
                parse_and_evaluate(&vec![item; count].join(separator));
                parse_and_evaluate(&format!("{}x", vec![item; count].join(separator)));
            }
        }
    }
    for letter in ["(", "[", "\"", "-", "1", ";", "Mo,", "\0", "🕘"] {
        parse_and_evaluate(&letter.repeat(10_000));
        parse_and_evaluate(&letter.repeat(499));
    }
    parse_and_evaluate(&wide);
    refused(&"Mo ".repeat(4_000), "longer than 500", 501);
    refused("Mo[1],Tu[1],We[1],Th[1],Fr[1],Sa[1],Su[1]", "brackets", 39);
}

#[test]
fn unusual_but_valid_hours_are_accepted() {
    for text in [
        "24/7",
        "off",
        "open",
        "closed",
        "week 53 Mo 10:00-12:00",
        "1970-9999 Mo 10:00-12:00",
        "9999 Mo 10:00-12:00",
        "1900-9999/400 10:00-12:00",
        "Feb 29 10:00-12:00",
        "Feb 30-Feb 28 10:00-12:00",
        "Dec 31-Jan 1 off",
        "easter -31 days-easter +31 days off",
        "22:00-02:00",
        "00:00-48:00",
        "10:00-10:00",
        "23:59-00:00",
        "Mo[-5] 10:00-12:00",
        "PH +31 days 10:00-12:00",
        "Su-Mo 10:00-12:00",
        "Mo-Fr 09:00-17:00 || 10:00-11:00",
    ] {
        assert!(Reachable::parse(text).is_ok(), "{text}");
        parse_and_evaluate(text);
    }
}

#[test]
fn a_query_about_all_time_is_limited_to_the_longest_period() {
    let hours = Reachable::parse("Mo-Fr 09:00-17:00; PH off").unwrap();
    let place = Location::in_country(Country::parse("US").unwrap(), None);
    let (from, until) = (Instant::from_millis(i64::MIN), Instant::from_millis(i64::MAX));
    let windows = hours.windows(&place, from, until).unwrap();
    assert!(windows.iter().count() < 800);
    assert!(hours.windows(&place, until, from).unwrap().is_empty());
}

/// Pieces of the notation joined at random, of which many more can be parsed than of random letters.
fn joined_pieces() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Mo",
        "Fr",
        "Su",
        "PH",
        "-",
        ",",
        ";",
        " ",
        "||",
        "09:00",
        "17:30",
        "24:00",
        "26:00",
        "48:00",
        "00:00",
        "Jan",
        "Feb 29",
        "Dec 31",
        "2026",
        "1900",
        "9999",
        "week ",
        "53",
        "1",
        "[1]",
        "[-1]",
        "[5-1]",
        "+",
        "/",
        "2",
        " +1 day",
        " -9999 days",
        "easter",
        "off",
        "open",
        "unknown",
        "closed",
        "\"x\"",
        ":",
        "24/7",
        " +Mo",
        " -Su",
        "1-3",
        "10:00-12:00",
        "Feb 30",
        "dusk",
    ]);
    prop::collection::vec(pieces, 1..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn no_joined_pieces_panic(text in joined_pieces()) {
        parse_and_evaluate(&text);
    }

    #[test]
    fn no_random_text_panics(text in "\\PC{0,60}") {
        parse_and_evaluate(&text);
    }
}
