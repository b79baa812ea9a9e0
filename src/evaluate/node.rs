//! Evaluates the nodes of an expression tree for one lead (and person) at one moment.
//!
//! The order of evaluation, the short-circuiting and the errors are Rhai's. What of a node is not needed for its answer is still mentioned, so
//! that its changes are noted (see [`clause`](crate::evaluate::clause)); a quiet context mentions nothing.

use std::sync::Arc;

use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::diagnostics::{EvaluationError, Span, ValueError};
use crate::evaluate::chain::{as_value, chain, list};
use crate::evaluate::facts::FactContext;
use crate::evaluate::facts::change::{Motion, note_crossing};
use crate::evaluate::operators::{self, ListSize, TruthNeededBy};
use crate::pack::expression::{Arithmetic, Comparison, Node, NodeKind};
use crate::pack::touch::Touch;
use crate::wording::Sentence;

/// What a node comes to.
pub(super) enum NodeOutcome {
    Value(Value, Motion),
    Touch(Box<Touch>),
    Touches(Vec<Touch>),
}

pub(super) type ValueAndMotion = (Value, Motion);

/// Adds the place in the rule file to an error.
pub(super) fn at(span: Span) -> impl Fn(ValueError) -> EvaluationError {
    move |error| error.at(span)
}

/// A value whose motion is not followed: one that moves notes the next full hour as its moment of change.
pub(super) fn without_motion(value: Value, motion: Motion, cx: &FactContext) -> Value {
    if motion != Motion::Still {
        cx.change_within_the_hour();
    }
    value
}

fn still(value: impl Into<Value>) -> ValueAndMotion {
    (value.into(), Motion::Still)
}

/// The value of a node, and how it moves in time.
///
/// Each kind of more than one step has a function of its own, which keeps the stack frame of this recursive function small.
pub(super) fn value(node: &Node, cx: &FactContext) -> Result<ValueAndMotion, EvaluationError> {
    match &node.kind {
        NodeKind::Literal(value) | NodeKind::Setting { value, .. } => Ok((value.clone(), Motion::Still)),
        NodeKind::Now => Ok((Value::Moment(cx.now()), Motion::Linear(1))),
        NodeKind::Fact { id: Some(id), .. } => {
            let found = cx.look_numbered(id);
            Ok((found.value, found.motion))
        }
        NodeKind::Fact { subject, fact, args, id: None } => fact_value(*subject, *fact, args, cx, node.span),
        NodeKind::Own { name, is_time: false } => Ok(still(cx.own(name))),
        NodeKind::Own { name, is_time: true } => cx.own_time(name).map(still).map_err(at(node.span)),
        NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Not(_) | NodeKind::Compare(..) | NodeKind::In(..) => {
            // It has an answer for each of these.
            boolean(node, cx).unwrap_or(Ok(false)).map(still)
        }
        NodeKind::Negate(inner) => negated(inner, cx, node.span),
        NodeKind::Arith(operation, left, right) => computed(*operation, left, right, cx, node.span),
        NodeKind::Contains(needle, haystack) => contained(needle, haystack, cx, node.span),
        NodeKind::InRange(needle, first, last, inclusive) => {
            let needle = plain_value(needle, cx)?;
            operators::in_range(&needle, *first, *last, *inclusive).map(still).map_err(at(node.span))
        }
        NodeKind::Coalesce(nodes) => first_known(nodes, cx),
        NodeKind::If(condition, yes, no) => match branch(condition, yes, no.as_deref(), cx)? {
            Some(chosen) => value(chosen, cx),
            None => Ok(still(Value::Unknown)),
        },
        NodeKind::Text(parts) => text(parts, cx),
        NodeKind::List(items) => list_items(items, cx).map(|values| still(Value::List(values.into()))),
        NodeKind::Method { .. } | NodeKind::Build { .. } | NodeKind::Action(_) => as_value(node, cx),
        NodeKind::Call { name, args, body } => {
            let body = both(check_arguments(args, cx), || Ok(value(body, cx)), cx)?.1;
            body.map_err(|error| in_helper(name, node.span, error))
        }
    }
}

/// Whether a node always comes to true or false.
pub(super) const fn is_boolean(node: &Node) -> bool {
    matches!(
        node.kind,
        NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Not(_) | NodeKind::Compare(..) | NodeKind::In(..)
    )
}

/// The truth of a node that always comes to true or false; `None` for any other node.
fn boolean(node: &Node, cx: &FactContext) -> Option<Result<bool, EvaluationError>> {
    Some(match &node.kind {
        NodeKind::And(nodes) => first_with_truth(nodes, cx, TruthNeededBy::And, false).map(|found| found.is_none()),
        NodeKind::Or(nodes) => first_with_truth(nodes, cx, TruthNeededBy::Or, true).map(|found| found.is_some()),
        NodeKind::Not(inner) => not(inner, cx, node.span),
        NodeKind::Compare(comparison, left, right) => compared(*comparison, left, right, cx, node.span),
        NodeKind::In(needle, items) => in_list(needle, items, cx, node.span),
        _ => return None,
    })
}

fn not(inner: &Node, cx: &FactContext, span: Span) -> Result<bool, EvaluationError> {
    if let Some(truth) = boolean(inner, cx) {
        return truth.map(|truth| !truth);
    }
    let (inner, _) = value(inner, cx)?;
    operators::not(&inner).map_err(at(span))
}

fn negated(inner: &Node, cx: &FactContext, span: Span) -> Result<ValueAndMotion, EvaluationError> {
    let (inner, motion) = value(inner, cx)?;
    let motion = match motion {
        Motion::Linear(slope) => Motion::Linear(-slope),
        Motion::Still => Motion::Still,
        _ => Motion::Unclear,
    };
    Ok((operators::negate(&inner).map_err(at(span))?, motion))
}

fn compared(
    comparison: Comparison,
    left: &Node,
    right: &Node,
    cx: &FactContext,
    span: Span,
) -> Result<bool, EvaluationError> {
    let compare = |left: (&Value, Motion), right: (&Value, Motion)| {
        if (is_working_time(left.0) || is_working_time(right.0))
            && let Some(truth) = compared_with_working_time(comparison, left, right, cx)
        {
            return truth.map_err(at(span));
        }
        let truth = operators::compare(comparison, left.0, right.0).map_err(at(span))?;
        note_crossing(cx, comparison, left, right);
        Ok(truth)
    };
    // Most comparisons are of a fact with a constant. Neither has to be copied.
    match (&left.kind, right.constant()) {
        (NodeKind::Fact { id: Some(id), .. }, Some(right)) => {
            return cx.with_numbered(id, |left| compare((&left.value, left.motion), (right, Motion::Still)));
        }
        (_, Some(right)) => {
            let (left, motion) = value(left, cx)?;
            return compare((&left, motion), (right, Motion::Still));
        }
        _ => {}
    }
    let ((left, left_motion), (right, right_motion)) = both(value(left, cx), || value(right, cx), cx)?;
    compare((&left, left_motion), (&right, right_motion))
}

const fn is_working_time(value: &Value) -> bool {
    matches!(value, Value::WorkingLength(_) | Value::WorkingDays(_))
}

/// A length of time ordered with a length of working time, which counts from that long ago; `None` for any other values.
fn compared_with_working_time(
    comparison: Comparison,
    left: (&Value, Motion),
    right: (&Value, Motion),
    cx: &FactContext,
) -> Option<Result<bool, ValueError>> {
    use Value::{Length, WorkingDays, WorkingLength};
    if matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
        return None;
    }
    let (ago, motion, working) = match (left, right) {
        ((Length(ago), motion), (working @ (WorkingLength(_) | WorkingDays(_)), _))
        | ((working @ (WorkingLength(_) | WorkingDays(_)), _), (Length(ago), motion)) => (*ago, motion, working),
        _ => return None,
    };
    let clock = Length(cx.clock_length_from(cx.now() - ago, working));
    // What grows with time began at a moment that stays, and with it the moment at which the working time has passed.
    let began_then = motion == Motion::Linear(1);
    if !began_then {
        cx.change_within_the_hour();
    }
    let (left, right) = match left.0 {
        Length(_) => (left, (&clock, Motion::Still)),
        _ => ((&clock, Motion::Still), right),
    };
    if began_then {
        note_crossing(cx, comparison, left, right);
    }
    Some(operators::compare(comparison, left.0, right.0))
}

fn computed(
    operation: Arithmetic,
    left: &Node,
    right: &Node,
    cx: &FactContext,
    span: Span,
) -> Result<ValueAndMotion, EvaluationError> {
    let ((left, left_motion), (right, right_motion)) = both(value(left, cx), || value(right, cx), cx)?;
    let result = match (operation, &left, &right) {
        (Arithmetic::Add, Value::Text(_), _) | (Arithmetic::Add, _, Value::Text(_)) => {
            operators::arithmetic(operation, &as_text(&left, cx), &as_text(&right, cx))
        }
        _ => operators::arithmetic(operation, &left, &right),
    };
    let result = result.map_err(at(span))?;
    let motion = combined(operation, left_motion, right_motion, &left, &right);
    Ok((result, motion))
}

/// `needle in [...]`. As in Rhai, the list is evaluated before the needle.
fn in_list(needle: &Node, items: &[Node], cx: &FactContext, span: Span) -> Result<bool, EvaluationError> {
    if items.iter().all(|item| item.constant().is_some()) {
        let constants = || items.iter().filter_map(|item| item.constant().map(|value| (item, value)));
        let mut size = ListSize::default();
        let fits = constants().try_for_each(|(item, value)| size.add(value).map_err(at(item.span)));
        let ((), needle) = both(fits, || plain_value(needle, cx), cx)?;
        return operators::contains_item(constants().map(|(_, value)| value), &needle).map_err(at(span));
    }
    let (haystack, needle) = both(list_items(items, cx), || plain_value(needle, cx), cx)?;
    operators::contains_item(&haystack, &needle).map_err(at(span))
}

/// `needle in haystack`. As in Rhai, the haystack is evaluated first.
fn contained(needle: &Node, haystack: &Node, cx: &FactContext, span: Span) -> Result<ValueAndMotion, EvaluationError> {
    let (haystack, needle) = both(plain_value(haystack, cx), || plain_value(needle, cx), cx)?;
    operators::contains(&haystack, &needle).map(still).map_err(at(span))
}

fn first_known(nodes: &[Node], cx: &FactContext) -> Result<ValueAndMotion, EvaluationError> {
    let mut nodes = nodes.iter();
    let known = nodes
        .by_ref()
        .map(|node| value(node, cx))
        .find(|found| found.as_ref().map_or(true, |(value, _)| *value != Value::Unknown));
    mention(nodes, cx);
    known.unwrap_or_else(|| Ok(still(Value::Unknown)))
}

fn text(parts: &[Node], cx: &FactContext) -> Result<ValueAndMotion, EvaluationError> {
    let mut text = String::new();
    let mut parts = parts.iter();
    let written = parts.by_ref().try_for_each(|part| {
        match as_text(&plain_value(part, cx)?, cx) {
            Value::Text(part) => text.push_str(&part),
            other => text.push_str(&other.to_string()),
        }
        operators::check_text_size(text.len()).map_err(at(part.span))
    });
    mention(parts, cx);
    written.map(|()| still(Value::Text(Arc::from(text))))
}

/// A value that is about to be joined to a text: in a `because` as the language of its pack writes it, else unchanged, for Rhai's own
/// rendering. In a `because` this holds for every way to a text (`${...}`, `+`), in the interpreter too, so that there is one rule.
fn as_text(value: &Value, cx: &FactContext) -> Value {
    match cx.sentence_language() {
        Some(language) => Value::text(value.in_words(language)),
        None => value.clone(),
    }
}

/// Evaluates the arguments of a helper function for their errors; the body has their nodes in place of its parameters.
fn check_arguments(args: &[Node], cx: &FactContext) -> Result<(), EvaluationError> {
    let mut args = args.iter();
    let checked = args.by_ref().try_for_each(|arg| outcome(arg, cx).map(|_| ()));
    mention(args, cx);
    checked
}

/// An error in a helper function, told at the place where the function is called.
fn in_helper(name: &str, span: Span, error: EvaluationError) -> EvaluationError {
    let sentence = Sentence::new("run-in-helper").with("name", name).with("sentence", error.sentence);
    EvaluationError { code: error.code, sentence, span }
}

/// The value of a node whose motion is not followed.
pub(super) fn plain_value(node: &Node, cx: &FactContext) -> Result<Value, EvaluationError> {
    let (value, motion) = value(node, cx)?;
    Ok(without_motion(value, motion, cx))
}

/// The values of several nodes whose motion is not followed.
pub(super) fn plain_values(nodes: &[Node], cx: &FactContext) -> Result<Vec<Value>, EvaluationError> {
    let mut nodes = nodes.iter();
    let values = nodes.by_ref().map(|node| plain_value(node, cx)).collect();
    mention(nodes, cx);
    values
}

/// The values of the items of a list, which has a maximum size.
fn list_items(items: &[Node], cx: &FactContext) -> Result<Vec<Value>, EvaluationError> {
    let mut size = ListSize::default();
    let mut items = items.iter();
    let measured = items.by_ref().map(|item| {
        let value = plain_value(item, cx)?;
        size.add(&value).map_err(at(item.span)).map(|()| value)
    });
    let values = measured.collect();
    mention(items, cx);
    values
}

/// The position of the first operand that comes to `wanted`.
fn first_with_truth(
    nodes: &[Node],
    cx: &FactContext,
    needed_by: TruthNeededBy,
    wanted: bool,
) -> Result<Option<usize>, EvaluationError> {
    let mut nodes = nodes.iter().enumerate();
    let found = nodes
        .by_ref()
        .map(|(position, node)| truth(node, cx, needed_by).map(|truth| (truth == wanted).then_some(position)))
        .find(|found| !matches!(found, Ok(None)));
    mention(nodes.map(|(_, node)| node), cx);
    found.unwrap_or(Ok(None))
}

/// The results of two operands, evaluated in this order. When the first fails, the second is evaluated only to note its changes.
pub(super) fn both<T, U>(
    first: Result<T, EvaluationError>,
    second: impl FnOnce() -> Result<U, EvaluationError>,
    cx: &FactContext,
) -> Result<(T, U), EvaluationError> {
    match first {
        Ok(first) => second().map(|second| (first, second)),
        Err(error) => {
            if !cx.is_quiet() {
                let _ = second();
            }
            Err(error)
        }
    }
}

/// The branch that an `if` takes; `None` for an absent `else`. The other branch is only [mentioned](mention).
fn branch<'n>(
    condition: &Node,
    yes: &'n Node,
    no: Option<&'n Node>,
    cx: &FactContext,
) -> Result<Option<&'n Node>, EvaluationError> {
    let truth = truth(condition, cx, TruthNeededBy::If);
    let (taken, others) = match &truth {
        Ok(true) => (Some(yes), [no, None]),
        Ok(false) => (no, [Some(yes), None]),
        Err(_) => (None, [Some(yes), no]),
    };
    mention(others.into_iter().flatten(), cx);
    truth.map(|_| taken)
}

/// Evaluates nodes whose result is not needed, so that their changes are noted.
fn mention<'n>(nodes: impl Iterator<Item = &'n Node>, cx: &FactContext) {
    if !cx.is_quiet() {
        for node in nodes {
            let _ = outcome(node, cx);
        }
    }
}

/// An operand that must be true or false.
pub(super) fn truth(node: &Node, cx: &FactContext, needed_by: TruthNeededBy) -> Result<bool, EvaluationError> {
    if let Some(truth) = boolean(node, cx) {
        return truth;
    }
    let (value, _) = value(node, cx)?;
    operators::truth(&value, needed_by).map_err(at(node.span))
}

fn fact_value(
    subject: Subject,
    fact: Fact,
    args: &[Node],
    cx: &FactContext,
    span: Span,
) -> Result<ValueAndMotion, EvaluationError> {
    let seen = match args {
        [] => cx.look(subject, fact, &[]),
        [one] => cx.look(subject, fact, &[plain_value(one, cx)?]),
        many => cx.look(subject, fact, &plain_values(many, cx)?),
    };
    let seen = seen.map_err(at(span))?;
    Ok((seen.value, seen.motion))
}

/// How the result of an operation moves in time. Only sums and differences can be followed.
fn combined(operation: Arithmetic, left: Motion, right: Motion, left_value: &Value, right_value: &Value) -> Motion {
    let slope = |motion: Motion| match motion {
        Motion::Still => Some(0),
        Motion::Linear(slope) => Some(slope),
        _ => None,
    };
    let text = matches!(left_value, Value::Text(_)) || matches!(right_value, Value::Text(_));
    match (slope(left), slope(right)) {
        (Some(0), Some(0)) => Motion::Still,
        (Some(left), Some(right)) if !text => {
            let slope = match operation {
                Arithmetic::Add => left.checked_add(right),
                Arithmetic::Subtract => left.checked_sub(right),
                _ => None,
            };
            match slope {
                Some(0) => Motion::Still,
                Some(slope) => Motion::Linear(slope),
                None => Motion::Unclear,
            }
        }
        _ => Motion::Unclear,
    }
}

/// What a node comes to; touches are allowed.
pub(super) fn outcome(node: &Node, cx: &FactContext) -> Result<NodeOutcome, EvaluationError> {
    match &node.kind {
        NodeKind::Action(action) => Ok(NodeOutcome::Touch(Box::new(Touch::new(action.clone())))),
        NodeKind::Build { .. } | NodeKind::Method { .. } => chain(node, cx),
        NodeKind::Call { name, args, body } => {
            let body = both(check_arguments(args, cx), || Ok(outcome(body, cx)), cx)?.1;
            body.map_err(|error| in_helper(name, node.span, error))
        }
        NodeKind::If(condition, yes, no) => match branch(condition, yes, no.as_deref(), cx)? {
            Some(node) => outcome(node, cx),
            None => Ok(NodeOutcome::Value(Value::Unknown, Motion::Still)),
        },
        NodeKind::List(items) => list(items, cx),
        _ => value(node, cx).map(|(value, motion)| NodeOutcome::Value(value, motion)),
    }
}
