//! Leads from the command line: a file or standard input. What was refused is printed on the error stream.

use std::path::{Path, PathBuf};

use clap::Args;
use comfy_table::{Attribute, Cell};

use super::data_files::{self, Source};
use super::failure::{Exit, Failure};
use super::screen::{DIM, Screen, WARN, amount, columns, count, counted, paragraph, plain, short};
use cadans::book::import::{ImportKind, ImportOptions, Mapping, import, no_json};
use cadans::book::ingest::{Intake, LeadFormat, Loader};
use cadans::book::rep::find_rep;
use cadans::book::vocabulary::nearest;
use cadans::book::{Book, Refusal};
use cadans::wording::{Language, Sentence};

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

/// Reads the leads and prints what was refused.
///
/// # Errors
/// When a file cannot be read, or when no lead came out of it.
pub fn read(args: &LeadArgs, screen: &mut Screen) -> Result<Intake, Failure> {
    let mut source = Source::open(&args.leads, screen.language)?;
    let name = source.name.clone();
    let mapping = args.mapping.as_deref().map(|path| mapping(path, screen.language)).transpose()?;
    let bar = screen.waiting(&Sentence::new("busy-reading").with("what", name.as_str()));
    let intake = match mapping {
        Some(mapping) => {
            let bytes = source.rest()?;
            import(ImportKind::Csv, &[("", &bytes)], &ImportOptions { mapping: Some(mapping), until: None })
        }
        None => load(&args.leads, &mut source)?,
    };
    bar.finish_and_clear();
    print_refused(&name, &intake, screen);
    if intake.accepted == 0 && !intake.refused.is_empty() {
        return Err(Failure::contents(Sentence::new("failure-no-leads").with("file", name))
            .why(Sentence::new("failure-above"))
            .help(Sentence::new("failure-no-leads-help")));
    }
    Ok(intake)
}

/// The first bytes of a file, enough to tell how the leads are written down.
const FIRST_BYTES: usize = 1 << 20;

/// Reads a lead file piece by piece, so that it is never in memory as a whole.
///
/// # Errors
/// When it cannot be read, is too large, or is no lead file.
fn load(path: &Path, source: &mut Source) -> Result<Intake, Failure> {
    let mut piece = source.next(FIRST_BYTES)?;
    if let Some(what) = no_json(&piece) {
        return Err(Failure::contents(Sentence::new("failure-format").with("file", path.display().to_string()))
            .why(Sentence::new(what))
            .help(Sentence::new("failure-format-help")));
    }
    let mut loader = match format(path, &piece)? {
        LeadFormat::Json => Loader::json(),
        LeadFormat::Ndjson => Loader::ndjson(),
    };
    while !piece.is_empty() {
        loader.push(&piece);
        piece = source.next(0)?;
    }
    Ok(loader.finish())
}

/// A mapping file.
///
/// # Errors
/// When it cannot be read or does not fit; names every fault.
pub fn mapping(path: &Path, language: Language) -> Result<Mapping, Failure> {
    let (name, bytes) = data_files::bytes(path, language)?;
    Mapping::read(&bytes).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(|fault| fault.in_one_line(language)).collect();
        Failure::contents(Sentence::new("failure-mapping").with("file", name))
            .why(Sentence::as_is(plain(&faults.join("; "))))
            .help(Sentence::new("failure-mapping-help"))
    })
}

/// How the leads are written down.
///
/// # Errors
/// When neither the name nor the contents show it.
fn format(path: &Path, bytes: &[u8]) -> Result<LeadFormat, Failure> {
    LeadFormat::detect(path.to_str(), bytes).ok_or_else(|| {
        Failure::contents(Sentence::new("failure-format").with("file", path.display().to_string()))
            .why(Sentence::new("failure-format-why"))
            .help(Sentence::new("failure-format-help"))
    })
}

/// How a run that read these leads ends.
pub fn exit(strict: bool, intake: &Intake) -> Exit {
    if strict && !intake.refused.is_empty() { Exit::Findings } else { Exit::Fine }
}

/// For the end of a summary: `; 3 refused`, or nothing.
pub fn refused_count(intake: &Intake, language: Language) -> String {
    match intake.set_aside {
        0 => String::new(),
        refused => format!("; {WARN}{}{WARN:#}", counted("queue-refused", refused).render(language)),
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
            (Some(near), _) => Sentence::new("did-you-mean").with("meant", short(near, 60)),
            (None, Some(first)) => Sentence::new("failure-no-lead-help").with("id", short(first, 60)),
            (None, None) => Sentence::new("failure-no-lead-empty"),
        };
        Failure::misuse(Sentence::new("failure-no-lead").with("id", short(id, 60)))
            .why(Sentence::new("failure-no-lead-why").with("leads", count("leads", book.len())))
            .help(help)
    })
}

/// The place of the rep with this id or name.
///
/// # Errors
/// When there is no such rep, or more than one; names one that is spelled nearly so.
pub fn rep(book: &Book, name: &str) -> Result<usize, Failure> {
    let reps = book.reps();
    find_rep(reps, name).ok_or_else(|| {
        let names = || reps.iter().flat_map(|rep| [Some(rep.id.as_str()), rep.name.as_deref()]).flatten();
        let help = match (nearest(name, names()), reps.first()) {
            (Some(near), _) => Sentence::new("did-you-mean").with("meant", short(near, 60)),
            (None, Some(first)) => Sentence::new("failure-no-rep-help").with("id", short(&first.id, 60)),
            (None, None) => Sentence::new("failure-no-rep-empty"),
        };
        Failure::misuse(Sentence::new("failure-no-rep").with("name", short(name, 60)))
            .why(Sentence::new("failure-no-rep-why").with("reps", amount(reps.len())))
            .help(help)
    })
}

/// Prints on the error stream what was refused, record by record, with the count.
pub fn print_refused(name: &str, intake: &Intake, screen: &mut Screen) {
    let width = screen.width;
    if !intake.refused.is_empty() {
        let all = intake.accepted + intake.set_aside;
        let heading = match intake.set_aside {
            0 => Sentence::new("intake-refused-in"),
            refused => counted("intake-refused-of", refused).with("leads", count("leads", all)),
        };
        let heading = screen.text(&heading.with("file", &*plain(name)));
        let list = list(&intake.refused, screen.language, width);
        screen.print_aside(&format!("{WARN}{heading}{WARN:#}\n{list}\n"));
    }
    let label = screen.text(&Sentence::new("intake-note"));
    for note in &intake.noted {
        screen.print_aside(&paragraph(
            &format!("{DIM}{label}{DIM:#}  "),
            &plain(&note.in_one_line(screen.language)),
            width,
        ));
    }
    if !intake.noted.is_empty() {
        screen.print_aside("\n");
    }
}

/// Id, field and reason, a line each.
fn list(refused: &[Refusal], language: Language, width: usize) -> String {
    let mut table = columns(width);
    for one in refused {
        let id = match (&one.lead, one.line) {
            (Some(id), _) => short(id, 40),
            (None, Some(line)) => Sentence::new("intake-line").with("line", line.to_string()).render(language),
            (None, None) => Sentence::new("intake-file").render(language),
        };
        table.add_row([
            Cell::new(id),
            Cell::new(plain(&one.path)).add_attribute(Attribute::Dim),
            Cell::new(plain(&one.reason.render(language))),
        ]);
    }
    table.lines().map(|line| format!(" {}\n", line.trim_end())).collect()
}
