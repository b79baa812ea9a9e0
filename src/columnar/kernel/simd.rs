//! The kernels with the 128-bit vector instructions of WebAssembly.

use core::arch::wasm32::{
    f64x2_eq, f64x2_ge, f64x2_lt, f64x2_splat, i8x16_bitmask, i8x16_narrow_i16x8, i16x8_eq, i16x8_ge, i16x8_lt,
    i16x8_narrow_i32x4, i16x8_splat, i32x4_eq, i32x4_ge, i32x4_lt, i32x4_shuffle, i32x4_splat, i64x2_eq, i64x2_ge,
    i64x2_lt, i64x2_splat, u8x16_eq, u8x16_ge, u8x16_lt, u8x16_splat, u32x4_eq, u32x4_ge, u32x4_lt, u32x4_splat, v128,
};

use bytemuck::{NoUninit, bytes_of, pod_read_unaligned};

/// Packs sixteen bytes, each all ones or all zeros, into bits.
#[inline]
fn bits(sixteen: v128) -> u64 {
    u64::from(i8x16_bitmask(sixteen))
}

#[inline]
fn from_bytes(cells: &[u8; 64], holds: impl Fn(v128) -> v128) -> u64 {
    let [a, b, c, d]: [v128; 4] = pod_read_unaligned(cells);
    bits(holds(a)) | bits(holds(b)) << 16 | bits(holds(c)) << 32 | bits(holds(d)) << 48
}

/// The bits of 64 cells, sixteen cells at a time; more would not stay in registers.
#[inline]
fn by_sixteen<T>(cells: &[T; 64], sixteen: impl Fn(&[T; 16]) -> v128) -> u64 {
    let (pieces, _) = cells.as_chunks::<16>();
    pieces.iter().enumerate().fold(0, |word, (nth, piece)| word | bits(sixteen(piece)) << (16 * nth))
}

#[inline]
fn from_shorts(cells: &[i16; 64], holds: impl Fn(v128) -> v128) -> u64 {
    by_sixteen(cells, |cells| {
        let [a, b]: [v128; 2] = pod_read_unaligned(bytes_of(cells));
        i8x16_narrow_i16x8(holds(a), holds(b))
    })
}

#[inline]
fn from_longs<T: NoUninit>(cells: &[T; 64], holds: impl Fn(v128) -> v128) -> u64
where
    [T; 16]: NoUninit,
{
    by_sixteen(cells, |cells| {
        let [a, b, c, d]: [v128; 4] = pod_read_unaligned(bytes_of(cells));
        i8x16_narrow_i16x8(i16x8_narrow_i32x4(holds(a), holds(b)), i16x8_narrow_i32x4(holds(c), holds(d)))
    })
}

#[inline]
fn from_wides<T: NoUninit>(cells: &[T; 64], holds: impl Fn(v128) -> v128) -> u64
where
    [T; 16]: NoUninit,
{
    let pair = |a: v128, b: v128| i32x4_shuffle::<0, 2, 4, 6>(holds(a), holds(b));
    by_sixteen(cells, |cells| {
        let [a, b, c, d, e, f, g, h]: [v128; 8] = pod_read_unaligned(bytes_of(cells));
        let low = i16x8_narrow_i32x4(pair(a, b), pair(c, d));
        i8x16_narrow_i16x8(low, i16x8_narrow_i32x4(pair(e, f), pair(g, h)))
    })
}

macro_rules! vectors {
    ($($module:ident: $cell:ty, $gather:expr, $splat:ident, $ge:ident, $lt:ident, $eq:ident;)+) => { $(
        pub(crate) mod $module {
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
    longs: i32, from_longs, i32x4_splat, i32x4_ge, i32x4_lt, i32x4_eq;
    codes: u32, from_longs, u32x4_splat, u32x4_ge, u32x4_lt, u32x4_eq;
    wholes: i64, from_wides, i64x2_splat, i64x2_ge, i64x2_lt, i64x2_eq;
    numbers: f64, from_wides, f64x2_splat, f64x2_ge, f64x2_lt, f64x2_eq;
}
