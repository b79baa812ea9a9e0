//! Finding a Firefox for the page's tests, or getting one: the one that `CADANS_FIREFOX` names, one on the machine, or Debian's package.

use std::path::PathBuf;
use std::process::Command;

use crate::debian;
use crate::run::{find, output};

const NAMES: [&str; 2] = ["firefox-esr", "firefox"];
const MAC: &str = "/Applications/Firefox.app/Contents/MacOS/firefox";

/// The program of a Firefox that starts, or none: without root there may be no way to get one.
pub fn find_or_install() -> Option<PathBuf> {
    let named = std::env::var_os("CADANS_FIREFOX").map(PathBuf::from);
    if named.is_some() {
        return named.filter(starts);
    }
    on_this_machine().or_else(|| if debian::install(NAMES[0]) { on_this_machine() } else { None })
}

fn on_this_machine() -> Option<PathBuf> {
    NAMES.iter().filter_map(|name| find(name)).chain([PathBuf::from(MAC)]).find(starts)
}

fn starts(program: &PathBuf) -> bool {
    output(Command::new(program).args(["--headless", "--version"])).is_some_and(|version| version.contains("Firefox"))
}
