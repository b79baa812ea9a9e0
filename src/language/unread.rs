//! What a statement that could not be read may have forbidden.
//!
//! In a hard pack (law, consent) a statement with an error must not lift what it forbids, so the reader records over which channels it may
//! have forbidden contact: those that its head names; all, where the head names none or where the rest of the file may be part of it. A
//! statement that a forgotten `;`, quote or bracket made part of another counts too.
//!
//! Left out: whether the pack is hard. These are recorded for every pack, and used of the hard ones.
//!
//! Invariant: of a statement that was read, every character of it up to its `;`, nothing is recorded.

use strum::VariantArray;

use crate::book::vocabulary::{Channel, nearest_all};
use crate::diagnostics::Span;
use crate::language::reader::PackReader;
use crate::language::scan::TokenKind;
use crate::language::statements::{ShapeFault, Statement};
use crate::pack::policies::Channels;
use crate::pack::statement_forms::{StatementForm, StatementKind, clause_words, statement_words};
use crate::pack::statements::{UnreadLaw, UnreadPart};

/// Whether a statement of this kind can stop contact that another proposes: policies, `enter`, whose stage policies read, and `holidays`, whose
/// days hours read.
const fn may_forbid(kind: StatementKind) -> bool {
    matches!(
        kind,
        StatementKind::Never
            | StatementKind::Limit
            | StatementKind::Reachable
            | StatementKind::Holidays
            | StatementKind::Pause
            | StatementKind::Enter
    )
}

impl PackReader<'_> {
    /// Records a statement that could not be read, with the channels over which it may have forbidden contact; nothing for a statement that
    /// forbids none.
    pub fn record_unread(&mut self, statement: &Statement) {
        let mut found: Vec<(Channels, usize)> = Vec::new();
        let first = statement.tokens.start;
        let may_be_policy = match statement.form {
            Some(form) => may_forbid(form.kind),
            None => !self.is_header_misspelled(statement) && !self.is_other_form_misspelled(statement),
        };
        if may_be_policy {
            found.extend(self.channels_named(statement).into_iter().map(|channels| (channels, first)));
        }
        found.extend(self.swallowed(statement));
        for (channels, index) in found {
            let span = if index == first { self.span_of(&statement.tokens) } else { self.span_of(&(index..index + 1)) };
            let name = self.name_of_statement(index);
            self.record_unread_law(UnreadLaw { part: UnreadPart::Statement(name), channels, span });
        }
    }

    /// Whether a character of a statement could not be read, other than of its sentence: it stands in a word or text that it was not.
    pub fn is_garbled(&self, statement: &Statement) -> bool {
        let sentences = statement.clauses.iter().filter(|clause| self.text_at(clause.word) == "because");
        let is_sentence = |index: &usize| sentences.clone().any(|clause| clause.tokens.contains(index));
        let mut others = statement.tokens.clone().filter(|index| !is_sentence(index));
        others.any(|index| self.text_at(index).contains(char::REPLACEMENT_CHARACTER))
    }

    /// Records that from this place on the file could not be read as it was meant, so that it may forbid contact over any channel.
    pub fn record_unread_rest(&mut self, span: Span) {
        self.record_unread_law(UnreadLaw { part: UnreadPart::Rest, channels: Channels::Any, span });
    }

    /// Records a part, unless an earlier one may have forbidden the same: the first of them is the reason of a block.
    fn record_unread_law(&mut self, unread: UnreadLaw) {
        let covers = |earlier: &UnreadLaw| earlier.channels == Channels::Any || earlier.channels == unread.channels;
        if !self.pack.unread.iter().any(covers) {
            self.pack.unread.push(unread);
        }
    }

    /// The channels in the head of a statement; `any` when there are none, when it is `any`, or when one of several cannot be read.
    fn channels_named(&self, statement: &Statement) -> Vec<Channels> {
        let head = || self.pack_words(statement.head.clone());
        let named: Vec<Channels> = head().filter_map(|(_, word)| channels_of(word)).collect();
        let unread = head().any(|(index, word)| channels_of(word).is_none() && self.may_be_channel(index, word));
        if named.is_empty()
            || unread
            || named.contains(&Channels::Any)
            || statement.form.is_some_and(|form| !takes_channel(form))
        {
            return vec![Channels::Any];
        }
        named
    }

    /// Whether a word in a head that is no channel stands where one of several would, or is nearly one.
    fn may_be_channel(&self, index: usize, word: &str) -> bool {
        if matches!(word, "and" | "or") {
            return false;
        }
        let before = index.checked_sub(1);
        let in_a_list = before.is_some_and(|before| {
            matches!(self.kind_at(before), Some(TokenKind::Open(_) | TokenKind::Comma))
                || matches!(self.text_at(before), "and" | "or")
        });
        in_a_list || !nearest_all(word, Channel::VARIANTS.iter().map(|channel| channel.word())).is_empty()
    }

    /// The statements that became part of this one, with their first token: each with the channels that it names.
    fn swallowed(&self, statement: &Statement) -> Vec<(Channels, usize)> {
        let mut found = Vec::new();
        let mut depth = 0_usize;
        for index in statement.tokens.clone() {
            match self.kind_at(index) {
                Some(TokenKind::Open(_)) => depth += 1,
                Some(TokenKind::Close(_)) => depth = depth.saturating_sub(1),
                Some(TokenKind::Word) if index > statement.tokens.start && !self.follows_dot(index) => {
                    let word = self.text_at(index);
                    let begins_line = self.span_of(&(index..index + 1)).column == 1;
                    let nested = depth > 0 && !matches!(statement.fault, Some(ShapeFault::Unclosed(_)));
                    match StatementForm::of(word) {
                        Some(form) if may_forbid(form.kind) => {
                            // A policy may have a name before its channel.
                            let named = self.kind_at(index + 1) == Some(TokenKind::Text);
                            let channel = if named { index + 2 } else { index + 1 };
                            let next = if takes_channel(form) { channels_of(self.text_at(channel)) } else { None };
                            found.push((next.unwrap_or(Channels::Any), index));
                        }
                        // A line that begins with an unknown word may be a statement whose first word is misspelled.
                        None if begins_line && !nested && !continues_statement(word) => {
                            found.push((Channels::Any, index));
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// Whether this statement is a `pack` statement whose first word is misspelled.
    pub fn is_header_misspelled(&self, statement: &Statement) -> bool {
        let first = statement.tokens.start;
        let is_near = || nearest_all(self.text_at(first), statement_words()).contains(&"pack");
        let named = self.kind_at(first + 1) == Some(TokenKind::Text);
        let has_map = || statement.tokens.clone().any(|at| self.text_at(at) == "#" && self.text_at(at + 1) == "{");
        statement.form.is_none() && named && statement.clauses.is_empty() && (is_near() || has_map())
    }

    /// Whether this statement is one that forbids nothing, such as a rule, whose first word is misspelled.
    fn is_other_form_misspelled(&self, statement: &Statement) -> bool {
        let first = statement.tokens.start;
        let near = nearest_all(self.text_at(first), statement_words());
        let named = self.kind_at(first + 1) == Some(TokenKind::Text);
        named
            && !near.is_empty()
            && near.iter().all(|word| matches!(*word, "rule" | "cadence" | "example" | "needs" | "without" | "adjust"))
    }

    /// The first word of a statement with what it is about, for messages: `never phone`.
    fn name_of_statement(&self, index: usize) -> String {
        let words = [self.text_at(index), self.text_at(index + 1)];
        let words = words.map(|word| word.chars().take(LONGEST_WORD).collect::<String>());
        words.join(" ").trim().to_owned()
    }

    fn follows_dot(&self, index: usize) -> bool {
        index.checked_sub(1).and_then(|before| self.kind_at(before)) == Some(TokenKind::Dot)
    }

    fn pack_words(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = (usize, &str)> {
        range.filter(|index| self.kind_at(*index) == Some(TokenKind::Word)).map(|index| (index, self.text_at(index)))
    }
}

/// The longest word of a statement that is shown.
const LONGEST_WORD: usize = 24;

/// Whether the head of the statement names a channel.
fn takes_channel(form: &StatementForm) -> bool {
    may_forbid(form.kind) && !matches!(form.kind, StatementKind::Enter | StatementKind::Holidays)
}

/// Whether a line within a statement may begin with this word.
fn continues_statement(word: &str) -> bool {
    clause_words().contains(&word) || matches!(word, "and" | "or" | "not" | "is" | "in" | "else")
}

fn channels_of(word: &str) -> Option<Channels> {
    if word == "any" { Some(Channels::Any) } else { Channel::from_word(word).map(Channels::One) }
}
