//! `cargo xtask test`: the checks, then every test there is, in parts. A part that fails does not keep the next from running.

use std::path::{Path, PathBuf};

use crate::run::{cargo, heading, root, run, target_folder};
use crate::serve::Site;
use crate::{checks, chromium, firefox, node, npm, pack, page};

/// How many random leads are judged by the second opinion on policy, and compared between the command and the module.
const RANDOM_LEADS: (&str, &str) = ("CADANS_LEADS", "100000");

/// How many evaluations of rules are compared with Rhai's interpreter at night, and in how many worlds those on columns with those
/// of the evaluator.
const NIGHTLY: [(&str, &str); 2] = [("CADANS_RULE_EVALUATIONS", "1000000"), ("CADANS_WORLDS", "200")];

/// Node by itself leaves one processor free, which on two of them is half.
const TWO_FILES_AT_A_TIME: [&str; 2] = ["--test", "--test-concurrency=2"];

/// What is said where there is no Firefox and none can be had; in CI it is a failure.
const NO_FIREFOX: &str = "The page was not tested in Firefox: none is here and none could be installed; install it, or set CADANS_FIREFOX to its program.";

/// How long the tests may take.
#[derive(Clone, Copy, PartialEq)]
pub enum Length {
    /// What every change is tested with.
    Daily,
    /// Some minutes more.
    Nightly,
}

/// Runs all tests. The modules are built beside the checks and the tests in Rust: one module is compiled by one processor for most of its time.
///
/// # Errors
/// Names the parts that failed; the runners have printed the tests.
pub fn test(length: Length) -> Result<(), String> {
    pack::begin()?;
    let mut failed = Vec::new();
    let mut part = |name: &str, test: &dyn Fn() -> Result<(), String>| {
        heading(name);
        if let Err(why) = test() {
            println!("{why}");
            failed.push(name.to_owned());
        }
    };
    part("Checks", &checks::rust);
    if length == Length::Nightly {
        part("The long comparisons", &long);
    }
    part("Rust", &rust);
    part("The types of the page's JavaScript", &checks::javascript);
    part("The module under Node", &module);
    part("The page in Chromium and Firefox", &site);
    part("The npm package", &npm::npm);
    println!();
    let skipped = skipped(&std::fs::read_to_string(skipped_tests()).unwrap_or_default());
    if failed.is_empty() {
        println!("All parts passed{skipped}");
        Ok(())
    } else {
        Err(format!("Failed: {}{skipped}", failed.join("; ")))
    }
}

/// Where each test that finds no data to test with adds a line: the folder in which it looked.
fn skipped_tests() -> PathBuf {
    target_folder().join("skipped-tests.txt")
}

/// Removes what an earlier run left.
fn forget_skipped_tests() -> Result<(), String> {
    match std::fs::remove_file(skipped_tests()) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => Err(format!("{}: {why}", skipped_tests().display())),
        _ => Ok(()),
    }
}

/// The end of the summary's sentence: how many tests were skipped, and what to do so that they run.
fn skipped(lines: &str) -> String {
    let Some(folder) = lines.lines().next() else { return ".".to_owned() };
    let count = lines.lines().count();
    format!("; {count} {} skipped: no data in {folder} (set CADANS_DATA)", if count == 1 { "test" } else { "tests" })
}

fn long() -> Result<(), String> {
    let tests =
        ["test", "--package", "cadans", "--test", "rules", "--test", "decide", "--", "meaning::", "many_at_once::"];
    run(cargo().args(tests).envs(NIGHTLY), "cargo could not be started.")
}

fn rust() -> Result<(), String> {
    forget_skipped_tests()?;
    // xtask apart, which does not need the engine: together they would share features and build twice.
    let mut engine = cargo();
    engine.args(["test", "--no-fail-fast", "--package", "cadans", "--package", "generate"]);
    engine.env(RANDOM_LEADS.0, RANDOM_LEADS.1).env("CADANS_SKIPPED", skipped_tests());
    let engine = run(&mut engine, "cargo could not be started.");
    let tasks = run(cargo().args(["test", "--package", "xtask"]), "cargo could not be started.");
    engine.and(tasks)
}

fn module() -> Result<(), String> {
    pack::pack()?;
    page::assemble()?;
    let tests = root().join("tests");
    node::install_packages(&tests)?;
    // The native half of "the same bytes natively and in the module": the command, and what prints random worlds. With the tests, so
    // that the library is the one that was built for them.
    let mut command = cargo();
    run(
        command.args(["build", "--quiet", "--package", "cadans", "--package", "generate", "--tests", "--bins"]),
        "cargo could not be started.",
    )?;
    let mut node = node::node()?;
    node.args(TWO_FILES_AT_A_TIME).args(test_files("node")?).current_dir(&tests).env(RANDOM_LEADS.0, RANDOM_LEADS.1);
    run(&mut node, "Node could not be started.")
}

fn site() -> Result<(), String> {
    let tests = root().join("tests");
    let chromium = chromium::find_or_install()?;
    let site = Site::open(root().join("www"), 0)?;
    let address = site.address();
    // The server ends with this program.
    std::thread::spawn(move || site.serve());
    let test = |folder: &str, variables: Vec<(String, String)>| {
        let mut node = node::node()?;
        node.args(TWO_FILES_AT_A_TIME).args(test_files(folder)?).current_dir(&tests);
        node.env("CADANS_PAGE", &address).envs(variables);
        run(&mut node, "Node could not be started.")
    };
    let program = |path: &Path| path.display().to_string();
    let mut variables = chromium.environment;
    variables.push(("CADANS_CHROMIUM".to_owned(), program(&chromium.program)));
    let in_chromium = test("browser", variables);
    let in_firefox = match firefox::find_or_install() {
        Some(firefox) => test("firefox", vec![("CADANS_FIREFOX".to_owned(), program(&firefox))]),
        None if std::env::var_os("CI").is_some() => Err(NO_FIREFOX.to_owned()),
        None => {
            println!("{NO_FIREFOX}");
            Ok(())
        }
    };
    in_chromium.and(in_firefox)
}

/// The tests in a folder of `tests/`. Node 20 does not search folders for tests in the same way as later ones, so the files are named.
pub fn test_files(folder: &str) -> Result<Vec<PathBuf>, String> {
    let folder = root().join("tests").join(folder);
    let entries = std::fs::read_dir(&folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    if files.is_empty() { Err(format!("No tests in {}.", folder.display())) } else { Ok(files) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_skipped_tests_and_says_where_data_was_looked_for() {
        assert_eq!(skipped(""), ".");
        assert_eq!(skipped("/data\n"), "; 1 test skipped: no data in /data (set CADANS_DATA)");
        assert_eq!(skipped("/data\n/data\n/data\n"), "; 3 tests skipped: no data in /data (set CADANS_DATA)");
    }
}
