//! Completion: what can be written at a place, from what stands before it.
//!
//! Where a statement begins: statement words. After a dot: facts, methods, units or builder methods, by what stands before it. Where an operand is
//! expected: what the clause takes, or what the argument takes. After an operand: operators, and the clause words that the statement still lacks. Between
//! quotes: the words of the list that fits there, and what the packs name elsewhere. In a comment or a plain text: nothing.

mod after_dot;
mod operands;

use serde::Serialize;

use crate::book::value::Type;
use crate::editor::cursor::{Cursor, Written};
use crate::editor::names::Shape;
use crate::editor::roles::Walker;
use crate::editor::symbols::{Opened, Packs};
use crate::editor::text::{Position, TextRange};
use crate::editor::words::{doc, form_signature, say};
use crate::language::PackSource;
use crate::pack::statement_forms::{ClauseContent, ClausePurpose, STATEMENT_FORMS, StatementForm, StatementKind};
use crate::wording::Language;

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum CompletionKind {
    /// The word that begins a statement.
    Statement,
    /// The word that begins a clause.
    Clause,
    /// An operator or keyword.
    Keyword,
    /// `lead`, `person`, `account`, `now`.
    Subject,
    /// A fact of the catalogue.
    Fact,
    /// A fact that a pack declares.
    OwnFact,
    /// A builder method of a touch.
    Builder,
    /// A method of a value.
    Method,
    /// A unit of time.
    Unit,
    /// A channel, `answer`, `wait`, `hold`, `any`.
    Action,
    /// A setting.
    Setting,
    /// A constant.
    Constant,
    /// A helper function, or a function of the language.
    Function,
    /// A parameter or variable.
    Variable,
    /// The key of a map.
    Key,
    /// The type of a fact.
    Type,
    /// A word of a list, or a text that packs use.
    Word,
    /// The name of a rule, cadence or policy.
    Rule,
}

/// One completion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Completion {
    /// What is shown, and what is typed to find it.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// Its type or signature.
    pub detail: String,
    /// What it means, in the language asked for.
    pub documentation: String,
    /// What is replaced.
    pub range: TextRange,
    /// What is written instead.
    pub insert: String,
    /// How far into `insert` the cursor stands afterwards, in characters; all of them are ASCII where it is not the end.
    pub caret: usize,
    /// Its place in the order: a lower one is likelier.
    pub rank: u32,
}

/// What can be written at a place of one of the packs, the likeliest first. Only what begins with what is written there already, in small letters or
/// capitals. Empty where nothing is completed, and for a file that is not among the packs.
pub fn complete(packs: &[PackSource], file: &str, at: Position, language: Language) -> Vec<Completion> {
    let packs = Packs::new(packs);
    let Some((_, opened)) = packs.find(file) else { return Vec::new() };
    let Some(cursor) = Cursor::at(opened, opened.index.byte(at)) else { return Vec::new() };
    let mut found = Offers {
        packs: &packs,
        opened,
        language,
        prefix: cursor.prefix.to_lowercase(),
        range: opened.index.range(&cursor.replaced),
        calls: opened.document.text.get(cursor.replaced.end..).is_some_and(|rest| rest.starts_with('(')),
        found: Vec::new(),
    };
    match (&cursor.walker, cursor.statement) {
        (Some(walker), Some(statement)) => match cursor.written {
            Written::Text { is_closed } => found.texts(walker, statement.form, cursor.next, is_closed),
            Written::Word => {
                found.in_statement(walker, &cursor);
                let is_broken = statement.form.is_none() || cursor.begins_line(opened.document.text);
                if is_broken && !walker.is_after_dot() {
                    found.statements(50);
                }
            }
        },
        _ if cursor.written == Written::Word => found.statements(0),
        _ => {}
    }
    let mut found = found.found;
    crate::order::sort_by_key(&mut found, |one| one.rank);
    found
}

/// The completions that were found so far.
struct Offers<'p, 'a> {
    packs: &'p Packs<'a>,
    opened: &'p Opened<'a>,
    language: Language,
    prefix: String,
    range: TextRange,
    /// Whether a `(` follows already.
    calls: bool,
    found: Vec<Completion>,
}

impl Offers<'_, '_> {
    fn add(&mut self, kind: CompletionKind, label: &str, detail: String, documentation: String, rank: u32) {
        self.add_as(kind, label, (label.to_owned(), 0), (detail, documentation), rank);
    }

    /// Adds a completion unless it does not begin with the prefix, or is there already. `insert` is what is written, and before how many of its last
    /// characters the cursor stands.
    fn add_as(
        &mut self,
        kind: CompletionKind,
        label: &str,
        (insert, back): (String, usize),
        (detail, documentation): (String, String),
        rank: u32,
    ) {
        let begins = label.to_lowercase().starts_with(&self.prefix);
        if !begins || self.found.iter().any(|one| one.label == label && one.kind == kind) || self.found.len() >= MOST {
            return;
        }
        let caret = insert.chars().count().saturating_sub(back);
        let (label, range) = (label.to_owned(), self.range);
        self.found.push(Completion { label, kind, detail, documentation, range, insert, caret, rank });
    }

    /// What is written of something that is called: with its parentheses, unless they are there.
    fn call(&self, name: &str, needs_argument: bool, is_text: bool) -> (String, usize) {
        match (self.calls, needs_argument) {
            (true, _) => (name.to_owned(), 0),
            (false, false) => (format!("{name}()"), 0),
            (false, true) if is_text => (format!("{name}(\"\")"), 2),
            (false, true) => (format!("{name}()"), 1),
        }
    }

    fn statements(&mut self, rank: u32) {
        let has_header = self.opened.document.statements.iter().any(|one| {
            one.form.is_some_and(|form| form.kind == StatementKind::Pack)
                && self.opened.document.bytes(one.tokens.start).start != self.range.start.byte
        });
        for (nth, form) in STATEMENT_FORMS.iter().enumerate() {
            if form.kind == StatementKind::Pack && has_header {
                continue;
            }
            let told = (form_signature(form), form.described(self.language));
            let insert = (format!("{} ", form.word), 0);
            self.add_as(CompletionKind::Statement, form.word, insert, told, rank + u32::try_from(nth).unwrap_or(0));
        }
    }

    /// What fits within a statement where a word is written.
    fn in_statement(&mut self, walker: &Walker<'_, '_>, cursor: &Cursor<'_, '_>) {
        let Some(form) = cursor.statement.and_then(|statement| statement.form) else { return };
        if walker.is_after_dot() {
            return self.members(walker, form, cursor.next);
        }
        let depth = walker.levels().count();
        if depth == 1 && walker.clause_word().is_empty() && form.is_split_into_clauses() {
            self.operands(walker, form, cursor.next, depth);
            if self.has_head(form, cursor) {
                self.clauses(cursor, form);
            }
        } else if walker.before().is_some() {
            self.after_operand(walker, cursor, form, depth);
        } else {
            self.operands(walker, form, cursor.next, depth);
        }
    }

    /// Whether the head of a statement has something in it.
    fn has_head(&self, form: &StatementForm, cursor: &Cursor<'_, '_>) -> bool {
        let read = cursor.statement.map_or(0, |statement| cursor.next.saturating_sub(statement.tokens.start + 1));
        let last = cursor.next.checked_sub(1).map(|last| self.opened.document.token_text(last)).unwrap_or_default();
        form.is_split_into_clauses() && read > 0 && last != "="
    }

    /// The clause words that the statement still lacks; those that usually come after the current clause first.
    fn clauses(&mut self, cursor: &Cursor<'_, '_>, form: &StatementForm) {
        let Some(statement) = cursor.statement else { return };
        let document = &self.opened.document;
        let place = |word: &str| form.clauses.iter().position(|clause| clause.word == word);
        let written: Vec<&str> = statement
            .clauses
            .iter()
            .filter(|clause| document.bytes(clause.word) != cursor.replaced)
            .map(|clause| document.token_text(clause.word))
            .collect();
        let before = statement.clauses.iter().take_while(|clause| clause.word < cursor.next);
        let current = before.last().and_then(|clause| place(document.token_text(clause.word)));
        for (nth, clause) in form.clauses.iter().enumerate() {
            if written.contains(&clause.word) {
                continue;
            }
            let is_later = current.is_none_or(|current| nth > current);
            let optional = if clause.required { 0 } else { 8 };
            let rank = if is_later { 10 } else { 40 } + u32::try_from(nth).unwrap_or(0) + optional;
            let told = (clause.content.described(self.language), clause.described(self.language));
            self.add_as(CompletionKind::Clause, clause.word, (format!("{} ", clause.word), 0), told, rank);
        }
    }

    /// Operators, and where no bracket is open clause words.
    fn after_operand(&mut self, walker: &Walker<'_, '_>, cursor: &Cursor<'_, '_>, form: &StatementForm, depth: usize) {
        let is_touch = walker.before() == Some(Shape::Touch);
        if depth == 1 && form.is_split_into_clauses() {
            self.clauses(cursor, form);
            if walker.content() == Some(EXPECTED) {
                return self.keyword("and", 5);
            }
        }
        let in_call = walker.levels().next().is_some_and(|level| level.call.is_some() || level.is_map);
        if is_touch || in_call || !takes_condition(form, walker) {
            return;
        }
        let operators: &[(&str, &str)] =
            &[("and", "and"), ("or", "or"), ("is", "is"), ("is not", "is-not"), ("in", "in"), ("not in", "not-in")];
        let is_truth = walker.before() == Some(Shape::Value(Type::Truth));
        for (nth, (operator, key)) in operators.iter().enumerate() {
            let joins = nth < 2;
            let rank = if joins == is_truth { 0 } else { 5 } + u32::try_from(nth).unwrap_or(0);
            let told = (say("a-truth", self.language), doc("word", key, self.language));
            self.add_as(CompletionKind::Keyword, operator, (format!("{operator} "), 0), told, rank);
        }
    }
}

const EXPECTED: ClauseContent = ClauseContent::Expression(ClausePurpose::Expected);

/// Completions of one place.
const MOST: usize = 1_000;

/// The key whose value is being written in the header.
fn entry_key<'a>(walker: &Walker<'_, '_>, opened: &Opened<'a>) -> Option<&'a str> {
    walker.levels().filter_map(|level| level.key).last().map(|key| opened.document.token_text(key))
}

/// Whether the clause that is being written has a condition in it: it is one, or a value that may be computed with one.
fn takes_condition(form: &StatementForm, walker: &Walker<'_, '_>) -> bool {
    match form.clause(walker.clause_word()).map(|clause| clause.content) {
        Some(ClauseContent::Expression(purpose)) => {
            matches!(purpose, ClausePurpose::Condition | ClausePurpose::Sentence)
        }
        Some(_) => false,
        None => form.kind == StatementKind::Function,
    }
}
