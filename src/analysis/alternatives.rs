//! Conditions as alternatives: a disjunction of conjunctions of tests, each test a variable with the values that it may have.
//!
//! The work is bounded: at most [`limits::ALTERNATIVES`] conjunctions, [`limits::ANALYSIS_STEPS`] for one question and
//! [`limits::ANALYSIS_STEPS_OF_ALL`] for all. What would take more is [`TooMany`], and the question stays open.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::analysis::relations;
use crate::analysis::value_set::{KnownValues, ValueSet};
use crate::analysis::variable::Variable;
use crate::book::value::Type;
use crate::limits;

/// A question that takes more work than is given to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany;

/// With how many others a conjunction is compared in one step.
const COMPARED_IN_STEP: usize = 4;

/// The work that is left for one question, and for all questions together, in steps.
#[derive(Debug)]
pub(crate) struct Work {
    left: Cell<usize>,
    of_all: Rc<Cell<usize>>,
}

impl Work {
    /// The work of one question, of what is left for all.
    pub(crate) const fn of(of_all: Rc<Cell<usize>>) -> Self {
        Self { left: Cell::new(limits::ANALYSIS_STEPS), of_all }
    }

    /// Counts so many steps: one for each part of a condition that is looked at and each conjunction that is put together, and more where it is
    /// compared with many others.
    ///
    /// # Errors
    /// They are more than one question, or all together, may take.
    pub(crate) fn take(&self, steps: usize) -> Result<(), TooMany> {
        for left in [&self.left, &*self.of_all] {
            left.set(left.get().checked_sub(steps).ok_or(TooMany)?);
        }
        Ok(())
    }
}

/// Tests that all hold: for each variable the values that it may have. A variable that is not named may have any.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conjunction {
    tests: BTreeMap<Variable, ValueSet>,
    /// The families of its variables ([`Variable::family`]), as bits.
    families: u32,
}

impl Conjunction {
    /// With one test more; `None` when no value is left for its variable.
    #[must_use]
    pub(crate) fn with(&self, variable: &Variable, set: &ValueSet) -> Option<Self> {
        let mut more = self.clone();
        more.narrow(variable, set).then_some(more)
    }

    /// Adds a test. False when no value is left for its variable.
    pub(crate) fn narrow(&mut self, variable: &Variable, set: &ValueSet) -> bool {
        let known = self.tests.get(variable).map_or_else(|| variable.domain(), Clone::clone);
        let left = known.intersect(set);
        let left = if matches!(variable.kind(), Type::Whole | Type::Length) { left.of_wholes() } else { left };
        let possible = !left.is_empty(variable.words().as_deref());
        self.tests.insert(variable.clone(), left);
        self.families |= variable.family();
        possible
    }

    /// Both; `None` when they cannot be true together because no value is left for some variable.
    fn and(&self, other: &Self) -> Option<Self> {
        let mut both = self.clone();
        other.tests.iter().all(|(variable, set)| both.narrow(variable, set)).then_some(both)
    }

    /// Both; `None` when they cannot be true together.
    fn joined(&self, other: &Self) -> Option<Self> {
        // What has nothing to do with each other cannot exclude each other.
        self.and(other).filter(|joined| !self.is_related(other) || !relations::exclude(joined))
    }

    /// Adds the words of another one that tests the same one variable, and that alone. False for any other: numbers are kept apart, because laws
    /// between facts tell more of each case.
    fn widen(&mut self, other: &Self) -> bool {
        let (Some((variable, values)), Some((same, more))) = (self.only_test(), other.only_test()) else {
            return false;
        };
        if variable != same || !matches!(values.known, KnownValues::Listed { .. }) {
            return false;
        }
        let (variable, values) = (variable.clone(), values.union(more));
        self.tests.insert(variable, values);
        true
    }

    /// Its test; `None` where it has none or several.
    fn only_test(&self) -> Option<(&Variable, &ValueSet)> {
        self.tests.first_key_value().filter(|_| self.tests.len() == 1)
    }

    /// Whether variables of the one have to do with variables of the other.
    const fn is_related(&self, other: &Self) -> bool {
        self.families & other.families != 0
    }

    /// The tests, in order of the notation of their variables.
    pub fn tests(&self) -> impl Iterator<Item = (&Variable, &ValueSet)> {
        self.tests.iter()
    }

    /// The values of a variable that is tested.
    pub(crate) fn test(&self, variable: &Variable) -> Option<&ValueSet> {
        self.tests.get(variable)
    }

    /// Whether all its variables are facts whose values are known here, so that it holds for some lead as far as can be told.
    pub(crate) fn is_understood(&self) -> bool {
        self.tests.keys().all(Variable::is_understood)
    }

    /// Without the tests of some variables.
    fn without(&self, left_out: &dyn Fn(&Variable) -> bool) -> Self {
        let kept = || self.tests.iter().filter(|(variable, _)| !left_out(variable));
        let tests = kept().map(|(variable, set)| (variable.clone(), set.clone())).collect();
        Self { tests, families: kept().fold(0, |all, (variable, _)| all | variable.family()) }
    }
}

/// Conjunctions of which at least one holds. None at all never holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alternatives(Vec<Conjunction>);

impl From<Conjunction> for Alternatives {
    fn from(one: Conjunction) -> Self {
        Self(vec![one])
    }
}

impl Alternatives {
    /// What never holds.
    pub(crate) const fn never() -> Self {
        Self(Vec::new())
    }

    /// What always holds.
    pub(crate) fn always() -> Self {
        Self(vec![Conjunction::default()])
    }

    /// One test; what never holds when the variable has no such value.
    pub(crate) fn test(variable: &Variable, set: &ValueSet) -> Self {
        Self(Conjunction::default().with(variable, set).into_iter().collect())
    }

    /// Each conjunction with one test more.
    #[must_use]
    pub(crate) fn with(&self, variable: &Variable, set: &ValueSet) -> Self {
        Self(self.0.iter().filter_map(|one| one.with(variable, set)).collect())
    }

    /// The conjunctions.
    pub fn conjunctions(&self) -> &[Conjunction] {
        &self.0
    }

    /// Whether nothing makes it hold.
    pub(crate) const fn is_never(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether something that needs no test makes it hold.
    fn is_always(&self) -> bool {
        self.0.iter().any(|one| one.tests.is_empty())
    }

    /// What holds when one of both does.
    ///
    /// # Errors
    /// There are too many conjunctions.
    pub(crate) fn or(mut self, other: Self, work: &Work) -> Result<Self, TooMany> {
        if self.is_always() || other.is_always() {
            return Ok(Self::always());
        }
        for one in other.0 {
            work.take(self.0.len() / COMPARED_IN_STEP)?;
            if !self.0.contains(&one) && !self.0.iter_mut().any(|known| known.widen(&one)) {
                self.0.push(one);
            }
        }
        if self.0.len() > limits::ALTERNATIVES { Err(TooMany) } else { Ok(self) }
    }

    /// What holds when both do. Conjunctions that nothing can make true are left out.
    ///
    /// # Errors
    /// There are too many conjunctions.
    pub(crate) fn and(&self, other: &Self, work: &Work) -> Result<Self, TooMany> {
        let mut both: Vec<Conjunction> = Vec::new();
        for one in &self.0 {
            for two in &other.0 {
                work.take(1 + both.len() / COMPARED_IN_STEP)?;
                if let Some(joined) = one.joined(two).filter(|joined| !both.contains(joined)) {
                    both.push(joined);
                }
                if both.len() > limits::ALTERNATIVES {
                    return Err(TooMany);
                }
            }
        }
        Ok(Self(both))
    }

    /// Whether both can be true together.
    ///
    /// # Errors
    /// It takes too much work to tell.
    pub(crate) fn meet(&self, other: &Self, work: &Work) -> Result<bool, TooMany> {
        for one in &self.0 {
            for two in &other.0 {
                work.take(1)?;
                if one.joined(two).is_some() {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Without the conjunctions that nothing can make true.
    pub(crate) fn possible(self) -> Self {
        Self(self.0.into_iter().filter(|one| !relations::exclude(one)).collect())
    }

    /// Each conjunction without the tests of some variables.
    pub(crate) fn without(&self, left_out: impl Fn(&Variable) -> bool) -> Self {
        Self(self.0.iter().map(|one| one.without(&left_out)).collect())
    }

    /// Each conjunction without what is about the person for whom a statement is evaluated.
    pub(crate) fn without_person(&self) -> Self {
        self.without(Variable::is_about_person)
    }
}
