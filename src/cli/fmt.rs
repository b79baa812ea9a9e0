//! `cadans fmt`: rule files in their canonical layout.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::{Exit, Failure};
use super::screen::{ERROR, GOOD, Screen, amount, plain};
use super::{findings, line_diff, output_file, packs};
use cadans::diagnostics::Diagnostic;
use cadans::format::{NotFormatted, format};
use cadans::language::PackSource;
use cadans::limits;
use cadans::wording::Sentence;

const EXAMPLES: &str = "\
Examples:
  cadans fmt my-team.rhai
  cadans fmt rules/
  cadans fmt rules/ --check
  cadans fmt my-team.rhai --diff
  cadans fmt - < my-team.rhai

The layout changes no meaning and keeps every comment: each file is read again
in its new layout and compared before it is written. A file with a syntax error
is left as it is. With --check or --diff nothing is written, and a file that
would change ends in exit code 1.";

/// Lays rule files out in the one layout that they have in common
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct FmtArgs {
    /// Rule files, and folders of which every *.rhai file is laid out; - is standard input, which is printed in its layout
    #[arg(value_name = "DIR|FILE", required = true)]
    rules: Vec<PathBuf>,
    /// Write nothing, and end in exit code 1 when a file would change
    #[arg(long)]
    check: bool,
    /// Write nothing, print what would change, and end in exit code 1 when a file would
    #[arg(long)]
    diff: bool,
}

/// How many files came out how.
#[derive(Default)]
struct Tally {
    changed: usize,
    same: usize,
    refused: usize,
    /// The worst so far.
    exit: Option<Exit>,
}

/// Formats and writes or prints.
///
/// # Errors
/// Folders that cannot be read, and output that cannot be printed. What goes wrong with one file is told, and the others are done.
pub fn run(args: &FmtArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let stdin = Path::new("-");
    if args.rules.iter().any(|path| path == stdin) {
        if args.rules.len() > 1 {
            return Err(Failure::misuse(Sentence::new("failure-stdin-beside-files")));
        }
        let name = screen.text(&Sentence::new("intake-standard-input"));
        let text = strict_text(io::stdin().lock()).map_err(|error| unreadable(&name, &error))?;
        return standard_input(args, &name, &text, screen);
    }
    let mut tally = Tally::default();
    for path in packs::rule_files(&args.rules, screen)? {
        if let Err(failure) = one_file(args, &path, &mut tally, screen) {
            // Nobody reads on.
            let Some(message) = failure.message(screen.language) else { return Err(failure) };
            screen.print_aside(&message);
            tally.refused += 1;
            tally.exit = tally.exit.max(Some(failure.exit()));
        }
    }
    let key = if args.check || args.diff { "fmt-would-summary" } else { "fmt-summary" };
    let summary = Sentence::new(key)
        .with("changed", amount(tally.changed))
        .with("same", amount(tally.same))
        .with("refused", amount(tally.refused));
    let style = if tally.exit.is_some() { ERROR } else { GOOD };
    let summary = format!("{style}{}{style:#}.\n", screen.text(&summary));
    // A diff is to be applied, so nothing else is printed with it.
    if args.diff {
        screen.print_aside(&summary);
    } else {
        screen.print(&summary)?;
    }
    Ok(tally.exit.unwrap_or(Exit::Fine))
}

/// Formats one file, and writes it in place unless it is only asked about.
fn one_file(args: &FmtArgs, path: &Path, tally: &mut Tally, screen: &mut Screen) -> Result<(), Failure> {
    let name = path.to_string_lossy().replace('\\', "/");
    let text = File::open(path).and_then(strict_text).map_err(|error| unreadable(&name, &error))?;
    match format(&name, &text) {
        Ok(formatted) if !formatted.changed => tally.same += 1,
        Ok(formatted) => {
            let told = if args.diff {
                screen.print(&line_diff::styled([&name, &name], [&text, &formatted.text]))?;
                None
            } else if args.check {
                Some("fmt-would-change")
            } else {
                output_file::write(path, &formatted.text)?;
                Some("fmt-changed")
            };
            if let Some(key) = told {
                let told = screen.text(&Sentence::new(key).with("file", &*plain(&name)));
                screen.print(&format!("{told}\n"))?;
            }
            tally.changed += 1;
            if args.check || args.diff {
                tally.exit = tally.exit.max(Some(Exit::Findings));
            }
        }
        Err(NotFormatted::Syntax(found)) => {
            tell_syntax(&name, &text, &found, screen)?;
            tally.refused += 1;
            tally.exit = tally.exit.max(Some(Exit::Findings));
        }
        Err(NotFormatted::WouldChange) => return Err(internal(&name)),
    }
    Ok(())
}

/// Prints the layout of the text on standard input, or what would change.
fn standard_input(args: &FmtArgs, name: &str, text: &str, screen: &mut Screen) -> Result<Exit, Failure> {
    let formatted = match format(name, text) {
        Ok(formatted) => formatted,
        Err(NotFormatted::Syntax(found)) => {
            tell_syntax(name, text, &found, screen)?;
            return Ok(Exit::Findings);
        }
        Err(NotFormatted::WouldChange) => return Err(internal(name)),
    };
    if args.diff && formatted.changed {
        screen.print(&line_diff::styled([name, name], [text, &formatted.text]))?;
    }
    if args.check || args.diff {
        return Ok(if formatted.changed { Exit::Findings } else { Exit::Fine });
    }
    // Written as it is: the screen would take out what looks like a style.
    let mut out = io::stdout().lock();
    out.write_all(formatted.text.as_bytes()).and_then(|()| out.flush())?;
    Ok(Exit::Fine)
}

/// Prints the syntax errors of a file, and that it was left as it is.
fn tell_syntax(name: &str, text: &str, found: &[Diagnostic], screen: &mut Screen) -> Result<(), Failure> {
    let found: Vec<Diagnostic> = found.iter().map(|one| one.in_language(screen.language)).collect();
    let source = PackSource { file: name.to_owned(), text: text.to_owned() };
    let shown = findings::show(&found, &[source], screen.width, screen.language)?;
    let left = screen.text(&Sentence::new("fmt-syntax").with("file", &*plain(name)));
    screen.print_aside(&format!("{shown}{ERROR}{left}{ERROR:#}\n"));
    Ok(())
}

/// The text of a rule file. What is larger than a pack may be is cut: the reader of packs says so.
///
/// # Errors
/// When it cannot be read, or is not UTF-8: what stands there could not be written as it was.
fn strict_text(reader: impl Read) -> io::Result<String> {
    let limit = u64::try_from(limits::PACK_BYTES).unwrap_or(u64::MAX).saturating_add(4);
    let mut bytes = Vec::new();
    reader.take(limit).read_to_end(&mut bytes)?;
    if bytes.len() > limits::PACK_BYTES {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    let name = plain(name).into_owned();
    if error.kind() != io::ErrorKind::InvalidData {
        return Failure::read(name, error);
    }
    Failure::contents(Sentence::new("failure-read").with("file", name))
        .why(Sentence::new("failure-not-utf8"))
        .help(Sentence::new("failure-not-utf8-help"))
}

/// A fault of ours: the layout would not say what the file says.
fn internal(name: &str) -> Failure {
    Failure::contents(Sentence::new("failure-layout").with("file", &*plain(name)))
        .why(Sentence::new("failure-layout-why"))
        .help(Sentence::new("failure-layout-help"))
}
