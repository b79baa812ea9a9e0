//! `cargo xtask bench`: how long Cadans takes beside other engines, in one run. The comparison itself is in `benches/`.

use std::process::Command;

use crate::run::{cargo, heading, output, root, run, target_folder};
use crate::{chromium, node, pack};

/// What the bench was asked to do.
#[derive(Default)]
pub struct Options {
    quick: bool,
    no_browser: bool,
    date: Option<String>,
}

impl Options {
    /// Reads the words after `bench`.
    ///
    /// # Errors
    /// Names the word that is not understood.
    pub fn read(words: &[&str]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(&word) = words.next() {
            match word {
                "--quick" => options.quick = true,
                "--no-browser" => options.no_browser = true,
                "--date" => {
                    let date = words.next().ok_or("--date takes the day of the run, such as 2026-11-22.")?;
                    options.date = Some((*date).to_owned());
                }
                other => {
                    return Err(format!(
                        "bench does not know \"{other}\"; it takes --quick, --no-browser and --date D."
                    ));
                }
            }
        }
        Ok(options)
    }
}

/// Builds what is measured, installs what it is measured beside, runs the comparison and prints it. The long run also writes
/// `benches/RESULTS.md`.
///
/// # Errors
/// A step failed, or an engine decided otherwise than the others; the sentence says which.
pub fn bench(options: &Options) -> Result<(), String> {
    heading("Building the WebAssembly module");
    pack::pack()?;
    heading("Building the command and the native program");
    for programs in
        [&["cadans", "--bin", "cadans", "--example", "native_bench"][..], &["generate", "--bin", "generate"]]
    {
        run(
            cargo().args(["build", "--quiet", "--release", "--package"]).args(programs),
            "cargo could not be started.",
        )?;
    }
    heading("The packages to compare with");
    let folder = root().join("benches");
    node::install_packages(&folder)?;
    heading(if options.quick {
        "The comparison, in short: two or three minutes"
    } else {
        "The comparison: about ten minutes"
    });
    let mut node = node::node()?;
    node.args(["--no-warnings", "--max-old-space-size=8000", "bench.mjs"]).current_dir(&folder);
    let built = target_folder().join("release");
    node.env("CADANS_NATIVE", built.join("examples/native_bench")).env("CADANS_COMMAND", built.join("cadans"));
    node.env("CADANS_GENERATE", built.join("generate"));
    if let Some(version) = output(Command::new("rustc").arg("--version").current_dir(root())) {
        node.env("CADANS_RUSTC", version);
    }
    if options.no_browser {
        node.arg("--no-browser");
    } else {
        let chromium = chromium::find_or_install()?;
        node.env("CADANS_CHROMIUM", &chromium.program).envs(chromium.environment);
    }
    if options.quick {
        node.arg("--quick");
    }
    if let Some(date) = &options.date {
        node.args(["--date", date]);
    }
    run(&mut node, "Node could not be started.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_and_others_are_named() {
        let read = Options::read(&["--quick", "--date", "2026-11-22"]);
        assert!(read.is_ok_and(|read| read.quick && read.date.as_deref() == Some("2026-11-22")));
        assert!(Options::read(&["--fast"]).is_err_and(|why| why.contains("--fast") && why.contains("--quick")));
        assert!(Options::read(&["--date"]).is_err_and(|why| why.contains("--date")));
    }
}
