//! What importers must not do, whatever the file: lose an opt-out, change a value, or drop a cell in silence.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

mod consent;
mod crm_exports;
mod tables;
mod told;
mod touches;
mod values;

use cadans::book::import::{ImportKind, ImportOptions, Mapping, import};
use cadans::book::ingest::Intake;
use cadans::book::lead::Person;
use cadans::calendar::Instant;
use cadans_testing::intake::{lead, noted, refused};

/// What these files, each a name and its text, come to.
fn imported(kind: ImportKind, files: &[(&str, &str)]) -> Intake {
    imported_until(kind, files, None)
}

fn imported_until(kind: ImportKind, files: &[(&str, &str)], until: Option<&str>) -> Intake {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let until = until.map(|until| Instant::parse(until).unwrap());
    import(kind, &files, &ImportOptions { until, ..ImportOptions::default() })
}

/// What a CSV comes to with this mapping.
fn mapped(mapping: &str, bytes: &[u8]) -> Intake {
    let mapping = Some(Mapping::read(mapping.as_bytes()).unwrap());
    import(ImportKind::Csv, &[("leads.csv", bytes)], &ImportOptions { mapping, ..ImportOptions::default() })
}

fn person(intake: &Intake, id: &str) -> Person {
    let leads = intake.book.leads();
    let found = leads.iter().flat_map(|lead| &lead.people).find(|person| person.id == id).cloned();
    found.unwrap_or_else(|| panic!("no person {id}; refused: {:?}", intake.refused))
}

/// The ids of all people who must not be mailed, sorted.
fn kept_from_mail(intake: &Intake) -> Vec<String> {
    let leads = intake.book.leads();
    let people = leads.iter().flat_map(|lead| &lead.people);
    let mut ids: Vec<String> = people.filter(|person| person.do_not_email).map(|person| person.id.clone()).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// True when a sentence has all of these words.
fn says(sentence: &str, words: &[&str]) -> bool {
    words.iter().all(|word| sentence.contains(word))
}

/// Asserts that exactly one thing is refused, in a sentence with these words.
#[track_caller]
fn assert_one_message(intake: &Intake, words: &[&str]) {
    let refused = refused(intake);
    assert!(refused.len() == 1 && says(&refused[0], words), "{words:?} in {refused:?}");
}
