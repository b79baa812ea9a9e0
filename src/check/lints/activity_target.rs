//! Conditions that go on until we have made a number of touches.

use crate::book::catalogue::Fact;
use crate::book::value::Value;
use crate::book::vocabulary::{Direction, SignalKind};
use crate::calendar::Duration;
use crate::check::clause::visit;
use crate::check::lints::{StatementContext, proposes_contact};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::evaluate::clause::constant;
use crate::pack::expression::{Arithmetic, Comparison, Node, NodeKind};
use crate::pack::fact_arguments::FactArguments;
use crate::wording::Amount;

/// A target that counts activity
///
/// ## What it does
/// Warns when the `when` or `unless` of a rule, a series or an `enter` compares a count of our own touches (`touches`, and `calls`, `chats`,
/// `meetings` and `signals` of ours or of either direction) with ten a day or more: 40 in `1.day`, 50 in `5.days`. In a period of less than a day, from
/// three touches on. Not in `limit`, `never`, `pause` and `reachable`, nor in a rule that proposes to wait or to hand the lead over: these hold touches
/// back.
///
/// ## Why it matters
/// Forty calls a day say how busy somebody was, not whether anybody was helped. Who has to reach a number rings people who need no call.
///
/// ## Example
/// ```rhai
/// rule "Make the calls of today"
///     when lead.touches("phone", 1.day) < 40
///     then phone
///     because "Forty calls a day";
/// ```
///
/// ## Do instead
/// Ask for what came of it: a reply, a conversation, a step on the journey. A maximum is a `limit`.
/// ```rhai
/// rule "Nobody spoke with them yet"
///     when lead.stage is "consideration" and lead.since("conversation") is ()
///     then phone
///     because "They compare, and have spoken with none of us";
///
/// limit phone 2 per 7.days because "Two calls a week is enough";
/// ```
pub(crate) const ACTIVITY_TARGET: DiagnosticCode = DiagnosticCode::new("activity-target");

/// From how many touches a day on a count is a target of activity.
const A_DAY: f64 = 10.0;

/// The smallest count in less than a day that is taken for a target: fewer only say that nothing was done just now.
const WITHIN_A_DAY: f64 = 3.0;

pub(crate) fn lint(cx: &StatementContext<'_>, found: &mut Vec<Finding>) {
    if cx.touches.is_some_and(|touches| !proposes_contact(touches)) {
        return;
    }
    for condition in cx.conditions() {
        each_target(condition, found);
    }
}

/// Reports each comparison within a condition that is a target. Arguments of helper functions stand in their bodies as well.
fn each_target(node: &Node, found: &mut Vec<Finding>) {
    if let NodeKind::Call { body, .. } = &node.kind {
        return each_target(body, found);
    }
    if let Some((count, window)) = target(node) {
        let days = window.millis() as f64 / Duration::DAY.millis() as f64;
        let least = if days < 1.0 { WITHIN_A_DAY } else { 0.0 };
        if count >= least && count / days >= A_DAY {
            let finding = Finding::warning(ACTIVITY_TARGET, node.span);
            let finding = finding.with("count", Amount::new(count));
            found.push(finding.with("window", window));
        }
    }
    for part in node.kind.parts() {
        each_target(part, found);
    }
}

/// The number of our touches at which the answer of a comparison changes, and in how long a time; `None` for a node that compares no such count.
fn target(node: &Node) -> Option<(f64, Duration)> {
    let (count, reached) = match &node.kind {
        NodeKind::Compare(comparison, left, right) => {
            let (left, right) = (linear(left)?, linear(right)?);
            let count = left.plus(&right, -1.0);
            let number = -count.constant / count.factor;
            let comparison = if count.factor < 0.0 { comparison.mirrored() } else { *comparison };
            // Counts are whole: `<= 9` and `> 9` are told apart by the tenth touch.
            let reached = match comparison {
                Comparison::LessOrEqual | Comparison::Greater => number.floor() + 1.0,
                Comparison::Less | Comparison::GreaterOrEqual => number.ceil(),
                Comparison::Equal | Comparison::NotEqual => number,
            };
            (count, reached)
        }
        NodeKind::InRange(item, _, until, inclusive) => {
            let count = linear(item)?;
            let end = if *inclusive { until.saturating_add(1) } else { *until };
            let number = (end as f64 - count.constant) / count.factor;
            (count, number)
        }
        NodeKind::In(item, items) => {
            let count = linear(item)?;
            let number = items.iter().filter_map(number).reduce(f64::max)?;
            let number = (number - count.constant) / count.factor;
            (count, number)
        }
        _ => return None,
    };
    let window = count.window.filter(|window| window.millis() > 0)?;
    reached.is_finite().then_some((reached, window))
}

/// A number that grows with the count of our touches: `factor * count + constant`.
struct Linear {
    factor: f64,
    constant: f64,
    /// In how long a time they are counted, the longest where several counts are added; `None` for a number without a count.
    window: Option<Duration>,
}

impl Linear {
    fn plus(&self, other: &Self, times: f64) -> Self {
        let window = self.window.into_iter().chain(other.window).max();
        // Counts that are added are one count.
        let factor = match (self.window, other.window) {
            (Some(_), Some(_)) if self.factor == other.factor * times => self.factor,
            _ => self.factor + other.factor * times,
        };
        Self { factor, constant: self.constant + other.constant * times, window }
    }

    fn times(self, factor: f64) -> Self {
        Self { factor: self.factor * factor, constant: self.constant * factor, window: self.window }
    }
}

/// How a number grows with a count of our touches; `None` when that cannot be told.
fn linear(node: &Node) -> Option<Linear> {
    if let Some(number) = number(node) {
        return Some(Linear { factor: 0.0, constant: number, window: None });
    }
    match &node.kind {
        NodeKind::Fact { .. } => Some(Linear { factor: 1.0, constant: 0.0, window: Some(counted_in(node)?) }),
        NodeKind::Call { body, .. } => linear(body),
        NodeKind::Coalesce(operands) => linear(operands.first()?),
        NodeKind::Negate(operand) => Some(linear(operand)?.times(-1.0)),
        NodeKind::Arith(Arithmetic::Add, left, right) => Some(linear(left)?.plus(&linear(right)?, 1.0)),
        NodeKind::Arith(Arithmetic::Subtract, left, right) => Some(linear(left)?.plus(&linear(right)?, -1.0)),
        NodeKind::Arith(Arithmetic::Multiply, left, right) => match (number(left), number(right)) {
            (Some(factor), _) => Some(linear(right)?.times(factor)),
            (_, Some(factor)) => Some(linear(left)?.times(factor)),
            _ => None,
        },
        NodeKind::Arith(Arithmetic::Divide, left, right) => Some(linear(left)?.times(1.0 / number(right)?)),
        _ => None,
    }
}

/// The number that is the same for every lead; `None` for anything else.
fn number(node: &Node) -> Option<f64> {
    let reads_lead = |node: &Node| matches!(node.kind, NodeKind::Fact { .. } | NodeKind::Own { .. } | NodeKind::Now);
    let mut is_constant = true;
    visit(node, &mut |part| is_constant &= !reads_lead(part));
    match is_constant.then(|| constant(node))?.ok()? {
        Value::Whole(count) => Some(count as f64),
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// In how long a time a fact counts touches of ours; `None` for a fact that counts none, or over all time.
fn counted_in(node: &Node) -> Option<Duration> {
    let NodeKind::Fact { subject, fact, args, .. } = &node.kind else { return None };
    let args: Vec<Value> = args.iter().map(|arg| arg.constant().cloned()).collect::<Option<_>>()?;
    let args = FactArguments::read(*subject, *fact, &args).ok()??;
    let both_ways = |kind| {
        use SignalKind::{Call, Chat, Email, Meeting, Message};
        args.direction == Some(Direction::Outbound)
            || (args.direction.is_none() && matches!(kind, Call | Chat | Email | Meeting | Message))
    };
    let ours = match fact {
        Fact::Touches => true,
        Fact::Count(kind) => both_ways(*kind),
        Fact::Signals => args.kind.is_some_and(both_ways),
        _ => false,
    };
    args.window.filter(|_| ours)
}
