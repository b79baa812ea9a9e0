//! Times as other systems write them: in a format and a zone that the mapping names, or in the format of Fivetran and Pipedrive, in UTC.

use chrono::format::{Item, StrftimeItems};
use chrono::{DateTime, NaiveDate, NaiveDateTime};

use crate::book::ingest::json_tree::short;
use crate::calendar::instant::{EARLIEST, LATEST};
use crate::calendar::{Instant, Zone};

/// Reads times in one format and zone.
#[derive(Clone, Debug)]
pub(super) struct TimeReader {
    format: Option<String>,
    zone: Option<Zone>,
}

impl TimeReader {
    /// A reader for a `strftime` format (RFC 3339 where absent) and the zone of times without an offset.
    ///
    /// # Errors
    /// A sentence: an invalid format, or an unknown zone.
    pub(super) fn new(format: Option<&str>, zone: Option<&str>) -> Result<Self, String> {
        if let Some(format) = format.filter(|format| StrftimeItems::new(format).any(|item| item == Item::Error)) {
            return Err(format!("\"{format}\" is not a format of times; write it as %Y-%m-%d %H:%M:%S"));
        }
        Ok(Self { format: format.map(ToOwned::to_owned), zone: zone.map(Zone::parse).transpose()? })
    }

    /// The moment of a text. A date alone is its midnight.
    ///
    /// # Errors
    /// A sentence: not a time in this format, outside 1970 to 2100, or a time without an offset when there is no zone.
    pub(super) fn read(&self, text: &str) -> Result<Instant, String> {
        let text = text.trim();
        let (Some(format), shown) = (&self.format, short(text)) else { return Instant::parse(text) };
        if let Ok(time) = DateTime::parse_from_str(text, format) {
            return in_range(Instant::from_millis(time.timestamp_millis()), &shown);
        }
        let local = NaiveDateTime::parse_from_str(text, format)
            .or_else(|_| NaiveDate::parse_from_str(text, format).map(|date| date.and_time(chrono::NaiveTime::MIN)))
            .map_err(|_| format!("\"{shown}\" is not a time written as {format}"))?;
        match self.zone {
            Some(zone) => in_range(zone.resolve(local), &shown),
            None => Err(format!("\"{shown}\" has no time zone, and the mapping names none under times.zone")),
        }
    }
}

fn in_range(at: Instant, shown: &str) -> Result<Instant, String> {
    if at < EARLIEST || at > LATEST {
        return Err(format!("\"{shown}\" lies outside 1970 to 2100; check the year"));
    }
    Ok(at)
}

/// Reads `2020-12-30 3:15:52.123`, with or without ` UTC` after it, as UTC: the format of Fivetran and Pipedrive.
///
/// # Errors
/// A sentence when it is not such a time.
pub(super) fn utc(text: &str) -> Result<Instant, String> {
    let bare = text.trim().trim_end_matches("UTC").trim_end().replace('T', " ");
    let local = NaiveDateTime::parse_from_str(&bare, "%Y-%m-%d %H:%M:%S%.f")
        .map_err(|_| format!("\"{}\" is not a time written as 2020-12-30 03:15:52", short(text)))?;
    in_range(Instant::from_millis(local.and_utc().timestamp_millis()), &short(text))
}
