//! The layers of `src/`: a folder uses only itself and what stands before it in [`LAYERS`]. DESIGN.md section 4 draws the same order.
//!
//! A name that a `mod.rs` re-exports counts for the folder it comes from, so that a façade hides no upward use.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test that panics has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// From the lowest to the highest: files and folders of `src/`. A file belongs to the longest entry that it starts with.
const LAYERS: &[&str] = &[
    "limits.rs",
    "order.rs",
    "lock.rs",
    "wording",
    "calendar",
    "book",
    "book/ingest",
    "book/table",
    "book/import",
    // The second opinion on decisions: so low that it can use nothing of what decides.
    "simulate/audit",
    "diagnostics",
    "pack",
    "evaluate",
    "check",
    "language",
    "columnar",
    "decide/advice.rs",
    "decide/context",
    "decide/schedule",
    "decide/gates",
    "decide/propose",
    "decide/choose",
    "decide/explain",
    "decide/batch",
    "decide",
    "examples",
    "plan",
    "simulate",
    "team",
    // For authors of rules, with the feature `editing`.
    "format",
    "analysis",
    "coverage",
    "compare",
    "manifest",
    "handover",
    "editor",
    // For programs with a disk, with the feature `files`.
    "files",
    "wasm",
    "lib.rs",
];

/// The place of a file of `src/` among the layers; `None` for one that no layer names.
fn layer_of(file: &str) -> Option<usize> {
    let holds = |layer: &str| file == layer || file.strip_prefix(layer).is_some_and(|rest| rest.starts_with('/'));
    (0..LAYERS.len()).filter(|place| holds(LAYERS[*place])).max_by_key(|place| LAYERS[*place].len())
}

/// The paths that start with `crate::` or `super::` in a line of code, as segments from the crate's root. `folder` are the segments of the
/// module that the line stands in.
fn paths(line: &str, module: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let code = line.split("//").next().unwrap_or_default();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            if code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':') {
                continue;
            }
            let word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
            let path: String = code[at..].chars().take_while(|c| word(*c)).collect();
            let (path, group) = (path.trim_end_matches(':'), code[at + path.len()..].strip_prefix('{'));
            let mut root = module.to_vec();
            let mut segments: Vec<String> = Vec::new();
            for segment in path.split("::") {
                match segment {
                    "crate" => root.clear(),
                    "super" => drop(root.pop()),
                    name => segments.push(name.to_owned()),
                }
            }
            let base = [root, segments].concat();
            match group {
                // `use crate::book::{Lead, columns::Page};`: rustfmt keeps a short group on one line.
                Some(group) => found.extend(group.split('}').next().unwrap_or_default().split(',').map(|item| {
                    let item = item.trim().split("::").next().unwrap_or_default();
                    base.iter().cloned().chain(Some(item.to_owned()).filter(|item| item != "self")).collect()
                })),
                None => found.push(base),
            }
        }
    }
    found
}

/// Every Rust file below a folder.
fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Every use in `files` (name within `src/`, text) that runs to a higher layer, with file and line.
fn upward_uses(files: &BTreeMap<String, String>) -> Vec<String> {
    let module = |file: &str| -> Vec<String> {
        let name = file.trim_end_matches(".rs").trim_end_matches("mod").trim_end_matches('/');
        if name == "lib" { Vec::new() } else { name.split('/').map(str::to_owned).collect() }
    };
    let modules: BTreeMap<Vec<String>, &str> = files.keys().map(|file| (module(file), file.as_str())).collect();
    // What a module re-exports: name and the path it has there.
    let mut exported: BTreeMap<(Vec<String>, String), Vec<String>> = BTreeMap::new();
    let statements = |text: &str| -> Vec<(usize, String)> {
        let mut all: Vec<(usize, String)> = Vec::new();
        let mut open: Option<(usize, String)> = None;
        for (nth, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default().trim();
            let begins = code.starts_with("use ") || (code.starts_with("pub") && code.contains(" use "));
            match open.as_mut() {
                Some((_, whole)) => whole.push_str(code),
                None if begins => open = Some((nth + 1, code.to_owned())),
                None => all.push((nth + 1, line.to_owned())),
            }
            if open.as_ref().is_some_and(|(_, whole)| whole.ends_with(';')) {
                all.extend(open.take());
            }
        }
        all
    };
    for (file, text) in files {
        let here = module(file);
        for (_, line) in statements(text) {
            let Some((visible, path)) = line.split_once("use ").filter(|(before, _)| before.starts_with("pub")) else {
                continue;
            };
            let first = path.split("::").next().unwrap_or_default();
            let child = [here.clone(), vec![first.to_owned()]].concat();
            let path = if modules.contains_key(&child) {
                format!("{visible}use crate::{}::{path}", here.join("::"))
            } else {
                line.clone()
            };
            for target in paths(&path, &here) {
                if let Some(name) = target.last() {
                    exported.insert((here.clone(), name.clone()), target.clone());
                }
            }
        }
    }
    let file_of = |path: &[String]| -> Option<&str> {
        let mut path = path.to_vec();
        for _ in 0..4 {
            let split = (0..=path.len()).rev().find(|length| modules.contains_key(&path[..*length]))?;
            let name = path.get(split).cloned().unwrap_or_default();
            match exported.get(&(path[..split].to_vec(), name)) {
                Some(target) => path = [target.clone(), path[split + 1..].to_vec()].concat(),
                None => return modules.get(&path[..split]).copied(),
            }
        }
        None
    };
    let mut upward = Vec::new();
    for (file, text) in files {
        let Some(here) = layer_of(file) else {
            upward.push(format!("src/{file}: no layer names this file"));
            continue;
        };
        let tests = text.lines().position(|line| line.contains("mod tests {")).unwrap_or(usize::MAX);
        for (nth, line) in statements(text) {
            let mut module = module(file);
            module.extend((nth > tests).then(|| "tests".to_owned()));
            for path in paths(&line, &module) {
                let target = file_of(&path).and_then(|target| Some((target, layer_of(target)?)));
                if let Some((target, _)) = target.filter(|(_, layer)| *layer > here) {
                    upward.push(format!("src/{file}:{nth}: uses {target}, which is a higher layer"));
                }
            }
        }
    }
    upward
}

fn source_files() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    let name = |file: &Path| file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    // The command (`main.rs`, `cli/`) is a crate of its own: the compiler keeps the library from using it.
    let library = files.iter().filter(|file| !name(file).starts_with("cli/") && name(file) != "main.rs");
    library.map(|file| (name(file), fs::read_to_string(file).unwrap())).collect()
}

#[test]
fn no_folder_uses_a_higher_layer() {
    let upward = upward_uses(&source_files());
    assert!(upward.is_empty(), "{} uses run upwards:\n{}", upward.len(), upward.join("\n"));
}

#[test]
fn an_upward_use_is_found_with_its_file_and_line() {
    for (planted, found) in [
        ("use crate::decide::Decider;\n", "decide"),
        ("use crate::language::{\n    Rulebook,\n};\n", "language"),
        ("fn planted() { super::super::columnar::planted(); }\n", "columnar"),
        ("use crate::book::ingest::Intake;\n", "book/ingest"),
    ] {
        let mut files = source_files();
        let file = files.get_mut("calendar/zone.rs").unwrap();
        file.insert_str(0, planted);
        let upward = upward_uses(&files);
        assert!(
            upward.iter().any(|line| line.starts_with("src/calendar/zone.rs:1: ") && line.contains(found)),
            "{planted}: {upward:?}"
        );
    }
}
