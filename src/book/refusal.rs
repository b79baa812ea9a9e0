//! What is wrong with a record or field, or worth a remark, as data: where it stands, and the reason as a [`Sentence`] with its code.

use std::fmt;

use serde::Serialize;

use crate::wording::{Arg, Language, Sentence};

/// What is wrong with a field of one record: the path of the field, and the reason.
pub(in crate::book) type Problem = (String, Sentence);

/// A record or field that was refused (or, in [`Intake::noted`](crate::book::ingest::Intake::noted), a remark on one that was accepted), and
/// the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Id of the lead, where it could be read.
    pub lead: Option<String>,
    /// The field: `people[0].influence`; for reps and content with their place in the file: `reps[2].zone`. Empty when
    /// the whole record (or the whole file) is meant.
    pub path: String,
    /// What is wrong, in one sentence without a full stop.
    pub reason: Sentence,
    /// The line on which the record begins, from 1.
    pub line: Option<u64>,
}

/// A [`Refusal`] in one language, as the wasm modules give it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefusalText {
    /// As in [`Refusal::lead`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// As in [`Refusal::path`].
    pub path: String,
    /// The kind of refusal: the same in every language and version.
    pub code: &'static str,
    /// What is wrong, in one sentence without a full stop.
    pub reason: String,
    /// As in [`Refusal::line`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

impl Refusal {
    /// The refusal of something that is neither a lead nor on a line, by its path.
    pub(in crate::book) fn at(path: impl Into<String>, reason: Sentence) -> Self {
        Self { lead: None, path: path.into(), reason, line: None }
    }

    /// The kind of refusal, for programs that branch on it: the same in every language and version.
    pub fn code(&self) -> &'static str {
        self.reason.key()
    }

    /// The refusal in a language.
    pub fn render(&self, language: Language) -> RefusalText {
        RefusalText {
            lead: self.lead.clone(),
            path: self.path.clone(),
            code: self.code(),
            reason: self.reason.render(language),
            line: self.line,
        }
    }

    /// Place and reason in one line: `line 12, lead L-7, people[0].influence: must lie between 0 and 1, and is 2`.
    pub fn in_one_line(&self, language: Language) -> String {
        let line = self.line.map(|line| Sentence::new("record-on-line").with("line", line.to_string()));
        let lead = self.lead.as_deref().map(|lead| Sentence::new("record-of-lead").with("lead", lead));
        let path = Some(self.path.as_str()).filter(|path| !path.is_empty()).map(Arg::from);
        let place: Vec<Arg> = line.into_iter().chain(lead).map(Arg::from).chain(path).collect();
        if place.is_empty() {
            return self.reason.render(language);
        }
        let sentence = Sentence::new("record-at").with("place", Arg::List(place)).with("reason", self.reason.clone());
        sentence.render(language)
    }
}

/// [`Refusal::in_one_line`] in English.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_one_line(Language::English))
    }
}
