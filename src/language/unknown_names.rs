//! The findings about unknown names, with suggestions.

use crate::book::catalogue::{self, FactEntry, ParamKind, Subject};
use crate::book::vocabulary::{Channel, Role, nearest_all};
use crate::calendar::units;
use crate::check::lints;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Span, codes};
use crate::language::names::{BUILT_IN, HelperFunction, METHODS, PackNames};
use crate::order;
use crate::pack::touch::{BUILDERS, BY};
use crate::wording::Arg;

/// An unknown fact: `lead.visists(7.days)`.
pub(super) fn fact(span: Span, subject: Subject, name: &str, names: &PackNames) -> Finding {
    let mut known: Vec<&str> = catalogue::names(subject).collect();
    if subject == Subject::Lead {
        known.extend(names.facts.keys().map(|name| &**name));
    }
    let elsewhere = [Subject::Lead, Subject::Person, Subject::Account]
        .into_iter()
        .find(|other| *other != subject && catalogue::find(*other, name).is_some());
    let finding = Finding::error(codes::UNKNOWN_FACT, span).with("subject", subject.word()).with("name", name);
    if let Some(other) = elsewhere {
        return finding.with("other", other.word()).help("help-fact-elsewhere");
    }
    let none = if subject == Subject::Lead { "help-declare-fact" } else { "help-list-of-facts" };
    finding.near(span, name, known, |meant| format!("{}.{meant}", subject.word()), str::to_owned).or_help(none)
}

/// A fact with parameters, written without parentheses: `lead.visits > 2`.
pub(super) fn missing_parentheses(span: Span, subject: Subject, entry: &FactEntry) -> Finding {
    let finding = Finding::error(codes::MISSING_PARENTHESES, span)
        .with("subject", subject.word())
        .with("name", entry.name)
        .with("usage", usage(subject, entry));
    let needs_nothing = entry.params.is_some_and(|params| params.required.is_empty());
    if needs_nothing { finding.put_after(span, "()") } else { finding }
}

/// A fact without parameters, written with parentheses: `lead.stage() is "lost"`. `parentheses` is the span to remove; `None` for no fix.
pub(super) fn needless_parentheses(
    span: Span,
    parentheses: Option<Span>,
    subject: Subject,
    entry: &FactEntry,
) -> Finding {
    let finding =
        Finding::error(codes::NEEDLESS_PARENTHESES, span).with("subject", subject.word()).with("name", entry.name);
    match parentheses {
        Some(parentheses) => finding.remove(parentheses),
        None => finding,
    }
}

/// An unknown action: `then fax.within(4.hours)`. The advice lists all actions, the most similar first.
pub(super) fn action(span: Span, name: &str) -> Finding {
    let written = |word: &'static str| match word {
        "find" => "find(\"decider\")",
        "hand_over" => "hand_over(\"marketing\")",
        bare => bare,
    };
    let mut words: Vec<&'static str> = Channel::words().chain(["answer", "wait", "find", "hand_over"]).collect();
    let near = nearest_all(name, words.iter().copied());
    let meant = near.first().copied();
    // The sort is stable: the other words stay in the order of the documentation.
    order::sort_by_key(&mut words, |word| Some(*word) != meant);
    let finding = Finding::error(codes::UNKNOWN_CHANNEL, span).message("unknown-action").with("name", name);
    match (meant, words.split_first()) {
        (Some(_), Some((first, others))) => {
            let others: Vec<&str> = others.iter().map(|word| written(word)).collect();
            let finding =
                finding.with("meant", written(first)).with("others", others.join(", ")).help("help-meant-and-others");
            match near.as_slice() {
                [only] if written(first) == *only => finding.replace(span, *only),
                _ => finding,
            }
        }
        _ => {
            let all: Vec<&str> = words.iter().map(|word| written(word)).collect();
            finding.with("words", all.join(", ")).help("help-one-of")
        }
    }
}

/// `.by` in a rule: `then phone.by("Price page again")`.
pub(super) fn by(span: Span) -> Finding {
    Finding::error(codes::BY_OUTSIDE_EXPECT, span)
}

/// An unknown builder method: `phone.too("decider")`.
pub(super) fn builder(span: Span, name: &str) -> Finding {
    let known: Vec<&str> = BUILDERS.iter().map(|(known, _)| *known).filter(|known| *known != BY).collect();
    let finding = Finding::error(codes::UNKNOWN_BUILDER, span).with("name", name);
    if known.contains(&name) {
        return finding.help("help-builder-parentheses");
    }
    finding
        .near(span, name, known.iter().copied(), |meant| format!(".{meant}(...)"), str::to_owned)
        .with("words", format!(".{}", known.join(", .")))
        .or_help("help-builders")
}

/// An unknown method of a value: `lead.name.lenght()`.
pub(super) fn method(span: Span, name: &str) -> Finding {
    let finding = Finding::error(codes::UNKNOWN_METHOD, span).with("name", name);
    if matches!(name, "size" | "length" | "count") {
        return finding.did_you_mean(".len()").replace(span, "len");
    }
    finding.near(span, name, METHODS.iter().copied(), |meant| format!(".{meant}(...)"), str::to_owned)
}

/// `1.day.ago` outside an example.
pub(super) fn ago(span: Span) -> Finding {
    Finding::error(codes::AGO_OUTSIDE_EXAMPLE, span)
}

/// An unknown unit of time: `7.dys`.
pub(super) fn unit(span: Span, name: &str) -> Finding {
    let units = units::unit_words();
    Finding::error(codes::UNKNOWN_UNIT, span).with("name", name).near(
        span,
        name,
        units,
        |meant| format!(".{meant}"),
        str::to_owned,
    )
}

/// An unknown role: `find("boss")`.
pub(super) fn role(span: Span, word: &str) -> Finding {
    Finding::error(codes::UNKNOWN_ROLE, span)
        .message("unknown-word")
        .with("word", word)
        .with("noun", Arg::Key("noun-role"))
        .near_word(span, word, &Role::words().collect::<Vec<_>>())
}

/// A misspelled function of examples, among which is one for each kind of signal: `vist("pricing", 1.day.ago)`. `meant` is the suggestion.
pub(super) fn in_example(span: Span, name: &str, meant: &str) -> Finding {
    let finding = Finding::error(codes::UNKNOWN_FUNCTION, span).with("name", name);
    finding.did_you_mean(format!("{meant}(...)")).replace(span, meant)
}

/// A subject used as a value: `never phone when lead;`.
pub(super) fn bare_subject(span: Span, subject: Subject) -> Finding {
    let example = match subject {
        Subject::Lead => "lead.stage",
        Subject::Person => "person.role",
        Subject::Account => "account.industry",
    };
    let finding = Finding::error(codes::UNKNOWN_FACT, span).message("unknown-fact-none");
    finding.with("subject", subject.word()).with("meant", example).help("help-write")
}

/// A function that takes one text, called with something else: `find()`, `date(3)`.
pub(super) fn takes_text(span: Span, name: &str) -> Finding {
    let example = match name {
        "find" => "find(\"decider\")",
        "hand_over" => "hand_over(\"marketing\")",
        "date" => "date(\"2026-07-01\")",
        _ => "moment(\"2026-07-01T09:00:00+02:00\")",
    };
    let finding = Finding::error(lints::WRONG_ARGUMENTS, span).message("wrong-arguments-one-text").with("name", name);
    finding.with("meant", example).help("help-write")
}

/// An unknown function, or a helper function that is called with another number of arguments than it has parameters: `hott(lead)`.
pub(super) fn function(span: Span, name: &str, count: usize, own: &[HelperFunction]) -> Finding {
    if let Some(helper) = own.iter().find(|helper| &*helper.name == name) {
        let params = helper.params.len();
        let key = if params == 1 { "wrong-arguments-helper-one" } else { "wrong-arguments-helper" };
        return Finding::error(lints::WRONG_ARGUMENTS, span)
            .message(key)
            .with("name", name)
            .with("params", params)
            .with("count", count);
    }
    let finding = Finding::error(codes::UNKNOWN_FUNCTION, span).with("name", name);
    if catalogue::find(Subject::Lead, name).is_some() {
        return finding.help("help-call-lead").replace(span, format!("lead.{name}"));
    }
    if let Some(channel) = Channel::from_word(name) {
        return finding.with("meant", format!("{channel}.to(\"decider\")")).help("help-write");
    }
    let lower = name.to_lowercase();
    if matches!(lower.as_str(), "and" | "or" | "not" | "if") {
        let meant = match lower.as_str() {
            "not" => "not a".to_owned(),
            "if" => "if a { b } else { c }".to_owned(),
            sign => format!("a {sign} b"),
        };
        return finding.with("meant", meant).help("help-write");
    }
    let known = own.iter().map(|helper| &*helper.name).chain(BUILT_IN.iter().copied());
    finding.near(span, name, known, |meant| format!("{meant}(...)"), str::to_owned).or_help("help-define-function")
}

/// A method of the catalogue with example arguments, for messages.
fn usage(subject: Subject, entry: &FactEntry) -> String {
    let params = entry
        .params
        .map_or(&[][..], |params| if params.required.is_empty() { params.optional } else { params.required });
    let shown: Vec<&str> = params
        .iter()
        .map(|param| match param {
            ParamKind::Kind => "\"form\"",
            ParamKind::Topic => "\"pricing\"",
            ParamKind::Direction => "\"inbound\"",
            ParamKind::Channel => "\"phone\"",
            ParamKind::Role => "\"decider\"",
            ParamKind::Window => "7.days",
            ParamKind::HalfLife => "14.days",
            ParamKind::OwnTime => "renewal",
        })
        .collect();
    format!("{}.{}({})", subject.word(), entry.name, shown.join(", "))
}
