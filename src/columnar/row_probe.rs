//! Rules asked of one row, as a list of the same few questions for every row.
//!
//! For one lead masks are wasteful, and jumping from test to test makes the processor guess where to; so every test is asked, each as
//! the same arithmetic on its cell, and truths are joined the same way. Nothing is allocated while asking.
//!
//! Invariant: a program says of a row what the masks say of it.

use crate::book::value::Value;
use crate::columnar::lowering::{Ask, Test};
use crate::columnar::masks::{Gate, Step, index};
use crate::columnar::threshold::{Cut, number_cut};
use crate::evaluate::operators::compare;
use crate::pack::expression::Comparison;

/// A question about one cell of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Probe {
    /// The answer is the same for every row.
    Fixed(bool),
    /// A number in this range.
    Number(Range),
    /// No number in this cell.
    NoNumber(usize),
    /// A code of this set.
    Code(Set),
}

/// The numbers from the first up to, and without, the second. What is unknown (not a number) is in no range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Range {
    cell: usize,
    from: f64,
    until: f64,
}

/// Codes: bit `n` is the code `from + n`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Set {
    cell: usize,
    from: u8,
    codes: u64,
}

/// The cells of a row: numbers (not a number is unknown) and codes (0 is unknown).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cells<'a> {
    pub(crate) numbers: &'a [f64],
    pub(crate) codes: &'a [u8],
}

impl Probe {
    /// The probe for a comparison of a number cell.
    pub(crate) fn of_number(ask: &Ask, cell: usize) -> Option<Self> {
        let range = |from, until| Self::Number(Range { cell, from, until });
        Some(match ask {
            Ask::Compare(Comparison::Equal, Value::Unknown) => Self::NoNumber(cell),
            Ask::Compare(_, Value::Unknown) | Ask::IsTruth | Ask::IsWhole => Self::Fixed(false),
            Ask::Compare(comparison, value) => match number_cut(*comparison, value) {
                Cut::None => Self::Fixed(false),
                Cut::All => range(f64::NEG_INFINITY, f64::INFINITY),
                Cut::AtLeast(from) => range(from, f64::INFINITY),
                Cut::Below(until) => range(f64::NEG_INFINITY, until),
                Cut::Equal(one) => range(one, one.next_up()),
                Cut::Between(from, until) => range(from, until),
                Cut::Judge => return None,
            },
        })
    }

    /// The probe for a question about a code cell, where these values stand for the codes from 1 on and any other code is another text.
    pub(crate) fn of_code(ask: &Ask, cell: usize, values: &[Value]) -> Option<Self> {
        let set = |holds: &dyn Fn(&Value) -> bool| {
            let held = (1_u8..).zip(values).filter(|(_, value)| holds(value)).map(|(code, _)| code);
            let held: Vec<u8> = held.collect();
            let Some(from) = held.first().copied() else { return Some(Self::Fixed(false)) };
            let bits = held.iter().map(|code| 1_u64.checked_shl(u32::from(code - from)));
            bits.sum::<Option<u64>>().map(|codes| Self::Code(Set { cell, from, codes }))
        };
        match ask {
            Ask::Compare(Comparison::Equal, Value::Unknown) => Some(Self::Code(Set { cell, from: 0, codes: 1 })),
            Ask::Compare(_, Value::Unknown) | Ask::IsWhole => Some(Self::Fixed(false)),
            Ask::IsTruth => set(&|value| matches!(value, Value::Truth(_))),
            Ask::Compare(comparison, value) => set(&|known| compare(*comparison, known, value) == Ok(true)),
        }
    }
}

impl Range {
    #[inline]
    fn holds(self, cells: Cells<'_>) -> bool {
        let number = cells.numbers.get(self.cell).copied().unwrap_or(f64::NAN);
        (number >= self.from) & (number < self.until)
    }
}

impl Set {
    #[inline]
    fn holds(self, cells: Cells<'_>) -> bool {
        let code = cells.codes.get(self.cell).copied().unwrap_or(0).wrapping_sub(self.from);
        (code < 64) & (self.codes >> (code & 63) & 1 == 1)
    }
}

/// The place of a truth in the list of all: false, true, those of ranges, of sets, and then what is joined.
type Place = u32;
const FALSE: Place = 0;
const TRUE: Place = 1;

/// Two truths, each taken as it is or turned around, of which both must be; the outcome is turned around likewise.
#[derive(Clone, Copy, Debug)]
struct Join {
    one: Place,
    other: Place,
    turned: [bool; 3],
}

/// Conditions as questions to be asked of a row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Program {
    ranges: Vec<Range>,
    sets: Vec<Set>,
    joins: Vec<Join>,
    /// For each condition where it is told that it holds.
    holds: Vec<Place>,
    /// The conditions that may have no answer, and where that is told.
    fails: Vec<(usize, Place)>,
    truths: Vec<bool>,
}

impl Program {
    /// The program for these conditions, each as the gates of holding and of failing.
    pub(crate) fn new(
        conditions: &[[Gate; 2]],
        steps: &[Step],
        tests: &[Test],
        probe: &dyn Fn(&Test) -> Option<Probe>,
    ) -> Option<Self> {
        let probes: Vec<Probe> = tests.iter().map(probe).collect::<Option<_>>()?;
        let mut program = Self::default();
        for probe in &probes {
            match *probe {
                Probe::Fixed(_) => {}
                Probe::Number(range) => program.ranges.push(range),
                Probe::NoNumber(cell) => {
                    program.ranges.push(Range { cell, from: f64::NEG_INFINITY, until: f64::INFINITY });
                }
                Probe::Code(set) => program.sets.push(set),
            }
        }
        // The places of probes, in the same order.
        let (mut range, mut set) = (TRUE, TRUE + u32::try_from(program.ranges.len()).ok()?);
        let next = |place: &mut Place| {
            *place += 1;
            *place
        };
        let places: Vec<(Place, bool)> = probes
            .iter()
            .map(|probe| match probe {
                Probe::Fixed(truth) => (Place::from(*truth), false),
                Probe::Number(_) => (next(&mut range), false),
                Probe::NoNumber(_) => (next(&mut range), true),
                Probe::Code(_) => (next(&mut set), false),
            })
            .collect();
        let mut made: Vec<Place> = Vec::with_capacity(steps.len());
        for step in steps {
            let of = |gate: Gate| made.get(gate.place()).copied();
            let (one, other, turned) = match *step {
                Step::Fixed(truth) => {
                    made.push(Place::from(truth));
                    continue;
                }
                Step::Test(test) => match *places.get(index(test))? {
                    (place, false) => {
                        made.push(place);
                        continue;
                    }
                    (place, true) => (TRUE, place, [false, true, false]),
                },
                Step::Both(one, other) => (of(one)?, of(other)?, [false, false, false]),
                Step::Either(one, other) => (of(one)?, of(other)?, [true, true, true]),
                Step::Without(one, other) => (of(one)?, of(other)?, [false, true, false]),
            };
            program.joins.push(Join { one, other, turned });
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
    pub(crate) fn ask(&mut self, cells: Cells<'_>, held: &mut [u32], faults: &mut [u32]) {
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
        for Join { one, other, turned: [first, second, outcome] } in joins.iter() {
            let of = |place: Place| truths.get(index(place)).copied().unwrap_or(false);
            let truth = (of(*one) ^ first) & (of(*other) ^ second) ^ outcome;
            if let Some(into) = truths.get_mut(filled) {
                *into = truth;
            }
            filled += 1;
        }
        let of = |place: Place| truths.get(index(place)).copied().unwrap_or(false);
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
