//! The kernels in portable Rust, which compilers vectorize.

/// Packs 64 bytes, each 0 or 1, into bits.
#[inline]
fn gathered(truths: &[u8; 64]) -> u64 {
    let (eights, _) = truths.as_chunks::<8>();
    // The product moves the lowest bits of 8 bytes next to each other, into its highest byte.
    let bits = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().enumerate().fold(0, |word, (nth, eight)| word | bits(eight) << (8 * nth))
}

macro_rules! plain {
    ($($module:ident: $cell:ty,)+) => { $(
        pub(crate) mod $module {
            use super::gathered;

            #[inline]
            pub(in super::super) fn at_least(cells: &[$cell; 64], limit: $cell) -> u64 {
                gathered(&cells.map(|cell| u8::from(cell >= limit)))
            }

            #[inline]
            pub(in super::super) fn below(cells: &[$cell; 64], limit: $cell) -> u64 {
                gathered(&cells.map(|cell| u8::from(cell < limit)))
            }

            #[inline]
            pub(in super::super) fn equal(cells: &[$cell; 64], value: $cell) -> u64 {
                gathered(&cells.map(|cell| u8::from(cell == value)))
            }
        }
    )+ };
}

#[cfg(target_arch = "wasm32")]
pub(super) use super::words as bytes;

#[cfg(not(target_arch = "wasm32"))]
plain! { bytes: u8, }
plain! { shorts: i16, longs: i32, codes: u32, wholes: i64, numbers: f64, }
