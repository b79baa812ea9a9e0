//! Leads from the command line: a file or standard input, and what was refused told on the error stream.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use comfy_table::{Attribute, Cell};

use super::failure::{Exit, Failure};
use super::screen::{DIM, Screen, WARN, columns, count, paragraph, plain, short, thousands};
use cadans::book::Book;
use cadans::book::import::{ImportKind, ImportOptions, Mapping, import};
use cadans::book::ingest::{Intake, LeadFormat, Refusal, read_book};
use cadans::book::vocabulary::nearest;

/// Which leads.
#[derive(Args, Debug)]
pub struct LeadArgs {
    /// Lead file: JSON, NDJSON, or with --mapping CSV; - reads standard input
    #[arg(long, value_name = "FILE")]
    pub leads: PathBuf,
    /// For CSV: the mapping file that says which column is which field
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// End in exit code 1 when a lead was refused
    #[arg(long)]
    pub strict: bool,
}

/// Reads the leads and tells what was refused.
///
/// # Errors
/// When a file cannot be read, or when no lead came out of it.
pub fn read(args: &LeadArgs, screen: &mut Screen) -> Result<Intake, Failure> {
    let (name, bytes) = bytes(&args.leads)?;
    let mapping = args.mapping.as_deref().map(mapping).transpose()?;
    let format = if mapping.is_none() { format(&args.leads, &bytes)? } else { LeadFormat::Json };
    let bar = screen.waiting(format!("Reading {name}"));
    let intake = match mapping {
        Some(mapping) => {
            import(ImportKind::Csv, &[("", &bytes)], &ImportOptions { mapping: Some(mapping), until: None })
        }
        None => read_book(&format, &bytes),
    };
    bar.finish_and_clear();
    tell_refused(&name, &intake, screen);
    if intake.accepted == 0 && !intake.refused.is_empty() {
        return Err(Failure::contents(
            format!("no leads in {name} that can be read"),
            "what is wrong is told above",
            "see the page on the lead format, or make a lead file with cadans import",
        ));
    }
    Ok(intake)
}

/// The name to show and the contents of a file; `-` is standard input.
///
/// # Errors
/// When it cannot be read.
pub fn bytes(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::file("read", Path::new("standard input"), &error))?;
        return Ok(("standard input".to_owned(), bytes));
    }
    let bytes = fs::read(path).map_err(|error| Failure::file("read", path, &error))?;
    Ok((path.display().to_string(), bytes))
}

/// A mapping file.
///
/// # Errors
/// When it cannot be read or does not fit; tells every fault.
pub fn mapping(path: &Path) -> Result<Mapping, Failure> {
    let (name, bytes) = bytes(path)?;
    Mapping::read(&bytes).map_err(|faults| {
        Failure::contents(
            format!("{name} is no mapping"),
            plain(&faults.join("; ")).into_owned(),
            "mend these; the page on the lead format shows a mapping",
        )
    })
}

/// How the leads are written down.
///
/// # Errors
/// When it can be told neither from the name nor from the contents.
fn format(path: &Path, bytes: &[u8]) -> Result<LeadFormat, Failure> {
    LeadFormat::detect(path.to_str(), bytes).ok_or_else(|| {
        Failure::contents(
            format!("cannot tell what kind of lead file {} is", path.display()),
            "it looks like neither JSON nor NDJSON",
            "for CSV add --mapping, with the mapping file that says which column is which field",
        )
    })
}

/// How a run that read these leads ends.
pub fn exit(strict: bool, intake: &Intake) -> Exit {
    if strict && !intake.refused.is_empty() { Exit::Findings } else { Exit::Fine }
}

/// For the end of a summary: `; 3 refused`, or nothing.
pub fn refused_count(intake: &Intake) -> String {
    match intake.set_aside {
        0 => String::new(),
        refused => format!("; {WARN}{} refused{WARN:#}", thousands(refused)),
    }
}

/// The place of the lead with this id.
///
/// # Errors
/// When there is no such lead; names one that is spelled nearly so.
pub fn index(book: &Book, id: &str) -> Result<usize, Failure> {
    book.find(id).ok_or_else(|| {
        let near = nearest(id, book.ids());
        let help = match (near, book.id(0)) {
            (Some(near), _) => format!("did you mean {}?", short(near, 60)),
            (None, Some(first)) => {
                format!("give an id as it stands in the lead file, such as {}", short(first, 60))
            }
            (None, None) => "the book is empty: all leads were refused".to_owned(),
        };
        let held = count(book.len(), "lead", "leads");
        Failure::misuse(format!("no lead \"{}\"", short(id, 60)), format!("none of the {held} has this id"), help)
    })
}

/// Tells on the error stream what was refused, record by record, with the count.
pub fn tell_refused(name: &str, intake: &Intake, screen: &mut Screen) {
    let width = screen.width;
    if !intake.refused.is_empty() {
        let all = intake.accepted + intake.set_aside;
        let told = match intake.set_aside {
            0 => format!("refused in {}", plain(name)),
            refused => format!("refused {} of {} in {}", thousands(refused), count(all, "lead", "leads"), plain(name)),
        };
        screen.aside(&format!("{WARN}{told}{WARN:#}\n{}\n", list(&intake.refused, width)));
    }
    for note in &intake.noted {
        screen.aside(&paragraph(&format!("{DIM}note{DIM:#}  "), &plain(&note.to_string()), width));
    }
    if !intake.noted.is_empty() {
        screen.aside("\n");
    }
}

/// Id, field and reason, a line each.
fn list(refused: &[Refusal], width: usize) -> String {
    let mut table = columns(width);
    for one in refused {
        let id = match (&one.lead, one.line) {
            (Some(id), _) => short(id, 40),
            (None, Some(line)) => format!("line {line}"),
            (None, None) => "file".to_owned(),
        };
        table.add_row([
            Cell::new(id),
            Cell::new(plain(&one.path)).add_attribute(Attribute::Dim),
            Cell::new(plain(&one.reason)),
        ]);
    }
    table.lines().map(|line| format!(" {}\n", line.trim_end())).collect()
}
