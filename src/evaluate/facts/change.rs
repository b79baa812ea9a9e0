//! When a value that moves with time changes the truth of a comparison.
//!
//! Most facts jump: they stay as they are until a known moment. Some move all the time: the time since something grows, `now` itself runs, a
//! decayed score decays. For those, the moment at which a comparison with something else changes from true to false or back is found exactly,
//! to the millisecond.

use crate::book::catalogue::Subject;
use crate::book::value::Value;
use crate::calendar::{Duration, Instant};
use crate::evaluate::facts::FactContext;
use crate::evaluate::operators::compare;
use crate::pack::expression::Comparison;

/// How a value moves as time goes on, between its jumps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Motion {
    /// It does not.
    Still,
    /// A moment or a length that gains so many milliseconds with every millisecond that passes.
    Linear(i64),
    /// A decayed score of this subject: halved every half-life.
    Decays {
        /// Whose score.
        subject: Subject,
        /// In which time it halves.
        half_life: Duration,
    },
    /// It moves in a way that is not followed.
    Unclear,
}

/// The next full hour (of UTC) after this moment.
pub(crate) fn next_full_hour(now: Instant) -> Instant {
    let hour = Duration::HOUR.millis();
    Instant::from_millis(now.millis().div_euclid(hour).saturating_add(1).saturating_mul(hour))
}

/// Notes when `left <op> right` can change by the passing of time alone, given how both move.
pub(crate) fn note_crossing(
    cx: &FactContext,
    comparison: Comparison,
    (left, left_motion): (&Value, Motion),
    (right, right_motion): (&Value, Motion),
) {
    use Motion::{Decays, Linear, Still};
    let at = match (left_motion, right_motion) {
        (Still, Still) => return,
        _ if cx.is_quiet() => return,
        // Values of different types compare the same at every moment.
        _ if !comparable(left, right) => return,
        (Linear(_) | Still, Linear(_) | Still) => {
            steady_change(cx.now(), comparison, (left, left_motion), (right, right_motion))
        }
        (Decays { subject, half_life }, Still) => {
            let holds = |score: f64| compare(comparison, &Value::Number(score), right).unwrap_or(false);
            return note_decay(cx, subject, half_life, number(right), comparison, holds);
        }
        (Still, Decays { subject, half_life }) => {
            let holds = |score: f64| compare(comparison, left, &Value::Number(score)).unwrap_or(false);
            return note_decay(cx, subject, half_life, number(left), comparison, holds);
        }
        _ => return cx.change_within_the_hour(),
    };
    if let Some(at) = at {
        cx.change_at(at);
    }
}

/// When `left <op> right` can change by the passing of time alone, for values that stand still or move steadily; `None` for never.
pub(crate) fn steady_change(
    now: Instant,
    comparison: Comparison,
    (left, left_motion): (&Value, Motion),
    (right, right_motion): (&Value, Motion),
) -> Option<Instant> {
    if !comparable(left, right) {
        return None;
    }
    let (left, right) = ((left, slope(left_motion)), (right, slope(right_motion)));
    let change = linear_crossing(comparison, left, right);
    // What runs down, such as the time until a moment, is looked at when it reaches the other side, and a millisecond later when it has
    // passed it: who asks at the moment itself asks in time.
    let runs_down = left.1.min(right.1) < 0;
    let reaches = change.filter(|_| runs_down).and_then(|_| linear_crossing(Comparison::Equal, left, right));
    change.into_iter().chain(reaches).min().map(|length| now + length)
}

fn slope(motion: Motion) -> i64 {
    if let Motion::Linear(slope) = motion { slope } else { 0 }
}

fn comparable(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Length(_), Value::Length(_)) | (Value::Moment(_), Value::Moment(_)) => true,
        (left, right) => number(left).is_some() && number(right).is_some(),
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Whole(count) => Some(*count as f64),
        _ => None,
    }
}

fn millis(value: &Value) -> Option<i64> {
    match value {
        Value::Length(length) => Some(length.millis()),
        Value::Moment(moment) => Some(moment.millis()),
        _ => None,
    }
}

/// How long until the comparison changes, for two values in whole milliseconds that grow by so many milliseconds a millisecond; `None` for
/// never.
pub(crate) fn linear_crossing(
    comparison: Comparison,
    (left, left_slope): (&Value, i64),
    (right, right_slope): (&Value, i64),
) -> Option<Duration> {
    let gap = i128::from(millis(left)?) - i128::from(millis(right)?);
    let slope = i128::from(left_slope) - i128::from(right_slope);
    if slope == 0 {
        return None;
    }
    let holds = |length: i128| {
        let sign = (gap + slope * length).cmp(&0);
        match comparison {
            Comparison::Equal => sign.is_eq(),
            Comparison::NotEqual => sign.is_ne(),
            Comparison::Less => sign.is_lt(),
            Comparison::LessOrEqual => sign.is_le(),
            Comparison::Greater => sign.is_gt(),
            Comparison::GreaterOrEqual => sign.is_ge(),
        }
    };
    // The sign of the gap changes only where the gap is nothing: at the millisecond where that happens, or the next.
    let meets = if gap.signum() * slope.signum() > 0 { return None } else { gap.abs() / slope.abs() };
    let change = [meets, meets + 1].into_iter().find(|length| *length > 0 && holds(*length) != holds(0))?;
    i64::try_from(change).ok().map(Duration::from_millis)
}

/// Notes when a decaying score changes the truth of the comparison.
///
/// All of a score decays at one rate, so it goes from its present value to 0 monotonically and passes each threshold once. The moment is
/// first estimated from the logarithm and then searched with the sum that rules will read at that moment, because only that sum decides.
fn note_decay(
    cx: &FactContext,
    subject: Subject,
    half_life: Duration,
    threshold: Option<f64>,
    comparison: Comparison,
    holds: impl Fn(f64) -> bool,
) {
    let score = cx.score_at(subject, half_life, cx.now());
    let Some(threshold) = threshold else { return };
    if matches!(comparison, Comparison::Equal | Comparison::NotEqual) || half_life > LONGEST_FOLLOWED {
        // A score equals a number for too short a moment to plan by.
        if score != 0.0 {
            cx.change_within_the_hour();
        }
        return;
    }
    let at_first = holds(score);
    if score == 0.0 || holds(0.0) == at_first {
        return;
    }
    let changed =
        |after: i64| holds(cx.score_at(subject, half_life, cx.now() + Duration::from_millis(after))) != at_first;
    // Only the first of all changes is noted: one after a change that is noted already need not be found.
    if cx.next_change().is_some_and(|noted| !changed((noted - cx.now()).millis())) {
        return;
    }
    // Comparing with 0 changes at Rhai's tolerance, the smallest difference that counts.
    let level = if threshold == 0.0 { f64::EPSILON } else { threshold.abs() };
    let estimate = (half_life.millis() as f64 * libm::log2(score.abs() / level)).clamp(1.0, 1e15) as i64;
    let (mut before, mut after) = (0, estimate);
    let mut step = 1_i64;
    while !changed(after) {
        if after > FARTHEST {
            return;
        }
        before = after;
        after = after.saturating_add(step);
        step = step.saturating_mul(2);
    }
    step = 1;
    while before == 0 && after > step {
        let probe = after - step;
        if changed(probe) {
            after = probe;
            step = step.saturating_mul(2);
        } else {
            before = probe;
        }
    }
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        if changed(middle) { after = middle } else { before = middle }
    }
    cx.change_at(cx.now() + Duration::from_millis(after));
}

/// With a longer half-life than this (about thirty years) a millisecond no longer shows in the score.
const LONGEST_FOLLOWED: Duration = Duration::from_millis(1_000_000_000_000);
/// Changes farther away than this (about 130 years) are not searched for.
const FARTHEST: i64 = 4_102_444_800_000;

#[cfg(test)]
mod tests;
