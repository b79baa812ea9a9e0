//! The keys of a TOML file (`*.settings.toml`, `rulebook.toml`) with their values and lines, and what differs between two versions.
//!
//! A key is written as its path: `settings.hot_visits`, `layer[team].file[team/north.rhai].sha256`. A file that is no TOML has no keys; that is told.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::compare::outline::base_name;
use crate::language::PackSource;
use crate::wording::{Language, Sentence};

/// Whether a file is a TOML file, which is compared by key.
pub(crate) fn is_toml(file: &str) -> bool {
    file.ends_with(".toml")
}

/// The keys of the TOML files among some files.
pub(crate) fn tables(files: &[PackSource]) -> BTreeMap<String, Keys> {
    let tables = files.iter().filter(|file| is_toml(&file.file));
    tables.map(|file| (file.file.clone(), Keys::read(&file.text))).collect()
}

/// Which TOML files belong together, by their names before and after; one of the two may be missing. Files of the same name do, then those with
/// the same keys and values, then those whose names end alike, then the only ones.
pub(crate) fn pairs_of_tables(
    before: &BTreeMap<String, Keys>,
    after: &BTreeMap<String, Keys>,
) -> Vec<(Option<String>, Option<String>)> {
    type Same = fn((&String, &Keys), (&String, &Keys)) -> bool;
    let same: [Same; 3] = [
        |(one, _), (other, _)| one == other,
        |(_, one), (_, other)| one.values == other.values,
        |(one, _), (other, _)| base_name(one) == base_name(other),
    ];
    let mut pairs: Vec<(Option<String>, Option<String>)> = Vec::new();
    let mut gone: BTreeSet<&String> = before.keys().collect();
    let mut came: BTreeSet<&String> = after.keys().collect();
    for same in same {
        for file in came.clone() {
            let Some(keys) = after.get(file) else { continue };
            let was =
                gone.iter().copied().find(|was| before.get(*was).is_some_and(|old| same((*was, old), (file, keys))));
            if let Some(was) = was {
                gone.remove(was);
                came.remove(file);
                pairs.push((Some(was.clone()), Some(file.clone())));
            }
        }
    }
    if before.len() == 1 && after.len() == 1 && gone.len() == 1 && came.len() == 1 {
        pairs.push((gone.pop_first().cloned(), came.pop_first().cloned()));
    }
    pairs.extend(came.into_iter().map(|file| (None, Some(file.clone()))));
    pairs.extend(gone.into_iter().map(|file| (Some(file.clone()), None)));
    pairs
}

/// The keys of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Keys {
    /// The value of each as it is written, and the line of the key.
    pub(crate) values: BTreeMap<String, (String, u32)>,
    /// Whether the file is no TOML.
    pub(crate) is_broken: bool,
}

impl Keys {
    /// Reads a file.
    pub(crate) fn read(text: &str) -> Self {
        let Ok(table) = DeTable::parse(text) else { return Self { is_broken: true, ..Self::default() } };
        let mut keys = Self::default();
        let mut open = vec![(String::new(), table)];
        while let Some((path, table)) = open.pop() {
            for (name, value) in table.into_inner() {
                let path = match path.as_str() {
                    "" => name.get_ref().to_string(),
                    path => format!("{path}.{}", name.get_ref()),
                };
                keys.add(path, name.span().start, value, text, &mut open);
            }
        }
        keys
    }

    /// Adds a key; the keys of a table are added to those that are still to be looked at.
    fn add<'t>(
        &mut self,
        path: String,
        at: usize,
        value: Spanned<DeValue<'t>>,
        text: &str,
        open: &mut Vec<(String, Spanned<DeTable<'t>>)>,
    ) {
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) => open.push((path, Spanned::new(span, table))),
            DeValue::Array(items) if items.iter().any(|item| matches!(item.get_ref(), DeValue::Table(_))) => {
                let mut taken: BTreeSet<String> = BTreeSet::new();
                for (place, item) in items.into_iter().enumerate() {
                    let named = name_of_item(item.get_ref()).filter(|name| !taken.contains(name));
                    let name = named.unwrap_or_else(|| place.to_string());
                    let at = item.span().start;
                    self.add(format!("{path}[{name}]"), at, item, text, open);
                    taken.insert(name);
                }
            }
            _ => {
                let written = text.get(span).unwrap_or_default();
                let one_line = written.split_whitespace().collect::<Vec<_>>().join(" ");
                self.values.insert(path, (one_line, line_of(text, at)));
            }
        }
    }
}

/// By what a table in a list is known: its path, name, rep or kind, so that one that comes before it changes nothing about it.
fn name_of_item(item: &DeValue<'_>) -> Option<String> {
    let DeValue::Table(table) = item else { return None };
    let text = |key: &str| table.get(key).and_then(|value| value.get_ref().as_str()).map(str::to_owned);
    ["path", "name", "rep", "kind"].into_iter().find_map(text)
}

/// The line of a byte, from 1.
fn line_of(text: &str, at: usize) -> u32 {
    let before = text.get(..at).unwrap_or_default();
    u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
}

/// A key that was added, removed or has another value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyChange {
    /// Its path: `settings.hot_visits`.
    pub key: String,
    /// Its value before; `None` for a new one.
    pub before: Option<String>,
    /// Its value now; `None` for one that is gone.
    pub after: Option<String>,
    /// Its line now; that of before for one that is gone.
    pub line: u32,
}

impl KeyChange {
    /// The change in words: "hot_visits 2 to 3".
    pub fn words(&self, language: Language) -> String {
        self.of_layer()
            .unwrap_or_else(|| self.of_key(self.key.strip_prefix("settings.").unwrap_or(&self.key)))
            .render(language)
    }

    /// Whether it is about the value of this setting.
    pub(crate) fn is_of_setting(&self, name: &str) -> bool {
        let key = self.key.replace('"', "");
        key == name || key == format!("settings.{name}") || key.ends_with(&format!("].settings.{name}"))
    }

    /// What it says of a layer of a `rulebook.toml`: `layer[team].file[north.rhai].path`.
    fn of_layer(&self) -> Option<Sentence> {
        let (layer, rest) = self.key.strip_prefix("layer[")?.split_once("].")?;
        if let Some(setting) = rest.strip_prefix("settings.") {
            let sentence = Sentence::new("compare-in-layer").with("layer", layer);
            return Some(sentence.with("what", self.of_key(setting)));
        }
        let (file, key) = rest.strip_prefix("file[")?.rsplit_once("].")?;
        let key = match (key, &self.before, &self.after) {
            ("path", None, _) => "compare-file-added",
            ("path", _, None) => "compare-file-gone",
            ("sha256", _, Some(_)) => "compare-file-accepted",
            ("sha256", _, None) => "compare-file-not-accepted",
            _ => {
                let sentence = Sentence::new("compare-of-file").with("file", file);
                return Some(sentence.with("what", self.of_key(key)));
            }
        };
        Some(Sentence::new(key).with("file", file).with("layer", layer))
    }

    /// What it says of a value that is called so.
    fn of_key(&self, key: &str) -> Sentence {
        let is_number = |value: &str| value.starts_with(|first: char| first.is_ascii_digit() || first == '-');
        let sentence = match (&self.before, &self.after) {
            (Some(before), Some(after)) => {
                let both = is_number(before) && is_number(after);
                let sentence = Sentence::new(if both { "compare-moved" } else { "compare-of-became" });
                sentence.with("before", before.as_str()).with("after", after.as_str())
            }
            (before, after) => {
                let value = after.as_deref().or(before.as_deref()).unwrap_or_default();
                let what = Sentence::new("compare-what").with("subject", key).with("value", value);
                Sentence::new(if after.is_some() { "compare-added" } else { "compare-gone" }).with("what", what)
            }
        };
        sentence.with("subject", key)
    }
}

/// A TOML file of which keys differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileKeyChanges {
    /// Its name now; that of before for one that is gone.
    pub file: String,
    /// What differs.
    pub changes: Vec<KeyChange>,
}

/// What differs in the TOML files among some files.
pub(crate) fn changed_tables(before: &[PackSource], after: &[PackSource]) -> Vec<FileKeyChanges> {
    let (old, new) = (tables(before), tables(after));
    let mut files: Vec<FileKeyChanges> = Vec::new();
    for (was, is) in pairs_of_tables(&old, &new) {
        let keys = |all: &BTreeMap<String, Keys>, file: &Option<String>| {
            file.as_ref().and_then(|file| all.get(file)).cloned().unwrap_or_default()
        };
        let changes = key_changes(&keys(&old, &was), &keys(&new, &is));
        if let Some(file) = is.or(was).filter(|_| !changes.is_empty()) {
            files.push(FileKeyChanges { file, changes });
        }
    }
    files.sort_by(|one, other| one.file.cmp(&other.file));
    files
}

/// What differs between two versions of a file, by key.
pub(crate) fn key_changes(before: &Keys, after: &Keys) -> Vec<KeyChange> {
    let mut changes = Vec::new();
    for (key, (value, line)) in &after.values {
        let was = before.values.get(key).map(|(value, _)| value.clone());
        if was.as_ref() != Some(value) {
            changes.push(KeyChange { key: key.clone(), before: was, after: Some(value.clone()), line: *line });
        }
    }
    for (key, (value, line)) in before.values.iter().filter(|(key, _)| !after.values.contains_key(*key)) {
        changes.push(KeyChange { key: key.clone(), before: Some(value.clone()), after: None, line: *line });
    }
    // That a file came or went says it of its hash too, and that it went of who accepted it.
    let is_told_with_file = |one: &KeyChange| {
        let entry = one.key.rsplit_once("].").map(|(entry, key)| (format!("{entry}].path"), key));
        entry.is_some_and(|(path, key)| {
            let is_there = [before, after].map(|keys| keys.values.contains_key(&path));
            key != "path" && (is_there == [true, false] || is_there == [false, true] && key == "sha256")
        })
    };
    changes.retain(|one| !is_told_with_file(one));
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_their_paths_values_and_lines() {
        let keys = Keys::read(
            "a = 1\n\n[settings]\nhot_visits = 3 # more\nnames = [\n  \"x\",\n  \"y\",\n]\n\n[[layers]]\nname = \"law\"\n",
        );
        let read: Vec<(&str, &str, u32)> =
            keys.values.iter().map(|(key, (value, line))| (key.as_str(), value.as_str(), *line)).collect();
        assert_eq!(
            read,
            [
                ("a", "1", 1),
                ("layers[law].name", "\"law\"", 11),
                ("settings.hot_visits", "3", 4),
                ("settings.names", "[ \"x\", \"y\", ]", 5),
            ]
        );
        assert!(Keys::read("a = ").is_broken);
    }

    #[test]
    fn a_value_that_moved_is_told_as_one_says_it() {
        let changes = key_changes(&Keys::read("hot = 2\nold = true"), &Keys::read("hot = 3\nnew = \"x\""));
        let words: Vec<String> = changes.iter().map(|change| change.words(Language::English)).collect();
        assert_eq!(words, ["hot 2 to 3", "new \"x\" added", "old true gone"]);
        assert_eq!(changes[0].words(Language::Dutch), "hot van 2 naar 3");
    }
}
