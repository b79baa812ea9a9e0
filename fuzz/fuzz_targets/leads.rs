//! Lead files of any bytes are read, whole and in pieces, and what was read is written and read again: no panic, no hang, the same book.
//!
//! `cargo +nightly fuzz run leads fuzz/corpus/leads fuzz/seeds/leads -- -max_total_time=600` in the project's folder.

#![no_main]

use cadans::book::ingest::write::write_json;
use cadans::book::ingest::{LeadFormat, Loader, read_book};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut loader = Loader::detecting(None);
    bytes.chunks(7).for_each(|piece| loader.push(piece));
    let in_pieces = loader.finish();
    let format = LeadFormat::detect(None, bytes).unwrap_or(LeadFormat::Json);
    let whole = read_book(&format, bytes);
    assert_eq!(whole.book.leads(), in_pieces.book.leads());
    assert_eq!(whole.refused, in_pieces.refused);
    let Ok(text) = write_json(&whole.book) else { return };
    let again = read_book(&LeadFormat::Json, text.as_bytes());
    assert_eq!(again.book.leads(), whole.book.leads());
});
