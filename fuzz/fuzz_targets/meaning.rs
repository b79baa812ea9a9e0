//! Compiled rules mean what Rhai means, for worlds that a fuzzer makes: the comparison of `tests/rules/meaning.rs`, guided by
//! which code each byte reaches.
//!
//! `cargo install cargo-fuzz`, then `cargo +nightly fuzz run meaning` in the project's folder.

#![no_main]

use cadans_testing::meaning::agree::differences;
use cadans_testing::meaning::world::World;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (found, _) = differences(&World::new(bytes));
    assert!(found.is_empty(), "{}", found.join("\n"));
});
