//! The types of a clause: what each node gives, as far as can be told, and whether it may be unknown.
//!
//! Only tells; what is wrong about it is for the [`lints`](crate::check::lints). Invariant: what cannot be told is [`Type::Any`], which goes
//! with everything, so that a fault is told once and not at every node above it.

use crate::book::catalogue::{Entry, FACTS, Fact, Subject};
use crate::book::value::Type;
use crate::book::vocabulary::{Basis, LegalForm, Outcome, Role, Stage, Stance};
use crate::diagnostics::Span;
use crate::pack::expression::{Arithmetic, Kind, Method, Node};
use crate::wording::Arg;

/// What a node gives, as far as can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gives {
    /// A value of this type.
    Value(Type),
    /// Something to do.
    Touch,
}

/// A fact of the team's own, as a clause needs to know it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Own {
    /// Its type.
    pub kind: Type,
    /// Where it is declared.
    pub span: Span,
}

/// The own facts of a pack, by name.
pub(crate) type OwnFacts<'a> = &'a dyn Fn(&str) -> Option<Own>;

/// What each node of a tree gives, by its number.
pub(crate) fn of_tree(root: &Node, own: OwnFacts<'_>) -> Vec<Gives> {
    let mut types = vec![Gives::Value(Type::Any); root.size()];
    fill(root, own, &mut types);
    types
}

fn fill(node: &Node, own: OwnFacts<'_>, types: &mut [Gives]) {
    for part in node.kind.parts() {
        fill(part, own, types);
    }
    let gives = gives(node, own, &|part| by_number(types, part));
    if let Some(place) = usize::try_from(node.id).ok().and_then(|id| types.get_mut(id)) {
        *place = gives;
    }
}

/// What a node gives, of a tree whose types are known.
pub(crate) fn by_number(types: &[Gives], node: &Node) -> Gives {
    let known = usize::try_from(node.id).ok().and_then(|id| types.get(id));
    known.copied().unwrap_or(Gives::Value(Type::Any))
}

/// What a node gives, from what its parts give.
fn gives(node: &Node, own: OwnFacts<'_>, part: &dyn Fn(&Node) -> Gives) -> Gives {
    Gives::Value(match &node.kind {
        Kind::Literal(literal) | Kind::Setting { value: literal, .. } => literal.kind(),
        Kind::Now => Type::Moment,
        Kind::Fact { subject, fact, .. } => entry(*subject, *fact).map_or(Type::Any, |entry| entry.returns),
        Kind::Own { name } => own(name).map_or(Type::Any, |own| own.kind),
        Kind::And(_) | Kind::Or(_) | Kind::Not(_) => Type::Truth,
        Kind::Compare(..) | Kind::In(..) | Kind::Contains(..) | Kind::InRange(..) => Type::Truth,
        Kind::Negate(operand) => match part(operand) {
            Gives::Value(kind @ (Type::Whole | Type::Number | Type::Length)) => kind,
            _ => Type::Any,
        },
        Kind::Arith(sign, left, right) => match (part(left), part(right)) {
            (Gives::Value(a), Gives::Value(b)) => sum(*sign, a, b).unwrap_or(Type::Any),
            _ => Type::Any,
        },
        Kind::Coalesce(operands) => return one_of(operands.iter().map(part)),
        Kind::If(_, yes, no) => {
            let no = no.as_ref().map_or(Gives::Value(Type::Any), |no| part(no));
            return one_of([part(yes), no].into_iter());
        }
        Kind::Text(_) => Type::Text,
        Kind::List(_) => Type::List,
        Kind::Method { method, .. } => asked(*method).1,
        Kind::Call { body, .. } => return part(body),
        Kind::Action(_) | Kind::Build { .. } => return Gives::Touch,
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
fn one_of(mut ways: impl Iterator<Item = Gives>) -> Gives {
    let number = |gives| matches!(gives, Gives::Value(Type::Whole | Type::Number));
    let Some(first) = ways.next() else { return Gives::Value(Type::Any) };
    ways.fold(first, |so_far, way| match way {
        way if way == so_far => so_far,
        way if number(way) && number(so_far) => Gives::Value(Type::Number),
        _ => Gives::Value(Type::Any),
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
        Kind::Coalesce(operands) => operands.iter().flat_map(ways).collect(),
        Kind::If(_, yes, Some(no)) => ways(yes).into_iter().chain(ways(no)).collect(),
        Kind::Call { body, .. } => ways(body),
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
        Kind::Fact { subject, fact, .. } => entry(*subject, *fact).is_some_and(|entry| !entry.total),
        Kind::Own { .. } => true,
        Kind::Call { body, .. } => may_be_unknown(body),
        Kind::Coalesce(operands) => operands.iter().all(may_be_unknown),
        Kind::If(_, yes, no) => may_be_unknown(yes) || no.as_ref().is_none_or(|no| may_be_unknown(no)),
        _ => false,
    }
}

/// The row of the catalogue for a fact of this subject.
pub(crate) fn entry(subject: Subject, fact: Fact) -> Option<&'static Entry> {
    FACTS.iter().find(|entry| entry.fact == fact && entry.subjects.contains(&subject))
}

/// The words that a fact can give, where they are a closed list: what one is called, and all of them.
pub(crate) fn vocabulary(kind: &Kind) -> Option<(Noun, Vec<&'static str>)> {
    let Kind::Fact { fact, .. } = kind else { return None };
    Some(match fact {
        Fact::Stage => (Noun::Stage, Stage::words().collect()),
        Fact::Role | Fact::Roles | Fact::RolesMissing => (Noun::Role, Role::words().collect()),
        Fact::LastOutcome => (Noun::Outcome, Outcome::words().collect()),
        Fact::LegalForm => (Noun::LegalForm, LegalForm::words().collect()),
        Fact::Stance => (Noun::Stance, Stance::words().collect()),
        Fact::ConsentBasis => (Noun::Basis, Basis::words().collect()),
        _ => return None,
    })
}

/// The closed lists of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub(crate) enum Noun {
    Stage,
    Channel,
    Role,
    Signal,
    Outcome,
    LegalForm,
    Stance,
    Basis,
}

impl Noun {
    /// `stage`, for sentences.
    pub fn said(self) -> Arg {
        Arg::Said(match self {
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
        Arg::Said(match self {
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
pub(crate) fn said(gives: Gives) -> Arg {
    match gives {
        Gives::Value(kind) => kind.with_article(),
        Gives::Touch => Arg::Said("a-touch"),
    }
}

/// Key of what to do about two things that do not go together.
pub(crate) fn hint(a: Gives, b: Gives) -> &'static str {
    let has = |wanted: Type| a == Gives::Value(wanted) || b == Gives::Value(wanted);
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
