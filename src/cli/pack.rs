//! `cadans pack`: one file with rule files and all that they need, to hand over.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::{Exit, Failure};
use super::screen::{DIM, ERROR, GOOD, Screen, count, paragraph, plain};
use super::setting_args::SettingArgs;
use super::{examples, findings, output_file, packs};
use cadans::files;
use cadans::handover::{NotPacked, PackOptions, Packed, pack};
use cadans::language::PackSource;
use cadans::wording::{Language, Sentence};

const EXAMPLES: &str = "\
Examples:
  cadans pack rules/inside-sales.rhai --out inside-sales.cadans
  cadans pack team.rhai --with rules/ --licence CC-BY-4.0 --author \"Team North\" \\
      --set hot_visits=3 --out team.cadans

The file is text: a header, and each rule file in its canonical layout with its
comments and examples. Packs that these need are looked for beside them and among
those of --with, and go along. Its last line is the SHA-256 of all lines before it:

  head -n -1 team.cadans | sha256sum

Packs with an error, or with an example that fails, are not handed over (exit
code 1). Whoever receives it: cadans receive. docs/handover.md tells the rest.";

/// Writes rule files with all that they need into one file, to hand over
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct PackArgs {
    /// Rule files, and folders of which every *.rhai file is taken
    #[arg(value_name = "DIR|FILE", required = true)]
    rules: Vec<PathBuf>,
    /// Where packs that these need may be found, besides the folders in which they lie
    #[arg(long, value_name = "DIR|FILE", num_args = 1..)]
    with: Vec<PathBuf>,
    /// What it is called; else as its first pack
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// Its version; else that of its first pack
    #[arg(long, value_name = "TEXT")]
    version: Option<String>,
    /// Who hands it over; else the author of its first pack
    #[arg(long, value_name = "TEXT")]
    author: Option<String>,
    /// Under which licence, such as CC-BY-4.0; else what its first pack notes as licence
    #[arg(long, value_name = "TEXT")]
    licence: Option<String>,
    /// What it is for, in a sentence
    #[arg(long, value_name = "TEXT")]
    about: Option<String>,
    #[command(flatten)]
    settings: SettingArgs,
    /// The file to write, such as team.cadans; else it is printed
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Puts the file together, and writes or prints it.
///
/// # Errors
/// Files that cannot be read or written, settings that cannot have the value given, and packs that cannot be handed over.
pub fn run(args: &PackArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    if files::only_manifest(&args.rules)?.is_some() {
        return Err(
            Failure::misuse(Sentence::new("failure-pack-rulebook")).help(Sentence::new("failure-pack-rulebook-help"))
        );
    }
    let paths = packs::rule_files(&args.rules, screen)?;
    if let Some(out) = &args.out {
        output_file::refuse_input(out, paths.iter().map(PathBuf::as_path))?;
    }
    let read = |path: &PathBuf| {
        Ok::<PackSource, Failure>(PackSource { file: files::called(path), text: files::text_of(path)? })
    };
    let given = paths.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let beside = beside(&paths, &args.with)?.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let options = PackOptions {
        name: args.name.clone(),
        version: args.version.clone(),
        author: args.author.clone(),
        licence: args.licence.clone(),
        about: args.about.clone(),
        settings: args.settings.overrides()?,
    };
    match pack(&given, &beside, &options, screen.language) {
        Ok(packed) => write(args, &packed, screen),
        Err(NotPacked::Refused(refusal)) => Err(Failure::handover(Sentence::new("failure-not-packed"), *refusal)),
        Err(NotPacked::Errors(found)) => {
            packs::refuse_settings(&found, screen)?;
            let found: Vec<_> = found.iter().map(|one| one.in_language(screen.language)).collect();
            let sources: Vec<PackSource> = given.into_iter().chain(beside).flat_map(by_both_names).collect();
            let shown = findings::show(&found, &sources, screen.width, screen.language)?;
            screen.print(&shown)?;
            tell_not_packed("pack-errors", screen);
            Ok(Exit::Findings)
        }
        Err(NotPacked::Examples(failed)) => {
            screen.print(&examples::results_text(&failed, screen.language, screen.width))?;
            tell_not_packed("pack-examples", screen);
            Ok(Exit::Findings)
        }
    }
}

/// A pack by its path and by the name of its file alone, as which it is handed over: findings name either.
fn by_both_names(source: PackSource) -> [PackSource; 2] {
    let name = source.file.rsplit('/').next().unwrap_or_default().to_owned();
    [PackSource { file: name, text: source.text.clone() }, source]
}

fn tell_not_packed(key: &'static str, screen: &mut Screen) {
    let line = screen.text(&Sentence::new(key));
    screen.print_aside(&format!("{ERROR}{line}{ERROR:#}\n"));
}

/// The rule files in the folders of these, without those in folders below, and those named by `--with`.
fn beside(paths: &[PathBuf], with: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let folder_of = |path: &PathBuf| path.parent().map(Path::to_owned).unwrap_or_default();
    let folders: BTreeSet<PathBuf> = paths.iter().map(folder_of).collect();
    let mut found = files::find(with)?.files;
    for folder in folders {
        let place = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
        let trouble = |error: &io::Error| Failure::read(place.display().to_string(), error);
        let mut names: Vec<PathBuf> = Vec::new();
        for entry in std::fs::read_dir(place).map_err(|error| trouble(&error))? {
            names.push(folder.join(entry.map_err(|error| trouble(&error))?.file_name()));
        }
        names.sort();
        found.extend(
            names.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rhai") && path.is_file()),
        );
    }
    found.retain(|path| !paths.contains(path));
    Ok(found)
}

/// Writes or prints the file, and tells what is in it.
fn write(args: &PackArgs, packed: &Packed, screen: &mut Screen) -> Result<Exit, Failure> {
    let summary = summary(packed, screen.language, screen.width);
    match &args.out {
        Some(out) => {
            output_file::write(out, &packed.text)?;
            let written = screen.text(&Sentence::new("pack-written").with("file", &*plain(&out.to_string_lossy())));
            screen.print(&format!("{summary}{GOOD}{written}{GOOD:#}\n"))?;
        }
        None => {
            screen.print_aside(&summary);
            // Written as it is: the screen would take out what looks like a style.
            let mut out = io::stdout().lock();
            out.write_all(packed.text.as_bytes()).and_then(|()| out.flush())?;
        }
    }
    Ok(Exit::Fine)
}

/// What is in the file, in some lines.
fn summary(packed: &Packed, language: Language, width: usize) -> String {
    let header = &packed.header;
    let mut text = String::new();
    for pack in &header.packs {
        let counts = [count("rules", pack.rules), count("policies", pack.policies), count("examples", pack.examples)];
        let counts: Vec<String> = counts.iter().map(|one| one.render(language)).collect();
        let name =
            [Some(&pack.name), pack.version.as_ref()].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        let line = format!("{} {DIM}({}){DIM:#}", plain(&name), counts.join(", "));
        text.push_str(&paragraph(&format!("  {}  ", plain(&pack.file)), &line, width));
    }
    let line = |key: &'static str| paragraph("  ", &Sentence::new(key).render(language), width);
    if header.licence.is_none() {
        text.push_str(&line("pack-no-licence"));
    }
    let hash = Sentence::new("pack-hash").with("hash", packed.sha256.as_str()).render(language);
    text.push_str(&format!("  {hash}\n"));
    text
}
