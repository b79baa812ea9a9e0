//! From a stretch of columns to a page of the book.
//!
//! Fields, signals and what is read of people become columns as they are; only what a record has beside its page is packed lead by lead.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::book::catalogue::Fact;
use crate::book::columns::{self, FACTS, LogEntry, Page, PeopleColumns, SignalLog};
use crate::book::lead_ref::{LeadRef, PersonRef};
use crate::book::list_ranges::range;
use crate::book::packed::{PackedRecords, SignalRest, pack};
use crate::book::table::FittingTable;
use crate::book::table::piece::{PieceColumn, PieceColumns, kind, stage};
use crate::book::vocabulary::{Channel, Direction, Role, SignalKind};
use crate::book::word_table::{WordId, WordTable};
use crate::calendar::Instant;
use crate::order;

/// A table that is read piece by piece.
#[derive(Debug)]
pub(super) struct TableReader<'a> {
    pub(super) leads: PieceColumns<'a>,
    pub(super) fields: PieceColumns<'a>,
    pub(super) people: PieceColumns<'a>,
    pub(super) signals: PieceColumns<'a>,
    /// Where each lead's people begin, and its signals.
    pub(super) starts: [&'a [u32]; 2],
}

impl TableReader<'_> {
    /// The page of these leads. Their accounts have no numbers yet.
    pub(super) fn page(&mut self, leads: Range<usize>, words: &mut WordTable) -> FittingTable<Page> {
        let parts = self.starts.map(|starts| {
            let last = range(starts, leads.end.saturating_sub(1));
            range(starts, leads.start).start..last.end
        });
        let [people, signals] = parts;
        self.leads.read(leads.clone(), words)?;
        self.fields.read(leads.clone(), words)?;
        self.people.read(people.clone(), words)?;
        self.signals.read(signals.clone(), words)?;
        let len = leads.len();
        let mut page = Page {
            len,
            records: BTreeMap::new(),
            fields: BTreeMap::new(),
            odd: BTreeMap::new(),
            log: SignalLog::default(),
            people: PeopleColumns::default(),
            account: Vec::with_capacity(len),
            extras: vec![0; len],
            packed: PackedRecords::default(),
        };
        self.rows(leads, [people.start, signals.start], &mut page, words)?;
        page.records = order::collect_map(FACTS.into_iter().map(|fact| (fact, self.record(fact, &page))));
        for column in self.fields.all() {
            let sealed = column.sealed(len);
            // As in a page from a file, a field of which nothing is known is not there.
            if sealed.known.any() {
                page.fields.insert(Arc::from(column.name()), sealed);
            }
        }
        page.log.shrink();
        page.people.shrink();
        page.packed.shrink();
        Ok(page)
    }

    /// What a page holds of a fact of the record.
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
        self.leads.find(name).map_or_else(|| columns::Column::unknown(page.len), |column| column.sealed(page.len))
    }

    /// Packs lead after lead, and takes in its people and signals.
    fn rows(
        &self,
        rows: Range<usize>,
        [people, signals]: [usize; 2],
        page: &mut Page,
        words: &mut WordTable,
    ) -> FittingTable<()> {
        let [of_people, of_signals] = self.starts;
        let (person, happened) = (PersonColumns::of(&self.people), SignalColumns::of(&self.signals));
        let lead = |name: &str| self.leads.find(name);
        let [id, account, name, stage_of] = ["id", "account", "name", "stage"].map(lead);
        let [source, topic, country, zone] = ["source", "topic", "country", "zone"].map(lead);
        let [language, owner, value, churn] = ["language", "owner", "value", "churn"].map(lead);
        let [stage_since, created_at] = ["stage_since", "created_at"].map(lead);
        // Who has no id is counted.
        let ids = if id.is_none() { counted(rows.clone()) } else { Vec::new() };
        let most = rows.clone().map(|row| range(of_people, row).len()).max().unwrap_or_default();
        let member_ids = if person.id.is_none_or(PieceColumn::has_gaps) { counted(0..most) } else { Vec::new() };
        let mut sketch = LeadRef::default();
        let (mut entries, mut rests): (Vec<LogEntry>, Vec<(i64, SignalRest)>) = (Vec::new(), Vec::new());
        for (nth, row) in rows.enumerate() {
            sketch.id = match id {
                None => ids.get(nth).map_or("", String::as_str),
                Some(ids) => match ids.text(nth) {
                    Some(id) => id,
                    None => return self.leads.misfit("id", row, "must be known"),
                },
            };
            sketch.account.id = match account {
                None => sketch.id,
                Some(accounts) => match accounts.text(nth) {
                    Some(id) => id,
                    None => return self.leads.misfit("account", row, "must be known"),
                },
            };
            sketch.name = text(name, nth);
            sketch.stage = stage_of.and_then(|column| stage(column.place(nth)?));
            sketch.stage_since = moment(stage_since, nth);
            sketch.created_at = moment(created_at, nth);
            sketch.source = text(source, nth);
            sketch.topic = text(topic, nth);
            sketch.country = text(country, nth);
            sketch.zone = text(zone, nth);
            sketch.language = text(language, nth);
            sketch.owner = text(owner, nth);
            sketch.value = value.and_then(|column| column.number(nth));
            sketch.churn = churn.and_then(|column| column.number(nth));
            let members = range(of_people, row);
            sketch.people.truncate(members.len());
            for (place, part) in members.enumerate() {
                let counted = member_ids.get(place).map_or("", String::as_str);
                self.person(&person, (place, part, part - people), counted, &mut sketch.people)?;
            }
            entries.clear();
            rests.clear();
            for part in range(of_signals, row) {
                let (entry, rest) = self.signal(&happened, (part, part - signals), &sketch.people)?;
                entries.push(entry);
                rests.extend(rest.map(|rest| (entry.at, rest)));
            }
            // As the log does: in order of time, those of one moment as they came.
            order::sort_by_key(&mut rests, |(at, _)| *at);
            let rests: Vec<SignalRest> = rests.drain(..).map(|(_, rest)| rest).collect();
            page.log.push(&mut entries);
            page.packed.push(|bytes| pack(&sketch, &rests, bytes, words));
            page.people.push(&sketch.people, words);
        }
        Ok(())
    }

    /// Puts a person at this place of a lead's, in the room of one of the lead before where there is any.
    fn person<'s>(
        &'s self,
        of: &PersonColumns<'s>,
        (place, part, nth): (usize, usize, usize),
        counted: &'s str,
        people: &mut Vec<PersonRef<'s>>,
    ) -> FittingTable<()> {
        let id = of.id.and_then(|ids| ids.text(nth)).unwrap_or(counted);
        if people.iter().take(place).any(|other| other.id == id) {
            return self.people.misfit("id", part, format!("is \"{id}\" as an earlier person's of this lead"));
        }
        if place == people.len() {
            people.push(PersonRef::default());
        }
        if let Some(person) = people.get_mut(place) {
            let set = |column: Option<&PieceColumn<'_>>| column.map_or(0, |column| column.set(nth));
            let yes = |column: Option<&PieceColumn<'_>>| column.is_some_and(|column| column.says_yes(nth));
            person.id = id;
            put(Role::ALL, set(of.roles), &mut person.roles);
            put(Channel::ALL, set(of.channels), &mut person.channels);
            person.influence = of.influence.and_then(|column| column.number(nth));
            person.do_not_call = yes(of.do_not_call);
            person.do_not_email = yes(of.do_not_email);
            person.objected = yes(of.objected);
        }
        Ok(())
    }

    /// A signal as the log holds it, with what the log leaves out.
    fn signal(
        &self,
        of: &SignalColumns<'_>,
        (part, nth): (usize, usize),
        people: &[PersonRef<'_>],
    ) -> FittingTable<(LogEntry, Option<SignalRest>)> {
        let Some(at) = of.at.and_then(|column| column.number(nth)) else {
            return self.signals.misfit("at", part, "must be known");
        };
        let Some(kind) = of.kind.and_then(|column| kind(column.place(nth)?)) else {
            return self.signals.misfit("kind", part, "must be known");
        };
        let place =
            |column: Option<&PieceColumn<'_>>| column.and_then(|column| column.place(nth)).map_or(0, |place| place + 1);
        let word = |column: Option<&PieceColumn<'_>>| column.map_or(WordId::NONE, |column| column.word(nth));
        let rep = word(of.rep);
        let ours = kind == SignalKind::Quote || rep != WordId::NONE;
        let asked = if ours { Direction::Outbound } else { Direction::Inbound };
        let (mut person, mut named) = (0, None);
        if let Some(number) = of.person.and_then(|column| column.number(nth)) {
            let Some(member) = people.get(number as usize) else {
                let told = format!("is {number}; the lead has {} people, counted from 0", people.len());
                return self.signals.misfit("person", part, told);
            };
            // Checked to be whole. Who stands further back than a log can tell is named by id.
            person = u8::try_from(number as usize + 1).unwrap_or(u8::MAX);
            named = (person == u8::MAX).then(|| member.id.to_owned());
        }
        let weight = of.weight.and_then(|column| column.number(nth));
        let more = named.is_some() || weight.is_some();
        let entry = LogEntry {
            at: at as i64, // checked to be whole
            kind: kind as u8,
            channel: place(of.channel),
            direction: Some(place(of.direction)).filter(|direction| *direction > 0).unwrap_or(asked as u8 + 1),
            outcome: place(of.outcome),
            person,
            topic: word(of.topic),
            content: word(of.content),
            rep,
            more,
        };
        Ok((entry, more.then(|| SignalRest { person: named, weight, ..SignalRest::default() })))
    }
}

/// Ids for those who have none: counted from 1.
fn counted(rows: Range<usize>) -> Vec<String> {
    rows.map(|row| (row + 1).to_string()).collect()
}

fn text<'s>(column: Option<&'s PieceColumn<'_>>, nth: usize) -> Option<&'s str> {
    column?.text(nth)
}

fn moment(column: Option<&PieceColumn<'_>>, nth: usize) -> Option<Instant> {
    // Checked to be whole.
    column?.number(nth).map(|millis| Instant::from_millis(millis as i64))
}

/// The words whose bits are in the set, in the order of the schema.
fn put<T: Copy>(all: &[T], set: u8, into: &mut Vec<T>) {
    into.clear();
    into.extend(all.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1).map(|(_, word)| *word));
}

/// What is told of people.
struct PersonColumns<'s> {
    id: Option<&'s PieceColumn<'s>>,
    roles: Option<&'s PieceColumn<'s>>,
    channels: Option<&'s PieceColumn<'s>>,
    influence: Option<&'s PieceColumn<'s>>,
    do_not_call: Option<&'s PieceColumn<'s>>,
    do_not_email: Option<&'s PieceColumn<'s>>,
    objected: Option<&'s PieceColumn<'s>>,
}

impl<'s> PersonColumns<'s> {
    fn of(people: &'s PieceColumns<'_>) -> Self {
        Self {
            id: people.find("id"),
            roles: people.find("roles"),
            channels: people.find("channels"),
            influence: people.find("influence"),
            do_not_call: people.find("do_not_call"),
            do_not_email: people.find("do_not_email"),
            objected: people.find("objected"),
        }
    }
}

/// What is told of signals.
struct SignalColumns<'s> {
    at: Option<&'s PieceColumn<'s>>,
    kind: Option<&'s PieceColumn<'s>>,
    topic: Option<&'s PieceColumn<'s>>,
    content: Option<&'s PieceColumn<'s>>,
    rep: Option<&'s PieceColumn<'s>>,
    channel: Option<&'s PieceColumn<'s>>,
    direction: Option<&'s PieceColumn<'s>>,
    outcome: Option<&'s PieceColumn<'s>>,
    weight: Option<&'s PieceColumn<'s>>,
    person: Option<&'s PieceColumn<'s>>,
}

impl<'s> SignalColumns<'s> {
    fn of(signals: &'s PieceColumns<'_>) -> Self {
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
        }
    }
}
