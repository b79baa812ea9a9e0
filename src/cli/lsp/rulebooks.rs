//! Which packs of a session are checked together: those of each `rulebook.toml` in its layers, and all others beside one another.
//!
//! A pack that its author is changing is no longer the text that was accepted. It is checked as if it were: acceptance is for whoever receives it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use cadans::diagnostics::Diagnostic;
use cadans::files::{ManifestTexts, called};
use cadans::language::{PackSource, Rulebook};
use cadans::manifest::Assembled;
use cadans::pack::Overrides;

use super::workspace::Workspace;

/// The file in which a rulebook is written.
pub const FILE: &str = "rulebook.toml";

/// A rulebook as it was read when the folders were.
pub struct OpenRulebook {
    /// The folder in which it lies.
    pub folder: PathBuf,
    /// What it says, and its files as they are on the disk.
    pub texts: ManifestTexts,
}

/// What is wrong with the packs of a session.
pub fn check(workspace: &Workspace) -> Vec<Diagnostic> {
    let rulebooks: Vec<Assembled> = workspace.rulebooks.iter().filter_map(|one| assemble(one, workspace)).collect();
    let placed: BTreeSet<&str> =
        rulebooks.iter().flat_map(|one| &one.sources).map(|source| source.file.as_str()).collect();
    let others: Vec<PackSource> =
        workspace.sources().into_iter().filter(|source| !placed.contains(source.file.as_str())).collect();
    let (_, mut found) = Rulebook::new(&others, &Overrides::default());
    for one in &rulebooks {
        found.extend(Rulebook::merged(&one.sources, Some(&one.layers), &Overrides::default()).1);
    }
    found
}

/// The layers of a rulebook, with the texts that the session has. `None` when a file of settings cannot be read: its packs are among the others then.
fn assemble(rulebook: &OpenRulebook, workspace: &Workspace) -> Option<Assembled> {
    let named = |file: &str| called(&rulebook.folder.join(file));
    let mut texts = rulebook.texts.files.clone();
    for (file, text) in &mut texts {
        if let Some(pack) = workspace.find_file(&named(file)) {
            text.clone_from(&pack.source.text);
        }
    }
    let mut assembled = rulebook.texts.manifest.assemble(&texts, &named).ok()?;
    assembled.layers.layers.iter_mut().flat_map(|layer| &mut layer.packs).for_each(|pack| pack.refused = false);
    Some(assembled)
}
