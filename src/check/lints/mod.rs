//! The lints, one per file. The comment on a lint's code is the code's page in `docs/diagnostics`.
//!
//! Most lints are called for each node of a clause, some once for each `enter`, `rule` and `cadence` ([`STATEMENT_LINTS`]); [`undone_closing`], about
//! opening hours, by the readers of hours, and [`missing_reason`] once for the rules of a pack. A lint reports only what is certainly wrong, and
//! nothing that another lint reports.
//!
//! Those that only warn are for authors: [`FOR_AUTHORS`](crate::check::FOR_AUTHORS).

mod activity_target;
mod after_in_rule;
mod different_types;
mod early_pitch;
mod either_way;
mod empty_range;
mod hold_in_rule;
mod in_unknown;
mod integer_division;
mod late_promise;
mod may_be_unknown;
pub(crate) mod missing_reason;
mod named_person;
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
mod single_channel;
mod steps_out_of_order;
mod sum_of_unknown;
pub(crate) mod thousands_dot;
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
use crate::check::lints::thousands_dot::WrittenNumber;
use crate::check::types::{self, DeclaredFact, NodeType, alternatives, are_comparable};
use crate::diagnostics::Span;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Body, Clause, Comparison, Node, NodeKind};
use crate::pack::statement_forms::{ClausePurpose, StatementKind};
use crate::pack::touch::{Action, HOLD};

/// Adds its findings about a node.
pub(crate) type Lint = fn(&Node, &LintContext<'_>, &mut Vec<Finding>);

/// The lints that find errors, by which a statement is left out.
pub(crate) const ERROR_LINTS: &[Lint] = &[
    different_types::lint,
    hold_in_rule::lint,
    no_order::lint,
    no_such_sum::lint,
    not_a_condition::lint,
    not_a_count::lint,
    not_a_list::lint,
    not_a_sentence::lint,
    not_a_touch::lint,
    number_with_text::lint,
    thousands_dot::lint,
    unknown_country::lint,
    unknown_word::lint,
    word_out_of_order::lint,
    wrong_arguments::lint,
];

/// The lints that warn. They change no decision.
pub(crate) const WARNING_LINTS: &[Lint] = &[
    after_in_rule::lint,
    either_way::lint,
    empty_range::lint,
    in_unknown::lint,
    integer_division::lint,
    late_promise::lint,
    may_be_unknown::lint,
    missing_reason::lint,
    named_person::lint,
    needless_fallback::lint,
    negated_unknown::lint,
    role_or_person::lint,
    steps_out_of_order::lint,
    sum_of_unknown::lint,
];

/// Adds its findings about a statement.
pub(crate) type StatementLint = fn(&StatementContext<'_>, &mut Vec<Finding>);

/// Every lint about a statement as a whole.
pub(crate) const STATEMENT_LINTS: &[StatementLint] =
    &[activity_target::lint, early_pitch::lint, named_person::lint_conditions, single_channel::lint];

/// The statement that a lint is called for: an `enter`, `rule` or `cadence`. A clause that is interpreted or has an error is absent.
pub(crate) struct StatementContext<'a> {
    /// Which of them.
    pub kind: StatementKind,
    /// Its `when`.
    pub when: Option<&'a Node>,
    /// The condition under which it does not hold although its `when` does; of a series, the one that stops it.
    pub unless: Option<&'a Node>,
    /// What it proposes.
    pub touches: Option<&'a Node>,
}

impl<'a> StatementContext<'a> {
    /// The context of a statement with these clauses.
    pub(crate) fn new(
        kind: StatementKind,
        when: Option<&'a Clause>,
        unless: Option<&'a Clause>,
        touches: Option<&'a Clause>,
    ) -> Self {
        let tree = |clause: Option<&'a Clause>| match clause.map(|clause| &clause.body) {
            Some(Body::Compiled(node)) => Some(node),
            _ => None,
        };
        Self { kind, when: tree(when), unless: tree(unless), touches: tree(touches) }
    }

    /// Its conditions.
    fn conditions(&self) -> impl Iterator<Item = &'a Node> + use<'a> {
        self.when.into_iter().chain(self.unless)
    }
}

/// Whether touches have a contact or an answer among them, whatever the lead.
fn proposes_contact(touches: &Node) -> bool {
    match &touches.kind {
        NodeKind::Action(Action::Contact(_) | Action::Answer) => true,
        NodeKind::Action(_) => false,
        kind => kind.parts().into_iter().any(proposes_contact),
    }
}

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

    /// The numbers with a dot of thousands of which a node has its value: its own, or those in the declaration of the setting or constant that it reads.
    fn written_numbers(&self, node: &Node) -> Vec<WrittenNumber> {
        let Some(text) = self.source_text(node.span) else { return Vec::new() };
        let name = match &node.kind {
            NodeKind::Setting { name, .. } => name,
            _ => text,
        };
        match self.clause.declared_thousands.get(name) {
            Some(declared) => declared.clone(),
            None if self.is_written_literal(node) || text.starts_with('-') => self.numbers_within(node.span),
            None => Vec::new(),
        }
    }

    /// The numbers with a dot of thousands in the text of a span, and in the declarations of the settings and constants that it names.
    fn numbers_within(&self, span: Span) -> Vec<WrittenNumber> {
        let Some(text) = self.source_text(span) else { return Vec::new() };
        let at = |offset: usize| {
            let before = text.get(..offset).unwrap_or_default();
            let lines = before.matches('\n').count();
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
            let column = if lines == 0 { column + span.column as usize } else { column + 1 };
            (span.line + u32::try_from(lines).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
        };
        let own = thousands_dot::thousands(text).into_iter().map(|range| {
            let ((line, column), (end_line, end_column)) = (at(range.start), at(range.end));
            (Span { line, column, end_line, end_column }, text.get(range).unwrap_or_default().to_owned())
        });
        let words = text.split(|letter: char| letter != '_' && !letter.is_alphanumeric());
        let declared = words.filter_map(|word| self.clause.declared_thousands.get(word)).flatten().cloned();
        own.chain(declared).collect()
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
