//! What the checker says about types, arguments and words, so that `check` only says when.
//!
//! The sentences are for somebody who sells: a type is named as people name it, and advice shows what to write instead.

use super::diagnostic::Diagnostic;
use super::tree::{Comparison, Kind, Node};
use crate::book::catalogue::{Entry, Fact, Param, Subject};
use crate::book::schema::{Basis, LegalForm, Outcome, Role, Stage, Stance};
use crate::book::value::Type;

/// What a node gives, as far as can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gives {
    /// A value of this type.
    Value(Type),
    /// Something to do.
    Touch,
}

/// True when values of these types can be compared.
pub(super) fn can_compare(a: Type, b: Type) -> bool {
    let number = |kind| matches!(kind, Type::Whole | Type::Number);
    a == b || a == Type::Any || b == Type::Any || (number(a) && number(b))
}

/// What a node gives, in words.
pub(super) fn said(gives: Gives) -> String {
    match gives {
        Gives::Value(Type::Any) => "an unknown value".to_owned(),
        Gives::Value(kind) => format!("a {}", kind.word()),
        Gives::Touch => "a touch".to_owned(),
    }
}

/// What to do about two things that do not go together.
pub(super) fn hint(a: Gives, b: Gives) -> String {
    let has = |wanted: Type| a == Gives::Value(wanted) || b == Gives::Value(wanted);
    if has(Type::Length) && (has(Type::Whole) || has(Type::Number)) {
        "give the number a unit: 7.days".to_owned()
    } else if has(Type::Text) && (has(Type::Whole) || has(Type::Number)) {
        "compare a text with a text, as is \"interest\", and a number with a number".to_owned()
    } else if has(Type::Truth) {
        "a condition stands by itself: write lead.answered, or not lead.answered".to_owned()
    } else if has(Type::WorkingLength) {
        "working time only says how soon a touch must be, as .within(8.working_hours)".to_owned()
    } else {
        "compare values of the same kind".to_owned()
    }
}

/// What a method of the catalogue takes.
pub(super) fn takes(subject: Subject, entry: &Entry) -> String {
    let Some(params) = entry.params else { return String::new() };
    let required = params.required.iter().map(|param| param.word().to_owned());
    let optional = params.optional.iter().map(|param| format!("perhaps {}", param.word()));
    let all: Vec<String> = required.chain(optional).collect();
    format!("{}.{} takes {}", subject.word(), entry.name, all.join(", and "))
}

/// The words that a fact can give, where they are a closed list.
pub(super) fn vocabulary(kind: &Kind) -> Option<(&'static str, Vec<&'static str>)> {
    let Kind::Fact { fact, .. } = kind else { return None };
    Some(match fact {
        Fact::Stage => (Stage::NOUN, Stage::words().collect()),
        Fact::Role | Fact::Roles | Fact::RolesMissing => (Role::NOUN, Role::words().collect()),
        Fact::LastOutcome => (Outcome::NOUN, Outcome::words().collect()),
        Fact::LegalForm => (LegalForm::NOUN, LegalForm::words().collect()),
        Fact::Stance => (Stance::NOUN, Stance::words().collect()),
        Fact::ConsentBasis => (Basis::NOUN, Basis::words().collect()),
        _ => return None,
    })
}

/// `lead.stage >= 3`, `lead.stage > "interest"`: words of a closed list have no order that a sign could compare.
pub(super) fn word_out_of_order(node: &Node, other: Gives) -> Option<Diagnostic> {
    let Kind::Compare(comparison, left, right) = &node.kind else { return None };
    let ((noun, words), fact) = [left, right].into_iter().find_map(|side| Some((vocabulary(&side.kind)?, side)))?;
    if matches!(fact.kind, Kind::Fact { fact: Fact::Roles | Fact::RolesMissing, .. }) {
        return None;
    }
    let sign = match comparison {
        Comparison::Equal | Comparison::NotEqual if matches!(other, Gives::Value(Type::Text | Type::Any)) => {
            return None;
        }
        Comparison::Equal => "is",
        Comparison::NotEqual => "is not",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    };
    let what = format!("{} {noun} is a word, and cannot be compared so", article(noun));
    let why = match other {
        Gives::Value(Type::Text) => format!("{sign} goes by the alphabet here, not by the order that you mean"),
        _ => "such a comparison is never true, whatever the lead, so that the rule would never hold".to_owned(),
    };
    let example = words.get(1).or(words.first()).copied().unwrap_or_default();
    let help = format!("write is \"{example}\", or in [...] with those you mean: {}", words.join(", "));
    Some(Diagnostic::error("different-types", node.span, what).why(why).help(help))
}

const fn article(noun: &str) -> &'static str {
    match noun.as_bytes().first() {
        Some(b'a' | b'e' | b'i' | b'o' | b'u') => "an",
        _ => "a",
    }
}

/// `lead.visits(7)`: how far back is a length of time, and a length has a unit.
pub(super) fn length_without_unit(subject: Subject, entry: &Entry, arg: &Node) -> Diagnostic {
    let asked = format!("{}.{}", subject.word(), entry.name);
    let fades = entry.params.is_some_and(|params| params.required.contains(&Param::HalfLife));
    let message = if fades {
        format!("how fast {asked} fades is written as a length of time, such as 14.days")
    } else {
        format!("how far back {asked} looks is written as a length of time, such as 7.days")
    };
    let help = match &arg.kind {
        Kind::Literal(number) => format!("write {number}.days instead of {number}"),
        Kind::Setting { name, .. } => format!("write {name}.days, or give the setting a unit where it is declared"),
        _ => "give the number a unit".to_owned(),
    };
    Diagnostic::error("wrong-arguments", arg.span, message).help(help)
}

/// `when lead.vip`: a fact of the team's own, alone where yes or no belongs. For a lead without it that is an error.
pub(super) fn own_fact_alone(node: &Node, negated: bool) -> Option<Diagnostic> {
    let Kind::Own { name } = &node.kind else { return None };
    let instead = if negated { "is not true" } else { "is true" };
    Some(
        Diagnostic::warning("may-be-unknown", node.span, format!("lead.{name} may be unknown"))
            .why(format!("for a lead without {name} this is neither true nor false, and the rule is told as failed"))
            .help(format!("write lead.{name} {instead}")),
    )
}
