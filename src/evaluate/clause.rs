//! Evaluates a clause of a rule for one lead (and person) at one moment.
//!
//! A clause that was lowered to an expression tree is evaluated node by node ([`node`](crate::evaluate::node)); any other runs on the script interpreter. Both give the same
//! answer: the tree keeps Rhai's order of evaluation, its short-circuiting and its errors. An error is one of this clause for this lead.
//!
//! **Change.** Evaluation notes in the [`FactContext`] when the answer can change by the passing of time alone. A condition notes the
//! changes of every fact that it mentions, also of those that its answer did not need (after an `and` that is false already, in the
//! branch not taken). So what is noted does not depend on the values of other facts, and evaluating many leads at once notes the same.
//! A quiet context notes nothing, and only the operands that are needed are evaluated.

use std::rc::Rc;

use crate::book::GroupRecords;
use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::calendar::{Duration, Instant};
use crate::diagnostics::{EvaluationError, EvaluationErrorCode, ValueError};
use crate::evaluate::facts::{self, FactContext};
use crate::evaluate::node::{NodeOutcome, at, is_boolean, outcome, truth, value, without_motion};
use crate::evaluate::operators::{self, TruthNeededBy};
use crate::pack::expression::{Body, Clause, Node, NodeKind};
use crate::pack::interpreter::{Answer, FactSource};
use crate::wording::{Arg, Language};

/// What a clause comes to.
///
/// # Errors
/// The kinds of [`EvaluationErrorCode`], with the place in the rule file.
pub fn evaluate(clause: &Clause, cx: &FactContext) -> Result<Answer, EvaluationError> {
    match &clause.body {
        Body::Compiled(node) => {
            spend(clause, cx)?;
            match outcome(node, cx)? {
                NodeOutcome::Value(value, motion) => Ok(Answer::Value(without_motion(value, motion, cx))),
                NodeOutcome::Touch(touch) => Ok(Answer::Touches(vec![*touch])),
                NodeOutcome::Touches(touches) => Ok(Answer::Touches(touches)),
            }
        }
        Body::Interpreted { .. } => interpret(clause, cx),
    }
}

/// Counts the operations of a compiled clause.
///
/// # Errors
/// When its statement has taken too many for this lead.
fn spend(clause: &Clause, cx: &FactContext) -> Result<(), EvaluationError> {
    if cx.take_operations(clause.operations) { Ok(()) } else { Err(operators::over_operations().at(clause.span)) }
}

/// What a clause comes to in the script interpreter, whether or not it was compiled too: the reference that tests compare with.
///
/// # Errors
/// As [`evaluate`].
pub fn interpret(clause: &Clause, cx: &FactContext) -> Result<Answer, EvaluationError> {
    match &clause.body {
        // What it takes was counted when it was read, by the tree.
        Body::Compiled(_) => {
            spend(clause, cx)?;
            clause.program.evaluate(Rc::new(cx.without_limit()))
        }
        Body::Interpreted { .. } => clause.program.evaluate(Rc::new(cx.clone())),
    }
}

impl FactSource for FactContext {
    fn now(&self) -> Instant {
        self.change_within_the_hour();
        Self::now(self)
    }

    fn fact(&self, subject: Subject, fact: Fact, args: &[Value]) -> Result<Value, ValueError> {
        Self::fact(self, subject, fact, args)
    }

    fn own(&self, name: &str) -> Value {
        Self::own(self, name)
    }

    fn own_time(&self, name: &str) -> Result<Value, ValueError> {
        Self::own_time(self, name)
    }

    fn sentence_language(&self) -> Option<Language> {
        Self::sentence_language(self)
    }

    fn signals(&self, subject: Subject, fact: Fact) -> usize {
        if facts::reads_log(fact) { self.log(subject).len() } else { 0 }
    }

    fn clock_length(&self, ago: Duration, working: &Value) -> Duration {
        self.change_within_the_hour();
        self.clock_length_from(self.now() - ago, working)
    }

    fn operations_left(&self) -> u64 {
        Self::operations_left(self)
    }

    fn spend(&self, operations: u64) {
        self.count_interpreted(operations);
        self.take_operations(operations);
    }
}

/// Whether a condition holds.
///
/// # Errors
/// As [`evaluate`]; also when the answer is not true or false.
pub fn holds(clause: &Clause, cx: &FactContext) -> Result<bool, EvaluationError> {
    let holds = holds_for_anybody(clause, cx);
    // Asked after the condition, so that the changes noted do not depend on the owner.
    match &clause.owners {
        Some(owners) if !owners.include(cx.lead().and_then(|lead| lead.owner.as_deref())) => Ok(false),
        _ => holds,
    }
}

/// Whether a condition holds, whoever owns the lead.
fn holds_for_anybody(clause: &Clause, cx: &FactContext) -> Result<bool, EvaluationError> {
    if let Body::Compiled(node) = &clause.body
        && is_boolean(node)
    {
        spend(clause, cx)?;
        return truth(node, cx, TruthNeededBy::Condition);
    }
    match evaluate(clause, cx)? {
        Answer::Value(value) => operators::truth(&value, TruthNeededBy::Condition).map_err(at(clause.span)),
        Answer::Touches(_) => {
            let code = EvaluationErrorCode::WrongType;
            Err(operators::not_truth(Arg::Key("a-touch"), TruthNeededBy::Condition, code).at(clause.span))
        }
    }
}

/// Whether a statement holds: its `when` does (where it has one) and its `unless` does not. Both are evaluated, so that the changes of
/// both are noted; in a quiet context the `unless` only where the `when` holds.
///
/// # Errors
/// As [`holds`]; an error of the `unless` counts only where the `when` holds.
pub fn stands(when: Option<&Clause>, unless: Option<&Clause>, cx: &FactContext) -> Result<bool, EvaluationError> {
    let when = when.map_or(Ok(true), |when| holds(when, cx));
    if cx.is_quiet() && when != Ok(true) {
        return when;
    }
    let stopped = unless.map(|unless| holds(unless, cx));
    match (when?, stopped) {
        (true, Some(stopped)) => stopped.map(|stops| !stops),
        (when, _) => Ok(when),
    }
}

/// How many operands of a condition, from the first on, do not read `person`. A condition that is no `and` is one operand.
pub(crate) fn operands_without_person(clause: &Clause) -> usize {
    operands(clause).iter().take_while(|operand| !operand.reads_person()).count()
}

/// Whether a condition does not hold because of one of its first operands, of which none before that one has an error.
pub(crate) fn fails_within(clause: &Clause, first: usize, cx: &FactContext) -> bool {
    let mut truths = operands(clause).iter().take(first).map(|operand| truth(operand, cx, TruthNeededBy::And));
    matches!(truths.find(|truth| !matches!(truth, Ok(true))), Some(Ok(false)))
}

fn operands(clause: &Clause) -> &[Node] {
    match &clause.body {
        Body::Compiled(Node { kind: NodeKind::And(operands), .. }) => operands,
        Body::Compiled(node) => std::slice::from_ref(node),
        Body::Interpreted { .. } => &[],
    }
}

/// The value of an expression that reads no lead, such as `7.days`.
///
/// # Errors
/// As [`evaluate`]; also when it comes to a touch.
pub(crate) fn constant(node: &Node) -> Result<Value, EvaluationError> {
    value_of(node, &FactContext::new(&GroupRecords::default(), 0, Instant::from_millis(0)))
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
    truth(node, cx, TruthNeededBy::Condition)
}
