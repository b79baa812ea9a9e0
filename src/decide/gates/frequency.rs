//! Frequency caps as windows in which a touch may not be placed.
//!
//! A cap is rolling: no half-open window of length `per` contains more than `most` touches. Take `most` consecutive touches, the first at `a`
//! and the last at `b`, less than `per` apart. One more touch at `t` exceeds the cap exactly when all of them fit in less than `per`, that
//! is when `b - per < t < a + per`. The union of these open intervals is what the cap forbids, so no simulation is needed.

use crate::calendar::{Duration, Instant, Window, Windows};

/// The window that contains every moment.
const ALWAYS: Window = Window { from: Instant::from_millis(i64::MIN), until: Instant::from_millis(i64::MAX) };

/// The windows in which one more touch would exceed the cap. `touches` are in order of time.
pub(crate) fn forbidden_windows(touches: &[Instant], most: u32, per: Duration) -> Windows {
    if per <= Duration::ZERO {
        return Windows::none();
    }
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    if most == 0 {
        return [ALWAYS].into_iter().collect();
    }
    let forbidden_around = |run: &[Instant]| match (run.first(), run.last()) {
        // Times are whole milliseconds: the first one inside the open interval is one later than its start.
        (Some(&first), Some(&last)) if last - first < per => {
            Some(Window { from: last - per + Duration::from_millis(1), until: first + per })
        }
        _ => None,
    };
    touches.windows(most).filter_map(forbidden_around).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn moments(times: &[i64]) -> Vec<Instant> {
        times.iter().copied().map(Instant::from_millis).collect()
    }

    /// The definition by brute force: counts the touches in every window `[start, start + per)`.
    fn exceeds(touches: &[i64], extra: i64, most: usize, per: i64) -> bool {
        (extra - per..=extra).any(|start| {
            let inside = |at: i64| start <= at && at < start + per;
            inside(extra) && touches.iter().filter(|at| inside(**at)).count() + 1 > most
        })
    }

    proptest! {
        #[test]
        fn a_cap_forbids_the_moments_that_counting_every_window_forbids(
            mut touches in prop::collection::vec(0_i64..60, 0..8), most in 0_u32..4, per in 1_i64..20,
        ) {
            touches.sort_unstable();
            let forbidden = forbidden_windows(&moments(&touches), most, Duration::from_millis(per));
            for at in -25..90 {
                prop_assert_eq!(
                    forbidden.contains(Instant::from_millis(at)), exceeds(&touches, at, most as usize, per), "at {}", at
                );
            }
        }
    }

    #[test]
    fn touches_exactly_one_period_apart_are_allowed() {
        let day = Duration::DAY;
        let once_a_day = forbidden_windows(&moments(&[0]), 1, day);
        assert!(!once_a_day.contains(Instant::from_millis(day.millis())));
        assert!(once_a_day.contains(Instant::from_millis(day.millis() - 1)));
        assert!(once_a_day.contains(Instant::from_millis(1 - day.millis())));
    }
}
