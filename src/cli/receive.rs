//! `cadans receive`: what a file of `cadans pack` would change, and with `--accept` its place in a rulebook.toml.

use std::fs;
use std::io::Read;
use std::path::PathBuf;

use clap::Args;

use super::failure::{Exit, Failure};
use super::leads::{self, LeadArgs};
use super::manifest_files;
use super::moment::Now;
use super::packs;
use super::screen::{GOOD, ReportFormat, Screen, plain};
use super::setting_args::SettingArgs;
use super::{output_file, receive_text};
use cadans::files;
use cadans::handover::{
    Acceptance, Choice, Handover, LayerChoice, OwnRulebook, ReceiveOptions, Refusal, Standing, accept, receive,
};
use cadans::limits;
use cadans::wording::Sentence;

const EXAMPLES: &str = "\
Examples:
  What would it change, in our rulebook and for our leads?
    cadans receive team.cadans --into rulebook.toml \\
        --leads leads.json --now 2026-11-20T10:00:00+01:00

  Accept it, as a whole or rule by rule:
    cadans receive team.cadans --into rulebook.toml --accept --by \"Kim\"
    cadans receive team.cadans --into rulebook.toml \\
        --accept-rule \"Price page again: phone today\"

Nothing is written without --accept or --accept-rule, and nothing of the file acts
before. Accepted packs go into the folder received/ beside rulebook.toml, each file
into a folder of its own; no file that is there is written over but rulebook.toml.

A hash proves that the file is the one that was written, not who wrote it: compare
it with the one that its author told you.

Exit codes: 0 nothing stands against it, or it was accepted; 1 something to look
at: a conflict, something that its packs need and is missing, an error, an example
that fails; 3 the file is refused (damaged, of a newer language, hostile), and
nothing was changed; 6 it is accepted already, in this very text.";

/// Tells what a file of cadans pack would change for a rulebook and its leads; accepts it when asked
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct ReceiveArgs {
    /// The file that was received, such as team.cadans; - reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The rulebook.toml to compare it with, and into which it is accepted; with --accept it may be new
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,
    /// The layer, by its name or kind: law, company, team or rep. Where there is none of that kind it is made
    #[arg(long, value_name = "LAYER", default_value = "team")]
    layer: String,
    /// For the layer of a rep: the id by which leads name their owner
    #[arg(long, value_name = "ID")]
    rep: Option<String>,
    /// Leads of yours: which of them would get other advice, and whether they have what the packs need
    #[arg(long, value_name = "FILE", requires = "now")]
    leads: Option<PathBuf>,
    /// For leads in CSV: the mapping file that says which column is which field
    #[arg(long, value_name = "FILE", requires = "leads")]
    mapping: Option<PathBuf>,
    /// The moment to decide for, with its zone: 2026-11-20T09:00:00+01:00
    #[arg(long, value_name = "TIME")]
    now: Option<Now>,
    /// Accept the file as a whole
    #[arg(long, requires = "into", conflicts_with = "accept_rule")]
    accept: bool,
    /// Accept only this rule or series, by its name or "pack/name"; may be given several times. The policies of its pack come along
    #[arg(long, value_name = "NAME", requires = "into")]
    accept_rule: Vec<String>,
    /// Accept packs in the place of others with the same name
    #[arg(long)]
    replace: bool,
    /// Who accepts it, for the rulebook
    #[arg(long, value_name = "TEXT")]
    by: Option<String>,
    /// How to print the report
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
}

impl ReceiveArgs {
    fn accepts(&self) -> bool {
        self.accept || !self.accept_rule.is_empty()
    }

    fn choice(&self) -> Choice {
        Choice {
            layer: LayerChoice { layer: self.layer.clone(), rep: self.rep.clone() },
            rules: (!self.accept_rule.is_empty()).then(|| self.accept_rule.clone()),
            // A report shows what would be replaced.
            replace: self.replace || !self.accepts(),
            accepted_by: self.by.clone(),
            accepted_on: self.now.as_ref().map(|now| now.at.to_string()),
        }
    }
}

/// Reads the file, and reports or accepts.
///
/// # Errors
/// The file is refused, the rulebook or leads cannot be read, or what was accepted cannot be written.
pub fn run(args: &ReceiveArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let (name, handover) = read(args, screen)?;
    let own = args.into.as_deref().map(files::read_manifest).transpose()?.flatten().unwrap_or_default();
    let own = OwnRulebook { manifest: &own.text, texts: &own.files };
    let refused = |refusal: Box<Refusal>| {
        Failure::handover(Sentence::new("failure-not-accepted").with("file", &*plain(&name)), *refusal)
    };
    let left_out = match args.into.as_deref().filter(|into| into.is_file()) {
        Some(into) => {
            let loaded = packs::load(&[into.to_owned()], &SettingArgs::default(), screen)?;
            packs::tell_left_out(&loaded.rulebook().1, screen)
        }
        None => Exit::Fine,
    };
    if args.accepts() {
        let acceptance = accept(&handover, own, &args.choice(), screen.language).map_err(refused)?;
        return Ok(write(args, &acceptance, screen)?.and(left_out));
    }
    let intake = match &args.leads {
        Some(leads) => {
            let leads = LeadArgs { leads: leads.clone(), mapping: args.mapping.clone(), strict: false };
            Some(leads::read(&leads, screen)?)
        }
        None => None,
    };
    let leads = intake.as_ref().zip(args.now.as_ref()).map(|(intake, now)| (&intake.book, now.at));
    let choice = args.choice();
    let options = ReceiveOptions { own, choice: &choice, leads, language: screen.language };
    let bar = screen.waiting(&Sentence::new("busy-deciding"));
    let report = receive(&handover, &options).map_err(refused);
    bar.finish_and_clear();
    let report = report?;
    match args.format {
        ReportFormat::Json => screen.print_json(&report)?,
        ReportFormat::Text => {
            let text = receive_text::report(&report, &handover, args.now, screen.language, screen.width)?;
            screen.print(&text)?;
            let key = match report.standing {
                Standing::Same => "receive-same",
                _ if args.into.is_none() => "receive-nothing-done-into",
                _ => "receive-nothing-done",
            };
            let last = screen.text(&Sentence::new(key));
            screen.print(&format!("\n{GOOD}{last}{GOOD:#}\n"))?;
        }
    }
    Ok(match report.standing {
        Standing::Same => Exit::Same,
        _ if report.has_trouble() => Exit::Findings,
        _ => left_out,
    })
}

/// The file that was received, and its name in messages.
fn read(args: &ReceiveArgs, screen: &Screen) -> Result<(String, Handover), Failure> {
    let (name, bytes) = if args.file.as_os_str() == "-" {
        (screen.text(&Sentence::new("intake-standard-input")), limited(std::io::stdin().lock()))
    } else {
        (
            args.file.display().to_string(),
            fs::File::open(&args.file)
                .and_then(|file| {
                    // A folder opens, and a device never ends.
                    if file.metadata()?.is_dir() { Err(std::io::ErrorKind::IsADirectory.into()) } else { Ok(file) }
                })
                .map(limited)
                .unwrap_or_else(Err),
        )
    };
    let bytes = bytes.map_err(|error| Failure::read(plain(&name).into_owned(), &error))?;
    let handover = Handover::read(&bytes);
    let handover = handover.map_err(|refusal| {
        Failure::handover(Sentence::new("failure-not-received").with("file", &*plain(&name)), *refusal)
    })?;
    Ok((name, handover))
}

/// The bytes of a file, of which as many are read as show that it is too large.
fn limited(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let limit = u64::try_from(limits::HANDOVER_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Writes what was accepted: first the rule files, then the rulebook, with which they begin to act.
fn write(args: &ReceiveArgs, acceptance: &Acceptance, screen: &mut Screen) -> Result<Exit, Failure> {
    let Some(manifest) = args.into.as_deref().filter(|_| acceptance.changes) else {
        match args.format {
            ReportFormat::Json => screen.print_json(acceptance)?,
            ReportFormat::Text => {
                let same = screen.text(&Sentence::new("receive-same"));
                screen.print(&format!("{same}\n"))?;
            }
        }
        return Ok(Exit::Same);
    };
    for file in &acceptance.files {
        manifest_files::write_within(manifest, &file.path, &file.text)?;
    }
    output_file::write(manifest, &acceptance.manifest)?;
    match args.format {
        ReportFormat::Json => screen.print_json(acceptance)?,
        ReportFormat::Text => {
            let name = manifest.to_string_lossy();
            screen.print(&receive_text::accepted(acceptance, &name, screen.language, screen.width))?;
        }
    }
    Ok(Exit::Fine)
}
