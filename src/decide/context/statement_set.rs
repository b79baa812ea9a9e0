//! Which statements of a rulebook are answered in another way than by evaluating them for one lead's record.

use crate::columnar::Kind;

/// Whether each statement is told in another way than by asking the record, by kind and number: here the policies that ask about nothing
/// but what is listed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listed([Vec<bool>; 6]);

impl Listed {
    /// Adds the next statement of its kind.
    pub(crate) fn push(&mut self, kind: Kind, told: bool) {
        if let Some(list) = place(kind).and_then(|place| self.0.get_mut(place)) {
            list.push(told);
        }
    }

    /// Whether this statement is told.
    pub(crate) fn has(&self, kind: Kind, number: usize) -> bool {
        let list = place(kind).and_then(|place| self.0.get(place));
        list.and_then(|list| list.get(number)).copied().unwrap_or(false)
    }

    /// Whether all that were added are.
    pub(crate) fn all(&self) -> bool {
        self.0.iter().flatten().all(|told| *told)
    }
}

const fn place(kind: Kind) -> Option<usize> {
    match kind {
        Kind::Enter => None,
        Kind::Rule => Some(0),
        Kind::Cadence => Some(1),
        Kind::Never => Some(2),
        Kind::Limit => Some(3),
        Kind::Hours => Some(4),
        Kind::Pause => Some(5),
    }
}
