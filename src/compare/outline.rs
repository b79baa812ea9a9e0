//! A rule file as a list of statements, each with its head and clauses as expressions.
//!
//! It follows the table of statement forms ([`STATEMENT_FORMS`](crate::pack::statement_forms::STATEMENT_FORMS)) and knows no statement by
//! itself, so a new statement is compared without code of its own. It reads what checks and what does not: a statement is compared by
//! its text, whether or not it could be compiled.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::compare::expression::Expression;
use crate::compare::tokens::pieces;
use crate::diagnostics::Span;
use crate::language::scan::{Token, TokenKind, scan};
use crate::language::statements::{Statement, byte_range, span, split, token_text};
use crate::limits;
use crate::pack::statement_forms::{StatementForm, StatementKind};

/// A rule file.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    /// The name of its file.
    pub(crate) file: String,
    /// What its `pack` statement calls it; the name of the file without one.
    pub(crate) name: String,
    /// The `id` of its `pack` statement.
    pub(crate) id: Option<String>,
    /// Its statements, in the order of the file.
    pub(crate) statements: Vec<OutlineStatement>,
}

/// One statement.
#[derive(Clone, Debug)]
pub(crate) struct OutlineStatement {
    /// The kind; `None` for one that begins with no statement word.
    pub(crate) kind: Option<StatementKind>,
    /// The word that it begins with.
    pub(crate) word: String,
    /// Its name: that between quotes (`rule "..."`), or the one that it declares (`setting hot_visits`). `None` for one without.
    pub(crate) name: Option<String>,
    /// The rest of its head and its clauses, in the order in which they are written.
    pub(crate) parts: Vec<Part>,
    /// Its text, as it is written.
    pub(crate) text: String,
    /// Where it stands.
    pub(crate) span: Span,
    /// Its text in one spelling, layout and order.
    pub(crate) canonical: String,
}

/// A part of a statement.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Which part.
    pub(crate) label: Label,
    /// What it holds.
    pub(crate) expression: Expression,
    /// Its text in one spelling, layout and order.
    pub(crate) canonical: String,
    /// Where it stands.
    pub(crate) span: Span,
}

/// Which part of a statement it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// A part of the head, by its place behind the name.
    Head(usize),
    /// The value of a setting or constant.
    Value,
    /// A clause, by its word.
    Clause(String),
}

impl Outline {
    /// Reads a rule file. Never fails: what is too large or no statement is compared as text.
    pub(crate) fn read(file: &str, source: &str) -> Self {
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let source = if source.len() > limits::PACK_BYTES { "" } else { source };
        let (tokens, _) = scan(source);
        let statements = split(source, &tokens);
        let statements = statements.iter().take(limits::STATEMENTS);
        let statements: Vec<OutlineStatement> = statements.map(|one| statement(source, &tokens, one)).collect();
        let header = statements.iter().find(|one| one.kind == Some(StatementKind::Pack));
        let id = header.and_then(|header| header.entry("id"));
        let base = base_name(file);
        let name = header.and_then(|header| header.name.clone());
        let name = name.unwrap_or_else(|| base.strip_suffix(".rhai").unwrap_or(base).to_owned());
        Self { file: file.to_owned(), name, id, statements }
    }

    /// The last part of the name of its file.
    pub(crate) fn base_name(&self) -> &str {
        base_name(&self.file)
    }
}

/// The last part of a path.
pub(crate) fn base_name(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}

impl OutlineStatement {
    /// The clause that begins with this word.
    pub(crate) fn clause(&self, word: &str) -> Option<&Part> {
        self.parts.iter().find(|part| matches!(&part.label, Label::Clause(own) if own == word))
    }

    /// The text that a clause holds: `id "price-page"`.
    pub(crate) fn text_of(&self, word: &str) -> Option<String> {
        text(&self.clause(word)?.expression)
    }

    /// The texts that a clause holds, one or a list of them: `formerly ["a", "b"]`.
    pub(crate) fn texts_of(&self, word: &str) -> Vec<String> {
        match self.clause(word).map(|part| &part.expression) {
            Some(Expression::List(items)) => items.iter().filter_map(text).collect(),
            Some(one) => text(one).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// The text of an entry of the map in its head: the `id` of a pack.
    fn entry(&self, key: &str) -> Option<String> {
        self.parts.iter().find_map(|part| match &part.expression {
            Expression::Map(entries) => entries.iter().find(|(own, _)| own == key).and_then(|(_, value)| text(value)),
            _ => None,
        })
    }

    /// What it is called in messages: `rule "Price page again"`, `setting hot_visits`, `limit phone 2 per 7.days`.
    pub(crate) fn title(&self) -> String {
        match (&self.name, self.is_declaration()) {
            (Some(name), true) => format!("{} {name}", self.word),
            (Some(name), false) => format!("{} \"{name}\"", self.word),
            (None, _) => {
                let mut title = self.word.clone();
                for part in &self.parts {
                    match &part.label {
                        Label::Head(_) => title.push_str(&format!(" {}", part.expression.written())),
                        Label::Clause(word) if is_in_title(word) => {
                            title.push_str(&format!(" {word} {}", part.expression.written()));
                        }
                        _ => {}
                    }
                }
                shortened(&title)
            }
        }
    }

    /// Whether other statements refer to it by its name: a fact, a setting, a constant or a helper function.
    pub(crate) fn is_declaration(&self) -> bool {
        use StatementKind::{Constant, Fact, Function, Setting};
        matches!(self.kind, Some(Fact | Setting | Constant | Function))
    }

    /// Whether the engine may choose between it and others like it by their order.
    pub(crate) fn has_order(&self) -> bool {
        matches!(self.kind, Some(StatementKind::Rule | StatementKind::Cadence | StatementKind::Enter))
    }

    /// The names that its text has, which may be those of declarations.
    pub(crate) fn words(&self) -> BTreeSet<&str> {
        let letters = |letter: char| !(letter == '_' || letter.is_alphanumeric());
        self.text.split(letters).filter(|word| !word.is_empty()).collect()
    }
}

/// The clauses that tell statements without a name apart.
const TITLE_CLAUSES: &[&str] = &["per", "across"];

/// A title of at most so many characters.
fn shortened(title: &str) -> String {
    const MOST: usize = 80;
    if title.chars().count() <= MOST {
        return title.to_owned();
    }
    format!("{}…", title.chars().take(MOST - 1).collect::<String>())
}

/// The text of an expression that is one.
fn text(expression: &Expression) -> Option<String> {
    match expression {
        Expression::Leaf(text) => Some(text.strip_prefix('"')?.strip_suffix('"')?.to_owned()),
        _ => None,
    }
}

/// Whether the title of a statement without a name has this clause.
pub(crate) fn is_in_title(clause: &str) -> bool {
    TITLE_CLAUSES.contains(&clause)
}

fn statement(source: &str, tokens: &[Token], statement: &Statement) -> OutlineStatement {
    let word = tokens.get(statement.tokens.start).map_or("", |token| token_text(source, token));
    let (name, mut parts) = head(source, tokens, statement);
    for clause in &statement.clauses {
        let word = tokens.get(clause.word).map_or("", |token| token_text(source, token));
        parts.push(Part::read(Label::Clause(word.to_owned()), source, tokens, clause.tokens.clone()));
    }
    let mut texts: Vec<String> = parts.iter().map(|part| format!("{:?} {}", part.label, part.canonical)).collect();
    texts.sort();
    OutlineStatement {
        kind: statement.form.map(|form| form.kind),
        canonical: format!("{word} {} {}", name.as_deref().unwrap_or_default(), texts.join(" ")),
        word: word.to_owned(),
        name,
        parts,
        text: source.get(byte_range(tokens, &statement.tokens)).unwrap_or_default().to_owned(),
        span: span(tokens, &statement.tokens),
    }
}

impl Part {
    fn read(label: Label, source: &str, tokens: &[Token], range: Range<usize>) -> Self {
        let expression = Expression::read(&pieces(source, tokens, range.clone()));
        Self { label, canonical: expression.canonical(), expression, span: span(tokens, &range) }
    }
}

/// The name and the other parts of the head.
fn head(source: &str, tokens: &[Token], statement: &Statement) -> (Option<String>, Vec<Part>) {
    let mut range = statement.head.clone();
    let first = tokens.get(range.start).filter(|_| !range.is_empty());
    let text = first.map_or("", |token| token_text(source, token));
    let text_follows = tokens.get(range.start + 1).is_some_and(|token| token.kind == TokenKind::Text);
    let name = match (statement.form, first.map(|token| token.kind)) {
        (Some(form), Some(TokenKind::Word)) if form.declares() => Some(text.to_owned()),
        (Some(form), Some(TokenKind::Text)) if form.begins_with_name(text_follows) => {
            Some(text.trim_matches('"').to_owned())
        }
        _ => None,
    };
    range.start += usize::from(name.is_some());
    let is_sign = |at: usize, sign: &str| tokens.get(at).is_some_and(|token| token_text(source, token) == sign);
    if statement.form.is_some_and(StatementForm::declares) && is_sign(range.start, "=") {
        return (name, vec![Part::read(Label::Value, source, tokens, range.start + 1..range.end)]);
    }
    let parts = in_a_row(tokens, range).into_iter().enumerate();
    let part = |(nth, range)| Part::read(Label::Head(nth), source, tokens, range);
    (name, parts.map(part).collect())
}

/// The expressions that stand in a row without a sign between them: `"LK" ["2027-01-14"]`, `phone 2.days`.
fn in_a_row(tokens: &[Token], range: Range<usize>) -> Vec<Range<usize>> {
    let mut rows: Vec<Range<usize>> = Vec::new();
    let mut depth = 0_usize;
    let mut joined = false;
    for at in range {
        let Some(token) = tokens.get(at) else { break };
        let begins = depth == 0
            && token.inside == 0
            && !joined
            && !matches!(token.kind, TokenKind::Dot | TokenKind::Comma | TokenKind::Close(_) | TokenKind::Open('('));
        match rows.last_mut() {
            Some(last) if !begins => last.end = at + 1,
            _ => rows.push(at..at + 1),
        }
        match token.kind {
            TokenKind::Open(_) => depth += 1,
            TokenKind::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        // `#{` is two tokens of one map.
        joined = matches!(token.kind, TokenKind::Dot | TokenKind::Sign | TokenKind::Comma);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::statement_forms::STATEMENT_FORMS;

    fn one(text: &str) -> OutlineStatement {
        Outline::read("a.rhai", text).statements.remove(0)
    }

    #[test]
    fn every_form_has_its_head_and_clauses() {
        for form in STATEMENT_FORMS {
            let read = one(form.example);
            assert_eq!(read.word, form.word);
            for clause in form.clauses {
                assert!(read.clause(clause.word).is_some(), "{}: {}", form.example, clause.word);
            }
        }
    }

    #[test]
    fn statements_are_called_by_their_names_or_heads() {
        for (text, title) in [
            ("rule \"A\" when lead.open then phone;", "rule \"A\""),
            ("setting hot = 2 range 1..=10;", "setting hot"),
            (
                "limit phone 2 per 7.days across \"account\" because \"x\";",
                "limit phone 2 per 7.days across \"account\"",
            ),
            ("never any when lead.open;", "never any"),
            ("reachable phone \"Mo-Fr 09:00-17:30\";", "reachable phone \"Mo-Fr 09:00-17:30\""),
            ("holidays \"LK\" [\"2027-01-14\"];", "holidays \"LK\" [\"2027-01-14\"]"),
            ("enter \"interest\" when lead.open;", "enter \"interest\""),
            ("pause any 2.days when lead.open;", "pause any 2.days"),
            ("fn hot(lead) { lead.open }", "fn hot"),
        ] {
            assert_eq!(one(text).title(), title);
        }
    }

    #[test]
    fn the_order_of_clauses_makes_no_difference() {
        let (a, b) = (
            "rule \"A\" when lead.open then phone because \"x\";",
            "rule \"A\"\n because \"x\" then phone // y\n when lead.open;",
        );
        assert_eq!(one(a).canonical, one(b).canonical);
    }
}
