//! Conditions of a rule said in plain words: what is needed, and what was seen.
//!
//! Two shapes serve nearly everything: "needs at least 2 visits of "pricing" in 7 days, has 1" for what is counted, and
//! "stage is "interest", needs "consideration"" for what has a value. A condition that fits neither has no words of its own
//! and is told by its text.

use crate::book::catalogue::{FACTS, Fact, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, SignalKind};
use crate::decide::explain::phrases::grouped;
use crate::evaluate::clause::value_of;
use crate::evaluate::facts::FactContext;
use crate::pack::expression::{Comparison, Node, NodeKind};

/// What a condition needs and what was seen.
pub(crate) struct ConditionText {
    /// What the value is of, for what has a value; nothing for what is counted.
    noun: Option<String>,
    needs: String,
    saw: String,
    /// True when what is needed says already what was seen.
    inside: bool,
}

impl ConditionText {
    /// The whole sentence, without a full stop.
    pub(crate) fn sentence(&self) -> String {
        match &self.noun {
            Some(noun) => format!("{noun} {}, needs {}", self.saw, self.needs),
            None if self.inside => format!("needs {}", self.needs),
            None => format!("needs {}, {}", self.needs, self.saw),
        }
    }

    /// What was seen: "has 1", "is not known".
    pub(crate) fn saw(&self) -> String {
        self.saw.clone()
    }

    /// As one of several ways: `at least 3 visits (has 1)`.
    fn choice(&self) -> String {
        match &self.noun {
            Some(noun) => format!("{noun} {} ({})", self.needs, self.saw),
            None => format!("{} ({})", self.needs, self.saw),
        }
    }
}

/// What this condition needs in order to come to `wanted`, and what was seen; `None` when there are no words for it.
pub(crate) fn told(node: &Node, wanted: bool, cx: &FactContext) -> Option<ConditionText> {
    match &node.kind {
        NodeKind::Not(inner) => told(inner, !wanted, cx),
        NodeKind::Call { body, .. } => told(body, wanted, cx),
        NodeKind::Compare(comparison, left, right) => {
            let comparison = if wanted { *comparison } else { comparison.opposite() };
            if let (Some(_), Some(told)) = (named(left), compared(left, comparison, right, cx)) {
                return Some(told);
            }
            compared(right, comparison.mirrored(), left, cx)
        }
        NodeKind::In(needle, items) => {
            let items: Option<Vec<String>> = items.iter().map(|item| Some(said(&value_of(item, cx).ok()?))).collect();
            let items = listed(&items?, "or");
            let needs = if wanted { items } else { format!("anything but {items}") };
            Some(ConditionText {
                noun: Some(noun_of(needle, cx)?),
                needs,
                saw: is(&value_of(needle, cx).ok()?),
                inside: false,
            })
        }
        NodeKind::InRange(needle, first, last, inclusive) => {
            let last = if *inclusive { *last } else { last.saturating_sub(1) };
            let needs = format!("{}from {first} to {last}", if wanted { "" } else { "not " });
            Some(ConditionText {
                noun: Some(noun_of(needle, cx)?),
                needs,
                saw: is(&value_of(needle, cx).ok()?),
                inside: false,
            })
        }
        NodeKind::Contains(needle, haystack) => {
            let needle = said(&value_of(needle, cx).ok()?);
            let needs = if wanted { format!("{needle} among them") } else { format!("{needle} not among them") };
            Some(ConditionText {
                noun: Some(noun_of(haystack, cx)?),
                needs,
                saw: is(&value_of(haystack, cx).ok()?),
                inside: false,
            })
        }
        NodeKind::Fact { subject, fact, args, .. } => {
            let args: Option<Vec<Value>> = args.iter().map(|arg| value_of(arg, cx).ok()).collect();
            let saw = value_of(node, cx).ok()?;
            yes_or_no(*subject, *fact, &args?, wanted, &saw)
        }
        NodeKind::Own { name } => {
            let saw = cx.own(name);
            Some(ConditionText { noun: Some(spaced(name)), needs: wanted.to_string(), saw: is(&saw), inside: false })
        }
        NodeKind::Or(nodes) if wanted => {
            let ways: Option<Vec<ConditionText>> = nodes.iter().map(|each| told(each, true, cx)).collect();
            let ways = ways?;
            let choices: Vec<String> = ways.iter().map(ConditionText::choice).collect();
            let saw: Vec<&str> = ways.iter().map(|way| way.saw.as_str()).collect();
            let needs = format!("either {}", choices.join(", or "));
            Some(ConditionText { noun: None, needs, saw: saw.join(", "), inside: true })
        }
        _ => None,
    }
}

/// `fact <op> anything`, in words.
fn compared(left: &Node, comparison: Comparison, right: &Node, cx: &FactContext) -> Option<ConditionText> {
    let (saw, needed) = (value_of(left, cx).ok()?, value_of(right, cx).ok()?);
    if let (NodeKind::Fact { subject, fact, args, .. }, Value::Whole(number)) = (&left.kind, &needed) {
        let args: Option<Vec<Value>> = args.iter().map(|arg| value_of(arg, cx).ok()).collect();
        if let Some(counted) = counted(*subject, *fact, &args?, *number) {
            let needs = match comparison {
                Comparison::NotEqual => format!("a number of {counted} other than {number}"),
                Comparison::Less => format!("fewer than {number} {counted}"),
                other => format!("{} {number} {counted}", bound(other)),
            };
            let saw = if saw == Value::Unknown { is(&saw) } else { format!("has {}", said(&saw)) };
            return Some(ConditionText { noun: None, needs, saw, inside: false });
        }
    }
    let needs = match (comparison, &needed) {
        (Comparison::Equal, Value::Unknown) => "it to be not known".to_owned(),
        (Comparison::NotEqual, Value::Unknown) => "it to be known".to_owned(),
        (Comparison::Equal, other) => said(other),
        (comparison, other) => format!("{} {}", bound(comparison), said(other)),
    };
    Some(ConditionText { noun: Some(noun_of(left, cx)?), needs, saw: is(&saw), inside: false })
}

/// The node when it is a fact or a setting with a name that can be said.
fn named(node: &Node) -> Option<&Node> {
    matches!(node.kind, NodeKind::Fact { .. } | NodeKind::Own { .. } | NodeKind::Now | NodeKind::Coalesce(_))
        .then_some(node)
}

/// What a node's value is of: "stage", "time since the last form".
fn noun_of(node: &Node, cx: &FactContext) -> Option<String> {
    match &node.kind {
        NodeKind::Own { name } => Some(spaced(name)),
        NodeKind::Now => Some("the time".to_owned()),
        // `lead.value ?? 0` is about the value.
        NodeKind::Coalesce(nodes) => noun_of(nodes.first()?, cx),
        NodeKind::Fact { subject, fact, args, .. } => {
            let args: Option<Vec<Value>> = args.iter().map(|arg| value_of(arg, cx).ok()).collect();
            let args = args?;
            if let Some(counted) = counted(*subject, *fact, &args, 2) {
                return Some(format!("number of {counted}"));
            }
            let first = args.first();
            let noun = match fact {
                Fact::StageFor => "time in this stage".to_owned(),
                Fact::Age => "age of the lead".to_owned(),
                Fact::CustomerFor => "time as a customer".to_owned(),
                Fact::QuoteOpenFor => "age of the oldest open quote".to_owned(),
                Fact::QuoteAmount => "worth of the open quotes".to_owned(),
                Fact::Since => format!("time since the last {}", signal(first, args.get(1), 1)),
                Fact::First => format!("time since the first {}", signal(first, args.get(1), 1)),
                Fact::LastTouch => format!("time since our last touch{}", over(first)),
                Fact::LastTouchTo => format!("time since our last touch to a {}", word(first)),
                Fact::LastOutcome => format!("outcome of our last touch{}", over(first)),
                Fact::ConsentBasis => format!("ground for contact{}", over(first)),
                Fact::InboundShare => format!("share of contact started by them{}", during(first)),
                Fact::Score => "score".to_owned(),
                Fact::RolesMissing => "list of roles missing".to_owned(),
                _ => spaced(FACTS.iter().find(|entry| entry.fact == *fact)?.name),
            };
            Some(match subject {
                Subject::Lead => noun,
                Subject::Person => format!("the person's {noun}"),
                Subject::Account => format!("the account's {noun}"),
            })
        }
        _ => None,
    }
}

/// What is counted: `visits of "pricing" in 7 days`; singular for exactly one. `None` when the fact is no count.
fn counted(subject: Subject, fact: Fact, args: &[Value], number: i64) -> Option<String> {
    let text = args.iter().find(|arg| matches!(arg, Value::Text(_)));
    let window = during(args.iter().find(|arg| matches!(arg, Value::Length(_))));
    let what = match fact {
        Fact::Count(kind) => of_kind(kind, text, number),
        Fact::Signals => signal(args.first(), args.get(1).filter(|arg| matches!(arg, Value::Text(_))), number),
        Fact::Touches => format!("{}{}", plural("touch", "touches", number), over(text)),
        Fact::Unanswered => format!("unanswered {}{} in a row", plural("touch", "touches", number), over(text)),
        Fact::Planned => format!("planned {}{}", plural("touch", "touches", number), over(text)),
        Fact::People => match text {
            Some(role) => format!("known {}", plural(&word(Some(role)), &format!("{}s", word(Some(role))), number)),
            None => format!("known {}", plural("person", "people", number)),
        },
        Fact::Leads => plural("lead", "leads", number),
        Fact::QuotesOpen => plural("open quote", "open quotes", number),
        _ => return None,
    };
    let whose = match subject {
        Subject::Lead => "",
        Subject::Person => " with this person",
        Subject::Account => " at the account",
    };
    Some(format!("{what}{whose}{window}"))
}

/// A fact that is true or false by itself.
fn yes_or_no(subject: Subject, fact: Fact, args: &[Value], wanted: bool, saw: &Value) -> Option<ConditionText> {
    let first = args.first();
    let (yes, no) = match fact {
        Fact::Replied => (format!("a reply{}", during(first)), format!("no reply{}", during(first))),
        Fact::Answered => (
            "everything of theirs answered".to_owned(),
            "something of theirs that still waits for an answer".to_owned(),
        ),
        Fact::Open => ("an open lead".to_owned(), "a closed lead".to_owned()),
        Fact::IsA => (format!("a {}", word(first)), format!("somebody who is no {}", word(first))),
        Fact::Knows => (format!("a known {}", word(first)), format!("no known {}", word(first))),
        Fact::DoNotCall => ("somebody who asked not to be called".to_owned(), "somebody who may be called".to_owned()),
        Fact::DoNotEmail => ("somebody who asked not to be mailed".to_owned(), "somebody who may be mailed".to_owned()),
        Fact::Objected => ("somebody who objected to contact".to_owned(), "somebody who did not object".to_owned()),
        Fact::Has => {
            (format!("a way to contact them{}", over(first)), format!("no way to contact them{}", over(first)))
        }
        Fact::Consent => {
            (format!("a ground for contact{}", over(first)), format!("no ground for contact{}", over(first)))
        }
        Fact::Customer => ("a customer".to_owned(), "an account that is no customer yet".to_owned()),
        _ => return None,
    };
    let saw = match (fact, saw) {
        (_, Value::Unknown) => "which is not known".to_owned(),
        (Fact::Replied, Value::Truth(true)) => "there was one".to_owned(),
        (Fact::Replied, _) => "there was none".to_owned(),
        (Fact::Answered, Value::Truth(true)) => "nothing waits".to_owned(),
        (Fact::Answered, _) => "something waits".to_owned(),
        (Fact::Open, Value::Truth(true)) => "this one is open".to_owned(),
        (Fact::Open, _) => "this one is closed".to_owned(),
        (_, Value::Truth(wanted_one)) if *wanted_one => format!("this {} is", whom(subject, fact)),
        _ => format!("this {} is not", whom(subject, fact)),
    };
    let saw = match fact {
        Fact::Knows | Fact::Has | Fact::Consent if saw.ends_with(" not") => "there is none".to_owned(),
        Fact::Knows | Fact::Has | Fact::Consent if saw.ends_with(" is") => "there is one".to_owned(),
        Fact::DoNotCall | Fact::DoNotEmail | Fact::Objected if saw.ends_with(" not") => {
            "this person did not".to_owned()
        }
        Fact::DoNotCall | Fact::DoNotEmail | Fact::Objected if saw.ends_with(" is") => "this person did".to_owned(),
        _ => saw,
    };
    Some(ConditionText { noun: None, needs: if wanted { yes } else { no }, saw, inside: false })
}

fn whom(subject: Subject, fact: Fact) -> &'static str {
    if fact == Fact::Customer { "account" } else { subject.word() }
}

/// Signals of a kind given by its word.
fn signal(kind: Option<&Value>, topic: Option<&Value>, number: i64) -> String {
    match kind.and_then(|kind| if let Value::Text(kind) = kind { SignalKind::from_word(kind) } else { None }) {
        Some(kind) => of_kind(kind, topic, number),
        None => plural("signal", "signals", number),
    }
}

fn of_kind(kind: SignalKind, topic: Option<&Value>, number: i64) -> String {
    let (one, many, about) = match kind {
        SignalKind::PageVisit => ("visit", "visits", "of"),
        SignalKind::Search => ("search", "searches", "for"),
        SignalKind::Download => ("download", "downloads", "of"),
        SignalKind::Form => ("form filled in", "forms filled in", "about"),
        SignalKind::Open => ("mail opened", "mails opened", "about"),
        SignalKind::Click => ("click", "clicks", "on"),
        SignalKind::Reply => ("reply", "replies", "about"),
        SignalKind::Call => ("call", "calls", "about"),
        SignalKind::Email => ("mail", "mails", "about"),
        SignalKind::Message => ("message", "messages", "about"),
        SignalKind::Chat => ("chat", "chats", "about"),
        SignalKind::Meeting => ("meeting", "meetings", "about"),
        SignalKind::Quote => ("quote", "quotes", "for"),
        SignalKind::Engage => ("reaction to a post", "reactions to posts", "about"),
        SignalKind::Unsubscribe => ("unsubscribe", "unsubscribes", "from"),
        SignalKind::Bounce => ("mail that came back", "mails that came back", "about"),
        SignalKind::Order => ("order", "orders", "for"),
        SignalKind::Note => ("note", "notes", "about"),
    };
    let about = topic.map_or(String::new(), |topic| format!(" {about} {}", said(topic)));
    format!("{}{about}", plural(one, many, number))
}

fn plural(one: &str, many: &str, number: i64) -> String {
    if number == 1 { one } else { many }.to_owned()
}

/// ` in 7 days`
fn during(window: Option<&Value>) -> String {
    window.map_or(String::new(), |window| format!(" in {window}"))
}

/// ` by phone`
fn over(channel: Option<&Value>) -> String {
    let Some(Value::Text(word)) = channel else { return String::new() };
    let how = match Channel::from_word(word) {
        Some(Channel::Visit) => "in person",
        Some(Channel::Social) => "over social media",
        Some(Channel::Phone) => "by phone",
        Some(Channel::Email) => "by email",
        Some(Channel::Chat) => "by chat",
        Some(Channel::Video) => "by video",
        Some(Channel::Content) => "with content",
        None => return String::new(),
    };
    format!(" {how}")
}

fn word(value: Option<&Value>) -> String {
    value.map_or(String::new(), Value::to_string)
}

/// `is "interest"`, `is not known`
fn is(value: &Value) -> String {
    format!("is {}", said(value))
}

/// A value as one says it: texts in quotes, numbers with two decimals at most.
fn said(value: &Value) -> String {
    match value {
        Value::Unknown => "not known".to_owned(),
        Value::Text(text) => format!("\"{text}\""),
        Value::Whole(count) => grouped(&count.to_string()),
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => grouped(&format!("{number:.0}")),
        Value::Number(number) if number.abs() >= 0.01 && number.abs() < 1e15 => {
            let text = format!("{number:.2}");
            grouped(text.trim_end_matches('0').trim_end_matches('.'))
        }
        Value::List(items) if items.is_empty() => "empty".to_owned(),
        Value::List(items) => listed(&items.iter().map(said).collect::<Vec<_>>(), "and"),
        other => other.to_string(),
    }
}

/// `"NL", "BE" or "DE"`
fn listed(items: &[String], joiner: &str) -> String {
    match items {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {joiner} {last}", first.join(", ")),
    }
}

fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

const fn bound(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "exactly",
        Comparison::NotEqual => "anything but",
        Comparison::Less => "less than",
        Comparison::LessOrEqual => "at most",
        Comparison::Greater => "more than",
        Comparison::GreaterOrEqual => "at least",
    }
}

#[cfg(test)]
mod tests;
