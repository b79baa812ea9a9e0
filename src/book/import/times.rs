//! Times as other systems write them: in a format and a zone that the mapping names, or as HubSpot, Salesforce and Pipedrive export them.
//!
//! **Invariant:** never another moment than the text says. A part of a text that a format names is used or refused: an offset, a zone or a
//! time of day is never read and then thrown away.

use chrono::format::{Fixed, Item, Parsed, StrftimeItems, parse, parse_and_remainder};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use crate::book::ingest::json_tree::short;
use crate::calendar::instant::{EARLIEST, LATEST};
use crate::calendar::{Instant, Zone};
use crate::wording::Sentence;

/// Reads times in one format and zone.
#[derive(Clone, Debug)]
pub(super) struct TimeReader {
    format: Option<TimePattern>,
    zone: Option<Zone>,
}

/// A `strftime` format, cut at `%Z`, which chrono would read as any word and throw away.
#[derive(Clone, Debug)]
struct TimePattern {
    written: String,
    before: Vec<Item<'static>>,
    /// What follows `%Z`, where the format has one.
    after: Option<Vec<Item<'static>>>,
}

/// Offsets of the abbreviations that mean one offset wherever they are used, in hours: those of RFC 2822 (section 4.3) and those of Europe.
/// Others, such as IST and BST, mean several and are refused.
const ABBREVIATIONS: &[(&str, i32)] = &[
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
    ("WET", 0),
    ("WEST", 1),
    ("CET", 1),
    ("CEST", 2),
    ("MEZ", 1),
    ("MESZ", 2),
    ("EET", 2),
    ("EEST", 3),
];

impl TimeReader {
    /// A reader for a `strftime` format (RFC 3339 where absent) and the zone of times without an offset.
    ///
    /// # Errors
    /// An invalid format, or an unknown zone.
    pub(super) fn new(format: Option<&str>, zone: Option<&str>) -> Result<Self, Sentence> {
        let format = format.map(TimePattern::new).transpose()?;
        Ok(Self { format, zone: zone.map(Zone::parse).transpose()? })
    }

    /// The moment of a text. A date alone is its midnight.
    ///
    /// # Errors
    /// Not a time in this format, outside 1970 to 2100, or a time without an offset when there is no zone.
    pub(super) fn read(&self, text: &str) -> Result<Instant, Sentence> {
        let text = text.trim();
        let (Some(format), shown) = (&self.format, short(text)) else { return Instant::parse(text) };
        let told = |key| Sentence::new(key).with("written", &*shown);
        let unreadable = || told("import-no-time-as").with("format", format.written.as_str());
        let (parsed, zone_word) = format.parse(text).ok_or_else(unreadable)?;
        if parsed.offset().is_some() || parsed.timestamp().is_some() {
            let time = parsed.to_datetime().map_err(|_| unreadable())?;
            held(&time, text)?;
            return in_range(Instant::from_millis(time.timestamp_millis()), &shown);
        }
        let has_time_of_day =
            parsed.hour_mod_12().is_some() || parsed.hour_div_12().is_some() || parsed.minute().is_some();
        let local = if has_time_of_day {
            parsed.to_naive_datetime_with_offset(0).map_err(|_| unreadable())?
        } else {
            parsed.to_naive_date().map_err(|_| unreadable())?.and_time(NaiveTime::MIN)
        };
        held(&local, text)?;
        match (zone_word, self.zone) {
            (Some(word), _) => {
                let at = resolve(word, local).ok_or_else(|| told("import-time-zone-word").with("word", short(word)))?;
                in_range(at, &shown)
            }
            (None, Some(zone)) => in_range(zone.resolve(local), &shown),
            (None, None) => Err(told("import-time-without-zone")),
        }
    }
}

impl TimePattern {
    fn new(format: &str) -> Result<Self, Sentence> {
        let invalid = |_| Sentence::new("import-time-format").with("format", format);
        let mut before = StrftimeItems::new(format).parse_to_owned().map_err(invalid)?;
        let is_zone = |item: &Item<'_>| *item == Item::Fixed(Fixed::TimezoneName);
        let after = before.iter().position(is_zone).map(|place| {
            let mut after = before.split_off(place);
            after.remove(0);
            after
        });
        if after.as_ref().is_some_and(|after| after.iter().any(is_zone)) {
            return Err(Sentence::new("import-time-format-zones").with("format", format));
        }
        Ok(Self { written: format.to_owned(), before, after })
    }

    /// The parts of a text, and the word at the place of `%Z`; `None` when the text is not in this format.
    fn parse<'t>(&self, text: &'t str) -> Option<(Parsed, Option<&'t str>)> {
        let mut parsed = Parsed::new();
        let Some(after) = &self.after else {
            parse(&mut parsed, text, self.before.iter()).ok()?;
            return Some((parsed, None));
        };
        let rest = parse_and_remainder(&mut parsed, text, self.before.iter()).ok()?.trim_start();
        let part_of_zone = |c: char| c.is_alphanumeric() || matches!(c, '/' | '_' | '+' | '-' | ':' | '\u{2212}');
        let end = rest.find(|c: char| !part_of_zone(c)).unwrap_or(rest.len());
        let (word, rest) = rest.split_at_checked(end)?;
        parse(&mut parsed, rest, after.iter()).ok()?;
        Some((parsed, Some(word)))
    }
}

/// The moment of a local time with this word for its zone: an abbreviation, an offset or an IANA name. `None` when the word is no zone that is
/// known for certain.
fn resolve(word: &str, local: NaiveDateTime) -> Option<Instant> {
    let at_offset = |seconds: i64| Instant::from_millis(local.and_utc().timestamp_millis() - seconds * 1_000);
    if let Some((_, hours)) = ABBREVIATIONS.iter().find(|(abbreviation, _)| abbreviation.eq_ignore_ascii_case(word)) {
        return Some(at_offset(i64::from(*hours) * 3_600));
    }
    let after_utc = word.strip_prefix("UTC").or_else(|| word.strip_prefix("GMT")).unwrap_or(word);
    if let Some(seconds) = offset_seconds(after_utc) {
        return Some(at_offset(seconds));
    }
    let zone = Zone::parse(word).ok().filter(|_| word.contains('/'))?;
    Some(zone.resolve(local))
}

/// The seconds of `+05:30`, `+0530`, `-05` and `+5`; `None` when the text is no offset.
fn offset_seconds(text: &str) -> Option<i64> {
    let (sign, digits) = match text.chars().next()? {
        '+' => (1, text.get(1..)?),
        '-' => (-1, text.get(1..)?),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "00"),
    };
    let two = |part: &str, least: usize| {
        let digits = (least..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse::<i64>().ok()).flatten()
    };
    let (hours, minutes) = (two(hours, 1)?, two(minutes, 2)?);
    (hours <= 14 && minutes <= 59).then_some(sign * (hours * 60 + minutes) * 60)
}

/// Whether a moment can hold a time as it is written.
///
/// # Errors
/// A leap second, finer than a microsecond, or a minus sign that is no hyphen.
fn held(time: &impl Timelike, text: &str) -> Result<(), Sentence> {
    let key = if time.nanosecond() >= 1_000_000_000 {
        "moment-leap-second"
    } else if !time.nanosecond().is_multiple_of(1_000) {
        "moment-too-fine"
    } else if text.contains('\u{2212}') {
        "moment-minus"
    } else {
        return Ok(());
    };
    Err(Sentence::new(key).with("written", short(text)))
}

fn in_range(at: Instant, shown: &str) -> Result<Instant, Sentence> {
    if at < EARLIEST || at > LATEST {
        return Err(Sentence::new("moment-far").with("written", shown));
    }
    Ok(at)
}

/// Reads `2020-12-30 3:15:52.123` as UTC, the format of Fivetran and Pipedrive, and ISO 8601 with `T`, without seconds, or with an offset
/// (`Z`, ` UTC`, `+00`, `+01:00`) as what it says. A date alone is its midnight in UTC.
///
/// # Errors
/// It is not such a time, or one that a moment cannot hold.
pub(super) fn utc(text: &str) -> Result<Instant, Sentence> {
    let (at, time) = utc_to_the_nanosecond(text)?;
    held(&time, text)?;
    Ok(at)
}

/// As [`utc`], for a time that is only compared: what is finer than a millisecond is cut off.
pub(super) fn utc_to_compare(text: &str) -> Option<(Instant, u32)> {
    let (at, time) = utc_to_the_nanosecond(text).ok()?;
    Some((at, time.nanosecond() % 1_000_000))
}

/// The moment of a text in one of the formats of [`utc`], and the time as it is written.
fn utc_to_the_nanosecond(text: &str) -> Result<(Instant, NaiveTime), Sentence> {
    let shown = short(text);
    let trimmed = text.trim();
    let bare =
        ["UTC", "GMT", "Z", "z"].iter().find_map(|zone| trimmed.strip_suffix(zone)).unwrap_or(trimmed).trim_end();
    let zoned = ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z", "%Y-%m-%d %H:%M%#z"];
    if bare == trimmed
        && let Some(time) = zoned.iter().find_map(|format| DateTime::parse_from_str(trimmed, format).ok())
    {
        return Ok((in_range(Instant::from_millis(time.timestamp_millis()), &shown)?, time.time()));
    }
    let local = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(bare, format).ok())
        .or_else(|| Some(NaiveDate::parse_from_str(trimmed, "%Y-%m-%d").ok()?.and_time(NaiveTime::MIN)))
        .ok_or_else(|| {
            Sentence::new("import-no-time-as").with("written", &*shown).with("format", "2020-12-30 03:15:52")
        })?;
    Ok((in_range(Instant::from_millis(local.and_utc().timestamp_millis()), &shown)?, local.time()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: &str, text: &str) -> Result<String, Sentence> {
        TimeReader::new(Some(format), Some("Europe/Amsterdam"))?.read(text).map(|at| at.to_string())
    }

    #[test]
    fn a_zone_behind_the_time_counts_or_is_refused() {
        let with_zone = |zone: &str| read("%Y-%m-%d %H:%M:%S %Z", &format!("2026-11-20 10:00:00 {zone}"));
        for (zone, utc) in [
            ("CET", "2026-11-20T09:00:00Z"),
            ("UTC", "2026-11-20T10:00:00Z"),
            ("PST", "2026-11-20T18:00:00Z"),
            ("America/New_York", "2026-11-20T15:00:00Z"),
            ("+05:30", "2026-11-20T04:30:00Z"),
            ("-0330", "2026-11-20T13:30:00Z"),
            ("GMT+2", "2026-11-20T08:00:00Z"),
            ("Z", "2026-11-20T10:00:00Z"),
        ] {
            assert_eq!(with_zone(zone).as_deref(), Ok(utc), "{zone}");
        }
        for zone in ["zomaar", "IST", "BST", "Europe/Amsterdm", "+99", "+5:3"] {
            assert!(
                with_zone(zone).is_err_and(|why| why.english().contains("no time zone that is known for certain")),
                "{zone}"
            );
        }
        assert!(with_zone("").is_err());
        // Between other parts, and beside an offset, which then decides.
        assert_eq!(read("%d-%m-%Y %Z %H:%M", "20-11-2026 UTC 10:00").as_deref(), Ok("2026-11-20T10:00:00Z"));
        assert_eq!(
            read("%Y-%m-%d %H:%M %z (%Z)", "2026-11-20 10:00 +0100 (IST)").as_deref(),
            Ok("2026-11-20T09:00:00Z")
        );
        assert!(TimeReader::new(Some("%H:%M %Z %Z"), None).is_err());
    }

    #[test]
    fn no_part_that_a_format_names_is_thrown_away() {
        assert_eq!(read("%Y-%m-%d", "2026-11-20").as_deref(), Ok("2026-11-19T23:00:00Z"));
        assert_eq!(read("%Y-%m-%d %H:%M %z", "2026-11-20 10:00 -0500").as_deref(), Ok("2026-11-20T15:00:00Z"));
        assert_eq!(read("%s", "1795168800").as_deref(), Ok("2026-11-20T10:00:00Z"));
        // An hour without minutes or without am and pm, and an offset of a date: not a moment.
        for (format, text) in [
            ("%Y-%m-%d %H", "2026-11-20 10"),
            ("%Y-%m-%d %I:%M", "2026-11-20 10:00"),
            ("%Y-%m-%d %z", "2026-11-20 +0530"),
        ] {
            assert!(read(format, text).is_err(), "{format}");
        }
    }

    #[test]
    fn what_a_moment_cannot_hold_is_refused_and_not_bent() {
        for text in [
            "2016-12-31 23:59:60",
            "2016-12-31T23:59:60Z",
            "2026-11-20 10:00:00.123456789",
            "2026-11-20T10:00:00.0000001Z",
            "2026-11-20T10:00:00\u{2212}05:00",
        ] {
            assert!(utc(text).is_err(), "{text}");
        }
        assert_eq!(utc("2026-11-20 10:00:00.500000000").map(Instant::millis), Ok(1_795_168_800_500));
        // Databases write microseconds: what is finer than a millisecond is cut off.
        assert_eq!(utc("2026-11-20 10:00:00.500999").map(Instant::millis), Ok(1_795_168_800_500));
        assert!(utc_to_compare("2026-11-20 10:00:00.000001") < utc_to_compare("2026-11-20 10:00:00.000002"));
        for (format, text) in [
            ("%Y-%m-%d %H:%M:%S", "2016-12-31 23:59:60"),
            ("%Y-%m-%d %H:%M:%S%.f", "2026-11-20 10:00:00.123456789"),
            ("%Y-%m-%d %H:%M %z", "2026-11-20 10:00 \u{2212}0500"),
            ("%Y-%m-%d %H:%M %Z", "2026-11-20 10:00 \u{2212}05:00"),
        ] {
            assert!(read(format, text).is_err(), "{text}");
        }
        assert_eq!(
            read("%Y-%m-%d %H:%M:%S%.f %z", "2026-11-20 10:00:00.25 +0000").as_deref(),
            Ok("2026-11-20T10:00:00.250Z")
        );
    }

    #[test]
    fn exported_times_are_in_utc_unless_they_say_otherwise() {
        for (text, moment) in [
            ("2026-11-20 3:15:52.123", "2026-11-20T03:15:52.123Z"),
            ("2026-11-20 10:00:00 UTC", "2026-11-20T10:00:00Z"),
            ("2026-11-20T10:00:00.000Z", "2026-11-20T10:00:00Z"),
            ("2026-11-20T10:00:00.000+0000", "2026-11-20T10:00:00Z"),
            ("2026-11-20 10:00:00+00", "2026-11-20T10:00:00Z"),
            ("2026-11-20T10:00:00+05:30", "2026-11-20T04:30:00Z"),
            ("2026-11-20 10:00:00 -0500", "2026-11-20T15:00:00Z"),
            ("2026-11-20T10:00", "2026-11-20T10:00:00Z"),
            ("2026-11-20", "2026-11-20T00:00:00Z"),
        ] {
            assert_eq!(utc(text).map(|at| at.to_string()).as_deref(), Ok(moment), "{text}");
        }
        for text in [
            "",
            "next week",
            "20-11-2026 10:00:00",
            "2026-11-20 10:00:00 PST",
            "2026-11-20 10:00:00 +05:30 UTC",
            "0000-00-00",
        ] {
            assert!(utc(text).is_err(), "{text}");
        }
    }
}
