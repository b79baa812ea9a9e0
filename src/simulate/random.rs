//! The random numbers of the simulation. A number depends on the seed and a key and on nothing else: not on how many numbers were asked for
//! before it. So two runs with the same seed, under different rules, see the same customers.
//!
//! The generator is SplitMix64: a state is advanced by the golden ratio and mixed (G. L. Steele, D. Lea, C. H. Flood, "Fast splittable
//! pseudorandom number generators", OOPSLA 2014; constants of <https://prng.di.unimi.it/splitmix64.c>). Here the state is the key so far.

/// A place in the space of random numbers. Cheap to copy; adding a part to its key gives another place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct KeyedRandom(u64);

impl KeyedRandom {
    /// The numbers of a seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(mix(seed))
    }

    /// The place with a number added to its key.
    pub(crate) const fn number(self, part: u64) -> Self {
        Self(mix(self.0 ^ mix(part)))
    }

    /// The place with a text added to its key. Texts of different lengths are different.
    pub(crate) fn text(self, part: &str) -> Self {
        let eight_bytes = |chunk: &[u8]| chunk.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte));
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        part.as_bytes().chunks(8).fold(self.number(length), |place, chunk| place.number(eight_bytes(chunk)))
    }

    /// A number from 0 up to, but not including, 1.
    pub(crate) fn unit(self) -> f64 {
        // The cast is exact: 53 bits.
        (mix(self.0) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// The index of one of some things with these weights; `None` when all weights are 0.
    pub(crate) fn weighted(self, weights: impl Iterator<Item = f64> + Clone) -> Option<usize> {
        let mut left = self.unit() * weights.clone().sum::<f64>();
        let mut last = None;
        for (index, weight) in weights.enumerate().filter(|(_, weight)| *weight > 0.0) {
            last = Some(index);
            if left < weight {
                break;
            }
            left -= weight;
        }
        last
    }

    /// A length of time around a mean, in the unit of the mean: exponentially distributed, as the time to the next of rare events is.
    pub(crate) fn delay(self, mean: f64) -> f64 {
        -mean * libm::log(1.0 - self.unit())
    }
}

/// One step of SplitMix64.
const fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_the_published_numbers() {
        // The first outputs for the state 1234567, as published with the reference implementation.
        let golden: u64 = 0x9E37_79B9_7F4A_7C15;
        let outputs = (0..3).map(|nth: u64| mix(1_234_567_u64.wrapping_add(golden.wrapping_mul(nth))));
        assert_eq!(
            outputs.collect::<Vec<_>>(),
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn a_number_depends_on_its_key_alone_and_numbers_are_even() {
        let place = KeyedRandom::new(7).text("L-1").number(3);
        assert_eq!(place.unit(), KeyedRandom::new(7).text("L-1").number(3).unit());
        assert_ne!(place.unit(), KeyedRandom::new(8).text("L-1").number(3).unit());
        assert_ne!(KeyedRandom::new(7).text("ab").unit(), KeyedRandom::new(7).text("a").text("b").unit());
        let mean = (0..10_000).map(|nth| KeyedRandom::new(7).number(nth).unit()).sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.01, "{mean}");
        let delay = (0..10_000).map(|nth| KeyedRandom::new(7).number(nth).delay(6.0)).sum::<f64>() / 10_000.0;
        assert!((delay - 6.0).abs() < 0.2, "{delay}");
    }

    #[test]
    fn weights_decide_and_a_weight_of_zero_never_wins() {
        let times = |index| {
            let all = (0..10_000).map(|nth| KeyedRandom::new(1).number(nth).weighted([1.0, 0.0, 3.0].into_iter()));
            all.filter(|chosen| *chosen == Some(index)).count()
        };
        assert_eq!(times(1), 0);
        assert!((2_300..2_700).contains(&times(0)), "{}", times(0));
        assert_eq!(KeyedRandom::new(1).weighted([0.0, 0.0].into_iter()), None);
    }
}
