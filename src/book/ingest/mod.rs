//! Reads lead files: bytes of JSON or NDJSON in, an [`Intake`] out, which is a [`Book`] of checked leads and a list of everything refused.
//!
//! A record that does not fit is set aside as a whole, with its id and, for each field that does not fit, the path and a reason; the other
//! records are read. Nothing is repaired silently: a text is never read as a number, and unknown is never 0 or "". `null` means that the
//! field is absent. The format is in [`record`], the checks beyond types in `check`, the limits in [`limits`].
//!
//! Signals after the moment of decision are read too: a book can be decided at any moment, and the engine ignores signals after it.
//!
//! No file or network access: bytes come from the caller.

mod check;
pub(in crate::book) mod encoding;
mod fast_path;
pub(in crate::book) mod json_file;
pub(in crate::book) mod json_tree;
pub(in crate::book) mod kept_refusals;
pub(in crate::book) mod line_ends;
pub mod loader;
pub mod record;
mod record_loader;
pub(in crate::book) mod record_splitter;
mod single_record;
#[cfg(test)]
mod tests;
pub mod write;

pub use loader::Loader;
pub use record_loader::RecordLoader;
pub use single_record::{read_feedback, read_lead, read_signal};

use std::collections::{BTreeMap, BTreeSet};

use crate::book::content::Content;
use crate::book::ingest::encoding::wide_encoding;
use crate::book::lead_ref::LeadRef;
use crate::book::refusal::{Problem, Refusal};
use crate::book::rep::Rep;
use crate::book::store::BookBuilder;
use crate::book::{Book, GroupTooLarge, Team};
use crate::wording::Sentence;
use crate::{limits, order};

/// The format of a lead file.
#[derive(Clone, Debug, PartialEq)]
pub enum LeadFormat {
    /// `{"leads": [...], "reps": [...], "content": [...]}`, a bare list of leads, or one lead.
    Json,
    /// One JSON object on each line: a lead, `{"rep": {...}}` or `{"content": {...}}`.
    Ndjson,
}

impl LeadFormat {
    /// Detects the format by the extension of the file name, else by the content. `None` when it is neither; CSV is never detected, because
    /// it needs a mapping.
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
                let mut lines = text
                    .split(|byte| matches!(byte, b'\r' | b'\n'))
                    .map(<[u8]>::trim_ascii)
                    .filter(|line| !line.is_empty());
                let whole =
                    |line: Option<&[u8]>| line.is_some_and(|line| line.starts_with(b"{") && line.ends_with(b"}"));
                Some(if whole(lines.next()) && whole(lines.next()) { Self::Ndjson } else { Self::Json })
            }
            _ => None,
        }
    }
}

const UTF8_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

impl GroupTooLarge {
    /// What is wrong, in one sentence without a full stop.
    pub fn reason(&self) -> Sentence {
        let of_group = match &self.id {
            Some(id) => {
                Sentence::new("record-human-too-large").with("id", json_tree::short(id)).with("leads", self.leads)
            }
            None => Sentence::new("record-account-too-large"),
        };
        of_group.with("most", limits::LEADS_PER_CONTACT_GROUP)
    }
}

/// The result of reading a file: the book, and what was refused.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// The accepted leads, reps and content.
    pub book: Book,
    /// What was refused, in file order; several entries for a record in which several fields do not fit.
    pub refused: Vec<Refusal>,
    /// Remarks on what was accepted.
    pub noted: Vec<Refusal>,
    /// The number of leads in the book.
    pub accepted: usize,
    /// The number of leads refused. `accepted + set_aside` is the number of lead records in the file.
    pub set_aside: usize,
}

/// Reads a lead file. Never fails as a whole: what is wrong is in [`Intake::refused`].
pub fn read_book(format: &LeadFormat, bytes: &[u8]) -> Intake {
    let mut intake = IntakeBuilder::default();
    if bytes.len() > limits::FILE_BYTES && intake.check_file(bytes).is_none() {
        return intake.finish();
    }
    let mut loader = if *format == LeadFormat::Ndjson { Loader::ndjson() } else { Loader::json() };
    loader.push(bytes);
    loader.finish()
}

/// Collects accepted records and refusals while a file is read.
#[derive(Debug, Default)]
pub(in crate::book) struct IntakeBuilder {
    leads: BookBuilder,
    /// By id of a rep: the number of times that leads name it, and the id of the first of those leads.
    named: BTreeMap<String, (usize, String)>,
    reps: Vec<Rep>,
    rep_ids: BTreeSet<String>,
    contents: Vec<Content>,
    content_ids: BTreeSet<String>,
    refused: Vec<Refusal>,
    /// What people refuse in leads that were set aside; it holds for the lead with the same id.
    refusing: Vec<record::LeadRecord>,
    noted: Vec<Refusal>,
    set_aside: usize,
    /// Refusals beyond [`limits::REFUSALS`].
    more_refused: usize,
}

impl IntakeBuilder {
    /// The file without its byte order mark; `None`, and a refusal, when it is empty, too large, in UTF-16 or in UTF-32.
    pub(in crate::book) fn check_file<'a>(&mut self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        self.check_named_file("", bytes)
    }

    /// As [`Self::check_file`], of one of several files.
    pub(in crate::book) fn check_named_file<'a>(&mut self, name: &str, bytes: &'a [u8]) -> Option<&'a [u8]> {
        let bytes = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
        let fault = if let Some(encoding) = wide_encoding(bytes) {
            Sentence::new(encoding)
        } else if bytes.len() > limits::FILE_BYTES {
            Sentence::new("record-file-too-large").with("size", bytes.len()).with("most", limits::FILE_BYTES)
        } else if bytes.trim_ascii().is_empty() {
            Sentence::new("record-file-empty")
        } else {
            return Some(bytes);
        };
        self.refuse(name, fault, None);
        None
    }

    /// Refuses something that is not a lead.
    pub(in crate::book) fn refuse(&mut self, path: impl Into<String>, reason: impl Into<Sentence>, line: Option<u64>) {
        self.add_refusal(Refusal { line, ..Refusal::at(path, reason.into()) });
    }

    /// Adds a refusal to the list, or counts it when the list is full.
    fn add_refusal(&mut self, refusal: Refusal) {
        if self.refused.len() < limits::REFUSALS {
            self.refused.push(refusal);
        } else {
            self.more_refused += 1;
        }
    }

    /// Refuses a field of a lead that is taken in without it.
    #[cfg(feature = "import")]
    pub(in crate::book) fn refuse_field(&mut self, lead: &str, path: String, reason: Sentence, line: Option<u64>) {
        self.refused.push(Refusal { lead: Some(json_tree::short(lead).into_owned()), path, reason, line });
    }

    /// Adds a remark on what was accepted.
    #[cfg(feature = "import")]
    pub(in crate::book) fn note(&mut self, reason: Sentence) {
        self.noted.push(Refusal::at("", reason));
    }

    /// Refuses a lead, with the path and reason of all its problems.
    pub(in crate::book) fn set_aside(&mut self, lead: Option<&str>, problems: Vec<Problem>, line: Option<u64>) {
        self.set_aside += 1;
        let lead = lead.map(|id| json_tree::short(id).into_owned());
        let refusals = problems.into_iter().map(|(path, reason)| Refusal { lead: lead.clone(), path, reason, line });
        refusals.for_each(|refusal| self.add_refusal(refusal));
    }

    /// Checks a lead, and adds it to the book or sets it aside. True when it was added.
    pub(in crate::book) fn lead(&mut self, record: record::LeadRecord, line: Option<u64>) -> bool {
        let (id, set_aside) = (record.id.clone(), self.set_aside);
        let refusing = kept_refusals::refusals_of(&record);
        match check::lead(record) {
            Err(problems) => {
                self.refusing.extend(refusing);
                self.set_aside(Some(&id), problems.0, line);
            }
            Ok(lead) => self.add(&mut LeadRef::from(&lead), line),
        }
        self.set_aside == set_aside
    }

    /// Adds a checked lead to the book, or sets it aside: when the book is full, when it has a lead with this id, and when the people of the
    /// lead would link too many leads.
    fn add(&mut self, lead: &mut LeadRef<'_>, line: Option<u64>) {
        if let Err(problem) = self.try_add(lead) {
            self.set_aside(Some(lead.id), vec![problem], line);
        }
    }

    /// Adds a checked lead to the book, as [`add`](Self::add) does.
    ///
    /// # Errors
    /// The field that it cannot be added for, and the reason; it is set aside nowhere.
    fn try_add(&mut self, lead: &mut LeadRef<'_>) -> Result<(), Problem> {
        if self.leads.len() >= limits::LEADS {
            return Err((String::new(), Sentence::new("record-too-many-leads").with("most", limits::LEADS)));
        }
        if let Err(why) = self.leads.add(lead) {
            self.refusing.extend(kept_refusals::refusals_of_checked(lead));
            return Err(why.refusal());
        }
        self.count_reps(lead);
        Ok(())
    }

    /// Checks a rep, and adds or refuses it. `path` is its place in the file.
    pub(in crate::book) fn rep(&mut self, rep: Rep, path: &str, line: Option<u64>) {
        match check::rep(rep) {
            Ok(rep) if self.rep_ids.contains(&rep.id) => {
                self.refuse(format!("{path}.id"), Sentence::new("record-rep-twice").with("id", rep.id), line);
            }
            Ok(_) if self.reps.len() >= limits::REPS => {
                self.refuse(path, Sentence::new("record-too-many-reps").with("most", limits::REPS), line);
            }
            Ok(rep) => {
                self.rep_ids.insert(rep.id.clone());
                self.reps.push(rep);
            }
            Err(problems) => self.refuse_parts(path, problems.0, line),
        }
    }

    /// Checks a piece of content, and adds or refuses it. `path` is its place in the file.
    pub(in crate::book) fn content(&mut self, content: Content, path: &str, line: Option<u64>) {
        match check::content(content) {
            Ok(content) if self.content_ids.contains(&content.id) => {
                self.refuse(format!("{path}.id"), Sentence::new("record-content-twice").with("id", content.id), line);
            }
            Ok(_) if self.contents.len() >= limits::CONTENTS => {
                self.refuse(path, Sentence::new("record-too-many-contents").with("most", limits::CONTENTS), line);
            }
            Ok(content) => {
                self.content_ids.insert(content.id.clone());
                self.contents.push(content);
            }
            Err(problems) => self.refuse_parts(path, problems.0, line),
        }
    }

    /// Refuses a rep or a piece of content, with the field and reason of all its problems.
    pub(in crate::book) fn refuse_parts(&mut self, path: &str, problems: Vec<Problem>, line: Option<u64>) {
        for (field, reason) in problems {
            let dot = if field.is_empty() { "" } else { "." };
            self.refuse(format!("{path}{dot}{field}"), reason, line);
        }
    }

    /// The book, with refusals and remarks.
    pub(in crate::book) fn finish(mut self) -> Intake {
        let team = Team::new(std::mem::take(&mut self.reps), std::mem::take(&mut self.contents));
        self.finish_with(team)
    }

    /// The book with this team, with refusals and remarks.
    fn finish_with(mut self, team: Team) -> Intake {
        self.note_unknown_reps(team.reps());
        if self.more_refused > 0 {
            let reason = Sentence::new("record-more-problems").with("count", self.more_refused);
            self.refused.push(Refusal::at("", reason));
        }
        let accepted = self.leads.len();
        let mut book = self.leads.finish(team);
        for other in &self.refusing {
            let Some(mut lead) = book.find(&other.id).and_then(|place| book.lead(place)) else { continue };
            if kept_refusals::keep_refusals(&mut lead.people, &mut lead.signals, other) {
                // It stays in its group, so that no limit can stand in the way.
                let _ = book.put(&lead);
            }
        }
        Intake { accepted, book, refused: self.refused, noted: self.noted, set_aside: self.set_aside }
    }

    /// Counts the reps that a lead names.
    fn count_reps(&mut self, lead: &LeadRef<'_>) {
        let signals = lead.signals.iter().filter_map(|signal| signal.rep);
        let named = lead.owner.into_iter().chain(signals).chain(lead.planned.iter().filter_map(|touch| touch.rep));
        let full = self.named.len() >= limits::NAMED_REPS;
        for id in named {
            match self.named.get_mut(id) {
                Some((times, _)) => *times += 1,
                None if full => {}
                None => drop(self.named.insert(id.to_owned(), (1, lead.id.to_owned()))),
            }
        }
    }

    /// Adds a remark for each rep that is named but not in the file. It is no reason to refuse a lead, because reps leave and files are
    /// split. A file without reps gives no remarks.
    fn note_unknown_reps(&mut self, reps: &[Rep]) {
        if reps.is_empty() {
            return;
        }
        let known = order::collect_set(reps.iter().map(|rep| rep.id.as_str()));
        for (id, (times, first)) in self.named.iter().filter(|(id, _)| !known.contains(id.as_str())) {
            let key = if *times == 1 { "record-rep-unknown-once" } else { "record-rep-unknown" };
            let reason = Sentence::new(key).with("id", id.as_str()).with("times", *times);
            self.noted.push(Refusal { lead: Some(first.clone()), ..Refusal::at("", reason) });
        }
        for (nth, rep) in reps.iter().enumerate() {
            if let Some(backup) = rep.backup.as_ref().filter(|backup| !known.contains(backup.as_str())) {
                let reason = Sentence::new("record-backup-unknown").with("id", backup.as_str());
                self.noted.push(Refusal::at(format!("reps[{nth}].backup"), reason));
            }
        }
    }
}
