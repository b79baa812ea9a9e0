//! Conditions as steps on masks: each step makes one bit a lead from earlier ones.
//!
//! What is said twice is computed once: a step that is there already is not added again, whoever asks for it.
//!
//! Invariant: a step reads earlier steps only, so that running them in order is enough.

use std::collections::BTreeMap;

/// The outcome of a step, by its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Gate(pub(crate) u32);

impl Gate {
    /// For no lead.
    pub(crate) const NEVER: Self = Self(0);
    /// For every lead.
    pub(crate) const ALWAYS: Self = Self(1);

    /// Its place among the steps.
    pub(crate) fn place(self) -> usize {
        index(self.0)
    }
}

/// A number as a place in a list.
pub(crate) fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// How one mask is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// No lead (false) or every lead (true).
    Fixed(bool),
    /// The test with this number.
    Test(u32),
    /// Both.
    Both(Gate, Gate),
    /// One or the other or both.
    Either(Gate, Gate),
    /// The first and not the second.
    Without(Gate, Gate),
}

/// Steps, in order.
#[derive(Clone, Debug)]
pub(crate) struct Gates {
    steps: Vec<Step>,
    places: BTreeMap<Step, Gate>,
}

impl Gates {
    /// Only the two fixed ones.
    pub(crate) fn new() -> Self {
        let mut gates = Self { steps: Vec::new(), places: BTreeMap::new() };
        gates.add(Step::Fixed(false));
        gates.add(Step::Fixed(true));
        gates
    }

    /// The steps so far.
    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What a truth that is known beforehand is.
    pub(crate) const fn fixed(truth: bool) -> Gate {
        if truth { Gate::ALWAYS } else { Gate::NEVER }
    }

    /// The outcome of a test.
    pub(crate) fn test(&mut self, test: u32) -> Gate {
        self.add(Step::Test(test))
    }

    /// `one and other`, without errors.
    pub(crate) fn both(&mut self, one: Gate, other: Gate) -> Gate {
        match (one.min(other), one.max(other)) {
            (Gate::NEVER, _) => Gate::NEVER,
            (Gate::ALWAYS, rest) => rest,
            (one, other) if one == other => one,
            (one, other) => match (self.denied(one), self.denied(other)) {
                (_, Some(denied)) => self.without(one, denied),
                (Some(denied), _) => self.without(other, denied),
                _ => self.add(Step::Both(one, other)),
            },
        }
    }

    /// `one or other`, without errors.
    pub(crate) fn either(&mut self, one: Gate, other: Gate) -> Gate {
        match (one.min(other), one.max(other)) {
            (Gate::NEVER, rest) => rest,
            (Gate::ALWAYS, _) => Gate::ALWAYS,
            (one, other) if one == other => one,
            (one, other) => self.add(Step::Either(one, other)),
        }
    }

    /// `one and not other`, without errors.
    pub(crate) fn without(&mut self, one: Gate, other: Gate) -> Gate {
        match (one, other) {
            (one, other) if one == other => Gate::NEVER,
            (Gate::NEVER, _) | (_, Gate::ALWAYS) => Gate::NEVER,
            (one, Gate::NEVER) => one,
            (Gate::ALWAYS, other) => match self.denied(other) {
                Some(denied) => denied,
                None => self.add(Step::Without(Gate::ALWAYS, other)),
            },
            (one, other) => match self.denied(other) {
                Some(denied) => self.both(one, denied),
                None => self.add(Step::Without(one, other)),
            },
        }
    }

    /// `not one`, without errors.
    pub(crate) fn not(&mut self, one: Gate) -> Gate {
        self.without(Gate::ALWAYS, one)
    }

    /// What this gate is the opposite of.
    fn denied(&self, gate: Gate) -> Option<Gate> {
        match self.steps.get(gate.place())? {
            Step::Without(Gate::ALWAYS, denied) => Some(*denied),
            _ => None,
        }
    }

    fn add(&mut self, step: Step) -> Gate {
        if let Some(known) = self.places.get(&step) {
            return *known;
        }
        let gate = Gate(u32::try_from(self.steps.len()).unwrap_or(0));
        self.steps.push(step);
        self.places.insert(step, gate);
        gate
    }

    /// Which steps these outcomes need, themselves included.
    pub(crate) fn needed(&self, outcomes: impl IntoIterator<Item = Gate>) -> Vec<bool> {
        let mut needed = vec![false; self.steps.len()];
        for outcome in outcomes {
            if let Some(place) = needed.get_mut(outcome.place()) {
                *place = true;
            }
        }
        for place in (0..self.steps.len()).rev() {
            if needed.get(place) != Some(&true) {
                continue;
            }
            if let Some(Step::Both(one, other) | Step::Either(one, other) | Step::Without(one, other)) =
                self.steps.get(place)
            {
                for gate in [one, other] {
                    if let Some(place) = needed.get_mut(gate.place()) {
                        *place = true;
                    }
                }
            }
        }
        needed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_twice_is_one_step() {
        let mut gates = Gates::new();
        let (one, other) = (gates.test(0), gates.test(1));
        let both = gates.both(one, other);
        assert_eq!(gates.both(other, one), both);
        let not = gates.not(both);
        assert_eq!((gates.not(not), gates.both(not, both)), (both, Gate::NEVER));
        let steps = gates.steps().len();
        assert_eq!(
            (gates.test(1), gates.either(Gate::NEVER, other), gates.both(Gate::ALWAYS, one)),
            (other, other, one)
        );
        assert_eq!(gates.steps().len(), steps);
        let needed = gates.needed([both]);
        assert_eq!(needed.iter().filter(|needed| **needed).count(), 3);
    }
}
