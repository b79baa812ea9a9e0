//! The names that a pack declares, found in its tokens alone, so that they are known while the rest of the file is broken.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::book::catalogue::Subject;
use crate::book::value::Type;
use crate::editor::document::Document;
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::limits;
use crate::pack::statement_forms::{ClauseContent, StatementKind};

/// What stands before a dot, as far as the tokens tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `lead`, `person` or `account`.
    Subject(Subject),
    /// A value of this type.
    Value(Type),
    /// A touch or another action.
    Touch,
    /// A map.
    Map,
    /// A parameter of which nothing is known: it may be a subject.
    Argument,
}

/// How many calls deep the arguments of helper functions are followed.
const CALL_DEPTH: usize = 4;

/// The parameters of a helper function that are looked at.
const MOST_PARAMETERS: usize = 32;

/// A value of which nothing is known.
pub(super) const ANY: Shape = Shape::Value(Type::Any);

/// A declared name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declaration {
    /// The statement that declares it.
    pub statement: usize,
    /// The token of the name.
    pub token: usize,
    /// What its values are.
    pub shape: Shape,
}

/// A helper function.
#[derive(Clone, Debug)]
pub(super) struct Helper<'a> {
    pub name: &'a str,
    pub declaration: Declaration,
    pub parameters: Vec<Parameter<'a>>,
}

/// A parameter of a helper function.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parameter<'a> {
    pub name: &'a str,
    /// What the helper function is called with; `None` where no call tells.
    pub given: Option<Shape>,
}

impl Parameter<'_> {
    /// What it is: what the calls say, else what its name says.
    pub fn shape(&self) -> Shape {
        self.given.or_else(|| subject(self.name).map(Shape::Subject)).unwrap_or(Shape::Argument)
    }
}

/// The subject with this word.
pub(super) fn subject(word: &str) -> Option<Subject> {
    [Subject::Lead, Subject::Person, Subject::Account].into_iter().find(|subject| subject.word() == word)
}

/// The names that a pack declares. Of two declarations of a name the first counts.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    pub settings: BTreeMap<&'a str, Declaration>,
    pub constants: BTreeMap<&'a str, Declaration>,
    pub facts: BTreeMap<&'a str, Declaration>,
    pub helpers: Vec<Helper<'a>>,
    /// The helper functions of a name, which differ in the number of their parameters, as indexes into `helpers`.
    by_name: BTreeMap<&'a str, Vec<usize>>,
    /// The helper function that a statement declares.
    by_statement: BTreeMap<usize, usize>,
}

impl<'a> Names<'a> {
    pub fn of(document: &Document<'a>) -> Self {
        let mut names = Self::default();
        for (index, statement) in document.statements.iter().enumerate() {
            let kind = statement.form.map(|form| form.kind);
            let token = statement.tokens.start + 1;
            if document.kind(token) != Some(TokenKind::Word) || !statement.tokens.contains(&token) {
                continue;
            }
            let name = document.token_text(token);
            let declaration = |shape| Declaration { statement: index, token, shape };
            match kind {
                Some(StatementKind::Setting) => {
                    let shape = written_shape(document, token + 2..statement.tokens.end);
                    names.settings.entry(name).or_insert(declaration(shape));
                }
                Some(StatementKind::Constant) => {
                    let shape = written_shape(document, token + 2..statement.tokens.end);
                    names.constants.entry(name).or_insert(declaration(shape));
                }
                Some(StatementKind::Fact) => {
                    names.facts.entry(name).or_insert(declaration(Shape::Value(declared_type(document, statement))));
                }
                Some(StatementKind::Function) => {
                    let parameters = parameters(document, statement)
                        .map(|token| Parameter { name: document.token_text(token), given: None });
                    let parameters = parameters.take(MOST_PARAMETERS).collect();
                    names.by_name.entry(name).or_default().push(names.helpers.len());
                    names.by_statement.insert(index, names.helpers.len());
                    names.helpers.push(Helper { name, declaration: declaration(ANY), parameters });
                }
                _ => {}
            }
        }
        for _ in 0..CALL_DEPTH {
            names.take_arguments(document);
        }
        names
    }

    /// Records what the calls of helper functions pass: a subject, a parameter that is one, or something else.
    fn take_arguments(&mut self, document: &Document<'a>) {
        for (index, token) in document.tokens.iter().enumerate() {
            let is_call = token.kind == TokenKind::Word && document.kind(index + 1) == Some(TokenKind::Open('('));
            let before = index.checked_sub(1).map(|before| document.token_text(before)).unwrap_or_default();
            let name = document.token_text(index);
            let Some(helpers) = self.by_name.get(name).filter(|_| is_call && !matches!(before, "." | "fn")) else {
                continue;
            };
            let caller = document.statement_of(index).and_then(|(statement, _)| self.helper_of(statement));
            let caller: Vec<Parameter<'a>> = caller.map_or_else(Vec::new, |helper| helper.parameters.clone());
            let arguments: Vec<Option<Shape>> = arguments(document, index + 1)
                .into_iter()
                .map(|argument| match argument {
                    Some(word) if caller.is_empty() => Some(subject(word).map_or(ANY, Shape::Subject)),
                    Some(word) => caller.iter().find(|one| one.name == word).map_or(Some(ANY), |one| one.given),
                    None => Some(ANY),
                })
                .collect();
            for helper in helpers {
                let Some(helper) = self.helpers.get_mut(*helper) else { continue };
                if helper.parameters.len() != arguments.len() {
                    continue;
                }
                for (parameter, given) in helper.parameters.iter_mut().zip(&arguments) {
                    let Some(given) = given else { continue };
                    parameter.given = match parameter.given {
                        None => Some(*given),
                        Some(known) if known == *given => Some(known),
                        Some(_) => Some(Shape::Argument),
                    };
                }
            }
        }
    }

    /// The helper function that this statement declares.
    pub fn helper_of(&self, statement: usize) -> Option<&Helper<'a>> {
        self.by_statement.get(&statement).and_then(|helper| self.helpers.get(*helper))
    }

    /// The helper functions of this name.
    pub fn helpers_named(&self, name: &str) -> impl Iterator<Item = &Helper<'a>> {
        self.by_name.get(name).into_iter().flatten().filter_map(|helper| self.helpers.get(*helper))
    }

    /// Whether a bare word stands for an own fact that is declared as a time: `lead.days_to(renewal)`.
    pub fn is_bare_time(&self, name: &str) -> bool {
        self.facts.get(name).is_some_and(|fact| fact.shape == Shape::Value(Type::Moment))
    }
}

/// The arguments of the call whose `(` is this token: of each the word, where it is one word and nothing else.
fn arguments<'a>(document: &Document<'a>, open: usize) -> Vec<Option<&'a str>> {
    let mut arguments = Vec::new();
    let (mut depth, mut first) = (0_usize, open + 1);
    for (index, token) in document.tokens.iter().enumerate().skip(open) {
        let ends = match token.kind {
            // Deeper brackets cannot be read, and looking further would cost time at every call.
            TokenKind::Open(_) if depth > limits::NESTING => break,
            TokenKind::Open(_) => {
                depth += 1;
                false
            }
            TokenKind::Close(_) => {
                depth = depth.saturating_sub(1);
                depth == 0
            }
            TokenKind::Semicolon => break,
            TokenKind::Comma => depth == 1,
            _ => false,
        };
        if !ends {
            continue;
        }
        let is_word = index == first + 1 && document.kind(first) == Some(TokenKind::Word);
        if index > first {
            arguments.push(is_word.then(|| document.token_text(first)));
        }
        first = index + 1;
        if depth == 0 {
            break;
        }
    }
    arguments
}

/// The tokens of the parameters of a helper function.
pub(super) fn parameters<'d>(
    document: &'d Document<'_>,
    statement: &Statement,
) -> impl Iterator<Item = usize> + use<'d> {
    let open = statement.tokens.start + 2;
    let end = statement.tokens.end;
    let close = (open..end).find(|index| document.kind(*index) == Some(TokenKind::Close(')'))).unwrap_or(open);
    let first = if document.kind(open) == Some(TokenKind::Open('(')) { open + 1 } else { close };
    (first..close).filter(|index| document.kind(*index) == Some(TokenKind::Word))
}

/// The type of `fact budget as number`.
fn declared_type(document: &Document<'_>, statement: &Statement) -> Type {
    let clause = document.clause(statement, |clause| clause.content == ClauseContent::Type);
    match clause.map(|clause| document.token_text(clause.tokens.start)) {
        Some("truth") => Type::Truth,
        Some("number") => Type::Number,
        Some("text") => Type::Text,
        Some("time") => Type::Moment,
        _ => Type::Any,
    }
}

/// What the value is that these tokens write, as far as its first tokens tell.
fn written_shape(document: &Document<'_>, tokens: Range<usize>) -> Shape {
    let first = tokens.start;
    match document.kind(first).filter(|_| !tokens.is_empty()) {
        Some(TokenKind::Text | TokenKind::RawText | TokenKind::Template) => Shape::Value(Type::Text),
        Some(TokenKind::Number) if document.kind(first + 1) == Some(TokenKind::Dot) => {
            let working = document.token_text(first + 2).starts_with("working");
            Shape::Value(if working { Type::WorkingLength } else { Type::Length })
        }
        Some(TokenKind::Number) => Shape::Value(number_type(document.token_text(first))),
        Some(TokenKind::Open('[')) => Shape::Value(Type::List),
        Some(TokenKind::Sign) if document.kind(first + 1) == Some(TokenKind::Open('{')) => Shape::Map,
        Some(TokenKind::Word) if matches!(document.token_text(first), "true" | "false") => Shape::Value(Type::Truth),
        _ => ANY,
    }
}

/// Whether a number is a count or has decimals.
pub(super) fn number_type(written: &str) -> Type {
    let plain = !written.starts_with("0x");
    if plain && written.contains(['.', 'e', 'E']) { Type::Number } else { Type::Whole }
}
