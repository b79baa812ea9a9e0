//! The sample that ships: made by the generator, and let through the door without a word.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use generate::sample;

use cadans::book::ingest::write::{write_json, write_ndjson};
use cadans::book::ingest::{LeadFormat, read_book};

/// `cargo xtask generate sample` writes it anew.
#[test]
fn the_committed_team_file_is_generated_and_fits_the_leads() {
    let made = sample::committed_team().unwrap();
    let committed = std::fs::read_to_string(sample::committed_team_file()).unwrap_or_default();
    assert!(made == committed, "www/sample/team.json is out of date");
    let intake = cadans::team::records::TeamIntake::read(made.as_bytes(), &sample::committed()).unwrap();
    assert_eq!(intake.refused, []);
    // Three months, in which something happened each month.
    let moves = intake.file.stage_moves.iter().map(|one| one.at);
    assert!(moves.clone().min().unwrap() < sample::NOW - cadans::calendar::Duration::DAY.times(60).unwrap());
    assert!(moves.max().unwrap() <= sample::NOW && !intake.file.orders.is_empty());
}

#[test]
fn the_committed_sample_is_the_output_of_the_generator() {
    let made = write_json(&sample::committed()).unwrap();
    let committed = std::fs::read_to_string(sample::committed_file()).unwrap_or_default();
    assert!(committed == made, "www/sample/leads.json is out of date: run cargo xtask generate sample");
    assert!(committed.len() < 700_000, "{} bytes is too much for a page to load", committed.len());
}

#[test]
fn the_sample_is_accepted_as_a_whole_and_written_back_unchanged() {
    let book = sample::committed();
    for (format, text) in [(LeadFormat::Json, write_json(&book)), (LeadFormat::Ndjson, write_ndjson(&book))] {
        let intake = read_book(&format, text.unwrap().as_bytes());
        assert_eq!(intake.refused, []);
        assert_eq!(intake.noted, []);
        assert_eq!(intake.accepted, book.len());
        for (read, made) in intake.book.leads().into_iter().zip(book.leads()) {
            assert_eq!(read, made);
        }
        assert_eq!(intake.book.reps(), book.reps());
        assert_eq!(intake.book.contents(), book.contents());
    }
}

#[test]
fn the_sample_has_the_cases_that_the_page_shows() {
    let book = sample::committed();
    let leads = book.leads();
    let countries: std::collections::BTreeSet<_> =
        leads.iter().filter_map(|lead| lead.account.country.as_deref()).collect();
    assert!(countries.len() >= 9, "{countries:?}");
    assert!(leads.iter().any(|lead| lead.account.country.is_none()), "a lead whose country is not known");
    assert!(
        leads.iter().any(|lead| lead.account.country.as_deref() == Some("US") && lead.account.zone.is_none()),
        "a country with several zones, and none on record"
    );
    assert!((0..leads.len()).any(|lead| book.siblings(lead).len() > 1), "two leads of one account");
    assert!(leads.iter().flat_map(|lead| &lead.people).any(|person| person.objected));
    assert!(
        leads.iter().flat_map(|lead| &lead.signals).all(|signal| signal.at <= sample::NOW),
        "nothing lies ahead of now"
    );
    assert!(leads.iter().any(|lead| !lead.planned.is_empty()));
    assert_eq!(book.reps().len(), 6);
    let people = || leads.iter().flat_map(|lead| &lead.people);
    assert!(people().any(|person| person.left_at.is_some()), "somebody who left");
    assert!(people().any(|person| !person.absences.is_empty()), "somebody who is away");
    assert!(leads.iter().any(|lead| lead.spam && !lead.not_counted.is_empty()), "spam");
    assert!(leads.iter().any(|lead| lead.stage_by.is_some()), "a stage that a rep set");
    assert!(leads.iter().flat_map(|lead| &lead.quotes).any(|quote| quote.valid_until.is_some()));
    assert!(leads.iter().flat_map(|lead| &lead.feedback).any(|feedback| feedback.until.is_some()), "snoozed");
    assert!(leads.iter().flat_map(|lead| &lead.signals).any(|signal| signal.rule.is_some()), "a touch with its rule");
}
