//! Files that are handed over, of any bytes and with a hash that fits: read, compared with a rulebook and accepted without a panic or a hang, and what is accepted is
//! the same file when it is received again.
//!
//! `cargo +nightly fuzz run handover fuzz/corpus/handover fuzz/seeds/handover -- -max_total_time=600` in the project's folder.

#![no_main]

use std::collections::BTreeMap;

use cadans::handover::{Choice, Handover, OwnRulebook, ReceiveOptions, Standing, accept, receive};
use cadans::manifest::content_hash;
use cadans::wording::Language;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = Handover::read(bytes);
    // A hostile file has the hash of its contents.
    let text = String::from_utf8_lossy(bytes);
    let lines = text.rsplit_once("=== sha256").map_or(&*text, |(lines, _)| lines);
    let sealed = format!("{lines}=== sha256 {} ===\n", content_hash(lines));
    let Ok(handover) = Handover::read(sealed.as_bytes()) else { return };
    let none = BTreeMap::new();
    let choice = Choice { replace: true, ..Choice::default() };
    let own = OwnRulebook { manifest: "", texts: &none };
    let options = ReceiveOptions { own, choice: &choice, leads: None, language: Language::English };
    let report = receive(&handover, &options);
    let Ok(acceptance) = accept(&handover, own, &choice, Language::English) else { return };
    assert!(report.is_ok());
    for file in &acceptance.files {
        assert!(file.path.starts_with("received/") && !file.path.contains(".."));
    }
    let texts: BTreeMap<String, String> = acceptance.files.into_iter().map(|file| (file.path, file.text)).collect();
    let own = OwnRulebook { manifest: &acceptance.manifest, texts: &texts };
    let again = receive(&handover, &ReceiveOptions { own, ..options });
    assert!(again.is_ok_and(|report| report.standing == Standing::Same));
});
