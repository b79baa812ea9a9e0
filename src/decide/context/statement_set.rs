//! A set of statements of a rulebook, by kind and number. Used for the statements that are evaluated for many leads at once, so that they
//! are left out when a single lead is evaluated.

use crate::columnar::StatementKind;

/// For each kind of statement except `enter`, whether statement n is in the set.
#[derive(Clone, Debug, Default)]
pub(crate) struct StatementSet([Vec<bool>; 6]);

impl StatementSet {
    /// Records for the next statement of its kind whether it is in the set. An `enter` statement is ignored.
    pub(crate) fn push(&mut self, kind: StatementKind, included: bool) {
        if let Some(list) = kind_index(kind).and_then(|index| self.0.get_mut(index)) {
            list.push(included);
        }
    }

    /// Whether a statement is in the set.
    pub(crate) fn contains(&self, kind: StatementKind, number: usize) -> bool {
        let list = kind_index(kind).and_then(|index| self.0.get(index));
        list.and_then(|list| list.get(number)).copied().unwrap_or(false)
    }

    /// Whether every recorded statement is in the set.
    pub(crate) fn is_complete(&self) -> bool {
        self.0.iter().flatten().all(|included| *included)
    }
}

const fn kind_index(kind: StatementKind) -> Option<usize> {
    match kind {
        StatementKind::Enter => None,
        StatementKind::Rule => Some(0),
        StatementKind::Cadence => Some(1),
        StatementKind::Never => Some(2),
        StatementKind::Limit => Some(3),
        StatementKind::Hours => Some(4),
        StatementKind::Pause => Some(5),
    }
}
