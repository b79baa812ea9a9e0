//! Sets of moments, as sorted lists of half-open intervals.
//!
//! A window contains its start and not its end, so `09:00-12:00` and `12:00-17:00` do not overlap and merge into one window.
//!
//! Invariant: the windows of a [`Windows`] are sorted, not empty, and neither overlap nor touch. Input may be in any order.

use crate::calendar::instant::{Duration, Instant};
use crate::order;

/// The moments from `from` up to, but not including, `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    /// The first moment in the window.
    pub from: Instant,
    /// The first moment after the window.
    pub until: Instant,
}

impl Window {
    /// The duration of the window.
    pub fn length(self) -> Duration {
        self.until - self.from
    }

    /// Whether the window contains `at`.
    pub fn contains(self, at: Instant) -> bool {
        self.from <= at && at < self.until
    }
}

/// A set of moments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Windows(Vec<Window>);

impl Windows {
    /// The empty set.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// The set of one window; empty when `until` is not after `from`.
    pub fn all(from: Instant, until: Instant) -> Self {
        Self::from_iter([Window { from, until }])
    }

    /// Whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The windows in order of time.
    pub fn iter(&self) -> std::iter::Copied<std::slice::Iter<'_, Window>> {
        self.0.iter().copied()
    }

    /// The windows as a slice, in order of time.
    pub fn as_slice(&self) -> &[Window] {
        &self.0
    }

    /// The moments at which the set begins or ends, in order of time.
    pub fn edges(&self) -> impl Iterator<Item = Instant> + Clone + '_ {
        self.iter().flat_map(|window| [window.from, window.until])
    }

    /// The total duration of all windows.
    pub fn length(&self) -> Duration {
        self.iter().fold(Duration::ZERO, |sum, window| sum + window.length())
    }

    /// Whether the set contains `at`.
    pub fn contains(&self, at: Instant) -> bool {
        self.containing_or_next(at).is_some_and(|window| window.contains(at))
    }

    /// `at` itself when the set contains it, else the start of the next window; `None` after the last.
    pub fn first_at_or_after(&self, at: Instant) -> Option<Instant> {
        self.containing_or_next(at).map(|window| window.from.max(at))
    }

    /// The window that contains `at`, else the next one; `None` after the last.
    pub fn containing_or_next(&self, at: Instant) -> Option<Window> {
        let next = self.0.partition_point(|window| window.until <= at);
        self.0.get(next).copied()
    }

    /// The moments of the set from `from` up to, but not including, `until`.
    pub fn clip(&self, from: Instant, until: Instant) -> Self {
        Self(clip(&self.0, from, until).collect())
    }

    /// The moments in both sets.
    pub fn intersect(&self, other: &Self) -> Self {
        let mut both = Vec::new();
        let (mut left, mut right) = (self.iter().peekable(), other.iter().peekable());
        while let (Some(one), Some(two)) = (left.peek().copied(), right.peek().copied()) {
            let (from, until) = (one.from.max(two.from), one.until.min(two.until));
            if from < until {
                both.push(Window { from, until });
            }
            if one.until < two.until {
                left.next();
            } else {
                right.next();
            }
        }
        Self(both)
    }

    /// The moments in either set.
    pub fn union(&self, other: &Self) -> Self {
        self.iter().chain(other.iter()).collect()
    }

    /// The moments in this set that are not in `other`.
    pub fn subtract(&self, other: &Self) -> Self {
        let mut rest = Vec::new();
        let mut removed = other.iter().peekable();
        for window in self.iter() {
            let mut from = window.from;
            while let Some(gap) = removed.peek().copied() {
                if gap.from >= window.until {
                    break;
                }
                if from < gap.from {
                    rest.push(Window { from, until: gap.from });
                }
                from = from.max(gap.until);
                if gap.until > window.until {
                    break;
                }
                removed.next();
            }
            if from < window.until {
                rest.push(Window { from, until: window.until });
            }
        }
        Self(rest)
    }

    /// Appends a window that does not start before the last one; merges the two when they overlap or touch. Ignores an empty window.
    pub(super) fn push(&mut self, window: Window) {
        if window.from >= window.until {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.until >= window.from => last.until = last.until.max(window.until),
            _ => self.0.push(window),
        }
    }
}

/// The parts of sorted, disjoint windows that lie between `from` and `until`.
pub(super) fn clip(windows: &[Window], from: Instant, until: Instant) -> impl DoubleEndedIterator<Item = Window> {
    let first = windows.partition_point(|window| window.until <= from);
    let end = windows.partition_point(|window| window.from < until);
    let inside = windows.get(first..end).unwrap_or_default().iter();
    inside
        .map(move |window| Window { from: window.from.max(from), until: window.until.min(until) })
        .filter(|window| window.from < window.until)
}

impl FromIterator<Window> for Windows {
    fn from_iter<I: IntoIterator<Item = Window>>(windows: I) -> Self {
        let mut sorted: Vec<Window> = windows.into_iter().collect();
        order::sort(&mut sorted);
        let mut joined = Self::none();
        for window in sorted {
            joined.push(window);
        }
        joined
    }
}

impl<'a> IntoIterator for &'a Windows {
    type Item = Window;
    type IntoIter = std::iter::Copied<std::slice::Iter<'a, Window>>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Windows {
    type Item = Window;
    type IntoIter = std::vec::IntoIter<Window>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const END: i64 = 40;

    fn window(from: i64, until: i64) -> Window {
        Window { from: Instant::from_millis(from), until: Instant::from_millis(until) }
    }

    /// A naive model of a set: for each of the moments 0 to 39 whether it is a member.
    fn model(windows: &Windows) -> Vec<bool> {
        (0..END).map(|at| windows.iter().any(|one| one.contains(Instant::from_millis(at)))).collect()
    }

    fn some_windows() -> impl Strategy<Value = (Windows, Vec<bool>)> {
        prop::collection::vec((0..END, 0..END), 0..8).prop_map(|pairs| {
            let inside = |at| pairs.iter().any(|(from, until)| *from <= at && at < *until);
            let windows = pairs.iter().map(|(from, until)| window(*from, *until)).collect();
            (windows, (0..END).map(inside).collect())
        })
    }

    fn well_formed(windows: &Windows) -> bool {
        windows.iter().all(|one| one.from < one.until)
            && windows.as_slice().windows(2).all(|pair| pair[0].until < pair[1].from)
    }

    proptest! {
        #[test]
        fn set_operations_agree_with_a_naive_model((one, a) in some_windows(), (two, b) in some_windows()) {
            let pairwise = |f: fn(bool, bool) -> bool| a.iter().zip(&b).map(|(x, y)| f(*x, *y)).collect::<Vec<_>>();
            for (got, wanted) in [
                (one.clone(), a.clone()),
                (one.intersect(&two), pairwise(|x, y| x && y)),
                (one.union(&two), pairwise(|x, y| x || y)),
                (one.subtract(&two), pairwise(|x, y| x && !y)),
            ] {
                prop_assert!(well_formed(&got), "{got:?}");
                prop_assert_eq!(model(&got), wanted);
            }
        }

        #[test]
        fn membership_and_clipping_agree_with_a_naive_model(
            (windows, inside) in some_windows(), at in 0..END, from in 0..END, until in 0..END,
        ) {
            let moment = Instant::from_millis;
            prop_assert_eq!(windows.contains(moment(at)), inside[at as usize]);
            let first = (at..END).find(|later| inside[*later as usize]).map(moment);
            prop_assert_eq!(windows.first_at_or_after(moment(at)), first);
            let clipped: Vec<bool> = (0..END).map(|at| inside[at as usize] && from <= at && at < until).collect();
            let got = windows.clip(moment(from), moment(until));
            prop_assert!(well_formed(&got));
            prop_assert_eq!(model(&got), clipped);
            prop_assert_eq!(windows.length().millis(), inside.iter().filter(|x| **x).count() as i64);
        }
    }

    #[test]
    fn windows_that_touch_are_merged_and_empty_ones_dropped() {
        let joined: Windows = [window(5, 9), window(1, 5), window(12, 12)].into_iter().collect();
        assert_eq!(joined, Windows::all(Instant::from_millis(1), Instant::from_millis(9)));
        assert!(Windows::all(Instant::from_millis(3), Instant::from_millis(1)).is_empty());
    }
}
