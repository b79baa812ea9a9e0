//! The analyses of packs: what they must find, what they must not say, and that their classifier agrees with the evaluator.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that panics has failed"
)]

mod generated;
mod hostile;
mod planted;
mod proposals;
mod shipped;
mod sound_packs;

use std::path::{Path, PathBuf};

use cadans::analysis::{Analysis, analyse};
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;

/// The folder of the project.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A rule file of the project.
fn source(file: impl Into<PathBuf>) -> PackSource {
    let file = file.into();
    PackSource { file: file.display().to_string(), text: std::fs::read_to_string(root().join(&file)).unwrap() }
}

/// What the analyses say about packs together.
fn analysed(sources: &[PackSource]) -> Analysis {
    let (rulebook, _) = Rulebook::new(sources, &Overrides::default());
    analyse(rulebook.packs())
}
