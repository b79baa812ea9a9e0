//! What differs between two sets of packs, by statement and clause.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::compare::describe::{Detail, details};
use crate::compare::keys::{FileKeyChanges, changed_tables, is_toml};
use crate::compare::matching::{Matched, Place, matched, statement};
use crate::compare::meaning::{Meanings, means_the_same};
use crate::compare::order::{OrderChange, changes_of_order};
use crate::compare::outline::{Label, Outline, OutlineStatement, is_in_title};
use crate::diagnostics::{Diagnostic, Severity};
use crate::language::{PackSource, read_without_examples};
use crate::pack::Overrides;
use crate::pack::statement_forms::StatementKind;
use crate::wording::{Language, Sentence};

/// What differs between two sets of packs.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The statements that were added, removed or changed, pack by pack in the order of the files.
    pub statements: Vec<StatementChange>,
    /// The statements that changed places, where their order can decide.
    pub order: Vec<OrderChange>,
    /// The statements that are written in another way and mean the same: `24.hours` and `1.day`.
    pub rewritten: Vec<StatementChange>,
    /// What differs in settings files and `rulebook.toml`, by key.
    pub keys: Vec<FileKeyChanges>,
    /// The files that have errors: a statement with an error is compared as it is written, but takes no part in decisions.
    pub broken: Vec<BrokenFile>,
    pub(crate) before: Vec<Outline>,
    pub(crate) after: Vec<Outline>,
    pub(crate) matched: Matched,
}

/// A file with errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenFile {
    /// Its name.
    pub file: String,
    /// Whether it is one of those after the change.
    pub is_after: bool,
    /// How many errors it has.
    pub errors: usize,
    /// The first of them.
    pub first: Diagnostic,
}

/// Whether a statement was added, removed or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is another.
    Changed,
}

impl ChangeKind {
    /// The kind in one stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// A statement that was added, removed or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementChange {
    /// Which of these.
    pub kind: ChangeKind,
    /// The word that the statement begins with: `rule`.
    pub word: String,
    /// What it is called now, or was when it is gone: `rule "Price page again"`.
    pub title: String,
    /// What it was called before, where that is something else.
    pub former_title: Option<String>,
    /// The pack in which it stands now, or stood when it is gone.
    pub pack: String,
    /// The pack in which it stood before, where that is another.
    pub former_pack: Option<String>,
    /// File and line before; `None` for what is new.
    pub before: Option<(String, u32)>,
    /// File and line now; `None` for what is gone.
    pub after: Option<(String, u32)>,
    /// What differs; empty for what was added or removed.
    pub details: Vec<Detail>,
    /// The statements that refer to it, where it is a setting, fact, constant or helper function.
    pub used_by: Vec<String>,
    /// What it says, for what was added or removed: its conditions and touches as they are written.
    pub text: String,
    /// Its name, of one that has a name.
    pub(crate) name: String,
    pub(crate) statement: Option<StatementKind>,
    pub(crate) places: (Option<Place>, Option<Place>),
}

impl StatementChange {
    /// The change in one sentence without its title: "phone became email; within 4 hours to 1 day", "added".
    pub fn words(&self, language: Language) -> String {
        let moved = self.former_pack.as_deref().map(|from| {
            let sentence = Sentence::new("compare-pack").with("before", from).with("after", self.pack.as_str());
            sentence.render(language)
        });
        let details = self.details.iter().map(|detail| detail.words(language));
        let said: Vec<String> = moved.into_iter().chain(details).collect();
        let without = (self.statement == Some(StatementKind::Without)).then_some(self.name.as_str());
        let switched = |key| Sentence::new(key).with("name", without.unwrap_or_default()).render(language);
        match self.kind {
            ChangeKind::Changed => said.join("; "),
            ChangeKind::Added if without.is_some() => switched("compare-switched-off"),
            ChangeKind::Removed if without.is_some() => switched("compare-switched-on"),
            ChangeKind::Added => Sentence::new("compare-is-added").render(language),
            ChangeKind::Removed => Sentence::new("compare-is-removed").render(language),
        }
    }
}

impl Changes {
    /// Whether the packs say the same: nothing differs but layout, order that decides nothing, and spelling.
    pub fn is_same(&self) -> bool {
        self.statements.is_empty() && self.order.is_empty() && self.keys.is_empty()
    }
}

/// What differs between two sets of packs. TOML files among them (`*.settings.toml`, `rulebook.toml`) are compared by key.
pub fn compare(before: &[PackSource], after: &[PackSource]) -> Changes {
    let (packs, new_packs) = (packs_of(before), packs_of(after));
    let mut reader = MeaningReader::new(&packs, &new_packs, &|_| true);
    let changes = compare_with(&packs, &new_packs, &mut reader);
    reader.read_all();
    Changes { broken: reader.broken, keys: changed_tables(before, after), ..changes }
}

/// What differs between two sets of packs, without reading those whose statements are all the same, and those for which `is_read` is false: their
/// errors are not told, and of the latter what means the same counts as changed.
pub(crate) fn compare_some(before: &[PackSource], after: &[PackSource], is_read: &dyn Fn(&str) -> bool) -> Changes {
    let (packs, new_packs) = (packs_of(before), packs_of(after));
    let mut reader = MeaningReader::new(&packs, &new_packs, is_read);
    let changes = compare_with(&packs, &new_packs, &mut reader);
    Changes { broken: reader.broken, ..changes }
}

/// The packs among some files.
pub(crate) fn packs_of(files: &[PackSource]) -> Vec<PackSource> {
    files.iter().filter(|file| !is_toml(&file.file)).cloned().collect()
}

fn compare_with(before: &[PackSource], after: &[PackSource], reader: &mut MeaningReader<'_>) -> Changes {
    let read = |sources: &[PackSource]| -> Vec<Outline> {
        sources.iter().map(|source| Outline::read(&source.file, &source.text)).collect()
    };
    let (old, new) = (read(before), read(after));
    let matched = matched(&old, &new);
    let mut changes = Changes::default();
    for (from, to) in &matched.statements {
        let (was, is) = (from.and_then(|from| statement(&old, from)), to.and_then(|to| statement(&new, to)));
        let pack = |packs: &[Outline], place: Option<Place>| Some(packs.get(place?.0)?.name.clone());
        let moved =
            matches!((from, to), (Some(from), Some(to)) if !matched.packs.contains(&(Some(from.0), Some(to.0))));
        if let (Some(was), Some(is)) = (was, is)
            && was.canonical == is.canonical
            && !moved
        {
            continue;
        }
        let spot = |packs: &[Outline], place: Option<Place>, one: Option<&OutlineStatement>| {
            Some((packs.get(place?.0)?.file.clone(), one?.span.line))
        };
        let Some(one) = is.or(was) else { continue };
        let kind = match (was, is) {
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Removed,
            _ => ChangeKind::Changed,
        };
        let both = was.zip(is);
        let details = both.map(|(was, is)| details(was, is)).unwrap_or_default();
        if kind == ChangeKind::Changed && details.is_empty() && !moved {
            continue;
        }
        let title = one.title();
        let change = StatementChange {
            kind,
            word: one.word.clone(),
            former_title: was.map(OutlineStatement::title).filter(|former| *former != title),
            title,
            pack: pack(&new, *to).or_else(|| pack(&old, *from)).unwrap_or_default(),
            former_pack: pack(&old, *from).filter(|_| moved),
            before: spot(&old, *from, was),
            after: spot(&new, *to, is),
            details,
            used_by: users(if to.is_some() { &new } else { &old }, to.or(*from), one),
            text: if both.is_some() || is_on_again(one, kind) { String::new() } else { in_short(one) },
            name: one.name.clone().unwrap_or_default(),
            statement: one.kind,
            places: (*from, *to),
        };
        let same = both.zip(from.zip(*to)).is_some_and(|((was, is), (from, to))| {
            let meanings = (reader.meaning(false, from.0), reader.meaning(true, to.0));
            means_the_same((was, &meanings.0), (is, &meanings.1))
        });
        // What is new or gone may be so because of an error.
        from.iter().for_each(|from| drop(reader.meaning(false, from.0)));
        to.iter().for_each(|to| drop(reader.meaning(true, to.0)));
        if same && !moved { changes.rewritten.push(change) } else { changes.statements.push(change) }
    }
    changes.order = changes_of_order(&new, &matched);
    Changes { before: old, after: new, matched, ..changes }
}

/// Reads the packs of both sides when they are needed, each once.
struct MeaningReader<'a> {
    before: &'a [PackSource],
    after: &'a [PackSource],
    /// Whether a file is read.
    is_read: &'a dyn Fn(&str) -> bool,
    broken: Vec<BrokenFile>,
    known: BTreeMap<(bool, usize), Rc<Meanings>>,
}

impl<'a> MeaningReader<'a> {
    fn new(before: &'a [PackSource], after: &'a [PackSource], is_read: &'a dyn Fn(&str) -> bool) -> Self {
        Self { before, after, is_read, broken: Vec::new(), known: BTreeMap::new() }
    }

    fn meaning(&mut self, is_after: bool, pack: usize) -> Rc<Meanings> {
        if let Some(known) = self.known.get(&(is_after, pack)) {
            return known.clone();
        }
        let sources = if is_after { self.after } else { self.before };
        let mut meaning = Meanings::default();
        if let Some(source) = sources.get(pack).filter(|source| (self.is_read)(&source.file)) {
            let parsed = read_without_examples(&source.file, &source.text, &Overrides::default());
            let errors = parsed.diagnostics.iter().filter(|one| one.severity == Severity::Error);
            if let Some(first) = errors.clone().next() {
                self.broken.push(BrokenFile {
                    file: source.file.clone(),
                    is_after,
                    errors: errors.count(),
                    first: first.clone(),
                });
            }
            meaning = Meanings::of(&parsed.pack);
        }
        let meaning = Rc::new(meaning);
        self.known.insert((is_after, pack), meaning.clone());
        meaning
    }

    /// Reads every pack, so that the errors of all are known.
    fn read_all(&mut self) {
        (0..self.before.len()).for_each(|pack| drop(self.meaning(false, pack)));
        (0..self.after.len()).for_each(|pack| drop(self.meaning(true, pack)));
        self.broken.sort_by(|one, other| (one.is_after, &one.file).cmp(&(other.is_after, &other.file)));
    }
}

/// The statements of its pack that refer to a declaration, by themselves or through other declarations.
fn users(packs: &[Outline], place: Option<Place>, one: &OutlineStatement) -> Vec<String> {
    let (Some(pack), Some(name)) = (place.and_then(|place| packs.get(place.0)), one.name.as_deref()) else {
        return Vec::new();
    };
    if !one.is_declaration() {
        return Vec::new();
    }
    let words: Vec<BTreeSet<&str>> = pack.statements.iter().map(OutlineStatement::words).collect();
    let mut names: Vec<&str> = vec![name];
    let mut at = 0;
    let mut users: Vec<usize> = Vec::new();
    while let Some(name) = names.get(at).copied() {
        at += 1;
        for (place, user) in pack.statements.iter().enumerate() {
            let refers = words.get(place).is_some_and(|words| words.contains(name));
            if !refers || users.contains(&place) || user.name.as_deref() == Some(name) && user.is_declaration() {
                continue;
            }
            match user.name.as_deref().filter(|_| user.is_declaration()) {
                Some(declared) if !names.contains(&declared) => names.push(declared),
                Some(_) => {}
                None => users.push(place),
            }
        }
    }
    users.sort_unstable();
    let users = users.into_iter().filter_map(|place| pack.statements.get(place));
    users.filter(|user| user.kind != Some(StatementKind::Example)).map(OutlineStatement::title).collect()
}

/// Whether something is no longer switched off, of which the former reason says nothing.
fn is_on_again(one: &OutlineStatement, kind: ChangeKind) -> bool {
    one.kind == Some(StatementKind::Without) && kind == ChangeKind::Removed
}

/// A statement on one line: its parts without what its title has and, but for one that switches another off, without its reason.
fn in_short(one: &OutlineStatement) -> String {
    let is_left_out = |word: &str| match word {
        "because" => one.kind != Some(StatementKind::Without),
        _ => one.name.is_none() && is_in_title(word),
    };
    let parts = one.parts.iter().filter_map(|part| match &part.label {
        Label::Clause(word) if is_left_out(word) => None,
        Label::Clause(word) => Some(format!("{word} {}", part.expression.written())),
        Label::Value => Some(format!("= {}", part.expression.written())),
        Label::Head(_) => one.name.as_ref().map(|_| part.expression.written()),
    });
    parts.collect::<Vec<_>>().join(" ")
}
