//! The kernels for bytes, eight at a time in a 64-bit word, for WebAssembly without vector instructions.
//!
//! The highest bit of each byte is its result; the arithmetic never carries from one byte to the next.

const HIGH: u64 = 0x8080_8080_8080_8080;
const ONES: u64 = 0x0101_0101_0101_0101;

#[inline]
fn word(cells: &[u8; 64], eight: impl Fn(u64) -> u64) -> u64 {
    let (eights, _) = cells.as_chunks::<8>();
    // The product moves the lowest bits of 8 bytes next to each other, into its highest byte.
    let bits =
        |cells: &[u8; 8]| ((eight(u64::from_le_bytes(*cells)) & HIGH) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().enumerate().fold(0, |word, (nth, eight)| word | bits(eight) << (8 * nth))
}

#[inline]
pub(crate) fn at_least(cells: &[u8; 64], limit: u8) -> u64 {
    let limit = ONES.wrapping_mul(u64::from(limit));
    word(cells, |cells| {
        let low = (cells | HIGH).wrapping_sub(limit & !HIGH);
        (cells & !limit) | (!(cells ^ limit) & low)
    })
}

#[inline]
pub(crate) fn below(cells: &[u8; 64], limit: u8) -> u64 {
    !at_least(cells, limit)
}

#[inline]
pub(crate) fn equal(cells: &[u8; 64], value: u8) -> u64 {
    let value = ONES.wrapping_mul(u64::from(value));
    word(cells, |cells| {
        let apart = cells ^ value;
        !((apart & !HIGH).wrapping_add(!HIGH) | apart)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_agree_with_comparing_each_byte() {
        for shift in 0..=255_u8 {
            let cells: [u8; 64] = std::array::from_fn(|nth| (nth as u8).wrapping_mul(4).wrapping_add(shift));
            for limit in [0, 1, 2, 127, 128, 129, 200, 254, 255, shift, shift ^ 0x80] {
                let bits = |holds: &dyn Fn(u8) -> bool| {
                    (0..64).fold(0_u64, |word, nth| word | u64::from(holds(cells[nth])) << nth)
                };
                assert_eq!(at_least(&cells, limit), bits(&|cell| cell >= limit), "{limit}");
                assert_eq!(below(&cells, limit), bits(&|cell| cell < limit), "{limit}");
                assert_eq!(equal(&cells, limit), bits(&|cell| cell == limit), "{limit}");
            }
        }
    }
}
