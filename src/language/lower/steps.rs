//! What follows a dot: a fact of the lead, a builder of a touch, a unit of time, something to ask of a text or a list.

use rhai::Position;

use crate::book::catalogue::{self, Subject};
use crate::book::value::Value;
use crate::calendar::units;
use crate::check::lints;
use crate::diagnostics::codes;
use crate::diagnostics::finding::Finding;
use crate::evaluate::methods;
use crate::language::lower::ClauseLowering;
use crate::language::lower::helpers::may_fail;
use crate::language::lower::parts::TokenRange;
use crate::language::names::METHODS;
use crate::language::unknown_names;
use crate::pack::expression::{Method, Node, NodeKind};
use crate::pack::touch::{BUILDERS, HOLD};

/// One step of a chain: `.stage` or `.visits(7.days)`.
pub(super) enum ChainStep<'a> {
    Field(&'a str, Position),
    Method(&'a str, Vec<Node>, Position),
}

impl<'a> ClauseLowering<'a> {
    /// From the root of a chain up to the step at `point`.
    fn reach(&self, kind: NodeKind, first: usize, point: Position) -> TokenRange {
        TokenRange { kind, first, last: self.places.last_at(point).unwrap_or(first) }
    }

    /// The first step of a chain that begins with `lead`, `person` or `account`.
    pub(super) fn fact(&mut self, subject: Subject, root: Position, step: ChainStep<'a>) -> TokenRange {
        let first = self.places.token_at(root).unwrap_or_default();
        let (name, args, point) = match step {
            ChainStep::Field(name, point) => (name, None, point),
            ChainStep::Method(name, args, point) => (name, Some(args), point),
        };
        let at = self.places.span_at(point);
        let finding = match (catalogue::find(subject, name), args) {
            (Some(entry), Some(args)) if entry.params.is_some() => {
                return self.reach(NodeKind::Fact { subject, fact: entry.fact, args }, first, point);
            }
            (Some(entry), None) if entry.params.is_none() => {
                return self.reach(NodeKind::Fact { subject, fact: entry.fact, args: Vec::new() }, first, point);
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
                    return self.reach(NodeKind::Own { name: name.clone() }, first, point);
                }
                _ => unknown_names::fact(at, subject, name, self.names),
            },
        };
        self.find(finding, point)
    }

    /// A further step.
    pub(super) fn step(&mut self, on: TokenRange, step: ChainStep<'a>) -> TokenRange {
        match step {
            ChainStep::Field(name, point) => self.property(on, name, point),
            ChainStep::Method(name, args, point) => self.method(on, name, args, point),
        }
    }

    fn property(&mut self, on: TokenRange, name: &'a str, point: Position) -> TokenRange {
        let first = on.first;
        let number = match &on.kind {
            NodeKind::Literal(value @ (Value::Whole(_) | Value::Number(_))) => Some(value),
            NodeKind::Setting { value: value @ (Value::Whole(_) | Value::Number(_)), .. } => Some(value),
            _ => None,
        };
        if let Some(number) = number {
            return match methods::length(number, name) {
                Ok(length) => self.reach(NodeKind::Literal(length), first, point),
                Err(_) if units::unit(name).is_some() => {
                    let at = self.places.span_at(point);
                    self.find(Finding::error(codes::TOO_LARGE, at).message("too-large-length"), point)
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
        self.reach(NodeKind::Method { on, method, args: Vec::new() }, first, point)
    }

    fn method(&mut self, on: TokenRange, name: &'a str, args: Vec<Node>, point: Position) -> TokenRange {
        let first = on.first;
        if on.kind.is_touch() {
            if !BUILDERS.iter().any(|(known, _)| *known == name) {
                return self.find(unknown_names::builder(self.places.span_at(point), name), point);
            }
            let on = Box::new(self.node(on));
            return self.reach(NodeKind::Build { on, method: name.into(), args }, first, point);
        }
        // `hold.within(2.days)`, which names no touch either.
        let holds = matches!(&on.kind, NodeKind::Literal(Value::Text(text)) if &**text == HOLD);
        if holds && !self.names.in_example && BUILDERS.iter().any(|(known, _)| *known == name) {
            let span = self.places.span(on.first, on.last);
            return self.find(Finding::error(lints::HOLD_IN_RULE, span), point);
        }
        // Rhai calls a helper function of this name, with `this` for what stands before the dot.
        if self.names.helpers.iter().any(|helper| &*helper.name == name) {
            return self.other_named("walker-asks", name, point);
        }
        if is_known(&on.kind) && !METHODS.contains(&name) {
            let is_hold = matches!(&on.kind, NodeKind::Literal(Value::Text(text)) if &**text == HOLD);
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
                return self.reach(NodeKind::Contains(Box::new(item.clone()), Box::new(on)), first, point);
            }
            ("len", []) => Method::Length,
            ("is_empty", []) => Method::IsEmpty,
            ("starts_with", [_]) => Method::StartsWith,
            ("ends_with", [_]) => Method::EndsWith,
            ("to_lower", []) => Method::Lower,
            ("to_upper", []) => Method::Upper,
            _ => return self.other_named("walker-asks", name, point),
        };
        self.reach(NodeKind::Method { on: Box::new(on), method, args }, first, point)
    }
}

/// False for what the tree cannot say, which may be anything.
fn is_known(kind: &NodeKind) -> bool {
    !matches!(kind, NodeKind::Literal(Value::Unknown) | NodeKind::Call { .. } | NodeKind::If(..))
}
