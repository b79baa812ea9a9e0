//! Which statements of a rulebook are answered in another way than by evaluating them for one lead's record.

use crate::columnar::StatementKind;

/// Whether each statement is told in another way than by asking the record, by kind and number: here the policies that ask about nothing
/// but what is listed.
#[derive(Clone, Debug, Default)]
pub(crate) struct StatementSet([Vec<bool>; 6]);

impl StatementSet {
    /// Adds the next statement of its kind.
    pub(crate) fn push(&mut self, kind: StatementKind, told: bool) {
        if let Some(list) = place(kind).and_then(|place| self.0.get_mut(place)) {
            list.push(told);
        }
    }

    /// Whether this statement is told.
    pub(crate) fn has(&self, kind: StatementKind, number: usize) -> bool {
        let list = place(kind).and_then(|place| self.0.get(place));
        list.and_then(|list| list.get(number)).copied().unwrap_or(false)
    }

    /// Whether all that were added are.
    pub(crate) fn all(&self) -> bool {
        self.0.iter().flatten().all(|told| *told)
    }
}

const fn place(kind: StatementKind) -> Option<usize> {
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
