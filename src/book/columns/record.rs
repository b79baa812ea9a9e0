//! Converts a lead to the values that a page stores, and back to a record.
//!
//! In: a [`LeadRef`]. Out: a cell for each of [`FACTS`], a [`LogEntry`] for each signal, and a [`SignalRest`] for each signal that an entry
//! cannot hold as a whole. The packed record ([`packed`](crate::book::packed)) holds the rest.
//!
//! Invariant: [`lead`] gives back exactly the lead that was stored.

use crate::book::catalogue::Fact;
use crate::book::columns::cell::CellValue;
use crate::book::columns::log::{LogEntry, word};
use crate::book::columns::page::Page;
use crate::book::lead_ref::{FieldRef, LeadRef, SignalRef};
use crate::book::packed::{SignalRest, unpack};
use crate::book::vocabulary::{Channel, Direction, Outcome, SignalKind};
use crate::book::word_table::{WordId, WordTable};
use crate::book::{FieldValue, Lead, Person, Signal};
use crate::calendar::Instant;

/// The facts that have a column, in the order of [`cells`]. The columns of `StageFor`, `Age` and `CustomerFor` hold the moment since when.
pub(in crate::book) const FACTS: [Fact; 17] = [
    Fact::Stage,
    Fact::StageFor,
    Fact::Age,
    Fact::Source,
    Fact::Topic,
    Fact::Country,
    Fact::Zone,
    Fact::Language,
    Fact::Owner,
    Fact::Worth,
    Fact::Churn,
    Fact::LegalForm,
    Fact::Region,
    Fact::Industry,
    Fact::Employees,
    Fact::CustomerFor,
    Fact::People,
];

/// The value of each of [`FACTS`]; `None` is unknown.
pub(super) fn cells(lead: &LeadRef<'_>, words: &mut WordTable) -> [Option<CellValue>; FACTS.len()] {
    let account = &lead.account;
    let moment = |at: Option<Instant>| at.map(|at| CellValue::Moment(at.millis()));
    let mut text = |text: Option<&str>| text.map(|text| CellValue::Text(words.number(text)));
    [
        text(lead.stage.map(|stage| stage.word())),
        moment(lead.stage_since),
        moment(lead.created_at),
        text(lead.source),
        text(lead.topic),
        text(lead.country_of()),
        text(lead.zone_of()),
        text(lead.language),
        text(lead.owner),
        lead.value.map(CellValue::Number),
        lead.churn.map(CellValue::Number),
        text(account.legal_form.map(|form| form.word())),
        text(account.region),
        text(account.industry),
        account.employees.and_then(CellValue::count),
        moment(account.customer_since),
        Some(CellValue::Number(lead.people.len() as f64)),
    ]
}

/// The place of the number of employees in [`FACTS`]: the only one that can be an exception.
pub(super) const EMPLOYEES: usize = 14;

/// True when the number of employees is too large for a column.
pub(super) fn employees_is_exception(lead: &LeadRef<'_>) -> bool {
    lead.account.employees.is_some_and(|count| CellValue::count(count).is_none())
}

/// The cell of one of the team's own fields.
pub(super) fn field(value: FieldRef<'_>, words: &mut WordTable) -> CellValue {
    match value {
        FieldRef::Truth(truth) => CellValue::Truth(truth),
        FieldRef::Number(number) => CellValue::Number(number),
        FieldRef::Text(text) => CellValue::Text(words.number(text)),
    }
}

/// Appends the signals to `entries` as a log holds them. Returns the rest of those with [`LogEntry::more`], in the same order.
pub(in crate::book) fn entries(
    lead: &LeadRef<'_>,
    words: &mut WordTable,
    entries: &mut Vec<LogEntry>,
) -> Vec<SignalRest> {
    let mut rests = Vec::new();
    for signal in &lead.signals {
        let entry = entry(lead, signal, words);
        if entry.more {
            rests.push(SignalRest::of(signal, person(lead, signal).1));
        }
        entries.push(entry);
    }
    rests
}

/// The signal as a log holds it.
pub(super) fn entry(lead: &LeadRef<'_>, signal: &SignalRef<'_>, words: &mut WordTable) -> LogEntry {
    let mut word = |text: Option<&str>| text.map_or(WordId::NONE, |text| words.number(text));
    let (person, by_id) = person(lead, signal);
    LogEntry {
        at: signal.at.millis(),
        kind: signal.kind as u8,
        channel: signal.channel.map_or(0, |channel| channel as u8 + 1),
        direction: signal.direction.map_or(0, |direction| direction as u8 + 1),
        outcome: signal.outcome.map_or(0, |outcome| outcome as u8 + 1),
        person,
        topic: word(signal.topic),
        content: word(signal.content),
        rep: word(signal.rep),
        acknowledges: signal.acknowledges,
        more: signal.weight.is_some()
            || signal.cadence.is_some()
            || signal.step.is_some()
            || signal.pack.is_some()
            || signal.rule.is_some()
            || signal.by.is_some()
            || !by_id,
    }
}

/// The number of the signal's person in a log ([`LogEntry::person`]), and whether the number gives back the id by which the signal names
/// them.
pub(super) fn person(lead: &LeadRef<'_>, signal: &SignalRef<'_>) -> (u8, bool) {
    let Some(id) = signal.person else { return (0, true) };
    match lead.person(id).and_then(|place| Some((place, u8::try_from(place + 1).ok().filter(|code| *code < 255)?))) {
        Some((place, code)) => (code, lead.people.get(place).is_some_and(|person| person.id == id)),
        None => (255, false),
    }
}

/// The lead at this place of a page as a record; `None` beyond the end.
pub(super) fn lead(page: &Page, nth: usize, words: &WordTable) -> Option<Lead> {
    if nth >= page.len {
        return None;
    }
    let (mut lead, rests) = unpack(page.packed.get(nth), words);
    let text = |word: WordId| words.text(word).map(|text| String::from(&**text));
    let value = |cell: CellValue| match cell {
        CellValue::Truth(truth) => Some(FieldValue::Truth(truth)),
        CellValue::Number(number) => Some(FieldValue::Number(number)),
        CellValue::Text(word) => text(word).map(FieldValue::Text),
        CellValue::Moment(_) => None,
    };
    for (name, column) in &page.fields {
        let cell = column.value(nth).or_else(|| page.exception_cell(nth, name).filter(|_| column.is_exception(nth)));
        if let Some(value) = cell.and_then(value) {
            lead.fields.insert(String::from(&**name), value);
        }
    }
    let mut rests = rests.into_iter();
    for entry in page.log.range(nth).filter_map(|at| page.log.entry(at)) {
        let rest = if entry.more { rests.next().unwrap_or_default() } else { SignalRest::default() };
        lead.signals.extend(signal(&entry, rest, &lead.people, words));
    }
    Some(lead)
}

/// The signal of an entry; `None` when the entry's kind is no kind of signal.
pub(super) fn signal(entry: &LogEntry, rest: SignalRest, people: &[Person], words: &WordTable) -> Option<Signal> {
    let text = |word: WordId| words.text(word).map(|text| String::from(&**text));
    let person = usize::from(entry.person).checked_sub(1).and_then(|place| people.get(place));
    Some(Signal {
        at: Instant::from_millis(entry.at),
        kind: SignalKind::ALL.get(usize::from(entry.kind)).copied()?,
        topic: text(entry.topic),
        person: rest.person.or_else(|| person.map(|person| person.id.clone())),
        channel: word(Channel::ALL, entry.channel),
        direction: word(Direction::ALL, entry.direction),
        rep: text(entry.rep),
        outcome: word(Outcome::ALL, entry.outcome),
        content: text(entry.content),
        weight: rest.weight,
        cadence: rest.cadence,
        step: rest.step,
        acknowledges: entry.acknowledges,
        pack: rest.pack,
        rule: rest.rule,
        by: rest.by,
    })
}
