//! The project's own tasks, run as `cargo xtask <task>`. One file a task; each installs what it can by itself and says
//! in one plain line what is missing when it cannot.

use std::process::ExitCode;

mod bench;
mod checks;
mod chromium;
mod debian;
mod demo;
mod firefox;
mod generate;
mod node;
mod npm;
mod pack;
mod page;
mod renew;
mod run;
mod serve;
mod test;
mod vendor;

const HELP: &str = "\
Usage: cargo xtask <task>

  demo [--port N] [--no-serve]   build the page, decide the sample leads, print today's queue and serve the page
  check                          formatting, lints, documentation, and the types of the page's JavaScript
  test [--nightly]               check, then every test: Rust, the module under Node, the page in a real browser;
                                 the npm package and its examples; nightly also compares a million evaluations with Rhai's interpreter
  pack                           build the WebAssembly module and the page into www/
  vendor                         make the files in www/vendor/ (CodeMirror, idb-keyval) from the packages of tests/package-lock.json
  npm                            make the npm package in target/npm/ and test it: types, exports, the examples with their tools
  generate <what>                write tables that are checked in, or print random worlds; names them without <what>
  renew                          newest time zones and holidays: updates their sources, writes the tables, prints which
                                 zones and days changed
  bench [--quick] [--no-browser] [--date D]
                                 times beside other engines; the long run writes benches/RESULTS.md

CADANS_CHROMIUM=/path/to/chromium chooses the browser for tests and bench; CADANS_FIREFOX the one for the tests in Firefox.
CADANS_DATA=/path/to/data names the folder of real data sets for tests; those that miss theirs are skipped and counted.
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["demo", options @ ..] => demo::Options::read(options).and_then(|options| demo::demo(&options)),
        ["check"] => checks::checks(),
        ["test"] => test::test(test::Length::Daily),
        ["test", "--nightly"] => test::test(test::Length::Nightly),
        ["bench", options @ ..] => bench::Options::read(options).and_then(|options| bench::bench(&options)),
        ["generate", what @ ..] => generate::generate(what),
        ["vendor"] => vendor::vendor(),
        ["renew"] => renew::renew(),
        ["npm"] => npm::npm(),
        ["pack"] => pack::pack().and_then(|()| page::assemble()),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        [task, ..] => Err(format!("There is no task \"{task}\" with these options.\n\n{HELP}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
