//! Which packs of a session are checked together: those of each `rulebook.toml` in its layers, and all others beside one another.
//!
//! A pack that its author is changing is no longer the text that was accepted. It is checked as if it were: acceptance is for whoever receives it.

use std::collections::BTreeSet;
use std::path::Path;

use cadans::diagnostics::Diagnostic;
use cadans::files::read_manifest;
use cadans::language::{PackSource, Rulebook};
use cadans::manifest::{Assembled, Manifest};
use cadans::pack::Overrides;

use super::workspace::{Workspace, name_of};

/// The file in which a rulebook is written.
pub const FILE: &str = "rulebook.toml";

/// What is wrong with the packs of a session. A rulebook that cannot be read as it is on the disk counts as none: its packs are among the others.
pub fn check(workspace: &Workspace) -> Vec<Diagnostic> {
    let rulebooks: Vec<Assembled> = workspace.rulebooks.iter().filter_map(|path| assemble(path, workspace)).collect();
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

/// The layers of a rulebook, with the texts that the editor has open.
fn assemble(path: &Path, workspace: &Workspace) -> Option<Assembled> {
    let mut texts = read_manifest(path).ok()??;
    let folder = path.parent()?;
    let called = |file: &str| name_of(&folder.join(file));
    for (file, text) in &mut texts.files {
        if let Some(pack) = workspace.find_file(&called(file)) {
            text.clone_from(&pack.source.text);
        }
    }
    let manifest = Manifest::parse(&texts.text).ok()?;
    let mut assembled = manifest.assemble(&texts.files, &called).ok()?;
    assembled.layers.layers.iter_mut().flat_map(|layer| &mut layer.packs).for_each(|pack| pack.refused = false);
    Some(assembled)
}
