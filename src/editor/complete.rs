//! Completion: what can be written at a place, from what stands before it.
//!
//! Where a statement begins: statement words. After a dot: facts, methods, units or builder methods, by what stands before it. Where an operand is
//! expected: what the clause takes, or what the argument takes. After an operand: operators, and the clause words that the statement still lacks. Between
//! quotes: the words of the list that fits there, and what the packs name elsewhere. In a comment or a plain text: nothing.

use serde::Serialize;

use crate::book::catalogue::{FACTS, FactEntry, ParamKind, Subject};
use crate::book::value::Type;
use crate::book::vocabulary::{Channel, SignalKind};
use crate::editor::cursor::{Cursor, Written};
use crate::editor::hover::{declared_doc, value_written};
use crate::editor::literal::quoted;
use crate::editor::names::{Declaration, Shape, subject};
use crate::editor::offers::{ENTRY_LANGUAGES, GIVEN_KEYS, head_part, words_here};
use crate::editor::roles::{Call, Walker};
use crate::editor::symbols::{Opened, Packs};
use crate::editor::text::{Position, TextRange};
use crate::editor::words::{
    VALUE_METHODS, action_doc, builder_signature, doc, fact_signature, form_signature, say, shape_name, unit_doc,
    units_after,
};
use crate::language::{EXPECTATIONS, HEADER_ENTRIES, PackSource};
use crate::pack::statement_forms::{
    ClauseContent, ClausePurpose, HeadPart, STATEMENT_FORMS, StatementForm, StatementKind,
};
use crate::pack::team::Measure;
use crate::pack::touch::{BUILDERS, BY, HOLD};
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

    /// What may stand after a dot.
    fn members(&mut self, walker: &Walker<'_, '_>, form: &StatementForm, next: usize) {
        let in_example = form.kind == StatementKind::Example;
        match walker.before() {
            Some(Shape::Subject(subject)) => {
                self.facts(subject, 0);
                if subject == Subject::Lead {
                    self.own_facts(20);
                }
            }
            Some(Shape::Argument) => {
                self.facts(Subject::Lead, 0);
                self.facts(Subject::Person, 10);
                self.facts(Subject::Account, 10);
                self.own_facts(20);
                self.units("", 30);
                self.methods(None, 40);
            }
            Some(Shape::Touch) => {
                for (nth, (name, takes)) in BUILDERS.iter().enumerate() {
                    if *name == BY && walker.content() != Some(EXPECTED) {
                        continue;
                    }
                    let is_text = !matches!(*takes, "takes-lapse" | "takes-factor" | "takes-chance" | "takes-again");
                    let insert = match *takes {
                        "takes-nothing" => ((*name).to_owned(), 0),
                        "takes-between" if !self.calls => (format!("{name}(\"\", \"\")"), 6),
                        _ => self.call(name, true, is_text),
                    };
                    let told = (builder_signature(name, self.language), doc("builder", name, self.language));
                    self.add_as(CompletionKind::Builder, name, insert, told, u32::try_from(nth).unwrap_or(0));
                }
            }
            Some(Shape::Value(Type::Whole | Type::Number)) => {
                let number = next.checked_sub(2).map(|number| self.opened.document.token_text(number));
                self.units(number.unwrap_or_default(), 0);
                self.methods(Some(Type::Number), 30);
            }
            Some(Shape::Value(Type::Length)) => {
                if in_example {
                    let told = (say("a-moment", self.language), unit_doc("ago", self.language));
                    self.add_as(CompletionKind::Unit, "ago", ("ago".to_owned(), 0), told, 0);
                }
                self.methods(Some(Type::Length), 30);
            }
            Some(Shape::Value(Type::Any)) => {
                self.units("", 10);
                self.methods(None, 20);
            }
            Some(Shape::Value(kind)) => self.methods(Some(kind), 0),
            Some(Shape::Map) | None => {}
        }
    }

    fn facts(&mut self, subject: Subject, rank: u32) {
        for entry in FACTS.iter().filter(|entry| entry.subjects.contains(&subject)) {
            let told = (fact_signature(entry, subject, self.language), doc("fact", entry.name, self.language));
            let insert = match entry.params {
                None => (entry.name.to_owned(), 0),
                Some(params) => {
                    let is_text = params.required.first().is_some_and(|param| param.kind() == Type::Text);
                    let is_own = params.required.first() == Some(&ParamKind::OwnTime);
                    self.call(entry.name, !params.required.is_empty(), is_text && !is_own)
                }
            };
            self.add_as(CompletionKind::Fact, entry.name, insert, told, rank);
        }
    }

    fn own_facts(&mut self, rank: u32) {
        let facts: Vec<(&str, Declaration)> = self.opened.names.facts.iter().map(|(name, one)| (*name, *one)).collect();
        for (name, declaration) in facts {
            let (detail, told) = self.declared(declaration);
            self.add(CompletionKind::OwnFact, name, detail, told, rank);
        }
    }

    /// The type and the documentation of a declared name.
    fn declared(&self, declaration: Declaration) -> (String, String) {
        let kind = shape_name(declaration.shape, self.language);
        let value = value_written(self.opened, declaration);
        let detail = if value.is_empty() { kind } else { format!("{kind} = {value}") };
        (detail, declared_doc(self.opened, declaration.statement))
    }

    fn units(&mut self, number: &str, rank: u32) {
        for (nth, unit) in units_after(number).enumerate() {
            let key = if unit.starts_with("working") { "a-working-length" } else { "a-length" };
            let told = (say(key, self.language), unit_doc(unit, self.language));
            let rank = rank + u32::try_from(nth).unwrap_or(0);
            self.add_as(CompletionKind::Unit, unit, (unit.to_owned(), 0), told, rank);
        }
    }

    /// The methods of a type; of `None` all methods.
    fn methods(&mut self, kind: Option<Type>, rank: u32) {
        for (name, types, takes) in VALUE_METHODS {
            if kind.is_none_or(|kind| types.contains(&kind)) {
                let told = (say("editor-method", self.language), doc("method", name, self.language));
                let insert = self.call(name, *takes, false);
                self.add_as(CompletionKind::Method, name, insert, told, rank);
            }
        }
    }

    /// What may stand where an operand is expected.
    fn operands(&mut self, walker: &Walker<'_, '_>, form: &StatementForm, next: usize, depth: usize) {
        let level = walker.levels().next().copied();
        if level.is_some_and(|level| level.is_map && level.key.is_none()) {
            return self.keys(walker, form);
        }
        let words = words_here(walker, self.packs, self.opened, form, next, self.language);
        let has_words = !words.is_empty();
        for (nth, (kind, word)) in words.into_iter().enumerate() {
            let rank = u32::try_from(nth).unwrap_or(u32::MAX).min(90);
            let told = (word.detail, word.documentation);
            self.add_as(kind, &word.word, (quoted(&word.word), 0), told, rank);
        }
        if depth == 1 && walker.clause_word().is_empty() && form.is_split_into_clauses() {
            return self.head(form, next, walker.before().is_some());
        }
        let content = form.clause(walker.clause_word()).map(|clause| clause.content);
        match content {
            Some(ClauseContent::Type) => {
                for name in ["truth", "number", "text", "time"] {
                    let told = doc("type", name, self.language);
                    self.add(CompletionKind::Type, name, say("editor-word", self.language), told, 0);
                }
            }
            Some(ClauseContent::Length) => self.values(Some(Type::Length), 10),
            Some(ClauseContent::Measure) => {
                for (nth, measure) in Measure::words().enumerate() {
                    let told = doc("measure", measure, self.language);
                    let detail = ClauseContent::Measure.described(self.language);
                    self.add(CompletionKind::Word, measure, detail, told, u32::try_from(nth).unwrap_or(0));
                }
            }
            Some(ClauseContent::Number) => self.values(Some(Type::Number), 10),
            Some(
                ClauseContent::Text
                | ClauseContent::Names
                | ClauseContent::FormerNames
                | ClauseContent::OtherPack
                | ClauseContent::Range
                | ClauseContent::Scope(_)
                | ClauseContent::Unit
                | ClauseContent::Date,
            ) => {}
            Some(ClauseContent::Expression(purpose)) => self.expression(walker, form, purpose, has_words),
            None if form.kind == StatementKind::Function => self.function_body(walker),
            None => self.values(None, 20),
        }
    }

    /// What the head of a statement takes, after its first words. `is_complete` says whether an operand ended there.
    fn head(&mut self, form: &StatementForm, next: usize, is_complete: bool) {
        let statement = next.checked_sub(1).and_then(|last| self.opened.document.statement_of(last));
        let Some((_, statement)) = statement else { return };
        let read = next - statement.tokens.start - 1;
        match head_part(&self.opened.document, form, next) {
            Some(HeadPart::Channel) => self.actions(Channel::words().chain(["any"]), 0),
            Some(HeadPart::Count) => self.values(Some(Type::Whole), 0),
            Some(HeadPart::Length) => self.values(Some(Type::Length), 0),
            Some(part @ HeadPart::Lever) => {
                let told = part.described(self.language);
                let word = part.word().unwrap_or_default();
                self.add_as(CompletionKind::Clause, word, (format!("{word} "), 0), (told.clone(), told), 0);
            }
            _ if form.head.contains(&HeadPart::Assignment) && read >= 2 && !is_complete => self.values(None, 0),
            _ => {}
        }
    }

    fn actions<'w>(&mut self, words: impl Iterator<Item = &'w str>, rank: u32) {
        for (nth, word) in words.enumerate() {
            let key = if Channel::from_word(word).is_some() { "a-channel" } else { "a-touch" };
            let told = action_doc(word, self.language);
            self.add(
                CompletionKind::Action,
                word,
                say(key, self.language),
                told,
                rank + u32::try_from(nth).unwrap_or(0),
            );
        }
    }

    /// The settings and constants; of a type those that are or may be of it.
    fn values(&mut self, kind: Option<Type>, rank: u32) {
        let names = &self.opened.names;
        let all = names.settings.iter().map(|(name, one)| (CompletionKind::Setting, *name, *one));
        let all = all.chain(names.constants.iter().map(|(name, one)| (CompletionKind::Constant, *name, *one)));
        let all: Vec<(CompletionKind, &str, Declaration)> = all.collect();
        for (what, name, declaration) in all {
            let fits = match (kind, declaration.shape) {
                (None, _) | (_, Shape::Value(Type::Any)) => true,
                (Some(Type::Whole | Type::Number), Shape::Value(of)) => matches!(of, Type::Whole | Type::Number),
                (Some(Type::Length), Shape::Value(of)) => matches!(of, Type::Length | Type::WorkingLength),
                (Some(kind), Shape::Value(of)) => kind == of,
                _ => false,
            };
            if fits && self.opened.document.bytes(declaration.token).start != self.range.start.byte {
                let (detail, told) = self.declared(declaration);
                self.add(what, name, detail, told, rank);
            }
        }
    }

    /// The keys of the map that is being written, without those that it has.
    fn keys(&mut self, walker: &Walker<'_, '_>, form: &StatementForm) {
        if walker.is_in_fields() {
            return self.own_facts_as_keys();
        }
        let depth = walker.levels().count();
        let (group, keys): (&str, &[&str]) = match form.kind {
            StatementKind::Pack if depth == 2 => ("entry", &HEADER_ENTRIES),
            StatementKind::Example
                if depth == 2 && walker.content() == Some(ClauseContent::Expression(ClausePurpose::Given)) =>
            {
                ("given", GIVEN_KEYS)
            }
            _ => return,
        };
        for (nth, key) in keys.iter().enumerate() {
            let told = (String::new(), doc(group, key, self.language));
            let rank = u32::try_from(nth).unwrap_or(0);
            self.add_as(CompletionKind::Key, key, (format!("{key}: "), 0), told, rank);
        }
    }

    fn own_facts_as_keys(&mut self) {
        let facts: Vec<(&str, Declaration)> = self.opened.names.facts.iter().map(|(name, one)| (*name, *one)).collect();
        for (name, declaration) in facts {
            let told = self.declared(declaration);
            self.add_as(CompletionKind::OwnFact, name, (format!("{name}: "), 0), told, 0);
        }
    }

    /// What an expression for this purpose may begin with.
    fn expression(&mut self, walker: &Walker<'_, '_>, form: &StatementForm, purpose: ClausePurpose, has_words: bool) {
        let own = if has_words { 40 } else { 0 };
        match walker.call() {
            Some((Call::Fact(entry), argument)) => return self.argument(entry, argument),
            Some((Call::Builder("within" | "after" | "again"), _)) => return self.values(Some(Type::Length), own),
            Some((Call::Builder("value" | "chance" | "weight" | "lever"), _)) => {
                self.values(Some(Type::Number), own);
                return self.subjects(form, own + 10);
            }
            Some((Call::Builder(_) | Call::BuiltIn(_), _)) => return self.values(Some(Type::Text), own + 10),
            _ => {}
        }
        let is_touches = matches!(purpose, ClausePurpose::Touches | ClausePurpose::Steps | ClausePurpose::Expected);
        let depth = walker.levels().count();
        let in_list = walker.levels().next().and_then(|level| level.bracket);
        let is_list = in_list.is_some_and(|bracket| self.opened.document.token_text(bracket) == "[");
        if is_touches && (depth == 1 || is_list) {
            let hold = (purpose == ClausePurpose::Expected).then_some(HOLD);
            self.actions(Channel::words().chain(["answer", "wait"]).chain(hold), 0);
            for name in ["find", "hand_over"] {
                let told = (say("a-touch", self.language), doc("word", name, self.language));
                let insert = self.call(name, true, true);
                self.add_as(CompletionKind::Function, name, insert, told, 20);
            }
            if purpose == ClausePurpose::Expected && depth == 1 {
                for name in EXPECTATIONS {
                    let told = (say("editor-expected", self.language), doc("expected", name, self.language));
                    let insert = self.call(name, true, matches!(*name, "by" | "blocked_by" | "reason"));
                    self.add_as(CompletionKind::Function, name, insert, told, 30);
                }
                self.keyword("not", 40);
            }
            return;
        }
        if purpose == ClausePurpose::Given {
            for kind in SignalKind::words() {
                let told = (say("editor-signal-function", self.language), doc("signal", kind, self.language));
                let insert = self.call(kind, true, false);
                self.add_as(CompletionKind::Function, kind, insert, told, 30);
            }
            self.values(None, 20);
            return self.helpers(40);
        }
        if purpose == ClausePurpose::Condition {
            self.keyword("not", 30);
        }
        self.subjects(form, own);
        self.values(None, own + 10);
        self.helpers(own + 20);
        self.built_in(own + 40);
    }

    fn keyword(&mut self, word: &str, rank: u32) {
        let told = (say("a-truth", self.language), doc("word", word, self.language));
        self.add_as(CompletionKind::Keyword, word, (format!("{word} "), 0), told, rank);
    }

    fn subjects(&mut self, form: &StatementForm, rank: u32) {
        for (nth, word) in ["lead", "person", "account", "now"].iter().enumerate() {
            // A journey is the lead's: a condition of `enter` reads no person.
            if *word == "person" && form.kind == StatementKind::Enter {
                continue;
            }
            let detail = if subject(word).is_some() { "a-thing" } else { "a-moment" };
            let detail = if detail == "a-thing" { (*word).to_owned() } else { say("a-moment", self.language) };
            let told = doc("word", word, self.language);
            self.add(CompletionKind::Subject, word, detail, told, rank + u32::try_from(nth).unwrap_or(0));
        }
    }

    /// The helper functions of the pack.
    fn helpers(&mut self, rank: u32) {
        let opened = self.opened;
        for helper in &opened.names.helpers {
            let parameters: Vec<&str> = helper.parameters.iter().map(|one| one.name).collect();
            let detail = format!("{}({})", helper.name, parameters.join(", "));
            let only_subject =
                parameters.as_slice().first().filter(|_| parameters.len() == 1).filter(|one| subject(one).is_some());
            let insert = match only_subject {
                Some(subject) if !self.calls => (format!("{}({subject})", helper.name), 0),
                _ => self.call(helper.name, !parameters.is_empty(), false),
            };
            let told = (detail, declared_doc(opened, helper.declaration.statement));
            self.add_as(CompletionKind::Function, helper.name, insert, told, rank);
        }
    }

    fn built_in(&mut self, rank: u32) {
        for name in ["date", "moment"] {
            let told = (say("a-moment", self.language), doc("word", name, self.language));
            let insert = self.call(name, true, true);
            self.add_as(CompletionKind::Function, name, insert, told, rank);
        }
        for word in ["true", "false"] {
            let told = doc("word", word, self.language);
            self.add(CompletionKind::Keyword, word, say("a-truth", self.language), told, rank + 10);
        }
    }

    /// What an argument of a fact may be, besides the words of a list.
    fn argument(&mut self, entry: &FactEntry, argument: usize) {
        let params = entry.params.into_iter().flat_map(|params| params.required.iter().chain(params.optional));
        let kinds: Vec<ParamKind> = params.skip(argument).copied().collect();
        if kinds.iter().any(|kind| kind.kind() == Type::Length) {
            self.values(Some(Type::Length), 50);
        }
        if kinds.contains(&ParamKind::OwnTime) {
            let names = &self.opened.names.facts;
            let times: Vec<(&str, Declaration)> = names
                .iter()
                .filter(|(_, fact)| fact.shape == Shape::Value(Type::Moment))
                .map(|(name, fact)| (*name, *fact))
                .collect();
            for (name, declaration) in times {
                let (detail, told) = self.declared(declaration);
                self.add(CompletionKind::OwnFact, name, detail, told, 0);
            }
        }
    }

    /// What the body of a helper function may use.
    fn function_body(&mut self, walker: &Walker<'_, '_>) {
        for name in walker.locals().collect::<Vec<_>>() {
            self.add(CompletionKind::Variable, name, say("editor-parameter", self.language), String::new(), 0);
        }
        self.helpers(10);
        self.keyword("not", 20);
        self.actions(Channel::words().chain(["answer", "wait"]), 30);
        self.built_in(40);
    }

    /// What may stand between quotes.
    fn texts(&mut self, walker: &Walker<'_, '_>, form: Option<&'static StatementForm>, next: usize, is_closed: bool) {
        let Some(form) = form else { return };
        let words = words_here(walker, self.packs, self.opened, form, next, self.language);
        for (nth, (kind, word)) in words.into_iter().enumerate() {
            let written = quoted(&word.word);
            let inside = written.trim_start_matches('"').to_owned();
            let insert = if is_closed { inside.strip_suffix('"').unwrap_or(&inside).to_owned() } else { inside };
            let told = (word.detail, word.documentation);
            self.add_as(kind, &word.word, (insert, 0), told, u32::try_from(nth).unwrap_or(u32::MAX));
        }
        if form.kind == StatementKind::Pack && entry_key(walker, self.opened) == Some("language") {
            for tag in ENTRY_LANGUAGES {
                let told = doc("entry", "language", self.language);
                let insert = if is_closed { (*tag).to_owned() } else { format!("{tag}\"") };
                self.add_as(CompletionKind::Word, tag, (insert, 0), (say("editor-word", self.language), told), 0);
            }
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
