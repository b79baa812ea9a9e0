//! CSV files of any bytes are imported with a mapping: no panic, no hang, and every row is a lead or refused.
//!
//! The bytes before the first NUL are the mapping, where there are any; else the mapping is the one below.
//!
//! `cargo +nightly fuzz run csv fuzz/corpus/csv fuzz/seeds/csv -- -max_total_time=600` in the project's folder.

#![no_main]

use cadans::book::import::{ImportKind, ImportOptions, Mapping, import};
use libfuzzer_sys::fuzz_target;

const MAPPING: &[u8] = br#"{ "leads": {
    "lead": { "id": "id", "country": "country", "value": "value", "created_at": "created" },
    "person": { "id": "person", "roles": "roles" },
    "channels": { "email": "email", "phone": "phone" },
    "fields": { "budget": { "column": "budget", "as": "number" }, "note": "note" } } }"#;

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let (first, second) = (parts.next().unwrap_or_default(), parts.next());
    let (mapping, table) = second.map_or((MAPPING, first), |table| (first, table));
    let Ok(mapping) = Mapping::read(mapping) else { return };
    let intake = import(ImportKind::Csv, &[("fuzz.csv", table)], &ImportOptions { mapping: Some(mapping), until: None });
    assert_eq!(intake.accepted, intake.book.len());
});
