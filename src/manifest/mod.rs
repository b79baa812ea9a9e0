//! `rulebook.toml`: the layers of a rulebook, the files that were accepted into them, and settings.
//!
//! A manifest is text, and so are the files that it names: whoever calls reads them ([`Manifest::files`]) and hands them over
//! ([`Manifest::assemble`]). A file takes part when its text has the hash under which it was accepted ([`content_hash`]).
//!
//! What is wrong with the manifest as a whole refuses it as a whole, because nobody knows what was meant to be in force. What is wrong with one file
//! leaves out that file, and holds contact where it is law.
//!
//! Left out: reading files, and what layers make of their packs ([`crate::language`]).

mod edit;
mod hash;
mod report;
mod settings_file;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use self::edit::ManifestEdit;
pub use self::hash::content_hash;
pub use self::report::{FileInForce, LayerInForce, RulebookReport, StatementInForce};
pub use self::settings_file::read_settings;
use crate::language::PackSource;
use crate::limits;
use crate::pack::Overrides;
use crate::pack::layers::{Layer, LayerKind, LayerPack, Layers};
use crate::pack::overrides::GivenValue;
use crate::wording::{Sentence, reader_error};

/// The version of the format that is read.
pub const FORMAT: u32 = 1;

/// Why a file of settings or a manifest is refused as a whole: what is wrong, in a sentence.
pub type Refused = Box<Sentence>;

/// What `rulebook.toml` says.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of this format: 1, also where it is left out.
    #[serde(default)]
    pub format: Option<u32>,
    /// Settings of the rulebook as a whole. Those of layers go before them.
    #[serde(default)]
    pub settings: BTreeMap<String, GivenValue>,
    /// A file with settings of the rulebook as a whole, beside this one or below; what `settings` says goes before it.
    #[serde(default)]
    pub settings_file: Option<String>,
    /// The layers, in order: law, company, team, rep.
    #[serde(default, rename = "layer")]
    pub layers: Vec<ManifestLayer>,
}

/// A layer of a manifest.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ManifestLayer {
    /// `law`, `company`, `team` or `rep`.
    pub kind: String,
    /// Its name; where it is left out the id of the rep, else the kind.
    #[serde(default)]
    pub name: Option<String>,
    /// For a layer of a rep: the id by which leads name their owner.
    #[serde(default)]
    pub rep: Option<String>,
    /// The settings that it changes, of its own packs and those of the layers before it.
    #[serde(default)]
    pub settings: BTreeMap<String, GivenValue>,
    /// A file with such settings; what `settings` says goes before it.
    #[serde(default)]
    pub settings_file: Option<String>,
    /// The rule files, in the order in which they are read.
    #[serde(default, rename = "file")]
    pub files: Vec<ManifestFile>,
}

/// A rule file of a layer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ManifestFile {
    /// Where it is, from the folder of the manifest on: `team/north.rhai`. Never outside that folder.
    pub path: String,
    /// The hash of the text that was accepted: 64 digits and letters a to f. A file without one is not accepted, and does not take part.
    #[serde(default)]
    pub sha256: Option<String>,
    /// The rules and series of it that were accepted, by name or `id`; all where it is left out. What it forbids always holds.
    #[serde(default)]
    pub rules: Option<Vec<String>>,
    /// Who accepted it.
    #[serde(default)]
    pub accepted_by: Option<String>,
    /// When: a date or a moment, as text.
    #[serde(default)]
    pub accepted_on: Option<String>,
    /// From whom or what it was received.
    #[serde(default)]
    pub received_from: Option<String>,
}

/// Whether a file of a manifest takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileState {
    /// Its text is the one that was accepted.
    Accepted,
    /// Its text is another one.
    Changed,
    /// It was not accepted yet: the manifest has no hash of it.
    NotAccepted,
    /// Its text was not given.
    Missing,
}

/// A manifest with the texts of its files: what [`Rulebook::merged`](crate::language::Rulebook::merged) takes.
#[derive(Clone, Debug)]
pub struct Assembled {
    /// The rule files that were given, in the order of the layers.
    pub sources: Vec<PackSource>,
    /// The layers.
    pub layers: Layers,
    /// Each file of the manifest in that order: its path, whether it takes part, and the hash of its text.
    pub files: Vec<(String, FileState, Option<String>)>,
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// What is wrong with it as a whole: it is too large, no TOML, of a newer format, or names something that cannot be.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        if text.len() > limits::PACK_BYTES {
            return Err(Box::new(Sentence::new("manifest-too-large").with("limit", limits::PACK_BYTES)));
        }
        let manifest: Self = toml::from_str(text).map_err(|error| Box::new(unreadable(text, &error)))?;
        if manifest.format.is_some_and(|format| format != FORMAT) {
            let format = manifest.format.unwrap_or_default();
            return Err(Box::new(Sentence::new("manifest-newer").with("format", format).with("known", FORMAT)));
        }
        let settings = manifest.settings_files();
        for path in manifest.files().chain(settings) {
            if !is_within(path) {
                return Err(Box::new(Sentence::new("manifest-path").with("path", shown(path))));
            }
        }
        let all_files = manifest.layers.iter().flat_map(|layer| &layer.files);
        for file in all_files {
            if !file.path.ends_with(".rhai") {
                return Err(Box::new(Sentence::new("manifest-no-pack").with("path", shown(&file.path))));
            }
            if file.sha256.as_deref().is_some_and(|hash| !is_hash(hash)) {
                return Err(Box::new(Sentence::new("manifest-no-hash").with("path", shown(&file.path))));
            }
            if file.rules.as_ref().is_some_and(|rules| rules.len() > limits::STATEMENTS) {
                let limit = limits::STATEMENTS;
                return Err(Box::new(Sentence::new("manifest-too-many").with("what", "rules").with("limit", limit)));
            }
        }
        let given = manifest.layers.iter().map(|layer| &layer.settings).chain([&manifest.settings]);
        if given.into_iter().any(|settings| settings.len() > limits::ENTRIES) {
            let limit = limits::ENTRIES;
            return Err(Box::new(Sentence::new("manifest-too-many").with("what", "settings").with("limit", limit)));
        }
        manifest.layers(&|path| path.to_owned(), &BTreeMap::new())?.check()?;
        Ok(manifest)
    }

    /// The paths of its rule files, in order.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.layers.iter().flat_map(|layer| &layer.files).map(|file| file.path.as_str())
    }

    /// The paths of its files of settings.
    pub fn settings_files(&self) -> impl Iterator<Item = &str> {
        self.settings_file
            .iter()
            .chain(self.layers.iter().filter_map(|layer| layer.settings_file.as_ref()))
            .map(String::as_str)
    }

    /// The layers with the texts of their files: `texts` by path, rule files and files of settings alike. `name` is what a rule file is called in
    /// messages.
    ///
    /// # Errors
    /// A file of settings is not there or cannot be read.
    pub fn assemble(
        &self,
        texts: &BTreeMap<String, String>,
        name: &dyn Fn(&str) -> String,
    ) -> Result<Assembled, Refused> {
        let mut settings: BTreeMap<&str, Overrides> = BTreeMap::new();
        for path in self.settings_files() {
            let Some(text) = texts.get(path) else {
                return Err(Box::new(Sentence::new("manifest-no-settings").with("path", shown(path))));
            };
            let read = read_settings(text).map_err(|why| {
                Box::new(Sentence::new("manifest-settings").with("path", shown(path)).with("why", *why))
            })?;
            settings.insert(path, read);
        }
        let mut layers = self.layers(name, &settings)?;
        let mut files = Vec::new();
        let mut sources = Vec::new();
        let entries = self.layers.iter().flat_map(|layer| &layer.files);
        let packs = layers.layers.iter_mut().flat_map(|layer| &mut layer.packs);
        for (entry, pack) in entries.zip(packs) {
            let text = texts.get(&entry.path);
            let hash = text.map(|text| content_hash(text));
            let state = match (&hash, &entry.sha256) {
                (None, _) => FileState::Missing,
                (Some(_), None) => FileState::NotAccepted,
                (Some(hash), Some(accepted)) if hash == accepted => FileState::Accepted,
                (Some(_), Some(_)) => FileState::Changed,
            };
            pack.refused = matches!(state, FileState::NotAccepted | FileState::Changed);
            if let Some(text) = text {
                sources.push(PackSource { file: pack.file.clone(), text: text.clone() });
            }
            files.push((entry.path.clone(), state, hash));
        }
        Ok(Assembled { sources, layers, files })
    }

    /// The layers, with what their files of settings say.
    fn layers(
        &self,
        name: &dyn Fn(&str) -> String,
        settings_files: &BTreeMap<&str, Overrides>,
    ) -> Result<Layers, Refused> {
        let settings = |file: Option<&String>, given: &BTreeMap<String, GivenValue>| {
            let of_file = file.and_then(|path| settings_files.get(path.as_str())).cloned().unwrap_or_default();
            let given = Overrides::given(given.clone())
                .map_err(|name| Box::new(Sentence::new("settings-not-finite").with("name", shown(&name))))?;
            Ok::<Overrides, Refused>(of_file.then(&given))
        };
        let mut layers = Vec::with_capacity(self.layers.len());
        for layer in &self.layers {
            let Some(kind) = LayerKind::from_word(&layer.kind) else {
                let kinds = LayerKind::ALL.map(LayerKind::word).join(", ");
                let sentence = Sentence::new("manifest-kind").with("kind", shown(&layer.kind)).with("kinds", kinds);
                return Err(Box::new(sentence));
            };
            let called = layer.name.clone().or_else(|| layer.rep.clone()).unwrap_or_else(|| kind.word().to_owned());
            let pack =
                |file: &ManifestFile| LayerPack { file: name(&file.path), refused: false, rules: file.rules.clone() };
            layers.push(Layer {
                kind,
                name: called,
                rep: layer.rep.as_deref().map(Arc::from),
                packs: layer.files.iter().map(pack).collect(),
                settings: settings(layer.settings_file.as_ref(), &layer.settings)?,
            });
        }
        Ok(Layers { layers, settings: settings(self.settings_file.as_ref(), &self.settings)? })
    }
}

/// The sentence about a text that is no TOML, or not what is read: the line, and what the reader says.
fn unreadable(text: &str, error: &toml::de::Error) -> Sentence {
    let line =
        error.span().and_then(|span| text.get(..span.start)).map_or(1, |before| before.matches('\n').count() + 1);
    Sentence::new("manifest-unreadable").with("line", line).with("why", reader_error(&shown(error.message())))
}

/// Whether a path stays within the folder that it begins in, whatever it is read on.
fn is_within(path: &str) -> bool {
    let is_name = |part: &str| !part.is_empty() && part != "." && part != "..";
    path.split('/').all(is_name) && !path.contains(['\\', ':', '\0'])
}

/// Whether a text can be a hash as [`content_hash`] gives one.
fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// A text of somebody else's, short enough for a message.
fn shown(text: &str) -> String {
    text.chars().take(200).collect()
}
