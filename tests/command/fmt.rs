//! `cadans fmt`: what it writes, prints and leaves alone, and how it ends.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]
#![cfg(feature = "command")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const WORN: &str = "never   phone when lead.open ; // why\n";
const LAID_OUT: &str = "never phone when lead.open; // why\n";
const BROKEN: &str = "never phone when (lead.open;\n";

/// A folder of this test's own with these files.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("command_fmt").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (file, text) in files {
        fs::write(folder.join(file), text).unwrap();
    }
    folder
}

fn fmt(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cadans"));
    command.arg("fmt").args(args).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

fn fmt_stdin(args: &[&str], text: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cadans"));
    command.arg("fmt").args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Whoever refuses the arguments reads nothing.
    if let Err(why) = child.stdin.take().unwrap().write_all(text.as_bytes()) {
        assert_eq!(why.kind(), std::io::ErrorKind::BrokenPipe);
    }
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

#[test]
fn files_of_a_folder_are_laid_out_and_what_is_so_is_not_written() {
    let folder =
        folder("writes", &[("a.rhai", WORN.as_bytes()), ("b.rhai", LAID_OUT.as_bytes()), ("c.txt", WORN.as_bytes())]);
    let before = fs::metadata(folder.join("b.rhai")).unwrap().modified().unwrap();
    let output = fmt(&folder, &["."]);
    assert_eq!((code(&output), err(&output)), (0, ""));
    assert_eq!(out(&output), "laid out anew: ./a.rhai\n1 laid out anew, 1 as they were, 0 left alone.\n");
    assert_eq!(fs::read_to_string(folder.join("a.rhai")).unwrap(), LAID_OUT);
    assert_eq!(fs::read_to_string(folder.join("c.txt")).unwrap(), WORN);
    assert_eq!(fs::metadata(folder.join("b.rhai")).unwrap().modified().unwrap(), before);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3, "no file beside them");
}

#[test]
fn check_and_diff_write_nothing_and_end_in_one() {
    let folder = folder("checks", &[("a.rhai", WORN.as_bytes())]);
    let checked = fmt(&folder, &["--check", "a.rhai"]);
    assert_eq!(code(&checked), 1);
    assert!(out(&checked).starts_with("would be laid out anew: a.rhai\n"), "{}", out(&checked));
    let diff = fmt(&folder, &["--diff", "a.rhai"]);
    assert_eq!(code(&diff), 1);
    let expected = format!("--- a.rhai\n+++ a.rhai\n@@ -1 +1 @@\n-{WORN}+{LAID_OUT}");
    assert_eq!(out(&diff), expected);
    assert_eq!(fs::read_to_string(folder.join("a.rhai")).unwrap(), WORN);
    assert_eq!(code(&fmt(&folder, &["a.rhai"])), 0);
    for args in [["--check", "a.rhai"], ["--diff", "a.rhai"]] {
        assert_eq!(code(&fmt(&folder, &args)), 0, "{args:?}");
    }
    let dutch = fmt(&folder, &["--check", "a.rhai", "--lang", "nl"]);
    assert!(out(&dutch).contains("blijven zoals ze zijn"), "{}", out(&dutch));
}

#[test]
fn a_file_with_a_syntax_error_is_told_and_left_and_the_others_are_done() {
    let folder = folder("refuses", &[("a.rhai", BROKEN.as_bytes()), ("b.rhai", WORN.as_bytes())]);
    let output = fmt(&folder, &["a.rhai", "b.rhai"]);
    assert_eq!(code(&output), 1);
    assert!(
        err(&output).contains("unclosed-bracket") && err(&output).contains("a.rhai was left as it is"),
        "{}",
        err(&output)
    );
    assert_eq!(fs::read_to_string(folder.join("a.rhai")).unwrap(), BROKEN);
    assert_eq!(fs::read_to_string(folder.join("b.rhai")).unwrap(), LAID_OUT);
}

#[test]
fn a_file_that_is_not_utf8_or_does_not_exist_is_left_and_told() {
    let latin = b"never phone because \"caf\xe9\" ;";
    let folder = folder("bytes", &[("a.rhai", latin)]);
    let output = fmt(&folder, &["a.rhai"]);
    assert_eq!(code(&output), 3);
    assert!(err(&output).contains("it is not UTF-8"), "{}", err(&output));
    assert_eq!(fs::read(folder.join("a.rhai")).unwrap(), latin);
    assert_eq!(code(&fmt(&folder, &["nowhere.rhai"])), 3);
}

#[test]
fn standard_input_is_printed() {
    let output = fmt_stdin(&["-"], WORN);
    assert_eq!((code(&output), out(&output), err(&output)), (0, LAID_OUT, ""));
    assert_eq!(out(&fmt_stdin(&["-"], LAID_OUT)), LAID_OUT);
    assert_eq!(out(&fmt_stdin(&["-"], "const A = `\u{1b}[1m`;")), "const A = `\u{1b}[1m`;\n");
    assert_eq!(code(&fmt_stdin(&["-", "--check"], WORN)), 1);
    assert_eq!(code(&fmt_stdin(&["-", "--check"], LAID_OUT)), 0);
    assert!(out(&fmt_stdin(&["-", "--diff"], WORN)).contains("\n-never   phone"));
    let broken = fmt_stdin(&["-"], BROKEN);
    assert_eq!((code(&broken), out(&broken)), (1, ""));
    assert_eq!(code(&fmt_stdin(&["-", "a.rhai"], WORN)), 2);
}
