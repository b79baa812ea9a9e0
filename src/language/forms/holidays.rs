//! The reader of `holidays`: `holidays "LK" ["2027-01-14", "2027-02-04"] because "Gazette of 2026";`

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::book::value::Value;
use crate::calendar::Country;
use crate::calendar::holidays::YEARS;
use crate::calendar::iso_date::iso_date;
use crate::check::lints::{UNKNOWN_COUNTRY, country_meant};
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Span, codes};
use crate::language::reader::{PackReader, to_value};
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::pack::policies::Holidays;

pub(super) fn holidays(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let parts = reader.parts(statement);
    // Days between quotes that should be in brackets are no country after a name.
    let may_be_named = statement.head.len() > 2;
    let (name, index) =
        if may_be_named { reader.policy_name(statement, TokenKind::Text)? } else { (None, statement.head.start) };
    let word = reader.span_of(&(statement.tokens.start..statement.tokens.start + 1));
    if index >= statement.head.end || reader.kind_at(index) != Some(TokenKind::Text) {
        reader.report(Finding::error(codes::MISSING_COUNTRY, word));
        return None;
    }
    let country = country(reader, index);
    let written = index + 1..statement.head.end;
    if written.is_empty() {
        reader.report(Finding::error(codes::HOLIDAY_DATES, word));
        return None;
    }
    let days = days(reader, &written);
    let because = reader.optional_text(&parts?, "because");
    reader.pack.holidays.push(Holidays { name, country: country?, days: days?, because, span });
    Some(())
}

/// The country of a text token; reports and returns `None` when it is none, or not written as two capitals.
fn country(reader: &mut PackReader<'_>, index: usize) -> Option<Country> {
    let range = index..index + 1;
    let word = reader.text_value(&range)?;
    let meant = country_meant(&word);
    if let Some(country) = meant.filter(|country| country.code() == word) {
        return Some(country);
    }
    let at = reader.span_of(&range);
    let finding = Finding::error(UNKNOWN_COUNTRY, at).message("unknown-country-holidays").with("word", word.as_str());
    reader.report(match meant {
        Some(country) => {
            let quoted = format!("\"{country}\"");
            finding.with("meant", quoted.as_str()).help("help-write").replace(at, quoted)
        }
        None => finding,
    });
    None
}

/// The dates of a list; reports and returns `None` when it is none, or when one of its dates does not exist.
fn days(reader: &mut PackReader<'_>, range: &Range<usize>) -> Option<Vec<NaiveDate>> {
    let value = to_value(&reader.constant_value(range)?);
    let at = reader.span_of(range);
    let Some(Value::List(items)) = value else {
        reader.report(Finding::error(codes::HOLIDAY_DATES, at));
        return None;
    };
    let mut days = Vec::new();
    for item in items.iter() {
        let Value::Text(text) = item else {
            reader.report(Finding::error(codes::HOLIDAY_DATES, at));
            return None;
        };
        let Some(day) = day(text) else {
            let at = place_of(reader, range, text).unwrap_or(at);
            reader.report(Finding::error(codes::HOLIDAY_DATES, at).message("holiday-dates-day").with("day", &**text));
            return None;
        };
        days.push(day);
    }
    if days.is_empty() {
        reader.report(Finding::error(codes::HOLIDAY_DATES, at));
        return None;
    }
    Some(days)
}

/// The date of a text such as `2027-01-14`; `None` for any other, and for a year without holidays.
fn day(text: &str) -> Option<NaiveDate> {
    let day = iso_date(text)?;
    (YEARS.0..=YEARS.1).contains(&day.year()).then_some(day)
}

/// The span of a text within some tokens.
fn place_of(reader: &PackReader<'_>, range: &Range<usize>, text: &str) -> Option<Span> {
    let quoted = format!("\"{text}\"");
    let index = range.clone().find(|index| reader.text_at(*index) == quoted)?;
    Some(reader.span_of(&(index..index + 1)))
}
