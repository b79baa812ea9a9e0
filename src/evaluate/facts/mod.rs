//! Computes the facts of the catalogue for one lead, one member of its buying group and its account at one moment.
//!
//! A fact is computed from the record and from the log up to `now`, and cached: by its number where its arguments are constant
//! ([`FactId`]), else by subject, fact and arguments. So fifty rules that read the same fact compute it once. Signals after `now` are left
//! out; touches planned for later are not.
//!
//! **Windows.** A signal at `at` is inside the window `w` while `now - at < w`: it counts from the moment it happens and no
//! longer counts at `at + w` exactly. So `lead.visits(7.days)` covers one week and not a millisecond more, just as a limit
//! of so many touches per week does.
//!
//! **Whose signals.** A lead's are its own. An account's are those of all its leads. A person's are those that name this
//! human, under any id of theirs, in any lead.
//!
//! **Change.** Reading a fact notes the first moment at which it can come out differently with no new signal: something
//! leaves a window, a threshold is crossed, a consent ends, a signal dated later comes due. See [`change`].
//!
//! Invariant: the same records, lead, person and `now` give the same facts, in whatever order they are read.

pub mod change;
pub(crate) mod change_schedule;

mod consent;
mod conversations;
mod departures;
mod fact_kinds;
mod fact_value;
mod log;
mod numbered;
mod operations;
pub(crate) mod own;
mod people;
mod questions;
pub(crate) mod quotes;
pub(crate) mod signals;
#[cfg(test)]
mod tests;
mod touches;
pub(crate) mod working_time;

pub(crate) use fact_kinds::{is_as_recorded, reads_log};
pub(crate) use fact_value::FactValue;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use crate::book::catalogue::{Fact, Subject};
use crate::book::departures::Departures;
use crate::book::value::Value;
use crate::book::vocabulary::Stage;
use crate::book::{FieldValue, GroupRecords, Lead, Person, Question};
use crate::calendar::Instant;
use crate::diagnostics::ValueError;
use crate::evaluate::facts::change::{Motion, next_full_hour};
use crate::evaluate::facts::fact_kinds::{depends_on_stage, is_question_fact, is_signal_fact, is_touch_fact};
use crate::evaluate::facts::numbered::NumberedFacts;
use crate::evaluate::facts::operations::OperationLimit;
use crate::evaluate::facts::questions::QuestionOfLead;
use crate::evaluate::facts::quotes::quote_fact;
use crate::evaluate::facts::working_time::WorkingCalendar;
use crate::limits;
use crate::pack::fact_arguments::FactArguments;
use crate::pack::fact_table::FactId;
use crate::wording::Language;

/// What the clauses of a rulebook can read while they are evaluated for one lead (and one person) at one moment.
///
/// A cheap handle that owns what it needs, so that the script interpreter can keep it. Clones share the cached facts and the change noted
/// so far.
#[derive(Clone)]
pub struct FactContext {
    shared: Rc<FactContextData>,
    changes: Rc<NotedChanges>,
    /// The working hours and holidays of the rulebook; without one no team holidays count.
    calendar: Option<Arc<WorkingCalendar>>,
    person: Option<usize>,
    stage: Option<Stage>,
    stage_since: Option<Instant>,
    /// Whether this is a moment before the lead was in the stage on record, so that its stage is not known.
    before_recorded_stage: bool,
    quiet: bool,
    sentence_language: Option<Language>,
    operations: OperationLimit,
}

/// What was read so far that can come out differently by the passing of time.
#[derive(Debug, Default)]
struct NotedChanges {
    /// The first moment after `now` at which it can.
    next: Cell<Option<Instant>>,
    /// Whether something moves in a way that is not followed, so that it may have changed before that moment.
    unfollowed: Cell<bool>,
}

/// What the contexts of one lead at one moment have in common.
struct FactContextData {
    book: GroupRecords,
    lead: usize,
    now: Instant,
    /// How many signals of the lead have happened by `now`.
    past: usize,
    numbered: RefCell<NumberedFacts>,
    /// Facts without a number, at most [`limits::KEPT_FACTS`].
    other: RefCell<Vec<ComputedFact>>,
    people: Vec<PersonFacts>,
    /// The open question in the lead, found when first asked for.
    question: OnceCell<QuestionOfLead>,
    /// Who of the people is gone, found when first asked for.
    departures: OnceCell<Departures>,
    /// The operations that interpreted clauses took so far.
    spent: Cell<u64>,
}

/// What several facts of one person are computed from, found when first asked for.
#[derive(Default)]
struct PersonFacts {
    /// Their log.
    log: OnceCell<log::SignalPlaces>,
    /// Their open question.
    question: OnceCell<Option<Question>>,
}

/// The value of a fact without a number.
struct ComputedFact {
    subject: Subject,
    person: Option<usize>,
    fact: Fact,
    args: Box<[Value]>,
    value: FactValue,
}

impl std::fmt::Debug for FactContext {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lead = self.lead().map(|lead| lead.id.as_str());
        f.debug_struct("FactContext").field("lead", &lead).field("person", &self.person).finish_non_exhaustive()
    }
}

impl FactContext {
    /// The context of the lead at this place in the records, at this moment, with no person chosen. A place outside the records gives a
    /// context in which everything is unknown.
    pub fn new(book: &GroupRecords, lead: usize, now: Instant) -> Self {
        let record = book.leads().get(lead);
        let people = record.map_or(0, |lead| lead.people.len());
        let shared = FactContextData {
            book: book.clone(),
            lead,
            now,
            past: record.map_or(0, |lead| lead.past_signals(now).len()),
            numbered: RefCell::default(),
            other: RefCell::default(),
            people: std::iter::repeat_with(PersonFacts::default).take(people).collect(),
            question: OnceCell::new(),
            departures: OnceCell::new(),
            spent: Cell::new(0),
        };
        Self {
            shared: Rc::new(shared),
            changes: Rc::default(),
            calendar: None,
            person: None,
            stage: None,
            stage_since: None,
            before_recorded_stage: false,
            quiet: false,
            sentence_language: None,
            operations: OperationLimit::Clause,
        }
    }

    /// The facts of the same lead at another moment, with no person chosen: its log ends there, and what has no history is as it is now. Its
    /// stage is not known before the moment since when it is in the stage on record.
    pub(crate) fn in_the_past(&self, at: Instant) -> Self {
        let since = self.lead().and_then(|lead| lead.stage_since).filter(|since| *since <= self.now());
        let entered_later = since.is_some_and(|since| at < since);
        let past = Self::new(&self.shared.book, self.shared.lead, at);
        Self { before_recorded_stage: entered_later, calendar: self.calendar.clone(), ..past }
    }

    /// The facts of the same lead at the same moment with only those of its own signals and quotes that are from certain moments. Changes are noted
    /// with those of this context.
    pub(crate) fn of_what_happened(&self, counts: impl Fn(Instant) -> bool) -> Self {
        let mut leads = self.shared.book.leads().to_vec();
        if let Some(lead) = leads.get_mut(self.shared.lead) {
            lead.signals.retain(|signal| counts(signal.at));
            lead.quotes.retain(|quote| counts(quote.sent_at));
        }
        let context = Self::new(&self.shared.book.with_leads(leads), self.shared.lead, self.now());
        Self {
            shared: context.shared,
            changes: self.changes.clone(),
            calendar: self.calendar.clone(),
            stage: self.stage,
            stage_since: self.stage_since,
            quiet: self.quiet,
            operations: self.operations.clone(),
            ..context
        }
    }

    /// This context, with the changes that are noted from here on kept apart from those of the contexts it was made from.
    pub(crate) fn with_own_changes(&self) -> Self {
        Self { changes: Rc::default(), ..self.clone() }
    }

    /// This context for the person at this place in the lead's buying group; `None` for nobody.
    pub fn for_person(&self, person: Option<usize>) -> Self {
        Self { person, ..self.clone() }
    }

    /// This context with the lead in this stage since then, whatever its record says.
    pub fn with_stage(&self, stage: Stage, since: Option<Instant>) -> Self {
        Self { stage: Some(stage), stage_since: since, ..self.clone() }
    }

    /// This context, but what is read does not count for [`next_change`](Self::next_change): for sentences and explanations.
    pub fn quietly(&self) -> Self {
        Self { quiet: true, ..self.clone() }
    }

    /// This context for the sentence of a `because` in this language: it reads quietly, and values become text as the language writes them.
    pub fn for_sentence(&self, language: Language) -> Self {
        Self { sentence_language: Some(language), ..self.quietly() }
    }

    /// The language in which values become text; `None` outside a `because`, where they become text as in Rhai.
    pub(crate) fn sentence_language(&self) -> Option<Language> {
        self.sentence_language
    }

    /// Whether nothing that is read counts as a change to wait for.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// The moment for which the rules are evaluated.
    pub fn now(&self) -> Instant {
        self.shared.now
    }

    /// The records among which the lead stands.
    pub fn book(&self) -> &GroupRecords {
        &self.shared.book
    }

    /// The lead, if its place is in the book.
    pub fn lead(&self) -> Option<&Lead> {
        self.shared.book.leads().get(self.shared.lead)
    }

    /// The place of the lead in the records.
    pub fn lead_index(&self) -> usize {
        self.shared.lead
    }

    /// The person, where one was chosen.
    pub fn person(&self) -> Option<&Person> {
        self.lead()?.people.get(self.person?)
    }

    /// The place of the person in the buying group, where one was chosen.
    pub fn person_index(&self) -> Option<usize> {
        self.person
    }

    /// The stage that rules see: the one entered, else the one on record.
    pub fn stage(&self) -> Option<Stage> {
        self.stage.or_else(|| self.recorded_stage())
    }

    /// The stage on record.
    pub(crate) fn recorded_stage(&self) -> Option<Stage> {
        if self.before_recorded_stage { None } else { self.lead()?.stage }
    }

    /// The value of a fact. A fact that grows with time (`since`, `score` ...) notes the next full hour as the moment of change, because what
    /// the reader does with it is not known here; the expression tree notes the exact moment.
    ///
    /// # Errors
    /// An argument that the fact does not take, or a word that is not in the vocabulary.
    pub fn fact(&self, subject: Subject, fact: Fact, args: &[Value]) -> Result<Value, ValueError> {
        let found = self.look(subject, fact, args)?;
        if found.motion != Motion::Still {
            self.change_within_the_hour();
        }
        Ok(found.value)
    }

    /// One of the team's own facts; unknown where the lead has none by that name.
    pub fn own(&self, name: &str) -> Value {
        match self.lead().and_then(|lead| lead.fields.get(name)) {
            None => Value::Unknown,
            Some(FieldValue::Truth(truth)) => Value::Truth(*truth),
            Some(FieldValue::Number(number)) => Value::Number(*number),
            Some(FieldValue::Text(text)) => Value::text(text),
        }
    }

    /// The first moment after `now` at which something read so far could come out differently with no new signal.
    ///
    /// Exact for what the expression tree compares with a constant. Where that is not possible (a clause on the script interpreter that
    /// reads a growing fact, arithmetic other than adding and subtracting on one), it is the next full hour at the latest.
    pub fn next_change(&self) -> Option<Instant> {
        self.changes.next.get()
    }

    /// Whether something read so far moves in a way that is not followed: it may have changed before [`next_change`](Self::next_change).
    pub(crate) fn has_unfollowed_change(&self) -> bool {
        self.changes.unfollowed.get()
    }

    /// Notes that something read may come out differently at this moment. The past and the present are not changes.
    pub fn change_at(&self, at: Instant) {
        if self.quiet || at <= self.now() {
            return;
        }
        let earliest = self.changes.next.get().map_or(at, |noted| noted.min(at));
        self.changes.next.set(Some(earliest));
    }

    /// Notes that something read moves in a way that is not followed: it may come out differently at the next full hour.
    pub(crate) fn change_within_the_hour(&self) {
        if !self.quiet {
            self.changes.unfollowed.set(true);
        }
        self.change_at(next_full_hour(self.now()));
    }

    /// The value of a fact with its motion; jumps are noted.
    ///
    /// # Errors
    /// Arguments that the fact does not take.
    pub(crate) fn look(&self, subject: Subject, fact: Fact, args: &[Value]) -> Result<FactValue, ValueError> {
        let found = if depends_on_stage(fact) { self.stage_fact(fact) } else { self.cached(subject, fact, args)? };
        self.note_jump(&found);
        Ok(found)
    }

    /// The value of a fact that has a number, with its motion; jumps are noted.
    pub(crate) fn look_numbered(&self, id: &FactId) -> FactValue {
        self.with_numbered(id, FactValue::clone)
    }

    /// What `read` makes of the value of a fact that has a number, which is not copied; jumps are noted. `read` must not look up facts.
    pub(crate) fn with_numbered<T>(&self, id: &FactId, read: impl FnOnce(&FactValue) -> T) -> T {
        let shared = &*self.shared;
        let people = shared.people.len();
        let Some(place) = NumberedFacts::place(id, self.person.filter(|nth| *nth < people)) else {
            return read(&FactValue::still(Value::Unknown));
        };
        let numbered = shared.numbered.borrow();
        if let Some(found) = numbered.get(id, place) {
            self.note_jump(found);
            return read(found);
        }
        drop(numbered);
        let found = match id.fact() {
            Some(one) if depends_on_stage(one.fact) => self.stage_fact(one.fact),
            Some(one) => {
                let found = self.compute(one.subject, one.fact, &one.arguments);
                shared.numbered.borrow_mut().put(id, (place, people), found.clone());
                found
            }
            None => FactValue::still(Value::Unknown),
        };
        self.note_jump(&found);
        read(&found)
    }

    fn note_jump(&self, found: &FactValue) {
        if let Some(until) = found.until {
            self.change_at(until);
        }
    }

    fn cached(&self, subject: Subject, fact: Fact, args: &[Value]) -> Result<FactValue, ValueError> {
        let person = if subject == Subject::Person { self.person } else { None };
        let known = self.shared.other.borrow().iter().find_map(|each| {
            let same = each.fact == fact && each.subject == subject && each.person == person && *each.args == *args;
            same.then(|| each.value.clone())
        });
        if let Some(value) = known {
            return Ok(value);
        }
        let asked_of_nobody = self.lead().is_none() || (subject == Subject::Person && self.person().is_none());
        let value = if asked_of_nobody {
            FactValue::still(Value::Unknown)
        } else {
            match FactArguments::read(subject, fact, args)? {
                Some(arguments) => self.compute(subject, fact, &arguments),
                // Something unknown was handed over: `lead.visits(lead.topic)` without a topic.
                None => FactValue::still(Value::Unknown),
            }
        };
        let mut kept = self.shared.other.borrow_mut();
        if kept.len() < limits::KEPT_FACTS {
            kept.push(ComputedFact { subject, person, fact, args: args.into(), value: value.clone() });
        }
        Ok(value)
    }

    fn stage_fact(&self, fact: Fact) -> FactValue {
        let stage = self.stage();
        match fact {
            Fact::Stage => FactValue::still(stage.map_or(Value::Unknown, stage_value)),
            Fact::Open => FactValue::still(stage.is_none_or(Stage::is_open)),
            _ => {
                let since = match self.stage {
                    Some(_) => self.stage_since,
                    None => self.lead().and_then(|lead| lead.stage_since),
                };
                self.ago(since)
            }
        }
    }

    /// How long ago a recorded moment was; unknown until it comes.
    fn ago(&self, at: Option<Instant>) -> FactValue {
        let (past, future) = self.split(at);
        FactValue::ago(past, self.now(), future)
    }

    /// The moment when it has come, else the moment as a change to wait for.
    fn split(&self, at: Option<Instant>) -> (Option<Instant>, Option<Instant>) {
        match at {
            Some(at) if at > self.now() => (None, Some(at)),
            past => (past, None),
        }
    }

    fn compute(&self, subject: Subject, fact: Fact, args: &FactArguments) -> FactValue {
        let Some(lead) = self.lead() else { return FactValue::still(Value::Unknown) };
        if subject == Subject::Person && self.person().is_none() {
            return FactValue::still(Value::Unknown);
        }
        match fact {
            fact if is_signal_fact(fact) => self.signal_fact(subject, fact, args),
            fact if is_touch_fact(fact) => self.touch_fact(subject, fact, args),
            Fact::WaitingElsewhere => self.waiting_elsewhere(lead),
            Fact::Bought => self.bought(lead, args),
            fact if is_question_fact(fact) => self.question_fact(subject, fact),
            Fact::QuotesOpen
            | Fact::QuoteOpenFor
            | Fact::QuoteAmount
            | Fact::LastQuote
            | Fact::QuoteClosedFor
            | Fact::QuoteValidFor => quote_fact(lead, fact, self.now()),
            Fact::DaysTo => self.days_to(lead, args),
            Fact::DoNotCall | Fact::DoNotEmail | Fact::Objected | Fact::Consent | Fact::ConsentBasis => {
                self.consent_fact(fact, args)
            }
            _ => self.record_fact(lead, subject, fact, args),
        }
    }
}

/// The word of a stage as a value. They are made once, because conditions read the stage more often than any other fact.
fn stage_value(stage: Stage) -> Value {
    static VALUES: LazyLock<Vec<Value>> =
        LazyLock::new(|| Stage::ALL.iter().map(|stage| Value::text(stage.word())).collect());
    VALUES.get(stage as usize).cloned().unwrap_or(Value::Unknown)
}
