//! What accepting a file would write: the new `rulebook.toml`, and the rule files that it names.
//!
//! The rule files go into a folder of their own, whose name has the hash of the file. So no file that is there is written over, and the rulebook is the old one
//! until the one moment in which its `rulebook.toml` is replaced.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::compare::Outline;
use crate::diagnostics::{Diagnostic, Severity};
use crate::examples::run_examples;
use crate::handover::characters::shown;
use crate::handover::in_force::{Rulebooks, new_findings};
use crate::handover::packing::base_name;
use crate::handover::{Handover, Refusal, canonical, rules};
use crate::language::{PackSource, Rulebook};
use crate::manifest::{Assembled, FileState, Manifest, ManifestEdit, ManifestFile, Refused, content_hash};
use crate::pack::layers::{Layer, LayerKind};
use crate::pack::overrides::GivenValue;
use crate::pack::{Overrides, Pack};
use crate::wording::{Language, Sentence};

/// The folder below that of the rulebook in which accepted files are put.
pub const FOLDER: &str = "received";

/// The rulebook of whoever receives a file.
#[derive(Clone, Copy, Debug)]
pub struct OwnRulebook<'a> {
    /// The text of `rulebook.toml`; empty where there is none yet.
    pub manifest: &'a str,
    /// The texts of the files that it names, by path; those that are not there are left out.
    pub texts: &'a BTreeMap<String, String>,
}

/// What is accepted of a file, and into which layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The layer.
    pub layer: LayerChoice,
    /// Only these rules and series, by name or `pack name/name`, with the policies of their packs and of those that they need. `None` for all.
    pub rules: Option<Vec<String>>,
    /// Whether packs of the same names with other texts are replaced.
    pub replace: bool,
    /// Who accepts it.
    pub accepted_by: Option<String>,
    /// When: a date or a moment, as text.
    pub accepted_on: Option<String>,
}

/// A layer of a rulebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerChoice {
    /// Its name, or its kind where there is one or none of that kind.
    pub layer: String,
    /// For the layer of a rep: their id.
    pub rep: Option<String>,
}

impl Default for LayerChoice {
    /// The team's.
    fn default() -> Self {
        Self { layer: LayerKind::Team.word().to_owned(), rep: None }
    }
}

/// What is written when a file is accepted. First the files, then the rulebook.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Acceptance {
    /// The new text of `rulebook.toml`.
    pub manifest: String,
    /// The rule files, by their paths from the folder of the rulebook on.
    pub files: Vec<AcceptedText>,
    /// The name of the layer.
    pub layer: String,
    /// Whether that layer is new.
    pub new_layer: bool,
    /// The settings that the layer gets.
    pub settings: BTreeMap<String, GivenValue>,
    /// The files that the rulebook names no longer, because packs of the file replace theirs. They stay where they are.
    pub replaced: Vec<String>,
    /// Whether anything changes.
    pub changes: bool,
}

/// A rule file that is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AcceptedText {
    /// Its path from the folder of the rulebook on.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A rule file of the receiver's rulebook.
#[derive(Clone, Debug)]
pub(super) struct OwnFile {
    pub(super) layer: usize,
    /// Its place in the layer.
    pub(super) place: usize,
    pub(super) entry: ManifestFile,
    pub(super) state: FileState,
    /// Its text; empty where it is missing.
    pub(super) text: String,
    /// The name and `id` of its pack.
    pub(super) name: String,
    pub(super) id: Option<String>,
}

/// How a pack of the file stands to those that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PackStanding {
    /// There is none of its name.
    New,
    /// It is there, in this text: the place among the own files.
    Same(usize),
    /// One of its name is there with another text.
    Other(usize),
}

/// The rulebook before, how the packs of the file stand to it, and what accepting them would write.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) own: Vec<OwnFile>,
    pub(super) before: Assembled,
    pub(super) after: Assembled,
    /// For each pack of the file how it stands, and whether it is taken.
    pub(super) standings: Vec<(PackStanding, bool)>,
    pub(super) acceptance: Acceptance,
}

/// What accepting a file into a rulebook writes.
///
/// # Errors
/// The rulebook cannot be read, the layer is unknown, a chosen rule is not there, packs would be replaced without leave, the packs have errors or do not go with
/// those that are there, or an example fails.
pub fn accept(
    handover: &Handover,
    own: OwnRulebook<'_>,
    choice: &Choice,
    language: Language,
) -> Result<Acceptance, Box<Refusal>> {
    let (alone, found) = Rulebook::new(&handover.packs, &Overrides::default());
    if let Some(error) = first_error(&found) {
        return Err(with_first(Refusal::new("errors", "handover-errors", "handover-ask-author"), error, language));
    }
    if let Some(failed) = run_examples(&alone, language).iter().find(|result| !result.passed) {
        let refusal = Refusal::new("examples", "handover-examples-fail", "handover-ask-author");
        return Err(refusal.with("example", shown(&failed.name)).with("pack", shown(&failed.pack)));
    }
    let plan = plan(handover, alone.packs(), own, choice)?;
    if let Some(file) = plan.acceptance.replaced.first().filter(|_| !choice.replace) {
        let refusal = Refusal::new("replaces", "handover-replaces", "handover-replaces-help");
        return Err(refusal.with("file", shown(file)));
    }
    let rulebooks = Rulebooks::of(&plan.before, &plan.after);
    if let Some(error) = first_error(&new_findings(&rulebooks.before.1, &rulebooks.after.1)) {
        return Err(with_first(
            Refusal::new("conflict", "handover-conflict", "handover-conflict-help"),
            error,
            language,
        ));
    }
    Ok(plan.acceptance)
}

fn first_error(found: &[Diagnostic]) -> Option<&Diagnostic> {
    found.iter().find(|one| one.severity == Severity::Error)
}

fn with_first(refusal: Box<Refusal>, error: &Diagnostic, language: Language) -> Box<Refusal> {
    let error = error.in_language(language);
    let refusal = refusal.with("file", shown(&error.file)).with("line", i64::from(error.span.line));
    refusal.with("message", shown(&error.message))
}

/// What accepting a file would write, whether or not it may be accepted. `packs` are those of the file, as they were read.
pub(super) fn plan(
    handover: &Handover,
    packs: &[Pack],
    own: OwnRulebook<'_>,
    choice: &Choice,
) -> Result<Plan, Box<Refusal>> {
    let of_own =
        |why: Refused| Box::new(Refusal { code: "rulebook", what: *why, help: Sentence::new("manifest-help") });
    let manifest = Manifest::parse(own.manifest).map_err(of_own)?;
    let before = manifest.assemble(own.texts, &str::to_owned).map_err(of_own)?;
    let files = own_files(&manifest, &before, own.texts);
    let chosen = choice.rules.as_deref().map(|names| rules::chosen(packs, names)).transpose()?;
    let taken = taken(packs, chosen.as_deref());
    let standings: Vec<(PackStanding, bool)> = handover
        .packs
        .iter()
        .zip(packs)
        .zip(taken)
        .map(|((source, pack), taken)| (standing(source, pack, &files), taken))
        .collect();

    let mut edit = ManifestEdit::new(own.manifest).map_err(of_own)?;
    let (layer, new_layer) = layer_for(&manifest, &choice.layer, &mut edit)?;
    // A layer that was added moved those behind it.
    let moved = |place: usize| if new_layer && place >= layer.0 { place + 1 } else { place };
    let mut acceptance = Acceptance {
        manifest: String::new(),
        files: Vec::new(),
        layer: layer.1,
        new_layer,
        settings: BTreeMap::new(),
        replaced: Vec::new(),
        changes: false,
    };
    for (nth, (source, (standing, taken))) in handover.packs.iter().zip(&standings).enumerate() {
        if !taken {
            continue;
        }
        let rules = chosen.as_ref().and_then(|chosen| chosen.get(nth)).cloned();
        let path = format!("{FOLDER}/{}/{}", folder_name(handover), source.file);
        let entry = ManifestFile {
            path: path.clone(),
            sha256: Some(content_hash(&source.text)),
            rules,
            accepted_by: choice.accepted_by.clone(),
            accepted_on: choice.accepted_on.clone(),
            received_from: Some(origin(handover)),
        };
        match standing {
            PackStanding::Same(place) => {
                let Some(file) = files.get(*place) else { continue };
                if let Some(entry) = widened(file, &entry) {
                    edit.set_file(moved(file.layer), file.place, &entry);
                    acceptance.changes = true;
                }
                continue;
            }
            PackStanding::Other(place) => {
                let Some(file) = files.get(*place) else { continue };
                edit.set_file(moved(file.layer), file.place, &entry);
                acceptance.replaced.push(file.entry.path.clone());
            }
            PackStanding::New => edit.add_file(layer.0, &entry),
        }
        acceptance.changes = true;
        acceptance.files.push(AcceptedText { path, text: source.text.clone() });
        for (name, value) in settings_of(handover, packs.get(nth)) {
            if given(&before, name).is_none() {
                edit.set_setting(layer.0, name, value);
                acceptance.settings.insert(name.clone(), value.clone());
            }
        }
    }
    let mut texts = own.texts.clone();
    texts.extend(acceptance.files.iter().map(|file| (file.path.clone(), file.text.clone())));
    acceptance.manifest = if acceptance.changes { edit.text().map_err(of_own)? } else { own.manifest.to_owned() };
    let after = Manifest::parse(&acceptance.manifest).and_then(|after| after.assemble(&texts, &str::to_owned));
    Ok(Plan { own: files, before, after: after.map_err(of_own)?, standings, acceptance })
}

/// The settings in the header that are those of a pack, by their long names.
fn settings_of<'a>(
    handover: &'a Handover,
    pack: Option<&'a Pack>,
) -> impl Iterator<Item = (&'a String, &'a GivenValue)> {
    let is_own = move |name: &str| {
        pack.is_some_and(|pack| pack.settings.iter().any(|one| name == format!("{}/{}", pack.about.name, one.name)))
    };
    handover.header.settings.iter().filter(move |(name, _)| is_own(name))
}

/// The layer of a rulebook that gives the setting of this long name a value already; the rulebook as a whole is an empty name.
pub(super) fn given<'a>(own: &'a Assembled, name: &str) -> Option<(&'a str, String)> {
    let (pack, setting) = name.rsplit_once('/')?;
    let layers = own.layers.layers.iter().rev().map(|layer: &Layer| (layer.name.as_str(), &layer.settings));
    let all = layers.chain([("", &own.layers.settings)]);
    all.into_iter().find_map(|(layer, settings)| Some((layer, settings.of(pack, setting)?.in_rule())))
}

/// The rule files of a rulebook with their places.
fn own_files(manifest: &Manifest, assembled: &Assembled, texts: &BTreeMap<String, String>) -> Vec<OwnFile> {
    let mut states = assembled.files.iter();
    let mut files = Vec::new();
    for (layer, one) in manifest.layers.iter().enumerate() {
        for ((place, entry), (path, state, _)) in one.files.iter().enumerate().zip(&mut states) {
            let text = texts.get(path).cloned().unwrap_or_default();
            let Outline { name, id, .. } = Outline::read(path, &text);
            files.push(OwnFile { layer, place, entry: entry.clone(), state: *state, text, name, id });
        }
    }
    files
}

/// How a pack stands to the files that are there.
fn standing(source: &PackSource, pack: &Pack, files: &[OwnFile]) -> PackStanding {
    let there = || files.iter().enumerate().filter(|(_, file)| file.state != FileState::Missing);
    let is_same = |file: &OwnFile| {
        file.text == source.text
            || (file.name == pack.about.name
                && canonical(&PackSource { file: file.entry.path.clone(), text: file.text.clone() })
                    .is_some_and(|text| text == source.text))
    };
    if let Some((place, _)) = there().find(|(_, file)| is_same(file)) {
        return PackStanding::Same(place);
    }
    let is_of_name = |file: &OwnFile| file.name == pack.about.name || (file.id.is_some() && file.id == pack.about.id);
    there().find(|(_, file)| is_of_name(file)).map_or(PackStanding::New, |(place, _)| PackStanding::Other(place))
}

/// For each pack whether it is taken: all, or those with chosen rules and those that these need, and so on.
fn taken(packs: &[Pack], chosen: Option<&[Vec<String>]>) -> Vec<bool> {
    let Some(chosen) = chosen else { return vec![true; packs.len()] };
    let mut taken: BTreeSet<usize> =
        (0..packs.len()).filter(|nth| chosen.get(*nth).is_some_and(|list| !list.is_empty())).collect();
    let mut next: Vec<usize> = taken.iter().copied().collect();
    while let Some(pack) = next.pop().and_then(|nth| packs.get(nth)) {
        let is_needed = |other: &Pack| {
            pack.about.needs.iter().any(|file| base_name(&other.file) == file)
                || pack.needs.iter().any(|need| need.pack == other.about.name)
        };
        let needed = packs.iter().enumerate().filter(|(_, other)| is_needed(other)).map(|(nth, _)| nth);
        next.extend(needed.filter(|nth| taken.insert(*nth)));
    }
    (0..packs.len()).map(|nth| taken.contains(&nth)).collect()
}

/// The entry of a file that is there already, with what is accepted besides; `None` when all of that is accepted.
fn widened(file: &OwnFile, accepted: &ManifestFile) -> Option<ManifestFile> {
    let rules = match (&file.entry.rules, &accepted.rules) {
        (Some(old), Some(more)) if file.state == FileState::Accepted => {
            let new = more.iter().filter(|name| !old.contains(name));
            Some(old.iter().chain(new).cloned().collect::<Vec<String>>())
        }
        (None, _) if file.state == FileState::Accepted => None,
        (_, rules) => rules.clone(),
    };
    if file.state == FileState::Accepted && rules == file.entry.rules {
        return None;
    }
    let ManifestFile { accepted_by, accepted_on, .. } = accepted.clone();
    let sha256 = Some(content_hash(&file.text));
    let (path, received_from) = (file.entry.path.clone(), file.entry.received_from.clone());
    Some(ManifestFile { path, sha256, rules, accepted_by, accepted_on, received_from })
}

/// The place and name of the layer that is chosen, and whether it is new; a new one is added to the manifest.
fn layer_for(
    manifest: &Manifest,
    choice: &LayerChoice,
    edit: &mut ManifestEdit,
) -> Result<((usize, String), bool), Box<Refusal>> {
    let kind = LayerKind::from_word(&choice.layer);
    let called = |place: usize| {
        let layer = manifest.layers.get(place);
        let own = layer.and_then(|layer| layer.name.clone().or_else(|| layer.rep.clone()));
        own.unwrap_or_else(|| layer.map(|layer| layer.kind.clone()).unwrap_or_default())
    };
    let layers = || manifest.layers.iter().enumerate();
    let by_name = layers().map(|(place, _)| place).find(|place| called(*place) == choice.layer);
    let of_kind: Vec<usize> = layers()
        .filter(|(_, layer)| layer.kind == choice.layer && (choice.rep.is_none() || layer.rep == choice.rep))
        .map(|(place, _)| place)
        .collect();
    match (by_name, of_kind.as_slice(), kind) {
        (Some(place), ..) => Ok(((place, called(place)), false)),
        (None, [place], _) => Ok(((*place, called(*place)), false)),
        (None, [], Some(kind)) => {
            let rep = choice.rep.as_deref().filter(|_| kind == LayerKind::Rep);
            if kind == LayerKind::Rep && rep.is_none() {
                return Err(Refusal::new("layer", "handover-no-rep", "handover-no-rep-help"));
            }
            let name = rep.unwrap_or(kind.word()).to_owned();
            Ok(((edit.add_layer(kind, &name, rep), name), true))
        }
        (None, places, _) => {
            let all: Vec<usize> =
                if places.is_empty() { layers().map(|(place, _)| place).collect() } else { places.to_vec() };
            let names: Vec<String> = all.into_iter().map(|place| shown(&called(place))).collect();
            let key = if places.is_empty() { "handover-no-layer" } else { "handover-several-layers" };
            let refusal = Refusal::new("layer", key, "handover-layer-help");
            Err(refusal.with("layer", shown(&choice.layer)).with("layers", names.join(", ")))
        }
    }
}

/// The folder of the files of a hand-over: its name, as folders are called, and the begin of its hash.
fn folder_name(handover: &Handover) -> String {
    const LETTERS: usize = 40;
    const DIGITS: usize = 12;
    let mut name = String::new();
    for letter in handover.header.name.to_lowercase().chars() {
        match letter {
            'a'..='z' | '0'..='9' => name.push(letter),
            _ if name.is_empty() || name.ends_with('-') => {}
            _ => name.push('-'),
        }
        if name.len() >= LETTERS {
            break;
        }
    }
    let digits: String = handover.sha256.chars().take(DIGITS).collect();
    format!("{}-{digits}", name.trim_end_matches('-')).trim_start_matches('-').to_owned()
}

/// What a manifest says about where a file is from.
fn origin(handover: &Handover) -> String {
    let header = &handover.header;
    let version = header.version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
    let author = header.author.as_ref().map(|author| format!(" by {author}")).unwrap_or_default();
    format!("{}{version}{author}, sha256 {}", header.name, handover.sha256)
}
