//! Builds a page lead by lead.
//!
//! Values are collected in lists of [`CellValue`] first, because the width of a column depends on all of its values.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::book::columns::cell::CellValue;
use crate::book::columns::column::Column;
use crate::book::columns::log::{LogEntry, SignalLog};
use crate::book::columns::page::{PAGE, Page};
use crate::book::columns::people::PeopleColumns;
use crate::book::columns::record::{EMPLOYEES, FACTS, cells, employees_is_exception, entries, field};
use crate::book::lead_ref::LeadRef;
use crate::book::packed::{PackedRecords, pack};
use crate::book::word_table::WordTable;

/// Collects up to [`PAGE`] leads for a page. [`finish`](Self::finish) empties it, so that it can be used for the next page.
#[derive(Clone, Debug, Default)]
pub struct PageBuilder {
    len: usize,
    records: [Vec<Option<CellValue>>; FACTS.len()],
    exception_employees: Vec<usize>,
    fields: Vec<(Arc<str>, Vec<Option<CellValue>>)>,
    /// The places of the names in `fields`.
    field_places: FxHashMap<Arc<str>, usize>,
    log: SignalLog,
    people: PeopleColumns,
    account: Vec<u32>,
    extras: Vec<u8>,
    packed: PackedRecords,
    entries: Vec<LogEntry>,
}

impl PageBuilder {
    /// The number of leads collected.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// True when no lead was collected.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// True when it has [`PAGE`] leads.
    pub const fn is_full(&self) -> bool {
        self.len >= PAGE
    }

    /// The number of different names of the team's own fields, in all leads so far.
    pub fn field_names(&self) -> usize {
        self.fields.len()
    }

    /// The number of names with those of this lead added.
    pub fn with_names_of(&self, lead: &LeadRef<'_>) -> usize {
        self.fields.len() + lead.fields.iter().filter(|(name, _)| !self.field_places.contains_key(*name)).count()
    }

    /// The packed record of the lead at this place.
    pub fn packed(&self, nth: usize) -> &[u8] {
        self.packed.get(nth)
    }

    /// Adds a lead; `account` is the number of its account. Its signals must be in order of time.
    pub fn push(&mut self, lead: &LeadRef<'_>, account: u32, words: &mut WordTable) {
        for (column, cell) in self.records.iter_mut().zip(cells(lead, words)) {
            column.push(cell);
        }
        if employees_is_exception(lead) {
            self.exception_employees.push(self.len);
        }
        // Leads of one file mostly have the same fields in the same order, so the next column is tried first.
        let mut expected = 0;
        for (name, value) in &lead.fields {
            let here = self.fields.get(expected).is_some_and(|(known, _)| **known == **name);
            if !here {
                expected = self.field_places.get(*name).copied().unwrap_or_else(|| {
                    let name: Arc<str> = (*name).into();
                    self.field_places.insert(name.clone(), self.fields.len());
                    self.fields.push((name, Vec::new()));
                    self.fields.len() - 1
                });
            }
            if let Some((_, column)) = self.fields.get_mut(expected) {
                column.resize(self.len, None);
                column.push(Some(field(*value, words)));
            }
            expected += 1;
        }
        self.entries.clear();
        let rests = entries(lead, words, &mut self.entries);
        self.log.push(&mut self.entries);
        self.packed.push(|bytes| pack(lead, &rests, bytes, words));
        self.people.push(&lead.people, words);
        self.account.push(account);
        self.extras.push(Page::extras_of(lead));
        self.len += 1;
    }

    /// A page of one lead with all values unknown.
    pub fn finish_with_unknown(mut self) -> Page {
        self.push(&LeadRef::default(), 0, &mut WordTable::default());
        self.finish()
    }

    /// The page of the leads collected.
    pub fn finish(&mut self) -> Page {
        let len = std::mem::take(&mut self.len);
        let mut records: Vec<Column> = self.records.iter().map(|values| Column::of(values)).collect();
        if let Some(column) = records.get_mut(EMPLOYEES) {
            column.exceptions.extend(self.exception_employees.drain(..).filter_map(|nth| u16::try_from(nth).ok()));
        }
        self.records.iter_mut().for_each(Vec::clear);
        let (mut fields, mut exceptions) = (BTreeMap::new(), BTreeMap::new());
        for (name, values) in &mut self.fields {
            if values.is_empty() {
                continue;
            }
            values.resize(len, None);
            let column = Column::of(values);
            for nth in &column.exceptions {
                if let Some(cell) = values.get(usize::from(*nth)).copied().flatten() {
                    exceptions.insert((*nth, name.clone()), cell);
                }
            }
            fields.insert(name.clone(), column);
            values.clear();
        }
        let mut log = std::mem::take(&mut self.log);
        let mut people = std::mem::take(&mut self.people);
        let mut packed = std::mem::take(&mut self.packed);
        log.shrink();
        people.shrink();
        packed.shrink();
        Page {
            len,
            records: FACTS.into_iter().zip(records).collect(),
            fields,
            exceptions,
            log,
            people,
            account: std::mem::take(&mut self.account),
            extras: std::mem::take(&mut self.extras),
            packed,
        }
    }
}
