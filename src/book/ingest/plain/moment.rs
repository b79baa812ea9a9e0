//! Times in the one layout that nearly all files have: `2026-11-20T10:00:00Z`, with or without a fraction and an offset.

use crate::calendar::Instant;
use crate::calendar::instant::{EARLIEST, LATEST};

/// The moment, when it is written in this layout and lies where leads may lie.
pub(super) fn moment(text: &[u8]) -> Option<Instant> {
    let (day_and_time, rest) = text.split_first_chunk::<19>()?;
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'T', h0, h1, b':', n0, n1, b':', s0, s1] = *day_and_time else {
        return None;
    };
    let two = |tens: u8, ones: u8| Some(digit(tens)? * 10 + digit(ones)?);
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
    let offset = match *rest {
        [b'Z'] => 0,
        [sign @ (b'+' | b'-'), h0, h1, b':', m0, m1] => {
            let (hours, minutes) = (two(h0, h1)?, two(m0, m1)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            (hours * 60 + minutes) * if sign == b'-' { -1 } else { 1 }
        }
        _ => return None,
    };
    let minutes = (days_since_1970(year, month, day) * 24 + hour) * 60 + minute - offset;
    let moment = Instant::from_millis((minutes * 60 + second) * 1_000 + millis);
    (EARLIEST..=LATEST).contains(&moment).then_some(moment)
}

fn digit(byte: u8) -> Option<i64> {
    byte.is_ascii_digit().then(|| i64::from(byte - b'0'))
}

/// The milliseconds of a fraction of up to nine digits, where there is one, and what follows it.
fn fraction(rest: &[u8]) -> Option<(i64, &[u8])> {
    let Some(after) = rest.strip_prefix(b".") else { return Some((0, rest)) };
    let len = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !(1..=9).contains(&len) {
        return None;
    }
    let at = |nth: usize| after.get(nth).filter(|_| nth < len).and_then(|byte| digit(*byte)).unwrap_or(0);
    Some((at(0) * 100 + at(1) * 10 + at(2), after.get(len..)?))
}

/// Days from 1970-01-01 to this day (Hinnant, chrono-compatible low-level date algorithms): years begin in March, so that the leap day is
/// the last of them.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, of_era) = (year / 400, year % 400);
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]

        #[test]
        fn times_are_those_that_chrono_reads(
            year in prop_oneof![1969..2102_i32, Just(2000), Just(2100), Just(2028)], month in 0..14_u32, day in 0..33_u32,
            hour in 0..25_u32, minute in 0..61_u32, second in 0..61_u32,
            fraction in "(\\.[0-9]{0,11})?", zone in "(Z|z|[+-](0[0-9]|1[0-4]|2[0-9]):[0-6][0-9])",
        ) {
            let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}");
            let expected = Instant::parse(&text).ok();
            if let Some(moment) = moment(text.as_bytes()) {
                prop_assert_eq!(Some(moment), expected, "{}", text);
            } else if expected.is_some() {
                // Not this layout: the careful door reads it.
                prop_assert!(second == 60 || zone == "z" || fraction.len() > 10, "{}", text);
            }
        }
    }

    #[test]
    fn every_day_is_counted() {
        let mut day = chrono::NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        for days in 0..47_000 {
            let text = format!("{}T00:00:00Z", day.format("%Y-%m-%d"));
            assert_eq!(moment(text.as_bytes()), Some(Instant::from_millis(days * 86_400_000)), "{text}");
            day = day.succ_opt().unwrap();
        }
    }
}
