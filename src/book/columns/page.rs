//! A page: up to [`PAGE`] leads of a book as columns, with their signals, people and packed records.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::Lead;
use crate::book::catalogue::Fact;
use crate::book::columns::cell::CellValue;
use crate::book::columns::column::Column;
use crate::book::columns::log::{LogEntry, SignalLog};
use crate::book::columns::people::PeopleColumns;
use crate::book::columns::record::{self, EMPLOYEES, FACTS, cells, employees_is_exception, entries, field};
use crate::book::lead_ref::{LeadRef, SignalRef};
use crate::book::packed::{PackedRecords, pack};
use crate::book::vocabulary::StageBy;
use crate::book::word_table::WordTable;
use crate::order;

/// The largest number of leads in a page: large enough to spread the cost of each operation on a column, small enough that the columns of a
/// page fit the processor's cache.
pub const PAGE: usize = 512;

/// Bit in [`Page::extras`]: the lead has planned touches.
pub const PLANNED: u8 = 1;
/// Bit in [`Page::extras`]: the lead has quotes.
pub const QUOTES: u8 = 2;
/// Bit in [`Page::extras`]: something of the lead counts for nothing ([`crate::book::not_counted`]), or all of it because it is spam.
pub const NOT_COUNTED: u8 = 4;
/// Bit in [`Page::extras`]: a rep set the stage of the lead.
pub const STAGE_BY_REP: u8 = 8;

/// Up to [`PAGE`] leads. Every list has one entry for each lead, in the order of the book.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The number of leads.
    pub len: usize,
    /// The facts that do not depend on the moment of the decision, by their name in the catalogue: of the lead (`lead.country`, which is
    /// the account's where the lead has none, `lead.value` ...) and of the account (region, industry, employees, customer_for).
    /// `account.country` and `account.zone` have no column: they are read from the record.
    ///
    /// For a fact that tells how long ago a recorded moment was (`age`, `stage_for`, `customer_for`) the column holds that moment, in
    /// [`Wholes`](crate::book::columns::Cells::Wholes); for `stage` the stage on record; for `people` the number of people.
    pub records: BTreeMap<Fact, Column>,
    /// The team's own fields, by name.
    pub fields: BTreeMap<Arc<str>, Column>,
    /// The exceptions ([`Column::exceptions`]) of [`fields`](Self::fields), by place and name.
    pub exceptions: BTreeMap<(u16, Arc<str>), CellValue>,
    /// The signals.
    pub log: SignalLog,
    /// The buying groups.
    pub people: PeopleColumns,
    /// The number of each lead's account ([`Book::of_account`](crate::book::Book::of_account)).
    pub account: Vec<u32>,
    /// Which of [`PLANNED`], [`QUOTES`], [`NOT_COUNTED`] and [`STAGE_BY_REP`] each record has, as bits.
    pub extras: Vec<u8>,
    /// What each record has beside the columns above.
    pub packed: PackedRecords,
}

impl Page {
    /// The lead at this place as a record, exactly as it was added; `None` beyond the end.
    pub fn lead(&self, nth: usize, words: &WordTable) -> Option<Lead> {
        record::lead(self, nth, words)
    }

    /// Adds a signal to the lead at this place; `lead` must have its people. Returns false and changes nothing when the log cannot hold all
    /// properties of the signal, or it may count for nothing: then the whole lead must be [`set`](Self::set).
    pub fn log(&mut self, nth: usize, lead: &LeadRef<'_>, signal: &SignalRef<'_>, words: &mut WordTable) -> bool {
        let entry = record::entry(lead, signal, words);
        let may_not_count = self.extras.get(nth).is_some_and(|extras| extras & NOT_COUNTED != 0);
        !entry.more && !may_not_count && self.log.insert(nth, entry).is_some()
    }

    /// The value of one of the team's own fields at this place; `None` when it is no exception.
    pub(super) fn exception_cell(&self, nth: usize, name: &Arc<str>) -> Option<CellValue> {
        self.exceptions.get(&(u16::try_from(nth).ok()?, name.clone())).copied()
    }

    /// The bits of [`extras`](Self::extras) for a lead.
    pub(in crate::book) fn extras_of(lead: &LeadRef<'_>) -> u8 {
        let has = |bit: u8, has: bool| if has { bit } else { 0 };
        has(PLANNED, !lead.planned.is_empty())
            | has(QUOTES, !lead.quotes.is_empty())
            | has(NOT_COUNTED, lead.spam || !lead.not_counted.is_empty())
            | has(STAGE_BY_REP, lead.stage_by == Some(StageBy::Rep))
    }

    /// Appends a lead with all values unknown; [`set`](Self::set) fills it.
    pub fn push_unknown(&mut self) {
        self.records.values_mut().chain(self.fields.values_mut()).for_each(Column::push_unknown);
        self.log.push(&mut []);
        self.people.push(&[], &mut WordTable::default());
        self.account.push(0);
        self.extras.push(0);
        self.packed.push(|_| {});
        self.len += 1;
    }

    /// Replaces the lead at this place. Its signals must be in order of time. Does nothing beyond the end.
    pub fn set(&mut self, nth: usize, lead: &LeadRef<'_>, account: u32, words: &mut WordTable) {
        let (Some(number), Some(extras)) = (self.account.get_mut(nth), self.extras.get_mut(nth)) else { return };
        *number = account;
        *extras = Self::extras_of(lead);
        for (fact, cell) in FACTS.into_iter().zip(cells(lead, words)) {
            if let Some(column) = self.records.get_mut(&fact) {
                column.set(nth, cell);
            }
        }
        if let Some(column) =
            FACTS.get(EMPLOYEES).and_then(|fact| self.records.get_mut(fact)).filter(|_| employees_is_exception(lead))
        {
            column.exceptions.extend(u16::try_from(nth));
            order::sort(&mut column.exceptions);
        }
        for (name, _) in &lead.fields {
            if !self.fields.contains_key(*name) {
                self.fields.insert((*name).into(), Column::unknown(self.len));
            }
        }
        for (name, column) in &mut self.fields {
            let value = lead.fields.iter().find(|(given, _)| **given == **name).map(|(_, value)| field(*value, words));
            column.set(nth, value);
            let Ok(place) = u16::try_from(nth) else { continue };
            match value.filter(|_| column.is_exception(nth)) {
                Some(cell) => self.exceptions.insert((place, name.clone()), cell),
                None => self.exceptions.remove(&(place, name.clone())),
            };
        }
        let mut signals: Vec<LogEntry> = Vec::new();
        let rests = entries(lead, words, &mut signals);
        self.log.replace(nth, &mut signals);
        let mut packed = Vec::new();
        pack(lead, &rests, &mut packed, words);
        self.packed.replace(nth, &packed);
        self.people.replace(nth, &lead.people, words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::columns::{CellValue, PageBuilder};
    use crate::book::vocabulary::{Channel, Direction, Role, SignalKind, Stage};
    use crate::book::word_table::WordId;
    use crate::book::{Account, FieldValue, Lead, Person, PlannedTouch, Signal};
    use crate::calendar::Instant;

    fn lead(nth: usize) -> Lead {
        let at = |hours: i64| Instant::from_millis(1_800_000_000_000 + hours * 3_600_000);
        let fields = [
            ("budget", FieldValue::Number(nth as f64 * 2.5)),
            ("hot", FieldValue::Truth(nth.is_multiple_of(2))),
            ("sector", FieldValue::Text(format!("S{}", nth % 3))),
            ("mixed", if nth == 3 { FieldValue::Truth(true) } else { FieldValue::Number(1.0) }),
        ];
        let person = |id: &str, roles: &[Role]| Person {
            id: id.to_owned(),
            aliases: vec![format!("{id}-old")],
            roles: roles.to_vec(),
            channels: vec![Channel::Phone, Channel::Email],
            influence: nth.is_multiple_of(2).then_some(0.5),
            ..Person::default()
        };
        Lead {
            id: format!("L{nth}"),
            stage: Stage::ALL.get(nth % 9).copied(),
            country: (nth % 3 == 1).then(|| "NL".to_owned()),
            value: (!nth.is_multiple_of(4)).then_some(nth as f64 * 10.01),
            account: Account {
                id: format!("A{}", nth / 2),
                country: (nth % 3 == 2).then(|| "BE".to_owned()),
                employees: if nth == 5 { Some(i64::MAX) } else { Some(12) },
                ..Account::default()
            },
            fields: fields.into_iter().skip(nth % 2).map(|(name, value)| (name.to_owned(), value)).collect(),
            people: vec![person("ann", &[Role::Decider, Role::User]), person("bob", &[])][..nth % 3].to_vec(),
            signals: (0..nth % 4)
                .map(|hour| Signal {
                    topic: Some("pricing".to_owned()),
                    person: (!nth.is_multiple_of(3)).then(|| if hour == 2 { "ann-old" } else { "ann" }.to_owned()),
                    direction: Some(Direction::Inbound),
                    ..Signal::new(at(hour as i64), SignalKind::PageVisit)
                })
                .collect(),
            planned: vec![PlannedTouch { at: at(9), channel: Channel::Phone, person: None, rep: None, zone: None }]
                [..nth % 2]
                .to_vec(),
            ..Lead::default()
        }
    }

    fn page(leads: &[Lead], words: &mut WordTable) -> Page {
        let mut builder = PageBuilder::default();
        leads.iter().enumerate().for_each(|(nth, lead)| builder.push(&LeadRef::from(lead), nth as u32 / 2, words));
        builder.finish()
    }

    /// Each column, entry and person of the page has the values of the record of its lead.
    fn assert_equals_records(page: &Page, leads: &[Lead], words: &WordTable) {
        let text = |word: WordId| words.text(word).map(ToString::to_string);
        assert_eq!(page.len, leads.len());
        for (nth, lead) in leads.iter().enumerate() {
            assert_eq!(page.lead(nth, words).as_ref(), Some(lead));
            let cell = |fact: Fact| page.records[&fact].value(nth);
            let word = |fact: Fact| {
                cell(fact).and_then(|cell| if let CellValue::Text(word) = cell { text(word) } else { None })
            };
            assert_eq!(word(Fact::Stage), lead.stage.map(|stage| stage.word().to_owned()));
            assert_eq!(word(Fact::Country), lead.country.clone().or_else(|| lead.account.country.clone()));
            assert_eq!(cell(Fact::Worth), lead.value.map(CellValue::Number));
            assert_eq!(page.records[&Fact::Employees].is_exception(nth), lead.account.employees == Some(i64::MAX));
            for (name, column) in &page.fields {
                let value = match column.value(nth) {
                    Some(CellValue::Truth(truth)) => Some(FieldValue::Truth(truth)),
                    Some(CellValue::Number(number)) => Some(FieldValue::Number(number)),
                    Some(CellValue::Text(word)) => text(word).map(FieldValue::Text),
                    _ if column.is_exception(nth) => lead.fields.get(&**name).cloned(),
                    _ => None,
                };
                assert_eq!(value.as_ref(), lead.fields.get(&**name), "{name} of {nth}");
            }
            let stored: Vec<LogEntry> = page.log.range(nth).filter_map(|at| page.log.entry(at)).collect();
            assert_eq!(stored.len(), lead.signals.len());
            for (entry, signal) in stored.iter().zip(&lead.signals) {
                assert_eq!((entry.at, text(entry.topic)), (signal.at.millis(), signal.topic.clone()));
                assert_eq!(entry.person, u8::from(signal.person.is_some()));
                assert_eq!(entry.more, signal.person.as_deref() == Some("ann-old"));
            }
            let people = page.people.range(nth);
            assert_eq!(people.len(), lead.people.len());
            if let Some(first) = people.clone().next() {
                assert_eq!((page.people.roles[first], page.people.first_role[first]), (0b1010, 4));
                let influence = page.people.influence.get(first).copied().filter(|number| !number.is_nan());
                assert_eq!(influence, lead.people[0].influence);
            }
            assert_eq!(page.extras[nth] & PLANNED != 0, !lead.planned.is_empty());
        }
    }

    #[test]
    fn a_page_has_the_values_of_its_leads_also_after_changes() {
        let mut words = WordTable::default();
        let mut leads: Vec<Lead> = (0..20).map(lead).collect();
        let mut page = page(&leads, &mut words);
        assert_equals_records(&page, &leads, &words);
        for nth in [0, 7, 19, 3, 5] {
            leads[nth] = lead(nth + 30);
            page.set(nth, &LeadRef::from(&leads[nth]), 9, &mut words);
        }
        leads.push(lead(5));
        page.push_unknown();
        page.set(20, &LeadRef::from(&leads[20]), 9, &mut words);
        assert_equals_records(&page, &leads, &words);
        assert_eq!(page.account[20], 9);
    }
}
