//! Checks the opening hours of a book: those of people, and the working hours of reps.
//!
//! Hours that could not be read are refused with their record; here are hours that can be read and do not do what they seem to.

use std::collections::BTreeMap;

use crate::book::Book;
use crate::calendar::Reachable;
use crate::check::lints::undone_closing;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Diagnostic, Span};
use crate::wording::Sentence;

/// The lead file of a check: findings about leads have their places in it. Both are empty when the leads do not come from a text file.
#[derive(Clone, Copy, Debug, Default)]
pub struct LeadFile<'a> {
    /// Its name, for messages.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

impl LeadFile<'_> {
    /// The span of a stretch of characters in the first occurrence of a text: from a position on, counted from 1. The start of the file when
    /// the text does not occur, as when it is written with escapes.
    fn span_in(&self, found: &str, from: usize, length: usize) -> Span {
        let Some((before, _)) = self.text.split_once(found) else { return Span::START };
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let line = number(before.matches('\n').count() + 1);
        let before_in_line = before.rsplit('\n').next().unwrap_or_default().chars().count();
        let column = number(before_in_line + from);
        Span { line, column, end_line: line, end_column: column.saturating_add(number(length)) }
    }
}

/// Those who have the same hours.
struct Holders {
    /// The first of them in the order of the book.
    first: Sentence,
    count: usize,
}

/// The findings about the hours of people and reps, each text of hours once.
pub(crate) fn check_hours(book: &Book, file: LeadFile<'_>) -> Vec<Diagnostic> {
    let mut holders: BTreeMap<String, Holders> = BTreeMap::new();
    let mut add = |hours: Option<String>, who: &dyn Fn() -> Sentence| {
        if let Some(hours) = hours {
            holders.entry(hours).or_insert_with(|| Holders { first: who(), count: 0 }).count += 1;
        }
    };
    for lead in (0..book.len()).filter_map(|lead| book.lead(lead)) {
        for person in &lead.people {
            add(person.reachable.clone(), &|| {
                Sentence::new("hours-of-person").with("person", person.id.as_str()).with("lead", lead.id.as_str())
            });
        }
    }
    for rep in book.reps() {
        add(rep.hours.clone(), &|| Sentence::new("hours-of-rep").with("rep", rep.id.as_str()));
    }
    let mut diagnostics = Vec::new();
    for (text, Holders { first, count }) in holders {
        let Ok(hours) = Reachable::parse(&text) else { continue };
        let whose = match count {
            0 | 1 => first,
            _ => Sentence::new("hours-of-several").with("first", first).with("others", count - 1),
        };
        let found = undone_closing::lint(&hours, |from, length| file.span_in(hours.text(), from, length), None);
        let about =
            |finding: Finding| finding.message("undone-closing-lead").with("whose", whose.clone()).render(file.name);
        diagnostics.extend(found.into_iter().map(about));
    }
    diagnostics
}
