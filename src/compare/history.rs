//! Who changed which statement, and when: the history of packs, of revisions that somebody else reads from a repository.
//!
//! Revisions are added from the newest to the oldest, each with the files that it changed before and after, for each of its parents. A statement is
//! followed through changes of its name, its file and the name of the file; a key of a TOML file by its path. Of a merge only what differs from all its parents
//! is its own. What stands in the earliest revision of a history that was cut off is not said to be added by it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::compare::changes::{Changes, StatementChange, compare_some};
use crate::compare::keys::{KeyChange, Keys, is_toml, key_changes, pairs_of_tables, tables};
use crate::compare::matching::{Place, statement};
use crate::compare::outline::{Outline, OutlineStatement};
use crate::language::PackSource;
use crate::wording::{Language, Sentence};

/// Who made a revision, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commit {
    /// Its name in the repository; empty for what is not committed yet.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// When it was written, RFC 3339.
    pub date: String,
    /// The first line of its message.
    pub subject: String,
}

/// One revision with the files that it changed.
#[derive(Clone, Debug, Default)]
pub struct Revision {
    /// Who made it.
    pub commit: Commit,
    /// For each parent the changed files, before and after. One that was added is missing before, one that was removed after.
    pub parents: Vec<(Vec<PackSource>, Vec<PackSource>)>,
    /// Whether the history before it is missing: its files are there, and who wrote them is not known.
    pub is_cut_off: bool,
}

/// What one revision did to a statement or key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Who did it.
    pub commit: Commit,
    /// What was done.
    pub what: HistoryChange,
}

/// What was done to a statement or key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryChange {
    /// A statement was added, removed or changed.
    Statement(Box<StatementChange>),
    /// A key was added, removed or got another value.
    Key(KeyChange),
    /// It was there already in the earliest revision that is known.
    CutOff,
}

impl HistoryChange {
    /// The change in words.
    pub fn words(&self, language: Language) -> String {
        match self {
            Self::Statement(change) => change.words(language),
            Self::Key(change) => change.words(language),
            Self::CutOff => Sentence::new("compare-cut-off").render(language),
        }
    }

    /// The change in one stable word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Statement(change) => change.kind.word(),
            Self::Key(KeyChange { before: None, .. }) => "added",
            Self::Key(KeyChange { after: None, .. }) => "removed",
            Self::Key(_) => "changed",
            Self::CutOff => "cut_off",
        }
    }
}

/// The history of one statement or key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementHistory {
    /// What it is called now, or was last: `rule "Price page again"`, `settings.hot_visits`.
    pub title: String,
    /// The file in which it stands now, or stood last.
    pub file: String,
    /// Whether it is gone.
    pub is_gone: bool,
    /// What was done to it, the newest first.
    pub entries: Vec<HistoryEntry>,
}

/// A file of a revision that does not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadRevision {
    /// The revision.
    pub commit: Commit,
    /// The file.
    pub file: String,
    /// How many errors it has; 1 for a file that is no TOML.
    pub errors: usize,
}

/// By what a statement is known at one revision: its file, and its name or, without one, all of its text. A key of a TOML file by its path.
type Identity = (String, String);

/// The histories of the statements of some files.
pub struct History<'a> {
    /// Whether a file is asked for, by its name at any time.
    wanted: &'a dyn Fn(&str) -> bool,
    /// The names that such files had before.
    former_files: BTreeSet<String>,
    /// Where each statement that is followed has its history, by what it is known by in the revision that is looked at.
    known: BTreeMap<Identity, usize>,
    histories: Vec<StatementHistory>,
    unread: Vec<UnreadRevision>,
}

/// One change of a revision.
struct Change {
    before: Option<Identity>,
    after: Option<Identity>,
    title: String,
    what: HistoryChange,
}

/// What one revision did to the files of one of its parents.
struct RevisionChanges {
    changes: Vec<Change>,
    /// The files that got another name: before and after.
    renamed: Vec<(String, String)>,
    /// The files that do not read after it, with the number of their errors.
    broken: Vec<(String, usize)>,
}

impl<'a> History<'a> {
    /// A history without revisions. `wanted` says which files are asked for.
    pub fn new(wanted: &'a dyn Fn(&str) -> bool) -> Self {
        Self {
            wanted,
            former_files: BTreeSet::new(),
            known: BTreeMap::new(),
            histories: Vec::new(),
            unread: Vec::new(),
        }
    }

    /// Adds the statements of files as they are now, so that each has a history, of which the entries follow.
    pub fn start_from(&mut self, files: &[PackSource]) {
        for file in files {
            for (identity, title) in identities(file) {
                if let Entry::Vacant(unknown) = self.known.entry(identity) {
                    unknown.insert(self.histories.len());
                    let file = file.file.clone();
                    self.histories.push(StatementHistory { title, file, is_gone: false, entries: Vec::new() });
                }
            }
        }
    }

    /// Adds the next older revision.
    pub fn add(&mut self, revision: &Revision) {
        let mut files = revision.parents.iter().flat_map(|(before, after)| before.iter().chain(after));
        if !files.any(|file| self.is_asked_for(&file.file)) {
            return;
        }
        let of_parents = revision.parents.iter().map(|(before, after)| self.changes(before, after));
        let mut of_parents = of_parents.collect::<Vec<_>>().into_iter();
        let Some(RevisionChanges { changes: mut own, renamed, broken }) = of_parents.next() else { return };
        // Of a merge only what is in none of its parents.
        for others in of_parents {
            let identities: BTreeSet<&Identity> =
                others.changes.iter().filter_map(|one| one.after.as_ref().or(one.before.as_ref())).collect();
            own.retain(|one| one.after.as_ref().or(one.before.as_ref()).is_some_and(|own| identities.contains(own)));
        }
        let broken = broken.into_iter().filter(|(file, _)| self.is_asked_for(file));
        let unread = broken.map(|(file, errors)| UnreadRevision { commit: revision.commit.clone(), file, errors });
        let unread: Vec<UnreadRevision> = unread.collect();
        self.unread.extend(unread);
        let mut moved: Vec<(Identity, usize)> = Vec::new();
        for change in own {
            let file =
                change.after.as_ref().or(change.before.as_ref()).map(|(file, _)| file.clone()).unwrap_or_default();
            let known = change.after.as_ref().and_then(|after| self.known.get(after).copied());
            if known.is_none() && !self.is_asked_for(&file) {
                continue;
            }
            let number = known.unwrap_or(self.histories.len());
            if known.is_none() {
                let is_gone = change.after.is_none();
                self.histories.push(StatementHistory { title: change.title, file, is_gone, entries: Vec::new() });
            }
            if let Some(after) = &change.after {
                self.known.remove(after);
            }
            let what = if revision.is_cut_off && change.before.is_none() { HistoryChange::CutOff } else { change.what };
            if let Some(history) = self.histories.get_mut(number) {
                history.entries.push(HistoryEntry { commit: revision.commit.clone(), what });
            }
            moved.extend(change.before.map(|before| (before, number)));
        }
        for (from, to) in renamed {
            if self.is_asked_for(&to) {
                self.former_files.insert(from.clone());
            }
            let of_file: Vec<Identity> = self.known.keys().filter(|(file, _)| *file == to).cloned().collect();
            for identity in of_file {
                if let Some(number) = self.known.remove(&identity) {
                    self.known.insert((from.clone(), identity.1), number);
                }
            }
        }
        self.known.extend(moved);
    }

    /// The histories, in the order in which their newest changes were added, and the files of revisions that do not read.
    pub fn finish(self) -> (Vec<StatementHistory>, Vec<UnreadRevision>) {
        (self.histories, self.unread)
    }

    fn is_asked_for(&self, file: &str) -> bool {
        (self.wanted)(file) || self.former_files.contains(file)
    }

    /// What differs between files before and after.
    fn changes(&self, before: &[PackSource], after: &[PackSource]) -> RevisionChanges {
        let compared = compare_some(before, after, &|file| self.is_asked_for(file));
        let mut changes: Vec<Change> = Vec::new();
        for one in compared.statements.iter().chain(&compared.rewritten) {
            let identity = |packs: &[Outline], place: Option<Place>| {
                let place = place?;
                Some((packs.get(place.0)?.file.clone(), known_by(statement(packs, place)?)))
            };
            let (from, to) = one.places;
            changes.push(Change {
                before: identity(&compared.before, from),
                after: identity(&compared.after, to),
                title: one.title.clone(),
                what: HistoryChange::Statement(Box::new(one.clone())),
            });
        }
        let mut renamed = renamed_packs(&compared);
        Self::key_changes(before, after, &mut changes, &mut renamed);
        let broken = compared.broken.into_iter().filter(|one| one.is_after).map(|one| (one.file, one.errors));
        let tables = after.iter().filter(|file| is_toml(&file.file) && Keys::read(&file.text).is_broken);
        let broken = broken.chain(tables.map(|file| (file.file.clone(), 1))).collect();
        RevisionChanges { changes, renamed, broken }
    }

    /// Adds what differs in TOML files.
    fn key_changes(
        before: &[PackSource],
        after: &[PackSource],
        changes: &mut Vec<Change>,
        renamed: &mut Vec<(String, String)>,
    ) {
        let (old, new) = (tables(before), tables(after));
        let pairs = pairs_of_tables(&old, &new);
        let other_name = pairs.iter().filter_map(|(was, is)| Some((was.clone()?, is.clone()?)));
        renamed.extend(other_name.filter(|(was, is)| was != is));
        for (was, is) in pairs {
            let keys = |all: &BTreeMap<String, Keys>, file: &Option<String>| {
                file.as_ref().and_then(|file| all.get(file)).cloned().unwrap_or_default()
            };
            for change in key_changes(&keys(&old, &was), &keys(&new, &is)) {
                let identity = |file: &Option<String>, value: &Option<String>| {
                    value.as_ref().and(file.as_ref()).map(|file| (file.clone(), change.key.clone()))
                };
                changes.push(Change {
                    before: identity(&was, &change.before),
                    after: identity(&is, &change.after),
                    title: change.key.clone(),
                    what: HistoryChange::Key(change.clone()),
                });
            }
        }
    }
}

/// By what a statement is known: its word and name; without a name all of its text.
fn known_by(one: &OutlineStatement) -> String {
    match &one.name {
        Some(_) => one.title(),
        None => one.canonical.clone(),
    }
}

/// The statements or keys of a file: what each is known by, and what it is called.
fn identities(file: &PackSource) -> Vec<(Identity, String)> {
    if is_toml(&file.file) {
        let keys = Keys::read(&file.text);
        return keys.values.into_keys().map(|key| ((file.file.clone(), key.clone()), key)).collect();
    }
    let outline = Outline::read(&file.file, &file.text);
    outline.statements.iter().map(|one| ((file.file.clone(), known_by(one)), one.title())).collect()
}

/// The packs whose files have another name now.
fn renamed_packs(changes: &Changes) -> Vec<(String, String)> {
    let pairs = changes.matched.packs.iter().filter_map(|(old, new)| {
        let (old, new) = (changes.before.get((*old)?)?, changes.after.get((*new)?)?);
        (old.file != new.file).then(|| (old.file.clone(), new.file.clone()))
    });
    pairs.collect()
}

/// One line of a blame: a statement or key of a file, and what was last done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlameLine {
    /// The line at which it begins, and the one at which it ends.
    pub lines: (u32, u32),
    /// What it is called.
    pub title: String,
    /// The last change; `None` where it is not in the history that is known.
    pub last: Option<HistoryEntry>,
}

/// The statements or keys of a file in their order, each with its last change. `histories` are those that began with this file
/// ([`History::start_from`]).
pub fn blame(file: &PackSource, histories: &[StatementHistory]) -> Vec<BlameLine> {
    let mut lines: Vec<(u32, u32, String, String)> = if is_toml(&file.file) {
        let keys = Keys::read(&file.text);
        keys.values.into_iter().map(|(key, (_, line))| (line, line, key.clone(), key)).collect()
    } else {
        let outline = Outline::read(&file.file, &file.text);
        let line = |one: &OutlineStatement| (one.span.line, one.span.end_line, one.title(), known_by(one));
        outline.statements.iter().map(line).collect()
    };
    lines.sort_by_key(|(line, ..)| *line);
    // The histories that began with this file stand first, in the order of its statements; equal statements share one.
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (_, identity) in identities(file).iter().map(|((_, identity), title)| (title, identity)) {
        let next = places.len();
        places.entry(identity.clone()).or_insert(next);
    }
    let last = |identity: &str| histories.get(*places.get(identity)?)?.entries.first().cloned();
    lines
        .into_iter()
        .map(|(from, to, title, identity)| BlameLine { lines: (from, to), title, last: last(&identity) })
        .collect()
}
