//! The packs of a session: those that are open in the editor, and those in its folders.
//!
//! What is open counts as the editor has it; any other file as it is on the disk. The files of the folders are read when the session begins, and again
//! when the editor says that they changed.

use std::fs;
use std::path::{Path, PathBuf};

use cadans::files;
use cadans::language::PackSource;
use cadans::limits;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::rulebooks::{self, OpenRulebook};

/// Folders that hold no packs, or packs that are wrong on purpose.
const PASSED_OVER: &[&str] = &["target", "node_modules", "broken"];

/// Files and folders of one workspace folder that are looked at.
const ENTRIES: usize = 20_000;

/// What is written as it is in the path of an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A pack of the session.
pub struct OpenPack {
    /// Its address, as the editor writes it.
    pub uri: String,
    /// Its file and its text.
    pub source: PackSource,
    /// Whether the editor has it open.
    pub is_open: bool,
    /// The version of an open text.
    pub version: Option<i32>,
}

/// The packs of a session, in the order of their files.
#[derive(Default)]
pub struct Workspace {
    folders: Vec<PathBuf>,
    /// Each `rulebook.toml` in the folders. One that cannot be read counts as none.
    pub rulebooks: Vec<OpenRulebook>,
    pub packs: Vec<OpenPack>,
}

impl Workspace {
    /// Adds a folder of the editor. An address that is no file is left out.
    pub fn add_folder(&mut self, uri: &str) {
        self.folders.extend(path_of(uri));
    }

    pub fn remove_folder(&mut self, uri: &str) {
        let path = path_of(uri);
        self.folders.retain(|folder| Some(folder) != path.as_ref());
    }

    /// Reads the files of the folders again. Open packs stay as they are.
    pub fn read_folders(&mut self) {
        self.packs.retain(|pack| pack.is_open);
        let mut found = Found::default();
        for folder in &self.folders {
            found.gather(folder, &mut ENTRIES.clone());
        }
        let read = |path: PathBuf| {
            let texts = files::read_manifest(&path).ok()??;
            Some(OpenRulebook { folder: files::folder_of(&path), texts })
        };
        self.rulebooks = found.rulebooks.into_iter().filter_map(read).collect();
        for path in found.packs {
            let file = files::called(&path);
            if self.packs.len() >= limits::PACKS {
                break;
            }
            if self.find_file(&file).is_none()
                && let Ok(text) = files::text(&path, limits::PACK_BYTES)
            {
                let uri = format!("file://{}", encoded(&file));
                self.insert(OpenPack { uri, source: PackSource { file, text }, is_open: false, version: None });
            }
        }
    }

    /// Takes a pack as the editor has it.
    pub fn open(&mut self, uri: &str, text: String, version: i32) {
        let file = file_of(uri);
        self.packs.retain(|pack| pack.source.file != file);
        let source = PackSource { file, text };
        self.insert(OpenPack { uri: uri.to_owned(), source, is_open: true, version: Some(version) });
    }

    /// Takes a pack as it is on the disk again, where it lies in a folder; else it is no longer one of the session.
    pub fn close(&mut self, uri: &str) {
        let file = file_of(uri);
        self.packs.retain(|pack| pack.source.file != file);
        self.read_folders();
    }

    fn insert(&mut self, pack: OpenPack) {
        let place = self.packs.partition_point(|other| other.source.file < pack.source.file);
        self.packs.insert(place, pack);
    }

    /// The pack of an address.
    pub fn find(&self, uri: &str) -> Option<&OpenPack> {
        self.find_file(&file_of(uri))
    }

    pub fn find_mut(&mut self, uri: &str) -> Option<&mut OpenPack> {
        let file = file_of(uri);
        self.packs.iter_mut().find(|pack| pack.source.file == file)
    }

    /// The pack of a file.
    pub fn find_file(&self, file: &str) -> Option<&OpenPack> {
        self.packs.iter().find(|pack| pack.source.file == file)
    }

    /// The texts of all packs.
    pub fn sources(&self) -> Vec<PackSource> {
        self.packs.iter().map(|pack| pack.source.clone()).collect()
    }
}

/// The path of a `file:` address; `None` for any other.
fn path_of(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let path = rest.find('/').and_then(|slash| rest.get(slash..)).unwrap_or(rest);
    let path = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    // On Windows the path of an address is `/c:/...`.
    let drive = path.strip_prefix('/').filter(|rest| rest.as_bytes().get(1) == Some(&b':'));
    Some(PathBuf::from(drive.unwrap_or(&path)))
}

/// The name of the file of an address; the address itself where it is no file.
fn file_of(uri: &str) -> String {
    path_of(uri).map_or_else(|| uri.to_owned(), |path| files::called(&path))
}

/// The path of an address of a file.
fn encoded(file: &str) -> String {
    let slash = if file.starts_with('/') { "" } else { "/" };
    format!("{slash}{}", utf8_percent_encode(file, PATH))
}

/// What there is in the folders, in path order.
#[derive(Default)]
struct Found {
    packs: Vec<PathBuf>,
    rulebooks: Vec<PathBuf>,
}

impl Found {
    /// Adds the files of a folder, all the way down, as long as `left` allows. What cannot be read is left out; links are not followed.
    fn gather(&mut self, folder: &Path, left: &mut usize) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        let mut entries: Vec<PathBuf> = entries.take(*left).filter_map(|entry| Some(entry.ok()?.path())).collect();
        *left -= entries.len().min(*left);
        entries.sort();
        for path in entries {
            let Ok(about) = fs::symlink_metadata(&path) else { continue };
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if about.is_dir() && !name.starts_with('.') && !PASSED_OVER.contains(&name.as_str()) {
                self.gather(&path, left);
            } else if about.is_file() && name == rulebooks::FILE && self.rulebooks.len() < limits::PACKS {
                self.rulebooks.push(path);
            } else if about.is_file() && name.ends_with(".rhai") && self.packs.len() < limits::PACKS {
                self.packs.push(path);
            }
        }
    }
}
