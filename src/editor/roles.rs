//! What each word and text of a pack is: a fact, a setting, a builder method, the name of a rule ... [`Walker`] reads the tokens of one statement
//! from left to right and never fails; what it has read up to a place is also what completion at that place goes by.
//!
//! It needs no tree, so that it works in the middle of a word. What stands before a dot it knows by its [`Shape`], and says nothing of what it
//! does not know.

use crate::book::catalogue::{self, FACTS, Fact, FactEntry, ParamKind, Subject};
use crate::book::value::Type;
use crate::book::vocabulary::{Channel, Direction, Outcome, SignalKind};
use crate::calendar::units;
use crate::editor::document::Document;
use crate::editor::names::{ANY, Names, Shape, number_type, subject};
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::language::{BUILT_IN, EXPECTATIONS, METHODS};
use crate::pack::statement_forms::{ClauseContent, ClausePurpose, HeadPart, StatementForm, StatementKind};
use crate::pack::touch::{BUILDERS, BY};

/// What a word or text is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Role {
    /// `rule`
    Statement(&'static StatementForm),
    /// `when`
    Clause,
    /// `number` in `fact budget as number`
    TypeName,
    /// `and`, `or`, `not`, `is`, `in`
    Operator,
    /// `if`, `let` and the other keywords of Rhai.
    Keyword,
    /// `true`, `false`
    Truth,
    /// `lead`, `person`, `account`
    Subject(Subject),
    /// `now`
    Now,
    /// A channel, `answer`, `wait`, `hold`; `any`.
    Action,
    Setting,
    Constant,
    Function,
    Parameter,
    /// A variable of a helper function or a block.
    Local,
    OwnFact,
    Fact(&'static FactEntry, Subject),
    Method,
    Builder,
    Unit,
    /// `date`, `find` and the other functions of the language.
    BuiltIn,
    /// `visit(...)` in an example.
    Signal(SignalKind),
    /// The key of a map.
    Key,
    /// A word of the head of the statement: `lever` in `adjust "..." lever 1.5`.
    HeadWord(HeadPart),
    /// `by(...)` and the other functions of an expectation.
    Expectation,
    /// The name of the rule, cadence or policy that the statement is.
    StatementName,
    /// The name of a rule, cadence or policy that is referred to: `.by("...")`, `without "..."`.
    StatementUse,
    /// A name that a rule had before: `formerly "..."`.
    FormerName,
    /// The name of a pack: `pack "..."`, `needs "..."`, `of "..."`.
    PackName,
    /// The id of a piece of content: `.offer("...")`.
    Content,
    /// A skill: `.rep("...")`.
    Skill,
    /// A team: `hand_over("...")`.
    Team,
    /// What a signal is about: `visits("...")`.
    Topic,
    /// The id of a person of an example.
    PersonId,
    /// A plain text, or a word of which nothing is known.
    Other,
}

/// A word or text with its role.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    pub role: Role,
    /// Whether it is declared here.
    pub declares: bool,
}

/// What a bracket belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Call {
    /// `lead.visits(`
    Fact(&'static FactEntry),
    /// `phone.to(`: by the name of the builder method.
    Builder(&'static str),
    /// `find(`: by the name of the function.
    BuiltIn(&'static str),
    /// `by(` in an expectation: by the name of the function.
    Expectation(&'static str),
    /// `visit(` in an example.
    Signal,
    /// A helper function, a method or something unknown.
    Other,
}

/// An open bracket, or the statement around all brackets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Level {
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
    value: Option<Shape>,
    /// Whether a comparison or another condition was written here.
    is_condition: bool,
    /// What the whole is once the bracket is closed, where that does not depend on what is in it.
    result: Option<Shape>,
    /// The number of expressions in templates around.
    inside: usize,
}

/// The keywords of Rhai, besides those that have a role of their own.
const KEYWORDS: &[&str] = &[
    "if", "else", "switch", "let", "const", "while", "loop", "do", "until", "for", "return", "throw", "try", "catch",
    "break", "continue",
];

/// Variables of a block that are looked at.
const MOST_LOCALS: usize = 100;

/// Reads the tokens of one statement.
pub(super) struct Walker<'d, 'a> {
    document: &'d Document<'a>,
    names: &'d Names<'a>,
    statement: &'d Statement,
    /// The brackets that are open, the innermost last; never empty.
    levels: Vec<Level>,
    /// What the expression is that ended with the last token; `None` where an operand is expected.
    before: Option<Shape>,
    /// The fact that ended with the last token, and what was called if a bracket may follow.
    fact: Option<&'static FactEntry>,
    callee: Option<(Call, Shape)>,
    after_dot: bool,
    /// The token of the clause word that was read last.
    clause: Option<usize>,
    /// Parameters of the helper function, with what each may be.
    parameters: Vec<(&'a str, Shape)>,
    /// Variables that were declared, with the number of levels that they are declared at.
    locals: Vec<(&'a str, usize)>,
    /// The columns of the table of an example, which its `given` and `expect` name.
    columns: Vec<&'a str>,
    /// The variable of a `let` that is not complete yet.
    pending: Option<(&'a str, bool)>,
    /// The keyword that declares what follows.
    declaring: Option<&'a str>,
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

    fn in_function(&self) -> bool {
        self.statement.form.is_some_and(|form| form.kind == StatementKind::Function)
    }

    fn level(&mut self) -> Option<&mut Level> {
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

    fn word(
        &mut self,
        index: usize,
        before: Option<Shape>,
        fact: Option<&'static FactEntry>,
        after_dot: bool,
    ) -> Named {
        let word = self.document.token_text(index);
        if after_dot {
            return Named { role: self.member(index, word, before), declares: false };
        }
        if let Some(role) = self.of_statement(index, word) {
            return role;
        }
        let used = |role| Named { role, declares: false };
        let next = self.document.token_text(index + 1);
        let calls = next == "(" && self.document.kind(index + 1) == Some(TokenKind::Open('('));
        if let Some(keyword) = self.declaring.take() {
            if word == "mut" {
                self.declaring = Some(keyword);
                return used(Role::Keyword);
            }
            self.pending = Some((word, matches!(keyword, "for" | "catch")));
            return Named { role: Role::Local, declares: true };
        }
        if self.levels.last().is_some_and(|level| level.is_map && level.key.is_none()) && next == ":" {
            let is_own = self.is_in_fields() && self.names.facts.contains_key(word);
            return used(if is_own { Role::OwnFact } else { Role::Key });
        }
        match word {
            "and" | "or" | "not" | "is" | "in" => {
                self.operator(word, before, fact);
                return used(Role::Operator);
            }
            "true" | "false" => {
                self.before = Some(Shape::Value(Type::Truth));
                return used(Role::Truth);
            }
            _ if KEYWORDS.contains(&word) => {
                self.declaring = matches!(word, "let" | "const" | "for").then_some(word);
                return used(Role::Keyword);
            }
            _ => {}
        }
        self.operand(word, calls)
    }

    fn operator(&mut self, word: &str, before: Option<Shape>, fact: Option<&'static FactEntry>) {
        let Some(level) = self.levels.last_mut() else { return };
        level.is_condition = true;
        match word {
            "and" | "or" => level.compared = None,
            // `is not` and `not in` are one operator each.
            "not" if before.is_none() => {}
            _ => level.compared = fact.or(level.compared),
        }
        if word == "not" && before.is_some() {
            self.fact = fact;
        }
    }

    /// A name where an operand stands.
    fn operand(&mut self, word: &'a str, calls: bool) -> Named {
        let role = self.operand_role(word, calls);
        self.before = Some(match role {
            Role::Subject(subject) => Shape::Subject(subject),
            Role::Parameter => self.parameters.iter().find(|(name, _)| *name == word).map_or(ANY, |(_, shape)| *shape),
            Role::Action => Shape::Touch,
            Role::Now => Shape::Value(Type::Moment),
            Role::Setting => self.names.settings.get(word).map_or(ANY, |setting| setting.shape),
            Role::Constant => self.names.constants.get(word).map_or(ANY, |constant| constant.shape),
            Role::OwnFact => Shape::Value(Type::Text),
            _ => ANY,
        });
        if calls {
            self.callee = Some(match role {
                Role::BuiltIn => {
                    let name = BUILT_IN.iter().find(|name| **name == word).copied().unwrap_or_default();
                    let result = match name {
                        "find" | "hand_over" => Shape::Touch,
                        "date" | "moment" => Shape::Value(Type::Moment),
                        _ => ANY,
                    };
                    (Call::BuiltIn(name), result)
                }
                Role::Signal(_) => (Call::Signal, Shape::Map),
                Role::Expectation => {
                    let name = EXPECTATIONS.iter().find(|name| **name == word).copied().unwrap_or_default();
                    (Call::Expectation(name), Shape::Value(Type::Truth))
                }
                _ => (Call::Other, ANY),
            });
        }
        Named { role, declares: false }
    }

    fn operand_role(&self, word: &str, calls: bool) -> Role {
        if self.locals.iter().any(|(name, _)| *name == word) || self.columns.contains(&word) {
            return Role::Local;
        }
        if self.parameters.iter().any(|(name, _)| *name == word) {
            return Role::Parameter;
        }
        if calls && self.names.helpers_named(word).next().is_some() {
            return Role::Function;
        }
        if calls && BUILT_IN.contains(&word) {
            return Role::BuiltIn;
        }
        let is_expected = self.content() == Some(ClauseContent::Expression(ClausePurpose::Expected));
        if calls && is_expected && EXPECTATIONS.contains(&word) {
            return Role::Expectation;
        }
        if calls && let Some(kind) = SignalKind::from_word(word) {
            return Role::Signal(kind);
        }
        if !self.in_function() {
            match word {
                "now" => return Role::Now,
                _ if subject(word).is_some() => return subject(word).map_or(Role::Other, Role::Subject),
                _ if self.names.settings.contains_key(word) => return Role::Setting,
                _ if self.names.constants.contains_key(word) => return Role::Constant,
                _ if self.names.is_bare_time(word) => return Role::OwnFact,
                _ => {}
            }
        }
        if is_action(word) { Role::Action } else { Role::Other }
    }

    /// A name after a dot.
    fn member(&mut self, index: usize, word: &'a str, before: Option<Shape>) -> Role {
        let calls = self.document.kind(index + 1) == Some(TokenKind::Open('('));
        let (role, shape, call) = match before {
            Some(Shape::Subject(subject)) => match catalogue::find(subject, word) {
                Some(entry) => {
                    (Role::Fact(entry, subject), Shape::Value(entry.returns), entry.params.map(|_| Call::Fact(entry)))
                }
                None if self.names.facts.contains_key(word) => {
                    (Role::OwnFact, self.names.facts.get(word).map_or(ANY, |fact| fact.shape), None)
                }
                None => (Role::Other, ANY, None),
            },
            Some(Shape::Touch) => match BUILDERS.iter().find(|(name, _)| *name == word) {
                Some((name, _)) => (Role::Builder, Shape::Touch, Some(Call::Builder(name))),
                None => (Role::Other, Shape::Touch, None),
            },
            Some(Shape::Value(Type::Whole | Type::Number | Type::Any) | Shape::Argument)
                if units::unit(word).is_some() =>
            {
                let working = word.starts_with("working");
                (Role::Unit, Shape::Value(if working { Type::WorkingLength } else { Type::Length }), None)
            }
            Some(Shape::Value(Type::Length)) if word == "ago" => (Role::Unit, Shape::Value(Type::Moment), None),
            Some(Shape::Map) if !calls => (Role::Key, ANY, None),
            _ if calls && METHODS.contains(&word) => (Role::Method, method_shape(word), None),
            Some(Shape::Argument) => self.member_of_any(word),
            _ => (Role::Other, ANY, None),
        };
        self.before = Some(shape);
        if let Role::Fact(entry, _) = role {
            self.fact = Some(entry);
        }
        if calls {
            self.callee = Some((call.unwrap_or(Call::Other), shape));
        }
        role
    }

    fn member_of_any(&self, word: &str) -> (Role, Shape, Option<Call>) {
        match FACTS.iter().find(|entry| entry.name == word) {
            Some(entry) => {
                let subject = entry.subjects.first().copied().unwrap_or(Subject::Lead);
                (Role::Fact(entry, subject), Shape::Value(entry.returns), entry.params.map(|_| Call::Fact(entry)))
            }
            None => match self.names.facts.get(word) {
                Some(fact) => (Role::OwnFact, fact.shape, None),
                None => (Role::Other, ANY, None),
            },
        }
    }

    /// The role of a word that the statement itself gives it: its first word, a clause word, what its head declares.
    fn of_statement(&mut self, index: usize, word: &'a str) -> Option<Named> {
        let statement = self.statement;
        let used = |role| Some(Named { role, declares: false });
        let form = statement.form;
        if index == statement.tokens.start {
            return used(form.map_or(Role::Other, Role::Statement));
        }
        if statement.clauses.binary_search_by_key(&index, |clause| clause.word).is_ok() {
            self.clause = Some(index);
            self.levels.truncate(1);
            self.locals.clear();
            if let Some(level) = self.level() {
                (level.compared, level.value, level.is_condition, level.key) = (None, None, false, None);
            }
            return used(Role::Clause);
        }
        let form = form?;
        if index == statement.tokens.start + 1 {
            let declared = match form.kind {
                StatementKind::Setting => Some(Role::Setting),
                StatementKind::Constant => Some(Role::Constant),
                StatementKind::Fact => Some(Role::OwnFact),
                StatementKind::Function => Some(Role::Function),
                _ => form.declares().then_some(Role::Other),
            };
            if let Some(role) = declared {
                self.before = Some(ANY);
                return Some(Named { role, declares: true });
            }
        }
        let named = self.document.kind(statement.tokens.start + 1) == Some(TokenKind::Text);
        if self.clause.is_none()
            && index == statement.tokens.start + 2
            && let Some(part) = form.head.iter().find(|part| part.word() == Some(word))
        {
            return used(Role::HeadWord(*part));
        }
        let is_first = index == statement.tokens.start + 1 + usize::from(named);
        if is_first && form.head.contains(&HeadPart::Channel) && is_action(word) {
            self.before = Some(ANY);
            return used(Role::Action);
        }
        if form.kind == StatementKind::Function && self.levels.len() == 2 && self.is_parameter_list() {
            return Some(Named { role: Role::Parameter, declares: true });
        }
        if self.content() == Some(ClauseContent::Type) {
            self.before = Some(ANY);
            return used(Role::TypeName);
        }
        None
    }

    /// Whether the innermost bracket holds the own facts of a lead: `fields: #{ budget: 5000 }`.
    pub fn is_in_fields(&self) -> bool {
        let around = self.levels.len().checked_sub(2).and_then(|around| self.levels.get(around));
        self.levels.last().is_some_and(|level| level.is_map)
            && around.and_then(|level| level.key).is_some_and(|key| self.document.token_text(key) == "fields")
    }

    /// Whether the innermost bracket holds the parameters of the helper function.
    fn is_parameter_list(&self) -> bool {
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

fn is_action(word: &str) -> bool {
    matches!(word, "answer" | "wait" | "hold" | "any") || Channel::from_word(word).is_some()
}

fn method_shape(name: &str) -> Shape {
    match name {
        "len" | "index_of" => Shape::Value(Type::Whole),
        "is_empty" | "contains" | "starts_with" | "ends_with" => Shape::Value(Type::Truth),
        "to_lower" | "to_upper" | "to_string" | "to_debug" | "sub_string" => Shape::Value(Type::Text),
        "split" | "keys" | "values" => Shape::Value(Type::List),
        _ => ANY,
    }
}

/// The role of every word and text of a pack, by token.
pub(super) fn roles(document: &Document<'_>, names: &Names<'_>) -> Vec<Option<Named>> {
    let mut roles = vec![None; document.tokens.len()];
    for (nth, statement) in document.statements.iter().enumerate() {
        let mut walker = Walker::new(document, names, nth, statement);
        for index in statement.tokens.clone() {
            let named = walker.read(index);
            if let Some(slot) = roles.get_mut(index) {
                *slot = named;
            }
        }
    }
    roles
}
