//! The columns that a table of leads can have: the name and the valid values of each, and the functions that check them.
//!
//! The number of values of a column, their type and its list of words are checked before any value is read ([`check_header`],
//! [`row_count`]). The column reader checks single values as it reads them, with [`bounds`] and [`invalid_text`], and reports unknown and
//! repeated column names. Nothing is changed here; an error is the reason of a [`TableError`].

use crate::book::table::{ChildTable, ColumnValues, TableColumn, TableError, TableResult, misfit};
use crate::book::vocabulary::{Channel, Direction, Excluded, Outcome, Role, SignalKind, Stage, StageBy};
use crate::calendar::instant::{EARLIEST, LATEST};
use crate::calendar::{Country, Zone};
use crate::limits;
use crate::wording::Sentence;

/// The values that a column with a name of the lead format must hold.
#[derive(Clone, Copy, Debug)]
pub(super) enum ColumnContent {
    /// An id or a name. Seldom the same in two rows, so it is not interned, and may be given as [`ColumnValues::Names`] too.
    IdOrName,
    /// Any text, interned.
    Text,
    /// An ISO 3166-1 code in its usual spelling (`NL`).
    Country,
    /// An IANA time zone name in its usual spelling.
    Zone,
    /// Two lower-case letters (`nl`).
    Language,
    /// A word of a vocabulary; the function returns its index in the list of its enum, `None` for any other text.
    Word(fn(&str) -> Option<u8>),
    /// A number between these bounds, both included.
    Number(f64, f64),
    /// Whole milliseconds since 1970 (UTC), from [`EARLIEST`] to [`LATEST`].
    Moment,
    /// True (not 0) or false (0).
    Truth,
    /// A set of words of a vocabulary with this number of words, at most 8: one bit per word, bit n for the word at index n.
    Set(usize),
    /// The index of a person among the people of the lead, from 0. That there is such a person is checked by the page reader.
    PersonIndex,
}

/// The names of the columns of a part of a table, with their contents.
pub(super) type ColumnNames = &'static [(&'static str, ColumnContent)];

/// The columns of leads.
pub(super) const LEAD: ColumnNames = &[
    ("id", ColumnContent::IdOrName),
    ("account", ColumnContent::IdOrName),
    ("name", ColumnContent::IdOrName),
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
    ("stage_by", ColumnContent::Word(|word| StageBy::from_word(word).map(|by| by as u8))),
    ("spam", ColumnContent::Truth),
];

/// The columns of people.
pub(super) const PERSON: ColumnNames = &[
    ("id", ColumnContent::IdOrName),
    ("human", ColumnContent::IdOrName),
    ("roles", ColumnContent::Set(Role::ALL.len())),
    ("channels", ColumnContent::Set(Channel::ALL.len())),
    ("do_not_call", ColumnContent::Truth),
    ("do_not_email", ColumnContent::Truth),
    ("objected", ColumnContent::Truth),
    ("left_at", ColumnContent::Moment),
    ("internal", ColumnContent::Truth),
    ("influence", ColumnContent::Number(0.0, 1.0)),
];

/// The columns of signals.
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
    ("person", ColumnContent::PersonIndex),
    ("acknowledges", ColumnContent::Truth),
    ("pack", ColumnContent::Text),
    ("rule", ColumnContent::Text),
    ("by", ColumnContent::Word(|word| Excluded::from_word(word).map(|by| by as u8))),
];

/// Checks a column before its values are read: that it has `len` values (and marks of what is known), of a type that fits `content`, and
/// that every word of its list is valid. `content` is `None` for one of the team's own fields, which may have any type but
/// [`ColumnValues::Names`].
///
/// # Errors
/// What is wrong, as the rest of a sentence that begins with the path of the column.
pub(super) fn check_header(column: &TableColumn, len: usize, content: Option<ColumnContent>) -> Result<(), Sentence> {
    let rows = match &column.values {
        ColumnValues::Truths(truths) => truths.count(),
        ColumnValues::Numbers(numbers) => numbers.count(),
        ColumnValues::Texts { codes, .. } => codes.count(),
        ColumnValues::Names(names) => names.count(),
    };
    if rows != len {
        return Err(Sentence::new("table-values").with("count", rows).with("needed", len));
    }
    if let Some(known) = column.known.as_ref().map(|known| known.count()).filter(|known| *known != len) {
        return Err(Sentence::new("table-marks").with("count", known).with("needed", len));
    }
    let wanted = match content {
        Some(ColumnContent::Number(..) | ColumnContent::Moment | ColumnContent::PersonIndex) => "table-of-numbers",
        Some(ColumnContent::Truth | ColumnContent::Set(_)) => "table-of-bytes",
        _ => "table-of-codes",
    };
    let fits = match (&column.values, content) {
        (ColumnValues::Names(_), content) => matches!(content, Some(ColumnContent::IdOrName)),
        (_, None) => true,
        (ColumnValues::Numbers(_), _) => wanted == "table-of-numbers",
        (ColumnValues::Truths(_), _) => wanted == "table-of-bytes",
        (ColumnValues::Texts { .. }, _) => wanted == "table-of-codes",
    };
    if !fits {
        return Err(wanted.into());
    }
    if let ColumnValues::Texts { words, .. } = &column.values {
        for (index, word) in words.iter().enumerate() {
            if let Some(reason) = invalid_text(word, content) {
                return Err(Sentence::new("table-word")
                    .with("word", short(word))
                    .with("place", index)
                    .with("why", reason));
            }
        }
    }
    Ok(())
}

/// The smallest and largest number that a column of numbers can hold, both included, and whether its numbers must be whole. `content` is
/// `None` for one of the team's own fields.
pub(super) const fn bounds(content: Option<ColumnContent>) -> (f64, f64, bool) {
    match content {
        Some(ColumnContent::Number(low, high)) => (low, high, false),
        Some(ColumnContent::Moment) => (EARLIEST.millis() as f64, LATEST.millis() as f64, true),
        Some(ColumnContent::PersonIndex) => (0.0, limits::PEOPLE_PER_LEAD as f64, true),
        _ => (-limits::NUMBER, limits::NUMBER, false),
    }
}

/// The first 40 characters of a text, for a message.
pub(super) fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// What is wrong with a text of a column (a word of its list, or a name), as the rest of a sentence; `None` when it is valid.
pub(super) fn invalid_text(word: &str, content: Option<ColumnContent>) -> Option<Sentence> {
    // The test of the first byte is the fast one: a text that begins with a visible ASCII character is not blank.
    let blank = !word.as_bytes().first().is_some_and(u8::is_ascii_graphic) && word.trim().is_empty();
    if blank {
        return Some(Sentence::new("table-empty-text"));
    }
    if word.len() > limits::TEXT_BYTES {
        return Some(Sentence::new("table-long-text").with("size", word.len()).with("most", limits::TEXT_BYTES));
    }
    let spelled =
        |spelling: &str| (spelling != word).then(|| Sentence::new("table-spelled").with("spelling", spelling));
    match content {
        Some(ColumnContent::Country) => Country::parse(word).map_or_else(Some, |country| spelled(country.code())),
        Some(ColumnContent::Zone) => Zone::parse(word).map_or_else(Some, |zone| spelled(zone.name())),
        Some(ColumnContent::Language) if word.len() != 2 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) => {
            Some(Sentence::new("table-language"))
        }
        Some(ColumnContent::Word(index_of)) if index_of(word).is_none() => Some(Sentence::new("table-no-word")),
        _ => None,
    }
}

/// Checks [`ChildTable::starts`] of the people or signals of `size` leads, of which one lead can have at most `most`, and returns the
/// number of rows that every column of `table` must have. A table without starts and columns has none. `part` is its name in paths:
/// `people` or `signals`.
///
/// # Errors
/// The first start that does not fit, with its path (`people.starts[3]`).
pub(super) fn row_count(part: &str, table: &ChildTable, size: usize, most: usize) -> TableResult<usize> {
    let starts = &table.starts;
    if starts.is_empty() && table.columns.is_empty() {
        return Ok(0);
    }
    let wrong = |at: Option<usize>, reason: Sentence| {
        let path = format!("{part}.starts");
        Err(TableError { path: at.map_or(path.clone(), |at| format!("{path}[{at}]")), reason })
    };
    if starts.len() != size + 1 {
        return wrong(None, Sentence::new("table-starts").with("count", starts.len()).with("needed", size + 1));
    }
    if starts.first() != Some(&0) {
        return misfit(format!("{part}.starts"), "table-first-start");
    }
    for (row, pair) in starts.windows(2).enumerate() {
        if let [start, end] = pair {
            if end < start {
                return wrong(Some(row + 1), Sentence::new("table-start-back").with("end", *end).with("start", *start));
            }
            if (end - start) as usize > most {
                let reason = Sentence::new("table-start-far").with("count", end - start).with("most", most);
                return wrong(Some(row + 1), reason);
            }
        }
    }
    Ok(starts.last().map_or(0, |end| *end as usize))
}
