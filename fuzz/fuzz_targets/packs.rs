//! Rule files of any bytes are read, and their clauses evaluated for one lead, compiled and interpreted: no panic, no hang, and never more
//! operations than a statement may take.
//!
//! `cargo +nightly fuzz run packs fuzz/corpus/packs fuzz/seeds/packs -- -max_total_time=600` in the project's folder.

#![no_main]

use cadans::book::ingest::{LeadFormat, read_book};
use cadans::calendar::Instant;
use cadans::decide::Decider;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use libfuzzer_sys::fuzz_target;

const LEAD: &[u8] = br#"{ "id": "L-1", "stage": "interest", "country": "NL", "zone": "Europe/Amsterdam", "fields": { "budget": 5, "note": "a" },
  "people": [{ "id": "anna", "roles": ["decider"], "channels": ["phone", "email"] }, { "id": "bob", "aliases": ["b"] }],
  "signals": [{ "at": "2026-11-19T10:00:00+01:00", "kind": "visit", "topic": "pricing", "person": "anna" }] }"#;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let (rulebook, _) = Rulebook::new(&[PackSource { file: "fuzz.rhai".to_owned(), text }], &Overrides::default());
    let intake = read_book(&LeadFormat::Json, LEAD);
    let decider = Decider::new(&rulebook, &intake.book, Instant::from_millis(1_795_165_200_000));
    let decision = decider.decision(0);
    assert!(decision.is_some_and(|one| one.priority.is_none_or(f64::is_finite)));
    let _ = decider.explain(0);
});
