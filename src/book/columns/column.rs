//! One field of many leads.

use super::bits::Bits;
use super::words::Word;

/// The cells of a column, as narrow as its values allow.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Nothing is known of any lead.
    Empty,
    /// Yes or no.
    Truths(Bits),
    /// Numbers that are `cell / 10^decimals` exactly: the nearest f64 to that quotient is the value.
    Bytes {
        /// The cells.
        cells: Vec<u8>,
        /// How many decimals the numbers have.
        decimals: u8,
    },
    /// The same, wider.
    Shorts {
        /// The cells.
        cells: Vec<i16>,
        /// How many decimals the numbers have.
        decimals: u8,
    },
    /// The same, wider still.
    Longs {
        /// The cells.
        cells: Vec<i32>,
        /// How many decimals the numbers have.
        decimals: u8,
    },
    /// Any finite numbers.
    Numbers(Vec<f64>),
    /// Whole counts beyond `i32`, and moments in milliseconds since 1970.
    Wholes(Vec<i64>),
    /// Texts, by their number in the column's own list of at most 255 (0: unknown).
    FewWords {
        /// The cells: 0, or the place in `list` plus 1.
        cells: Vec<u8>,
        /// The distinct texts.
        list: Vec<Word>,
    },
    /// Texts, by their number in the book.
    Words(Vec<Word>),
}

/// The cells with which of them are known. What an unknown cell holds means nothing (it is 0).
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The values.
    pub cells: Cells,
    /// Which of them are known.
    pub known: Bits,
    /// Places whose value has another type than the column, which can only be a field of the team's own; they count as unknown here and
    /// must be asked of the record. In order.
    pub odd: Vec<u16>,
}
