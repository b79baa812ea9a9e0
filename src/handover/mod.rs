//! One file to hand over: packs with all that they need, which a receiver can judge before anything acts.
//!
//! * [`pack`] writes it: the packs in their canonical layout, those that they need, and a header. Its last line states the hash of all lines before it.
//! * [`Handover::read`] reads it, or refuses it ([`Refusal`]): damaged, cut short, of a newer language, larger than may be, or made to mislead.
//! * [`receive`] tells what it would do to a rulebook and to the advice for leads. It is a question, and changes nothing.
//! * [`accept`] answers with the texts that are to be written: the new `rulebook.toml`, and the rule files that it names.
//!
//! `container` has the form of the file, `header` what stands before the packs, `characters` what a text may hold. `requirements` compares what the packs need
//! with a book, `conflicts` them with the packs that are there, `in_force` makes rulebooks of before and after.
//!
//! Invariants: everything here is a function of texts; no file is read or written. What is refused is refused as a whole. The hash is proof that the file is
//! the one that was written, and none of who wrote it.

mod accept;
mod characters;
mod conflicts;
mod container;
mod header;
mod in_force;
mod packing;
mod receive;
mod refusal;
mod requirements;
mod rules;

pub use accept::{Acceptance, AcceptedText, Choice, LayerChoice, OwnRulebook, accept};
pub use conflicts::{Conflict, ConflictKind, ConflictSide};
pub use container::FORMAT;
pub use header::{Header, NeededFact, PackEntry};
pub use packing::{NotPacked, PackOptions, Packed, pack};
pub use receive::{ExamplesRun, ReceiveOptions, ReceiveReport, Standing, receive};
pub use refusal::Refusal;
pub use requirements::{Requirement, RequirementKind, RequirementState};
pub use rules::OfferedRule;

use crate::format::format;
use crate::handover::characters::{hidden_character, hidden_in_line, is_file_name, number, shown};
use crate::handover::container::{sealed, with_plain_line_ends};
use crate::handover::refusal::damaged;
use crate::language::{LANGUAGE_VERSION, PackSource};
use crate::limits;
use crate::pack::Overrides;
use crate::wording::{Sentence, reader_error};

/// A file that was handed over: whole, and nothing in it that misleads. Whether its packs can be used is for [`receive`] to tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Handover {
    /// What stands before the packs.
    pub header: Header,
    /// The packs, those that were handed over before those that they need, by the names of their files.
    pub packs: Vec<PackSource>,
    /// The hash of the file.
    pub sha256: String,
}

impl Handover {
    /// Reads a file.
    ///
    /// # Errors
    /// It is not the one that was written, is of a newer language, larger than may be, or could mislead.
    pub fn read(bytes: &[u8]) -> Result<Self, Box<Refusal>> {
        let parts = container::read(bytes)?;
        let header = toml::from_str::<Header>(&parts.header);
        // Of a file that is not the one that was written only that is said. It is the same one still when nothing but its layout changed on the way.
        let (header, texts) = match (header, parts.is_intact) {
            (Ok(header), true) => (header, parts.packs),
            (Ok(header), false) => {
                let texts = laid_out(&parts.packs).ok_or_else(damaged)?;
                let written = header.to_toml();
                let is_same = sealed(&container::write(&written, &texts)).1 == parts.stated_hash;
                // Comments of a header are no part of what is read, and could mislead whoever reads them.
                if !is_same || without_white_space(&parts.header) != without_white_space(&written) {
                    return Err(damaged());
                }
                (header, texts)
            }
            (Err(_), false) => return Err(damaged()),
            (Err(error), true) => return Err(bad_header(&parts.header, &error)),
        };
        check_header(&header)?;
        let packs = texts.into_iter().map(|(file, text)| PackSource { file, text }).collect();
        let handover = Self { header, packs, sha256: parts.stated_hash };
        handover.check_packs()?;
        Ok(handover)
    }

    /// Whether the packs are those that the header names, and their names and texts show what they are.
    fn check_packs(&self) -> Result<(), Box<Refusal>> {
        let help = "handover-ask-author";
        let named: Vec<&str> = self.header.packs.iter().map(|entry| entry.file.as_str()).collect();
        let given: Vec<&str> = self.packs.iter().map(|pack| pack.file.as_str()).collect();
        if let Some(file) = given.iter().find(|file| !is_file_name(file)) {
            return Err(Refusal::new("file-name", "handover-file-name", help).with("file", shown(file)));
        }
        // One folder of some systems has one file of a name, whatever its letters.
        let folded: Vec<String> = given.iter().map(|file| file.to_lowercase()).collect();
        let twice = folded.iter().enumerate().find(|(place, file)| folded.iter().take(*place).any(|one| one == *file));
        if let Some((_, file)) = twice {
            return Err(Refusal::new("duplicate-file", "handover-duplicate-file", help).with("file", shown(file)));
        }
        if given.is_empty() || named != given {
            return Err(Refusal::new("header", "handover-other-packs", help));
        }
        for pack in &self.packs {
            if let Some((line, letter)) = hidden_character(pack.text.trim_end_matches('\n')) {
                let refusal =
                    Refusal::new("hidden-characters", "handover-hidden", help).with("place", pack.file.as_str());
                return Err(refusal.with("line", line).with("letter", number(letter)));
            }
        }
        Ok(())
    }
}

/// The header is no header, although it is the one that was written.
fn bad_header(text: &str, error: &toml::de::Error) -> Box<Refusal> {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let refusal = Refusal::new("header", "handover-header", "handover-ask-author");
    // The first line of the file is the mark.
    refusal.with("line", before.matches('\n').count() + 2).with("why", reader_error(&shown(error.message())))
}

/// Whether a header can be used: its language is known, its texts show what they are, its lists and values are not larger than may be.
fn check_header(header: &Header) -> Result<(), Box<Refusal>> {
    let help = "handover-ask-author";
    if header.language > LANGUAGE_VERSION || header.language == 0 {
        let refusal = Refusal::new("newer-language", "handover-newer-language", "handover-update");
        return Err(refusal.with("language", i64::from(header.language)).with("known", i64::from(LANGUAGE_VERSION)));
    }
    for text in header.texts() {
        if let Some(letter) = hidden_in_line(text) {
            let refusal = Refusal::new("hidden-characters", "handover-hidden-header", help);
            return Err(refusal.with("text", shown(text)).with("letter", number(letter)));
        }
        if text.chars().count() > limits::HANDOVER_TEXT {
            let refusal = Refusal::new("too-large", "handover-long-text", help);
            return Err(refusal.with("text", shown(text)).with("limit", limits::HANDOVER_TEXT));
        }
    }
    if header.name.trim().is_empty() {
        return Err(Refusal::new("header", "handover-no-name", help));
    }
    if header.longest_list() > limits::ENTRIES || header.packs.len() > limits::PACKS {
        let refusal = Refusal::new("too-many", "handover-too-many", "handover-fewer-packs");
        return Err(refusal.with("what", Sentence::new("handover-entries")).with("limit", limits::ENTRIES));
    }
    if let Err(name) = Overrides::given(header.settings.clone()) {
        return Err(Refusal::new("setting", "handover-not-finite", help).with("name", shown(&name)));
    }
    Ok(())
}

/// The letters and signs of a text.
fn without_white_space(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// Packs in their canonical layout; `None` when one has none.
fn laid_out(packs: &[(String, String)]) -> Option<Vec<(String, String)>> {
    let one = |(file, text): &(String, String)| Some((file.clone(), format(file, text).ok()?.text));
    packs.iter().map(one).collect()
}

/// A pack as it is handed over: in its canonical layout, with line ends as Linux has them; `None` when it has syntax errors.
fn canonical(source: &PackSource) -> Option<String> {
    format(&source.file, &with_plain_line_ends(&source.text)).ok().map(|formatted| formatted.text)
}
