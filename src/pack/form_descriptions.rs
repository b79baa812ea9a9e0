//! What each statement, part of a head, clause and content of a clause is, in both languages: for completion, hover and the reference.
//!
//! The sentences are phrases without a capital and a full stop, so that they fit into a table and behind a word.
//!
//! Invariant, tested: everything in the table of [statement forms](crate::pack::statement_forms) has its sentence.

use crate::pack::statement_forms::{ClauseContent, ClauseForm, ClausePurpose, HeadPart, StatementForm};
use crate::wording::{Language, Sentence};

impl StatementForm {
    /// What the statement does, as a clause whose subject is the statement: "forbids a channel".
    pub fn described(&self, language: Language) -> String {
        Sentence::new(self.doc).render(language)
    }
}

impl ClauseForm {
    /// What the clause says: "when it holds".
    pub fn described(&self, language: Language) -> String {
        Sentence::new(self.doc).render(language)
    }
}

impl HeadPart {
    /// What the part is: "a channel, or any".
    pub fn described(self, language: Language) -> String {
        let key = match self {
            Self::QuotedName | Self::StatementName | Self::PackName => "head-quoted-name",
            Self::OtherStatement => "head-other-statement",
            Self::OtherPack => "head-other-pack",
            Self::OptionalName => "head-optional-name",
            Self::OptionalVersions => "head-optional-versions",
            Self::Lever => "head-lever",
            Self::Stage => "head-stage",
            Self::Identifier => "head-identifier",
            Self::Assignment => "head-assignment",
            Self::OptionalMap => "head-optional-map",
            Self::Channel => "head-channel",
            Self::Count => "head-count",
            Self::Length => "head-length",
            Self::OpeningHours => "head-opening-hours",
            Self::Country => "head-country",
            Self::Dates => "head-dates",
            Self::Parameters => "head-parameters",
            Self::Body => "head-body",
        };
        Sentence::new(key).render(language)
    }
}

impl ClauseContent {
    /// What the clause holds: "a length of time, as 7.days".
    pub fn described(self, language: Language) -> String {
        let key = match self {
            Self::Expression(ClausePurpose::Condition) => "content-condition",
            Self::Expression(ClausePurpose::Touches) => "content-touches",
            Self::Expression(ClausePurpose::Steps) => "content-steps",
            Self::Expression(ClausePurpose::Expected) => "content-expected",
            Self::Expression(ClausePurpose::Sentence) => "content-sentence",
            Self::Expression(ClausePurpose::Given) => "content-given",
            Self::Expression(ClausePurpose::Rows) => "content-rows",
            Self::Text => "content-text",
            Self::OtherPack => "head-other-pack",
            Self::Names | Self::FormerNames => "content-names",
            Self::Type => "content-type",
            Self::Range => "content-range",
            Self::Unit => "content-unit",
            Self::Length => "content-length",
            Self::Scope(_) => "content-scope",
            Self::Measure => "content-measure",
            Self::Number => "content-number",
            Self::Date => "content-date",
        };
        Sentence::new(key).render(language)
    }
}
