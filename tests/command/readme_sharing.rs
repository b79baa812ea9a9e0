//! The section "Sharing rules" of the README: every command in it prints what stands below it. `CADANS_WRITE=1` writes what is printed now, to be
//! read before it is committed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use std::fs;
use std::path::Path;

use crate::process::{command, empty_folder};

const HEADING: &str = "\n## Sharing rules\n";

/// The words of a command line; double quotes hold words together.
fn words(line: &str) -> Vec<String> {
    let (mut all, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => all.push(String::new()),
            c => all.last_mut().unwrap().push(c),
        }
    }
    all
}

/// What a command prints in this folder, with the exit code where it is not 0.
fn printed(line: &str, folder: &Path) -> String {
    let output = command(folder, &words(line)).env("NO_COLOR", "1").output().unwrap();
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let text = lines.join("\n").trim_end().to_owned() + "\n";
    match output.status.code() {
        Some(0) => text,
        code => format!("{text}(exit code {})\n", code.unwrap_or(-1)),
    }
}

#[test]
fn the_walk_through_sharing_rules_prints_what_it_shows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = empty_folder("readme_sharing", "walk");
    for entry in fs::read_dir(root.join("tests/fixtures/sharing")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    }
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let (before, rest) = readme.split_once(HEADING).unwrap();
    let (section, after) = rest.split_at(rest.find("\n## ").unwrap());
    let mut ran = String::new();
    let (mut in_block, mut commands) = (false, 0);
    for line in section.lines() {
        if in_block && line != "```" && !line.starts_with("$ ") {
            continue;
        }
        if let Some(command) = line.strip_prefix("$ cadans ").filter(|_| in_block) {
            let between = if ran.ends_with("```console\n") { "" } else { "\n" };
            ran.push_str(&format!("{between}{line}\n{}", printed(command, &folder)));
            commands += 1;
            continue;
        }
        in_block = line == "```console";
        ran.push_str(line);
        ran.push('\n');
    }
    assert!(commands >= 9, "{commands} commands");
    if std::env::var_os("CADANS_WRITE").is_some() {
        fs::write(root.join("README.md"), format!("{before}{HEADING}{ran}{after}")).unwrap();
    } else {
        assert_eq!(
            section.trim_end(),
            ran.trim_end(),
            "CADANS_WRITE=1 cargo test --test command readme_sharing writes it anew"
        );
    }
}
