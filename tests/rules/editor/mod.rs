//! The services of an editor, asked as an editor asks them: with a cursor in a text that is being written.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]
#![cfg(feature = "editing")]

mod completing;
mod hovering;
mod layers;
mod places;
mod renaming;
mod speed;
mod structure;
mod table;

use std::fs;
use std::path::Path;

use cadans::editor::Position;
use cadans::language::PackSource;

/// The name of the file of a pack that a test writes.
const FILE: &str = "mine.rhai";

/// A pack and the place of `|` in it, which is taken out.
fn with_cursor(text: &str) -> (PackSource, Position) {
    let at = text.find('|').unwrap_or_else(|| panic!("no cursor in {text}"));
    (pack(FILE, &text.replacen('|', "", 1)), Position::Byte(at))
}

fn pack(file: &str, text: &str) -> PackSource {
    PackSource { file: file.to_owned(), text: text.to_owned() }
}

/// Every rule file of the project, the broken ones too.
fn shipped() -> Vec<PackSource> {
    fn gather(folder: &Path, packs: &mut Vec<PackSource>) {
        let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                gather(&path, packs);
            } else if path.extension().is_some_and(|ending| ending == "rhai") {
                let text = fs::read_to_string(&path).unwrap();
                packs.push(PackSource { file: path.to_string_lossy().replace('\\', "/"), text });
            }
        }
    }
    let mut packs = Vec::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"), &mut packs);
    packs
}
