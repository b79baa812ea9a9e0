//! The lints: one a file, whose comment on its code is its page.
//!
//! A lint is asked about each node of a clause. It says only what it is sure of, and leaves alone what another one tells.

mod after_in_rule;
mod different_types;
mod empty_range;
mod hold_in_rule;
mod in_unknown;
mod integer_division;
mod late_promise;
mod may_be_unknown;
mod needless_fallback;
mod negated_unknown;
mod no_order;
mod no_such_sum;
mod not_a_condition;
mod not_a_count;
mod not_a_list;
mod not_a_sentence;
mod not_a_touch;
mod number_with_text;
mod role_or_person;
mod steps_out_of_order;
mod sum_of_unknown;
mod unknown_country;
mod unknown_word;
mod word_out_of_order;
mod wrong_arguments;

pub(crate) use hold_in_rule::HOLD_IN_RULE;
pub(crate) use not_a_condition::NOT_A_CONDITION;
pub(crate) use sum_of_unknown::known_where;
pub(crate) use wrong_arguments::WRONG_ARGUMENTS;

use crate::book::value::{Type, Value};
use crate::check::clause::ClauseSource;
use crate::check::types::{self, DeclaredFact, NodeType, can_compare, ways};
use crate::diagnostics::Span;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Comparison, Node, NodeKind};
use crate::pack::statement_forms::ClausePurpose;
use crate::pack::touch::HOLD;

/// Says what is wrong with a node.
pub(crate) type Lint = fn(&Node, &LintContext<'_>, &mut Vec<Finding>);

/// Every lint.
pub(crate) const LINTS: &[Lint] = &[
    after_in_rule::lint,
    different_types::lint,
    empty_range::lint,
    hold_in_rule::lint,
    in_unknown::lint,
    integer_division::lint,
    late_promise::lint,
    may_be_unknown::lint,
    needless_fallback::lint,
    negated_unknown::lint,
    no_order::lint,
    no_such_sum::lint,
    not_a_condition::lint,
    not_a_count::lint,
    not_a_list::lint,
    not_a_sentence::lint,
    not_a_touch::lint,
    number_with_text::lint,
    role_or_person::lint,
    steps_out_of_order::lint,
    sum_of_unknown::lint,
    unknown_country::lint,
    unknown_word::lint,
    word_out_of_order::lint,
    wrong_arguments::lint,
];

/// The clause that a node belongs to.
pub(crate) struct LintContext<'a> {
    pub written: ClauseSource<'a>,
    pub root: &'a Node,
    /// What each node gives, by its number.
    pub types: Vec<NodeType>,
}

impl LintContext<'_> {
    /// What a node gives.
    fn gives(&self, node: &Node) -> NodeType {
        types::by_number(&self.types, node)
    }

    /// The own fact of this name.
    fn own(&self, name: &str) -> Option<DeclaredFact> {
        (self.written.own)(name)
    }

    /// What the clause is for, asked of its whole; nothing for what is within it.
    fn purpose(&self, node: &Node) -> Option<ClausePurpose> {
        std::ptr::eq(node, self.root).then_some(self.written.purpose)
    }

    /// The parts of a node that must be true or false, each with whether it is negated; the clause itself where it is a condition.
    fn conditions<'n>(&self, node: &'n Node) -> Vec<(&'n Node, bool)> {
        let mut places: Vec<(&Node, bool)> = match &node.kind {
            NodeKind::And(operands) | NodeKind::Or(operands) => {
                operands.iter().map(|operand| (operand, false)).collect()
            }
            NodeKind::Not(operand) => vec![(operand, true)],
            NodeKind::If(condition, ..) => vec![(condition, false)],
            _ => Vec::new(),
        };
        if self.purpose(node) == Some(ClausePurpose::Condition) {
            places.push((node, false));
        }
        places
    }

    /// The text of a stretch.
    fn text(&self, span: Span) -> Option<&str> {
        self.written.source.get(span.bytes(self.written.source)?)
    }

    /// True for a value that stands there itself, not by the name of a constant or of a parameter of a helper function.
    fn is_written(&self, node: &Node) -> bool {
        let begins = |char: char| char == '"' || char.is_ascii_digit();
        matches!(node.kind, NodeKind::Literal(_)) && self.text(node.span).is_some_and(|text| text.starts_with(begins))
    }

    /// Two values that are compared and are of types that never are alike: their types. Of the ways of `??` and `if` none may fit.
    fn mismatch(&self, left: &Node, right: &Node) -> Option<(NodeType, NodeType)> {
        let pairs = ways(left).into_iter().flat_map(|left| ways(right).into_iter().map(move |right| (left, right)));
        let mut pairs = pairs.map(|(left, right)| (self.gives(left), self.gives(right))).peekable();
        let first = *pairs.peek()?;
        let fits =
            |pair: (NodeType, NodeType)| matches!(pair, (NodeType::Value(a), NodeType::Value(b)) if can_compare(a, b));
        (!pairs.any(fits)).then_some(first)
    }

    /// Every two values that a node compares, each pair with the stretch that it is told at.
    fn compared<'n>(&self, node: &'n Node) -> Vec<(&'n Node, &'n Node, Span)> {
        match &node.kind {
            NodeKind::Compare(_, left, right) => vec![(left, right, node.span)],
            NodeKind::In(item, items) => items.iter().map(|each| (&**item, each, each.span)).collect(),
            _ => Vec::new(),
        }
    }
}

/// `hold`, which is a text among values and a word among touches.
fn is_hold(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Literal(Value::Text(text)) if &**text == HOLD)
}

/// True for `<`, `<=`, `>` and `>=`.
const fn is_order(comparison: Comparison) -> bool {
    !matches!(comparison, Comparison::Equal | Comparison::NotEqual)
}

/// How a comparison is written.
const fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "is",
        Comparison::NotEqual => "is not",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

/// True for a count or number and a text, in either order.
fn number_and_text(pair: (NodeType, NodeType)) -> bool {
    let number = |gives| matches!(gives, NodeType::Value(Type::Whole | Type::Number));
    let text = |gives| gives == NodeType::Value(Type::Text);
    (number(pair.0) && text(pair.1)) || (text(pair.0) && number(pair.1))
}

/// True when both ask the same fact in the same way.
fn same(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (NodeKind::Own { name: a }, NodeKind::Own { name: b }) => a == b,
        (NodeKind::Fact { subject: s, fact: f, args: a }, NodeKind::Fact { subject: t, fact: g, args: b }) => {
            s == t && f == g && a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (NodeKind::Literal(a), NodeKind::Literal(b)) => a == b,
        (NodeKind::Setting { name: a, .. }, NodeKind::Setting { name: b, .. }) => a == b,
        _ => false,
    }
}
