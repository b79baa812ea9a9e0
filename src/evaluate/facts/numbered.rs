//! The facts of one lead that have a number, computed once: those with constant arguments.
//!
//! In: the number of a fact in the table of its rulebook ([`FactId`]), and a person for a fact of one. Out: the place of its value.

use std::sync::Arc;

use crate::book::catalogue::Subject;
use crate::evaluate::facts::FactValue;
use crate::pack::fact_table::{FactId, FactTable};

/// The values computed so far of facts that have a number.
#[derive(Default)]
pub(super) struct NumberedFacts {
    /// The table to which the numbers belong. A context is meant for one rulebook; with another, the values are computed anew.
    table: Option<Arc<FactTable>>,
    /// Facts of the lead and the account, by number; and after those the facts of each person, person after person.
    values: Vec<Option<FactValue>>,
}

impl NumberedFacts {
    /// The place of the value of a fact, for this person; `None` for a fact of a person when none was chosen.
    pub(super) fn place(id: &FactId, person: Option<usize>) -> Option<usize> {
        if !id.is_personal() {
            return Some(id.number());
        }
        let (shared, personal) = (id.table().len(Subject::Lead), id.table().len(Subject::Person));
        Some(shared + person? * personal + id.number())
    }

    /// The value of a fact at its place; `None` when it was not computed.
    pub(super) fn get(&self, id: &FactId, place: usize) -> Option<&FactValue> {
        self.values.get(place).filter(|_| self.is_of(id))?.as_ref()
    }

    /// Keeps the value of a fact at its place. `people` is how many people the lead has.
    pub(super) fn put(&mut self, id: &FactId, (place, people): (usize, usize), value: FactValue) {
        if !self.is_of(id) {
            self.table = Some(id.table().clone());
            self.values.clear();
            self.values.reserve(id.table().len(Subject::Lead) + people * id.table().len(Subject::Person));
        }
        if self.values.len() <= place {
            self.values.resize_with(place + 1, || None);
        }
        if let Some(slot) = self.values.get_mut(place) {
            *slot = Some(value);
        }
    }

    fn is_of(&self, id: &FactId) -> bool {
        self.table.as_ref().is_some_and(|table| Arc::ptr_eq(table, id.table()))
    }
}
