//! The columns that a table can have: their names, the values of each, and the checks on them.
//!
//! Names, sizes, types and lists of words are checked before anything is read ([`column_header`], [`rows`]). Single values are checked as
//! they are read, with [`bounds`] and [`invalid_text`].

use crate::book::table::{ChildTable, ColumnValues, TableColumn, TableError, TableResult, misfit};
use crate::book::vocabulary::{Channel, Direction, Outcome, Role, SignalKind, Stage};
use crate::calendar::instant::{EARLIEST, LATEST};
use crate::calendar::{Country, Zone};
use crate::limits;

/// The values that a column must hold.
#[derive(Clone, Copy, Debug)]
pub(super) enum ColumnContent {
    /// An id or a name, which is stored in the record and not interned.
    Own,
    /// Any text.
    Text,
    Country,
    Zone,
    Language,
    /// A word of a vocabulary; the function gives its place in the list of its enum.
    Word(fn(&str) -> Option<u8>),
    /// A number between these bounds, both included.
    Number(f64, f64),
    /// Milliseconds since 1970.
    Moment,
    Truth,
    /// A set of words of a vocabulary with this number of words.
    Set(usize),
    /// A place among the people of the lead.
    Place,
}

/// The names of the columns of a part of a table, with their contents.
pub(super) type ColumnNames = &'static [(&'static str, ColumnContent)];

pub(super) const LEAD: ColumnNames = &[
    ("id", ColumnContent::Own),
    ("account", ColumnContent::Own),
    ("name", ColumnContent::Own),
    ("stage", ColumnContent::Word(|word| Stage::from_word(word).map(|stage| stage as u8))),
    ("stage_since", ColumnContent::Moment),
    ("created_at", ColumnContent::Moment),
    ("source", ColumnContent::Text),
    ("topic", ColumnContent::Text),
    ("country", ColumnContent::Country),
    ("zone", ColumnContent::Zone),
    ("language", ColumnContent::Language),
    ("owner", ColumnContent::Text),
    ("value", ColumnContent::Number(0.0, limits::NUMBER)),
    ("churn", ColumnContent::Number(0.0, 1.0)),
];

pub(super) const PERSON: ColumnNames = &[
    ("id", ColumnContent::Own),
    ("roles", ColumnContent::Set(Role::ALL.len())),
    ("channels", ColumnContent::Set(Channel::ALL.len())),
    ("do_not_call", ColumnContent::Truth),
    ("do_not_email", ColumnContent::Truth),
    ("objected", ColumnContent::Truth),
    ("influence", ColumnContent::Number(0.0, 1.0)),
];

pub(super) const SIGNAL: ColumnNames = &[
    ("at", ColumnContent::Moment),
    ("kind", ColumnContent::Word(|word| SignalKind::from_word(word).map(|kind| kind as u8))),
    ("topic", ColumnContent::Text),
    ("content", ColumnContent::Text),
    ("rep", ColumnContent::Text),
    ("channel", ColumnContent::Word(|word| Channel::from_word(word).map(|channel| channel as u8))),
    ("direction", ColumnContent::Word(|word| Direction::from_word(word).map(|direction| direction as u8))),
    ("outcome", ColumnContent::Word(|word| Outcome::from_word(word).map(|outcome| outcome as u8))),
    ("weight", ColumnContent::Number(-limits::NUMBER, limits::NUMBER)),
    ("person", ColumnContent::Place),
];

/// Checks a column before its values are read: the number of values, their type and the list of words. `content` is `None` for one of the
/// team's own fields.
///
/// # Errors
/// What is wrong, as the rest of a sentence.
pub(super) fn column_header(column: &TableColumn, len: usize, content: Option<ColumnContent>) -> Result<(), String> {
    let rows = match &column.values {
        ColumnValues::Truths(truths) => truths.count(),
        ColumnValues::Numbers(numbers) => numbers.count(),
        ColumnValues::Texts { codes, .. } => codes.count(),
        ColumnValues::Names(names) => names.count(),
    };
    if rows != len {
        return Err(format!("has {rows} values; it must have {len}"));
    }
    if let Some(known) = column.known.as_ref().map(|known| known.count()).filter(|known| *known != len) {
        return Err(format!("has {known} marks in known; it must have {len}"));
    }
    let wanted = match content {
        Some(ColumnContent::Number(..) | ColumnContent::Moment | ColumnContent::Place) => "numbers",
        Some(ColumnContent::Truth | ColumnContent::Set(_)) => "bytes",
        _ => "codes and words",
    };
    let fits = match (&column.values, content) {
        (ColumnValues::Names(_), content) => matches!(content, Some(ColumnContent::Own)),
        (_, None) => true,
        (ColumnValues::Numbers(_), _) => wanted == "numbers",
        (ColumnValues::Truths(_), _) => wanted == "bytes",
        (ColumnValues::Texts { .. }, _) => wanted == "codes and words",
    };
    if !fits {
        return Err(format!("must be {wanted}"));
    }
    if let ColumnValues::Texts { words, .. } = &column.values {
        for (place, word) in words.iter().enumerate() {
            if let Some(reason) = invalid_text(word, content) {
                return Err(format!("has the word \"{}\" at {place}, which {reason}", short(word)));
            }
        }
    }
    Ok(())
}

/// The smallest and largest number that a column can hold, and whether its numbers must be whole.
pub(super) const fn bounds(content: Option<ColumnContent>) -> (f64, f64, bool) {
    match content {
        Some(ColumnContent::Number(low, high)) => (low, high, false),
        Some(ColumnContent::Moment) => (EARLIEST.millis() as f64, LATEST.millis() as f64, true),
        Some(ColumnContent::Place) => (0.0, limits::PEOPLE_PER_LEAD as f64, true),
        _ => (-limits::NUMBER, limits::NUMBER, false),
    }
}

/// The first 40 characters of a text, for a message.
pub(super) fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// What is wrong with a text of a column, as the rest of a sentence; `None` when it is valid.
pub(super) fn invalid_text(word: &str, content: Option<ColumnContent>) -> Option<String> {
    let blank = !word.as_bytes().first().is_some_and(u8::is_ascii_graphic) && word.trim().is_empty();
    if blank {
        return Some("is empty; mark the row as not known".to_owned());
    }
    if word.len() > limits::TEXT_BYTES {
        return Some(format!("has {} bytes; at most {} are taken", word.len(), limits::TEXT_BYTES));
    }
    let spelled = |spelling: &str| (spelling != word).then(|| format!("must be written {spelling}"));
    match content {
        Some(ColumnContent::Country) => Country::parse(word).map_or_else(Some, |country| spelled(country.code())),
        Some(ColumnContent::Zone) => Zone::parse(word).map_or_else(Some, |zone| spelled(zone.name())),
        Some(ColumnContent::Language) if word.len() != 2 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) => {
            Some("is not a language; write two letters, as nl or en".to_owned())
        }
        Some(ColumnContent::Word(place)) if place(word).is_none() => {
            Some("is not a word of the lead format for this".to_owned())
        }
        _ => None,
    }
}

/// Checks the starts of the people or signals of `size` leads, of which a lead can have at most `most`. Returns the number of all rows.
///
/// # Errors
/// The first start that does not fit.
pub(super) fn rows(part: &str, table: &ChildTable, size: usize, most: usize) -> TableResult<usize> {
    let starts = &table.starts;
    if starts.is_empty() && table.columns.is_empty() {
        return Ok(0);
    }
    let wrong = |at: Option<usize>, reason: String| {
        let path = format!("{part}.starts");
        Err(TableError { path: at.map_or(path.clone(), |at| format!("{path}[{at}]")), reason })
    };
    if starts.len() != size + 1 {
        return wrong(None, format!("has {} values; it must have {}, one more than leads", starts.len(), size + 1));
    }
    if starts.first() != Some(&0) {
        return misfit(format!("{part}.starts"), "must begin with 0");
    }
    for (row, pair) in starts.windows(2).enumerate() {
        if let [start, end] = pair {
            if end < start {
                return wrong(Some(row + 1), format!("is {end}, less than {start} before it"));
            }
            if (end - start) as usize > most {
                return wrong(Some(row + 1), format!("gives one lead {}; at most {most} are taken", end - start));
            }
        }
    }
    Ok(starts.last().map_or(0, |end| *end as usize))
}
