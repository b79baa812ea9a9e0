//! A report of the team as people read it: headings, sentences, lists and tables, in one language.
//!
//! The command, the page and other consoles show the same document; [`Document::markdown`] writes it for a mail or a wiki. The numbers themselves are
//! the report that it is made from.

mod cards;
mod figures;
mod goals;
mod groups;
mod plan;
mod reward;
mod story;

pub use cards::cards_document;
pub use figures::figures_document;
pub use goals::goals_document;
pub use groups::groups_document;
pub use reward::reward_document;
pub use story::story_document;

use serde::Serialize;

use crate::team::interval::Share;
use crate::wording::{Amount, Sentence, plain};

/// A report in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    /// What it is.
    pub title: String,
    /// What it says, in order.
    pub parts: Vec<Part>,
}

/// A part of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Part {
    /// The heading of what follows.
    Heading {
        /// Its words.
        text: String,
    },
    /// Some sentences.
    Paragraph {
        /// Their words.
        text: String,
    },
    /// A list.
    List {
        /// Its items.
        items: Vec<String>,
    },
    /// A table.
    Table {
        /// The headings of its columns.
        head: Vec<String>,
        /// Its rows, each with as many cells.
        rows: Vec<Vec<String>>,
    },
}

/// A document being written.
pub(super) struct Writer {
    language: crate::wording::Language,
    document: Document,
}

impl Writer {
    pub(super) fn new(title: &Sentence, language: crate::wording::Language) -> Self {
        Self { language, document: Document { title: title.render(language), parts: Vec::new() } }
    }

    /// A sentence in the language of the document.
    pub(super) fn say(&self, sentence: &Sentence) -> String {
        sentence.render(self.language)
    }

    pub(super) fn heading(&mut self, sentence: &Sentence) {
        let text = self.say(sentence);
        self.document.parts.push(Part::Heading { text });
    }

    pub(super) fn paragraph(&mut self, text: impl Into<String>) {
        self.document.parts.push(Part::Paragraph { text: text.into() });
    }

    /// A share as people read it: "40 % (31–50 %), n = 100", or "too few to say, n = 4".
    pub(super) fn share(&self, share: Share) -> String {
        let percent = |part: f64| Amount::rounded(part * 100.0, 0);
        let sentence = match share.estimate {
            Some(estimate) => Sentence::new("team-share")
                .with("share", percent(estimate.share))
                .with("low", percent(estimate.low))
                .with("high", percent(estimate.high))
                .with("n", share.n),
            None => Sentence::new("team-too-few").with("n", share.n),
        };
        self.say(&sentence)
    }

    /// A list; nothing when it is empty.
    pub(super) fn list(&mut self, items: Vec<String>) {
        if !items.is_empty() {
            self.document.parts.push(Part::List { items });
        }
    }

    /// A table with headings by these keys; nothing without rows.
    pub(super) fn table(&mut self, head: &[&'static str], rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            let head = head.iter().map(|key| self.say(&Sentence::new(key))).collect();
            self.document.parts.push(Part::Table { head, rows });
        }
    }

    pub(super) fn finish(self) -> Document {
        self.document
    }
}

impl Document {
    /// The document as Markdown. Text of others cannot make headings, links or columns of its own.
    pub fn markdown(&self) -> String {
        let mut text = format!("# {}\n", escaped(&self.title));
        for part in &self.parts {
            text.push('\n');
            match part {
                Part::Heading { text: words } => text.push_str(&format!("## {}\n", escaped(words))),
                Part::Paragraph { text: words } => text.push_str(&format!("{}\n", escaped(words))),
                Part::List { items } => items.iter().for_each(|item| text.push_str(&format!("* {}\n", escaped(item)))),
                Part::Table { head, rows } => {
                    let row = |cells: &[String]| {
                        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
                        format!("| {} |\n", cells.join(" | "))
                    };
                    text.push_str(&row(head));
                    text.push_str(&format!("|{}\n", "---|".repeat(head.len())));
                    rows.iter().for_each(|cells| text.push_str(&row(cells)));
                }
            }
        }
        text
    }
}

/// A text as it stands, whatever Markdown makes of its signs.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in plain(text).chars() {
        if matches!(letter, '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\' | '#') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
