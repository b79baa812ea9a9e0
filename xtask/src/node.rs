//! Node and the npm packages of the tests. The page and the module need neither.

use std::path::Path;
use std::process::Command;

use crate::run::{find, output, run};

const MISSING: &str = "Node 20 or newer is needed for the module and browser tests; install it from nodejs.org.";

/// `node`, when it is new enough.
///
/// # Errors
/// One line that asks for Node.
pub fn node() -> Result<Command, String> {
    let version = output(Command::new("node").arg("--version")).ok_or(MISSING)?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_some_and(|major| major >= 20) {
        Ok(Command::new("node"))
    } else {
        Err(format!("{MISSING} This machine has {version}."))
    }
}

/// Installs the packages that the lock file in `folder` names, unless that was done since the lock last changed.
///
/// # Errors
/// npm is missing or could not install; it has printed why.
pub fn install_packages(folder: &Path) -> Result<(), String> {
    let changed = |file: &str| folder.join(file).metadata().and_then(|about| about.modified()).ok();
    let (lock, installed) = (changed("package-lock.json"), changed("node_modules/.package-lock.json"));
    if lock.is_some() && lock <= installed {
        return Ok(());
    }
    let npm = find("npm").unwrap_or_else(|| if cfg!(windows) { "npm.cmd" } else { "npm" }.into());
    let mut install = Command::new(npm);
    install.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(folder);
    run(&mut install, "npm is needed for the tests' packages; it comes with Node (nodejs.org) or Debian's package npm.")
}
