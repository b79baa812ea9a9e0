//! `cadans diff`: what changes when these rules take the place of those: by rule and clause, and in the advice for each lead.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;

use super::diff_text::Told;
use super::failure::{Exit, Failure};
use super::git::Repository;
use super::leads::{self, LeadArgs};
use super::moment::Now;
use super::screen::Screen;
use super::{files, history, packs, simulate};
use cadans::compare::{compare, compare_advice};
use cadans::language::{PackSource, Rulebook};
use cadans::limits;
use cadans::pack::Overrides;
use cadans::wording::Sentence;

const EXAMPLES: &str = "\
Examples:
  What differs between two versions of a file:
    cadans diff old/inside-sales.rhai new/inside-sales.rhai

  Which leads get other advice, and which change makes it so:
    cadans diff old/ new/ --with rules/contact-policy \\
        --leads www/sample/leads.json --now 2026-11-20T10:00:00+01:00

  The working tree against a revision in git, for a pull request:
    cadans diff --from main rules/ --format markdown > diff.md

  Also a fortnight lived with both, under assumptions:
    cadans diff old/ new/ --leads leads.json --now 2026-11-20T10:00:00+01:00 \\
        --simulate

Compared is by statement and clause. Layout, comments, spelling (is or ==) and
order that decides nothing are left out; statements that are written in another
way and mean the same are told apart. A rule by another name is known by its id,
by `formerly`, and by an equal body.

A lead with other advice is laid to one cause: the change without which it has
its old advice. It is in one group: by what is to be done, else by person, rep,
due moment, window or content. Leads with the same advice and another priority,
place in the queue or moment to look again are counted apart.

Exit codes: 0 when both say the same, 4 when they differ (--exit-zero ends in 0
all the same), else as cadans --help has them.";

/// What changes when these rules take the place of those: by rule and clause, and which leads get other advice
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
#[command(override_usage = "cadans diff <BEFORE> <AFTER> [OPTIONS]
       cadans diff --from <REV> [--to <REV>] <DIR|FILE>... [OPTIONS]")]
pub struct DiffArgs {
    /// A rule file or folder before, and one after; with --from, what to compare
    #[arg(value_name = "DIR|FILE", required = true)]
    paths: Vec<PathBuf>,
    /// Compares with the files as they were at this revision in git: main, HEAD~1, v1.2
    #[arg(long, value_name = "REV")]
    from: Option<String>,
    /// With --from: the files as they were at this revision, in place of those on disk
    #[arg(long, value_name = "REV", requires = "from")]
    to: Option<String>,
    /// Rules that are in force on both sides, such as the contact policy
    #[arg(long, value_name = "DIR|FILE", num_args = 1..)]
    with: Vec<PathBuf>,
    /// Also tells which of these leads get other advice: JSON, NDJSON, or with --mapping CSV; - reads standard input
    #[arg(long, value_name = "FILE", requires = "now")]
    leads: Option<PathBuf>,
    /// For leads in CSV: the mapping file that says which column is which field
    #[arg(long, value_name = "FILE", requires = "leads")]
    mapping: Option<PathBuf>,
    /// The moment to decide for, with its zone: 2026-11-20T09:00:00+01:00
    #[arg(long, value_name = "TIME", requires = "leads")]
    now: Option<Now>,
    /// Also lives with both for a fortnight, under the assumptions of cadans simulate
    #[arg(long, requires = "leads")]
    simulate: bool,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    format: DiffFormat,
    /// End in exit code 0 also when they differ
    #[arg(long)]
    exit_zero: bool,
}

/// How the answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For people
    Text,
    /// For a pull request
    Markdown,
    /// As data
    Json,
}

/// Compares and prints.
///
/// # Errors
/// Files or revisions that cannot be read, or paths that are not two.
pub fn run(args: &DiffArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let ([before, after], names) = sides(args, screen)?;
    let changes = compare(&before, &after);
    let mut exit = if changes.is_same() || args.exit_zero { Exit::Fine } else { Exit::Differs };
    let mut told = Told { changes: changes.in_language(screen.language), advice: None, now: args.now, simulated: None };
    let mut fortnights = Vec::new();
    if let (Some(leads), Some(now)) = (&args.leads, args.now) {
        let leads = LeadArgs { leads: leads.clone(), mapping: args.mapping.clone(), strict: false };
        let intake = leads::read(&leads, screen)?;
        let bar = screen.waiting(&Sentence::new("busy-deciding"));
        told.advice = Some(compare_advice(&before, &after, &changes, &intake.book, now.at, screen.language));
        bar.finish_and_clear();
        if args.simulate {
            let rulebooks = [&before, &after].map(|side| Rulebook::for_advice(side, &Overrides::default()));
            let [old, new] = rulebooks;
            let [old_name, new_name] = names;
            fortnights = simulate::fortnights([(old_name, old), (new_name, new)], &intake.book, now.at, screen);
        }
        if told.advice.as_ref().is_some_and(|advice| advice.other > 0) && !args.exit_zero {
            exit = Exit::Differs;
        }
    }
    if let Some(now) = args.now.as_ref().filter(|_| !fortnights.is_empty()) {
        told.simulated = Some(simulate::told(&fortnights, now, screen.language));
    }
    match args.format {
        DiffFormat::Text => screen.print(&told.text(screen.language, screen.width))?,
        DiffFormat::Markdown => screen.print(&told.markdown(screen.language))?,
        DiffFormat::Json => {
            let mut data = json!({ "changes": told.changes, "advice": told.advice });
            if let (Some(simulated), Some(data)) = (&told.simulated, data.as_object_mut()) {
                data.insert("simulation".to_owned(), simulated.json()?);
            }
            screen.print_json(&data)?;
        }
    }
    Ok(exit)
}

/// The packs of both sides, and what the sides are called.
type Sides = ([Vec<PackSource>; 2], [String; 2]);

/// The packs before and after.
fn sides(args: &DiffArgs, screen: &mut Screen) -> Result<Sides, Failure> {
    let with = if args.with.is_empty() { Vec::new() } else { packs::read(&args.with, screen)? };
    let (mut sides, names) = match (&args.from, args.paths.as_slice()) {
        (Some(from), paths) => {
            let name = |revision: &str| {
                let paths = paths.iter().map(|path| path.display().to_string());
                format!("{revision}:{}", paths.collect::<Vec<_>>().join(" "))
            };
            let before = at_revision(from, paths)?;
            let after = match &args.to {
                Some(to) => at_revision(to, paths)?,
                None => on_disk(paths, screen)?,
            };
            let last = args.to.as_deref().map_or_else(|| name("").split_off(1), name);
            ([before, after], [name(from), last])
        }
        (None, [before, after]) => {
            let read = [on_disk(std::slice::from_ref(before), screen)?, on_disk(std::slice::from_ref(after), screen)?];
            (read, [before, after].map(|path| path.display().to_string()))
        }
        (None, _) => {
            return Err(Failure::misuse(Sentence::new("failure-two-sides"))
                .why(Sentence::new("failure-two-sides-why").with("count", args.paths.len()))
                .help(Sentence::new("failure-two-sides-help")));
        }
    };
    for side in &mut sides {
        let more = with.iter().filter(|pack| side.iter().all(|own| own.file != pack.file && own.text != pack.text));
        let more: Vec<PackSource> = more.cloned().collect();
        side.extend(more);
    }
    Ok((sides, names))
}

/// Whether a file is a settings file or `rulebook.toml`, which is compared by key.
fn is_toml(file: &str) -> bool {
    file.ends_with(".toml")
}

/// The rule files at these places, those that they need, and the settings files and `rulebook.toml` among them.
///
/// # Errors
/// When a file cannot be read, or when there is none at all.
fn on_disk(paths: &[PathBuf], screen: &mut Screen) -> Result<Vec<PackSource>, Failure> {
    let (tables, rules): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.iter().cloned().partition(|path| path.is_file() && is_toml(&path.to_string_lossy()));
    let mut places: Vec<PathBuf> = tables;
    for folder in paths.iter().filter(|path| path.is_dir()) {
        history::gather_tables(folder, &mut places)?;
    }
    let mut read = if rules.is_empty() { Vec::new() } else { packs::read(&rules, screen)? };
    for place in places {
        let text = files::text(&place, limits::PACK_BYTES)
            .map_err(|error| Failure::read(place.display().to_string(), &error))?;
        read.push(PackSource { file: place.to_string_lossy().replace('\\', "/"), text });
    }
    Ok(read)
}

/// The rule files at these places as they were at a revision, and after them those that they need.
///
/// # Errors
/// When there is no git, no such revision, or none of the files were there.
fn at_revision(revision: &str, paths: &[PathBuf]) -> Result<Vec<PackSource>, Failure> {
    let mut read: Vec<PackSource> = Vec::new();
    for path in paths {
        let folder = history::folder_of(path);
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let repository = Repository::of(folder)?;
        let commit = repository.commit(revision)?;
        let mut contents = repository.contents()?;
        let files = repository.files(&commit, folder)?;
        let only = (!path.is_dir()).then(|| path.file_name().map(|name| name.to_string_lossy().into_owned())).flatten();
        let shown = |name: &str| {
            let joined =
                if path.is_dir() || folder != Path::new(".") { folder.join(name) } else { PathBuf::from(name) };
            joined.to_string_lossy().replace('\\', "/")
        };
        let is_wanted = |name: &str| match &only {
            Some(only) => name == only,
            None => history::is_of_rules(name) && !packs::is_passed_over(name),
        };
        for (name, content) in files.iter().filter(|(name, _)| is_wanted(name)) {
            let file = shown(name);
            if read.iter().all(|pack| pack.file != file) {
                read.push(PackSource { file, text: contents.text(content)? });
            }
        }
        // What they need lies beside them.
        let mut next = 0;
        while let Some(pack) = read.get(next).cloned() {
            next += 1;
            for needed in Some(&pack).filter(|pack| !is_toml(&pack.file)).map(packs::needs).unwrap_or_default() {
                let beside = Path::new(&pack.file).parent().unwrap_or(Path::new("")).join(&needed);
                let file = beside.to_string_lossy().replace('\\', "/");
                let found = files.iter().find(|(name, _)| shown(name) == file);
                if let Some((_, content)) = found.filter(|_| read.iter().all(|pack| pack.file != file)) {
                    read.push(PackSource { file, text: contents.text(content)? });
                }
            }
        }
    }
    if read.is_empty() {
        let places: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        return Err(Failure::misuse(Sentence::new("failure-no-rules").with("places", places.join(", ")))
            .why(Sentence::new("failure-no-rules-then").with("revision", revision))
            .help(Sentence::new("failure-no-rules-help")));
    }
    Ok(read)
}
