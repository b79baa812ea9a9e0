//! Counts of what is covered.

use std::iter::Sum;
use std::ops::Add;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::coverage::{ConditionCoverage, StatementCoverage};
use crate::pack::statement_forms::StatementKind;

/// How many of some things are covered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many are.
    pub covered: usize,
    /// How many there are.
    pub of: usize,
}

impl Tally {
    fn of(all: impl IntoIterator<Item = bool>) -> Self {
        all.into_iter().fold(Self::default(), |tally, covered| Self {
            covered: tally.covered + usize::from(covered),
            of: tally.of + 1,
        })
    }

    /// How many in a hundred, rounded down, so that only all of them are 100; `None` when there is nothing to cover.
    pub fn percent(self) -> Option<u32> {
        let percent = (self.covered as u128 * 100).checked_div(self.of as u128)?;
        u32::try_from(percent).ok()
    }

    /// Whether at least so many in a hundred are covered. Where there is nothing to cover nothing was shown, so it is not.
    pub fn reaches(self, percent: u32) -> bool {
        self.of > 0 && self.covered as u128 * 100 >= u128::from(percent) * self.of as u128
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { covered: self.covered + other.covered, of: self.of + other.of }
    }
}

impl Serialize for Tally {
    /// With its `percent`, which is null when there is nothing to cover.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Tally", 3)?;
        fields.serialize_field("covered", &self.covered)?;
        fields.serialize_field("of", &self.of)?;
        fields.serialize_field("percent", &self.percent())?;
        fields.end()
    }
}

/// What is counted of a pack, or of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// Statements, and the steps of cadences.
    pub statements: Tally,
    /// Sides of conditions.
    pub conditions: Tally,
    /// Of the statements only the rules.
    pub rules: Tally,
    /// Statements and sides together: what `--min` asks for.
    pub all: Tally,
}

impl Totals {
    pub(super) fn new(statements: &[StatementCoverage], helpers: &[ConditionCoverage]) -> Self {
        let steps = Tally::of(statements.iter().flat_map(|one| &one.steps).map(|step| step.advised));
        let whole = Tally::of(statements.iter().map(|one| one.decided.both_ways())) + steps;
        let sides = statements.iter().flat_map(|one| &one.conditions).chain(helpers);
        let conditions = Tally::of(sides.map(|side| side.decided.both_ways()));
        let rules = statements.iter().filter(|one| one.kind == StatementKind::Rule);
        let rules = Tally::of(rules.map(|rule| rule.decided.both_ways()));
        Self { statements: whole, conditions, rules, all: whole + conditions }
    }
}

impl Sum for Totals {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |one, other| Self {
            statements: one.statements + other.statements,
            conditions: one.conditions + other.conditions,
            rules: one.rules + other.rules,
            all: one.all + other.all,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_rounded_down() {
        assert_eq!(Tally { covered: 996, of: 1_000 }.percent(), Some(99));
        assert_eq!(Tally { covered: 1_000, of: 1_000 }.percent(), Some(100));
        assert_eq!(Tally { covered: 1, of: 1_000 }.percent(), Some(0));
    }

    #[test]
    fn nothing_to_cover_is_no_percentage_and_reaches_nothing() {
        let nothing = Tally::default();
        assert_eq!(nothing.percent(), None);
        assert!(!nothing.reaches(0));
        assert_eq!(serde_json::to_string(&nothing).unwrap_or_default(), r#"{"covered":0,"of":0,"percent":null}"#);
    }

    #[test]
    fn a_minimum_is_compared_without_rounding() {
        let nearly = Tally { covered: 799, of: 1_000 };
        assert!(!nearly.reaches(80) && nearly.reaches(79));
        assert!(Tally { covered: 0, of: 3 }.reaches(0));
    }
}
