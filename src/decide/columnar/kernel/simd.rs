//! The comparisons with WebAssembly's vectors of 128 bits.

use core::arch::wasm32::{
    f64x2_eq, f64x2_ge, f64x2_lt, f64x2_splat, i8x16_bitmask, i8x16_narrow_i16x8, i16x8_eq, i16x8_ge, i16x8_lt,
    i16x8_narrow_i32x4, i16x8_splat, i32x4_eq, i32x4_ge, i32x4_lt, i32x4_shuffle, i32x4_splat, i64x2_eq, i64x2_ge,
    i64x2_lt, i64x2_splat, u8x16_eq, u8x16_ge, u8x16_lt, u8x16_splat, u32x4_eq, u32x4_ge, u32x4_lt, u32x4_splat, v128,
};

use bytemuck::{bytes_of, pod_read_unaligned};

/// The bits of sixteen bytes, each all ones or all zeros.
#[inline]
fn bits(sixteen: v128) -> u64 {
    u64::from(i8x16_bitmask(sixteen))
}

#[inline]
fn from_bytes(cells: &[u8; 64], holds: impl Fn(v128) -> v128) -> u64 {
    let [a, b, c, d]: [v128; 4] = pod_read_unaligned(cells);
    bits(holds(a)) | bits(holds(b)) << 16 | bits(holds(c)) << 32 | bits(holds(d)) << 48
}

#[inline]
fn from_shorts(cells: &[i16; 64], holds: impl Fn(v128) -> v128) -> u64 {
    let vectors: [v128; 8] = pod_read_unaligned(bytes_of(cells));
    let (pairs, _) = vectors.as_chunks::<2>();
    pairs
        .iter()
        .enumerate()
        .fold(0, |word, (nth, [a, b])| word | bits(i8x16_narrow_i16x8(holds(*a), holds(*b))) << (16 * nth))
}

#[inline]
fn from_longs(cells: &[u8], holds: impl Fn(v128) -> v128) -> u64 {
    let vectors: [v128; 16] = pod_read_unaligned(cells);
    let (fours, _) = vectors.as_chunks::<4>();
    fours.iter().enumerate().fold(0, |word, (nth, [a, b, c, d])| {
        let low = i16x8_narrow_i32x4(holds(*a), holds(*b));
        let high = i16x8_narrow_i32x4(holds(*c), holds(*d));
        word | bits(i8x16_narrow_i16x8(low, high)) << (16 * nth)
    })
}

#[inline]
fn from_wides(cells: &[u8], holds: impl Fn(v128) -> v128) -> u64 {
    let vectors: [v128; 32] = pod_read_unaligned(cells);
    let (eights, _) = vectors.as_chunks::<8>();
    let pair = |a: v128, b: v128| i32x4_shuffle::<0, 2, 4, 6>(holds(a), holds(b));
    eights.iter().enumerate().fold(0, |word, (nth, [a, b, c, d, e, f, g, h])| {
        let low = i16x8_narrow_i32x4(pair(*a, *b), pair(*c, *d));
        let high = i16x8_narrow_i32x4(pair(*e, *f), pair(*g, *h));
        word | bits(i8x16_narrow_i16x8(low, high)) << (16 * nth)
    })
}

macro_rules! vectors {
    ($($module:ident: $cell:ty, $gather:expr, $splat:ident, $ge:ident, $lt:ident, $eq:ident;)+) => { $(
        pub(super) mod $module {
            use super::*;

            #[inline]
            pub(in super::super) fn at_least(cells: &[$cell; 64], limit: $cell) -> u64 {
                let limit = $splat(limit);
                $gather(cells, |cells| $ge(cells, limit))
            }

            #[inline]
            pub(in super::super) fn below(cells: &[$cell; 64], limit: $cell) -> u64 {
                let limit = $splat(limit);
                $gather(cells, |cells| $lt(cells, limit))
            }

            #[inline]
            pub(in super::super) fn equal(cells: &[$cell; 64], value: $cell) -> u64 {
                let value = $splat(value);
                $gather(cells, |cells| $eq(cells, value))
            }
        }
    )+ };
}

vectors! {
    bytes: u8, from_bytes, u8x16_splat, u8x16_ge, u8x16_lt, u8x16_eq;
    shorts: i16, from_shorts, i16x8_splat, i16x8_ge, i16x8_lt, i16x8_eq;
    longs: i32, |cells, holds| from_longs(bytes_of::<[i32; 64]>(cells), holds), i32x4_splat, i32x4_ge, i32x4_lt, i32x4_eq;
    codes: u32, |cells, holds| from_longs(bytes_of::<[u32; 64]>(cells), holds), u32x4_splat, u32x4_ge, u32x4_lt, u32x4_eq;
    wholes: i64, |cells, holds| from_wides(bytes_of::<[i64; 64]>(cells), holds), i64x2_splat, i64x2_ge, i64x2_lt, i64x2_eq;
    numbers: f64, |cells, holds| from_wides(bytes_of::<[f64; 64]>(cells), holds), f64x2_splat, f64x2_ge, f64x2_lt, f64x2_eq;
}
