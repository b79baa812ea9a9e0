//! What the tests of the command share: running it in a folder, and what came of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed")]

use std::ffi::OsStr;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program.
pub const CADANS: &str = env!("CARGO_BIN_EXE_cadans");

/// What a run printed, and its exit code: -1 for one that was killed.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// What was printed, as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("no JSON: {error}\n{}\n{}", self.out, self.err))
    }

    /// The exit code and both streams.
    pub fn parts(self) -> (i32, String, String) {
        (self.code, self.out, self.err)
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        Self { code: output.status.code().unwrap_or(-1), out, err }
    }
}

/// The command in a folder, with nothing to read, on a screen of 100 columns.
pub fn command(folder: &Path, args: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(CADANS);
    command.args(args).current_dir(folder).env("COLUMNS", "100").env_remove("CLICOLOR_FORCE").stdin(Stdio::null());
    command
}

/// Runs the command in a folder.
pub fn run_in(folder: &Path, args: &[impl AsRef<OsStr>]) -> Run {
    command(folder, args).output().unwrap().into()
}

/// Runs the command in a folder with a text to read from its standard input.
pub fn run_with_input(folder: &Path, args: &[impl AsRef<OsStr>], input: &[u8]) -> Run {
    let mut command = command(folder, args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Whoever refuses the arguments reads nothing.
    if let Err(why) = child.stdin.take().unwrap().write_all(input) {
        assert_eq!(why.kind(), ErrorKind::BrokenPipe);
    }
    child.wait_with_output().unwrap().into()
}

/// An empty folder for one test, by the names of its file and of the test.
pub fn empty_folder(file: &str, test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("command").join(file).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Writes a file of a folder, and the folders on the way to it.
pub fn write(folder: &Path, file: impl AsRef<Path>, text: impl AsRef<[u8]>) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
