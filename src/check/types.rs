//! The types of a clause: what each node gives, as far as can be told, and whether it may be unknown.
//!
//! Only tells; what is wrong about it is for the [`lints`](crate::check::lints). Invariant: what cannot be told is [`Type::Any`], which goes
//! with everything, so that a fault is told once and not at every node above it.

use crate::book::catalogue::{FACTS, Fact, FactEntry, Subject};
use crate::book::value::Type;
use crate::book::vocabulary::{Basis, LegalForm, Outcome, Role, Stage, Stance};
use crate::diagnostics::Span;
use crate::pack::expression::{Arithmetic, Method, Node, NodeKind};
use crate::wording::Arg;

/// What a node gives, as far as can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeType {
    /// A value of this type.
    Value(Type),
    /// Something to do.
    Touch,
}

/// A fact of the team's own, as a clause needs to know it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DeclaredFact {
    /// Its type.
    pub kind: Type,
    /// Where it is declared.
    pub span: Span,
}

/// The own facts of a pack, by name.
pub(crate) type DeclaredFacts<'a> = &'a dyn Fn(&str) -> Option<DeclaredFact>;

/// What each node of a tree gives, by its number.
pub(crate) fn of_tree(root: &Node, own: DeclaredFacts<'_>) -> Vec<NodeType> {
    let mut types = vec![NodeType::Value(Type::Any); root.size()];
    fill(root, own, &mut types);
    types
}

fn fill(node: &Node, own: DeclaredFacts<'_>, types: &mut [NodeType]) {
    for part in node.kind.parts() {
        fill(part, own, types);
    }
    let gives = gives(node, own, &|part| by_number(types, part));
    if let Some(place) = usize::try_from(node.id).ok().and_then(|id| types.get_mut(id)) {
        *place = gives;
    }
}

/// What a node gives, of a tree whose types are known.
pub(crate) fn by_number(types: &[NodeType], node: &Node) -> NodeType {
    let known = usize::try_from(node.id).ok().and_then(|id| types.get(id));
    known.copied().unwrap_or(NodeType::Value(Type::Any))
}

/// What a node gives, from what its parts give.
fn gives(node: &Node, own: DeclaredFacts<'_>, part: &dyn Fn(&Node) -> NodeType) -> NodeType {
    NodeType::Value(match &node.kind {
        NodeKind::Literal(literal) | NodeKind::Setting { value: literal, .. } => literal.kind(),
        NodeKind::Now => Type::Moment,
        NodeKind::Fact { subject, fact, .. } => entry(*subject, *fact).map_or(Type::Any, |entry| entry.returns),
        NodeKind::Own { name } => own(name).map_or(Type::Any, |own| own.kind),
        NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Not(_) => Type::Truth,
        NodeKind::Compare(..) | NodeKind::In(..) | NodeKind::Contains(..) | NodeKind::InRange(..) => Type::Truth,
        NodeKind::Negate(operand) => match part(operand) {
            NodeType::Value(kind @ (Type::Whole | Type::Number | Type::Length)) => kind,
            _ => Type::Any,
        },
        NodeKind::Arith(sign, left, right) => match (part(left), part(right)) {
            (NodeType::Value(a), NodeType::Value(b)) => sum(*sign, a, b).unwrap_or(Type::Any),
            _ => Type::Any,
        },
        NodeKind::Coalesce(operands) => return one_of(operands.iter().map(part)),
        NodeKind::If(_, yes, no) => {
            let no = no.as_ref().map_or(NodeType::Value(Type::Any), |no| part(no));
            return one_of([part(yes), no].into_iter());
        }
        NodeKind::Text(_) => Type::Text,
        NodeKind::List(_) => Type::List,
        NodeKind::Method { method, .. } => asked(*method).1,
        NodeKind::Call { body, .. } => return part(body),
        NodeKind::Action(_) | NodeKind::Build { .. } => return NodeType::Touch,
    })
}

/// What a method can be asked of, and what it gives.
pub(crate) fn asked(method: Method) -> (&'static [Type], Type) {
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

/// What several ways have in common.
fn one_of(mut ways: impl Iterator<Item = NodeType>) -> NodeType {
    let number = |gives| matches!(gives, NodeType::Value(Type::Whole | Type::Number));
    let Some(first) = ways.next() else { return NodeType::Value(Type::Any) };
    ways.fold(first, |so_far, way| match way {
        way if way == so_far => so_far,
        way if number(way) && number(so_far) => NodeType::Value(Type::Number),
        _ => NodeType::Value(Type::Any),
    })
}

/// The type of a sum; `None` when there is no such sum.
pub(crate) fn sum(sign: Arithmetic, a: Type, b: Type) -> Option<Type> {
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

/// The values that a node may come down to: each way of `??` and `if`.
pub(crate) fn ways(node: &Node) -> Vec<&Node> {
    match &node.kind {
        NodeKind::Coalesce(operands) => operands.iter().flat_map(ways).collect(),
        NodeKind::If(_, yes, Some(no)) => ways(yes).into_iter().chain(ways(no)).collect(),
        NodeKind::Call { body, .. } => ways(body),
        _ => vec![node],
    }
}

/// True when values of these types can be compared.
pub(crate) fn can_compare(a: Type, b: Type) -> bool {
    a == b || a == Type::Any || b == Type::Any || (is_number(a) && is_number(b))
}

/// True for counts and numbers.
pub(crate) const fn is_number(kind: Type) -> bool {
    matches!(kind, Type::Whole | Type::Number)
}

/// True when the value can be missing for a lead, so that it takes part in comparisons as an unknown.
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

/// The row of the catalogue for a fact of this subject.
pub(crate) fn entry(subject: Subject, fact: Fact) -> Option<&'static FactEntry> {
    FACTS.iter().find(|entry| entry.fact == fact && entry.subjects.contains(&subject))
}

/// The words that a fact can give, where they are a closed list: what one is called, and all of them.
pub(crate) fn vocabulary(kind: &NodeKind) -> Option<(WordList, Vec<&'static str>)> {
    let NodeKind::Fact { fact, .. } = kind else { return None };
    Some(match fact {
        Fact::Stage => (WordList::Stage, Stage::words().collect()),
        Fact::Role | Fact::Roles | Fact::RolesMissing => (WordList::Role, Role::words().collect()),
        Fact::LastOutcome => (WordList::Outcome, Outcome::words().collect()),
        Fact::LegalForm => (WordList::LegalForm, LegalForm::words().collect()),
        Fact::Stance => (WordList::Stance, Stance::words().collect()),
        Fact::ConsentBasis => (WordList::Basis, Basis::words().collect()),
        _ => return None,
    })
}

/// The closed lists of words.
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
}

impl WordList {
    /// `stage`, for sentences.
    pub fn said(self) -> Arg {
        Arg::Key(match self {
            Self::Stage => "noun-stage",
            Self::Channel => "noun-channel",
            Self::Role => "noun-role",
            Self::Signal => "noun-signal",
            Self::Outcome => "noun-outcome",
            Self::LegalForm => "noun-legal-form",
            Self::Stance => "noun-stance",
            Self::Basis => "noun-basis",
        })
    }

    /// `a stage`, for sentences.
    pub fn one(self) -> Arg {
        Arg::Key(match self {
            Self::Stage => "a-stage",
            Self::Channel => "a-channel",
            Self::Role => "a-role",
            Self::Signal => "a-signal",
            Self::Outcome => "an-outcome",
            Self::LegalForm => "a-legal-form",
            Self::Stance => "a-stance",
            Self::Basis => "a-basis",
        })
    }
}

/// What a node gives, for sentences.
pub(crate) fn said(gives: NodeType) -> Arg {
    match gives {
        NodeType::Value(kind) => kind.with_article(),
        NodeType::Touch => Arg::Key("a-touch"),
    }
}

/// Key of what to do about two things that do not go together.
pub(crate) fn hint(a: NodeType, b: NodeType) -> &'static str {
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
