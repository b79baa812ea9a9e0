//! Running other programs, with their faults told in one line.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// The folder with the project's `Cargo.toml`.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// The cargo that runs this task, so that both use the same toolchain. Where nothing was built yet it keeps no parts of crates for a next
/// build ("incremental"), which takes a sixth of the time.
pub fn cargo() -> Command {
    static FROM_NOTHING: OnceLock<bool> = OnceLock::new();
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    if *FROM_NOTHING.get_or_init(|| !keeps_parts_of_the_library()) && std::env::var_os(INCREMENTAL).is_none() {
        cargo.env(INCREMENTAL, "0");
    }
    cargo
}

const INCREMENTAL: &str = "CARGO_INCREMENTAL";

/// Whether an earlier build, not of these tasks, kept parts of the library; without them cargo would build all of it again.
fn keeps_parts_of_the_library() -> bool {
    let kept = std::fs::read_dir(target_folder().join("debug/incremental"));
    kept.is_ok_and(|kept| kept.flatten().any(|folder| folder.file_name().to_string_lossy().starts_with("cadans-")))
}

/// Where cargo puts what it builds.
pub fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// A line that says which part begins.
pub fn heading(text: &str) {
    println!("\n== {text}");
}

/// Runs `command` with its output on the terminal.
///
/// # Errors
/// The program is not there (`missing` says what to do), or it ended with a fault.
pub fn run(command: &mut Command, missing: &str) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name} ended with {status}; what it printed above says why.")),
        Err(_) => Err(missing.to_owned()),
    }
}

/// What `command` prints on its standard output, or `None` when it is not there or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The place of a program in the search path.
pub fn find(program: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&paths).map(|folder| folder.join(&name)).find(|file| file.is_file())
}
