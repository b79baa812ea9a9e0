//! One record by itself, as a program hands it over: a lead, or something that happened to a lead of the book.
//!
//! Left out: files ([`Loader`](crate::book::ingest::Loader)), and what depends on the other leads of one, as an id that is given twice.
//!
//! Invariant: what is taken, and what is told, is what a file with this record would give.

use crate::book::ingest::check::{self, Problems};
use crate::book::ingest::record::LeadRecord;
use crate::book::ingest::record_splitter::{self, FilePiece};
use crate::book::ingest::{Refusal, json_file};
use crate::book::{Lead, Person, Signal};

/// Reads a lead.
///
/// # Errors
/// All that is wrong with it.
pub fn read_lead(json: &[u8]) -> Result<Lead, Vec<Refusal>> {
    let read = json_file::parse::<LeadRecord>(whole(json)).map_err(|unread| unread.problems);
    read.and_then(|record| check::lead(record).map_err(|told| told.0)).map_err(|told| refusals("", told))
}

/// Reads a signal of a lead that has these people.
///
/// # Errors
/// All that is wrong with it.
pub fn read_signal(json: &[u8], people: &[Person]) -> Result<Signal, Vec<Refusal>> {
    let read = json_file::parse::<Signal>(whole(json));
    let mut signal = read.map_err(|unread| refusals("signals[0]", unread.problems))?;
    let mut told = Problems::default();
    let known = check::identities(people, &mut told);
    check::signal(&mut signal, 0, &known, &mut told);
    if told.0.is_empty() { Ok(signal) } else { Err(refusals("", told.0)) }
}

fn whole(bytes: &[u8]) -> FilePiece<'_> {
    let closed = [bytes, b"]"].concat();
    let depth = record_splitter::end(&closed).map_or(0, |end| end.depth);
    FilePiece { bytes, start: 0, depth, whole: true }
}

fn refusals(of: &str, problems: Vec<(String, String)>) -> Vec<Refusal> {
    let told = problems.into_iter().map(|(path, reason)| {
        let dot = if of.is_empty() || path.is_empty() { "" } else { "." };
        Refusal { lead: None, path: format!("{of}{dot}{path}"), reason, line: None }
    });
    told.collect()
}
