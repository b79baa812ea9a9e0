//! The list of everything in the files of an import that is not in the leads, or not as it was written.
//!
//! In: cells and fields as the importers meet them. Out: for each that was refused, left out or not kept, its file, row, column, text and the
//! reason. Importers report what they see ([`ToldList::seen`]); whether its text came through is then looked up in the leads themselves, so
//! that no importer can forget to tell. Values that were understood (a number, a time, yes or no) are told only when their row was refused.
//!
//! **Invariant:** no text of the files is neither in the leads nor in this list. The list is made only when it is wanted, because it may be
//! longer than the files.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde::Serialize;
use serde_json::Value;

use crate::book::Refusal;
use crate::book::ingest::Intake;
use crate::book::ingest::write::write_json;
use crate::wording::{Language, Sentence};

/// A piece of the input that is not in the leads, or not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The file, as it was named; empty when the import as a whole is meant.
    pub file: String,
    /// The line on which its row or record begins, from 1.
    pub row: Option<u64>,
    /// The column, or the path of the field.
    pub column: Option<String>,
    /// What stands there; empty when the row or file as a whole is meant.
    pub text: String,
    /// Why it is not in the leads, in one sentence without a full stop.
    pub reason: Sentence,
}

/// A [`Told`] in one language, to be written as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldText<'t> {
    /// As in [`Told::file`].
    pub file: &'t str,
    /// As in [`Told::row`].
    pub row: Option<u64>,
    /// As in [`Told::column`].
    pub column: Option<&'t str>,
    /// As in [`Told::text`].
    pub text: &'t str,
    /// The kind of reason: the same in every language and version.
    pub code: &'static str,
    /// Why it is not in the leads, in one sentence without a full stop.
    pub reason: String,
}

impl Told {
    /// What was told, in a language.
    pub fn render(&self, language: Language) -> ToldText<'_> {
        ToldText {
            file: &self.file,
            row: self.row,
            column: self.column.as_deref(),
            text: &self.text,
            code: self.reason.key(),
            reason: self.reason.render(language),
        }
    }
}

/// What an importer did with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextUse {
    /// Read as a text or an id: it is kept when it stands in the leads.
    Text,
    /// Read as a value (a number, a time, yes or no) that the leads write in their own way.
    Value,
}

/// Collects what is told.
#[derive(Debug, Default)]
pub(super) struct ToldList {
    wanted: bool,
    told: Vec<Told>,
    /// Texts that were used, to be looked up in the leads.
    seen: Vec<SeenText>,
}

#[derive(Debug)]
struct SeenText {
    file: Rc<str>,
    row: Option<u64>,
    column: Rc<str>,
    text: String,
    text_use: TextUse,
}

impl ToldList {
    pub(super) fn new(wanted: bool) -> Self {
        Self { wanted, ..Self::default() }
    }

    /// True when the list is asked for.
    pub(super) fn is_wanted(&self) -> bool {
        self.wanted
    }

    /// Tells a text with the reason for which it is not in the leads.
    pub(super) fn tell(&mut self, file: &str, row: Option<u64>, column: &str, text: &str, reason: &Sentence) {
        if self.wanted {
            self.told.push(Told {
                file: file.to_owned(),
                row,
                column: (!column.is_empty()).then(|| column.to_owned()),
                text: text.to_owned(),
                reason: reason.clone(),
            });
        }
    }

    /// Notes a text that was used; it is told when it turns out not to be in the leads.
    pub(super) fn seen(&mut self, file: &Rc<str>, row: Option<u64>, column: &Rc<str>, text: &str, text_use: TextUse) {
        if self.wanted && !text.is_empty() {
            self.seen.push(SeenText {
                file: Rc::clone(file),
                row,
                column: Rc::clone(column),
                text: text.to_owned(),
                text_use,
            });
        }
    }

    /// Everything told, in order of file and row: what was told, what was refused or noted in the intake, and what was seen and is not kept.
    /// `set_aside` are the rows whose lead was refused in the end, with their file where it is known.
    pub(super) fn finish(mut self, intake: &Intake, set_aside: &BTreeSet<(Option<String>, u64)>) -> Vec<Told> {
        if !self.wanted {
            return Vec::new();
        }
        let words = words_of(intake);
        let mut known: BTreeSet<(String, Option<u64>, Option<String>)> =
            self.told.iter().map(|told| (told.file.clone(), told.row, told.column.clone())).collect();
        for seen in self.seen {
            let refused = seen.row.is_some_and(|row| {
                set_aside.contains(&(None, row)) || set_aside.contains(&(Some(seen.file.to_string()), row))
            });
            let reason = match seen.text_use {
                _ if refused => "import-row-refused",
                TextUse::Text if !is_kept(&seen.text, &words) => "import-not-kept",
                _ => continue,
            };
            let place = (seen.file.to_string(), seen.row, Some(seen.column.to_string()));
            if known.insert(place.clone()) {
                let (file, row, column) = place;
                self.told.push(Told { file, row, column, text: seen.text, reason: reason.into() });
            }
        }
        let told: BTreeSet<(Option<u64>, String)> =
            self.told.iter().map(|told| (told.row, told.reason.english())).collect();
        let refusals = intake.refused.iter().chain(&intake.noted);
        let others: Vec<Told> =
            refusals.filter(|refusal| !told.contains(&(refusal.line, refusal.reason.english()))).map(told_of).collect();
        self.told.extend(others);
        self.told.sort_by(|a, b| (&a.file, a.row).cmp(&(&b.file, b.row)));
        self.told
    }
}

fn told_of(refusal: &Refusal) -> Told {
    Told {
        file: String::new(),
        row: refusal.line,
        column: (!refusal.path.is_empty()).then(|| refusal.path.clone()),
        text: refusal.lead.clone().unwrap_or_default(),
        reason: refusal.reason.clone(),
    }
}

/// The texts of the leads and reps, and the words in them.
fn words_of(intake: &Intake) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let book = write_json(&intake.book).ok().and_then(|text| serde_json::from_str::<Value>(&text).ok());
    add_words(&book.unwrap_or_default(), &mut words);
    words
}

fn add_words(value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => add_text(text, words),
        Value::Number(number) => {
            words.insert(number.to_string());
            words.insert(number.as_f64().unwrap_or_default().to_string());
        }
        Value::Array(values) => values.iter().for_each(|value| add_words(value, words)),
        Value::Object(fields) => {
            for (name, value) in fields {
                add_text(name, words);
                add_words(value, words);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// Adds a text, its words, and the ids in it that importers put a word before (`deal-7`, `tag_fair`).
fn add_text(text: &str, words: &mut BTreeSet<String>) {
    const BEFORE_IDS: &[&str] = &["deal-", "contact-", "company-", "person-", "org-", "lead-", "tag_"];
    for part in std::iter::once(text).chain(text.split_whitespace()).chain(text.split(": ")) {
        for word in [part, part.trim_end_matches(':')] {
            words.insert(word.to_owned());
        }
        for id in BEFORE_IDS.iter().filter_map(|before| part.strip_prefix(before)) {
            words.insert(id.to_owned());
        }
    }
}

/// True when a text stands in the leads, whole or with each of its words.
fn is_kept(text: &str, words: &BTreeSet<String>) -> bool {
    let text = text.trim();
    let mut parts = text.split(|c: char| c.is_whitespace() || matches!(c, ';' | ',')).filter(|part| !part.is_empty());
    words.contains(text) || (!text.is_empty() && parts.all(|part| words.contains(part)))
}
