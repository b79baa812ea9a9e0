//! How sure a share is: the interval of Wilson (1927), and how many trials tell two shares apart.

use serde::Serialize;

/// Below so many cases a share is not shown, because chance alone could have made it.
pub const FEWEST: u32 = 10;

/// The 97.5th percentile of the normal distribution, for intervals of 95 %.
const Z: f64 = 1.959_963_984_540_054;
/// The 80th percentile of the normal distribution, for a power of 80 %.
const POWER: f64 = 0.841_621_233_572_914_3;

/// A share of some cases.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Share {
    /// In how many it was so.
    pub hits: u32,
    /// Of how many.
    pub n: u32,
    /// What can be said of it; absent with fewer than [`FEWEST`] cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimate>,
}

/// A share with its interval, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The share.
    pub share: f64,
    /// The lower end of the interval of 95 %.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Share {
    /// Of `n` cases it was so in `hits`, at most all of them.
    pub fn of(hits: u32, n: u32) -> Self {
        let hits = hits.min(n);
        Self { hits, n, estimate: (n >= FEWEST).then(|| Estimate::wilson(hits.into(), n.into())) }
    }

    /// Whether it lies above the other by the intervals: they do not meet. False where either has too few cases.
    pub fn is_clearly_above(self, other: Self) -> bool {
        self.estimate.zip(other.estimate).is_some_and(|(own, other)| own.low > other.high)
    }
}

impl Estimate {
    fn wilson(hits: f64, n: f64) -> Self {
        let share = hits / n;
        let square = Z * Z;
        let middle = (share + square / (2.0 * n)) / (1.0 + square / n);
        let spread = share * (1.0 - share) / n + square / (4.0 * n * n);
        let half = Z * libm::sqrt(spread) / (1.0 + square / n);
        Self { share, low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
    }
}

/// How many cases each of two ways needs, so that a trial finds the difference between these shares in eight of ten times, at a level of 5 %
/// (two-sided test of two proportions). `None` for equal shares, and for what is no share.
pub fn cases_for_trial(one: f64, other: f64) -> Option<u32> {
    let is_share = |share: f64| (0.0..=1.0).contains(&share);
    let difference = one - other;
    if !is_share(one) || !is_share(other) || difference == 0.0 {
        return None;
    }
    let mean = (one + other) / 2.0;
    let under_equal = Z * libm::sqrt(2.0 * mean * (1.0 - mean));
    let under_different = POWER * libm::sqrt(one * (1.0 - one) + other * (1.0 - other));
    let sum = under_equal + under_different;
    let cases = libm::ceil(sum * sum / (difference * difference));
    (cases <= f64::from(u32::MAX)).then_some(cases as u32) // whole, and within range
}
