//! Data sets of real systems, for the tests that need them. They are not in the repository.
//!
//! The variable `CADANS_DATA` names their folder. A test that does not find its data ends without having tested anything. So that
//! nobody takes that for a success, it says so on standard error, and adds a line with the folder to the file that `CADANS_SKIPPED`
//! names, when that is set. `cargo xtask test` sets it and tells how many tests were skipped.

use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::panic::Location;
use std::path::{Path, PathBuf};

/// The folder of data sets: what `CADANS_DATA` names, else one beside the repository.
fn data() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).map(|folder| folder.join("shared/data"));
    std::env::var_os("CADANS_DATA").map(PathBuf::from).or_else(beside).expect("the repository lies in a folder")
}

/// The bytes of these files in the folder of data sets, in order, unpacked where a name ends in `.gz`. `None` when one of them is
/// not there: the caller is then a skipped test and must end.
#[track_caller]
pub fn files<const COUNT: usize>(names: [&str; COUNT]) -> Option<[Vec<u8>; COUNT]> {
    let paths = names.map(|name| data().join(name));
    if let Some(missing) = paths.iter().find(|path| !path.is_file()) {
        skip(missing);
        return None;
    }
    Some(paths.map(|path| read(&path)))
}

/// All files of a folder in the folder of data sets with their names, in the order of their names. `None` when the folder is not
/// there: the caller is then a skipped test and must end.
#[track_caller]
pub fn folder(name: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let folder = data().join(name);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        skip(&folder);
        return None;
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Some(paths.iter().map(|path| (name(path), read(path))).collect())
}

/// Tells that the test which called this module is skipped.
#[track_caller]
fn skip(missing: &Path) {
    let told = format!("{}: skipped, there is no {} (set CADANS_DATA)\n", Location::caller(), missing.display());
    // Written as it is, because the test runner holds back what `eprintln!` writes.
    std::io::stderr().write_all(told.as_bytes()).expect("standard error can be written");
    if let Some(file) = std::env::var_os("CADANS_SKIPPED") {
        let opened = OpenOptions::new().create(true).append(true).open(file);
        let line = format!("{}\n", data().display());
        opened.and_then(|mut file| file.write_all(line.as_bytes())).expect("the file of CADANS_SKIPPED can be written");
    }
}

fn read(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    if path.extension().is_none_or(|extension| extension != "gz") {
        return bytes;
    }
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut text).expect("a gzip file");
    text
}
