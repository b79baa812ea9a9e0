//! Files of leads and other data from the command line: opened, and read up to a size. A file that is larger is refused before it is read, or as soon as it shows.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::failure::Failure;
use super::screen::count;
use cadans::limits;
use cadans::wording::{Language, Sentence};

/// The number of bytes that are read at once.
const PIECE: usize = 1 << 18;

/// A file that is open for reading; `-` is standard input.
pub struct Source {
    /// The name to show.
    pub name: String,
    reader: Box<dyn Read>,
    /// The bytes that may still be read.
    left: u64,
}

impl Source {
    /// Opens a file of at most [`limits::FILE_BYTES`].
    ///
    /// # Errors
    /// When it cannot be opened, or is larger.
    pub fn open(path: &Path, language: Language) -> Result<Self, Failure> {
        let standard_input = path == Path::new("-");
        let name = if standard_input {
            Sentence::new("intake-standard-input").render(language)
        } else {
            path.display().to_string()
        };
        // Standard input is a file too where the shell made it one; what comes through a pipe shows its length at its end.
        let place = if standard_input { Path::new("/dev/stdin") } else { path };
        let length = fs::metadata(place).ok().filter(fs::Metadata::is_file).map(|about| about.len());
        if length.is_some_and(|length| length > FILE_BYTES) {
            return Err(too_large(&name));
        }
        let reader: Box<dyn Read> = if standard_input {
            Box::new(io::stdin().lock())
        } else {
            Box::new(File::open(path).map_err(|error| Failure::read(name.as_str(), &error))?)
        };
        Ok(Self { name, reader, left: FILE_BYTES })
    }

    /// The next bytes, at least `least` of them but for the end of the file; empty at the end.
    ///
    /// # Errors
    /// When they cannot be read, or the file is too large.
    pub fn next(&mut self, least: usize) -> Result<Vec<u8>, Failure> {
        let wanted = least.max(PIECE);
        let mut bytes = Vec::with_capacity(wanted);
        let piece = u64::try_from(wanted).unwrap_or(u64::MAX);
        let read = self.reader.by_ref().take(piece).read_to_end(&mut bytes);
        read.map_err(|error| Failure::read(self.name.as_str(), &error))?;
        let read = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(read).ok_or_else(|| too_large(&self.name))?;
        Ok(bytes)
    }

    /// All bytes that were not read yet.
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub fn rest(&mut self) -> Result<Vec<u8>, Failure> {
        let mut all = Vec::new();
        loop {
            let piece = self.next(PIECE)?;
            if piece.is_empty() {
                return Ok(all);
            }
            all.extend_from_slice(&piece);
        }
    }
}

/// [`limits::FILE_BYTES`], as file systems count.
const FILE_BYTES: u64 = limits::FILE_BYTES as u64;

/// The name to show and the contents of a file; `-` is standard input.
///
/// # Errors
/// When it cannot be read, or is larger than [`limits::FILE_BYTES`].
pub fn bytes(path: &Path, language: Language) -> Result<(String, Vec<u8>), Failure> {
    let mut source = Source::open(path, language)?;
    let bytes = source.rest()?;
    Ok((source.name, bytes))
}

fn too_large(name: &str) -> Failure {
    Failure::contents(Sentence::new("failure-too-large").with("file", name))
        .why(Sentence::new("failure-too-large-why").with("most", count("bytes", limits::FILE_BYTES)))
        .help(Sentence::new("failure-too-large-help"))
}
