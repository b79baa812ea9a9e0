//! A set of statements of a rulebook, by kind and number. Used for the statements that are evaluated for many leads at once, so that they
//! are left out when a single lead is evaluated.

use crate::columnar::ConditionKind;

/// For each kind of statement except `enter`, whether statement n is in the set.
#[derive(Clone, Debug, Default)]
pub(crate) struct StatementSet([Vec<bool>; 6]);

impl StatementSet {
    /// Records for the next statement of its kind whether it is in the set. An `enter` statement is ignored.
    pub(crate) fn push(&mut self, kind: ConditionKind, included: bool) {
        if let Some(list) = kind_index(kind).and_then(|index| self.0.get_mut(index)) {
            list.push(included);
        }
    }

    /// Whether a statement is in the set.
    pub(crate) fn contains(&self, kind: ConditionKind, number: usize) -> bool {
        let list = kind_index(kind).and_then(|index| self.0.get(index));
        list.and_then(|list| list.get(number)).copied().unwrap_or(false)
    }

    /// Whether every recorded statement is in the set.
    pub(crate) fn is_complete(&self) -> bool {
        self.0.iter().flatten().all(|included| *included)
    }
}

/// Which statements are evaluated.
#[derive(Clone, Copy)]
pub(crate) enum StatementFilter<'a> {
    /// All statements.
    All,
    /// The statements of a set.
    Only(&'a StatementSet),
    /// The statements that are not in a set.
    Without(&'a StatementSet),
}

impl StatementFilter<'_> {
    /// Whether a statement passes.
    pub(crate) fn passes(self, kind: ConditionKind, number: usize) -> bool {
        match self {
            Self::All => true,
            Self::Only(set) => set.contains(kind, number),
            Self::Without(set) => !set.contains(kind, number),
        }
    }

    /// The statements of one kind in a pack that pass, with their numbers. `first` is the number of the first statement.
    pub(crate) fn select<T>(
        self,
        kind: ConditionKind,
        first: usize,
        statements: &[T],
    ) -> impl Iterator<Item = (usize, &T)> {
        (first..).zip(statements).filter(move |(number, _)| self.passes(kind, *number))
    }
}

const fn kind_index(kind: ConditionKind) -> Option<usize> {
    match kind {
        ConditionKind::Enter => None,
        ConditionKind::Rule => Some(0),
        ConditionKind::Cadence => Some(1),
        ConditionKind::Never => Some(2),
        ConditionKind::Limit => Some(3),
        ConditionKind::Hours => Some(4),
        ConditionKind::Pause => Some(5),
    }
}
