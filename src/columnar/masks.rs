//! A program of logical operations on masks; a mask has one bit per lead.
//!
//! Equal steps exist once, whichever conditions need them (common subexpression elimination).
//!
//! Invariant: a step reads only earlier steps, so the steps can be run in order.

use std::collections::BTreeMap;

/// The mask that a step computes, identified by the index of the step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MaskId(pub(crate) u32);

impl MaskId {
    /// The mask without any lead.
    pub(crate) const NEVER: Self = Self(0);
    /// The mask of all leads.
    pub(crate) const ALWAYS: Self = Self(1);

    /// The index of the step.
    pub(crate) fn index(self) -> usize {
        to_index(self.0)
    }
}

/// A number as an index; one that no list has when it does not fit.
pub(crate) fn to_index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The computation of one mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MaskStep {
    /// No lead (false) or every lead (true).
    Fixed(bool),
    /// The leads for which the test with this index is true.
    Test(u32),
    /// The intersection of two masks.
    And(MaskId, MaskId),
    /// The union of two masks.
    Or(MaskId, MaskId),
    /// The first mask without the second.
    AndNot(MaskId, MaskId),
}

/// The steps, in order, and an index of them.
#[derive(Clone, Debug)]
pub(crate) struct MaskProgram {
    steps: Vec<MaskStep>,
    ids: BTreeMap<MaskStep, MaskId>,
}

impl MaskProgram {
    /// A program of only the two fixed masks, [`MaskId::NEVER`] and [`MaskId::ALWAYS`].
    pub(crate) fn new() -> Self {
        let mut program = Self { steps: Vec::new(), ids: BTreeMap::new() };
        program.add(MaskStep::Fixed(false));
        program.add(MaskStep::Fixed(true));
        program
    }

    /// The steps so far.
    pub(crate) fn steps(&self) -> &[MaskStep] {
        &self.steps
    }

    /// The mask of a constant.
    pub(crate) const fn fixed(truth: bool) -> MaskId {
        if truth { MaskId::ALWAYS } else { MaskId::NEVER }
    }

    /// The mask of a test.
    pub(crate) fn test(&mut self, test: u32) -> MaskId {
        self.add(MaskStep::Test(test))
    }

    /// The intersection of two masks, simplified where possible.
    pub(crate) fn and(&mut self, one: MaskId, other: MaskId) -> MaskId {
        match (one.min(other), one.max(other)) {
            (MaskId::NEVER, _) => MaskId::NEVER,
            (MaskId::ALWAYS, rest) => rest,
            (one, other) if one == other => one,
            (one, other) => match (self.negated(one), self.negated(other)) {
                (_, Some(negated)) => self.and_not(one, negated),
                (Some(negated), _) => self.and_not(other, negated),
                _ => self.add(MaskStep::And(one, other)),
            },
        }
    }

    /// The union of two masks, simplified where possible.
    pub(crate) fn or(&mut self, one: MaskId, other: MaskId) -> MaskId {
        match (one.min(other), one.max(other)) {
            (MaskId::NEVER, rest) => rest,
            (MaskId::ALWAYS, _) => MaskId::ALWAYS,
            (one, other) if one == other => one,
            (one, other) => self.add(MaskStep::Or(one, other)),
        }
    }

    /// The first mask without the second, simplified where possible.
    pub(crate) fn and_not(&mut self, one: MaskId, other: MaskId) -> MaskId {
        match (one, other) {
            (one, other) if one == other => MaskId::NEVER,
            (MaskId::NEVER, _) | (_, MaskId::ALWAYS) => MaskId::NEVER,
            (one, MaskId::NEVER) => one,
            (MaskId::ALWAYS, other) => match self.negated(other) {
                Some(negated) => negated,
                None => self.add(MaskStep::AndNot(MaskId::ALWAYS, other)),
            },
            (one, other) => match self.negated(other) {
                Some(negated) => self.and(one, negated),
                None => self.add(MaskStep::AndNot(one, other)),
            },
        }
    }

    /// All leads without a mask.
    pub(crate) fn not(&mut self, one: MaskId) -> MaskId {
        self.and_not(MaskId::ALWAYS, one)
    }

    /// The mask of which this one is the complement, if it is one.
    fn negated(&self, mask: MaskId) -> Option<MaskId> {
        match self.steps.get(mask.index())? {
            MaskStep::AndNot(MaskId::ALWAYS, negated) => Some(*negated),
            _ => None,
        }
    }

    /// The mask of a step, which is added when it is new.
    fn add(&mut self, step: MaskStep) -> MaskId {
        if let Some(known) = self.ids.get(&step) {
            return *known;
        }
        let mask = MaskId(u32::try_from(self.steps.len()).unwrap_or(0));
        self.steps.push(step);
        self.ids.insert(step, mask);
        mask
    }

    /// For each step whether it is needed to compute these masks.
    pub(crate) fn needed(&self, masks: impl IntoIterator<Item = MaskId>) -> Vec<bool> {
        let mut needed = vec![false; self.steps.len()];
        for mask in masks {
            if let Some(index) = needed.get_mut(mask.index()) {
                *index = true;
            }
        }
        for index in (0..self.steps.len()).rev() {
            if needed.get(index) != Some(&true) {
                continue;
            }
            if let Some(MaskStep::And(one, other) | MaskStep::Or(one, other) | MaskStep::AndNot(one, other)) =
                self.steps.get(index)
            {
                for mask in [one, other] {
                    if let Some(index) = needed.get_mut(mask.index()) {
                        *index = true;
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
    fn equal_steps_are_added_once() {
        let mut program = MaskProgram::new();
        let (one, other) = (program.test(0), program.test(1));
        let both = program.and(one, other);
        assert_eq!(program.and(other, one), both);
        let not = program.not(both);
        assert_eq!((program.not(not), program.and(not, both)), (both, MaskId::NEVER));
        let steps = program.steps().len();
        assert_eq!(
            (program.test(1), program.or(MaskId::NEVER, other), program.and(MaskId::ALWAYS, one)),
            (other, other, one)
        );
        assert_eq!(program.steps().len(), steps);
        let needed = program.needed([both]);
        assert_eq!(needed.iter().filter(|needed| **needed).count(), 3);
    }
}
