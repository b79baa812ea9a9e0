//! A sentence before it is put in words, so that whoever shows it chooses the language.
//!
//! What goes wrong while Rhai runs is born deep in a function, and told far from there. What travels between the two is the key
//! of a sentence and what stands in its places, never words that only one language has.

use crate::wording::{Language, say};

/// A sentence of the tables, with what stands in its places; or words of somebody else, as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    key: &'static str,
    args: Vec<(&'static str, Arg)>,
}

/// What stands in a place of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Arg {
    /// As it is: what the author wrote, or a word of the rule language.
    Text(String),
    /// A count.
    Number(i64),
    /// The sentence of this key, in the same language: "a length of time".
    Said(&'static str),
    /// A sentence with places of its own.
    Sentence(Sentence),
    /// Several, with commas between them.
    Row(Vec<Arg>),
}

impl Sentence {
    /// The sentence of this key.
    pub(crate) fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// Words that are nobody's translation: what an author has his own rule say.
    pub fn as_is(words: impl Into<String>) -> Self {
        Self::new("as-is").with("words", words.into())
    }

    /// A word, number or sentence in one of its places.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// With "did you mean ...?" behind it, where something was found that may be meant.
    pub(crate) fn or_meant(self, shown: Option<String>) -> Self {
        match shown {
            Some(meant) => Self::new("run-meant").with("sentence", self).with("meant", meant),
            None => self,
        }
    }

    /// In a language.
    pub fn said(&self, language: Language) -> String {
        say(language, self.key, &self.args).unwrap_or_else(|| self.key.to_owned())
    }

    /// In English, which is what faults of rules are told in.
    pub fn english(&self) -> String {
        self.said(Language::English)
    }
}

impl Arg {
    /// In a language; `args` are what a sentence that it names finds its places filled with.
    pub(crate) fn said(&self, language: Language, args: &[(&'static str, Arg)]) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Said(key) => {
                // Without other sentences, so that none can hold itself.
                let plain = args.iter().filter(|(_, arg)| !matches!(arg, Self::Said(_)));
                let plain: Vec<(&'static str, Arg)> = plain.cloned().collect();
                say(language, key, &plain).unwrap_or_else(|| (*key).to_owned())
            }
            Self::Sentence(sentence) => sentence.said(language),
            Self::Row(row) => {
                let said: Vec<String> = row.iter().map(|each| each.said(language, args)).collect();
                said.join(", ")
            }
        }
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<Sentence> for Arg {
    fn from(sentence: Sentence) -> Self {
        Self::Sentence(sentence)
    }
}
