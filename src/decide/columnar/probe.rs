//! Rules asked of one row at once, from left to right, stopping as soon as the answer is known.
//!
//! For one lead masks are wasteful: the same steps become jumps from probe to probe. Nothing is allocated while asking.
//!
//! Invariant: a program says of a row what the masks say of it. Steps that are too many for a program give none, and the masks are asked.

use super::cut::{Cut, number_cut};
use super::gates::{Gate, Step, index};
use super::lowering::{Ask, Test};
use crate::book::value::Value;
use crate::decide::operators::compare;
use crate::rulebook::tree::Comparison;

/// A question about one cell of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Probe {
    /// The answer is the same for every row.
    Fixed(bool),
    /// A number in this cell that is at least so much.
    AtLeast(u16, f64),
    /// A number that is less.
    Below(u16, f64),
    /// This very number.
    Equal(u16, f64),
    /// A number from the first up to, and without, the second.
    Between(u16, f64, f64),
    /// No number.
    NoNumber(u16),
    /// A code in this cell that is one of those up to 63 in the set.
    Code(u16, u64),
    /// This code.
    IsCode(u16, u8),
}

/// The cells of a row: numbers (not a number is unknown) and codes (0 is unknown).
#[derive(Clone, Copy, Debug)]
pub(super) struct Cells<'a> {
    pub(super) numbers: &'a [f64],
    pub(super) codes: &'a [u8],
}

impl Probe {
    /// The probe for a comparison of a number cell.
    pub(super) fn of_number(ask: &Ask, cell: u16) -> Option<Self> {
        Some(match ask {
            Ask::Compare(Comparison::Equal, Value::Unknown) => Self::NoNumber(cell),
            Ask::Compare(_, Value::Unknown) | Ask::IsTruth | Ask::IsWhole => Self::Fixed(false),
            Ask::Compare(comparison, value) => match number_cut(*comparison, value) {
                Cut::None => Self::Fixed(false),
                Cut::All => Self::AtLeast(cell, f64::MIN),
                Cut::AtLeast(from) => Self::AtLeast(cell, from),
                Cut::Below(until) => Self::Below(cell, until),
                Cut::Equal(one) => Self::Equal(cell, one),
                Cut::Between(from, until) => Self::Between(cell, from, until),
                Cut::Judge => return None,
            },
        })
    }

    /// The probe for a question about a code cell, where these values stand for the codes from 1 on and any other code is another text.
    pub(super) fn of_code(ask: &Ask, cell: u16, values: &[Value]) -> Option<Self> {
        let codes = |holds: &dyn Fn(&Value) -> bool| -> Option<Self> {
            let held: Vec<usize> = (1..).zip(values).filter(|(_, value)| holds(value)).map(|(code, _)| code).collect();
            match held.as_slice() {
                [] => Some(Self::Fixed(false)),
                [one] => u8::try_from(*one).ok().map(|code| Self::IsCode(cell, code)),
                many if many.iter().all(|code| *code < 64) => {
                    Some(Self::Code(cell, many.iter().fold(0, |set, code| set | 1 << code)))
                }
                _ => None,
            }
        };
        match ask {
            Ask::Compare(Comparison::Equal, Value::Unknown) => Some(Self::IsCode(cell, 0)),
            Ask::Compare(_, Value::Unknown) | Ask::IsWhole => Some(Self::Fixed(false)),
            Ask::IsTruth => codes(&|value| matches!(value, Value::Truth(_))),
            Ask::Compare(comparison, value) => codes(&|known| compare(*comparison, known, value) == Ok(true)),
        }
    }

    #[inline]
    fn holds(self, cells: Cells<'_>) -> bool {
        let number = |cell: u16| cells.numbers.get(usize::from(cell)).copied().unwrap_or(f64::NAN);
        let code = |cell: u16| cells.codes.get(usize::from(cell)).copied().unwrap_or(0);
        match self {
            Self::Fixed(truth) => truth,
            Self::AtLeast(cell, from) => number(cell) >= from,
            Self::Below(cell, until) => number(cell) < until,
            Self::Equal(cell, one) => number(cell) == one,
            Self::Between(cell, from, until) => {
                let number = number(cell);
                number >= from && number < until
            }
            Self::NoNumber(cell) => number(cell).is_nan(),
            Self::Code(cell, set) => {
                let code = code(cell);
                code < 64 && set >> code & 1 == 1
            }
            Self::IsCode(cell, one) => code(cell) == one,
        }
    }
}

/// Where to go on.
type Target = u32;
const YES: Target = u32::MAX;
const NO: Target = u32::MAX - 1;

#[derive(Clone, Copy, Debug)]
struct Jump {
    probe: Probe,
    yes: Target,
    no: Target,
}

/// The longest program; a rulebook that needs more is asked through masks.
const LONGEST: usize = 20_000;

/// Conditions as jumps.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    jumps: Vec<Jump>,
    /// For each condition where it begins: whether it holds, and whether it has no answer.
    starts: Vec<[Target; 2]>,
}

impl Program {
    /// The program for these conditions, each as the gates of holding and of failing.
    pub(super) fn new(
        conditions: &[[Gate; 2]],
        steps: &[Step],
        tests: &[Test],
        probe: &dyn Fn(&Test) -> Option<Probe>,
    ) -> Option<Self> {
        let probes: Vec<Probe> = tests.iter().map(probe).collect::<Option<_>>()?;
        let mut program = Self::default();
        let mut writing = Writing { program: &mut program, steps, probes: &probes };
        let mut starts = Vec::with_capacity(conditions.len());
        for [holds, fails] in conditions {
            starts.push([writing.write(*holds, YES, NO)?, writing.write(*fails, YES, NO)?]);
        }
        program.starts = starts;
        Some(program)
    }

    /// Asks all conditions of a row: `note(condition, held, fault)` for those that hold or have no answer. Tells the first that holds.
    #[inline]
    pub(super) fn ask(&self, cells: Cells<'_>, mut note: impl FnMut(usize, bool, bool)) -> Option<usize> {
        let mut first = None;
        for (nth, [holds, fails]) in self.starts.iter().enumerate() {
            let (held, fault) = (self.run(*holds, cells), self.run(*fails, cells));
            if held || fault {
                note(nth, held, fault);
                first = first.or(held.then_some(nth));
            }
        }
        first
    }

    #[inline]
    fn run(&self, mut at: Target, cells: Cells<'_>) -> bool {
        while let Some(jump) = self.jumps.get(index(at)) {
            at = if jump.probe.holds(cells) { jump.yes } else { jump.no };
        }
        at == YES
    }
}

struct Writing<'a> {
    program: &'a mut Program,
    steps: &'a [Step],
    probes: &'a [Probe],
}

impl Writing<'_> {
    /// Writes what asks for a gate, from its end to its beginning, so that targets are known. Where it begins.
    fn write(&mut self, gate: Gate, yes: Target, no: Target) -> Option<Target> {
        Some(match *self.steps.get(gate.place())? {
            Step::Fixed(true) => yes,
            Step::Fixed(false) => no,
            Step::Test(test) => match *self.probes.get(index(test))? {
                Probe::Fixed(true) => yes,
                Probe::Fixed(false) => no,
                probe => {
                    let place = self.program.jumps.len();
                    if place >= LONGEST {
                        return None;
                    }
                    self.program.jumps.push(Jump { probe, yes, no });
                    u32::try_from(place).ok()?
                }
            },
            Step::Both(one, other) => {
                let then = self.write(other, yes, no)?;
                self.write(one, then, no)?
            }
            Step::Either(one, other) => {
                let then = self.write(other, yes, no)?;
                self.write(one, yes, then)?
            }
            Step::Without(one, other) => {
                let then = self.write(other, no, yes)?;
                self.write(one, then, no)?
            }
        })
    }
}
