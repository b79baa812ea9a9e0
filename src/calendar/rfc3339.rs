//! Parsing and writing moments in the format of RFC 3339: `2026-11-20T10:00:00+01:00`.
//!
//! That is RFC 3339 with a blank or lower-case letters for `T` and `Z`. What a moment here cannot hold as it is written is refused and not
//! bent: a leap second, decimals beyond microseconds that are not zero, and a minus sign other than the hyphen. Microseconds, which databases and other programs
//! write, are cut to milliseconds: a moment is never later than it is written. All else is as chrono's
//! `parse_from_rfc3339` has it; a test compares the two. Output is always in UTC, with milliseconds where they are not zero.

use std::fmt;

use chrono::{Datelike, NaiveDateTime, Timelike};

use crate::calendar::instant::{EARLIEST, Instant, LATEST};
use crate::wording::Sentence;

/// How much of a refused text is kept for the message, in characters.
const SHOWN: usize = 40;

/// The error for a text that is not a moment that data may contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InvalidMoment {
    /// The key of the sentence that says why.
    pub key: &'static str,
    /// The text, cut when it is long.
    pub written: String,
}

impl InvalidMoment {
    /// The sentence that says why.
    pub fn sentence(self) -> Sentence {
        Sentence::new(self.key).with("written", self.written)
    }
}

/// Parses a text, without regard to surrounding blanks.
///
/// # Errors
/// The text is not in the format, has no time zone, or is outside [`EARLIEST`] to [`LATEST`].
pub(crate) fn parse(text: &str) -> Result<Instant, InvalidMoment> {
    let reads = |tail: &str| any_moment(format!("{}{tail}", text.trim()).as_bytes()).is_some();
    let key = match any_moment(text.trim().as_bytes()) {
        Some(moment) if is_allowed(moment) => return Ok(moment),
        Some(_) => "moment-far",
        None if ["Z", ":00Z", "T00:00:00Z"].into_iter().any(reads) => "moment-without-zone",
        None => bent(text.trim()).unwrap_or("moment-unreadable"),
    };
    Err(InvalidMoment { key, written: text.chars().take(SHOWN).collect() })
}

/// Why a text is no moment although it would be one with another second, fewer decimals or another minus sign: the key of the sentence that
/// says so. `None` when it would be none even so.
fn bent(text: &str) -> Option<&'static str> {
    let with_hyphen = text.replace('\u{2212}', "-");
    let (start, rest) = with_hyphen.split_at_checked(16)?;
    let without_leap_second = format!("{start}{}", rest.replacen(":60", ":59", 1));
    let (time, rest) = without_leap_second.split_at_checked(19)?;
    let after_point = rest.strip_prefix('.').unwrap_or_default();
    let digits = after_point.bytes().take_while(u8::is_ascii_digit).count();
    let zone = if digits == 0 { rest } else { after_point.get(digits..)? };
    any_moment(format!("{time}{zone}").as_bytes())?;
    Some(if with_hyphen != text {
        "moment-minus"
    } else if without_leap_second != with_hyphen {
        "moment-leap-second"
    } else {
        "moment-too-fine"
    })
}

/// Parses a text without surrounding blanks; `None` when it is not in the format or outside [`EARLIEST`] to [`LATEST`].
pub(crate) fn moment(text: &[u8]) -> Option<Instant> {
    any_moment(text).filter(|moment| is_allowed(*moment))
}

fn is_allowed(moment: Instant) -> bool {
    (EARLIEST..=LATEST).contains(&moment)
}

/// Parses a moment of the years 0 to 9999.
fn any_moment(text: &[u8]) -> Option<Instant> {
    let (day_and_time, rest) = text.split_first_chunk::<19>()?;
    #[rustfmt::skip]
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'T' | b't' | b' ', h0, h1, b':', n0, n1, b':', s0, s1] = *day_and_time else {
        return None;
    };
    let year = two(y0, y1)? * 100 + two(y2, y3)?;
    let (month, day) = (two(m0, m1)?, two(d0, d1)?);
    let (hour, minute, second) = (two(h0, h1)?, two(n0, n1)?, two(s0, s1)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=days).contains(&day) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (millis, rest) = fraction(rest)?;
    let minutes = (days_since_1970(year, month, day) * 24 + hour) * 60 + minute - offset(rest)?;
    Some(Instant::from_millis((minutes * 60 + second) * 1_000 + millis))
}

/// The value of an ASCII digit.
fn digit(byte: u8) -> Option<i64> {
    byte.is_ascii_digit().then(|| i64::from(byte - b'0'))
}

/// The value of two ASCII digits.
fn two(tens: u8, ones: u8) -> Option<i64> {
    Some(digit(tens)? * 10 + digit(ones)?)
}

/// Parses the fraction of a second if there is one: its milliseconds, and the rest of the text. `None` when it is finer than a microsecond.
fn fraction(rest: &[u8]) -> Option<(i64, &[u8])> {
    let Some(after) = rest.strip_prefix(b".") else { return Some((0, rest)) };
    let len = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if len == 0 {
        return None;
    }
    let (decimals, rest) = after.split_at_checked(len)?;
    if decimals.iter().skip(6).any(|byte| *byte != b'0') {
        return None;
    }
    let at = |nth: usize| decimals.get(nth).and_then(|byte| digit(*byte)).unwrap_or(0);
    Some((at(0) * 100 + at(1) * 10 + at(2), rest))
}

/// Parses an offset: local time minus UTC, in minutes.
fn offset(zone: &[u8]) -> Option<i64> {
    let (sign, rest) = match zone {
        [b'Z' | b'z'] => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let [h0, h1, b':', m0, m1] = *rest else { return None };
    let (hours, minutes) = (two(h0, h1)?, two(m0, m1)?);
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
}

/// The offset with which a moment ends, local time minus UTC in seconds; `None` where it is in UTC: `Z`, or `-00:00`, which RFC 3339 has for an
/// unknown offset. Also `None` for a text that is no moment.
pub(super) fn written_offset(moment: &[u8]) -> Option<i32> {
    let (head, _) = moment.split_last_chunk::<5>()?;
    let sign = ["+", "-"].into_iter().find(|sign| head.ends_with(sign.as_bytes()))?;
    let written = moment.get(head.len() - sign.len()..)?;
    let minutes = offset(written).filter(|minutes| *minutes != 0 || sign == "+")?;
    i32::try_from(minutes * 60).ok()
}

/// The number of days from 1970-01-01 to a date (Hinnant, chrono-compatible low-level date algorithms). Years start in March there, so that
/// the leap day is the last day of a year.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Writes `2026-11-20T10:00:00`, with milliseconds where they are not zero.
pub(super) fn write(f: &mut fmt::Formatter<'_>, time: NaiveDateTime) -> fmt::Result {
    let (year, month, day) = (time.year(), time.month(), time.day());
    write!(f, "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
    match time.nanosecond() / 1_000_000 {
        0 => Ok(()),
        millis => write!(f, ".{millis:03}"),
    }
}

/// Writes an offset in seconds as `+01:00`. RFC 3339 has no seconds there: they are left out.
pub(super) fn write_offset(f: &mut fmt::Formatter<'_>, seconds: i32) -> fmt::Result {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, SecondsFormat};
    use proptest::prelude::*;

    use super::*;

    /// The moment that chrono reads, unless it is a leap second, finer than a microsecond, or written with U+2212.
    fn by_chrono(text: &str) -> Option<i64> {
        let time = DateTime::parse_from_rfc3339(text).ok()?;
        // chrono cuts off what is finer than a nanosecond, so the digits are read from the text.
        let digits = text.split_once('.').map_or("", |(_, fraction)| fraction).bytes().take_while(u8::is_ascii_digit);
        let held = time.nanosecond() < 1_000_000_000
            && digits.skip(6).all(|digit| digit == b'0')
            && !text.contains('\u{2212}');
        held.then(|| time.timestamp_millis())
    }

    fn by_us(text: &str) -> Option<i64> {
        any_moment(text.as_bytes()).map(Instant::millis)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        #[test]
        fn the_same_texts_are_accepted_as_by_chrono_save_for_what_a_moment_cannot_hold(
            year in prop_oneof![1969..2102_i32, 0..10_000, Just(2000), Just(2100), Just(2028)], month in 0..14_u32, day in 0..33_u32,
            between in "[Tt _]?", hour in 0..25_u32, minute in 0..61_u32, second in 0..62_u32,
            fraction in "(\\.[0-9]{0,11}|\\.[0-9]{0,3}0{0,8})?", zone in "(Z|z|[+\u{2212}-](0[0-9]|1[0-4]|2[0-9]):?[0-6][0-9]|\\+1:00| UTC|)",
            replaced in prop::option::of((0..30_usize, "[0-9TZ:. +é-]")),
        ) {
            let mut text = format!("{year:04}-{month:02}-{day:02}{between}{hour:02}:{minute:02}:{second:02}{fraction}{zone}");
            if let Some((at, sign)) = replaced {
                text = text.chars().enumerate().map(|(place, letter)| if place == at { sign.clone() } else { letter.into() }).collect();
            }
            prop_assert_eq!(by_us(&text), by_chrono(&text), "{}", text);
        }

        #[test]
        fn moments_are_written_as_by_chrono(millis in -62_135_596_800_000..253_402_300_799_000_i64, whole in any::<bool>()) {
            let millis = if whole { millis / 1_000 * 1_000 } else { millis };
            let time = DateTime::from_timestamp_millis(millis).unwrap();
            let expected = time.to_rfc3339_opts(SecondsFormat::AutoSi, true);
            prop_assert_eq!(Instant::from_millis(millis).to_string(), expected.clone());
            prop_assert_eq!(by_us(&expected), Some(millis));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            prop_assert_eq!(by_us(&text), by_chrono(&text), "{}", text);
            let _ = parse(&text);
        }
    }

    #[test]
    fn the_offset_is_read_as_it_is_written() {
        let read = |text: &str| written_offset(format!("2026-11-20T10:00:00{text}").as_bytes());
        assert_eq!((read("+01:00"), read("-07:30"), read("\u{2212}03:30")), (Some(3_600), Some(-27_000), None));
        assert_eq!((read("+00:00"), read("-00:00"), read("Z"), read("z"), read("")), (Some(0), None, None, None, None));
        assert_eq!((read(".250+01:00"), read(".250Z")), (Some(3_600), None));
    }

    #[test]
    fn every_date_since_year_0_has_the_right_number_of_days() {
        let mut day = chrono::NaiveDate::from_ymd_opt(0, 1, 1).unwrap();
        for days in -719_528..100_000 {
            let text = format!("{day}T00:00:00Z");
            assert_eq!(by_us(&text), Some(days * 86_400_000), "{text}");
            day = day.succ_opt().unwrap();
        }
    }

    #[test]
    fn the_error_says_why_a_text_is_not_a_moment() {
        let error = |text| parse(text).map_err(|why| why.key);
        for local in ["2026-11-20", "2026-11-20T10:00", "2026-11-20 10:00:00", "2026-11-20T10:00:00.25", " 2026-11-20 "]
        {
            assert_eq!(error(local), Err("moment-without-zone"), "{local}");
        }
        for far in ["1969-12-31T23:59:59Z", "2100-01-01T00:00:01Z", "9999-01-01T00:00:00Z", "0000-01-01T00:00:00Z"] {
            assert_eq!(error(far), Err("moment-far"), "{far}");
        }
        for wrong in ["", "tomorrow", "2026-02-30", "2026-11-20T25:00:00Z", "20-11-2026", "2026-11-20T10:00:00Zx"] {
            assert_eq!(error(wrong), Err("moment-unreadable"), "{wrong}");
        }
        assert_eq!(error(" 2100-01-01T00:00:00Z "), Ok(LATEST));
    }

    #[test]
    fn what_a_moment_cannot_hold_is_refused_and_not_bent() {
        let error = |text| parse(text).map_err(|why| why.key);
        for text in [
            "2016-12-31T23:59:60Z",
            "2016-12-31T23:59:60.5Z",
            "2017-01-01 00:59:60+01:00",
            "2016-12-31T23:59:60.123456789Z",
        ] {
            assert_eq!(error(text), Err("moment-leap-second"), "{text}");
        }
        for text in [
            "2026-11-20T10:00:00.123456789Z",
            "2026-11-20T10:00:00.1234567-01:30",
            "2026-11-20T10:00:00.000000001Z",
            "2026-11-20T10:00:00.0000000001Z",
        ] {
            assert_eq!(error(text), Err("moment-too-fine"), "{text}");
        }
        for text in [
            "2026-11-20T10:00:00\u{2212}05:00",
            "2026\u{2212}11-20T10:00:00Z",
            "2026-11-20T10:00:00.123456789\u{2212}05:00",
        ] {
            assert_eq!(error(text), Err("moment-minus"), "{text}");
        }
        for (text, millis) in [
            ("2026-11-20T10:00:00.5Z", 500),
            ("2026-11-20T10:00:00.123000000Z", 123),
            ("2026-11-20T10:00:00.123999Z", 123),
            ("2026-11-20T10:00:00.Z", -1),
        ] {
            let expected =
                (millis >= 0).then(|| Instant::from_millis(1_795_168_800_000 + millis)).ok_or("moment-unreadable");
            assert_eq!(error(text), expected, "{text}");
        }
    }
}
