//! Expressions of the rule language, made from bytes: typed as the checker wants them, and senseless where it cannot look.
//!
//! An operand whose type is hidden from the checker (`if true { x } else { [] }`) may be anything, so that every error that
//! an operator can give is met. Facts, their arguments and their types come from the catalogue itself.

use super::bytes::Bytes;
use cadans::book::catalogue::{FACTS, FactEntry, ParamKind, Subject, kind_words};
use cadans::book::value::Type;
use cadans::book::vocabulary::{Channel, Direction, Role};

/// A helper function that may be called.
#[derive(Clone)]
pub struct Helper {
    pub name: String,
    pub params: Vec<Given>,
    pub gives: Type,
}

/// What a parameter takes.
#[derive(Clone, Copy, PartialEq)]
pub enum Given {
    /// `lead`, `person` or `account`.
    Subject(Subject),
    Value(Type),
}

/// The names that an expression may use.
#[derive(Clone, Default)]
pub struct Names {
    pub subjects: Vec<(String, Subject)>,
    pub values: Vec<(String, Type)>,
    pub helpers: Vec<Helper>,
    /// True where `now` is known.
    pub now: bool,
    /// True where conditions are as people write them: facts beside what is written down.
    pub plain: bool,
    /// True where facts are the team's own and nothing else.
    pub only_own: bool,
}

/// The facts of the team's own, declared in every pack.
pub const OWN: [(&str, Type); 4] =
    [("budget", Type::Number), ("vip", Type::Truth), ("segment", Type::Text), ("renewal", Type::Moment)];

const TYPES: [Type; 7] = [Type::Truth, Type::Whole, Type::Number, Type::Text, Type::Length, Type::Moment, Type::List];
const SIGNS: [&str; 8] = ["<", "<=", ">", ">=", "==", "!=", "is", "is not"];

/// A condition.
pub fn condition(bytes: &mut Bytes<'_>, names: &Names, depth: usize) -> String {
    let below = depth.saturating_sub(1);
    if depth == 0 {
        return if names.plain { plain(bytes, names) } else { leaf(bytes, names, Type::Truth) };
    }
    let ways = if names.plain { 11 } else { 16 };
    match bytes.choose(ways) {
        0 => plain(bytes, names),
        5..=9 if names.plain => plain(bytes, names),
        10 if names.plain => {
            let (condition, yes) = (condition(bytes, names, below), condition(bytes, names, below));
            format!("(if {condition} {{ {yes} }} else {{ {} }})", plain(bytes, names))
        }
        1 | 2 => {
            let signs = bytes.one(&["and", "&&", "and\n    "]);
            row(bytes, names, below, signs)
        }
        3 => {
            let signs = bytes.one(&["or", "||"]);
            format!("({})", row(bytes, names, below, signs))
        }
        4 => format!("{}({})", bytes.one(&["not ", "!", "not not "]), condition(bytes, names, below)),
        5 => {
            let kind = bytes.one(&TYPES);
            let (item, sign) = (value(bytes, names, kind, below), bytes.one(&["in", "not in", "!in"]));
            let items: Vec<String> = (0..1 + bytes.choose(3)).map(|_| value(bytes, names, kind, below)).collect();
            format!("{} {sign} [{}]", operand(item), items.join(", "))
        }
        6 => {
            let item = operand(value(bytes, names, Type::Whole, below));
            let sign = bytes.one(&["in", "!in"]);
            let known = names.now && names.values.iter().any(|(name, _)| name == "most");
            let range = bytes.one(&["1..3", "0..=2", "-1..=1", if known { "0..most" } else { "0..2" }]);
            format!("{item} {sign} {range}")
        }
        7 => {
            let item = value(bytes, names, Type::Text, below);
            let list = bytes.one(&[Type::List, Type::Text]);
            let list = operand(value(bytes, names, list, below));
            match bytes.choose(3) {
                0 => format!("{list}.contains({item})"),
                1 => format!("{} in {list}", operand(item)),
                _ => format!("{} not in {list}", operand(item)),
            }
        }
        8 => {
            let text = operand(value(bytes, names, Type::Text, below));
            let part = value(bytes, names, Type::Text, below);
            format!("{text}.{}({part})", bytes.one(&["starts_with", "ends_with"]))
        }
        9 => {
            let kind = bytes.one(&[Type::Text, Type::List]);
            format!("{}.is_empty(){}", operand(value(bytes, names, kind, below)), bytes.one(&["", " "]))
        }
        10 => format!("({} ?? {})", value(bytes, names, Type::Truth, below), condition(bytes, names, below)),
        _ => {
            let kind = bytes.one(&TYPES);
            let other = match kind {
                Type::Whole => Type::Number,
                other => other,
            };
            let other = bytes.one(&[kind, other]);
            // Lists have no smaller and larger, and the checker says so.
            let sign = if kind == Type::List { bytes.one(&["==", "!="]) } else { bytes.one(&SIGNS) };
            let (left, right) = (value(bytes, names, kind, below), value(bytes, names, other, below));
            format!("{} {sign} {}", operand(left), operand(right))
        }
    }
}

/// A fact beside what is written down, as people write it: `lead.visits(7.days) >= 2`, `lead.stage in ["interest", "lost"]`.
fn plain(bytes: &mut Bytes<'_>, names: &Names) -> String {
    let kind = bytes.one(&[Type::Truth, Type::Whole, Type::Number, Type::Text, Type::Length, Type::Text]);
    let of = |bytes: &mut Bytes<'_>, names: &Names| match bytes.choose(3) {
        0 => own(bytes, names, kind),
        _ => named_fact(bytes, names, kind),
    };
    let Some((fact, words)) = of(bytes, names).or_else(|| named_fact(bytes, names, kind)) else {
        return bytes.one(&["true", "false"]).to_owned();
    };
    let beside = |bytes: &mut Bytes<'_>| match words {
        Some(words) => format!("\"{}\"", bytes.one(words)),
        None => literal(bytes, names, kind),
    };
    // Which of two texts comes first is rarely asked, and makes rows be kept in another way.
    let rarely = names.only_own && kind == Type::Text && !bytes.once_in(20);
    let comparing = words.is_none() && kind != Type::Truth && !rarely;
    let sign = if comparing { bytes.one(&SIGNS) } else { bytes.one(&["is", "is not", "==", "!="]) };
    match (bytes.choose(8), kind) {
        (0, _) => format!("{fact} {} [{}, {}]", bytes.one(&["in", "not in"]), beside(bytes), beside(bytes)),
        (1, Type::Whole) => format!("{fact} {} {}", bytes.one(&["in", "!in"]), bytes.one(&["1..3", "0..=2", "-1..=1"])),
        (2 | 3, Type::Truth) => format!("{}{fact}", bytes.one(&["", "not "])),
        (4, _) => format!("({fact} ?? {}) {sign} {}", beside(bytes), beside(bytes)),
        (5, _) => format!("{fact} {} ()", bytes.one(&["==", "!=", "is not"])),
        (6, _) => format!("{} {} {fact}", beside(bytes), bytes.one(&["==", "!="])),
        _ => format!("{fact} {sign} {}", beside(bytes)),
    }
}

fn row(bytes: &mut Bytes<'_>, names: &Names, depth: usize, sign: &str) -> String {
    let operands: Vec<String> = (0..2 + bytes.choose(2)).map(|_| condition(bytes, names, depth)).collect();
    operands.join(&format!(" {sign} "))
}

/// A value of this type.
pub fn value(bytes: &mut Bytes<'_>, names: &Names, kind: Type, depth: usize) -> String {
    let below = depth.saturating_sub(1);
    if depth == 0 {
        return leaf(bytes, names, kind);
    }
    match bytes.choose(12) {
        0..=2 => leaf(bytes, names, kind),
        3 => hidden(bytes, names, below),
        4 => {
            let condition = condition(bytes, names, below);
            let (yes, no) = (value(bytes, names, kind, below), value(bytes, names, kind, below));
            // Without an else the checker cannot tell the type, and nothing may be what comes out.
            match bytes.choose(3) {
                0 => format!("(if {condition} {{ {yes} }})"),
                _ => format!("(if {condition} {{ {yes} }} else {{ {no} }})"),
            }
        }
        5 => format!("({} ?? {})", value(bytes, names, kind, below), value(bytes, names, kind, below)),
        6 | 7 => call(bytes, names, kind, below).unwrap_or_else(|| leaf(bytes, names, kind)),
        _ => made(bytes, names, kind, below),
    }
}

/// What the operators and methods of this type make.
fn made(bytes: &mut Bytes<'_>, names: &Names, kind: Type, depth: usize) -> String {
    let of = |bytes: &mut Bytes<'_>, kind| operand(value(bytes, names, kind, depth));
    match kind {
        Type::Truth => format!("({})", condition(bytes, names, depth)),
        Type::Whole => match bytes.choose(4) {
            0 => format!("{}.len()", of(bytes, Type::Text)),
            1 => format!("{}.{}", of(bytes, Type::List), bytes.one(&["len", "len()"])),
            2 => format!("-{}", of(bytes, kind)),
            _ => {
                let sign = bytes.one(&["+", "-", "*", "/", "%"]);
                format!("({} {sign} {})", of(bytes, kind), of(bytes, kind))
            }
        },
        Type::Number => match bytes.choose(6) {
            0 => format!("-{}", of(bytes, kind)),
            _ => {
                let sign = bytes.one(&["+", "-", "*", "/", "%"]);
                let other = bytes.one(&[Type::Number, Type::Whole]);
                format!("({} {sign} {})", of(bytes, kind), of(bytes, other))
            }
        },
        Type::Text => match bytes.choose(5) {
            0 => {
                let (one, two) = (bytes.one(&TYPES), bytes.one(&TYPES));
                let (one, two) = (value(bytes, names, one, depth), value(bytes, names, two, depth));
                format!("`<${{{one}}}|${{{two}}}>`")
            }
            1 => format!("{}.{}", of(bytes, kind), bytes.one(&["to_lower()", "to_upper()"])),
            2 => format!("({} - {})", of(bytes, kind), of(bytes, kind)),
            _ => {
                let other = bytes.one(&TYPES);
                format!("({} + {})", of(bytes, kind), of(bytes, other))
            }
        },
        Type::Length => match bytes.choose(6) {
            0 => format!("-{}", of(bytes, kind)),
            1 => format!("({} * {})", of(bytes, kind), of(bytes, Type::Whole)),
            2 => format!("({} - {})", of(bytes, Type::Moment), of(bytes, Type::Moment)),
            3 => {
                let number = bytes.one(&[Type::Whole, Type::Number]);
                format!("{}.{}", of(bytes, number), bytes.one(&["days", "hour", "minutes"]))
            }
            _ => format!("({} {} {})", of(bytes, kind), bytes.one(&["+", "-"]), of(bytes, kind)),
        },
        Type::Moment => format!("({} {} {})", of(bytes, kind), bytes.one(&["+", "-"]), of(bytes, Type::Length)),
        _ => match bytes.choose(3) {
            0 => format!("({} + {})", of(bytes, Type::List), of(bytes, Type::List)),
            _ => {
                let kind = bytes.one(&TYPES);
                let items: Vec<String> = (0..bytes.choose(3)).map(|_| value(bytes, names, kind, depth)).collect();
                format!("[{}]", items.join(", "))
            }
        },
    }
}

/// Any value at all, its type hidden from the checker.
fn hidden(bytes: &mut Bytes<'_>, names: &Names, depth: usize) -> String {
    let kind = bytes.one(&TYPES);
    let inner = match bytes.choose(4) {
        0 => "()".to_owned(),
        _ => value(bytes, names, kind, depth),
    };
    format!("(if true {{ {inner} }} else {{ [] }})")
}

/// The simplest that has this type.
fn leaf(bytes: &mut Bytes<'_>, names: &Names, kind: Type) -> String {
    let known: Vec<&String> = names.values.iter().filter(|(_, of)| *of == kind).map(|(name, _)| name).collect();
    if !known.is_empty() && bytes.once_in(3) {
        return bytes.one(&known).clone();
    }
    match bytes.choose(3) {
        0 => fact(bytes, names, kind).unwrap_or_else(|| literal(bytes, names, kind)),
        1 => own(bytes, names, kind).map_or_else(|| literal(bytes, names, kind), |(fact, _)| fact),
        _ => literal(bytes, names, kind),
    }
}

fn literal(bytes: &mut Bytes<'_>, names: &Names, kind: Type) -> String {
    let text = match kind {
        Type::Truth => bytes.one(&["true", "false"]),
        Type::Whole => bytes.one(&["0", "1", "2", "3", "-1", "7", "9223372036854775807"]),
        Type::Number => {
            bytes.one(&["0.0", "0.1", "0.2", "0.3", "1.0", "2.5", "-0.5", "1e308", "1e16", "1e-7", "123456789.125"])
        }
        Type::Text => bytes.one(&["\"\"", "\"a\"", "\"NL\"", "\"a b\"", "\"Élan\"", "\"consideration\"", "\"9\""]),
        Type::Length => {
            bytes.one(&["1.hour", "7.days", "90.minutes", "0.days", "2.5.hours", "-1.day", "30.days", "45.minutes"])
        }
        Type::Moment if names.now => bytes.one(&["now", "date(\"2026-11-19\")", "moment(\"2026-11-20T09:00:00Z\")"]),
        Type::Moment => "date(\"2026-11-19\")",
        _ => bytes.one(&["[]", "[1]", "[\"a\", \"decider\"]", "[0.3, 2]", "[\"NL\", \"BE\"]"]),
    };
    text.to_owned()
}

/// A fact, with the words that it can be when they are a closed list.
type Named = (String, Option<&'static [&'static str]>);

fn own(bytes: &mut Bytes<'_>, names: &Names, kind: Type) -> Option<Named> {
    let (fact, _) = OWN.iter().find(|(_, of)| *of == kind)?;
    let leads: Vec<&String> =
        names.subjects.iter().filter(|(_, subject)| *subject == Subject::Lead).map(|(name, _)| name).collect();
    if leads.is_empty() { None } else { Some((format!("{}.{fact}", bytes.one(&leads)), None)) }
}

/// A fact of the catalogue. What has a vocabulary is hidden from the checker, which knows the words.
fn fact(bytes: &mut Bytes<'_>, names: &Names, kind: Type) -> Option<String> {
    let (fact, words) = named_fact(bytes, names, kind)?;
    Some(if words.is_some() { format!("(if true {{ {fact} }} else {{ [] }})") } else { fact })
}

fn named_fact(bytes: &mut Bytes<'_>, names: &Names, kind: Type) -> Option<Named> {
    if names.only_own {
        return own(bytes, names, kind);
    }
    if names.subjects.is_empty() {
        return None;
    }
    let (name, subject) = bytes.one(&names.subjects);
    let entries: Vec<&FactEntry> =
        FACTS.iter().filter(|entry| entry.returns == kind && entry.subjects.contains(&subject)).collect();
    if entries.is_empty() {
        return None;
    }
    let entry = bytes.one(&entries);
    let words: Option<&'static [&'static str]> = match entry.name {
        "stage" => Some(&["interest", "consideration", "lost"]),
        "role" | "roles" | "roles_missing" => Some(&["decider", "user", "buyer"]),
        "legal_form" => Some(&["legal_entity", "sole_trader"]),
        "stance" => Some(&["promoter", "critic"]),
        "last_outcome" => Some(&["no_answer", "answered", "booked"]),
        "question" => Some(&["form", "reply", "call"]),
        "consent_basis" => Some(&["opt_in", "existing_customer"]),
        _ => None,
    };
    let Some(params) = entry.params else { return Some((format!("{name}.{}", entry.name), words)) };
    let mut args: Vec<String> = params.required.iter().map(|param| argument(bytes, names, *param)).collect();
    for param in params.optional {
        if bytes.once_in(2) {
            args.push(argument(bytes, names, *param));
        }
    }
    Some((format!("{name}.{}({})", entry.name, args.join(", ")), words))
}

fn argument(bytes: &mut Bytes<'_>, names: &Names, param: ParamKind) -> String {
    // Now and then something that no vocabulary has, or no length of time at all: an error for the lead.
    if !names.plain && bytes.once_in(12) {
        return hidden(bytes, names, 1);
    }
    let word = |word: &str| format!("\"{word}\"");
    match param {
        ParamKind::Kind => word(bytes.one(&kind_words().collect::<Vec<_>>())),
        ParamKind::Direction => word(bytes.one(&Direction::words().collect::<Vec<_>>())),
        ParamKind::Topic => word(bytes.one(&["pricing", "demo", "a b"])),
        ParamKind::Channel => word(bytes.one(&Channel::words().collect::<Vec<_>>())),
        ParamKind::Role => word(bytes.one(&Role::words().collect::<Vec<_>>())),
        ParamKind::Window | ParamKind::HalfLife => {
            bytes.one(&["7.days", "1.hour", "3.days", "30.days", "500.days"]).to_owned()
        }
        ParamKind::OwnTime => bytes.one(&["renewal", "\"renewal\"", "lead.renewal"]).to_owned(),
    }
}

/// A call of a helper function that gives this.
fn call(bytes: &mut Bytes<'_>, names: &Names, kind: Type, depth: usize) -> Option<String> {
    let fits = |helper: &&Helper| {
        helper.gives == kind
            && helper.params.iter().all(|param| match param {
                Given::Subject(wanted) => names.subjects.iter().any(|(_, subject)| subject == wanted),
                Given::Value(_) => true,
            })
    };
    let helpers: Vec<&Helper> = names.helpers.iter().filter(fits).collect();
    if helpers.is_empty() {
        return None;
    }
    let helper = bytes.one(&helpers);
    let mut args = Vec::new();
    for param in &helper.params {
        args.push(match param {
            Given::Subject(wanted) => {
                let known: Vec<&String> =
                    names.subjects.iter().filter(|(_, subject)| subject == wanted).map(|(name, _)| name).collect();
                bytes.one(&known).clone()
            }
            Given::Value(kind) => value(bytes, names, *kind, depth),
        });
    }
    Some(format!("{}({})", helper.name, args.join(", ")))
}

/// With brackets where an operator would take it apart.
fn operand(text: String) -> String {
    let plain = text.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '"' | '.'));
    if plain && !text.starts_with('-') || is_bracketed(&text) { text } else { format!("({text})") }
}

/// True when one pair of brackets holds all of it.
fn is_bracketed(text: &str) -> bool {
    let mut depth = 0usize;
    let mut in_text = false;
    if !text.starts_with(['(', '[']) {
        return false;
    }
    for (at, char) in text.char_indices() {
        match char {
            '"' => in_text = !in_text,
            '(' | '[' if !in_text => depth += 1,
            ')' | ']' if !in_text => {
                depth -= 1;
                if depth == 0 {
                    return at + 1 == text.len();
                }
            }
            _ => {}
        }
    }
    false
}
