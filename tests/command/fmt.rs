//! `cadans fmt`: what it writes, prints and leaves alone, and how it ends.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{Run, empty_folder, run_in, run_with_input, write};

const WORN: &str = "never   phone when lead.open ; // why\n";
const LAID_OUT: &str = "never phone when lead.open; // why\n";
const BROKEN: &str = "never phone when (lead.open;\n";

/// A folder of this test's own with these files.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = empty_folder("fmt", name);
    files.iter().for_each(|(file, text)| write(&folder, file, text));
    folder
}

fn fmt(folder: &Path, args: &[&str]) -> Run {
    run_in(folder, &[&["fmt"], args].concat())
}

fn fmt_stdin(args: &[&str], text: &str) -> Run {
    run_with_input(Path::new(env!("CARGO_MANIFEST_DIR")), &[&["fmt"], args].concat(), text.as_bytes())
}

#[test]
fn files_of_a_folder_are_laid_out_and_what_is_so_is_not_written() {
    let folder =
        folder("writes", &[("a.rhai", WORN.as_bytes()), ("b.rhai", LAID_OUT.as_bytes()), ("c.txt", WORN.as_bytes())]);
    let before = fs::metadata(folder.join("b.rhai")).unwrap().modified().unwrap();
    let output = fmt(&folder, &["."]);
    assert_eq!((output.code, output.err.as_str()), (0, ""));
    assert_eq!(output.out, "laid out anew: ./a.rhai\n1 laid out anew, 1 as they were, 0 left alone.\n");
    assert_eq!(fs::read_to_string(folder.join("a.rhai")).unwrap(), LAID_OUT);
    assert_eq!(fs::read_to_string(folder.join("c.txt")).unwrap(), WORN);
    assert_eq!(fs::metadata(folder.join("b.rhai")).unwrap().modified().unwrap(), before);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3, "no file beside them");
}

#[test]
fn check_and_diff_write_nothing_and_end_in_one() {
    let folder = folder("checks", &[("a.rhai", WORN.as_bytes())]);
    let checked = fmt(&folder, &["--check", "a.rhai"]);
    assert_eq!(checked.code, 1);
    assert!(checked.out.starts_with("would be laid out anew: a.rhai\n"), "{}", checked.out);
    let diff = fmt(&folder, &["--diff", "a.rhai"]);
    assert_eq!(diff.code, 1);
    let expected = format!("--- a.rhai\n+++ a.rhai\n@@ -1 +1 @@\n-{WORN}+{LAID_OUT}");
    assert_eq!(diff.out, expected);
    assert_eq!(fs::read_to_string(folder.join("a.rhai")).unwrap(), WORN);
    assert_eq!(fmt(&folder, &["a.rhai"]).code, 0);
    for args in [["--check", "a.rhai"], ["--diff", "a.rhai"]] {
        assert_eq!(fmt(&folder, &args).code, 0, "{args:?}");
    }
    let dutch = fmt(&folder, &["--check", "a.rhai", "--lang", "nl"]);
    assert!(dutch.out.contains("blijven zoals ze zijn"), "{}", dutch.out);
}

#[test]
fn a_file_with_a_syntax_error_is_told_and_left_and_the_others_are_done() {
    let folder = folder("refuses", &[("a.rhai", BROKEN.as_bytes()), ("b.rhai", WORN.as_bytes())]);
    let output = fmt(&folder, &["a.rhai", "b.rhai"]);
    assert_eq!(output.code, 1);
    assert!(
        output.err.contains("unclosed-bracket") && output.err.contains("a.rhai was left as it is"),
        "{}",
        output.err
    );
    assert_eq!(fs::read_to_string(folder.join("a.rhai")).unwrap(), BROKEN);
    assert_eq!(fs::read_to_string(folder.join("b.rhai")).unwrap(), LAID_OUT);
}

#[test]
fn a_file_that_is_not_utf8_or_does_not_exist_is_left_and_told() {
    let latin = b"never phone because \"caf\xe9\" ;";
    let folder = folder("bytes", &[("a.rhai", latin)]);
    let output = fmt(&folder, &["a.rhai"]);
    assert_eq!(output.code, 3);
    assert!(output.err.contains("it is not UTF-8"), "{}", output.err);
    assert_eq!(fs::read(folder.join("a.rhai")).unwrap(), latin);
    assert_eq!(fmt(&folder, &["nowhere.rhai"]).code, 3);
}

#[test]
fn standard_input_is_printed() {
    let output = fmt_stdin(&["-"], WORN);
    assert_eq!((output.code, output.out.as_str(), output.err.as_str()), (0, LAID_OUT, ""));
    assert_eq!(fmt_stdin(&["-"], LAID_OUT).out, LAID_OUT);
    assert_eq!(fmt_stdin(&["-"], "const A = `\u{1b}[1m`;").out, "const A = `\u{1b}[1m`;\n");
    assert_eq!(fmt_stdin(&["-", "--check"], WORN).code, 1);
    assert_eq!(fmt_stdin(&["-", "--check"], LAID_OUT).code, 0);
    assert!(fmt_stdin(&["-", "--diff"], WORN).out.contains("\n-never   phone"));
    let broken = fmt_stdin(&["-"], BROKEN);
    assert_eq!((broken.code, broken.out.as_str()), (1, ""));
    assert_eq!(fmt_stdin(&["-", "a.rhai"], WORN).code, 2);
}
