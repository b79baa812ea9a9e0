//! What the command does to files, and with files that are not what they should be.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]
#![cfg(unix)]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::process::{CADANS, command, empty_folder};

const MAPPING: &str = r#"{ "leads": { "lead": { "id": "id", "name": "name" } } }"#;
const OLD: &str = "what was there before";

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    empty_folder("files", name)
}

/// A folder with a CSV of 500 leads, its mapping, and an output file that exists.
fn import_folder(name: &str) -> PathBuf {
    let folder = folder(name);
    let rows: String = (0..500).map(|nth| format!("L-{nth},Company {nth}\n")).collect();
    fs::write(folder.join("leads.csv"), format!("id,name\n{rows}")).unwrap();
    fs::write(folder.join("mapping.json"), MAPPING).unwrap();
    fs::write(folder.join("out.json"), OLD).unwrap();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.collect();
    names.sort();
    names
}

fn run_in(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The command within a shell that limits files to one block, so that writing stops in the middle as on a full disk; `trap` says whether
/// the process gets an error (`''`) or is killed there (`-`).
fn import_within_one_block(folder: &Path, trap: &str) -> Output {
    let script = format!(
        "trap {trap} XFSZ; ulimit -f 1; exec {CADANS} import csv leads.csv --mapping mapping.json --out out.json"
    );
    Command::new("sh").args(["-c", &script]).current_dir(folder).output().unwrap()
}

#[test]
fn two_outputs_are_two_files() {
    let folder = import_folder("one-for-two");
    let run = |out: &str, told: &str| {
        run_in(&folder, &["import", "csv", "leads.csv", "--mapping", "mapping.json", "--out", out, "--told", told])
    };
    std::os::unix::fs::symlink("out.json", folder.join("link.json")).unwrap();
    for (out, told) in [("out.json", "out.json"), ("out.json", "link.json"), ("new.json", "./new.json")] {
        let output = run(out, told);
        assert_eq!(code(&output), 2, "{out} {told}: {}", errors(&output));
        assert!(errors(&output).contains("is given for two outputs"), "{}", errors(&output));
    }
    assert_eq!(fs::read_to_string(folder.join("out.json")).unwrap(), OLD);
    assert!(!folder.join("new.json").exists());
    assert_eq!(code(&run("out.json", "told.ndjson")), 0);
}

#[test]
fn a_write_that_fails_leaves_the_old_file_and_no_other() {
    let folder = import_folder("fails");
    let output = import_within_one_block(&folder, "''");
    assert_eq!(code(&output), 3, "{}", errors(&output));
    assert_eq!(fs::read_to_string(folder.join("out.json")).unwrap(), OLD);
    assert_eq!(names(&folder), ["leads.csv", "mapping.json", "out.json"]);
}

#[test]
fn a_process_that_is_killed_while_it_writes_leaves_the_old_file() {
    let folder = import_folder("killed");
    let output = import_within_one_block(&folder, "-");
    assert_eq!(output.status.code(), None, "was not killed");
    assert_eq!(fs::read_to_string(folder.join("out.json")).unwrap(), OLD);
}

#[test]
fn a_complete_file_takes_the_place_of_the_old_one_also_through_a_link() {
    let folder = import_folder("complete");
    std::os::unix::fs::symlink("out.json", folder.join("link.json")).unwrap();
    let output = run_in(&folder, &["import", "csv", "leads.csv", "--mapping", "mapping.json", "--out", "link.json"]);
    assert_eq!(code(&output), 0, "{}", errors(&output));
    assert!(fs::read_to_string(folder.join("out.json")).unwrap().contains("L-499"));
    assert!(folder.join("link.json").is_symlink());
}

#[test]
fn an_output_that_is_an_input_is_refused_by_any_name() {
    let folder = import_folder("input");
    fs::hard_link(folder.join("leads.csv"), folder.join("hard.csv")).unwrap();
    std::os::unix::fs::symlink("mapping.json", folder.join("soft.json")).unwrap();
    let before = fs::read(folder.join("leads.csv")).unwrap();
    for out in ["leads.csv", "./leads.csv", "hard.csv", "mapping.json", "soft.json"] {
        let output = run_in(&folder, &["import", "csv", "leads.csv", "--mapping", "mapping.json", "--out", out]);
        assert_eq!(code(&output), 2, "{out}");
        assert!(errors(&output).contains(out), "{}", errors(&output));
    }
    assert_eq!(fs::read(folder.join("leads.csv")).unwrap(), before);
    assert_eq!(fs::read_to_string(folder.join("mapping.json")).unwrap(), MAPPING);
}

#[test]
fn a_rule_file_that_is_not_utf_8_is_read_and_told_and_the_others_go_on() {
    let folder = folder("encoding");
    fs::write(
        folder.join("latin.rhai"),
        b"// caf\xe9\npack \"A\" #{ version: \"1.0.0\" };\nlimit phone 1 per 1.days;\n",
    )
    .unwrap();
    fs::write(folder.join("good.rhai"), "pack \"B\" #{ version: \"1.0.0\" };\nlimit email 1 per 1.days;\n").unwrap();
    let output = run_in(&folder, &["check", "latin.rhai", "good.rhai", "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", errors(&output));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
    assert_eq!((&found[0]["code"], &found[0]["file"]), (&"unreadable-characters".into(), &"latin.rhai".into()));
    assert_eq!((&found[0]["span"]["line"], &found[0]["span"]["column"]), (&1.into(), &7.into()));
}

#[test]
fn whatever_cannot_be_printed_ends_in_3() {
    let folder = folder("full");
    fs::write(folder.join("rules.rhai"), "limit phone 1 per 1.days;\n").unwrap();
    fs::write(folder.join("leads.json"), r#"{ "leads": [{ "id": "L-1" }, { "id": 7 }] }"#).unwrap();
    let decide = ["decide", "--rules", "rules.rhai", "--leads", "leads.json", "--now", "2026-11-20T10:00:00Z"];
    let csv = [&decide[..], &["--format", "csv"]].concat();
    let json = [&decide[..], &["--format", "json"]].concat();
    let asked: [&[&str]; 7] =
        [&["--help"], &["--version"], &["decide", "--help"], &["check", "rules.rhai"], &decide, &csv, &json];
    for args in asked {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = command(&folder, args).stdout(full).output().unwrap();
        assert_eq!(code(&output), 3, "{args:?}");
        assert!(errors(&output).contains("full"), "{args:?}: {}", errors(&output));
    }
    // The lead that is refused is told on the error stream.
    let full = File::options().write(true).open("/dev/full").unwrap();
    let status = command(&folder, &decide).stdout(Stdio::null()).stderr(full).status();
    assert_eq!(status.unwrap().code(), Some(3));
}

#[test]
fn a_pipe_or_a_device_is_no_rule_file() {
    let folder = folder("pipe");
    assert!(Command::new("mkfifo").arg(folder.join("rules.rhai")).status().unwrap().success());
    for rules in ["rules.rhai", "/dev/zero"] {
        let output = run_in(&folder, &["check", rules]);
        assert_eq!(code(&output), 2);
        assert!(errors(&output).contains(rules), "{}", errors(&output));
    }
}
