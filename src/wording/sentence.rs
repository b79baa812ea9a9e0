//! A message as data, so that whoever shows it chooses the language.
//!
//! A function that fails deep inside the interpreter does not know which language the reader wants, and a reason is put together from
//! parts that several modules know. They return the key of a message and its arguments, and never text in one language.

use std::borrow::Cow;

use crate::wording::{Amount, Language, render};

/// A message of the catalogue with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    key: &'static str,
    args: Vec<(&'static str, Arg)>,
}

/// An argument of a message: the value of one placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// Text shown as it is: what the rule's author wrote, or a word of the rule language.
    Text(String),
    /// A count, shown as its digits; it chooses between the two forms of a plural.
    Number(i64),
    /// A number, shown rounded and with the signs of the language: "39,300".
    Amount(Amount),
    /// The message with this key, in the language that is rendered: "a length of time". Its placeholders are filled from the
    /// arguments of the message it stands in.
    Key(&'static str),
    /// A message with arguments of its own.
    Sentence(Sentence),
    /// Several, separated by commas.
    List(Vec<Arg>),
}

impl Sentence {
    /// The message with this key, without arguments yet.
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// Text that is not translated, such as the message of a rule author's own `throw`.
    pub fn as_is(words: impl Into<String>) -> Self {
        Self::new("as-is").with("words", words.into())
    }

    /// Adds the argument `name`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Several things in a row, by the key `list-and` or `list-or`: commas between them, a word before the last. One thing stands by
    /// itself, and nothing is "empty".
    pub fn list(key: &'static str, mut items: Vec<Arg>) -> Self {
        match items.pop() {
            Some(last) if items.is_empty() => Self::new("as-is").with("words", last),
            Some(last) => Self::new(key).with("items", Arg::List(items)).with("last", last),
            None => Self::new("value-empty"),
        }
    }

    /// Adds "did you mean ...?" when `shown` is a suggestion; unchanged for `None`.
    pub(crate) fn or_did_you_mean(self, shown: Option<String>) -> Self {
        match shown {
            Some(meant) => Self::new("run-meant").with("sentence", self).with("meant", meant),
            None => self,
        }
    }

    /// The message with another key and the same arguments.
    #[cfg(feature = "import")]
    pub(crate) fn rekeyed(self, key: &'static str) -> Self {
        Self { key, ..self }
    }

    /// The key of the message: a stable name for what it says.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// The text in this language; the key itself when no table has it.
    pub fn render(&self, language: Language) -> String {
        render(language, self.key, &self.args).unwrap_or_else(|| self.key.to_owned())
    }

    /// The text in English, the language of evaluation errors.
    pub fn english(&self) -> String {
        self.render(Language::English)
    }
}

/// The message with this key, without arguments.
impl From<&'static str> for Sentence {
    fn from(key: &'static str) -> Self {
        Self::new(key)
    }
}

impl Arg {
    /// The text in this language. `args` are the arguments of the message it stands in, used by [`Arg::Key`].
    pub fn render(&self, language: Language, args: &[(&'static str, Arg)]) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Amount(amount) => amount.render(language),
            Self::Key(key) => {
                // Without other keys, so that a message cannot contain itself.
                let plain = args.iter().filter(|(_, arg)| !matches!(arg, Self::Key(_)));
                let plain: Vec<(&'static str, Arg)> = plain.cloned().collect();
                render(language, key, &plain).unwrap_or_else(|| (*key).to_owned())
            }
            Self::Sentence(sentence) => sentence.render(language),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(|item| item.render(language, args)).collect();
                items.join(", ")
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
impl From<Cow<'_, str>> for Arg {
    fn from(text: Cow<'_, str>) -> Self {
        Self::Text(text.into_owned())
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
impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}
impl From<Amount> for Arg {
    fn from(amount: Amount) -> Self {
        Self::Amount(amount)
    }
}
impl From<Sentence> for Arg {
    fn from(sentence: Sentence) -> Self {
        Self::Sentence(sentence)
    }
}
