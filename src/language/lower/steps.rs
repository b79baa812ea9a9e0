//! What follows a dot: a fact of the lead, a builder of a touch, a unit of time, something to ask of a text or a list.

use rhai::Position;

use crate::book::catalogue::{self, Subject};
use crate::book::value::Value;
use crate::calendar::units;
use crate::check::lints;
use crate::diagnostics::codes;
use crate::diagnostics::finding::Finding;
use crate::evaluate::methods;
use crate::language::lower::helpers::may_fail;
use crate::language::lower::{Lowering, Part};
use crate::language::names::METHODS;
use crate::language::unknown_names;
use crate::pack::expression::{Kind, Method, Node};
use crate::pack::touch::{BUILDERS, HOLD};

/// One step of a chain: `.stage` or `.visits(7.days)`.
pub(super) enum Step<'a> {
    Field(&'a str, Position),
    Method(&'a str, Vec<Node>, Position),
}

impl<'a> Lowering<'a> {
    /// From the root of a chain up to the step at `point`.
    fn reach(&self, kind: Kind, first: usize, point: Position) -> Part {
        Part { kind, first, last: self.places.last_at(point).unwrap_or(first) }
    }

    /// The first step of a chain that begins with `lead`, `person` or `account`.
    pub(super) fn fact(&mut self, subject: Subject, root: Position, step: Step<'a>) -> Part {
        let first = self.places.token_at(root).unwrap_or_default();
        let (name, args, point) = match step {
            Step::Field(name, point) => (name, None, point),
            Step::Method(name, args, point) => (name, Some(args), point),
        };
        let at = self.places.span_at(point);
        let finding = match (catalogue::find(subject, name), args) {
            (Some(entry), Some(args)) if entry.params.is_some() => {
                return self.reach(Kind::Fact { subject, fact: entry.fact, args }, first, point);
            }
            (Some(entry), None) if entry.params.is_none() => {
                return self.reach(Kind::Fact { subject, fact: entry.fact, args: Vec::new() }, first, point);
            }
            (Some(entry), None) => unknown_names::missing_parentheses(at, subject, entry),
            (Some(entry), Some(args)) => {
                // Only empty brackets are safe to take out.
                let brackets = self
                    .places
                    .last_at(point)
                    .filter(|_| args.is_empty())
                    .and_then(|last| Some(self.places.span(last.checked_sub(1)?, last)))
                    .filter(|brackets| brackets.start() == at.end());
                unknown_names::needless_parentheses(at, brackets, subject, entry)
            }
            (None, args) => match self.names.facts.get_key_value(name) {
                Some((name, _)) if subject == Subject::Lead && args.is_none() => {
                    return self.reach(Kind::Own { name: name.clone() }, first, point);
                }
                _ => unknown_names::fact(at, subject, name, self.names),
            },
        };
        self.find(finding, point)
    }

    /// A further step.
    pub(super) fn step(&mut self, on: Part, step: Step<'a>) -> Part {
        match step {
            Step::Field(name, point) => self.property(on, name, point),
            Step::Method(name, args, point) => self.method(on, name, args, point),
        }
    }

    fn property(&mut self, on: Part, name: &'a str, point: Position) -> Part {
        let first = on.first;
        let number = match &on.kind {
            Kind::Literal(value @ (Value::Whole(_) | Value::Number(_))) => Some(value),
            Kind::Setting { value: value @ (Value::Whole(_) | Value::Number(_)), .. } => Some(value),
            _ => None,
        };
        if let Some(number) = number {
            return match methods::length(number, name) {
                Ok(length) => self.reach(Kind::Literal(length), first, point),
                Err(_) if units::unit(name).is_some() => {
                    let at = self.places.span_at(point);
                    self.find(Finding::error(codes::TOO_LARGE, at).saying("too-large-length"), point)
                }
                Err(_) => self.find(unknown_names::unit(self.places.span_at(point), name), point),
            };
        }
        if name == "ago" {
            if self.names.in_example {
                return self.other("walker-ago", point);
            }
            return self.find(unknown_names::ago(self.places.span_at(point)), point);
        }
        if on.kind.is_touch() {
            return self.find(unknown_names::builder(self.places.span_at(point), name), point);
        }
        let method = match name {
            "len" => Method::Length,
            "is_empty" => Method::IsEmpty,
            unit => match units::unit(unit) {
                Some(unit) => Method::Unit(unit),
                None if is_known(&on.kind) => {
                    return self.find(unknown_names::method(self.places.span_at(point), name), point);
                }
                None => return self.other_named("walker-reads", name, point),
            },
        };
        let on = Box::new(self.node(on));
        self.reach(Kind::Method { on, method, args: Vec::new() }, first, point)
    }

    fn method(&mut self, on: Part, name: &'a str, args: Vec<Node>, point: Position) -> Part {
        let first = on.first;
        if on.kind.is_touch() {
            if !BUILDERS.iter().any(|(known, _)| *known == name) {
                return self.find(unknown_names::builder(self.places.span_at(point), name), point);
            }
            let on = Box::new(self.node(on));
            return self.reach(Kind::Build { on, method: name.into(), args }, first, point);
        }
        // `hold.within(2.days)`, which names no touch either.
        let holds = matches!(&on.kind, Kind::Literal(Value::Text(text)) if &**text == HOLD);
        if holds && !self.names.in_example && BUILDERS.iter().any(|(known, _)| *known == name) {
            let span = self.places.span(on.first, on.last);
            return self.find(Finding::error(lints::HOLD_IN_RULE, span), point);
        }
        // Rhai calls a helper function of this name, with `this` for what stands before the dot.
        if self.names.helpers.iter().any(|helper| &*helper.name == name) {
            return self.other_named("walker-asks", name, point);
        }
        if is_known(&on.kind) && !METHODS.contains(&name) {
            let is_hold = matches!(&on.kind, Kind::Literal(Value::Text(text)) if &**text == HOLD);
            if is_hold && BUILDERS.iter().any(|(known, _)| *known == name) {
                let at = self.node(on).span;
                return self.find(Finding::error(lints::HOLD_IN_RULE, at), point);
            }
            return self.find(unknown_names::method(self.places.span_at(point), name), point);
        }
        let on = self.node(on);
        let method = match (name, args.as_slice()) {
            // Rhai computes what is handed over before what it is asked of, and `in` the other way round.
            ("contains", [item]) if !may_fail(item) || !may_fail(&on) => {
                return self.reach(Kind::Contains(Box::new(item.clone()), Box::new(on)), first, point);
            }
            ("len", []) => Method::Length,
            ("is_empty", []) => Method::IsEmpty,
            ("starts_with", [_]) => Method::StartsWith,
            ("ends_with", [_]) => Method::EndsWith,
            ("to_lower", []) => Method::Lower,
            ("to_upper", []) => Method::Upper,
            _ => return self.other_named("walker-asks", name, point),
        };
        self.reach(Kind::Method { on: Box::new(on), method, args }, first, point)
    }
}

/// False for what the tree cannot say, which may be anything.
fn is_known(kind: &Kind) -> bool {
    !matches!(kind, Kind::Literal(Value::Unknown) | Kind::Call { .. } | Kind::If(..))
}
