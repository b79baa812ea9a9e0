//! Writes the file: finds the packs that are needed, lays all of them out, and tries what a receiver will try.

use std::collections::BTreeMap;

use crate::check::needed_packs::{MISSING_PACK, meets};
use crate::diagnostics::{Diagnostic, Severity};
use crate::examples::{ExampleResult, run_examples};
use crate::format::{NotFormatted, format};
use crate::handover::characters::{hidden_character, is_file_name, number, shown};
use crate::handover::container::{sealed, with_plain_line_ends, write};
use crate::handover::header::Header;
use crate::handover::{Handover, Refusal, check_header};
use crate::language::{PackSource, Rulebook, read_without_examples};
use crate::limits;
use crate::pack::overrides::GivenValue;
use crate::pack::{Overrides, Pack};
use crate::wording::Language;

/// What the header says besides what follows from the packs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PackOptions {
    /// What it is called; the name of the first pack where it is left out.
    pub name: Option<String>,
    /// Its version; that of the first pack where it is left out.
    pub version: Option<String>,
    /// Who hands it over; the author of the first pack where it is left out.
    pub author: Option<String>,
    /// Under which licence; what the first pack notes as `licence` where it is left out.
    pub licence: Option<String>,
    /// What it is for, in a sentence.
    pub about: Option<String>,
    /// Values for settings, by `name` or `pack name/name`.
    pub settings: Overrides,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Packed {
    /// Its text.
    pub text: String,
    /// Its hash.
    pub sha256: String,
    /// Its header.
    pub header: Header,
    /// What was noticed about the packs: warnings.
    pub warnings: Vec<Diagnostic>,
}

/// Why no file was written.
#[derive(Clone, Debug, PartialEq)]
pub enum NotPacked {
    /// A pack that is needed is missing, or something cannot stand in the file.
    Refused(Box<Refusal>),
    /// The packs have errors.
    Errors(Vec<Diagnostic>),
    /// Examples of the packs fail: these.
    Examples(Vec<ExampleResult>),
}

impl From<Box<Refusal>> for NotPacked {
    fn from(refusal: Box<Refusal>) -> Self {
        Self::Refused(refusal)
    }
}

/// Writes packs into one file, with those that they need: the latter are looked for among `beside`, by the names of their files or their own names. The packs
/// go by the names of their files without folders.
///
/// # Errors
/// A pack that is needed is missing, a pack has errors, or an example fails. What does not do what its author says is not handed over.
pub fn pack(
    given: &[PackSource],
    beside: &[PackSource],
    options: &PackOptions,
    language: Language,
) -> Result<Packed, NotPacked> {
    let sources = laid_out(&with_needed(given, beside)?)?;
    let (rulebook, mut found) = Rulebook::new(&sources, &Overrides::default());
    // Values that settings cannot have, and those that no pack has.
    let of_settings = Rulebook::new(&sources, &options.settings).1;
    let new: Vec<Diagnostic> = of_settings.into_iter().filter(|one| !found.contains(one)).collect();
    found.extend(new);
    let is_error = |one: &&Diagnostic| one.severity == Severity::Error || one.code == MISSING_PACK.word();
    let errors: Vec<Diagnostic> = found.iter().filter(is_error).cloned().collect();
    if !errors.is_empty() {
        return Err(NotPacked::Errors(errors));
    }
    let failed: Vec<ExampleResult> =
        run_examples(&rulebook, language).into_iter().filter(|result| !result.passed).collect();
    if !failed.is_empty() {
        return Err(NotPacked::Examples(failed));
    }
    let header = header(rulebook.packs(), options);
    check_header(&header)?;
    let texts: Vec<(String, String)> = sources.into_iter().map(|source| (source.file, source.text)).collect();
    let (text, sha256) = sealed(&write(&header.to_toml(), &texts));
    // What cannot be read is not written.
    Handover::read(text.as_bytes())?;
    Ok(Packed { text, sha256, header, warnings: found })
}

/// The header of these packs. Settings go by their long names, so that they mean the same beside other packs.
fn header(packs: &[Pack], options: &PackOptions) -> Header {
    let first = packs.first().map(|pack| &pack.about);
    let mut settings: BTreeMap<String, GivenValue> = BTreeMap::new();
    for (pack, setting) in packs.iter().flat_map(|pack| pack.settings.iter().map(move |setting| (pack, setting))) {
        let given = options.settings.of(&pack.about.name, &setting.name);
        if let Some(value) = given.and_then(GivenValue::of) {
            settings.insert(format!("{}/{}", pack.about.name, setting.name), value);
        }
    }
    let of_first = |given: &Option<String>, own: Option<&String>| given.clone().or_else(|| own.cloned());
    let licence = first.and_then(|about| about.notes.get("licence").or_else(|| about.notes.get("license")));
    Header {
        name: of_first(&options.name, first.map(|about| &about.name)).unwrap_or_default(),
        version: of_first(&options.version, first.and_then(|about| about.version.as_ref())),
        author: of_first(&options.author, first.and_then(|about| about.author.as_ref())),
        licence: of_first(&options.licence, licence),
        about: options.about.clone(),
        settings,
        ..Header::of_packs(packs)
    }
}

/// These packs, and those that they need, and those that these need in turn.
fn with_needed(given: &[PackSource], beside: &[PackSource]) -> Result<Vec<PackSource>, NotPacked> {
    let read = |source: &PackSource| read_without_examples(&source.file, &source.text, &Overrides::default()).pack;
    let mut packs: Vec<(PackSource, Pack)> = Vec::new();
    for source in given {
        if packs.iter().all(|(own, _)| own != source) {
            packs.push((source.clone(), read(source)));
        }
    }
    let candidates: Vec<(&PackSource, Pack)> = beside.iter().map(|source| (source, read(source))).collect();
    let mut next = 0;
    while let Some((_, pack)) = packs.get(next).filter(|_| packs.len() <= limits::PACKS) {
        let mut found: Vec<(PackSource, Pack)> = Vec::new();
        let is_there = |found: &[(PackSource, Pack)], fits: &dyn Fn(&PackSource, &Pack) -> bool| {
            packs.iter().chain(found).any(|(source, pack)| fits(source, pack))
        };
        let missing = |needed: &str| {
            let refusal = Refusal::new("missing-pack", "handover-missing-pack", "handover-missing-pack-help");
            refusal.with("pack", shown(&pack.about.name)).with("needed", shown(needed))
        };
        for file in &pack.about.needs {
            let fits = |source: &PackSource, _: &Pack| base_name(&source.file) == file;
            if is_there(&found, &fits) {
                continue;
            }
            let (source, pack) =
                candidates.iter().find(|(source, pack)| fits(source, pack)).ok_or_else(|| missing(file))?;
            found.push(((*source).clone(), pack.clone()));
        }
        for need in &pack.needs {
            // One of another version is told by whoever checks the packs together.
            if is_there(&found, &|_, other| other.about.name == need.pack) {
                continue;
            }
            let named = || candidates.iter().filter(|(_, other)| other.about.name == need.pack);
            let fitting = named().find(|(_, other)| meets(other, need)).or_else(|| named().next());
            let (source, pack) = fitting.ok_or_else(|| missing(&need.pack))?;
            found.push(((*source).clone(), pack.clone()));
        }
        packs.extend(found);
        next += 1;
    }
    Ok(packs.into_iter().map(|(source, _)| source).collect())
}

/// Packs by the names of their files without folders, in their canonical layout.
fn laid_out(sources: &[PackSource]) -> Result<Vec<PackSource>, NotPacked> {
    let mut laid_out: Vec<PackSource> = Vec::new();
    for source in sources {
        let file = base_name(&source.file);
        if !is_file_name(file) {
            return Err(Refusal::new("file-name", "handover-file-name", "handover-rename")
                .with("file", shown(file))
                .into());
        }
        if laid_out.iter().any(|other| other.file.to_lowercase() == file.to_lowercase()) {
            let refusal = Refusal::new("duplicate-file", "handover-duplicate-file", "handover-rename");
            return Err(refusal.with("file", shown(file)).into());
        }
        let text = with_plain_line_ends(&source.text);
        if let Some((line, letter)) = hidden_character(text.trim_end_matches('\n')) {
            let refusal = Refusal::new("hidden-characters", "handover-hidden", "handover-hidden-help");
            return Err(refusal.with("place", file).with("line", line).with("letter", number(letter)).into());
        }
        let text = match format(&source.file, &text) {
            Ok(formatted) => formatted.text,
            Err(NotFormatted::Syntax(found)) => return Err(NotPacked::Errors(found)),
            Err(NotFormatted::WouldChange) => {
                return Err(Refusal::new("layout", "handover-layout", "handover-ask-author").with("file", file).into());
            }
        };
        laid_out.push(PackSource { file: file.to_owned(), text });
    }
    Ok(laid_out)
}

/// The name of a file without its folders.
pub(super) fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
