//! Installing a package of Debian, where this is Debian and we may.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::run::output;

/// Whether the package could be installed: not without root, nor on another system.
pub fn install(package: &str) -> bool {
    let root = output(Command::new("id").arg("-u")).is_some_and(|user| user == "0");
    if !root || !Path::new("/etc/debian_version").exists() {
        return false;
    }
    println!("No {package} here; installing Debian's package.");
    let apt = |words: &[&str]| {
        let mut apt = Command::new("apt-get");
        apt.args(words).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null()).stdout(Stdio::null());
        apt.status().is_ok_and(|status| status.success())
    };
    // A list that cannot be renewed may still name the package, so only the installation counts.
    let _renewed = apt(&["update", "-qq"]);
    apt(&["install", "-y", "-qq", "--no-install-recommends", package])
}
