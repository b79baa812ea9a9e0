//! Columns that say by their name that somebody is no longer at their company: `No Longer at Company`, `property_left_company`, `Uit_dienst__c`.
//!
//! No system has a field for it, so teams make one: a checkbox, or the date. In: a row and those columns of its table. Out: since when the person is gone. A
//! checkbox does not say since when; then it is the moment at which the record was changed last.

use crate::book::import::lead_collector::LeadCollector;
use crate::book::import::letters::plain;
use crate::book::import::table::{ImportTable, TableRow};
use crate::book::import::times::utc;
use crate::calendar::instant::EARLIEST;
use crate::calendar::iso_date::iso_date;
use crate::calendar::{Instant, Zone};

/// What such names have in them, in small letters without accents and signs: English, Dutch, German, French.
const NAMES: &[&str] = &[
    "nolongeratcompany",
    "nolongeratthecompany",
    "nolongerwithcompany",
    "nolongerwiththecompany",
    "nolongeremployed",
    "nolongerthere",
    "leftcompany",
    "leftthecompany",
    "leftorganization",
    "leftorganisation",
    "uitdienst",
    "nietmeerwerkzaam",
    "bedrijfverlaten",
    "unternehmenverlassen",
    "nichtmehrimunternehmen",
    "ausgeschieden",
    "aquittelentreprise",
];
/// Columns that tell more about it: why, by whom.
const BESIDE: &[&str] = &["reason", "reden", "grund", "raison", "comment", "note", "by", "count"];

/// The columns of a table whose name says so.
pub(super) fn departure_columns(table: &ImportTable) -> Vec<String> {
    let says = |name: &&String| {
        let plain: String = plain(name).chars().filter(|letter| letter.is_alphanumeric()).collect();
        let ending = plain.trim_end_matches('c');
        NAMES.iter().any(|one| plain.contains(one))
            && !BESIDE.iter().any(|beside| plain.ends_with(beside) || ending.ends_with(beside))
    };
    table.names().filter(says).cloned().collect()
}

/// Since when the person of a row is gone; `None` when they are there. `changed` are the columns with the moment of the last change.
pub(super) fn left_at(
    row: &TableRow<'_>,
    columns: &[String],
    changed: &[&str],
    collector: &mut LeadCollector,
) -> Option<Instant> {
    columns.iter().find_map(|column| {
        let text = row.get(column);
        let date = utc(text).ok().or_else(|| iso_date(text).map(|date| Zone::UTC.start_of_day(date)));
        if date.is_some() {
            row.understood(&[column]);
            return date;
        }
        let since = || changed.iter().find_map(|column| row.version_time(column)).map_or(EARLIEST, |(at, _)| at);
        row.yes(column, collector).then(since)
    })
}
