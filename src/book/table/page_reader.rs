//! Builds a page of the book from the rows of a table that belong to its leads.
//!
//! In: the columns of a table and a range of leads. Out: a [`Page`]. The fields of the leads become columns of the page without a detour
//! over records; signals, people and packed records are built lead by lead, because they depend on each other.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::book::catalogue::Fact;
use crate::book::columns::log::word;
use crate::book::columns::{self, FACTS, LogEntry, Page, PeopleColumns, SignalLog};
use crate::book::lead_ref::{LeadRef, PersonRecordRef, SignalRef};
use crate::book::list_ranges::range;
use crate::book::not_counted::NotCountedRef;
use crate::book::packed::{PackedRecords, SignalRest, pack};
use crate::book::table::TableResult;
use crate::book::table::column_reader::{SliceColumn, SliceColumns, kind, stage};
use crate::book::vocabulary::{Channel, Direction, Excluded, Outcome, Role, SignalKind, StageBy};
use crate::book::word_table::{WordId, WordTable};
use crate::calendar::Instant;
use crate::order;
use crate::wording::Sentence;

/// Reads a table a page at a time.
#[derive(Debug)]
pub(super) struct PageReader<'a> {
    pub(super) leads: SliceColumns<'a>,
    pub(super) fields: SliceColumns<'a>,
    pub(super) people: SliceColumns<'a>,
    pub(super) signals: SliceColumns<'a>,
    /// The starts of the people and of the signals ([`ChildTable::starts`](crate::book::table::ChildTable::starts)).
    pub(super) starts: [&'a [u32]; 2],
}

impl PageReader<'_> {
    /// The page of these leads, without the numbers of their accounts.
    pub(super) fn page(&mut self, leads: Range<usize>, words: &mut WordTable) -> TableResult<Page> {
        let children = self.starts.map(|starts| {
            let last = range(starts, leads.end.saturating_sub(1));
            range(starts, leads.start).start..last.end
        });
        let [people, signals] = children;
        self.leads.read(leads.clone(), words)?;
        self.fields.read(leads.clone(), words)?;
        self.people.read(people.clone(), words)?;
        self.signals.read(signals.clone(), words)?;
        let len = leads.len();
        let mut page = Page {
            len,
            records: BTreeMap::new(),
            fields: BTreeMap::new(),
            exceptions: BTreeMap::new(),
            log: SignalLog::default(),
            people: PeopleColumns::default(),
            account: Vec::with_capacity(len),
            extras: Vec::with_capacity(len),
            packed: PackedRecords::default(),
        };
        self.rows(leads, [people.start, signals.start], &mut page, words)?;
        page.records = order::collect_map(FACTS.into_iter().map(|fact| (fact, self.record(fact, &page))));
        for column in self.fields.all() {
            let values = column.page_column(len);
            // As in a page from a file, there is no column for a field without a known value.
            if values.known.any() {
                page.fields.insert(Arc::from(column.name()), values);
            }
        }
        page.log.shrink();
        page.people.shrink();
        page.packed.shrink();
        Ok(page)
    }

    /// The column of a fact of the record.
    fn record(&self, fact: Fact, page: &Page) -> columns::Column {
        let name = match fact {
            Fact::Stage => "stage",
            Fact::StageFor => "stage_since",
            Fact::Age => "created_at",
            Fact::Source => "source",
            Fact::Topic => "topic",
            Fact::Country => "country",
            Fact::Zone => "zone",
            Fact::Language => "language",
            Fact::Owner => "owner",
            Fact::Worth => "value",
            Fact::Churn => "churn",
            Fact::People => {
                let counts: Vec<f64> = (0..page.len).map(|nth| page.people.range(nth).len() as f64).collect();
                return columns::Column::of_numbers(&counts);
            }
            _ => "",
        };
        self.leads.find(name).map_or_else(|| columns::Column::unknown(page.len), |column| column.page_column(page.len))
    }

    /// Adds the signals, the people and the packed record of each lead to the page.
    fn rows(
        &self,
        rows: Range<usize>,
        [people, signals]: [usize; 2],
        page: &mut Page,
        words: &mut WordTable,
    ) -> TableResult<()> {
        let [of_people, of_signals] = self.starts;
        let (person, signal) = (PersonColumns::of(&self.people), SignalColumns::of(&self.signals));
        let lead = |name: &str| self.leads.find(name);
        let [id, account, name, stage_of] = ["id", "account", "name", "stage"].map(lead);
        let [source, topic, country, zone] = ["source", "topic", "country", "zone"].map(lead);
        let [language, owner, value, churn] = ["language", "owner", "value", "churn"].map(lead);
        let [stage_since, created_at, stage_by, spam] = ["stage_since", "created_at", "stage_by", "spam"].map(lead);
        // Without a column of ids, leads and people are numbered.
        let ids = if id.is_none() { numbered(rows.clone()) } else { Vec::new() };
        let most = rows.clone().map(|row| range(of_people, row).len()).max().unwrap_or_default();
        let member_ids = if person.id.is_none_or(SliceColumn::has_gaps) { numbered(0..most) } else { Vec::new() };
        // One record for all leads, so that its lists are allocated once.
        let mut lead_ref = LeadRef::default();
        let (mut entries, mut rests): (Vec<LogEntry>, Vec<(i64, SignalRest)>) = (Vec::new(), Vec::new());
        for (nth, row) in rows.enumerate() {
            lead_ref.id = match id {
                None => ids.get(nth).map_or("", String::as_str),
                Some(ids) => match ids.text(nth) {
                    Some(id) => id,
                    None => return self.leads.misfit("id", row, "table-not-known"),
                },
            };
            lead_ref.account.id = match account {
                None => lead_ref.id,
                Some(accounts) => match accounts.text(nth) {
                    Some(id) => id,
                    None => return self.leads.misfit("account", row, "table-not-known"),
                },
            };
            lead_ref.name = text(name, nth);
            lead_ref.stage = stage_of.and_then(|column| stage(column.place(nth)?));
            lead_ref.stage_since = moment(stage_since, nth);
            lead_ref.created_at = moment(created_at, nth);
            lead_ref.stage_by = stage_by.and_then(|column| StageBy::ALL.get(usize::from(column.place(nth)?)).copied());
            lead_ref.spam = spam.is_some_and(|column| column.is_yes(nth));
            lead_ref.source = text(source, nth);
            lead_ref.topic = text(topic, nth);
            lead_ref.country = text(country, nth);
            lead_ref.zone = text(zone, nth);
            lead_ref.language = text(language, nth);
            lead_ref.owner = text(owner, nth);
            lead_ref.value = value.and_then(|column| column.number(nth));
            lead_ref.churn = churn.and_then(|column| column.number(nth));
            let members = range(of_people, row);
            lead_ref.people.truncate(members.len());
            for (place, part) in members.enumerate() {
                let number = member_ids.get(place).map_or("", String::as_str);
                self.person(&person, (place, part, part - people), number, &mut lead_ref.people)?;
            }
            entries.clear();
            rests.clear();
            for part in range(of_signals, row) {
                let (entry, rest) = self.signal(&signal, (part, part - signals), &lead_ref.people)?;
                entries.push(entry);
                rests.extend(rest.map(|rest| (entry.at, rest)));
            }
            // The order of the log: by time, those of one moment in file order.
            order::sort_by_key(&mut rests, |(at, _)| *at);
            let mut rests: Vec<SignalRest> = rests.drain(..).map(|(_, rest)| rest).collect();
            if may_not_count(&lead_ref, &rests) {
                for part in range(of_signals, row) {
                    let read = self.signal(&signal, (part, part - signals), &lead_ref.people)?;
                    lead_ref.signals.extend(signal_ref(&signal, part - signals, &read, &lead_ref.people));
                }
                lead_ref.sort_signals();
                lead_ref.set_apart();
                entries.clear();
                rests = columns::entries(&lead_ref, words, &mut entries);
            }
            page.log.push(&mut entries);
            page.extras.push(Page::extras_of(&lead_ref));
            page.packed.push(|bytes| pack(&lead_ref, &rests, bytes, words));
            page.people.push(&lead_ref.people, words);
            lead_ref.signals.clear();
            lead_ref.not_counted = NotCountedRef::default();
        }
        Ok(())
    }

    /// Reads a person into place `place` of `people`, overwriting the person of the lead before. `row` is the row in the table, `nth` in
    /// the slice; `number` is the id of a person without one.
    fn person<'s>(
        &'s self,
        of: &PersonColumns<'s>,
        (place, row, nth): (usize, usize, usize),
        number: &'s str,
        people: &mut Vec<PersonRecordRef<'s>>,
    ) -> TableResult<()> {
        let id = of.id.and_then(|ids| ids.text(nth)).unwrap_or(number);
        if people.iter().take(place).any(|other| other.id == id) {
            return self.people.misfit("id", row, Sentence::new("table-person-twice").with("id", id));
        }
        let human = text(of.human, nth);
        if let Some(human) = human.filter(|_| people.iter().take(place).any(|other| other.human == human)) {
            return self.people.misfit("human", row, Sentence::new("table-person-twice").with("id", human));
        }
        if place == people.len() {
            people.push(PersonRecordRef::default());
        }
        if let Some(person) = people.get_mut(place) {
            let set = |column: Option<&SliceColumn<'_>>| column.map_or(0, |column| column.set(nth));
            let yes = |column: Option<&SliceColumn<'_>>| column.is_some_and(|column| column.is_yes(nth));
            person.id = id;
            person.human = human;
            put(Role::ALL, set(of.roles), &mut person.roles);
            put(Channel::ALL, set(of.channels), &mut person.channels);
            person.influence = of.influence.and_then(|column| column.number(nth));
            person.do_not_call = yes(of.do_not_call);
            person.do_not_email = yes(of.do_not_email);
            person.objected = yes(of.objected);
            person.left_at = moment(of.left_at, nth);
            person.internal = yes(of.internal);
        }
        Ok(())
    }

    /// The log entry of the signal in row `row` of the table (`nth` of the slice), and what the entry cannot hold.
    fn signal(
        &self,
        of: &SignalColumns<'_>,
        (row, nth): (usize, usize),
        people: &[PersonRecordRef<'_>],
    ) -> TableResult<(LogEntry, Option<SignalRest>)> {
        let Some(at) = of.at.and_then(|column| column.number(nth)) else {
            return self.signals.misfit("at", row, "table-not-known");
        };
        let Some(kind) = of.kind.and_then(|column| kind(column.place(nth)?)) else {
            return self.signals.misfit("kind", row, "table-not-known");
        };
        let place =
            |column: Option<&SliceColumn<'_>>| column.and_then(|column| column.place(nth)).map_or(0, |place| place + 1);
        let word = |column: Option<&SliceColumn<'_>>| column.map_or(WordId::NONE, |column| column.word(nth));
        let rep = word(of.rep);
        let ours = kind == SignalKind::Quote || rep != WordId::NONE;
        let default = if ours { Direction::Outbound } else { Direction::Inbound };
        let (mut person, mut named) = (0, None);
        if let Some(number) = of.person.and_then(|column| column.number(nth)) {
            let Some(member) = people.get(number as usize) else {
                let reason = Sentence::new("table-person").with("number", number.to_string());
                let reason = reason.with("count", people.len());
                return self.signals.misfit("person", row, reason);
            };
            // The cast is exact: the column reader checked that it is whole. A place that does not fit a log entry is kept as an id in the
            // record.
            person = u8::try_from(number as usize + 1).unwrap_or(u8::MAX);
            named = (person == u8::MAX).then(|| member.id.to_owned());
        }
        let direction = Some(place(of.direction)).filter(|direction| *direction > 0).unwrap_or(default as u8 + 1);
        let acknowledges = of.acknowledges.is_some_and(|column| column.is_yes(nth));
        if acknowledges && direction != Direction::Outbound as u8 + 1 {
            return self.signals.misfit("acknowledges", row, "table-acknowledges");
        }
        let weight = of.weight.and_then(|column| column.number(nth));
        let (pack, rule) = (text(of.pack, nth).map(ToOwned::to_owned), text(of.rule, nth).map(ToOwned::to_owned));
        let by = of.by.and_then(|column| Excluded::ALL.get(usize::from(column.place(nth)?)).copied());
        let rest = SignalRest { person: named, weight, pack, rule, by, ..SignalRest::default() };
        let more = rest != SignalRest::default();
        let entry = LogEntry {
            at: at as i64, // exact: checked to be whole
            kind: kind as u8,
            channel: place(of.channel),
            direction,
            outcome: place(of.outcome),
            person,
            topic: word(of.topic),
            content: word(of.content),
            rep,
            acknowledges,
            more,
        };
        Ok((entry, more.then_some(rest)))
    }
}

/// Whether something of a lead may count for nothing ([`crate::book::not_counted`]): then its signals are looked at as records.
fn may_not_count(lead: &LeadRef<'_>, rests: &[SignalRest]) -> bool {
    let marked = |rest: &SignalRest| rest.by.is_some() || rest.weight == Some(0.0);
    lead.spam || lead.people.iter().any(|person| person.internal) || rests.iter().any(marked)
}

/// The signal of row `nth` of the slice as a record, from what [`PageReader::signal`] read.
fn signal_ref<'s>(
    of: &SignalColumns<'s>,
    nth: usize,
    (entry, rest): &(LogEntry, Option<SignalRest>),
    people: &[PersonRecordRef<'s>],
) -> Option<SignalRef<'s>> {
    let person = of.person.and_then(|column| column.number(nth)).and_then(|number| people.get(number as usize));
    Some(SignalRef {
        at: Instant::from_millis(entry.at),
        kind: *SignalKind::ALL.get(usize::from(entry.kind))?,
        topic: text(of.topic, nth),
        person: person.map(|person| person.id),
        channel: word(Channel::ALL, entry.channel),
        direction: word(Direction::ALL, entry.direction),
        rep: text(of.rep, nth),
        outcome: word(Outcome::ALL, entry.outcome),
        content: text(of.content, nth),
        weight: rest.as_ref().and_then(|rest| rest.weight),
        cadence: None,
        step: None,
        acknowledges: entry.acknowledges,
        pack: text(of.pack, nth),
        rule: text(of.rule, nth),
        by: rest.as_ref().and_then(|rest| rest.by),
    })
}

/// Ids for rows without one: their numbers from 1.
fn numbered(rows: Range<usize>) -> Vec<String> {
    rows.map(|row| (row + 1).to_string()).collect()
}

fn text<'s>(column: Option<&'s SliceColumn<'_>>, nth: usize) -> Option<&'s str> {
    column?.text(nth)
}

fn moment(column: Option<&SliceColumn<'_>>, nth: usize) -> Option<Instant> {
    // The cast is exact: the column reader checked that it is whole.
    column?.number(nth).map(|millis| Instant::from_millis(millis as i64))
}

/// Replaces a list with the words whose bits are in the set, in the order of the vocabulary.
fn put<T: Copy>(all: &[T], set: u8, into: &mut Vec<T>) {
    into.clear();
    into.extend(all.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1).map(|(_, word)| *word));
}

/// The columns of people; `None` for one that the table does not have.
struct PersonColumns<'s> {
    id: Option<&'s SliceColumn<'s>>,
    human: Option<&'s SliceColumn<'s>>,
    roles: Option<&'s SliceColumn<'s>>,
    channels: Option<&'s SliceColumn<'s>>,
    influence: Option<&'s SliceColumn<'s>>,
    do_not_call: Option<&'s SliceColumn<'s>>,
    do_not_email: Option<&'s SliceColumn<'s>>,
    objected: Option<&'s SliceColumn<'s>>,
    left_at: Option<&'s SliceColumn<'s>>,
    internal: Option<&'s SliceColumn<'s>>,
}

impl<'s> PersonColumns<'s> {
    fn of(people: &'s SliceColumns<'_>) -> Self {
        Self {
            id: people.find("id"),
            human: people.find("human"),
            roles: people.find("roles"),
            channels: people.find("channels"),
            influence: people.find("influence"),
            do_not_call: people.find("do_not_call"),
            do_not_email: people.find("do_not_email"),
            objected: people.find("objected"),
            left_at: people.find("left_at"),
            internal: people.find("internal"),
        }
    }
}

/// The columns of signals; `None` for one that the table does not have.
struct SignalColumns<'s> {
    at: Option<&'s SliceColumn<'s>>,
    kind: Option<&'s SliceColumn<'s>>,
    topic: Option<&'s SliceColumn<'s>>,
    content: Option<&'s SliceColumn<'s>>,
    rep: Option<&'s SliceColumn<'s>>,
    channel: Option<&'s SliceColumn<'s>>,
    direction: Option<&'s SliceColumn<'s>>,
    outcome: Option<&'s SliceColumn<'s>>,
    weight: Option<&'s SliceColumn<'s>>,
    person: Option<&'s SliceColumn<'s>>,
    acknowledges: Option<&'s SliceColumn<'s>>,
    pack: Option<&'s SliceColumn<'s>>,
    rule: Option<&'s SliceColumn<'s>>,
    by: Option<&'s SliceColumn<'s>>,
}

impl<'s> SignalColumns<'s> {
    fn of(signals: &'s SliceColumns<'_>) -> Self {
        Self {
            at: signals.find("at"),
            kind: signals.find("kind"),
            topic: signals.find("topic"),
            content: signals.find("content"),
            rep: signals.find("rep"),
            channel: signals.find("channel"),
            direction: signals.find("direction"),
            outcome: signals.find("outcome"),
            weight: signals.find("weight"),
            person: signals.find("person"),
            acknowledges: signals.find("acknowledges"),
            pack: signals.find("pack"),
            rule: signals.find("rule"),
            by: signals.find("by"),
        }
    }
}
