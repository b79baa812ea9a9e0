//! What may stand after a dot: facts, units, methods of a value and builder methods of a touch.

use crate::book::catalogue::{FACTS, ParamKind, Subject};
use crate::book::value::Type;
use crate::editor::complete::{CompletionKind, EXPECTED, Offers};
use crate::editor::hover::{declared_doc, value_written};
use crate::editor::names::{Declaration, Shape};
use crate::editor::roles::Walker;
use crate::editor::words::{
    VALUE_METHODS, builder_signature, doc, fact_signature, say, shape_name, unit_doc, units_after,
};
use crate::pack::statement_forms::{StatementForm, StatementKind};
use crate::pack::touch::{BUILDERS, BY};

impl Offers<'_, '_> {
    /// What may stand after a dot.
    pub(super) fn members(&mut self, walker: &Walker<'_, '_>, form: &StatementForm, next: usize) {
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

    pub(super) fn facts(&mut self, subject: Subject, rank: u32) {
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

    pub(super) fn own_facts(&mut self, rank: u32) {
        let facts: Vec<(&str, Declaration)> = self.opened.names.facts.iter().map(|(name, one)| (*name, *one)).collect();
        for (name, declaration) in facts {
            let (detail, told) = self.declared(declaration);
            self.add(CompletionKind::OwnFact, name, detail, told, rank);
        }
    }

    /// The type and the documentation of a declared name.
    pub(super) fn declared(&self, declaration: Declaration) -> (String, String) {
        let kind = shape_name(declaration.shape, self.language);
        let value = value_written(self.opened, declaration);
        let detail = if value.is_empty() { kind } else { format!("{kind} = {value}") };
        (detail, declared_doc(self.opened, declaration.statement))
    }

    pub(super) fn units(&mut self, number: &str, rank: u32) {
        for (nth, unit) in units_after(number).enumerate() {
            let key = if unit.starts_with("working") { "a-working-length" } else { "a-length" };
            let told = (say(key, self.language), unit_doc(unit, self.language));
            let rank = rank + u32::try_from(nth).unwrap_or(0);
            self.add_as(CompletionKind::Unit, unit, (unit.to_owned(), 0), told, rank);
        }
    }

    /// The methods of a type; of `None` all methods.
    pub(super) fn methods(&mut self, kind: Option<Type>, rank: u32) {
        for (name, types, takes) in VALUE_METHODS {
            if kind.is_none_or(|kind| types.contains(&kind)) {
                let told = (say("editor-method", self.language), doc("method", name, self.language));
                let insert = self.call(name, *takes, false);
                self.add_as(CompletionKind::Method, name, insert, told, rank);
            }
        }
    }
}
