//! The lints, one per file. The comment on a lint's code is the code's page in `docs/diagnostics`.
//!
//! Each lint is called for each node of a clause; [`undone_closing`], about opening hours, by the readers of hours. A lint reports only what is
//! certainly wrong, and nothing that another lint reports.

mod after_in_rule;
mod different_types;
mod either_way;
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
pub(crate) mod undone_closing;
mod unknown_country;
mod unknown_word;
mod word_out_of_order;
mod wrong_arguments;

pub(crate) use hold_in_rule::HOLD_IN_RULE;
pub(crate) use not_a_condition::NOT_A_CONDITION;
pub(crate) use sum_of_unknown::known_where;
pub(crate) use unknown_country::{UNKNOWN_COUNTRY, country_meant};
pub(crate) use wrong_arguments::WRONG_ARGUMENTS;

use crate::book::value::{Type, Value};
use crate::check::clause::ClauseSource;
use crate::check::types::{self, DeclaredFact, NodeType, alternatives, are_comparable};
use crate::diagnostics::Span;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Comparison, Node, NodeKind};
use crate::pack::statement_forms::ClausePurpose;
use crate::pack::touch::HOLD;

/// Adds its findings about a node.
pub(crate) type Lint = fn(&Node, &LintContext<'_>, &mut Vec<Finding>);

/// Every lint.
pub(crate) const LINTS: &[Lint] = &[
    after_in_rule::lint,
    different_types::lint,
    either_way::lint,
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

/// The clause of the node that a lint is called for.
pub(crate) struct LintContext<'a> {
    /// The clause.
    pub clause: ClauseSource<'a>,
    /// The root of its tree.
    pub root: &'a Node,
    /// The type of each node, by node id.
    pub types: Vec<NodeType>,
}

impl LintContext<'_> {
    /// The type of a node.
    fn type_of(&self, node: &Node) -> NodeType {
        types::type_of(&self.types, node)
    }

    /// The declared fact with this name; `None` when the pack declares none.
    fn declared_fact(&self, name: &str) -> Option<DeclaredFact> {
        (self.clause.own)(name)
    }

    /// The purpose of the clause when `node` is its root; `None` for any other node.
    fn purpose(&self, node: &Node) -> Option<ClausePurpose> {
        std::ptr::eq(node, self.root).then_some(self.clause.purpose)
    }

    /// The parts of a node that must be true or false, each with whether it is negated; also the root itself when the clause is a
    /// condition.
    fn condition_operands<'n>(&self, node: &'n Node) -> Vec<(&'n Node, bool)> {
        let mut operands: Vec<(&Node, bool)> = match &node.kind {
            NodeKind::And(parts) | NodeKind::Or(parts) => parts.iter().map(|operand| (operand, false)).collect(),
            NodeKind::Not(operand) => vec![(operand, true)],
            NodeKind::If(condition, ..) => vec![(condition, false)],
            _ => Vec::new(),
        };
        if self.purpose(node) == Some(ClausePurpose::Condition) {
            operands.push((node, false));
        }
        operands
    }

    /// The text of a span; `None` when it lies outside the file.
    fn source_text(&self, span: Span) -> Option<&str> {
        self.clause.source.get(span.bytes(self.clause.source)?)
    }

    /// Whether a node is a literal in the text, and not the value of a constant or of a helper function's parameter.
    fn is_written_literal(&self, node: &Node) -> bool {
        let begins = |char: char| char == '"' || char.is_ascii_digit();
        matches!(node.kind, NodeKind::Literal(_))
            && self.source_text(node.span).is_some_and(|text| text.starts_with(begins))
    }

    /// The types of two compared values when these can never be equal: no alternative of the one is comparable with one of the other.
    /// `None` when they can be compared.
    fn mismatch(&self, left: &Node, right: &Node) -> Option<(NodeType, NodeType)> {
        let pairs = alternatives(left)
            .into_iter()
            .flat_map(|left| alternatives(right).into_iter().map(move |right| (left, right)));
        let mut pairs = pairs.map(|(left, right)| (self.type_of(left), self.type_of(right))).peekable();
        let first = *pairs.peek()?;
        let fits = |pair: (NodeType, NodeType)| matches!(pair, (NodeType::Value(a), NodeType::Value(b)) if are_comparable(a, b));
        (!pairs.any(fits)).then_some(first)
    }

    /// The pairs of values that a node compares, each with the span for findings.
    fn compared_pairs<'n>(&self, node: &'n Node) -> Vec<(&'n Node, &'n Node, Span)> {
        match &node.kind {
            NodeKind::Compare(_, left, right) => vec![(left, right, node.span)],
            NodeKind::In(item, items) => items.iter().map(|each| (&**item, each, each.span)).collect(),
            _ => Vec::new(),
        }
    }
}

/// Whether a node is `hold`, which is a text in our tree.
fn is_hold(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Literal(Value::Text(text)) if &**text == HOLD)
}

/// Whether the comparison is `<`, `<=`, `>` or `>=`.
const fn is_ordering(comparison: Comparison) -> bool {
    !matches!(comparison, Comparison::Equal | Comparison::NotEqual)
}

/// The operator of a comparison, as rules write it.
const fn operator(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "is",
        Comparison::NotEqual => "is not",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

/// Whether one is a number and the other a text.
fn is_number_with_text(pair: (NodeType, NodeType)) -> bool {
    let number = |node_type| matches!(node_type, NodeType::Value(Type::Whole | Type::Number));
    let text = |node_type| node_type == NodeType::Value(Type::Text);
    (number(pair.0) && text(pair.1)) || (text(pair.0) && number(pair.1))
}

/// Whether both nodes read the same value: the same fact with the same arguments, or equal literals.
fn is_same_value(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (NodeKind::Own { name: a, .. }, NodeKind::Own { name: b, .. }) => a == b,
        (NodeKind::Fact { subject: s, fact: f, args: a, .. }, NodeKind::Fact { subject: t, fact: g, args: b, .. }) => {
            s == t && f == g && a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same_value(a, b))
        }
        (NodeKind::Literal(a), NodeKind::Literal(b)) => a == b,
        (NodeKind::Setting { name: a, .. }, NodeKind::Setting { name: b, .. }) => a == b,
        _ => false,
    }
}
