//! Packs and rulebooks for these tests.

use std::collections::BTreeMap;

use cadans::handover::{
    Choice, Handover, OwnRulebook, PackOptions, Packed, ReceiveOptions, ReceiveReport, pack, receive,
};
use cadans::language::PackSource;
use cadans::manifest::content_hash;
use cadans::wording::Language;

pub(super) fn source(file: &str, text: &str) -> PackSource {
    PackSource { file: file.to_owned(), text: text.to_owned() }
}

/// A file of these packs.
pub(super) fn packed(packs: &[(&str, &str)]) -> Packed {
    let packs: Vec<PackSource> = packs.iter().map(|(file, text)| source(file, text)).collect();
    pack(&packs, &[], &PackOptions::default(), Language::English).unwrap()
}

pub(super) fn handed_over(packs: &[(&str, &str)]) -> Handover {
    Handover::read(packed(packs).text.as_bytes()).unwrap()
}

/// Lines with the hash that they have, as one who wants to mislead would write them.
pub(super) fn sealed(lines: &str) -> String {
    format!("{lines}=== sha256 {} ===\n", content_hash(lines))
}

/// A rulebook: the text of its manifest, and its files.
#[derive(Clone, Default)]
pub(super) struct Own {
    pub(super) manifest: String,
    pub(super) texts: BTreeMap<String, String>,
}

impl Own {
    /// A rulebook of layers: the lines of each, and its files, all accepted.
    pub(super) fn new(layers: &[(&str, &[(&str, &str)])]) -> Self {
        let mut own = Self::default();
        for (lines, files) in layers {
            own.manifest.push_str(&format!("[[layer]]\n{lines}\n"));
            for (path, text) in *files {
                own.manifest.push_str(&format!("[[layer.file]]\npath = {path:?}\nsha256 = {:?}\n", content_hash(text)));
                own.texts.insert((*path).to_owned(), (*text).to_owned());
            }
        }
        own
    }

    pub(super) fn rulebook(&self) -> OwnRulebook<'_> {
        OwnRulebook { manifest: &self.manifest, texts: &self.texts }
    }

    /// What a file would change, all of it accepted.
    pub(super) fn report(&self, handover: &Handover) -> ReceiveReport {
        let choice = Choice { replace: true, ..Choice::default() };
        let options =
            ReceiveOptions { own: self.rulebook(), choice: &choice, leads: None, language: Language::English };
        receive(handover, &options).unwrap()
    }

    /// Writes what accepting a file writes.
    pub(super) fn take(&mut self, acceptance: cadans::handover::Acceptance) {
        self.manifest = acceptance.manifest;
        self.texts.extend(acceptance.files.into_iter().map(|file| (file.path, file.text)));
    }
}
