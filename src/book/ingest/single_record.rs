//! Reads one record that a program passes: a lead, or a signal of a lead of the book, or feedback on the advice for one.
//!
//! In: the bytes of a JSON object. Out: the checked record, or all refusals. Checks that need the other leads of a file, as for an id given
//! twice, are not made here.
//!
//! Invariant: the record, or the refusals, are those of a file with this record ([`Loader`](crate::book::ingest::Loader)).

use crate::book::ingest::check::{self, Problems};
use crate::book::ingest::json_file::UnreadRecord;
use crate::book::ingest::record::LeadRecord;
use crate::book::ingest::record_splitter::{self, FilePiece};
use crate::book::ingest::{json_file, json_tree};
use crate::book::refusal::{Problem, Refusal};
use crate::book::{Feedback, Lead, Person, Signal};

/// Reads a lead.
///
/// # Errors
/// All refusals.
pub fn read_lead(json: &[u8]) -> Result<Lead, Vec<Refusal>> {
    let record = lead_record(json).map_err(|unread| refusals(unread.id.as_deref(), unread.problems))?;
    let id = record.id.clone();
    check::lead(record).map_err(|problems| refusals(Some(&id), problems.0))
}

/// Reads the record of a lead, whose values fit their types and are not checked beyond that.
///
/// # Errors
/// All problems, with the id where it was found, and what people refuse in it.
pub(super) fn lead_record(json: &[u8]) -> Result<LeadRecord, UnreadRecord> {
    json_file::parse(whole(json))
}

/// Reads a signal of a lead that has these people.
///
/// # Errors
/// All refusals.
pub fn read_signal(json: &[u8], people: &[Person]) -> Result<Signal, Vec<Refusal>> {
    let read = json_file::parse::<Signal>(whole(json));
    let mut signal = read.map_err(|unread| refusals_of("signals[0]", unread.problems))?;
    let mut problems = Problems::default();
    let known = check::person_ids(people, &mut problems);
    check::signal(&mut signal, 0, &known, &mut problems);
    if problems.0.is_empty() { Ok(signal) } else { Err(refusals_of("", problems.0)) }
}

/// Reads feedback on the advice for a lead that has these people.
///
/// # Errors
/// All refusals.
pub fn read_feedback(json: &[u8], people: &[Person]) -> Result<Feedback, Vec<Refusal>> {
    let read = json_file::parse::<Feedback>(whole(json));
    let feedback = read.map_err(|unread| refusals_of("feedback[0]", unread.problems))?;
    let mut problems = Problems::default();
    let known = check::person_ids(people, &mut problems);
    check::feedback(&feedback, 0, &known, &mut problems);
    if problems.0.is_empty() { Ok(feedback) } else { Err(refusals_of("", problems.0)) }
}

/// The bytes as a record of a file.
fn whole(bytes: &[u8]) -> FilePiece<'_> {
    let closed = [bytes, b"]"].concat();
    let depth = record_splitter::end(&closed).map_or(0, |end| end.depth);
    FilePiece { bytes, start: 0, depth, whole: true }
}

/// The problems of a lead as refusals, with the id of the lead where it is known.
pub(super) fn refusals(lead: Option<&str>, problems: Vec<Problem>) -> Vec<Refusal> {
    let lead = lead.map(|id| json_tree::short(id).into_owned());
    let refusal = |(path, reason): Problem| Refusal { lead: lead.clone(), ..Refusal::at(path, reason) };
    problems.into_iter().map(refusal).collect()
}

/// The problems of a part of a lead as refusals, with the path `of` of the part before their own.
fn refusals_of(of: &str, problems: Vec<Problem>) -> Vec<Refusal> {
    let refusals = problems.into_iter().map(|(path, reason)| {
        let dot = if of.is_empty() || path.is_empty() { "" } else { "." };
        Refusal::at(format!("{of}{dot}{path}"), reason)
    });
    refusals.collect()
}
