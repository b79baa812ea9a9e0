//! Rules asked of one row, as a list of the same few questions for every row.
//!
//! For one lead masks are wasteful, and jumping from test to test makes the processor guess where to; so every test is asked, each as
//! the same arithmetic on its cell, and truths are joined the same way. Nothing is allocated while asking.
//!
//! Invariant: a program says of a row what the masks say of it.

use crate::book::value::Value;
use crate::columnar::lowering::{ColumnTest, SourceTest};
use crate::columnar::masks::{MaskId, MaskStep, index};
use crate::columnar::threshold::{Threshold, number_cut};
use crate::evaluate::operators::compare;
use crate::pack::expression::Comparison;

/// A question about one cell of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum RowProbe {
    /// The answer is the same for every row.
    Fixed(bool),
    /// A number in this range.
    Number(NumberRange),
    /// No number in this cell.
    NoNumber(usize),
    /// A code of this set.
    Code(CodeSet),
}

/// The numbers from the first up to, and without, the second. What is unknown (not a number) is in no range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct NumberRange {
    cell: usize,
    from: f64,
    until: f64,
}

/// Codes: bit `n` is the code `from + n`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CodeSet {
    cell: usize,
    from: u8,
    codes: u64,
}

/// The cells of a row: numbers (not a number is unknown) and codes (0 is unknown).
#[derive(Clone, Copy, Debug)]
pub(crate) struct RowCells<'a> {
    pub(crate) numbers: &'a [f64],
    pub(crate) codes: &'a [u8],
}

impl RowProbe {
    /// The probe for a comparison of a number cell.
    pub(crate) fn of_number(ask: &ColumnTest, cell: usize) -> Option<Self> {
        let range = |from, until| Self::Number(NumberRange { cell, from, until });
        Some(match ask {
            ColumnTest::Compare(Comparison::Equal, Value::Unknown) => Self::NoNumber(cell),
            ColumnTest::Compare(_, Value::Unknown) | ColumnTest::IsTruth | ColumnTest::IsWhole => Self::Fixed(false),
            ColumnTest::Compare(comparison, value) => match number_cut(*comparison, value) {
                Threshold::None => Self::Fixed(false),
                Threshold::All => range(f64::NEG_INFINITY, f64::INFINITY),
                Threshold::AtLeast(from) => range(from, f64::INFINITY),
                Threshold::Below(until) => range(f64::NEG_INFINITY, until),
                Threshold::Equal(one) => range(one, one.next_up()),
                Threshold::Between(from, until) => range(from, until),
                Threshold::Judge => return None,
            },
        })
    }

    /// The probe for a question about a code cell, where these values stand for the codes from 1 on and any other code is another text.
    pub(crate) fn of_code(ask: &ColumnTest, cell: usize, values: &[Value]) -> Option<Self> {
        let set = |holds: &dyn Fn(&Value) -> bool| {
            let held = (1_u8..).zip(values).filter(|(_, value)| holds(value)).map(|(code, _)| code);
            let held: Vec<u8> = held.collect();
            let Some(from) = held.first().copied() else { return Some(Self::Fixed(false)) };
            let bits = held.iter().map(|code| 1_u64.checked_shl(u32::from(code - from)));
            bits.sum::<Option<u64>>().map(|codes| Self::Code(CodeSet { cell, from, codes }))
        };
        match ask {
            ColumnTest::Compare(Comparison::Equal, Value::Unknown) => {
                Some(Self::Code(CodeSet { cell, from: 0, codes: 1 }))
            }
            ColumnTest::Compare(_, Value::Unknown) | ColumnTest::IsWhole => Some(Self::Fixed(false)),
            ColumnTest::IsTruth => set(&|value| matches!(value, Value::Truth(_))),
            ColumnTest::Compare(comparison, value) => set(&|known| compare(*comparison, known, value) == Ok(true)),
        }
    }
}

impl NumberRange {
    #[inline]
    fn holds(self, cells: RowCells<'_>) -> bool {
        let number = cells.numbers.get(self.cell).copied().unwrap_or(f64::NAN);
        (number >= self.from) & (number < self.until)
    }
}

impl CodeSet {
    #[inline]
    fn holds(self, cells: RowCells<'_>) -> bool {
        let code = cells.codes.get(self.cell).copied().unwrap_or(0).wrapping_sub(self.from);
        (code < 64) & (self.codes >> (code & 63) & 1 == 1)
    }
}

/// The place of a truth in the list of all: false, true, those of ranges, of sets, and then what is joined.
type TruthId = u32;
const FALSE: TruthId = 0;
const TRUE: TruthId = 1;

/// Two truths, each taken as it is or turned around, of which both must be; the outcome is turned around likewise.
#[derive(Clone, Copy, Debug)]
struct TruthJoin {
    one: TruthId,
    other: TruthId,
    turned: [bool; 3],
}

/// Conditions as questions to be asked of a row.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowProgram {
    ranges: Vec<NumberRange>,
    sets: Vec<CodeSet>,
    joins: Vec<TruthJoin>,
    /// For each condition where it is told that it holds.
    holds: Vec<TruthId>,
    /// The conditions that may have no answer, and where that is told.
    fails: Vec<(usize, TruthId)>,
    truths: Vec<bool>,
}

impl RowProgram {
    /// The program for these conditions, each as the gates of holding and of failing.
    pub(crate) fn new(
        conditions: &[[MaskId; 2]],
        steps: &[MaskStep],
        tests: &[SourceTest],
        probe: &dyn Fn(&SourceTest) -> Option<RowProbe>,
    ) -> Option<Self> {
        let probes: Vec<RowProbe> = tests.iter().map(probe).collect::<Option<_>>()?;
        let mut program = Self::default();
        for probe in &probes {
            match *probe {
                RowProbe::Fixed(_) => {}
                RowProbe::Number(range) => program.ranges.push(range),
                RowProbe::NoNumber(cell) => {
                    program.ranges.push(NumberRange { cell, from: f64::NEG_INFINITY, until: f64::INFINITY });
                }
                RowProbe::Code(set) => program.sets.push(set),
            }
        }
        // The places of probes, in the same order.
        let (mut range, mut set) = (TRUE, TRUE + u32::try_from(program.ranges.len()).ok()?);
        let next = |place: &mut TruthId| {
            *place += 1;
            *place
        };
        let places: Vec<(TruthId, bool)> = probes
            .iter()
            .map(|probe| match probe {
                RowProbe::Fixed(truth) => (TruthId::from(*truth), false),
                RowProbe::Number(_) => (next(&mut range), false),
                RowProbe::NoNumber(_) => (next(&mut range), true),
                RowProbe::Code(_) => (next(&mut set), false),
            })
            .collect();
        let mut made: Vec<TruthId> = Vec::with_capacity(steps.len());
        for step in steps {
            let of = |gate: MaskId| made.get(gate.place()).copied();
            let (one, other, turned) = match *step {
                MaskStep::Fixed(truth) => {
                    made.push(TruthId::from(truth));
                    continue;
                }
                MaskStep::Test(test) => match *places.get(index(test))? {
                    (place, false) => {
                        made.push(place);
                        continue;
                    }
                    (place, true) => (TRUE, place, [false, true, false]),
                },
                MaskStep::Both(one, other) => (of(one)?, of(other)?, [false, false, false]),
                MaskStep::Either(one, other) => (of(one)?, of(other)?, [true, true, true]),
                MaskStep::Without(one, other) => (of(one)?, of(other)?, [false, true, false]),
            };
            program.joins.push(TruthJoin { one, other, turned });
            made.push(next(&mut set));
        }
        for (nth, [holds, fails]) in conditions.iter().enumerate() {
            program.holds.push(*made.get(holds.place())?);
            let fails = *made.get(fails.place())?;
            if fails != FALSE {
                program.fails.push((nth, fails));
            }
        }
        program.truths = vec![false; index(set) + 1];
        Some(program)
    }

    /// Asks all conditions of a row and sets the bits of those that hold and of those that have no answer, 32 to a word.
    pub(crate) fn ask(&mut self, cells: RowCells<'_>, held: &mut [u32], faults: &mut [u32]) {
        let Self { ranges, sets, joins, holds, fails, truths } = self;
        let ranges = ranges.iter().map(|range| range.holds(cells));
        let sets = sets.iter().map(|set| set.holds(cells));
        let mut filled = 0;
        for (into, truth) in truths.iter_mut().zip([false, true].into_iter().chain(ranges)) {
            *into = truth;
            filled += 1;
        }
        for (into, truth) in truths.iter_mut().skip(filled).zip(sets) {
            *into = truth;
            filled += 1;
        }
        for TruthJoin { one, other, turned: [first, second, outcome] } in joins.iter() {
            let of = |place: TruthId| truths.get(index(place)).copied().unwrap_or(false);
            let truth = (of(*one) ^ first) & (of(*other) ^ second) ^ outcome;
            if let Some(into) = truths.get_mut(filled) {
                *into = truth;
            }
            filled += 1;
        }
        let of = |place: TruthId| truths.get(index(place)).copied().unwrap_or(false);
        for (word, holds) in held.iter_mut().zip(holds.chunks(32)) {
            *word = holds.iter().enumerate().fold(0, |word, (nth, place)| word | u32::from(of(*place)) << nth);
        }
        faults.fill(0);
        for (nth, place) in fails.iter() {
            if let Some(word) = faults.get_mut(nth / 32) {
                *word |= u32::from(of(*place)) << (nth % 32);
            }
        }
    }
}
