//! What deciding needs at hand: the book, the moment, and what was already worked out about hours.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::book::Dossier;
use crate::calendar::{Almanac, Instant, Reachable};

/// The leads of an account at one moment.
#[derive(Debug)]
pub(crate) struct Desk<'a> {
    /// The leads, reps and content.
    pub(crate) book: &'a Dossier,
    /// The moment asked about.
    pub(crate) now: Instant,
    /// Open times worked out so far.
    pub(crate) almanac: &'a Almanac,
    hours: &'a Hours,
}

/// What was worked out so far, for all accounts. It never changes an answer, only how soon it comes.
#[derive(Debug)]
pub(crate) struct Memory {
    almanac: Almanac,
    hours: Hours,
}

/// Hours by their text; `None` when they cannot be read.
type Hours = RefCell<BTreeMap<String, Option<Rc<Reachable>>>>;

impl Memory {
    /// Nothing is worked out yet.
    pub(crate) fn new() -> Self {
        Self { almanac: Almanac::new(), hours: RefCell::default() }
    }
}

impl<'a> Desk<'a> {
    /// A desk for these leads.
    pub(crate) fn new(book: &'a Dossier, now: Instant, memory: &'a Memory) -> Self {
        Self { book, now, almanac: &memory.almanac, hours: &memory.hours }
    }

    /// Hours by their text; `None` when they cannot be read.
    pub(crate) fn hours(&self, text: &str) -> Option<Rc<Reachable>> {
        if let Some(known) = self.hours.borrow().get(text) {
            return known.clone();
        }
        let read = Reachable::parse(text).ok().map(Rc::new);
        self.hours.borrow_mut().insert(text.to_owned(), read.clone());
        read
    }
}
