//! Real data sets that nobody here wrote. They lie beside the repository, never in it; where they are absent a test says so and ends.

use std::io::Read;
use std::path::{Path, PathBuf};

fn place(name: &str) -> Option<PathBuf> {
    let place = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    if !place.exists() {
        println!("skipped: {name} is not beside the repository");
        return None;
    }
    Some(place)
}

/// The bytes of a file, unpacked when it is packed.
pub fn file(name: &str) -> Option<Vec<u8>> {
    place(name).map(|path| read(&path))
}

/// The files of a folder with their names, in the order of their names.
pub fn folder(name: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let entries = std::fs::read_dir(place(name)?).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Some(paths.iter().map(|path| (name(path), read(path))).collect())
}

fn read(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).expect("a readable file");
    if path.extension().is_none_or(|extension| extension != "gz") {
        return bytes;
    }
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut text).expect("a gzip file");
    text
}
