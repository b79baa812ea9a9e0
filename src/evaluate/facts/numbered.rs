//! The facts of one lead that have a number, computed once: those with constant arguments.
//!
//! In: the number of a fact in the table of its rulebook ([`FactId`]), and a person for a fact of one. Out: the place of its value.

use std::cell::{Ref, RefCell};
use std::sync::Arc;

use crate::book::catalogue::Subject;
use crate::evaluate::facts::FactValue;
use crate::pack::fact_table::{FactId, FactTable};

/// The values computed so far of facts that have a number.
#[derive(Default)]
pub(super) struct NumberedFacts {
    /// The table to which the numbers belong. A context is meant for one rulebook; with another, the values are computed anew.
    table: RefCell<Option<Arc<FactTable>>>,
    /// Facts of the lead and the account, by number; and after those the facts of each person, person after person.
    values: RefCell<Vec<Option<FactValue>>>,
}

impl NumberedFacts {
    /// The place of the value of a fact, for this person; `None` for a fact of a person when none was chosen.
    pub(super) fn place(&self, id: &FactId, person: Option<usize>) -> Option<usize> {
        let mut table = self.table.borrow_mut();
        if !table.as_ref().is_some_and(|table| Arc::ptr_eq(table, id.table())) {
            self.values.borrow_mut().clear();
            *table = Some(id.table().clone());
        }
        if !id.is_personal() {
            return Some(id.number());
        }
        let (shared, personal) = (id.table().len(Subject::Lead), id.table().len(Subject::Person));
        Some(shared + person? * personal + id.number())
    }

    /// The values, by place.
    pub(super) fn values(&self) -> Ref<'_, Vec<Option<FactValue>>> {
        self.values.borrow()
    }

    /// Whether the value at a place was computed.
    pub(super) fn has(&self, place: usize) -> bool {
        self.values.borrow().get(place).is_some_and(Option::is_some)
    }

    /// Keeps the value at a place.
    pub(super) fn put(&self, place: usize, value: FactValue) {
        let mut values = self.values.borrow_mut();
        if values.len() <= place {
            values.resize_with(place + 1, || None);
        }
        if let Some(slot) = values.get_mut(place) {
            *slot = Some(value);
        }
    }
}
