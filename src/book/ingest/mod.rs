//! The door: bytes of a lead file in, a [`Book`] of checked leads out, with an account of all that was refused.
//!
//! A record that does not fit is set aside as a whole, with its id, the path of each field that does not fit and a reason;
//! the rest goes on. Nothing is repaired in silence: a text is never read as a number, and unknown is never 0 or "".
//! `null` is the same as leaving a field out. What the format holds is told in [`record`], what is checked beyond types
//! in `check`, how much is taken in [`limits`].
//!
//! Signals later than `now` are let in: a file may be decided at any moment, and the engine does not see a signal before
//! its time has come.
//!
//! Left out on purpose: reading files and the network. Bytes come from the caller, natively and in the browser alike.

mod check;
mod json_file;
pub(in crate::book) mod json_tree;
pub mod loader;
mod plain;
pub mod record;
pub(in crate::book) mod record_splitter;
mod single_record;
#[cfg(test)]
mod tests;
pub mod write;

pub use loader::Loader;
pub use single_record::{read_lead, read_signal};

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::book::Book;
use crate::book::content::Content;
use crate::book::lead_ref::LeadRef;
use crate::book::rep::Rep;
use crate::book::store::BookBuilder;
use crate::{limits, order};

/// How the leads are written down.
#[derive(Clone, Debug, PartialEq)]
pub enum LeadFormat {
    /// `{"leads": [...], "reps": [...], "content": [...]}`, a bare list of leads, or one lead.
    Json,
    /// One JSON object a line: a lead, `{"rep": {...}}` or `{"content": {...}}`.
    Ndjson,
}

impl LeadFormat {
    /// JSON or NDJSON, as the name's extension tells, else as the content looks; `None` when it looks like neither. CSV is
    /// not detected, because nobody but the caller has its mapping.
    pub fn detect(name: Option<&str>, bytes: &[u8]) -> Option<Self> {
        let extension = name.and_then(|name| name.rsplit_once('.')).map(|(_, after)| after.to_ascii_lowercase());
        match extension.as_deref() {
            Some("json") => return Some(Self::Json),
            Some("ndjson" | "jsonl") => return Some(Self::Ndjson),
            Some("csv" | "tsv") => return None,
            _ => {}
        }
        let text = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes).trim_ascii_start();
        match text.first() {
            Some(b'[') => Some(Self::Json),
            Some(b'{') => {
                let mut lines =
                    text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
                let whole =
                    |line: Option<&[u8]>| line.is_some_and(|line| line.starts_with(b"{") && line.ends_with(b"}"));
                Some(if whole(lines.next()) && whole(lines.next()) { Self::Ndjson } else { Self::Json })
            }
            _ => None,
        }
    }
}

const UTF8_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

/// Something that was not taken in (or, in [`Intake::noted`], taken in but odd), and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Id of the lead, where it could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// The field: `people[0].influence`; for reps and content with their place in the file: `reps[2].zone`. Empty when
    /// the whole record (or the whole file) is meant.
    pub path: String,
    /// What is wrong, in one sentence without a full stop.
    pub reason: String,
    /// The line on which the record begins, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

/// `line 12, lead L-7, people[0].influence: must lie between 0 and 1, and is 2`
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut where_: Vec<String> = Vec::new();
        where_.extend(self.line.map(|line| format!("line {line}")));
        where_.extend(self.lead.as_ref().map(|lead| format!("lead {lead}")));
        where_.extend((!self.path.is_empty()).then(|| self.path.clone()));
        let colon = if where_.is_empty() { "" } else { ": " };
        write!(f, "{}{colon}{}", where_.join(", "), self.reason)
    }
}

/// What came through the door, and what did not.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// The leads, reps and content that fit.
    pub book: Book,
    /// What was refused, in file order; several for one record where several fields do not fit.
    pub refused: Vec<Refusal>,
    /// What was taken in although something about it is odd.
    pub noted: Vec<Refusal>,
    /// Leads in the book.
    pub accepted: usize,
    /// Leads refused. `accepted + set_aside` is the number of lead records in the file.
    pub set_aside: usize,
}

/// Reads a lead file. Never fails as a whole: what is wrong is told in [`Intake::refused`].
pub fn read_book(format: &LeadFormat, bytes: &[u8]) -> Intake {
    let mut desk = IntakeBuilder::default();
    if bytes.len() > limits::FILE_BYTES && desk.open(bytes).is_none() {
        return desk.close();
    }
    let mut loader = if *format == LeadFormat::Ndjson { Loader::ndjson() } else { Loader::json() };
    loader.push(bytes);
    loader.finish()
}

/// Where records are taken in one by one.
#[derive(Debug, Default)]
pub(in crate::book) struct IntakeBuilder {
    leads: BookBuilder,
    /// The reps whom leads name: how often, and by which lead first.
    named: BTreeMap<String, (usize, String)>,
    reps: Vec<Rep>,
    contents: Vec<Content>,
    refused: Vec<Refusal>,
    noted: Vec<Refusal>,
    set_aside: usize,
}

impl IntakeBuilder {
    /// The file without its byte order mark, or `None` (and told) when it cannot be text.
    pub(in crate::book) fn open<'a>(&mut self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        let bytes = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
        let fault = if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            "the file is in UTF-16; save it as UTF-8".to_owned()
        } else if bytes.len() > limits::FILE_BYTES {
            format!("the file has {} bytes; at most {} are taken, so split it", bytes.len(), limits::FILE_BYTES)
        } else if bytes.trim_ascii().is_empty() {
            "the file is empty".to_owned()
        } else {
            return Some(bytes);
        };
        self.refuse_file(fault, None);
        None
    }

    /// Refuses something that is not a lead.
    pub(in crate::book) fn refuse(&mut self, path: impl Into<String>, reason: impl Into<String>, line: Option<u64>) {
        self.refused.push(Refusal { lead: None, path: path.into(), reason: reason.into(), line });
    }

    /// Tells something about what was taken in.
    #[cfg(feature = "import")]
    pub(in crate::book) fn note(&mut self, reason: impl Into<String>) {
        self.noted.push(Refusal { lead: None, path: String::new(), reason: reason.into(), line: None });
    }

    fn refuse_file(&mut self, reason: impl Into<String>, line: Option<u64>) {
        self.refuse("", reason, line);
    }

    /// Sets a lead aside with all that is wrong with it.
    pub(in crate::book) fn set_aside(
        &mut self,
        lead: Option<&str>,
        problems: Vec<(String, String)>,
        line: Option<u64>,
    ) {
        self.set_aside += 1;
        let lead = lead.map(|id| json_tree::short(id).into_owned());
        let told = problems.into_iter().map(|(path, reason)| Refusal { lead: lead.clone(), path, reason, line });
        self.refused.extend(told);
    }

    /// Takes a lead in, or sets it aside.
    pub(in crate::book) fn lead(&mut self, record: record::LeadRecord, line: Option<u64>) {
        let id = record.id.clone();
        match check::lead(record) {
            Err(problems) => self.set_aside(Some(&id), problems.0, line),
            Ok(lead) => self.take(&mut LeadRef::from(&lead), line),
        }
    }

    /// Takes in a lead in which nothing is wrong, unless there is one with its id.
    fn take(&mut self, lead: &mut LeadRef<'_>, line: Option<u64>) {
        if self.leads.len() >= limits::LEADS {
            let reason = format!("the file has more than {} leads; split it", limits::LEADS);
            self.set_aside(Some(lead.id), vec![(String::new(), reason)], line);
        } else if self.leads.add(lead) {
            self.note_reps(lead);
        } else {
            let reason = "an earlier lead has this id; the first is kept".to_owned();
            self.set_aside(Some(lead.id), vec![("id".to_owned(), reason)], line);
        }
    }

    /// Takes a rep in, or tells what is wrong.
    pub(in crate::book) fn rep(&mut self, rep: Rep, path: &str, line: Option<u64>) {
        match check::rep(rep) {
            Ok(rep) if self.reps.iter().any(|earlier| earlier.id == rep.id) => {
                self.refuse(format!("{path}.id"), format!("\"{}\" is the id of an earlier rep too", rep.id), line);
            }
            Ok(rep) => self.reps.push(rep),
            Err(problems) => self.refuse_parts(path, problems.0, line),
        }
    }

    /// Takes a piece of content in, or tells what is wrong.
    pub(in crate::book) fn content(&mut self, content: Content, path: &str, line: Option<u64>) {
        match check::content(content) {
            Ok(content) if self.contents.iter().any(|earlier| earlier.id == content.id) => {
                let reason = format!("\"{}\" is the id of earlier content too", content.id);
                self.refuse(format!("{path}.id"), reason, line);
            }
            Ok(content) => self.contents.push(content),
            Err(problems) => self.refuse_parts(path, problems.0, line),
        }
    }

    /// Refuses a rep or a piece of content for several reasons.
    pub(in crate::book) fn refuse_parts(&mut self, path: &str, problems: Vec<(String, String)>, line: Option<u64>) {
        for (field, reason) in problems {
            let dot = if field.is_empty() { "" } else { "." };
            self.refuse(format!("{path}{dot}{field}"), reason, line);
        }
    }

    /// The book, with all that was told.
    pub(in crate::book) fn close(mut self) -> Intake {
        self.note_unknown_reps();
        Intake {
            accepted: self.leads.len(),
            book: self.leads.finish(self.reps, self.contents),
            refused: self.refused,
            noted: self.noted,
            set_aside: self.set_aside,
        }
    }

    /// Counts the reps whom a lead names.
    fn note_reps(&mut self, lead: &LeadRef<'_>) {
        let signals = lead.signals.iter().filter_map(|signal| signal.rep);
        let named = lead.owner.into_iter().chain(signals).chain(lead.planned.iter().filter_map(|touch| touch.rep));
        for id in named {
            match self.named.get_mut(id) {
                Some((times, _)) => *times += 1,
                None => drop(self.named.insert(id.to_owned(), (1, lead.id.to_owned()))),
            }
        }
    }

    /// Reps leave and files are cut in parts, so a rep who is not in the file is no reason to refuse a lead. A file
    /// without any reps says nothing about who exists.
    fn note_unknown_reps(&mut self) {
        if self.reps.is_empty() {
            return;
        }
        let known = order::collect_set(self.reps.iter().map(|rep| rep.id.as_str()));
        let tell = |lead: Option<&str>, path: String, reason: String| Refusal {
            lead: lead.map(ToOwned::to_owned),
            path,
            reason,
            line: None,
        };
        for (id, (times, first)) in self.named.iter().filter(|(id, _)| !known.contains(id.as_str())) {
            let often = if *times == 1 { "once".to_owned() } else { format!("{times} times") };
            let reason = format!("the rep \"{id}\" is named {often} and is not among the reps of this file");
            self.noted.push(tell(Some(first), String::new(), reason));
        }
        for (nth, rep) in self.reps.iter().enumerate() {
            if let Some(backup) = rep.backup.as_ref().filter(|backup| !known.contains(backup.as_str())) {
                let reason = format!("the backup \"{backup}\" is not among the reps of this file");
                self.noted.push(tell(None, format!("reps[{nth}].backup"), reason));
            }
        }
    }
}
