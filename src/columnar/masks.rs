//! Conditions as steps on masks: each step makes one bit a lead from earlier ones.
//!
//! What is said twice is computed once: a step that is there already is not added again, whoever asks for it.
//!
//! Invariant: a step reads earlier steps only, so that running them in order is enough.

use std::collections::BTreeMap;

/// The outcome of a step, by its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MaskId(pub(crate) u32);

impl MaskId {
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
pub(crate) enum MaskStep {
    /// No lead (false) or every lead (true).
    Fixed(bool),
    /// The test with this number.
    Test(u32),
    /// Both.
    Both(MaskId, MaskId),
    /// One or the other or both.
    Either(MaskId, MaskId),
    /// The first and not the second.
    Without(MaskId, MaskId),
}

/// Steps, in order.
#[derive(Clone, Debug)]
pub(crate) struct MaskProgram {
    steps: Vec<MaskStep>,
    places: BTreeMap<MaskStep, MaskId>,
}

impl MaskProgram {
    /// Only the two fixed ones.
    pub(crate) fn new() -> Self {
        let mut gates = Self { steps: Vec::new(), places: BTreeMap::new() };
        gates.add(MaskStep::Fixed(false));
        gates.add(MaskStep::Fixed(true));
        gates
    }

    /// The steps so far.
    pub(crate) fn steps(&self) -> &[MaskStep] {
        &self.steps
    }

    /// What a truth that is known beforehand is.
    pub(crate) const fn fixed(truth: bool) -> MaskId {
        if truth { MaskId::ALWAYS } else { MaskId::NEVER }
    }

    /// The outcome of a test.
    pub(crate) fn test(&mut self, test: u32) -> MaskId {
        self.add(MaskStep::Test(test))
    }

    /// `one and other`, without errors.
    pub(crate) fn both(&mut self, one: MaskId, other: MaskId) -> MaskId {
        match (one.min(other), one.max(other)) {
            (MaskId::NEVER, _) => MaskId::NEVER,
            (MaskId::ALWAYS, rest) => rest,
            (one, other) if one == other => one,
            (one, other) => match (self.denied(one), self.denied(other)) {
                (_, Some(denied)) => self.without(one, denied),
                (Some(denied), _) => self.without(other, denied),
                _ => self.add(MaskStep::Both(one, other)),
            },
        }
    }

    /// `one or other`, without errors.
    pub(crate) fn either(&mut self, one: MaskId, other: MaskId) -> MaskId {
        match (one.min(other), one.max(other)) {
            (MaskId::NEVER, rest) => rest,
            (MaskId::ALWAYS, _) => MaskId::ALWAYS,
            (one, other) if one == other => one,
            (one, other) => self.add(MaskStep::Either(one, other)),
        }
    }

    /// `one and not other`, without errors.
    pub(crate) fn without(&mut self, one: MaskId, other: MaskId) -> MaskId {
        match (one, other) {
            (one, other) if one == other => MaskId::NEVER,
            (MaskId::NEVER, _) | (_, MaskId::ALWAYS) => MaskId::NEVER,
            (one, MaskId::NEVER) => one,
            (MaskId::ALWAYS, other) => match self.denied(other) {
                Some(denied) => denied,
                None => self.add(MaskStep::Without(MaskId::ALWAYS, other)),
            },
            (one, other) => match self.denied(other) {
                Some(denied) => self.both(one, denied),
                None => self.add(MaskStep::Without(one, other)),
            },
        }
    }

    /// `not one`, without errors.
    pub(crate) fn not(&mut self, one: MaskId) -> MaskId {
        self.without(MaskId::ALWAYS, one)
    }

    /// What this gate is the opposite of.
    fn denied(&self, gate: MaskId) -> Option<MaskId> {
        match self.steps.get(gate.place())? {
            MaskStep::Without(MaskId::ALWAYS, denied) => Some(*denied),
            _ => None,
        }
    }

    fn add(&mut self, step: MaskStep) -> MaskId {
        if let Some(known) = self.places.get(&step) {
            return *known;
        }
        let gate = MaskId(u32::try_from(self.steps.len()).unwrap_or(0));
        self.steps.push(step);
        self.places.insert(step, gate);
        gate
    }

    /// Which steps these outcomes need, themselves included.
    pub(crate) fn needed(&self, outcomes: impl IntoIterator<Item = MaskId>) -> Vec<bool> {
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
            if let Some(MaskStep::Both(one, other) | MaskStep::Either(one, other) | MaskStep::Without(one, other)) =
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
        let mut gates = MaskProgram::new();
        let (one, other) = (gates.test(0), gates.test(1));
        let both = gates.both(one, other);
        assert_eq!(gates.both(other, one), both);
        let not = gates.not(both);
        assert_eq!((gates.not(not), gates.both(not, both)), (both, MaskId::NEVER));
        let steps = gates.steps().len();
        assert_eq!(
            (gates.test(1), gates.either(MaskId::NEVER, other), gates.both(MaskId::ALWAYS, one)),
            (other, other, one)
        );
        assert_eq!(gates.steps().len(), steps);
        let needed = gates.needed([both]);
        assert_eq!(needed.iter().filter(|needed| **needed).count(), 3);
    }
}
