//! Lowering of names, and the parts from which the tree is built.

use rhai::Position;

use crate::book::catalogue::FACTS;
use crate::book::value::Value;
use crate::book::vocabulary::{SignalKind, nearest_all};
use crate::diagnostics::finding::Finding;
use crate::language::lower::ClauseLowering;
use crate::language::names::{BUILT_IN, METHODS};
use crate::language::{dialect, example_lead, expectations, unknown_names};
use crate::pack::expression::{Node, NodeKind};
use crate::pack::touch::{BUILDERS, HOLD};
use crate::wording::Sentence;

/// A node before its span is known: what it computes, and its tokens.
pub(super) struct TokenRange {
    /// What it computes.
    pub kind: NodeKind,
    /// Index of its first token.
    pub first: usize,
    /// Index of its last token.
    pub last: usize,
}

impl ClauseLowering<'_> {
    /// The part that starts at this position and ends with that token or with the brackets that belong to it.
    pub(super) fn part(&self, kind: NodeKind, position: Position) -> TokenRange {
        let (first, last) = self.source_map.token_range(position);
        TokenRange { kind, first, last }
    }

    /// The node of a part.
    pub(super) fn node(&mut self, part: TokenRange) -> Node {
        self.inlined += usize::from(!self.frames.is_empty());
        Node::new(self.source_map.span(part.first, part.last), part.kind)
    }

    /// A part including the parentheses around it: `(a + b)` in `(a + b) * c`.
    pub(super) fn widen(&self, part: TokenRange) -> TokenRange {
        let (first, last) = self.source_map.widen(part.first, part.last);
        TokenRange { first, last, ..part }
    }

    /// Leaves the clause to the interpreter. `why` is the key of the reason; the part itself is an unknown value.
    pub(super) fn interpreted(&mut self, why: &'static str, position: Position) -> TokenRange {
        self.interpreted_because_of(why, "", position)
    }

    /// [`interpreted`](Self::interpreted) for a reason about something with a name.
    pub(super) fn interpreted_because_of(&mut self, why: &'static str, name: &str, position: Position) -> TokenRange {
        self.why.get_or_insert_with(|| Sentence::new(why).with("name", name));
        self.part(NodeKind::Literal(Value::Unknown), position)
    }

    /// Records a finding; the part itself is an unknown value.
    pub(super) fn report(&mut self, finding: Finding, position: Position) -> TokenRange {
        self.findings.push(finding);
        self.part(NodeKind::Literal(Value::Unknown), position)
    }

    /// A name by itself.
    pub(super) fn variable(&mut self, name: &str, position: Position) -> TokenRange {
        if self.is_local(name) {
            return self.part(NodeKind::Literal(Value::Unknown), position);
        }
        if let Some(argument) = self.argument(name) {
            return self.argument_value(name, argument, position);
        }
        if name == "now" {
            return self.part(NodeKind::Now, position);
        }
        if name == HOLD {
            return self.part(NodeKind::Literal(Value::text(HOLD)), position);
        }
        if let Some(action) = dialect::bare_action(name) {
            return self.part(NodeKind::Action(action), position);
        }
        if let Some((name, value)) = self.names.settings.get_key_value(name) {
            return self.part(NodeKind::Setting { name: name.clone(), value: value.clone() }, position);
        }
        match self.names.constants.get(name) {
            Some(Some(value)) => self.part(NodeKind::Literal(value.clone()), position),
            Some(None) => self.interpreted_because_of("interpreted-constant", name, position),
            None => self.interpreted_because_of("interpreted-whole", name, position),
        }
    }

    /// A call of a function that the pack does not define.
    pub(super) fn named_function(&mut self, name: &str, count: usize, position: Position) -> TokenRange {
        let signal = SignalKind::from_word(name).is_some() || name == example_lead::CALL;
        if self.names.in_example && (signal || expectations::FUNCTIONS.contains(&name)) {
            return self.interpreted("interpreted-signal", position);
        }
        // In statements Rhai's methods may be called as functions: `max(a, b)`.
        if BUILT_IN.contains(&name) || self.checking_names && is_function_of_a_value(name) {
            return self.interpreted_because_of("interpreted-calls", name, position);
        }
        let span = self.source_map.span_at(position);
        if self.names.in_example
            && let words = SignalKind::words().chain(expectations::FUNCTIONS.iter().copied())
            && let Some(meant) = nearest_all(name, words).first()
        {
            return self.report(unknown_names::in_example(span, name, meant), position);
        }
        self.report(unknown_names::function(span, name, count, &self.names.helpers), position)
    }
}

/// Whether a method of a value, touch or subject has this name. Rhai lets it be called as a function too.
fn is_function_of_a_value(name: &str) -> bool {
    METHODS.contains(&name)
        || BUILDERS.iter().any(|(known, _)| *known == name)
        || FACTS.iter().any(|entry| entry.name == name)
}
