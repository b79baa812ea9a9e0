//! What the command says about packs that are broken on purpose: `tests/corpus/broken/`, a folder a case.
//!
//! `says.txt` of a case has commands with how each ends and what it must say, written by hand (the folder's README tells how). The command runs
//! in a copy of the case, and no file of it may change.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{command, empty_folder, write};

/// A command of a case.
struct Said {
    line: usize,
    args: Vec<String>,
    exit: i32,
    /// What must occur in what it prints, in this order.
    words: Vec<String>,
}

fn read(path: &Path) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    for (number, line) in fs::read_to_string(path).unwrap().lines().enumerate() {
        let place = || format!("{}:{}", path.display(), number + 1);
        if let Some(command) = line.strip_prefix("$ cadans ") {
            let args = command.split(' ').map(str::to_owned).collect();
            all.push(Said { line: number + 1, args, exit: 0, words: Vec::new() });
        } else if let Some(exit) = line.strip_prefix("exit ") {
            all.last_mut().unwrap_or_else(|| panic!("{}: no command", place())).exit = exit.parse().unwrap();
        } else if let Some(words) = line.strip_prefix("> ") {
            all.last_mut().unwrap_or_else(|| panic!("{}: no command", place())).words.push(words.to_owned());
        } else {
            assert!(line.is_empty() || line.starts_with('#'), "{}: {line}", place());
        }
    }
    all
}

/// The files below a folder with their bytes, by path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(
                files(&path)
                    .into_iter()
                    .map(|(below, bytes)| (Path::new(path.file_name().unwrap()).join(below), bytes)),
            );
        } else {
            all.insert(PathBuf::from(path.file_name().unwrap()), fs::read(&path).unwrap());
        }
    }
    all
}

/// The words of a text with one space between them, the lines and marks of its frames left out.
fn words(text: &str) -> String {
    let is_frame = |word: &&str| !word.chars().all(|c| "│─╭╰╯╮·×⚠┬".contains(c));
    text.split_whitespace().filter(is_frame).collect::<Vec<&str>>().join(" ")
}

#[test]
fn broken_packs_are_told_as_written_and_left_as_they_are() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/broken");
    let mut wrong = Vec::new();
    let (mut cases, mut commands) = (0, 0);
    for entry in fs::read_dir(&corpus).unwrap() {
        let case = entry.unwrap().path();
        // Files to hand over have a test of their own (`handover.rs`).
        if !case.join("says.txt").exists() {
            continue;
        }
        cases += 1;
        let before = files(&case);
        let copy = empty_folder("broken", case.file_name().unwrap().to_str().unwrap());
        before.iter().for_each(|(path, bytes)| write(&copy, path, bytes));
        for said in read(&case.join("says.txt")) {
            commands += 1;
            let mut command = command(&copy, &said.args);
            command.env("COLUMNS", "200").env("NO_COLOR", "1");
            // No folder above may count as the history of the copy.
            command.env("GIT_CEILING_DIRECTORIES", env!("CARGO_TARGET_TMPDIR"));
            let output = command.output().unwrap();
            let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).join("\n");
            let (mut rest, whole) = (words(&printed), words(&printed));
            let mut missing = Vec::new();
            for wanted in &said.words {
                match rest.split_once(words(wanted).as_str()) {
                    Some((_, behind)) => rest = behind.to_owned(),
                    None => missing.push(wanted),
                }
            }
            let exit = output.status.code();
            if exit != Some(said.exit) || !missing.is_empty() || said.words.is_empty() {
                wrong.push(format!(
                    "{}/says.txt:{}: exit {exit:?}, without {missing:?}:\n{whole}\n",
                    case.display(),
                    said.line
                ));
            }
            if files(&copy) != before {
                wrong.push(format!("{}/says.txt:{}: files were changed\n", case.display(), said.line));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases >= 12 && commands >= 30, "{cases} cases, {commands} commands");
}
