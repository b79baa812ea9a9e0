//! What each word of a statement is: what the statement says of it, an operator, an operand, or what follows a dot.

use crate::book::catalogue::{self, FACTS, FactEntry, Subject};
use crate::book::value::Type;
use crate::book::vocabulary::{Channel, SignalKind};
use crate::calendar::units;
use crate::editor::names::{ANY, Shape, subject};
use crate::editor::roles::{Call, Named, Role, Walker};
use crate::language::scan::TokenKind;
use crate::language::{BUILT_IN, EXPECTATIONS, METHODS};
use crate::pack::statement_forms::{ClauseContent, ClausePurpose, HeadPart, StatementKind};
use crate::pack::touch::BUILDERS;

/// The keywords of Rhai, besides those that have a role of their own.
const KEYWORDS: &[&str] = &[
    "if", "else", "switch", "let", "const", "while", "loop", "do", "until", "for", "return", "throw", "try", "catch",
    "break", "continue",
];

impl<'a> Walker<'_, 'a> {
    pub(super) fn word(
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

    pub(super) fn operator(&mut self, word: &str, before: Option<Shape>, fact: Option<&'static FactEntry>) {
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
    pub(super) fn operand(&mut self, word: &'a str, calls: bool) -> Named {
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

    pub(super) fn operand_role(&self, word: &str, calls: bool) -> Role {
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
    pub(super) fn member(&mut self, index: usize, word: &'a str, before: Option<Shape>) -> Role {
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

    pub(super) fn member_of_any(&self, word: &str) -> (Role, Shape, Option<Call>) {
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
    pub(super) fn of_statement(&mut self, index: usize, word: &'a str) -> Option<Named> {
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
