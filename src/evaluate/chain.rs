//! Evaluates chains of methods, and lists that may hold touches.

use crate::book::value::Value;
use crate::diagnostics::{EvaluationError, EvaluationErrorCode, ValueError};
use crate::evaluate::facts::FactContext;
use crate::evaluate::facts::change::Motion;
use crate::evaluate::methods;
use crate::evaluate::node::{NodeOutcome, ValueAndMotion, at, both, outcome, plain_values, without_motion};
use crate::evaluate::operators::ListSize;
use crate::pack::expression::{Node, NodeKind};
use crate::pack::touch::Touch;
use crate::wording::{Arg, Sentence};

/// The value of a node that may come to a touch, where only a value is allowed.
pub(super) fn as_value(node: &Node, cx: &FactContext) -> Result<ValueAndMotion, EvaluationError> {
    match chain(node, cx)? {
        NodeOutcome::Value(value, motion) => Ok((value, motion)),
        _ => Err(touch_is_no_value().at(node.span)),
    }
}

/// A touch with its builder methods, or a value with its methods. As in Rhai, the arguments of the whole chain are evaluated first,
/// from left to right, and then the root of the chain.
pub(super) fn chain(node: &Node, cx: &FactContext) -> Result<NodeOutcome, EvaluationError> {
    let mut steps = Vec::new();
    let mut root = node;
    while let NodeKind::Build { on, .. } | NodeKind::Method { on, .. } = &root.kind {
        steps.push(root);
        root = on;
    }
    let of_root = match &root.kind {
        NodeKind::Fact { args, id: None, .. } => plain_values(args, cx),
        _ => Ok(Vec::new()),
    };
    let of_steps = || {
        let args = steps.iter().rev().map(|step| match &step.kind {
            NodeKind::Build { args, .. } | NodeKind::Method { args, .. } => plain_values(args, cx),
            _ => Ok(Vec::new()),
        });
        args.collect::<Result<Vec<Vec<Value>>, EvaluationError>>()
    };
    let (of_root, of_steps) = both(of_root, of_steps, cx)?;
    let mut outcome = match &root.kind {
        NodeKind::Fact { subject, fact, id: None, .. } => {
            let seen = cx.look(*subject, *fact, &of_root).map_err(at(root.span))?;
            NodeOutcome::Value(seen.value, seen.motion)
        }
        NodeKind::Action(action) => NodeOutcome::Touch(Box::new(Touch::new(action.clone()))),
        _ => outcome(root, cx)?,
    };
    for (step, args) in steps.into_iter().rev().zip(of_steps) {
        outcome = call_method(outcome, step, &args, cx).map_err(at(step.span))?;
    }
    Ok(outcome)
}

/// One step of a chain: a method of what the chain came to so far.
fn call_method(on: NodeOutcome, step: &Node, args: &[Value], cx: &FactContext) -> Result<NodeOutcome, ValueError> {
    match (&step.kind, on) {
        (NodeKind::Build { method, .. }, NodeOutcome::Touch(touch)) => {
            touch.with(method, args).map(|touch| NodeOutcome::Touch(Box::new(touch)))
        }
        (NodeKind::Build { method, .. }, NodeOutcome::Value(value, _)) => {
            let unknown = std::iter::once(&value).chain(args).any(|value| *value == Value::Unknown);
            let code = if unknown { EvaluationErrorCode::UnknownValue } else { EvaluationErrorCode::WrongType };
            Err(ValueError::new(code, builder_on(method, value.described())))
        }
        (NodeKind::Build { method, .. }, NodeOutcome::Touches(_)) => {
            Err(wrong_type(builder_on(method, Arg::Key("a-list-of-touches"))))
        }
        (NodeKind::Method { method, .. }, NodeOutcome::Value(value, motion)) => {
            let value = without_motion(value, motion, cx);
            methods::call(*method, &value, args).map(|value| NodeOutcome::Value(value, Motion::Still))
        }
        _ => Err(touch_is_no_value()),
    }
}

/// The sentence of a method of touches that is called on something else.
fn builder_on(method: &str, came: Arg) -> Sentence {
    Sentence::new("run-builder-on").with("method", method).with("came", came)
}

/// A list of values or of touches, never of both. An unknown item among touches is left out.
pub(super) fn list(items: &[Node], cx: &FactContext) -> Result<NodeOutcome, EvaluationError> {
    let mut values = Vec::new();
    let mut touches = Vec::new();
    let mut size = ListSize::default();
    for item in items {
        match outcome(item, cx)? {
            NodeOutcome::Touch(touch) => touches.push(*touch),
            NodeOutcome::Touches(more) => touches.extend(more),
            NodeOutcome::Value(value, motion) => {
                let value = without_motion(value, motion, cx);
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
            Err(wrong_type(Sentence::new("run-touch-list").with("came", value.described())).at(span))
        }
    }
}

fn touch_is_no_value() -> ValueError {
    wrong_type(Sentence::new("run-no-value").with("kind", Arg::Key("a-touch")))
}

/// The error of a type that this sentence says the place does not take.
fn wrong_type(sentence: Sentence) -> ValueError {
    ValueError::new(EvaluationErrorCode::WrongType, sentence)
}
