//! Hover: what stands at a place. A word is told by what it is here; a name by its declaration; any other part of an expression by its type.

use std::ops::Range;

use serde::Serialize;

use crate::book::catalogue::FactEntry;
use crate::check::types::{DeclaredFact, infer_types, type_argument, type_of};
use crate::editor::names::Declaration;
use crate::editor::offers::words_here;
use crate::editor::outline::because;
use crate::editor::roles::{Role, Walker};
use crate::editor::symbols::{Opened, Packs, Symbol};
use crate::editor::text::{Position, TextRange, without_mark};
use crate::editor::words::{
    action_doc, builder_signature, doc, fact_signature, form_signature, say, shape_name, unit_doc,
};
use crate::language::scan::TokenKind;
use crate::language::statements::{Statement, byte_range};
use crate::language::{HEADER_ENTRIES, PackSource, read_without_examples};
use crate::pack::Overrides;
use crate::pack::expression::{Body, Clause, Node};
use crate::pack::statement_forms::{ClauseForm, StatementKind};
use crate::wording::{Language, Sentence};

/// What stands at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hover {
    /// Where it stands.
    pub range: TextRange,
    /// How it is written, with its type: `lead.visits([a topic], [how far back, as 7.days]): a count`.
    pub signature: String,
    /// What it means, in the language asked for; may be empty.
    pub documentation: String,
}

impl Hover {
    /// Both as Markdown.
    pub fn markdown(&self) -> String {
        let code = format!("```rhai\n{}\n```", self.signature);
        if self.documentation.is_empty() { code } else { format!("{code}\n\n{}", self.documentation) }
    }
}

/// What stands at a place of one of the packs; `None` in a comment, on a blank, and where nothing is known.
pub fn hover(packs: &[PackSource], file: &str, at: Position, language: Language) -> Option<Hover> {
    let packs = Packs::new(packs);
    let (pack, opened) = packs.find(file)?;
    let byte = opened.index.byte(at);
    let document = &opened.document;
    if document.comments.iter().any(|comment| comment.contains(&byte)) {
        return None;
    }
    let token = document.token_at(byte)?;
    if let Some((signature, documentation)) = told(&packs, pack, opened, token, language) {
        return Some(Hover { range: opened.index.range(&document.bytes(token)), signature, documentation });
    }
    if document.is_in_literal(byte) {
        return None;
    }
    let (bytes, kind) = expression_type(opened, token, language)?;
    let signature = document.text.get(bytes.clone())?.split_whitespace().collect::<Vec<_>>().join(" ");
    let documentation = Sentence::new("editor-type").with("type", kind).render(language);
    Some(Hover { range: opened.index.range(&bytes), signature, documentation })
}

/// The signature and the documentation of a word or text; `None` when it is neither of the language nor declared.
fn told(
    packs: &Packs<'_>,
    pack: usize,
    opened: &Opened<'_>,
    token: usize,
    language: Language,
) -> Option<(String, String)> {
    let document = &opened.document;
    let word = document.token_text(token);
    let (_, statement) = document.statement_of(token)?;
    let said = |key| say(key, language);
    Some(match opened.role(token)? {
        Role::Statement(form) => (form_signature(form), form.described(language)),
        Role::Clause => {
            let clause = statement.form?.clause(word)?;
            (format!("{word} {}", clause.content.described(language)), clause.described(language))
        }
        Role::TypeName => (word.to_owned(), doc("type", word, language)),
        Role::Operator => {
            let (bytes, key) = (document.token_text(token + 1), document.token_text(token.wrapping_sub(1)));
            match (key, word, bytes) {
                (_, "is", "not") | ("is", "not", _) => ("is not".to_owned(), doc("word", "is-not", language)),
                (_, "not", "in") | ("not", "in", _) => ("not in".to_owned(), doc("word", "not-in", language)),
                _ => (word.to_owned(), doc("word", word, language)),
            }
        }
        Role::Truth | Role::Subject(_) | Role::Now | Role::BuiltIn => {
            let text = doc("word", word, language);
            if text.is_empty() {
                return None;
            }
            (word.to_owned(), text)
        }
        Role::Action => (word.to_owned(), action_doc(word, language)),
        Role::Fact(entry, subject) => (fact_signature(entry, subject, language), fact_doc(entry, language)),
        Role::Builder => (builder_signature(word, language), doc("builder", word, language)),
        Role::Unit => (format!(".{word}"), unit_doc(word, language)),
        Role::Method => (format!(".{word}()"), doc("method", word, language)),
        Role::Signal(kind) => (format!("{word}(...)"), doc("signal", kind.word(), language)),
        Role::Setting => {
            let declaration = *opened.names.settings.get(word)?;
            (declared(opened, declaration, language), declared_doc(opened, declaration.statement))
        }
        Role::Constant => {
            let declaration = *opened.names.constants.get(word)?;
            (declared(opened, declaration, language), declared_doc(opened, declaration.statement))
        }
        Role::OwnFact => own_fact(packs, opened, &opened.said(token), language)?,
        Role::Function => {
            let helper = opened.names.helpers_named(word).next()?;
            let parameters: Vec<&str> = helper.parameters.iter().map(|one| one.name).collect();
            let signature = format!("fn {word}({})", parameters.join(", "));
            (signature, declared_doc(opened, helper.declaration.statement))
        }
        Role::Parameter => {
            let (index, _) = document.statement_of(token)?;
            let helper = opened.names.helper_of(index)?;
            let parameter = helper.parameters.iter().find(|one| one.name == word)?;
            (format!("{word}: {}", shape_name(parameter.shape(), language)), said("editor-parameter"))
        }
        Role::Local => (word.to_owned(), said("editor-local")),
        Role::Key => {
            let group = match statement.form?.kind {
                StatementKind::Pack if HEADER_ENTRIES.contains(&word) => "entry",
                StatementKind::Example => "given",
                _ => return None,
            };
            let text = doc(group, word, language);
            if text.is_empty() {
                return None;
            }
            (format!("{word}:"), text)
        }
        Role::HeadWord(part) => (word.to_owned(), part.described(language)),
        Role::Expectation => (format!("{word}(...)"), doc("expected", word, language)),
        Role::StatementName | Role::StatementUse | Role::FormerName => named_statement(packs, pack, token)?,
        Role::PackName => named_pack(packs, &opened.said(token))?,
        Role::Keyword => return None,
        Role::Content | Role::Skill | Role::Team | Role::Topic | Role::PersonId | Role::Other => {
            listed_word(packs, opened, token, statement, language)?
        }
    })
}

/// What a text means that is a word of the list that fits there.
fn listed_word(
    packs: &Packs<'_>,
    opened: &Opened<'_>,
    token: usize,
    statement: &Statement,
    language: Language,
) -> Option<(String, String)> {
    if opened.document.kind(token) != Some(TokenKind::Text) {
        return None;
    }
    let (index, _) = opened.document.statement_of(token)?;
    let mut walker = Walker::new(&opened.document, &opened.names, index, statement);
    for before in statement.tokens.start..token {
        walker.read(before);
    }
    let said = opened.said(token);
    let words = words_here(&walker, packs, opened, statement.form?, token, language);
    let (_, word) = words.into_iter().find(|(_, word)| word.word == said)?;
    Some((format!("\"{said}\": {}", word.detail), word.documentation))
}

fn fact_doc(entry: &FactEntry, language: Language) -> String {
    let text = doc("fact", entry.name, language);
    if entry.total { text } else { format!("{text} ({})", say("editor-may-be-unknown", language)) }
}

/// A fact that the packs declare: in this pack, else in the first that does.
fn own_fact(packs: &Packs<'_>, opened: &Opened<'_>, name: &str, language: Language) -> Option<(String, String)> {
    let declaring = std::iter::once(opened).chain(&packs.opened).find(|one| one.names.facts.contains_key(name))?;
    let declaration = declaring.names.facts.get(name)?;
    let signature = format!("lead.{name}: {}", shape_name(declaration.shape, language));
    Some((signature, declared_doc(declaring, declaration.statement)))
}

/// The pack that a name stands for: its header as it is written, and the comment before it.
fn named_pack(packs: &Packs<'_>, name: &str) -> Option<(String, String)> {
    let mut opened = packs.opened.iter();
    let (opened, token) = opened.find_map(|opened| {
        let (token, known) = opened.pack_name()?;
        (known == name).then_some((opened, token))
    })?;
    let (index, statement) = opened.document.statement_of(token)?;
    let written = opened.document.text.get(byte_range(&opened.document.tokens, &statement.tokens))?;
    let written: String = written.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect();
    Some((written, declared_doc(opened, index)))
}

/// The rule, cadence or policy that a name stands for, with its `because`.
fn named_statement(packs: &Packs<'_>, pack: usize, token: usize) -> Option<(String, String)> {
    let Some(Symbol::Statement { pack, name }) = packs.symbol_of(pack, token) else { return None };
    let opened = packs.opened.get(pack)?;
    let mut names = opened.named(|role| matches!(role, Role::StatementName));
    let (declared, _) = names.find(|(_, known)| *known == name)?;
    let (_, statement) = opened.document.statement_of(declared)?;
    let word = opened.document.token_text(statement.tokens.start);
    Some((format!("{word} \"{name}\""), because(&opened.document, statement).unwrap_or_default()))
}

/// A declared value as it is written, up to its reason: `setting hot_visits = 2 range 1..=10`, with its type.
fn declared(opened: &Opened<'_>, declaration: Declaration, language: Language) -> String {
    let Some(statement) = opened.document.statements.get(declaration.statement) else { return String::new() };
    let reason = opened.document.clause(statement, ClauseForm::is_reason);
    let end = reason.map_or(statement.tokens.end, |clause| clause.word);
    let bytes = byte_range(&opened.document.tokens, &(statement.tokens.start..end));
    let written = opened.document.text.get(bytes).unwrap_or_default();
    let written: String = written.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect();
    format!("{written}: {}", shape_name(declaration.shape, language))
}

/// Characters of a declaration that are shown.
const SHOWN: usize = 200;

/// The value that is written in a declaration; empty for a fact.
pub(super) fn value_written(opened: &Opened<'_>, declaration: Declaration) -> String {
    let document = &opened.document;
    let Some(statement) = document.statements.get(declaration.statement) else { return String::new() };
    let first = declaration.token + 2;
    if document.token_text(declaration.token + 1) != "=" || first >= statement.head.end {
        return String::new();
    }
    let bytes = byte_range(&document.tokens, &(first..statement.head.end));
    let written = document.text.get(bytes).unwrap_or_default();
    written.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect()
}

/// What a declaration says of itself: its `because`, else the comment that stands on the lines before it.
pub(super) fn declared_doc(opened: &Opened<'_>, statement: usize) -> String {
    let document = &opened.document;
    let Some(statement) = document.statements.get(statement) else { return String::new() };
    if let Some(reason) = because(document, statement) {
        return reason;
    }
    let mut start = document.bytes(statement.tokens.start).start;
    let mut lines: Vec<&str> = Vec::new();
    let before = document.comments.partition_point(|comment| comment.end <= start);
    for comment in document.comments.get(..before).unwrap_or_default().iter().rev().take(20) {
        let between = document.text.get(comment.end..start).unwrap_or("?");
        let text = document.text.get(comment.clone()).unwrap_or_default();
        if !between.trim().is_empty() || between.matches('\n').count() != 1 || !text.starts_with("//") {
            break;
        }
        lines.push(text.trim_start_matches('/').trim());
        start = comment.start;
    }
    lines.reverse();
    lines.join(" ")
}

/// The smallest expression that holds a token, with the name of its type. The statement is read by itself, with the declarations of the pack, so
/// that an error elsewhere does not matter.
fn expression_type(opened: &Opened<'_>, token: usize, language: Language) -> Option<(Range<usize>, String)> {
    let document = &opened.document;
    let (index, statement) = document.statement_of(token)?;
    if statement.fault.is_some_and(|fault| fault != crate::language::statements::ShapeFault::NoSemicolon) {
        return None;
    }
    let kept = |(nth, one): (usize, &Statement)| {
        let declares = matches!(
            one.form.map(|form| form.kind),
            Some(StatementKind::Fact | StatementKind::Setting | StatementKind::Constant | StatementKind::Function)
        );
        (nth == index || declares).then(|| document.statement_bytes(one))
    };
    let mut alone = String::with_capacity(document.text.len());
    let mut at = 0;
    for bytes in document.statements.iter().enumerate().filter_map(kept) {
        alone.extend(document.text.get(at..bytes.start).unwrap_or_default().chars().map(blank));
        alone.push_str(document.text.get(bytes.clone()).unwrap_or_default());
        at = bytes.end;
    }
    let parsed = read_without_examples(document.file, without_mark(&alone), &Overrides::default());
    let mut pack = parsed.pack;
    let facts = pack.facts.clone();
    let own = |name: &str| {
        let fact = facts.iter().find(|fact| &*fact.name == name)?;
        Some(DeclaredFact { kind: fact.kind, span: fact.span })
    };
    let wanted = document.bytes(token);
    let holds = |span| {
        let range = opened.index.span(span);
        let bytes = range.start.byte..range.end.byte;
        (bytes.start <= wanted.start && wanted.end <= bytes.end).then_some(bytes)
    };
    let clause: &Clause = pack.clauses_mut().map(|clause| &*clause).find(|clause| holds(clause.span).is_some())?;
    let Body::Compiled(root) = &clause.body else { return None };
    let types = infer_types(root, &own);
    let mut smallest: Option<(Range<usize>, &Node)> = None;
    let mut nodes = vec![root];
    while let Some(node) = nodes.pop() {
        if let Some(bytes) = holds(node.span)
            && smallest.as_ref().is_none_or(|(known, _)| bytes.len() <= known.len())
        {
            smallest = Some((bytes, node));
        }
        nodes.extend(node.kind.parts());
    }
    let (bytes, node) = smallest?;
    Some((bytes, type_argument(type_of(&types, node)).render(language, &[])))
}

/// A character of a text that is not to be read: lines stay lines.
fn blank(char: char) -> char {
    if matches!(char, '\n' | '\r' | '\u{feff}') { char } else { ' ' }
}
