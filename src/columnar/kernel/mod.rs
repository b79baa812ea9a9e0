//! Kernels: comparison of the cells of a page with one number, one bit per lead.
//!
//! Three comparisons are enough, at least, below and equal; all others are one of these with another number, or the complement of one. The
//! portable form is written so that compilers vectorize it. WebAssembly with simd128 has explicit vector instructions (`simd.rs`), because
//! compilers do not vectorize the portable form there.
//!
//! Invariant: all forms give the same bits, and the bits of leads beyond the cells are 0.

#[cfg(any(test, all(target_arch = "wasm32", not(target_feature = "simd128"))))]
mod words;

#[cfg_attr(all(target_arch = "wasm32", target_feature = "simd128"), path = "simd.rs")]
#[cfg_attr(not(all(target_arch = "wasm32", target_feature = "simd128")), path = "portable.rs")]
mod form;

use crate::book::columns::PAGE;
use crate::book::word_table::WordId;

/// The number of 64-bit words of a mask.
pub(crate) const WORDS: usize = PAGE / 64;

/// One bit for each lead of a page.
pub(crate) type Mask = [u64; WORDS];

/// The mask without any lead.
pub(crate) const NONE: Mask = [0; WORDS];

/// A type of cell that kernels compare, 64 cells at a time; bit `n` of the result is for cell `n`.
pub(crate) trait KernelCell: Copy + PartialOrd + Sized {
    /// The cells that are greater than or equal to `limit`.
    fn at_least(cells: &[Self; 64], limit: Self) -> u64;
    /// The cells that are less than `limit`.
    fn below(cells: &[Self; 64], limit: Self) -> u64;
    /// The cells that are equal to `value`.
    fn equal(cells: &[Self; 64], value: Self) -> u64;
}

macro_rules! cells {
    ($($cell:ty: $module:ident,)+) => { $(
        impl KernelCell for $cell {
            fn at_least(cells: &[Self; 64], limit: Self) -> u64 {
                form::$module::at_least(cells, limit)
            }
            fn below(cells: &[Self; 64], limit: Self) -> u64 {
                form::$module::below(cells, limit)
            }
            fn equal(cells: &[Self; 64], value: Self) -> u64 {
                form::$module::equal(cells, value)
            }
        }
    )+ };
}

cells! { u8: bytes, i16: shorts, i32: longs, i64: wholes, f64: numbers, }

impl KernelCell for WordId {
    fn at_least(cells: &[Self; 64], limit: Self) -> u64 {
        form::codes::at_least(&cells.map(|word| word.0), limit.0)
    }
    fn below(cells: &[Self; 64], limit: Self) -> u64 {
        form::codes::below(&cells.map(|word| word.0), limit.0)
    }
    fn equal(cells: &[Self; 64], value: Self) -> u64 {
        form::codes::equal(&cells.map(|word| word.0), value.0)
    }
}

/// The leads whose cell is greater than or equal to `limit`.
pub(crate) fn at_least<T: KernelCell>(cells: &[T], limit: T) -> Mask {
    masked(cells, |cells| T::at_least(cells, limit), |cell| cell >= limit)
}

/// The leads whose cell is less than `limit`.
pub(crate) fn below<T: KernelCell>(cells: &[T], limit: T) -> Mask {
    masked(cells, |cells| T::below(cells, limit), |cell| cell < limit)
}

/// The leads whose cell is equal to `value`.
pub(crate) fn equal<T: KernelCell>(cells: &[T], value: T) -> Mask {
    masked(cells, |cells| T::equal(cells, value), |cell| cell == value)
}

/// A mask computed with `many` for each 64 cells, and with `one` for each of the rest.
fn masked<T: KernelCell>(cells: &[T], many: impl Fn(&[T; 64]) -> u64, one: impl Fn(T) -> bool) -> Mask {
    let mut mask = NONE;
    let (whole, rest) = cells.as_chunks::<64>();
    let mut words = mask.iter_mut();
    for (cells, word) in whole.iter().zip(words.by_ref()) {
        *word = many(cells);
    }
    if let Some(word) = words.next() {
        *word = rest.iter().enumerate().fold(0, |word, (nth, cell)| word | u64::from(one(*cell)) << nth);
    }
    mask
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agrees<T: KernelCell + std::fmt::Debug>(cells: &[T], limits: &[T]) {
        for size in [0, 1, 63, 64, 65, 200, 512] {
            let cells: Vec<T> = cells.iter().copied().cycle().take(size).collect();
            for limit in limits {
                let bits = |mask: Mask, wanted: fn(T, T) -> bool| {
                    for nth in 0..PAGE {
                        let expected = cells.get(nth).is_some_and(|cell| wanted(*cell, *limit));
                        assert_eq!(mask[nth / 64] >> (nth % 64) & 1 == 1, expected, "{nth} of {cells:?}, {limit:?}");
                    }
                };
                bits(at_least(&cells, *limit), |cell, limit| cell >= limit);
                bits(below(&cells, *limit), |cell, limit| cell < limit);
                bits(equal(&cells, *limit), |cell, limit| cell == limit);
            }
        }
    }

    #[test]
    fn kernels_agree_with_comparing_each_cell() {
        agrees::<u8>(&[0, 1, 2, 127, 128, 129, 254, 255, 7], &[0, 1, 2, 127, 128, 129, 255]);
        agrees::<i16>(&[0, -1, i16::MIN, i16::MAX, 255, 256, -256], &[0, -1, i16::MIN, i16::MAX, 256]);
        agrees::<i32>(&[0, -1, i32::MIN, i32::MAX, 65_536, 1], &[0, -1, i32::MIN, i32::MAX, 65_536]);
        let words = [0, 1, u32::MAX, 65_536, 7].map(WordId);
        agrees(&words, &words);
        agrees::<i64>(&[0, -1, i64::MIN, i64::MAX, 1 << 32, 1], &[0, -1, i64::MIN, i64::MAX, 1 << 32]);
        agrees::<f64>(
            &[0.0, -0.0, 0.1, f64::MAX, f64::MIN, f64::NAN, f64::MIN_POSITIVE, -1.5],
            &[0.0, 0.1, f64::MAX, f64::MIN, f64::MIN_POSITIVE, -1.5],
        );
    }
}
