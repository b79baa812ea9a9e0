//! `cadans import`: a lead file from what other systems export.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::failure::{Exit, Failure};
use super::moment::Now;
use super::screen::{Screen, count, paragraph};
use super::{data_files, leads, output_file};
use cadans::book::import::{ImportKind, ImportOptions, Told, import, import_and_tell};
use cadans::book::ingest::write::write_json;
use cadans::wording::{Language, Sentence};

const EXAMPLES: &str = "\
Examples:
  HubSpot's tables, each known by its file name:
    cadans import hubspot contact.csv deal.csv --out leads.json

  Any CSV, with a mapping that says which column is what:
    cadans import csv customers.csv --mapping mapping.json --out leads.json

  A log of events up to one moment, for a decision at that moment:
    cadans import event-log events.csv --mapping mapping.json \\
        --until 2026-02-01T09:00:00+01:00 --out leads.json

--out replaces a file only when the new one is complete.
Without --out the lead file goes to the standard output. What was refused, and
what is no signal by nature, is printed on the error stream; the rest is taken in.
--told writes every cell and field that is not in the leads, one JSON object a
line: file, row, column, text, code, reason.";

/// Makes a lead file from what other systems export
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct ImportArgs {
    /// What the files are
    #[arg(value_name = "KIND", value_parser = kinds())]
    kind: ImportKind,
    /// The files; - reads standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The mapping file, for csv and event-log
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Leaves out what happened after this moment
    #[arg(long, value_name = "TIME")]
    until: Option<Now>,
    /// Where the lead file goes
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Writes all that is not in the leads, or not as it was written, as NDJSON
    #[arg(long, value_name = "FILE")]
    told: Option<PathBuf>,
    /// End in exit code 1 when a record was refused
    #[arg(long)]
    strict: bool,
}

/// The words for the kinds, each with what it reads.
fn kinds() -> impl TypedValueParser<Value = ImportKind> {
    let words = ImportKind::ALL.iter().map(|kind| PossibleValue::new(kind.word()).help(kind.reads()));
    PossibleValuesParser::new(words).try_map(|word| word.parse::<ImportKind>().map_err(|error| error.to_string()))
}

/// Imports and prints, or writes to a file.
///
/// # Errors
/// Files that cannot be read or written, a mapping that is not one, or no lead in any of them.
pub fn run(args: &ImportArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    for out in args.out.iter().chain(&args.told) {
        output_file::refuse_input(out, args.files.iter().chain(&args.mapping).map(PathBuf::as_path))?;
    }
    if let (Some(out), Some(told)) = (&args.out, &args.told) {
        output_file::refuse_one_for_two(out, told)?;
    }
    let mapping = args.mapping.as_deref().map(|path| leads::mapping(path, screen.language)).transpose()?;
    if mapping.is_none() && matches!(args.kind, ImportKind::Csv | ImportKind::EventLog) {
        let what = Sentence::new("failure-import-mapping").with("kind", args.kind.word());
        return Err(Failure::misuse(what)
            .why(Sentence::new("failure-import-mapping-why"))
            .help(Sentence::new("failure-import-mapping-help")));
    }
    let mut read: Vec<(String, Vec<u8>)> = Vec::new();
    for path in &args.files {
        read.push(data_files::bytes(path, screen.language)?);
    }
    let named: Vec<(&str, &[u8])> = read.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let bar = screen.waiting(&Sentence::new("busy-reading").with("what", count("files", read.len())));
    let options = ImportOptions { mapping, until: args.until.map(|until| until.at) };
    let (intake, told) = match &args.told {
        Some(_) => import_and_tell(args.kind, &named, &options),
        None => (import(args.kind, &named, &options), Vec::new()),
    };
    bar.finish_and_clear();
    let names: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
    let names = if names.len() > 3 { screen.text(&count("files", names.len())) } else { names.join(", ") };
    leads::print_refused(&names, &intake, screen);
    if let Some(path) = &args.told {
        output_file::write(path, &told_lines(&told, screen.language)?)?;
    }
    if intake.accepted == 0 && !intake.refused.is_empty() {
        return Err(Failure::contents(Sentence::new("failure-no-leads-import").with("files", names))
            .why(Sentence::new("failure-above"))
            .help(Sentence::new("failure-no-leads-import-help")));
    }
    let mut text = write_json(&intake.book).map_err(|error| {
        Failure::contents(Sentence::new("failure-lead-file"))
            .why(Sentence::new("failure-system").with("words", error.to_string()))
    })?;
    text.push('\n');
    match &args.out {
        Some(path) => {
            output_file::write(path, &text)?;
            let file = path.display().to_string();
            let done = Sentence::new("import-done").with("leads", count("leads", intake.accepted)).with("file", file);
            let done = format!("{}{}.", screen.text(&done), leads::refused_count(&intake, screen.language));
            screen.print(&paragraph("", &done, screen.width))?;
        }
        None => screen.print(&text)?,
    }
    Ok(leads::exit(args.strict, &intake))
}

/// What was told, one JSON object a line.
fn told_lines(told: &[Told], language: Language) -> Result<String, Failure> {
    let mut text = String::new();
    for one in told {
        let line = serde_json::to_string(&one.render(language)).map_err(|error| {
            Failure::contents(Sentence::new("failure-lead-file"))
                .why(Sentence::new("failure-system").with("words", error.to_string()))
        })?;
        text.push_str(&line);
        text.push('\n');
    }
    Ok(text)
}
