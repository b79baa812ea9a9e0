//! How many operations a compiled clause takes at most, for any lead.
//!
//! The unit is a step of Rhai's interpreter, so that compiled and interpreted clauses share one limit. A node of the tree takes a small part of
//! that; comparing, joining and searching texts and lists takes in proportion to their length. A tree has no loops, so what it takes is known
//! when it is read: the lengths of constants, and for facts the longest that a lead may have. A clause that may take more than
//! [`limits::COMPILED_OPERATIONS`] is not compiled: it runs on the interpreter, which counts what it really takes.
//!
//! Not counted: the facts of the rulebook with constant arguments, which are computed once per lead for all rules.

use crate::book::catalogue::{FACTS, Fact};
use crate::book::value::{Type, Value};
use crate::limits;
use crate::pack::expression::{Arithmetic, Node, NodeKind};

/// What a text of this many bytes costs to copy, compare or search; at least one operation.
pub fn text_cost(bytes: usize) -> u64 {
    1 + whole(bytes / limits::BYTES_PER_OPERATION)
}

/// What a list of this many items costs to copy.
pub fn items_cost(items: usize) -> u64 {
    whole(items / limits::ITEMS_PER_OPERATION)
}

/// What a fact that goes through this many signals costs.
pub fn signals_cost(signals: usize) -> u64 {
    1 + whole(signals / limits::SIGNALS_PER_OPERATION)
}

fn whole(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// The most operations that a compiled expression takes.
pub(crate) fn most_operations(node: &Node) -> u64 {
    measure(node).work.div_ceil(NODES_PER_OPERATION)
}

/// Nodes of a tree that take as long as one step of the interpreter.
const NODES_PER_OPERATION: u64 = 8;
/// Bytes of text that take as long as a node.
const BYTES_PER_NODE: usize = 64;
/// What a fact costs whose arguments are only known when the rule runs: it is computed for this clause alone, from the signals.
const COMPUTED_FACT: u64 = 400;

/// What a node takes and gives, at most.
#[derive(Clone, Copy, Default)]
struct Measure {
    /// What it takes, in nodes.
    work: u64,
    /// The bytes of its value, where that is a text or a list of texts.
    bytes: usize,
    /// The items of its value, where that is a list.
    items: usize,
}

impl Measure {
    /// The work of both, and a value of both together.
    fn and(self, other: Self) -> Self {
        Self {
            work: self.work.saturating_add(other.work),
            bytes: self.bytes.saturating_add(other.bytes),
            items: self.items.saturating_add(other.items),
        }
    }

    fn taking(self, work: u64) -> Self {
        Self { work: self.work.saturating_add(work), ..self }
    }

    /// What it takes to go through the value once.
    fn pass(self) -> u64 {
        whole(self.items).saturating_add(whole(self.bytes / BYTES_PER_NODE))
    }

    /// A value without a length.
    fn scalar(self) -> Self {
        Self { bytes: 0, items: 0, ..self }
    }
}

fn all<'n>(nodes: impl IntoIterator<Item = &'n Node>) -> Measure {
    nodes.into_iter().map(measure).fold(Measure::default(), Measure::and)
}

fn measure(node: &Node) -> Measure {
    let parts = all(node.kind.parts()).taking(1);
    match &node.kind {
        NodeKind::Literal(value) | NodeKind::Setting { value, .. } => of_value(value).taking(1),
        NodeKind::Fact { fact, args, .. } => {
            let known = args.iter().all(|arg| arg.constant().is_some());
            let work = if known { 0 } else { COMPUTED_FACT };
            let (bytes, items) = longest(*fact);
            Measure { bytes, items, ..parts.taking(work) }
        }
        NodeKind::Own { .. } => Measure { bytes: limits::TEXT_BYTES, ..parts },
        NodeKind::Compare(_, left, right) => {
            let (left, right) = (measure(left), measure(right));
            parts.taking(left.pass().min(right.pass())).scalar()
        }
        NodeKind::In(needle, items) => {
            let needle = measure(needle);
            let compared = items.iter().map(|item| 1 + measure(item).pass().min(needle.pass()));
            parts.taking(compared.fold(0, u64::saturating_add)).scalar()
        }
        NodeKind::Contains(needle, haystack) => {
            let needle = measure(needle).pass();
            let haystack = measure(haystack);
            // Each item of a list is compared with the needle.
            parts.taking(haystack.pass().saturating_add(needle.min(haystack.pass()))).scalar()
        }
        // The text of a number or length beside a text is short.
        NodeKind::Arith(Arithmetic::Add | Arithmetic::Subtract, ..) => {
            Measure { bytes: parts.bytes.saturating_add(TEXT_OF_VALUE), ..parts }.passed()
        }
        NodeKind::Text(parts_of_text) => {
            let bytes = parts.bytes.saturating_add(TEXT_OF_VALUE.saturating_mul(parts_of_text.len()));
            Measure { bytes, items: 0, ..parts }.passed()
        }
        NodeKind::List(items) => Measure { items: parts.items.saturating_add(items.len()), ..parts }.passed(),
        NodeKind::Method { .. } => parts.passed(),
        NodeKind::Call { body, .. } => Measure { work: parts.work, ..measure(body) },
        NodeKind::If(..) | NodeKind::Coalesce(_) | NodeKind::Build { .. } => parts,
        _ => parts.scalar(),
    }
}

impl Measure {
    /// The value is copied once. One that is larger than rules may compute is refused before it is used.
    fn passed(self) -> Self {
        let made = Self { bytes: self.bytes.min(limits::TEXT), items: self.items.min(limits::LIST), ..self };
        made.taking(made.pass())
    }
}

/// The bytes and items of the longest value of a fact.
fn longest(fact: Fact) -> (usize, usize) {
    match FACTS.iter().find(|entry| entry.fact == fact).map(|entry| entry.returns) {
        Some(Type::Text) => (limits::TEXT_BYTES, 0),
        Some(Type::List) => (ROLES * TEXT_OF_VALUE, ROLES),
        _ => (0, 0),
    }
}

/// The bytes of a number, length of time or moment that becomes text.
const TEXT_OF_VALUE: usize = 64;
/// The most roles there are.
const ROLES: usize = 8;

fn of_value(value: &Value) -> Measure {
    match value {
        Value::Text(text) => Measure { bytes: text.len(), ..Measure::default() },
        Value::List(items) => {
            let inside = items.iter().map(of_value).fold(Measure::default(), Measure::and);
            Measure { items: inside.items.saturating_add(items.len()), ..inside }
        }
        _ => Measure::default(),
    }
}
