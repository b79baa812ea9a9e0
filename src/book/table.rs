//! Leads from columns: for a program that has its leads in arrays already, which is faster than writing them as a lead file first.
//!
//! The door stands here too: sizes, types, ranges and spellings are checked, and anything that does not fit refuses the whole table with the
//! place and the reason, because a program that writes columns can mend them.
//!
//! Left out: what only a lead file can say (quotes, planned touches, consents, own hours).
//!
//! Invariant: a book from a table is the book that the same leads as a file would make.

use std::fmt;

use super::ingest::limits;
use super::resident::{Book, Filling};
use super::schema::{Channel, Direction, Outcome, Role, SignalKind, Stage};
use super::sketch::{FieldSketch, PersonSketch, SignalSketch, Sketch};
use crate::calendar::instant::{EARLIEST, LATEST};
use crate::calendar::{Country, Instant, Zone};

/// Why a table is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Where: `fields.score[17]`.
    pub path: String,
    /// What is wrong, as the rest of a sentence.
    pub reason: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.path, self.reason)
    }
}

/// The values of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Yes (not 0) or no.
    Truths(Vec<u8>),
    /// Numbers; moments in milliseconds since 1970.
    Numbers(Vec<f64>),
    /// Texts, each by its place in a list.
    Texts {
        /// The places.
        codes: Vec<u32>,
        /// The list.
        words: Vec<String>,
    },
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: Values,
    /// Which of them are known (not 0); all of them where absent.
    pub known: Option<Vec<u8>>,
}

/// Parts of which a lead has any number: those of the nth lead stand at `starts[n]..starts[n + 1]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts {
    /// Where each lead's parts begin, and at last where the last one's end.
    pub starts: Vec<u32>,
    /// Their columns.
    pub columns: Vec<Series>,
}

/// Leads as columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// How many leads.
    pub size: usize,
    /// Fields of the lead by their names in the lead format; `id` and `account` are texts, and left out they are counted from 1.
    pub leads: Vec<Series>,
    /// The team's own fields.
    pub fields: Vec<Series>,
    /// The people: `id`, `roles` and `channels` (a set: the bit of a word is its place in the list of the format), `do_not_call`,
    /// `do_not_email`, `objected`, `influence`.
    pub people: Parts,
    /// What happened: `at` and `kind`, and if wanted `topic`, `content`, `rep`, `channel`, `direction`, `outcome`, `weight`, and `person`
    /// (a number: the place among the people of the lead).
    pub signals: Parts,
}

type Fits<T> = Result<T, Misfit>;

fn misfit<T>(path: impl Into<String>, reason: impl Into<String>) -> Fits<T> {
    Err(Misfit { path: path.into(), reason: reason.into() })
}

impl Book {
    /// A book of the leads in a table.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn from_table(table: &Table) -> Fits<Self> {
        if table.size > limits::LEADS {
            return misfit("size", format!("is {}; at most {} leads are taken", table.size, limits::LEADS));
        }
        let leads = Columns::new("lead", &table.leads, table.size, LEAD)?;
        let fields = Columns::new("fields", &table.fields, table.size, &[])?;
        if fields.0.len() > limits::ENTRIES {
            return misfit("fields", format!("has {} entries; at most {} are taken", fields.0.len(), limits::ENTRIES));
        }
        let (person_count, people) = parts("people", &table.people, table.size, PERSON, limits::PEOPLE_PER_LEAD)?;
        let (signal_count, signals) = parts("signals", &table.signals, table.size, SIGNAL, limits::SIGNALS_PER_LEAD)?;
        for (needed, count) in [("at", signal_count), ("kind", signal_count)] {
            if count > 0 && signals.find(needed).is_none() {
                return misfit(format!("signals.{needed}"), "is missing");
            }
        }
        let longest = table.size.max(person_count);
        let counted: Vec<String> = (1..=longest).map(|nth| nth.to_string()).collect();
        let mut rows = Rows { leads, fields, people, signals, counted: &counted, sketch: Sketch::default() };
        let mut filling = Filling::default();
        let range = |starts: &[u32], row: usize| match (starts.get(row), starts.get(row + 1)) {
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        };
        for row in 0..table.size {
            rows.read(row, range(&table.people.starts, row), range(&table.signals.starts, row))?;
            if !filling.add(&mut rows.sketch) {
                return misfit(format!("lead.id[{row}]"), format!("is \"{}\" as an earlier lead's", rows.sketch.id));
            }
        }
        Ok(filling.finish(Vec::new(), Vec::new()))
    }
}

/// What a column of this name must hold.
#[derive(Clone, Copy, Debug)]
enum Holds {
    Text,
    Country,
    Zone,
    Language,
    Word(fn(&str) -> bool),
    Number(f64, f64),
    Moment,
    Truth,
    Set(usize),
    Place,
}

type Names = &'static [(&'static str, Holds)];

const LEAD: Names = &[
    ("id", Holds::Text),
    ("account", Holds::Text),
    ("name", Holds::Text),
    ("stage", Holds::Word(|word| Stage::from_word(word).is_some())),
    ("stage_since", Holds::Moment),
    ("created_at", Holds::Moment),
    ("source", Holds::Text),
    ("topic", Holds::Text),
    ("country", Holds::Country),
    ("zone", Holds::Zone),
    ("language", Holds::Language),
    ("owner", Holds::Text),
    ("value", Holds::Number(0.0, limits::NUMBER)),
    ("churn", Holds::Number(0.0, 1.0)),
];

const PERSON: Names = &[
    ("id", Holds::Text),
    ("roles", Holds::Set(Role::ALL.len())),
    ("channels", Holds::Set(Channel::ALL.len())),
    ("do_not_call", Holds::Truth),
    ("do_not_email", Holds::Truth),
    ("objected", Holds::Truth),
    ("influence", Holds::Number(0.0, 1.0)),
];

const SIGNAL: Names = &[
    ("at", Holds::Moment),
    ("kind", Holds::Word(|word| SignalKind::from_word(word).is_some())),
    ("topic", Holds::Text),
    ("content", Holds::Text),
    ("rep", Holds::Text),
    ("channel", Holds::Word(|word| Channel::from_word(word).is_some())),
    ("direction", Holds::Word(|word| Direction::from_word(word).is_some())),
    ("outcome", Holds::Word(|word| Outcome::from_word(word).is_some())),
    ("weight", Holds::Number(-limits::NUMBER, limits::NUMBER)),
    ("person", Holds::Place),
];

/// Columns that hold what they must.
#[derive(Debug)]
struct Columns<'a>(Vec<&'a Series>);

impl<'a> Columns<'a> {
    /// The columns of a part of the table, all of this length. Where names are given, only those are known.
    fn new(part: &str, columns: &'a [Series], len: usize, names: Names) -> Fits<Self> {
        let mut sorted: Vec<&Series> = Vec::with_capacity(columns.len());
        for column in columns {
            let path = || format!("{part}.{}", column.name);
            if sorted.iter().any(|other| other.name == column.name) {
                return misfit(path(), "is given twice");
            }
            let holds = names.iter().find(|(name, _)| *name == column.name).map(|(_, holds)| *holds);
            if holds.is_none() && !names.is_empty() {
                let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
                return misfit(path(), format!("is not a column here; known are {}", known.join(", ")));
            }
            check(column, len, holds).map_err(|(at, reason)| Misfit {
                path: at.map_or_else(path, |at| format!("{}[{at}]", path())),
                reason,
            })?;
            sorted.push(column);
        }
        Ok(Self(sorted))
    }

    fn find(&self, name: &str) -> Option<&'a Series> {
        self.0.iter().copied().find(|column| column.name == name)
    }

    fn text(&self, name: &str, row: usize) -> Option<&'a str> {
        self.find(name)?.text(row)
    }

    fn number(&self, name: &str, row: usize) -> Option<f64> {
        self.find(name)?.number(row)
    }

    fn moment(&self, name: &str, row: usize) -> Option<Instant> {
        // Checked to be whole.
        self.number(name, row).map(|millis| Instant::from_millis(millis as i64))
    }

    fn truth(&self, name: &str, row: usize) -> bool {
        self.find(name).is_some_and(|column| column.truth(row) == Some(true))
    }
}

impl Series {
    fn is_known(&self, row: usize) -> bool {
        self.known.as_ref().is_none_or(|known| known.get(row).is_some_and(|known| *known != 0))
    }

    fn text(&self, row: usize) -> Option<&str> {
        match &self.values {
            Values::Texts { codes, words } if self.is_known(row) => {
                words.get(*codes.get(row)? as usize).map(String::as_str)
            }
            _ => None,
        }
    }

    fn number(&self, row: usize) -> Option<f64> {
        match &self.values {
            Values::Numbers(numbers) if self.is_known(row) => numbers.get(row).copied(),
            _ => None,
        }
    }

    fn truth(&self, row: usize) -> Option<bool> {
        match &self.values {
            Values::Truths(truths) if self.is_known(row) => truths.get(row).map(|truth| *truth != 0),
            _ => None,
        }
    }

    /// The value of an own field.
    fn value(&self, row: usize) -> Option<FieldSketch<'_>> {
        match &self.values {
            Values::Truths(_) => self.truth(row).map(FieldSketch::Truth),
            Values::Numbers(_) => self.number(row).map(FieldSketch::Number),
            Values::Texts { .. } => self.text(row).map(FieldSketch::Text),
        }
    }

    /// The set of bits in this row.
    fn set(&self, row: usize) -> u8 {
        match &self.values {
            Values::Truths(bits) if self.is_known(row) => bits.get(row).copied().unwrap_or(0),
            _ => 0,
        }
    }
}

/// What is wrong with a column, and in which row where it is in one.
fn check(column: &Series, len: usize, holds: Option<Holds>) -> Result<(), (Option<usize>, String)> {
    let rows = match &column.values {
        Values::Truths(truths) => truths.len(),
        Values::Numbers(numbers) => numbers.len(),
        Values::Texts { codes, .. } => codes.len(),
    };
    let whole = |reason: String| Err((None, reason));
    if rows != len {
        return whole(format!("has {rows} values; it must have {len}"));
    }
    if let Some(known) = column.known.as_ref().filter(|known| known.len() != len) {
        return whole(format!("has {} marks in known; it must have {len}", known.len()));
    }
    let (low, high, exact) = match holds {
        Some(Holds::Number(low, high)) => (low, high, false),
        Some(Holds::Moment) => (EARLIEST.millis() as f64, LATEST.millis() as f64, true),
        Some(Holds::Place) => (0.0, limits::PEOPLE_PER_LEAD as f64, true),
        _ => (-limits::NUMBER, limits::NUMBER, false),
    };
    let fits = match holds {
        None => true,
        Some(Holds::Number(..) | Holds::Moment | Holds::Place) => matches!(column.values, Values::Numbers(_)),
        Some(Holds::Truth | Holds::Set(_)) => matches!(column.values, Values::Truths(_)),
        Some(_) => matches!(column.values, Values::Texts { .. }),
    };
    if !fits {
        let wanted = match holds {
            Some(Holds::Number(..) | Holds::Moment | Holds::Place) => "numbers",
            Some(Holds::Truth | Holds::Set(_)) => "bytes",
            _ => "codes and words",
        };
        return whole(format!("must be {wanted}"));
    }
    match &column.values {
        Values::Numbers(numbers) => {
            let wrong = |number: &f64| !(low..=high).contains(number) || exact && number.fract() != 0.0;
            let mut rows = numbers.iter().enumerate().filter(|(row, number)| wrong(number) && column.is_known(*row));
            if let Some((row, number)) = rows.next() {
                let whole = if exact { "a whole number" } else { "a number" };
                return Err((Some(row), format!("is {number}; it must be {whole} from {low} to {high}, or not known")));
            }
        }
        Values::Texts { codes, words } => {
            for (place, word) in words.iter().enumerate() {
                if let Some(reason) = misspelt(word, holds) {
                    return whole(format!("has the word \"{}\" at {place}, which {reason}", short(word)));
                }
            }
            let mut rows =
                codes.iter().enumerate().filter(|(row, code)| **code as usize >= words.len() && column.is_known(*row));
            if let Some((row, code)) = rows.next() {
                return Err((
                    Some(row),
                    format!("is the code {code}; there are {} words, counted from 0", words.len()),
                ));
            }
        }
        Values::Truths(bits) => {
            if let Some(Holds::Set(len)) = holds
                && let Some(row) = bits.iter().position(|bits| u32::from(*bits) >> len != 0)
            {
                return Err((Some(row), format!("has bits beyond the {len} words of its list")));
            }
        }
    }
    Ok(())
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// What is wrong with a word of a column.
fn misspelt(word: &str, holds: Option<Holds>) -> Option<String> {
    if word.trim().is_empty() {
        return Some("is empty; mark the row as not known".to_owned());
    }
    if word.len() > limits::TEXT_BYTES {
        return Some(format!("has {} bytes; at most {} are taken", word.len(), limits::TEXT_BYTES));
    }
    let own = |spelling: &str| (spelling != word).then(|| format!("must be written {spelling}"));
    match holds {
        Some(Holds::Country) => Country::parse(word).map_or_else(Some, |country| own(country.code())),
        Some(Holds::Zone) => Zone::parse(word).map_or_else(Some, |zone| own(zone.name())),
        Some(Holds::Language) if word.len() != 2 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) => {
            Some("is not a language; write two letters, as nl or en".to_owned())
        }
        Some(Holds::Word(known)) if !known(word) => Some("is not a word of the lead format for this".to_owned()),
        _ => None,
    }
}

/// The columns of people or signals, and how many there are in all.
fn parts<'a>(part: &str, parts: &'a Parts, size: usize, names: Names, most: usize) -> Fits<(usize, Columns<'a>)> {
    if parts.starts.is_empty() && parts.columns.is_empty() {
        return Ok((0, Columns(Vec::new())));
    }
    let path = format!("{part}.starts");
    if parts.starts.len() != size + 1 {
        return misfit(
            path,
            format!("has {} values; it must have {}, one more than leads", parts.starts.len(), size + 1),
        );
    }
    if parts.starts.first() != Some(&0) {
        return misfit(path, "must begin with 0");
    }
    for (row, pair) in parts.starts.windows(2).enumerate() {
        if let [start, end] = pair {
            if end < start {
                return misfit(format!("{path}[{}]", row + 1), format!("is {end}, less than {start} before it"));
            }
            if (end - start) as usize > most {
                return misfit(
                    format!("{path}[{}]", row + 1),
                    format!("gives one lead {}; at most {most} are taken", end - start),
                );
            }
        }
    }
    let count = parts.starts.last().map_or(0, |end| *end as usize);
    Ok((count, Columns::new(part, &parts.columns, count, names)?))
}

/// Reads row after row.
struct Rows<'a> {
    leads: Columns<'a>,
    fields: Columns<'a>,
    people: Columns<'a>,
    signals: Columns<'a>,
    counted: &'a [String],
    sketch: Sketch<'a>,
}

impl<'a> Rows<'a> {
    fn read(&mut self, row: usize, people: std::ops::Range<usize>, signals: std::ops::Range<usize>) -> Fits<()> {
        let Self { leads, sketch, .. } = self;
        let counted = |nth: usize| self.counted.get(nth).map_or("", String::as_str);
        for (column, missing) in [("id", leads.find("id")), ("account", leads.find("account"))] {
            if missing.is_some_and(|column| column.text(row).is_none()) {
                return misfit(format!("lead.{column}[{row}]"), "must be known");
            }
        }
        sketch.id = leads.text("id", row).unwrap_or_else(|| counted(row));
        sketch.account.id = leads.text("account", row).unwrap_or(sketch.id);
        sketch.name = leads.text("name", row);
        sketch.stage = leads.text("stage", row).and_then(Stage::from_word);
        sketch.stage_since = leads.moment("stage_since", row);
        sketch.created_at = leads.moment("created_at", row);
        sketch.source = leads.text("source", row);
        sketch.topic = leads.text("topic", row);
        sketch.country = leads.text("country", row);
        sketch.zone = leads.text("zone", row);
        sketch.language = leads.text("language", row);
        sketch.owner = leads.text("owner", row);
        sketch.value = leads.number("value", row);
        sketch.churn = leads.number("churn", row);
        sketch.fields.clear();
        sketch
            .fields
            .extend(self.fields.0.iter().filter_map(|column| Some((column.name.as_str(), column.value(row)?))));
        sketch.people.clear();
        for (nth, part) in people.enumerate() {
            let person = person(&self.people, part, counted(nth));
            if sketch.people.iter().any(|other| other.id == person.id) {
                return misfit(
                    format!("people.id[{part}]"),
                    format!("is \"{}\" as an earlier person's of this lead", person.id),
                );
            }
            sketch.people.push(person);
        }
        sketch.signals.clear();
        for part in signals {
            let mut signal = signal(&self.signals, part)?;
            if let Some(place) = self.signals.number("person", part) {
                let Some(person) = sketch.people.get(place as usize) else {
                    return misfit(
                        format!("signals.person[{part}]"),
                        format!("is {place}; the lead has {} people, counted from 0", sketch.people.len()),
                    );
                };
                signal.person = Some(person.id);
            }
            sketch.signals.push(signal);
        }
        Ok(())
    }
}

fn person<'a>(people: &Columns<'a>, part: usize, counted: &'a str) -> PersonSketch<'a> {
    fn words<T: Copy>(all: &[T], set: u8) -> Vec<T> {
        all.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1).map(|(_, word)| *word).collect()
    }
    let set = |name: &str| people.find(name).map_or(0, |column| column.set(part));
    PersonSketch {
        id: people.text("id", part).unwrap_or(counted),
        roles: words(Role::ALL, set("roles")),
        channels: words(Channel::ALL, set("channels")),
        influence: people.number("influence", part),
        do_not_call: people.truth("do_not_call", part),
        do_not_email: people.truth("do_not_email", part),
        objected: people.truth("objected", part),
        ..PersonSketch::default()
    }
}

fn signal<'a>(signals: &Columns<'a>, part: usize) -> Fits<SignalSketch<'a>> {
    let Some(at) = signals.moment("at", part) else { return misfit(format!("signals.at[{part}]"), "must be known") };
    let Some(kind) = signals.text("kind", part).and_then(SignalKind::from_word) else {
        return misfit(format!("signals.kind[{part}]"), "must be known");
    };
    let rep = signals.text("rep", part);
    let ours = kind == SignalKind::Quote || rep.is_some();
    let direction = signals.text("direction", part).and_then(Direction::from_word);
    Ok(SignalSketch {
        at,
        kind,
        topic: signals.text("topic", part),
        person: None,
        channel: signals.text("channel", part).and_then(Channel::from_word),
        direction: direction.or(Some(if ours { Direction::Outbound } else { Direction::Inbound })),
        rep,
        outcome: signals.text("outcome", part).and_then(Outcome::from_word),
        content: signals.text("content", part),
        weight: signals.number("weight", part),
        cadence: None,
        step: None,
    })
}
