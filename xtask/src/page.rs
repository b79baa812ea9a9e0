//! The files that the page reads beside its own: a copy of the packs in `rules/` with an index of them.
//!
//! A static server cannot list a folder, hence the index. Invariant: `www/` after this step is the whole site.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::root;

/// Copies `rules/**/*.rhai` to `www/rules/` and writes `www/rules/index.json`, a JSON array of their paths in order.
///
/// # Errors
/// A file could not be read or written.
pub fn assemble() -> Result<(), String> {
    let (from, into) = (root().join("rules"), root().join("www/rules"));
    if into.exists() {
        fs::remove_dir_all(&into).map_err(|why| told(&into, &why))?;
    }
    let mut packs = Vec::new();
    find_packs(&from, &mut packs)?;
    packs.sort();
    let mut names = Vec::new();
    for pack in &packs {
        let name = pack.strip_prefix(&from).unwrap_or(pack);
        let copy = into.join(name);
        if let Some(folder) = copy.parent() {
            fs::create_dir_all(folder).map_err(|why| told(folder, &why))?;
        }
        fs::copy(pack, &copy).map_err(|why| told(pack, &why))?;
        names.push(format!("{:?}", name.to_string_lossy().replace('\\', "/")));
    }
    fs::create_dir_all(&into).map_err(|why| told(&into, &why))?;
    let index = into.join("index.json");
    fs::write(&index, format!("[{}]\n", names.join(", "))).map_err(|why| told(&index, &why))
}

fn find_packs(folder: &Path, packs: &mut Vec<PathBuf>) -> Result<(), String> {
    for entry in fs::read_dir(folder).map_err(|why| told(folder, &why))? {
        let path = entry.map_err(|why| told(folder, &why))?.path();
        if path.is_dir() {
            find_packs(&path, packs)?;
        } else if path.extension().is_some_and(|extension| extension == "rhai") {
            packs.push(path);
        }
    }
    Ok(())
}

fn told(path: &Path, why: &std::io::Error) -> String {
    format!("{}: {why}", path.display())
}
