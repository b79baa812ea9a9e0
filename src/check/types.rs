//! Type inference: the type of each node of a clause, and whether its value may be unknown.
//!
//! It reports nothing; that is for the [`lints`](crate::check::lints). Invariant: a type that cannot be inferred is [`Type::Any`], which is
//! compatible with every type, so that an error is reported once and not at every node above it.

use crate::book::catalogue::{FACTS, Fact, FactEntry, Subject};
use crate::book::value::Type;
use crate::book::vocabulary::{Basis, LegalForm, Outcome, QuoteStatus, Role, SignalKind, Stage, Stance};
use crate::diagnostics::Span;
use crate::pack::expression::{Arithmetic, Method, Node, NodeKind};
use crate::wording::Arg;

/// The type of a node, as far as it can be inferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeType {
    /// A value of this type.
    Value(Type),
    /// A touch or another action.
    Touch,
}

/// A fact that the pack declares.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DeclaredFact {
    /// Its type.
    pub kind: Type,
    /// Where it is declared.
    pub span: Span,
}

/// Finds a declared fact of the pack by name.
pub(crate) type DeclaredFacts<'a> = &'a dyn Fn(&str) -> Option<DeclaredFact>;

/// The type of each node of a tree, by node id.
pub(crate) fn infer_types(root: &Node, own: DeclaredFacts<'_>) -> Vec<NodeType> {
    let mut types = vec![NodeType::Value(Type::Any); root.size()];
    fill(root, own, &mut types);
    types
}

/// Fills in the types of a node and its parts.
fn fill(node: &Node, own: DeclaredFacts<'_>, types: &mut [NodeType]) {
    for part in node.kind.parts() {
        fill(part, own, types);
    }
    let inferred = infer(node, own, &|part| type_of(types, part));
    if let Some(slot) = usize::try_from(node.id).ok().and_then(|id| types.get_mut(id)) {
        *slot = inferred;
    }
}

/// The type of a node, from the types of its tree.
pub(crate) fn type_of(types: &[NodeType], node: &Node) -> NodeType {
    let known = usize::try_from(node.id).ok().and_then(|id| types.get(id));
    known.copied().unwrap_or(NodeType::Value(Type::Any))
}

/// The type of a node, from the types of its parts.
fn infer(node: &Node, own: DeclaredFacts<'_>, part: &dyn Fn(&Node) -> NodeType) -> NodeType {
    NodeType::Value(match &node.kind {
        NodeKind::Literal(literal) | NodeKind::Setting { value: literal, .. } => literal.kind(),
        NodeKind::Now => Type::Moment,
        NodeKind::Fact { subject, fact, .. } => entry(*subject, *fact).map_or(Type::Any, |entry| entry.returns),
        NodeKind::Own { name, .. } => own(name).map_or(Type::Any, |own| own.kind),
        NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Not(_) => Type::Truth,
        NodeKind::Compare(..) | NodeKind::In(..) | NodeKind::Contains(..) | NodeKind::InRange(..) => Type::Truth,
        NodeKind::Negate(operand) => match part(operand) {
            NodeType::Value(kind @ (Type::Whole | Type::Number | Type::Length)) => kind,
            _ => Type::Any,
        },
        NodeKind::Arith(sign, left, right) => match (part(left), part(right)) {
            (NodeType::Value(a), NodeType::Value(b)) => arithmetic_type(*sign, a, b).unwrap_or(Type::Any),
            _ => Type::Any,
        },
        NodeKind::Coalesce(operands) => return common_type(operands.iter().map(part)),
        NodeKind::If(_, yes, no) => {
            let no = no.as_ref().map_or(NodeType::Value(Type::Any), |no| part(no));
            return common_type([part(yes), no].into_iter());
        }
        NodeKind::Text(_) => Type::Text,
        NodeKind::List(_) => Type::List,
        NodeKind::Method { method, .. } => method_signature(*method).1,
        NodeKind::Call { body, .. } => return part(body),
        NodeKind::Action(_) | NodeKind::Build { .. } => return NodeType::Touch,
    })
}

/// The types that a method is defined for, and the type of its result.
pub(crate) fn method_signature(method: Method) -> (&'static [Type], Type) {
    const TEXT_OR_LIST: &[Type] = &[Type::Text, Type::List];
    const NUMBER: &[Type] = &[Type::Whole, Type::Number];
    match method {
        Method::Length => (TEXT_OR_LIST, Type::Whole),
        Method::IsEmpty => (TEXT_OR_LIST, Type::Truth),
        Method::StartsWith | Method::EndsWith => (&[Type::Text], Type::Truth),
        Method::Lower | Method::Upper => (&[Type::Text], Type::Text),
        Method::Unit(unit) if unit.starts_with("working") => (NUMBER, Type::WorkingLength),
        Method::Unit(_) => (NUMBER, Type::Length),
    }
}

/// The common type of several alternatives.
fn common_type(mut alternatives: impl Iterator<Item = NodeType>) -> NodeType {
    let number = |node_type| matches!(node_type, NodeType::Value(Type::Whole | Type::Number));
    let Some(first) = alternatives.next() else { return NodeType::Value(Type::Any) };
    alternatives.fold(first, |common, way| match way {
        way if way == common => common,
        way if number(way) && number(common) => NodeType::Value(Type::Number),
        _ => NodeType::Value(Type::Any),
    })
}

/// The type of the result of an operation on values of these types; `None` when it is not defined for them.
pub(crate) fn arithmetic_type(sign: Arithmetic, a: Type, b: Type) -> Option<Type> {
    use Arithmetic as A;
    Some(match (sign, a, b) {
        (A::Add, Type::Text, _) | (A::Add, _, Type::Text) => Type::Text,
        (_, Type::Any, _) | (_, _, Type::Any) => Type::Any,
        (_, Type::Whole, Type::Whole) => Type::Whole,
        (_, Type::Whole | Type::Number, Type::Whole | Type::Number) => Type::Number,
        (A::Add | A::Subtract, Type::Length, Type::Length) => Type::Length,
        (A::Multiply, Type::Length, Type::Whole) | (A::Multiply, Type::Whole, Type::Length) => Type::Length,
        (A::Add | A::Subtract, Type::Moment, Type::Length) => Type::Moment,
        (A::Subtract, Type::Moment, Type::Moment) => Type::Length,
        (A::Subtract, Type::Text, Type::Text) => Type::Text,
        (A::Add | A::Subtract, Type::List, _) => Type::List,
        _ => return None,
    })
}

/// The nodes of which one gives the node's value: each operand of `??` and each branch of `if`.
pub(crate) fn alternatives(node: &Node) -> Vec<&Node> {
    match &node.kind {
        NodeKind::Coalesce(operands) => operands.iter().flat_map(alternatives).collect(),
        NodeKind::If(_, yes, Some(no)) => alternatives(yes).into_iter().chain(alternatives(no)).collect(),
        NodeKind::Call { body, .. } => alternatives(body),
        _ => vec![node],
    }
}

/// Whether values of these types can be compared.
pub(crate) fn are_comparable(a: Type, b: Type) -> bool {
    a == b || a == Type::Any || b == Type::Any || (is_number(a) && is_number(b))
}

/// Whether values of this type are numbers.
pub(crate) const fn is_number(kind: Type) -> bool {
    matches!(kind, Type::Whole | Type::Number)
}

/// Whether the value may be unknown for a lead.
pub(crate) fn may_be_unknown(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Fact { subject, fact, .. } => entry(*subject, *fact).is_some_and(|entry| !entry.total),
        NodeKind::Own { .. } => true,
        NodeKind::Call { body, .. } => may_be_unknown(body),
        NodeKind::Coalesce(operands) => operands.iter().all(may_be_unknown),
        NodeKind::If(_, yes, no) => may_be_unknown(yes) || no.as_ref().is_none_or(|no| may_be_unknown(no)),
        _ => false,
    }
}

/// The catalogue entry of a fact of this subject.
pub(crate) fn entry(subject: Subject, fact: Fact) -> Option<&'static FactEntry> {
    FACTS.iter().find(|entry| entry.fact == fact && entry.subjects.contains(&subject))
}

/// The closed list of words that a fact can give, and its words; `None` for any other node.
pub(crate) fn vocabulary(kind: &NodeKind) -> Option<(WordList, Vec<&'static str>)> {
    let NodeKind::Fact { fact, .. } = kind else { return None };
    words_of(*fact)
}

/// The closed list of words that a fact can give, and its words; `None` for a fact that gives anything else.
pub(crate) fn words_of(fact: Fact) -> Option<(WordList, Vec<&'static str>)> {
    Some(match fact {
        Fact::Stage => (WordList::Stage, Stage::words().collect()),
        Fact::Role | Fact::Roles | Fact::RolesMissing => (WordList::Role, Role::words().collect()),
        Fact::LastOutcome => (WordList::Outcome, Outcome::words().collect()),
        Fact::Question => (WordList::Signal, SignalKind::words().collect()),
        Fact::LegalForm => (WordList::LegalForm, LegalForm::words().collect()),
        Fact::Stance => (WordList::Stance, Stance::words().collect()),
        Fact::ConsentBasis => (WordList::Basis, Basis::words().collect()),
        Fact::LastQuote => (WordList::QuoteStatus, QuoteStatus::words().collect()),
        _ => return None,
    })
}

/// The closed word lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub(crate) enum WordList {
    Stage,
    Channel,
    Role,
    Signal,
    Outcome,
    LegalForm,
    Stance,
    Basis,
    QuoteStatus,
}

impl WordList {
    /// What a word of the list is called, as a message argument: `stage`.
    pub fn noun(self) -> Arg {
        Arg::Key(match self {
            Self::Stage => "noun-stage",
            Self::Channel => "noun-channel",
            Self::Role => "noun-role",
            Self::Signal => "noun-signal",
            Self::Outcome => "noun-outcome",
            Self::LegalForm => "noun-legal-form",
            Self::Stance => "noun-stance",
            Self::Basis => "noun-basis",
            Self::QuoteStatus => "noun-quote-status",
        })
    }

    /// What a word of the list is called, with article: `a stage`.
    pub fn noun_with_article(self) -> Arg {
        Arg::Key(match self {
            Self::Stage => "a-stage",
            Self::Channel => "a-channel",
            Self::Role => "a-role",
            Self::Signal => "a-signal",
            Self::Outcome => "an-outcome",
            Self::LegalForm => "a-legal-form",
            Self::Stance => "a-stance",
            Self::Basis => "a-basis",
            Self::QuoteStatus => "a-quote-status",
        })
    }
}

/// A type as a message argument: `a length of time`.
pub(crate) fn type_argument(node_type: NodeType) -> Arg {
    match node_type {
        NodeType::Value(kind) => kind.with_article(),
        NodeType::Touch => Arg::Key("a-touch"),
    }
}

/// The key of the advice for two values of types that cannot be combined.
pub(crate) fn conversion_help(a: NodeType, b: NodeType) -> &'static str {
    let has = |wanted: Type| a == NodeType::Value(wanted) || b == NodeType::Value(wanted);
    let number = has(Type::Whole) || has(Type::Number);
    if has(Type::Length) && number {
        "help-give-unit"
    } else if has(Type::Text) && number {
        "help-same-kind-text"
    } else if has(Type::Truth) {
        "help-condition-alone"
    } else if has(Type::WorkingLength) {
        "help-working-time"
    } else {
        "help-same-kind"
    }
}
