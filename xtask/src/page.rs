//! The files that the page reads beside its own: a copy of the packs in `rules/` with an index of them.
//!
//! A static server cannot list a folder, hence the index. Invariant: `www/` after this step is the whole site.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::root;

/// The packs that the demo decides with, in the terminal and in the page: files, or folders with all that is in them.
pub const IN_FORCE: [&str; 3] = ["inside-sales.rhai", "answers.rhai", "contact-policy"];

/// The morning for which the sample leads were made.
pub const NOW: &str = "2026-11-20T10:00:00+01:00";

/// Packs with a slip each, for learning to read messages; nothing to choose for work.
const LEFT_OUT: &str = "broken";

/// Copies `rules/**/*.rhai` to `www/rules/` and writes `www/rules/index.json`: `{"packs": [...], "inForce": [...], "now":
/// ...}`, paths in order.
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
        names.push(name.to_string_lossy().replace('\\', "/"));
    }
    // The first one is what the page shows.
    let in_force = IN_FORCE.iter().flat_map(|each| names.iter().filter(move |name| Path::new(name).starts_with(each)));
    let list = |names: Vec<&String>| names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    let (packs, in_force) = (list(names.iter().collect()), list(in_force.collect()));
    fs::create_dir_all(&into).map_err(|why| told(&into, &why))?;
    let index = into.join("index.json");
    fs::write(&index, format!("{{\"packs\": [{packs}],\n \"inForce\": [{in_force}],\n \"now\": \"{NOW}\"}}\n"))
        .map_err(|why| told(&index, &why))?;
    list_files(&root().join("www"))
}

/// Writes `files.json`, the files of the page by their paths, for the service worker, which keeps them for when there is no network. Left
/// out is what a browser does not ask for: types and notes for people, entries for other hosts, and pages that are not this one.
fn list_files(site: &Path) -> Result<(), String> {
    let mut files = Vec::new();
    find_files(site, &mut files)?;
    let mut names: Vec<String> = files
        .iter()
        .filter_map(|file| file.strip_prefix(site).ok())
        .map(|name| name.to_string_lossy().replace('\\', "/"))
        .filter(|name| !name.starts_with(OTHER_PAGES) && !NOT_ASKED_FOR.iter().any(|end| name.ends_with(end)))
        .collect();
    names.sort();
    let names = names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(",\n ");
    let list = site.join("files.json");
    fs::write(&list, format!("{{\"files\": [{names}]}}\n")).map_err(|why| told(&list, &why))
}

const NOT_ASKED_FOR: [&str; 10] = [
    ".d.ts",
    ".md",
    ".grammar",
    "tsconfig.json",
    "package.json",
    "files.json",
    "service-worker.js",
    ".gitignore",
    ".node.js",
    ".workerd.js",
];

/// The console that shows how the custom elements are embedded; a page by itself.
const OTHER_PAGES: &str = "examples/";

fn find_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    for entry in fs::read_dir(folder).map_err(|why| told(folder, &why))? {
        let path = entry.map_err(|why| told(folder, &why))?.path();
        if path.is_dir() { find_files(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

fn find_packs(folder: &Path, packs: &mut Vec<PathBuf>) -> Result<(), String> {
    for entry in fs::read_dir(folder).map_err(|why| told(folder, &why))? {
        let path = entry.map_err(|why| told(folder, &why))?.path();
        if path.is_dir() && !path.ends_with(LEFT_OUT) {
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
