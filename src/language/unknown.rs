//! Names that nobody knows: what is said about them, with what may have been meant.

use super::names::{BUILT_IN, Helper, Names};
use crate::book::catalogue::{self, Entry, Param, Subject};
use crate::book::schema::{Channel, nearest};
use crate::rulebook::touch::{BUILDERS, BY};
use crate::rulebook::{Diagnostic, Span};

/// `lead.visists(7.days)`
pub(super) fn fact(span: Span, subject: Subject, name: &str, names: &Names) -> Diagnostic {
    let mut known: Vec<&str> = catalogue::names(subject).collect();
    if subject == Subject::Lead {
        known.extend(names.facts.keys().map(|name| &**name));
    }
    let elsewhere = [Subject::Lead, Subject::Person, Subject::Account]
        .into_iter()
        .find(|other| *other != subject && catalogue::find(*other, name).is_some());
    let help = match (elsewhere, nearest(name, known)) {
        (Some(other), _) => format!("{}.{name} exists; did you mean that?", other.word()),
        (None, Some(meant)) => format!("did you mean {}.{meant}?", subject.word()),
        (None, None) if subject == Subject::Lead => {
            format!("if it is a fact of your own, declare it first: fact {name} as number because \"...\";")
        }
        (None, None) => "the list of facts is in the documentation".to_owned(),
    };
    Diagnostic::error("unknown-fact", span, format!("{} has no {name}", subject.word()))
        .why("a rule that reads it would never hold")
        .help(help)
}

/// `lead.visits > 2`
pub(super) fn missing_parentheses(span: Span, subject: Subject, entry: &Entry) -> Diagnostic {
    Diagnostic::error("missing-parentheses", span, format!("{}.{} needs parentheses", subject.word(), entry.name))
        .why("it is counted or looked up, not written down in the lead")
        .help(format!("write {}", usage(subject, entry)))
}

/// `lead.stage() is "lost"`
pub(super) fn needless_parentheses(span: Span, subject: Subject, entry: &Entry) -> Diagnostic {
    Diagnostic::error("needless-parentheses", span, format!("{}.{} takes no parentheses", subject.word(), entry.name))
        .why("it is a field of the lead, not something to be counted")
        .help(format!("write {}.{}", subject.word(), entry.name))
}

/// `then fax.within(4.hours)`: what a rule can do, what is spelled most like it first.
pub(super) fn action(span: Span, name: &str) -> Diagnostic {
    let written = |word: &'static str| match word {
        "find" => "find(\"decider\")",
        "hand_over" => "hand_over(\"marketing\")",
        bare => bare,
    };
    let mut words: Vec<&'static str> = Channel::words().chain(["wait", "find", "hand_over"]).collect();
    let meant = nearest(name, words.iter().copied());
    // The sort is stable: what is equally far stays in the order of the documentation.
    words.sort_by_key(|word| Some(*word) != meant);
    let help = match (meant, words.split_first()) {
        (Some(_), Some((first, others))) => {
            let others: Vec<&str> = others.iter().map(|word| written(word)).collect();
            format!("did you mean {}? There are also {}", written(first), others.join(", "))
        }
        _ => format!("write one of {}", words.iter().map(|word| written(word)).collect::<Vec<_>>().join(", ")),
    };
    Diagnostic::error("unknown-channel", span, format!("{name} is not a channel, nor anything else that a rule can do"))
        .help(help)
}

/// `then phone.by("Price page again")`
pub(super) fn by(span: Span) -> Diagnostic {
    Diagnostic::error("by-outside-expect", span, "only the expect of an example says .by")
        .why("a touch is always by the rule that proposes it")
        .help("take it out, or move it to the expect of an example")
}

/// `phone.too("decider")`
pub(super) fn builder(span: Span, name: &str) -> Diagnostic {
    let known: Vec<&str> = BUILDERS.iter().map(|(known, _)| *known).filter(|known| *known != BY).collect();
    let help = match nearest(name, known.iter().copied()) {
        Some(meant) if meant == name => format!("write .{name}(...)"),
        Some(meant) => format!("did you mean .{meant}(...)?"),
        None => format!("a touch knows .{}", known.join(", .")),
    };
    Diagnostic::error("unknown-builder", span, format!("a touch has no .{name}")).help(help)
}

/// `1.day.ago` in a rule.
pub(super) fn ago(span: Span) -> Diagnostic {
    Diagnostic::error("ago-outside-example", span, "only examples know .ago")
        .why("a rule is asked at any moment, so its times count from now")
        .help("write now - 1.day, or ask for a fact such as lead.since(\"form\") < 1.day")
}

/// `hott(lead)`, or a helper function with another number of values than it takes.
pub(super) fn function(span: Span, name: &str, count: usize, own: &[Helper]) -> Diagnostic {
    if let Some(helper) = own.iter().find(|helper| &*helper.name == name) {
        let params = helper.params.len();
        let values = if params == 1 { "value" } else { "values" };
        let message = format!("the helper function {name} takes {params} {values}, not {count}");
        return Diagnostic::error("wrong-arguments", span, message)
            .help("hand over what it needs, no more and no less");
    }
    let known = own.iter().map(|helper| &*helper.name).chain(BUILT_IN.iter().copied());
    let help = match nearest(name, known) {
        _ if catalogue::find(Subject::Lead, name).is_some() => format!("write lead.{name}(...)"),
        Some(meant) => format!("did you mean {meant}(...)?"),
        None => format!("define it, as fn {name}(lead) {{ ... }}, or ask a fact of the lead"),
    };
    Diagnostic::error("unknown-function", span, format!("there is no function {name}")).help(help)
}

/// How a method of the catalogue is written, for messages.
fn usage(subject: Subject, entry: &Entry) -> String {
    let params = entry
        .params
        .map_or(&[][..], |params| if params.required.is_empty() { params.optional } else { params.required });
    let shown: Vec<&str> = params
        .iter()
        .map(|param| match param {
            Param::Kind => "\"form\"",
            Param::Topic => "\"pricing\"",
            Param::Channel => "\"phone\"",
            Param::Role => "\"decider\"",
            Param::Window => "7.days",
            Param::HalfLife => "14.days",
        })
        .collect();
    format!("{}.{}({})", subject.word(), entry.name, shown.join(", "))
}
