//! Reads the tokens of one statement from left to right: brackets, what stands before a place, variables and texts.

use crate::book::catalogue::{Fact, FactEntry, ParamKind};
use crate::book::value::Type;
use crate::book::vocabulary::{Direction, Outcome};
use crate::editor::document::Document;
use crate::editor::names::{ANY, Names, Shape, number_type};
use crate::editor::roles::{Call, Named, Role};
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::pack::statement_forms::{ClauseContent, ClausePurpose, HeadPart, StatementForm, StatementKind};
use crate::pack::touch::BY;

/// An open bracket, or the statement around all brackets.
#[derive(Clone, Copy, Debug)]
pub(in crate::editor) struct Level {
    /// The token of the bracket; `None` for the statement itself and for an expression in a template.
    pub bracket: Option<usize>,
    /// Whether it is the `{` of a map.
    pub is_map: bool,
    /// What is called with it.
    pub call: Option<Call>,
    /// How many commas it has so far.
    pub argument: usize,
    /// The key of the entry that is being written, as a token, in a map.
    pub key: Option<usize>,
    /// The fact that is being compared here: `lead.stage is`.
    pub compared: Option<&'static FactEntry>,
    /// What is known of the value that is written here: that of its first operand.
    pub(super) value: Option<Shape>,
    /// Whether a comparison or another condition was written here.
    pub(super) is_condition: bool,
    /// What the whole is once the bracket is closed, where that does not depend on what is in it.
    pub(super) result: Option<Shape>,
    /// The number of expressions in templates around.
    pub(super) inside: usize,
}

/// Variables of a block that are looked at.
const MOST_LOCALS: usize = 100;

/// Reads the tokens of one statement.
pub(in crate::editor) struct Walker<'d, 'a> {
    pub(super) document: &'d Document<'a>,
    pub(super) names: &'d Names<'a>,
    pub(super) statement: &'d Statement,
    /// The brackets that are open, the innermost last; never empty.
    pub(super) levels: Vec<Level>,
    /// What the expression is that ended with the last token; `None` where an operand is expected.
    pub(super) before: Option<Shape>,
    /// The fact that ended with the last token, and what was called if a bracket may follow.
    pub(super) fact: Option<&'static FactEntry>,
    pub(super) callee: Option<(Call, Shape)>,
    pub(super) after_dot: bool,
    /// The token of the clause word that was read last.
    pub(super) clause: Option<usize>,
    /// Parameters of the helper function, with what each may be.
    pub(super) parameters: Vec<(&'a str, Shape)>,
    /// Variables that were declared, with the number of levels that they are declared at.
    pub(super) locals: Vec<(&'a str, usize)>,
    /// The columns of the table of an example, which its `given` and `expect` name.
    pub(super) columns: Vec<&'a str>,
    /// The variable of a `let` that is not complete yet.
    pub(super) pending: Option<(&'a str, bool)>,
    /// The keyword that declares what follows.
    pub(super) declaring: Option<&'a str>,
}

/// The names in the first row of `rows [["case", "stage"], ...]`; empty where the table is not written out in the statement.
fn columns<'a>(document: &Document<'a>, statement: &Statement) -> Vec<&'a str> {
    let Some(form) = statement.form else { return Vec::new() };
    let is_table = |word: &str| {
        let table = ClauseContent::Expression(ClausePurpose::Rows);
        form.clauses.iter().any(|clause| clause.word == word && clause.content == table)
    };
    let rows = statement.clauses.iter().find(|clause| is_table(document.token_text(clause.word)));
    let Some(rows) = rows else { return Vec::new() };
    let opens = |at: usize| document.kind(at) == Some(TokenKind::Open('['));
    if !opens(rows.word + 1) || !opens(rows.word + 2) {
        return Vec::new();
    }
    let cells =
        (rows.word + 3..statement.tokens.end).take_while(|at| document.kind(*at) != Some(TokenKind::Close(']')));
    cells
        .filter(|at| document.kind(*at) == Some(TokenKind::Text))
        .map(|at| document.token_text(at).trim_matches('"'))
        .collect()
}

impl<'d, 'a> Walker<'d, 'a> {
    /// At the start of the statement with this index.
    pub fn new(document: &'d Document<'a>, names: &'d Names<'a>, index: usize, statement: &'d Statement) -> Self {
        let helper = names.helper_of(index);
        let parameters = helper.into_iter().flat_map(|helper| &helper.parameters);
        let level = Level {
            bracket: None,
            is_map: false,
            call: None,
            argument: 0,
            key: None,
            compared: None,
            value: None,
            is_condition: false,
            result: None,
            inside: 0,
        };
        Self {
            document,
            names,
            statement,
            levels: vec![level],
            before: None,
            fact: None,
            callee: None,
            after_dot: false,
            clause: None,
            parameters: parameters.map(|parameter| (parameter.name, parameter.shape())).collect(),
            locals: Vec::new(),
            columns: columns(document, statement),
            pending: None,
            declaring: None,
        }
    }

    /// The word of the clause that was begun last; empty in the head.
    pub fn clause_word(&self) -> &'a str {
        self.clause.map_or("", |token| self.document.token_text(token))
    }

    /// What the expression is that ended with the last token; `None` where an operand is expected.
    pub fn before(&self) -> Option<Shape> {
        self.before
    }

    /// Whether the last token is a dot.
    pub fn is_after_dot(&self) -> bool {
        self.after_dot
    }

    /// The open brackets, the innermost first; the statement itself is the last.
    pub fn levels(&self) -> impl Iterator<Item = &Level> {
        self.levels.iter().rev()
    }

    /// The parameters and variables that may be used here.
    pub fn locals(&self) -> impl Iterator<Item = &'a str> {
        self.parameters
            .iter()
            .map(|(name, _)| *name)
            .chain(self.locals.iter().map(|(name, _)| *name))
            .chain(self.columns.iter().copied())
    }

    pub(super) fn in_function(&self) -> bool {
        self.statement.form.is_some_and(|form| form.kind == StatementKind::Function)
    }

    pub(super) fn level(&mut self) -> Option<&mut Level> {
        self.levels.last_mut()
    }

    /// Reads the token at this index, the next one of the statement. The role of a word or text; `None` for any other token.
    pub fn read(&mut self, index: usize) -> Option<Named> {
        let token = *self.document.tokens.get(index)?;
        self.leave_templates(token.inside);
        if token.inside > self.levels.last().map_or(0, |level| level.inside) {
            self.open(None, None, None, token.inside);
        }
        let (before, fact, callee) = (self.before.take(), self.fact.take(), self.callee.take());
        let after_dot = std::mem::take(&mut self.after_dot);
        let named = match token.kind {
            TokenKind::Word => Some(self.word(index, before, fact, after_dot)),
            TokenKind::Text | TokenKind::RawText | TokenKind::Template | TokenKind::Char => {
                self.before = Some(Shape::Value(Type::Text));
                (token.kind == TokenKind::Text).then(|| self.text(index))
            }
            TokenKind::Number => {
                self.before = Some(Shape::Value(number_type(self.document.token_text(index))));
                None
            }
            TokenKind::Dot => {
                self.before = before;
                self.fact = fact;
                self.after_dot = true;
                None
            }
            TokenKind::Open(bracket) => {
                let (call, result) = match (bracket, callee, before) {
                    ('(', Some((call, result)), _) => (Some(call), Some(result)),
                    ('[', _, Some(_)) => (None, Some(ANY)),
                    ('[', ..) => (None, Some(Shape::Value(Type::List))),
                    _ => (None, None),
                };
                let compared = self.levels.last().and_then(|level| level.compared).filter(|_| bracket != '{');
                self.open(Some(index), call, result, token.inside);
                if let Some(level) = self.level() {
                    level.compared = compared.filter(|_| call.is_none());
                }
                None
            }
            TokenKind::Close(_) => {
                self.close();
                None
            }
            TokenKind::Comma => {
                if let Some(level) = self.level() {
                    level.argument += 1;
                    (level.key, level.value, level.is_condition) = (None, None, false);
                }
                None
            }
            TokenKind::Semicolon => {
                self.declare_pending();
                None
            }
            TokenKind::Sign => {
                self.sign(index, before, fact);
                None
            }
        };
        if let (Some(before), Some(level)) = (self.before, self.level()) {
            level.value.get_or_insert(before);
            if !matches!(token.kind, TokenKind::Dot) && !named.is_some_and(|named| matches!(named.role, Role::Clause)) {
                level.value = Some(before);
            }
        }
        named
    }

    fn open(&mut self, bracket: Option<usize>, call: Option<Call>, result: Option<Shape>, inside: usize) {
        let is_map =
            bracket.and_then(|index| index.checked_sub(1)).is_some_and(|sign| self.document.token_text(sign) == "#")
                && bracket.is_some_and(|index| self.document.token_text(index) == "{");
        let result = if is_map { Some(Shape::Map) } else { result };
        if let Some((name, _)) = self.pending.take_if(|(_, of_block)| *of_block) {
            self.declare(name, self.levels.len() + 1);
        }
        self.levels.push(Level {
            bracket,
            is_map,
            call,
            argument: 0,
            key: None,
            compared: None,
            value: None,
            is_condition: false,
            result,
            inside,
        });
    }

    fn close(&mut self) {
        if self.levels.len() < 2 {
            return;
        }
        self.declare_pending();
        if let Some(level) = self.levels.pop() {
            let depth = self.levels.len();
            self.locals.retain(|(_, declared)| *declared <= depth);
            let inner = if level.is_condition { Some(Shape::Value(Type::Truth)) } else { level.value };
            self.before = Some(level.result.or(inner).unwrap_or(ANY));
            if let Some(Call::Fact(entry)) = level.call {
                self.fact = Some(entry);
            }
        }
    }

    /// Leaves the expressions of templates that a place nested in so many is not in.
    pub fn leave_templates(&mut self, inside: usize) {
        while self.levels.len() > 1 && self.levels.last().is_some_and(|level| level.inside > inside) {
            self.close();
            self.before = Some(Shape::Value(Type::Text));
            self.after_dot = false;
        }
    }

    fn declare_pending(&mut self) {
        if let Some((name, _)) = self.pending.take() {
            self.declare(name, self.levels.len());
        }
    }

    fn declare(&mut self, name: &'a str, depth: usize) {
        if self.locals.len() < MOST_LOCALS {
            self.locals.push((name, depth));
        }
    }

    fn sign(&mut self, index: usize, before: Option<Shape>, fact: Option<&'static FactEntry>) {
        let sign = self.document.token_text(index);
        let Some(level) = self.levels.last_mut() else { return };
        match sign {
            ":" if level.is_map => {
                level.key = index.checked_sub(1);
                level.value = None;
            }
            "==" | "!=" => {
                level.compared = fact;
                level.is_condition = true;
            }
            "<" | "<=" | ">" | ">=" | "&&" | "||" | "!" => {
                level.compared = None;
                level.is_condition = true;
            }
            "?" => self.before = before,
            _ => level.compared = None,
        }
    }

    fn text(&mut self, index: usize) -> Named {
        let role = self.text_role(index);
        let is_header = self.statement.form.is_some_and(|form| form.kind == StatementKind::Pack);
        let declares = matches!(role, Role::StatementName) || (is_header && matches!(role, Role::PackName));
        Named { role, declares }
    }

    fn text_role(&self, index: usize) -> Role {
        let form = self.statement.form.map(|form| form.kind);
        if index == self.statement.tokens.start + 1 {
            return self.statement.form.map_or(Role::Other, |form| self.name_role(form, index));
        }
        match self.content() {
            Some(ClauseContent::FormerNames) => return Role::FormerName,
            Some(ClauseContent::OtherPack) => return Role::PackName,
            _ => {}
        }
        let said = self.document.token_text(index).trim_matches('"');
        match self.call() {
            Some((Call::Builder(BY) | Call::Expectation("by" | "blocked_by"), _)) => Role::StatementUse,
            Some((Call::Builder("offer"), _)) => Role::Content,
            Some((Call::Builder("rep"), _)) => Role::Skill,
            Some((Call::BuiltIn("hand_over"), _)) => Role::Team,
            Some((Call::Fact(entry), _)) if entry.fact == Fact::DaysTo => Role::OwnFact,
            Some((Call::Fact(entry), argument)) if takes_topic(entry, argument, said) => Role::Topic,
            Some((Call::Signal, _)) if Outcome::from_word(said).is_none() && !said.contains(':') => Role::Topic,
            Some(_) => Role::Other,
            None if form != Some(StatementKind::Pack) => match self.levels.last().and_then(|level| level.key) {
                Some(key) if matches!(self.document.token_text(key), "id" | "person") => Role::PersonId,
                _ => Role::Other,
            },
            None => Role::Other,
        }
    }

    /// The role of a text that begins the head of a statement of this form.
    fn name_role(&self, form: &StatementForm, index: usize) -> Role {
        let is_name = form.begins_with_name(self.document.kind(index + 1) == Some(TokenKind::Text));
        match form.head.first().filter(|_| is_name) {
            Some(HeadPart::StatementName | HeadPart::OptionalName) => Role::StatementName,
            Some(HeadPart::OtherStatement) => Role::StatementUse,
            Some(HeadPart::PackName | HeadPart::OtherPack) => Role::PackName,
            _ => Role::Other,
        }
    }

    /// The token of the text that begins the head.
    pub fn first_text(&self) -> Option<usize> {
        let first = self.statement.tokens.start + 1;
        (self.document.kind(first) == Some(TokenKind::Text)).then_some(first)
    }

    /// What the clause holds that was begun last; `None` in the head.
    pub fn content(&self) -> Option<ClauseContent> {
        let clause = self.clause.and(self.statement.form)?.clause(self.clause_word())?;
        Some(clause.content)
    }

    /// What is called with the brackets around, and which argument is being written. The items of a list are in the argument that the list is.
    pub fn call(&self) -> Option<(Call, usize)> {
        let mut levels = self.levels();
        let inner = levels.next()?;
        let is_list = inner.bracket.is_some_and(|bracket| self.document.token_text(bracket) == "[");
        let level = if is_list && inner.call.is_none() { levels.next()? } else { inner };
        level.call.map(|call| (call, level.argument))
    }

    /// Whether the innermost bracket holds the own facts of a lead: `fields: #{ budget: 5000 }`.
    pub fn is_in_fields(&self) -> bool {
        let around = self.levels.len().checked_sub(2).and_then(|around| self.levels.get(around));
        self.levels.last().is_some_and(|level| level.is_map)
            && around.and_then(|level| level.key).is_some_and(|key| self.document.token_text(key) == "fields")
    }

    /// Whether the innermost bracket holds the parameters of the helper function.
    pub(super) fn is_parameter_list(&self) -> bool {
        let open = self.statement.tokens.start + 2;
        self.levels.last().is_some_and(|level| level.bracket == Some(open))
            && self.document.kind(open) == Some(TokenKind::Open('('))
    }
}

/// Whether a text as this argument of a fact is a topic.
fn takes_topic(entry: &FactEntry, argument: usize, said: &str) -> bool {
    let params = entry.params.into_iter().flat_map(|params| params.required.iter().chain(params.optional));
    let topic = params.into_iter().position(|param| *param == ParamKind::Topic);
    topic == Some(argument) && Direction::from_word(said).is_none()
}
