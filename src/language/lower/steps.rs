//! Lowering of what follows a dot: a fact of a subject, a builder method of a touch, a unit of time, a method of a text or list.

use rhai::Position;

use crate::book::catalogue::{self, Subject};
use crate::book::value::{Type, Value};
use crate::calendar::units;
use crate::check::lints;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{EvaluationErrorCode, codes};
use crate::evaluate::methods;
use crate::language::lower::ClauseLowering;
use crate::language::lower::helpers::may_fail;
use crate::language::lower::parts::TokenRange;
use crate::language::names::METHODS;
use crate::language::unknown_names;
use crate::pack::expression::{Method, Node, NodeKind};
use crate::pack::touch::{BUILDERS, HOLD, is_bare_builder};

/// One step of a chain: `.stage` or `.visits(7.days)`.
pub(super) enum ChainStep<'a> {
    Field(&'a str, Position),
    Method(&'a str, Vec<Node>, Position),
}

impl<'a> ClauseLowering<'a> {
    /// The part from the root of a chain, token `first`, up to the step at `position`.
    fn part_from(&self, kind: NodeKind, first: usize, position: Position) -> TokenRange {
        TokenRange { kind, first, last: self.source_map.last_at(position).unwrap_or(first) }
    }

    /// The first step of a chain that begins with `lead`, `person` or `account`.
    pub(super) fn fact(&mut self, subject: Subject, root: Position, step: ChainStep<'a>) -> TokenRange {
        let first = self.source_map.token_at(root).unwrap_or_default();
        let (name, args, position) = match step {
            ChainStep::Field(name, position) => (name, None, position),
            ChainStep::Method(name, args, position) => (name, Some(args), position),
        };
        let at = self.source_map.span_at(position);
        let finding = match (catalogue::find(subject, name), args) {
            (Some(entry), Some(args)) if entry.params.is_some() => {
                return self.part_from(NodeKind::Fact { subject, fact: entry.fact, args, id: None }, first, position);
            }
            (Some(entry), None) if entry.params.is_none() => {
                return self.part_from(
                    NodeKind::Fact { subject, fact: entry.fact, args: Vec::new(), id: None },
                    first,
                    position,
                );
            }
            (Some(entry), None) => unknown_names::missing_parentheses(at, subject, entry),
            (Some(entry), Some(args)) => {
                // Only empty parentheses are safe to remove.
                let brackets = self
                    .source_map
                    .last_at(position)
                    .filter(|_| args.is_empty())
                    .and_then(|last| Some(self.source_map.span(last.checked_sub(1)?, last)))
                    .filter(|brackets| brackets.start() == at.end());
                unknown_names::needless_parentheses(at, brackets, subject, entry)
            }
            (None, args) => match self.names.facts.get_key_value(name) {
                Some((name, kind)) if subject == Subject::Lead && args.is_none() => {
                    let is_time = *kind == Type::Moment;
                    return self.part_from(NodeKind::Own { name: name.clone(), is_time }, first, position);
                }
                _ => unknown_names::fact(at, subject, name, self.names),
            },
        };
        self.report(finding, position)
    }

    /// Any other step of a chain.
    pub(super) fn step(&mut self, on: TokenRange, step: ChainStep<'a>) -> TokenRange {
        match step {
            ChainStep::Field(name, position) => self.property(on, name, position),
            ChainStep::Method(name, args, position) => self.method(on, name, args, position),
        }
    }

    fn property(&mut self, on: TokenRange, name: &'a str, position: Position) -> TokenRange {
        let first = on.first;
        let number = match &on.kind {
            NodeKind::Literal(value @ (Value::Whole(_) | Value::Number(_))) => Some(value),
            NodeKind::Setting { value: value @ (Value::Whole(_) | Value::Number(_)), .. } => Some(value),
            _ => None,
        };
        if let Some(number) = number {
            return match methods::length(number, name) {
                Ok(length) => self.part_from(NodeKind::Literal(length), first, position),
                Err(error) if units::unit(name).is_some() => {
                    let at = self.source_map.span_at(position);
                    let (code, message) = match error.code {
                        EvaluationErrorCode::Limit => (codes::TOO_LARGE, "too-large-lapse"),
                        EvaluationErrorCode::InvalidValue => (codes::NOT_A_LENGTH, "not-a-length-days"),
                        _ => (codes::TOO_LARGE, "too-large-length"),
                    };
                    self.report(Finding::error(code, at).message(message), position)
                }
                Err(_) => self.report(unknown_names::unit(self.source_map.span_at(position), name), position),
            };
        }
        if name == "ago" {
            if self.names.in_example {
                return self.interpreted("interpreted-ago", position);
            }
            return self.report(unknown_names::ago(self.source_map.span_at(position)), position);
        }
        if on.kind.is_touch() {
            if !is_bare_builder(name) {
                return self.report(unknown_names::builder(self.source_map.span_at(position), name), position);
            }
            let on = Box::new(self.node(on));
            return self.part_from(NodeKind::Build { on, method: name.into(), args: Vec::new() }, first, position);
        }
        let method = match name {
            "len" => Method::Length,
            "is_empty" => Method::IsEmpty,
            unit => match units::unit(unit) {
                Some(unit) => Method::Unit(unit),
                None if is_known(&on.kind) => {
                    return self.report(unknown_names::method(self.source_map.span_at(position), name), position);
                }
                None => return self.interpreted_because_of("interpreted-reads", name, position),
            },
        };
        let on = Box::new(self.node(on));
        self.part_from(NodeKind::Method { on, method, args: Vec::new() }, first, position)
    }

    fn method(&mut self, on: TokenRange, name: &'a str, args: Vec<Node>, position: Position) -> TokenRange {
        let first = on.first;
        if on.kind.is_touch() {
            if !BUILDERS.iter().any(|(known, _)| *known == name) {
                return self.report(unknown_names::builder(self.source_map.span_at(position), name), position);
            }
            let on = Box::new(self.node(on));
            return self.part_from(NodeKind::Build { on, method: name.into(), args }, first, position);
        }
        // `hold.within(2.days)`: `hold` is no touch.
        let holds = matches!(&on.kind, NodeKind::Literal(Value::Text(text)) if &**text == HOLD);
        if holds && !self.names.in_example && BUILDERS.iter().any(|(known, _)| *known == name) {
            let span = self.source_map.span(on.first, on.last);
            return self.report(Finding::error(lints::HOLD_IN_RULE, span), position);
        }
        // Rhai calls a helper function of this name, with the value before the dot as `this`.
        if self.names.helpers.iter().any(|helper| &*helper.name == name) {
            return self.interpreted_because_of("interpreted-asks", name, position);
        }
        if is_known(&on.kind) && !METHODS.contains(&name) {
            let is_hold = matches!(&on.kind, NodeKind::Literal(Value::Text(text)) if &**text == HOLD);
            if is_hold && BUILDERS.iter().any(|(known, _)| *known == name) {
                let at = self.node(on).span;
                return self.report(Finding::error(lints::HOLD_IN_RULE, at), position);
            }
            return self.report(unknown_names::method(self.source_map.span_at(position), name), position);
        }
        let on = self.node(on);
        let method = match (name, args.as_slice()) {
            // Rhai evaluates the argument of `contains` before its object, and the operands of `in` the other way round.
            ("contains", [item]) if !may_fail(item) || !may_fail(&on) => {
                return self.part_from(NodeKind::Contains(Box::new(item.clone()), Box::new(on)), first, position);
            }
            ("len", []) => Method::Length,
            ("is_empty", []) => Method::IsEmpty,
            ("starts_with", [_]) => Method::StartsWith,
            ("ends_with", [_]) => Method::EndsWith,
            ("to_lower", []) => Method::Lower,
            ("to_upper", []) => Method::Upper,
            _ => return self.interpreted_because_of("interpreted-asks", name, position),
        };
        self.part_from(NodeKind::Method { on: Box::new(on), method, args }, first, position)
    }
}

/// Whether the kind of value is known: not for a parameter, variable or part that our tree cannot express.
fn is_known(kind: &NodeKind) -> bool {
    !matches!(kind, NodeKind::Literal(Value::Unknown) | NodeKind::Call { .. } | NodeKind::If(..))
}
