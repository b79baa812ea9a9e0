//! What a condition needs and what was seen, as sentences.
//!
//! Two shapes serve nearly everything: "needs at least 2 visits of "pricing" in 7 days, has 1" for what is counted, and
//! "stage is "interest", needs "consideration"" for what has a value. A condition that fits neither has no sentence of its own and is
//! explained by its source. A word in quotes is one of the rule language or of the record, the same in every language.

use crate::book::value::Value;
use crate::decide::explain::fact_text::{between_moments, counted, noun_of, own_name, truth_text};
use crate::evaluate::clause::value_of;
use crate::evaluate::facts::FactContext;
use crate::pack::expression::{Comparison, Node, NodeKind};
use crate::wording::{Amount, Arg, Sentence};

/// What a condition needs and what was seen.
pub(crate) struct ConditionText {
    shape: Shape,
    needs: Sentence,
    saw: Sentence,
}

/// How the two are put together.
enum Shape {
    /// A value, of which this is the name: "stage".
    Value(Sentence),
    /// A count, or what is true or not.
    Counted,
    /// What is needed says already what was seen.
    Inside,
}

impl ConditionText {
    pub(super) fn counted(needs: Sentence, saw: Sentence) -> Self {
        Self { shape: Shape::Counted, needs, saw }
    }

    fn value(noun: Sentence, needs: Sentence, saw: &Value) -> Self {
        Self { shape: Shape::Value(noun), needs, saw: is(saw) }
    }

    /// The whole sentence, without a full stop.
    pub(crate) fn sentence(&self) -> Sentence {
        let sentence = match &self.shape {
            Shape::Value(noun) => Sentence::new("needs-value").with("noun", noun.clone()),
            Shape::Counted => Sentence::new("needs-counted"),
            Shape::Inside => Sentence::new("needs-choice"),
        };
        sentence.with("needs", self.needs.clone()).with("saw", self.saw())
    }

    /// What was seen: "has 1", "is not known".
    pub(crate) fn saw(&self) -> Sentence {
        self.saw.clone()
    }

    /// As one of several ways: `at least 3 visits (has 1)`.
    fn choice(&self) -> Sentence {
        let choice = match &self.shape {
            Shape::Value(noun) => Sentence::new("choice-value").with("noun", noun.clone()),
            Shape::Counted | Shape::Inside => Sentence::new("choice-counted"),
        };
        choice.with("needs", self.needs.clone()).with("saw", self.saw())
    }
}

/// What this condition needs in order to come to `wanted`, and what was seen; `None` when there is no sentence for it.
pub(crate) fn condition_text(node: &Node, wanted: bool, cx: &FactContext) -> Option<ConditionText> {
    match &node.kind {
        NodeKind::Not(inner) => condition_text(inner, !wanted, cx),
        NodeKind::Call { body, .. } => condition_text(body, wanted, cx),
        NodeKind::Compare(comparison, left, right) => {
            let comparison = if wanted { *comparison } else { comparison.opposite() };
            if let (Some(_), Some(text)) = (named(left), compared(left, comparison, right, cx)) {
                return Some(text);
            }
            compared(right, comparison.mirrored(), left, cx)
        }
        NodeKind::In(needle, items) => {
            let items: Option<Vec<Arg>> =
                items.iter().map(|item| Some(shown(&value_of(item, cx).ok()?).into())).collect();
            let items = listed("list-or", items?);
            let needs = if wanted { items } else { Sentence::new("bound-anything-but").with("value", items) };
            Some(ConditionText::value(noun_of(needle, cx)?, needs, &value_of(needle, cx).ok()?))
        }
        NodeKind::InRange(needle, first, last, inclusive) => {
            let last = if *inclusive { *last } else { last.saturating_sub(1) };
            let key = if wanted { "needs-from-to" } else { "needs-not-from-to" };
            let needs = Sentence::new(key).with("first", *first).with("last", last);
            Some(ConditionText::value(noun_of(needle, cx)?, needs, &value_of(needle, cx).ok()?))
        }
        NodeKind::Contains(needle, haystack) => {
            let needle = shown(&value_of(needle, cx).ok()?);
            let needs = Sentence::new(if wanted { "needs-among" } else { "needs-not-among" }).with("value", needle);
            Some(ConditionText::value(noun_of(haystack, cx)?, needs, &value_of(haystack, cx).ok()?))
        }
        NodeKind::Fact { subject, fact, args, .. } => {
            let args: Option<Vec<Value>> = args.iter().map(|arg| value_of(arg, cx).ok()).collect();
            let saw = value_of(node, cx).ok()?;
            truth_text(*subject, *fact, &args?, wanted, &saw)
        }
        NodeKind::Own { name, .. } => {
            Some(ConditionText::value(own_name(name), shown(&Value::Truth(wanted)), &cx.own(name)))
        }
        NodeKind::Or(nodes) if wanted => {
            let ways: Option<Vec<ConditionText>> = nodes.iter().map(|each| condition_text(each, true, cx)).collect();
            let ways = ways?;
            let choices = ways
                .iter()
                .map(ConditionText::choice)
                .reduce(|first, second| Sentence::new("or-else").with("first", first).with("second", second))?;
            let saw = Arg::List(ways.iter().map(|way| way.saw().into()).collect());
            Some(ConditionText {
                shape: Shape::Inside,
                needs: Sentence::new("either").with("choices", choices),
                saw: Sentence::new("as-is").with("words", saw),
            })
        }
        _ => None,
    }
}

/// `fact <op> anything`.
fn compared(left: &Node, comparison: Comparison, right: &Node, cx: &FactContext) -> Option<ConditionText> {
    let (saw, needed) = (value_of(left, cx).ok()?, value_of(right, cx).ok()?);
    if let (NodeKind::Fact { subject, fact, args, .. }, Value::Whole(number)) = (&left.kind, &needed) {
        let args: Option<Vec<Value>> = args.iter().map(|arg| value_of(arg, cx).ok()).collect();
        if let Some(counted) = counted(*subject, *fact, &args?, *number) {
            let number_of = || Sentence::new("number-counted").with("number", *number).with("counted", counted.clone());
            let needs = match comparison {
                Comparison::NotEqual => {
                    Sentence::new("needs-other-number").with("counted", counted).with("number", *number)
                }
                Comparison::Less => Sentence::new("bound-fewer").with("value", number_of()),
                other => Sentence::new(bound(other)).with("value", number_of()),
            };
            let saw = match saw {
                Value::Unknown => is(&saw),
                saw => Sentence::new("saw-count").with("count", shown(&saw)),
            };
            return Some(ConditionText::counted(needs, saw));
        }
    }
    let needs = match (comparison, &needed) {
        (Comparison::Equal, Value::Unknown) => Sentence::new("needs-unknown"),
        (Comparison::NotEqual, Value::Unknown) => Sentence::new("needs-known"),
        (Comparison::Equal, other) => shown(other),
        (comparison, other) => Sentence::new(bound(comparison)).with("value", shown(other)),
    };
    Some(ConditionText::value(noun_of(left, cx)?, needs, &saw))
}

/// The node when it is something with a name of its own.
fn named(node: &Node) -> Option<&Node> {
    let by_name =
        matches!(node.kind, NodeKind::Fact { .. } | NodeKind::Own { .. } | NodeKind::Now | NodeKind::Coalesce(_));
    (by_name || between_moments(node).is_some()).then_some(node)
}

/// `is "interest"`, `is not known`
fn is(value: &Value) -> Sentence {
    Sentence::new("saw-value").with("value", shown(value))
}

/// A value as a condition shows it: texts in quotes, numbers with two decimals at most.
pub(super) fn shown(value: &Value) -> Sentence {
    let amount = |amount: Amount| Sentence::new("as-is").with("words", amount);
    match value {
        Value::Unknown => Sentence::new("value-unknown"),
        Value::Truth(true) => Sentence::new("value-true"),
        Value::Truth(false) => Sentence::new("value-false"),
        Value::Text(text) => Sentence::new("value-quoted").with("text", &**text),
        Value::Whole(count) => amount(Amount::whole(*count)),
        Value::Number(number) => amount(Amount::rounded(*number, 2)),
        Value::Length(length) => length.in_words(),
        Value::WorkingLength(length) => Sentence::new("length-working").with("length", *length),
        Value::WorkingDays(days) => Sentence::new("working-days").with("days", *days),
        Value::List(items) if items.is_empty() => Sentence::new("value-empty"),
        Value::List(items) => listed("list-and", items.iter().map(|item| shown(item).into()).collect()),
        Value::Moment(moment) => Sentence::as_is(moment.to_string()),
    }
}

/// `"NL", "BE" or "DE"`
fn listed(key: &'static str, items: Vec<Arg>) -> Sentence {
    if items.is_empty() { Sentence::new("value-nothing") } else { Sentence::list(key, items) }
}

const fn bound(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "bound-exactly",
        Comparison::NotEqual => "bound-anything-but",
        Comparison::Less => "bound-less",
        Comparison::LessOrEqual => "bound-at-most",
        Comparison::Greater => "bound-more",
        Comparison::GreaterOrEqual => "bound-at-least",
    }
}

#[cfg(test)]
mod tests;
