//! What may stand where an operand is expected, by clause and argument, and between quotes.

use crate::book::catalogue::{FactEntry, ParamKind};
use crate::book::value::Type;
use crate::book::vocabulary::{Channel, SignalKind};
use crate::editor::complete::{CompletionKind, Offers, entry_key};
use crate::editor::hover::declared_doc;
use crate::editor::literal::quoted;
use crate::editor::names::{Declaration, Shape, subject};
use crate::editor::offers::{ENTRY_LANGUAGES, GIVEN_KEYS, head_part, words_here};
use crate::editor::roles::{Call, Walker};
use crate::editor::words::{action_doc, doc, say};
use crate::language::{EXPECTATIONS, HEADER_ENTRIES};
use crate::pack::statement_forms::{ClauseContent, ClausePurpose, HeadPart, StatementForm, StatementKind};
use crate::pack::team::Measure;
use crate::pack::touch::HOLD;

impl Offers<'_, '_> {
    /// What may stand where an operand is expected.
    pub(super) fn operands(&mut self, walker: &Walker<'_, '_>, form: &StatementForm, next: usize, depth: usize) {
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
    pub(super) fn head(&mut self, form: &StatementForm, next: usize, is_complete: bool) {
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

    pub(super) fn actions<'w>(&mut self, words: impl Iterator<Item = &'w str>, rank: u32) {
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
    pub(super) fn values(&mut self, kind: Option<Type>, rank: u32) {
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
    pub(super) fn keys(&mut self, walker: &Walker<'_, '_>, form: &StatementForm) {
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

    pub(super) fn own_facts_as_keys(&mut self) {
        let facts: Vec<(&str, Declaration)> = self.opened.names.facts.iter().map(|(name, one)| (*name, *one)).collect();
        for (name, declaration) in facts {
            let told = self.declared(declaration);
            self.add_as(CompletionKind::OwnFact, name, (format!("{name}: "), 0), told, 0);
        }
    }

    /// What an expression for this purpose may begin with.
    pub(super) fn expression(
        &mut self,
        walker: &Walker<'_, '_>,
        form: &StatementForm,
        purpose: ClausePurpose,
        has_words: bool,
    ) {
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

    pub(super) fn keyword(&mut self, word: &str, rank: u32) {
        let told = (say("a-truth", self.language), doc("word", word, self.language));
        self.add_as(CompletionKind::Keyword, word, (format!("{word} "), 0), told, rank);
    }

    pub(super) fn subjects(&mut self, form: &StatementForm, rank: u32) {
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
    pub(super) fn helpers(&mut self, rank: u32) {
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

    pub(super) fn built_in(&mut self, rank: u32) {
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
    pub(super) fn argument(&mut self, entry: &FactEntry, argument: usize) {
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
    pub(super) fn function_body(&mut self, walker: &Walker<'_, '_>) {
        for name in walker.locals().collect::<Vec<_>>() {
            self.add(CompletionKind::Variable, name, say("editor-parameter", self.language), String::new(), 0);
        }
        self.helpers(10);
        self.keyword("not", 20);
        self.actions(Channel::words().chain(["answer", "wait"]), 30);
        self.built_in(40);
    }

    /// What may stand between quotes.
    pub(super) fn texts(
        &mut self,
        walker: &Walker<'_, '_>,
        form: Option<&'static StatementForm>,
        next: usize,
        is_closed: bool,
    ) {
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
