//! Changes as they are given to programs: plain data with the words of a language.

use serde::Serialize;

use crate::compare::changes::{BrokenFile, Changes, StatementChange};
use crate::compare::keys::{FileKeyChanges, KeyChange};
use crate::compare::order::OrderChange;
use crate::wording::Language;

/// What differs between two sets of packs, in the words of a language.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ToldChanges {
    /// Whether they say the same.
    pub same: bool,
    /// The statements that were added, removed or changed.
    pub statements: Vec<ToldStatement>,
    /// The statements that changed places, where their order can decide.
    pub order: Vec<ToldOrder>,
    /// The statements that are written in another way and mean the same.
    pub rewritten: Vec<ToldStatement>,
    /// What differs in settings files and `rulebook.toml`, by key.
    pub keys: Vec<ToldKey>,
    /// The files with errors.
    pub broken: Vec<ToldBroken>,
}

/// A key of a TOML file that was added, removed or has another value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldKey {
    /// Where it stands, or stood.
    #[serde(flatten)]
    pub place: ToldPlace,
    /// Its path: `hot_visits`.
    pub key: String,
    /// In words.
    pub words: String,
    /// Its value before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Its value now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// A statement that was added, removed or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ToldStatement {
    /// `added`, `removed` or `changed`.
    pub kind: &'static str,
    /// The word that the statement begins with: `rule`.
    pub statement: String,
    /// What it is called: `rule "Price page again"`.
    pub title: String,
    /// What it was called before, where that is something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former_title: Option<String>,
    /// The pack in which it stands.
    pub pack: String,
    /// The pack in which it stood before, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former_pack: Option<String>,
    /// Where it stood; absent for what is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<ToldPlace>,
    /// Where it stands; absent for what is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<ToldPlace>,
    /// The change in words.
    pub words: String,
    /// Each thing that differs.
    pub changes: Vec<ToldDetail>,
    /// What it says, for what was added or removed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The statements that refer to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub used_by: Vec<String>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldPlace {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldDetail {
    /// The clause; empty for the head.
    pub clause: String,
    /// In words.
    pub words: String,
    /// What was there, as it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What is there now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// A statement that changed places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldOrder {
    /// The statement that moved.
    pub title: String,
    /// Its pack.
    pub pack: String,
    /// Where it stands.
    #[serde(flatten)]
    pub place: ToldPlace,
    /// In words.
    pub words: String,
    /// The statements with which it changed places.
    pub others: Vec<String>,
}

/// A file with errors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldBroken {
    /// The first error.
    #[serde(flatten)]
    pub place: ToldPlace,
    /// `before` or `after`.
    pub side: &'static str,
    /// How many errors.
    pub errors: usize,
    /// What the first says.
    pub message: String,
}

impl Changes {
    /// As plain data, with the words of a language.
    pub fn in_language(&self, language: Language) -> ToldChanges {
        let statements = |all: &[StatementChange]| all.iter().map(|one| told_statement(one, language)).collect();
        ToldChanges {
            same: self.is_same(),
            statements: statements(&self.statements),
            order: self.order.iter().map(|one| told_order(one, language)).collect(),
            rewritten: statements(&self.rewritten),
            keys: self.keys.iter().flat_map(|file| told_keys(file, language)).collect(),
            broken: self.broken.iter().map(|one| told_broken(one, language)).collect(),
        }
    }
}

/// A change of one statement, in the words of a language.
pub fn told_statement(change: &StatementChange, language: Language) -> ToldStatement {
    let place = |spot: &Option<(String, u32)>| spot.clone().map(|(file, line)| ToldPlace { file, line });
    let details = change.details.iter().map(|detail| ToldDetail {
        clause: detail.clause.clone(),
        words: detail.words(language),
        before: detail.before.clone(),
        after: detail.after.clone(),
    });
    ToldStatement {
        kind: change.kind.word(),
        statement: change.word.clone(),
        title: change.title.clone(),
        former_title: change.former_title.clone(),
        pack: change.pack.clone(),
        former_pack: change.former_pack.clone(),
        before: place(&change.before),
        after: place(&change.after),
        words: change.words(language),
        changes: details.collect(),
        text: change.text.clone(),
        used_by: change.used_by.clone(),
    }
}

fn told_keys(file: &FileKeyChanges, language: Language) -> Vec<ToldKey> {
    let told = |change: &KeyChange| ToldKey {
        place: ToldPlace { file: file.file.clone(), line: change.line },
        key: change.key.clone(),
        words: change.words(language),
        before: change.before.clone(),
        after: change.after.clone(),
    };
    file.changes.iter().map(told).collect()
}

fn told_order(change: &OrderChange, language: Language) -> ToldOrder {
    ToldOrder {
        title: change.title.clone(),
        pack: change.pack.clone(),
        place: ToldPlace { file: change.file.clone(), line: change.line },
        words: change.words(language),
        others: change.others.clone(),
    }
}

fn told_broken(broken: &BrokenFile, language: Language) -> ToldBroken {
    let first = broken.first.in_language(language);
    ToldBroken {
        place: ToldPlace { file: broken.file.clone(), line: first.span.line },
        side: if broken.is_after { "after" } else { "before" },
        errors: broken.errors,
        message: first.message,
    }
}
