//! Data made by a program: tables that are checked in, and random worlds for the tests. `cargo xtask generate` runs it; it is a
//! package apart from `xtask`, so that the other tasks do not wait for the engine to be compiled.

mod calendar;
mod worlds;

use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask generate <what>

  calendar    write src/calendar/clocks.txt and holidays.txt from the crates chrono-tz and opening-hours
  worlds N    print random packs and leads, at least N leads in all, with the advice that the native engine gives:
              one JSON object a line
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["calendar"] => calendar::write(),
        ["worlds", leads] => match leads.parse() {
            Ok(leads) => worlds::print(leads),
            Err(_) => Err(format!("worlds takes a number of leads, not \"{leads}\".")),
        },
        _ => Err(HELP.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
