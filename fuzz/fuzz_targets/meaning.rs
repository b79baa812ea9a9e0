//! Compiled rules mean what Rhai means, for worlds that a fuzzer makes: the comparison of `tests/meaning.rs`, guided by
//! which code each byte reaches.
//!
//! `cargo install cargo-fuzz`, then `cargo +nightly fuzz run meaning` in the project's folder.

#![no_main]

#[path = "../../tests/meaning/mod.rs"]
#[allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "shared with the test")]
mod meaning;

use libfuzzer_sys::fuzz_target;
use meaning::agree::differences;
use meaning::world::World;

fuzz_target!(|bytes: &[u8]| {
    let (found, _) = differences(&World::new(bytes));
    assert!(found.is_empty(), "{}", found.join("\n"));
});
