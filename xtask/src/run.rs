//! Running other programs, with their faults told in one line.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder with the project's `Cargo.toml`.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// The cargo that runs this task, so that both use the same toolchain.
pub fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
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
