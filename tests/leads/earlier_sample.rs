//! A lead file that uses none of the later fields loads unchanged and is decided as it was before these fields were there.
//!
//! The decisions that are expected were written by an earlier version of the command: `tests/fixtures/sample-2026-11/README.md`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use cadans::book::ingest::write::write_json;
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::calendar::Instant;
use cadans::decide::{decide, in_order};
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::wording::Language;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sample-2026-11").join(name)
}

/// The rule files of that time, in the order in which the command reads a folder.
fn rulebook() -> Rulebook {
    let mut files = Vec::new();
    for folder in ["rules", "rules/contact-policy"] {
        files.extend(fs::read_dir(fixture(folder)).unwrap().map(|entry| entry.unwrap().path()));
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rhai"));
    files.sort();
    let source = |file: &PathBuf| PackSource {
        file: file.file_name().unwrap().to_string_lossy().into_owned(),
        text: fs::read_to_string(file).unwrap(),
    };
    Rulebook::for_advice(&files.iter().map(source).collect::<Vec<_>>(), &Overrides::default())
}

#[test]
fn the_sample_of_november_loads_unchanged_and_is_decided_as_then() {
    let text = fs::read_to_string(fixture("leads.json")).unwrap();
    let intake = read_book(&LeadFormat::Json, text.as_bytes());
    assert_eq!((intake.refused.as_slice(), intake.noted.as_slice()), (&[][..], &[][..]));
    assert!(write_json(&intake.book).unwrap() == text, "the file is written back unchanged");
    let now = Instant::parse("2026-11-20T10:00:00+01:00").unwrap();
    let advices = decide(&rulebook(), &intake.book, now, Language::English);
    let rows = in_order(&advices).into_iter().map(|lead| {
        let advice = &advices[lead];
        let touch = advice.touch.as_ref();
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        [
            advice.lead.clone(),
            serde_json::to_value(advice.verdict).unwrap().as_str().unwrap().to_owned(),
            text(touch.and_then(|touch| touch.pack.as_deref())),
            text(touch.and_then(|touch| touch.rule.as_deref())),
            text(touch.and_then(|touch| touch.channel).map(|channel| channel.word())),
            text(touch.and_then(|touch| touch.person.as_ref()).map(|person| person.id.as_str())),
            touch.and_then(|touch| touch.window.as_ref()).map(|window| window.from.to_string()).unwrap_or_default(),
        ]
        .join(",")
    });
    let decided: Vec<String> = rows.collect();
    let expected = fs::read_to_string(fixture("decisions.csv")).unwrap();
    let expected: Vec<&str> = expected.lines().skip(1).collect();
    assert_eq!(decided.len(), expected.len());
    let differ: Vec<_> = decided.iter().zip(&expected).filter(|(came, expected)| came != *expected).collect();
    assert!(differ.is_empty(), "{} of {} differ: {:#?}", differ.len(), expected.len(), &differ[..differ.len().min(5)]);
}
