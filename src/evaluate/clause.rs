//! Asking a clause of a rule for its answer.
//!
//! A clause that was lowered to our tree is walked here; any other runs on Rhai's walker. Both give the same answer: the
//! tree keeps Rhai's order of evaluation, its stopping early and its errors (which are errors of one clause for one lead,
//! never of the engine). On the way it notes when an answer can change by the passing of time alone.
//!
//! **Change.** A condition notes the changes of all facts that it mentions, also of those that were not needed for its answer (after an
//! `and` that is false already, in the branch not taken). So what is noted does not depend on the values of other facts, and
//! deciding many leads at once notes the same. For sentences and explanations, which note nothing, only what is needed is asked.

use std::rc::Rc;
use std::sync::Arc;

use crate::book::AccountRecords;
use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::calendar::Instant;
use crate::diagnostics::{EvaluationError, EvaluationErrorCode, Span, ValueError};
use crate::evaluate::facts::FactContext;
use crate::evaluate::facts::change::{Motion, note_crossing};
use crate::evaluate::methods;
use crate::evaluate::operators::{self, ListSize};
use crate::pack::expression::{Arithmetic, Body, Clause, Comparison, Node, NodeKind};
use crate::pack::interpreter::{Answer, FactSource};
use crate::pack::touch::Touch;
use crate::wording::Sentence;

/// The answer of a clause.
///
/// # Errors
/// What went wrong and where: an unknown value where one is needed, an overflow, a word outside the vocabulary ...
pub fn evaluate(clause: &Clause, cx: &FactContext) -> Result<Answer, EvaluationError> {
    match &clause.body {
        Body::Compiled(node) => match answer(node, cx)? {
            NodeOutcome::Value(value, motion) => Ok(Answer::Value(read_as_is(value, motion, cx))),
            NodeOutcome::Touch(touch) => Ok(Answer::Touches(vec![*touch])),
            NodeOutcome::Touches(touches) => Ok(Answer::Touches(touches)),
        },
        Body::Interpreted { .. } => interpret(clause, cx),
    }
}

/// The answer that the script interpreter gives of a clause, whether or not it was compiled too: the oracle of the tests.
///
/// # Errors
/// As [`evaluate`].
pub fn interpret(clause: &Clause, cx: &FactContext) -> Result<Answer, EvaluationError> {
    clause.program.evaluate(Rc::new(cx.clone()))
}

impl FactSource for FactContext {
    fn now(&self) -> Instant {
        Self::now(self)
    }

    fn fact(&self, subject: Subject, fact: Fact, args: &[Value]) -> Result<Value, ValueError> {
        Self::fact(self, subject, fact, args)
    }

    fn own(&self, name: &str) -> Value {
        Self::own(self, name)
    }
}

/// Whether a condition holds.
///
/// # Errors
/// As [`evaluate`]; also when the answer is not true or false.
pub fn holds(clause: &Clause, cx: &FactContext) -> Result<bool, EvaluationError> {
    match evaluate(clause, cx)? {
        Answer::Value(value) => operators::truth(&value, "a condition").map_err(at(clause.span)),
        Answer::Touches(_) => Err(at(clause.span)("a condition needs true or false, and got a touch".to_owned())),
    }
}

/// Whether a statement holds: its `when` does (where it has one) and its `unless` does not. Both are asked, so that the changes of both
/// are noted.
///
/// # Errors
/// As [`holds`]; what is wrong with an `unless` matters only where the `when` holds.
pub fn stands(when: Option<&Clause>, unless: Option<&Clause>, cx: &FactContext) -> Result<bool, EvaluationError> {
    let when = when.map_or(Ok(true), |when| holds(when, cx));
    let stopped = unless.map(|unless| holds(unless, cx));
    match (when?, stopped) {
        (true, Some(stopped)) => stopped.map(|stops| !stops),
        (when, _) => Ok(when),
    }
}

/// The value of an expression that reads no lead, such as `7.days`.
///
/// # Errors
/// As [`evaluate`]; also when it is a touch.
pub(crate) fn constant(node: &Node) -> Result<Value, EvaluationError> {
    value_of(node, &FactContext::new(&AccountRecords::default(), 0, Instant::from_millis(0)))
}

/// The value of one node by itself, for explanations.
///
/// # Errors
/// As [`evaluate`].
pub(crate) fn value_of(node: &Node, cx: &FactContext) -> Result<Value, EvaluationError> {
    value(node, cx).map(|(value, _)| value)
}

/// Whether one condition holds by itself, for explanations.
///
/// # Errors
/// As [`holds`].
pub(crate) fn truth_of(node: &Node, cx: &FactContext) -> Result<bool, EvaluationError> {
    truth(node, cx, "a condition")
}

/// What a node comes to.
enum NodeOutcome {
    Value(Value, Motion),
    Touch(Box<Touch>),
    Touches(Vec<Touch>),
}

type ValueAndMotion = (Value, Motion);

fn at(span: Span) -> impl Fn(String) -> EvaluationError {
    move |message| ValueError::new(EvaluationErrorCode::WrongType, Sentence::as_is(message)).at(span)
}

/// The value for a reader that does not follow its motion.
fn read_as_is(value: Value, motion: Motion, cx: &FactContext) -> Value {
    if motion != Motion::Still {
        cx.change_within_the_hour();
    }
    value
}

fn still(value: impl Into<Value>) -> ValueAndMotion {
    (value.into(), Motion::Still)
}

/// A node that must come to a value.
///
/// Each kind with more to it than one step has a function of its own, so that the stack a deep tree needs stays small.
fn value(node: &Node, cx: &FactContext) -> Result<ValueAndMotion, EvaluationError> {
    match &node.kind {
        NodeKind::Literal(value) | NodeKind::Setting { value, .. } => Ok((value.clone(), Motion::Still)),
        NodeKind::Now => Ok((Value::Moment(cx.now()), Motion::Linear(1))),
        NodeKind::Fact { subject, fact, args } => fact_value(*subject, *fact, args, cx, node.span),
        NodeKind::Own { name } => Ok(still(cx.own(name))),
        NodeKind::And(nodes) => first_that(nodes, cx, "\"and\"", false).map(|found| still(found.is_none())),
        NodeKind::Or(nodes) => first_that(nodes, cx, "\"or\"", true).map(|found| still(found.is_some())),
        NodeKind::Not(inner) => not(inner, cx, node.span),
        NodeKind::Negate(inner) => negated(inner, cx, node.span),
        NodeKind::Compare(comparison, left, right) => compared(*comparison, left, right, cx, node.span),
        NodeKind::Arith(operation, left, right) => computed(*operation, left, right, cx, node.span),
        NodeKind::In(needle, items) => among(needle, items, cx, node.span),
        NodeKind::Contains(needle, haystack) => contained(needle, haystack, cx, node.span),
        NodeKind::InRange(needle, first, last, inclusive) => {
            let needle = steady(needle, cx)?;
            operators::in_range(&needle, *first, *last, *inclusive).map(still).map_err(at(node.span))
        }
        NodeKind::Coalesce(nodes) => first_known(nodes, cx),
        NodeKind::If(condition, yes, no) => match branch(condition, yes, no.as_deref(), cx)? {
            Some(chosen) => value(chosen, cx),
            None => Ok(still(Value::Unknown)),
        },
        NodeKind::Text(parts) => text(parts, cx),
        NodeKind::List(items) => all_in_list(items, cx).map(|values| still(Value::List(values.into()))),
        NodeKind::Method { .. } | NodeKind::Build { .. } | NodeKind::Action(_) => as_value(node, cx),
        NodeKind::Call { name, args, body } => {
            let body = both(handed_over(args, cx), || Ok(value(body, cx)), cx)?.1;
            body.map_err(|problem| in_helper(name, node.span, problem))
        }
    }
}

fn not(inner: &Node, cx: &FactContext, span: Span) -> Result<ValueAndMotion, EvaluationError> {
    let (inner, _) = value(inner, cx)?;
    operators::not(&inner).map(still).map_err(at(span))
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
) -> Result<ValueAndMotion, EvaluationError> {
    let ((left, left_motion), (right, right_motion)) = both(value(left, cx), || value(right, cx), cx)?;
    let truth = operators::compare(comparison, &left, &right).map_err(at(span))?;
    note_crossing(cx, comparison, (&left, left_motion), (&right, right_motion));
    Ok(still(truth))
}

fn computed(
    operation: Arithmetic,
    left: &Node,
    right: &Node,
    cx: &FactContext,
    span: Span,
) -> Result<ValueAndMotion, EvaluationError> {
    let ((left, left_motion), (right, right_motion)) = both(value(left, cx), || value(right, cx), cx)?;
    let result = operators::arithmetic(operation, &left, &right).map_err(at(span))?;
    let motion = combined(operation, left_motion, right_motion, &left, &right);
    Ok((result, motion))
}

/// `needle in [...]`. Rhai reads what is looked in before what is looked for.
fn among(needle: &Node, items: &[Node], cx: &FactContext, span: Span) -> Result<ValueAndMotion, EvaluationError> {
    let (haystack, needle) = both(all_in_list(items, cx), || steady(needle, cx), cx)?;
    operators::contains_item(&haystack, &needle).map(still).map_err(at(span))
}

/// `needle in haystack`, in the same order.
fn contained(needle: &Node, haystack: &Node, cx: &FactContext, span: Span) -> Result<ValueAndMotion, EvaluationError> {
    let (haystack, needle) = both(steady(haystack, cx), || steady(needle, cx), cx)?;
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
        let _ = std::fmt::Write::write_fmt(&mut text, format_args!("{}", steady(part, cx)?));
        operators::fits_text(text.len()).map_err(at(part.span))
    });
    mention(parts, cx);
    written.map(|()| still(Value::Text(Arc::from(text))))
}

/// What may come to a touch, where only a value will do.
fn as_value(node: &Node, cx: &FactContext) -> Result<ValueAndMotion, EvaluationError> {
    match chain(node, cx)? {
        NodeOutcome::Value(value, motion) => Ok((value, motion)),
        _ => Err(at(node.span)("a touch stands where a value is needed".to_owned())),
    }
}

/// What a helper function was handed, for the sake of the errors in it.
fn handed_over(args: &[Node], cx: &FactContext) -> Result<(), EvaluationError> {
    let mut args = args.iter();
    let handed = args.by_ref().try_for_each(|arg| answer(arg, cx).map(|_| ()));
    mention(args, cx);
    handed
}

/// What went wrong in a helper function is told where it is called.
fn in_helper(name: &str, span: Span, problem: EvaluationError) -> EvaluationError {
    let sentence = Sentence::new("run-in-helper").with("name", name).with("sentence", problem.sentence);
    EvaluationError { code: problem.code, sentence, span }
}

/// A value for a reader that does not follow its motion.
fn steady(node: &Node, cx: &FactContext) -> Result<Value, EvaluationError> {
    let (value, motion) = value(node, cx)?;
    Ok(read_as_is(value, motion, cx))
}

/// The values of some nodes for a reader that does not follow their motion.
fn all_steady(nodes: &[Node], cx: &FactContext) -> Result<Vec<Value>, EvaluationError> {
    let mut nodes = nodes.iter();
    let values = nodes.by_ref().map(|node| steady(node, cx)).collect();
    mention(nodes, cx);
    values
}

/// The same as the items of a list, which has a largest size.
fn all_in_list(items: &[Node], cx: &FactContext) -> Result<Vec<Value>, EvaluationError> {
    let mut size = ListSize::default();
    let mut items = items.iter();
    let measured = items.by_ref().map(|item| {
        let value = steady(item, cx)?;
        size.add(&value).map_err(at(item.span)).map(|()| value)
    });
    let values = measured.collect();
    mention(items, cx);
    values
}

/// The place of the first operand that comes to `wanted`.
fn first_that(nodes: &[Node], cx: &FactContext, what: &str, wanted: bool) -> Result<Option<usize>, EvaluationError> {
    let mut nodes = nodes.iter().enumerate();
    let found = nodes
        .by_ref()
        .map(|(nth, node)| truth(node, cx, what).map(|truth| (truth == wanted).then_some(nth)))
        .find(|found| !matches!(found, Ok(None)));
    mention(nodes.map(|(_, node)| node), cx);
    found.unwrap_or(Ok(None))
}

/// Two operands, of which the first is asked first; when that fails, the second is only mentioned.
fn both<T, U>(
    first: Result<T, EvaluationError>,
    second: impl FnOnce() -> Result<U, EvaluationError>,
    cx: &FactContext,
) -> Result<(T, U), EvaluationError> {
    match first {
        Ok(first) => second().map(|second| (first, second)),
        Err(problem) => {
            if !cx.is_quiet() {
                let _ = second();
            }
            Err(problem)
        }
    }
}

/// The branch that an `if` takes; the other one is only mentioned.
fn branch<'n>(
    condition: &Node,
    yes: &'n Node,
    no: Option<&'n Node>,
    cx: &FactContext,
) -> Result<Option<&'n Node>, EvaluationError> {
    let truth = truth(condition, cx, "\"if\"");
    let (taken, left) = match &truth {
        Ok(true) => (Some(yes), [no, None]),
        Ok(false) => (no, [Some(yes), None]),
        Err(_) => (None, [Some(yes), no]),
    };
    mention(left.into_iter().flatten(), cx);
    truth.map(|_| taken)
}

/// Nodes whose answer is not needed: asked so that their changes are noted.
fn mention<'n>(nodes: impl Iterator<Item = &'n Node>, cx: &FactContext) {
    if !cx.is_quiet() {
        for node in nodes {
            let _ = answer(node, cx);
        }
    }
}

/// An operand that must be true or false.
fn truth(node: &Node, cx: &FactContext, what: &str) -> Result<bool, EvaluationError> {
    let (value, _) = value(node, cx)?;
    operators::truth(&value, what).map_err(at(node.span))
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
        [one] => cx.look(subject, fact, &[steady(one, cx)?]),
        many => cx.look(subject, fact, &all_steady(many, cx)?),
    };
    let seen = seen.map_err(|error| error.at(span))?;
    Ok((seen.value, seen.motion))
}

/// How the result of an operation moves: sums and differences of lengths and moments can be followed.
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

/// A node that may come to touches.
fn answer(node: &Node, cx: &FactContext) -> Result<NodeOutcome, EvaluationError> {
    match &node.kind {
        NodeKind::Action(action) => Ok(NodeOutcome::Touch(Box::new(Touch::new(action.clone())))),
        NodeKind::Build { .. } | NodeKind::Method { .. } => chain(node, cx),
        NodeKind::Call { name, args, body } => {
            let body = both(handed_over(args, cx), || Ok(answer(body, cx)), cx)?.1;
            body.map_err(|problem| in_helper(name, node.span, problem))
        }
        NodeKind::If(condition, yes, no) => match branch(condition, yes, no.as_deref(), cx)? {
            Some(node) => answer(node, cx),
            None => Ok(NodeOutcome::Value(Value::Unknown, Motion::Still)),
        },
        NodeKind::List(items) => list(items, cx),
        _ => value(node, cx).map(|(value, motion)| NodeOutcome::Value(value, motion)),
    }
}

/// A touch with its builders, a value with what is asked of it. As in Rhai, the arguments of the whole chain are computed
/// first, from left to right, and then what they are asked of.
fn chain(node: &Node, cx: &FactContext) -> Result<NodeOutcome, EvaluationError> {
    let mut steps = Vec::new();
    let mut root = node;
    while let NodeKind::Build { on, .. } | NodeKind::Method { on, .. } = &root.kind {
        steps.push(root);
        root = on;
    }
    let of_root = match &root.kind {
        NodeKind::Fact { args, .. } => all_steady(args, cx),
        _ => Ok(Vec::new()),
    };
    let of_steps = || {
        let args = steps.iter().rev().map(|step| match &step.kind {
            NodeKind::Build { args, .. } | NodeKind::Method { args, .. } => all_steady(args, cx),
            _ => Ok(Vec::new()),
        });
        args.collect::<Result<Vec<Vec<Value>>, EvaluationError>>()
    };
    let (of_root, of_steps) = both(of_root, of_steps, cx)?;
    let mut outcome = match &root.kind {
        NodeKind::Fact { subject, fact, .. } => {
            let seen = cx.look(*subject, *fact, &of_root).map_err(|error| error.at(root.span))?;
            NodeOutcome::Value(seen.value, seen.motion)
        }
        NodeKind::Action(action) => NodeOutcome::Touch(Box::new(Touch::new(action.clone()))),
        _ => answer(root, cx)?,
    };
    for (step, args) in steps.into_iter().rev().zip(of_steps) {
        outcome = take(outcome, step, &args, cx).map_err(at(step.span))?;
    }
    Ok(outcome)
}

/// One step of a chain.
fn take(on: NodeOutcome, step: &Node, args: &[Value], cx: &FactContext) -> Result<NodeOutcome, String> {
    match (&step.kind, on) {
        (NodeKind::Build { method, .. }, NodeOutcome::Touch(touch)) => {
            touch.with(method, args).map(|touch| NodeOutcome::Touch(Box::new(touch))).map_err(|why| why.english())
        }
        (NodeKind::Build { method, .. }, NodeOutcome::Value(value, _)) => {
            Err(format!(".{method} belongs to a touch, and this is {}", operators::described(&value)))
        }
        (NodeKind::Build { method, .. }, NodeOutcome::Touches(_)) => {
            Err(format!(".{method} belongs to one touch, and this is a list of them"))
        }
        (NodeKind::Method { method, .. }, NodeOutcome::Value(value, motion)) => {
            let value = read_as_is(value, motion, cx);
            methods::ask(*method, &value, args).map(|value| NodeOutcome::Value(value, Motion::Still))
        }
        _ => Err("a touch stands where a value is needed".to_owned()),
    }
}

/// A list of values or of touches, never of both. Something unknown among touches proposes nothing.
fn list(items: &[Node], cx: &FactContext) -> Result<NodeOutcome, EvaluationError> {
    let mut values = Vec::new();
    let mut touches = Vec::new();
    let mut size = ListSize::default();
    for item in items {
        match answer(item, cx)? {
            NodeOutcome::Touch(touch) => touches.push(*touch),
            NodeOutcome::Touches(more) => touches.extend(more),
            NodeOutcome::Value(value, motion) => {
                let value = read_as_is(value, motion, cx);
                size.add(&value).map_err(at(item.span))?;
                values.push((value, item.span));
            }
        }
    }
    if touches.is_empty() {
        return Ok(NodeOutcome::Value(
            Value::List(values.into_iter().map(|(value, _)| value).collect()),
            Motion::Still,
        ));
    }
    match values.into_iter().find(|(value, _)| *value != Value::Unknown) {
        None => Ok(NodeOutcome::Touches(touches)),
        Some((value, span)) => {
            Err(at(span)(format!("this list holds touches, and here is {}", operators::described(&value))))
        }
    }
}
