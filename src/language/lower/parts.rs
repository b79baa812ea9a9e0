//! Parts of a tree in the making: what a stretch of tokens computes, what a name stands for, and what to put where the tree ends.

use rhai::Position;

use crate::book::catalogue::FACTS;
use crate::book::value::Value;
use crate::book::vocabulary::{SignalKind, nearest_all};
use crate::diagnostics::finding::Finding;
use crate::language::lower::ClauseLowering;
use crate::language::names::{BUILT_IN, METHODS};
use crate::language::{dialect, example_lead, unknown_names};
use crate::pack::expression::{Node, NodeKind};
use crate::pack::touch::{BUILDERS, HOLD};
use crate::wording::Sentence;

/// What a stretch of tokens, first and last included, computes.
pub(super) struct TokenRange {
    pub kind: NodeKind,
    pub first: usize,
    pub last: usize,
}

impl ClauseLowering<'_> {
    /// A part that is one token, or a token with the bracket that it opens or that follows it.
    pub(super) fn part(&self, kind: NodeKind, point: Position) -> TokenRange {
        let (first, last) = self.places.reach(point);
        TokenRange { kind, first, last }
    }

    pub(super) fn node(&mut self, part: TokenRange) -> Node {
        self.inlined += usize::from(!self.frames.is_empty());
        Node::new(self.places.span(part.first, part.last), part.kind)
    }

    /// The same part with the brackets around it: `(a + b)` in `(a + b) * c`.
    pub(super) fn widen(&self, part: TokenRange) -> TokenRange {
        let (first, last) = self.places.widen(part.first, part.last);
        TokenRange { first, last, ..part }
    }

    pub(super) fn other(&mut self, why: &'static str, point: Position) -> TokenRange {
        self.other_named(why, "", point)
    }

    /// The same for a reason that names something.
    pub(super) fn other_named(&mut self, why: &'static str, name: &str, point: Position) -> TokenRange {
        self.why.get_or_insert_with(|| Sentence::new(why).with("name", name));
        self.part(NodeKind::Literal(Value::Unknown), point)
    }

    pub(super) fn find(&mut self, finding: Finding, point: Position) -> TokenRange {
        self.findings.push(finding);
        self.part(NodeKind::Literal(Value::Unknown), point)
    }

    pub(super) fn variable(&mut self, name: &str, point: Position) -> TokenRange {
        if self.is_local(name) {
            return self.part(NodeKind::Literal(Value::Unknown), point);
        }
        if let Some(handed) = self.handed(name) {
            return self.handed_over(name, handed, point);
        }
        if name == "now" {
            return self.part(NodeKind::Now, point);
        }
        if name == HOLD {
            return self.part(NodeKind::Literal(Value::text(HOLD)), point);
        }
        if let Some(action) = dialect::bare(name) {
            return self.part(NodeKind::Action(action), point);
        }
        if let Some((name, value)) = self.names.settings.get_key_value(name) {
            return self.part(NodeKind::Setting { name: name.clone(), value: value.clone() }, point);
        }
        match self.names.constants.get(name) {
            Some(Some(value)) => self.part(NodeKind::Literal(value.clone()), point),
            Some(None) => self.other_named("walker-constant", name, point),
            None => self.other_named("walker-whole", name, point),
        }
    }

    /// A call of what is no helper function of this pack.
    pub(super) fn named_function(&mut self, name: &str, count: usize, point: Position) -> TokenRange {
        let signal = SignalKind::from_word(name).is_some() || name == example_lead::CALL;
        if signal && self.names.in_example {
            return self.other("walker-signal", point);
        }
        // Within statements Rhai's functions may be called without a dot, as `max(a, b)`.
        if BUILT_IN.contains(&name) || self.looking && is_function_of_a_value(name) {
            return self.other_named("walker-calls", name, point);
        }
        let span = self.places.span_at(point);
        if self.names.in_example
            && let Some(kind) = nearest_all(name, SignalKind::words()).first()
        {
            return self.find(unknown_names::signal(span, name, kind), point);
        }
        self.find(unknown_names::function(span, name, count, &self.names.helpers), point)
    }
}

/// True for what can be asked of a value with a dot: Rhai calls such functions without one too.
fn is_function_of_a_value(name: &str) -> bool {
    METHODS.contains(&name)
        || BUILDERS.iter().any(|(known, _)| *known == name)
        || FACTS.iter().any(|entry| entry.name == name)
}
