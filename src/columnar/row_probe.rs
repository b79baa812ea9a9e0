//! Matching of a single row with rules, by a branch-free program.
//!
//! For one row masks are wasteful, and branching from test to test causes mispredictions. So every test is evaluated, as the same arithmetic
//! on its cell, and the results are combined in the same way. Nothing is allocated while a program runs.
//!
//! Invariant: the program of some conditions gives for every row the answers that masks give.

use crate::book::value::Value;
use crate::columnar::lowering::{ColumnTest, SourceTest};
use crate::columnar::masks::{MaskId, MaskStep, to_index};
use crate::columnar::threshold::{Threshold, number_threshold};
use crate::evaluate::operators::compare;
use crate::pack::expression::Comparison;

/// A test of one cell of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum RowProbe {
    /// The result is the same for every row.
    Fixed(bool),
    /// Whether a number is in a range.
    Number(NumberRange),
    /// Whether the number in this cell is unknown.
    NoNumber(usize),
    /// Whether a code is in a set.
    Code(CodeSet),
}

/// The numbers from `from` up to, but not including, `until`, in the number cell with this index. NaN, which is unknown, is in no range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct NumberRange {
    cell: usize,
    from: f64,
    until: f64,
}

/// A set of codes in the code cell with this index: bit `n` is the code `from + n`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CodeSet {
    cell: usize,
    from: u8,
    codes: u64,
}

/// The cells of a row: numbers (NaN is unknown) and codes (0 is unknown).
#[derive(Clone, Copy, Debug)]
pub(crate) struct RowCells<'a> {
    pub(crate) numbers: &'a [f64],
    pub(crate) codes: &'a [u8],
}

impl RowProbe {
    /// The probe for a test of a number cell; `None` when the comparison has no threshold.
    pub(crate) fn of_number(test: &ColumnTest, cell: usize) -> Option<Self> {
        let range = |from, until| Self::Number(NumberRange { cell, from, until });
        Some(match test {
            ColumnTest::Compare(Comparison::Equal, Value::Unknown) => Self::NoNumber(cell),
            ColumnTest::Compare(_, Value::Unknown) | ColumnTest::IsTruth | ColumnTest::IsWhole => Self::Fixed(false),
            ColumnTest::Compare(comparison, value) => match number_threshold(*comparison, value) {
                Threshold::None => Self::Fixed(false),
                Threshold::All => range(f64::NEG_INFINITY, f64::INFINITY),
                Threshold::AtLeast(from) => range(from, f64::INFINITY),
                Threshold::Below(until) => range(f64::NEG_INFINITY, until),
                Threshold::Equal(one) => range(one, one.next_up()),
                Threshold::Between(from, until) => range(from, until),
                Threshold::PerCell => return None,
            },
        })
    }

    /// The probe for a test of a code cell, in which the codes from 1 on stand for these values, and any other code for another text. `None`
    /// when the codes that hold do not fit in 64 bits.
    pub(crate) fn of_code(test: &ColumnTest, cell: usize, values: &[Value]) -> Option<Self> {
        let set = |holds: &dyn Fn(&Value) -> bool| {
            let held = (1_u8..).zip(values).filter(|(_, value)| holds(value)).map(|(code, _)| code);
            let held: Vec<u8> = held.collect();
            let Some(from) = held.first().copied() else { return Some(Self::Fixed(false)) };
            let bits = held.iter().map(|code| 1_u64.checked_shl(u32::from(code - from)));
            bits.sum::<Option<u64>>().map(|codes| Self::Code(CodeSet { cell, from, codes }))
        };
        match test {
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

/// The index of a result in the list of all results: false, true, those of ranges, of sets, and of joins.
type TruthId = u32;
const FALSE: TruthId = 0;
const TRUE: TruthId = 1;

/// The conjunction of two results. `negated` tells whether to negate the first, the second, and the conjunction.
#[derive(Clone, Copy, Debug)]
struct TruthJoin {
    one: TruthId,
    other: TruthId,
    negated: [bool; 3],
}

/// Some conditions as a program for one row.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowProgram {
    ranges: Vec<NumberRange>,
    sets: Vec<CodeSet>,
    joins: Vec<TruthJoin>,
    /// For each condition the result that tells whether it holds.
    holds: Vec<TruthId>,
    /// The conditions that can fail to have an answer, with the result that tells so.
    fails: Vec<(usize, TruthId)>,
    /// The results, in order of [`TruthId`].
    truths: Vec<bool>,
}

impl RowProgram {
    /// Compiles conditions, each given by the masks of holding and of failing; `None` when `probe` has no probe for a test.
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
        // The results of the probes, in the order of the probes, and whether to negate them.
        let (mut range, mut set) = (TRUE, TRUE + u32::try_from(program.ranges.len()).ok()?);
        let next = |id: &mut TruthId| {
            *id += 1;
            *id
        };
        let probe_ids: Vec<(TruthId, bool)> = probes
            .iter()
            .map(|probe| match probe {
                RowProbe::Fixed(truth) => (TruthId::from(*truth), false),
                RowProbe::Number(_) => (next(&mut range), false),
                RowProbe::NoNumber(_) => (next(&mut range), true),
                RowProbe::Code(_) => (next(&mut set), false),
            })
            .collect();
        let mut ids: Vec<TruthId> = Vec::with_capacity(steps.len());
        for step in steps {
            let of = |mask: MaskId| ids.get(mask.index()).copied();
            let (one, other, negated) = match *step {
                MaskStep::Fixed(truth) => {
                    ids.push(TruthId::from(truth));
                    continue;
                }
                MaskStep::Test(test) => match *probe_ids.get(to_index(test))? {
                    (id, false) => {
                        ids.push(id);
                        continue;
                    }
                    (id, true) => (TRUE, id, [false, true, false]),
                },
                MaskStep::And(one, other) => (of(one)?, of(other)?, [false, false, false]),
                MaskStep::Or(one, other) => (of(one)?, of(other)?, [true, true, true]),
                MaskStep::AndNot(one, other) => (of(one)?, of(other)?, [false, true, false]),
            };
            program.joins.push(TruthJoin { one, other, negated });
            ids.push(next(&mut set));
        }
        for (nth, [holds, fails]) in conditions.iter().enumerate() {
            program.holds.push(*ids.get(holds.index())?);
            let fails = *ids.get(fails.index())?;
            if fails != FALSE {
                program.fails.push((nth, fails));
            }
        }
        program.truths = vec![false; to_index(set) + 1];
        Some(program)
    }

    /// Evaluates all conditions for a row. Sets the bits of those that hold, and of those without an answer, 32 per word.
    pub(crate) fn run(&mut self, cells: RowCells<'_>, held: &mut [u32], faults: &mut [u32]) {
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
        for TruthJoin { one, other, negated: [first, second, outcome] } in joins.iter() {
            let of = |id: TruthId| truths.get(to_index(id)).copied().unwrap_or(false);
            let truth = (of(*one) ^ first) & (of(*other) ^ second) ^ outcome;
            if let Some(into) = truths.get_mut(filled) {
                *into = truth;
            }
            filled += 1;
        }
        let of = |id: TruthId| truths.get(to_index(id)).copied().unwrap_or(false);
        for (word, holds) in held.iter_mut().zip(holds.chunks(32)) {
            *word = holds.iter().enumerate().fold(0, |word, (nth, id)| word | u32::from(of(*id)) << nth);
        }
        faults.fill(0);
        for (nth, id) in fails.iter() {
            if let Some(word) = faults.get_mut(nth / 32) {
                *word |= u32::from(of(*id)) << (nth % 32);
            }
        }
    }
}
