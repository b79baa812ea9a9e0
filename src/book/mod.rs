//! Leads as data: the words of the field, the leads themselves, and the door through which they come in.

pub mod catalogue;
pub mod import;
pub mod ingest;
pub mod lead;
#[cfg(feature = "command")]
pub mod sample;
pub mod schema;
pub mod value;
pub mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use lead::{Account, Consent, FieldValue, Lead, Person, PlannedTouch, Quote, Signal};

use crate::team::{Content, Rep};

/// The leads in memory, with the reps who look after them and the content there is to offer.
///
/// A `Book` is a cheap handle: cloning shares the leads. Leads with the same account are found together, because caps
/// count across the account.
#[derive(Clone, Debug, Default)]
pub struct Book {
    shared: Arc<Shelf>,
}

#[derive(Debug, Default)]
struct Shelf {
    leads: Vec<Lead>,
    reps: Vec<Rep>,
    contents: Vec<Content>,
    by_id: BTreeMap<String, usize>,
    by_account: BTreeMap<String, Vec<usize>>,
}

impl Book {
    /// A book of leads that have passed the door ([`ingest`]). Of leads with the same id the first is kept.
    pub fn new(leads: Vec<Lead>, reps: Vec<Rep>, contents: Vec<Content>) -> Self {
        let mut shelf = Shelf { reps, contents, ..Shelf::default() };
        for lead in leads {
            if shelf.by_id.contains_key(&lead.id) {
                continue;
            }
            let index = shelf.leads.len();
            shelf.by_id.insert(lead.id.clone(), index);
            shelf.by_account.entry(lead.account.id.clone()).or_default().push(index);
            shelf.leads.push(lead);
        }
        Self { shared: Arc::new(shelf) }
    }

    /// Every lead, in file order.
    pub fn leads(&self) -> &[Lead] {
        &self.shared.leads
    }

    /// Every rep, in file order.
    pub fn reps(&self) -> &[Rep] {
        &self.shared.reps
    }

    /// Every piece of content, in file order.
    pub fn contents(&self) -> &[Content] {
        &self.shared.contents
    }

    /// The place of the lead with this id in [`leads`](Self::leads).
    pub fn find(&self, id: &str) -> Option<usize> {
        self.shared.by_id.get(id).copied()
    }

    /// The places of all leads of one account, in file order.
    pub fn of_account(&self, account: &str) -> &[usize] {
        self.shared.by_account.get(account).map_or(&[], Vec::as_slice)
    }

    /// The accounts, by id, each with the places of its leads.
    pub fn accounts(&self) -> impl Iterator<Item = (&str, &[usize])> {
        self.shared.by_account.iter().map(|(id, leads)| (id.as_str(), leads.as_slice()))
    }

    /// The rep with this id.
    pub fn rep(&self, id: &str) -> Option<&Rep> {
        self.shared.reps.iter().find(|rep| rep.id == id)
    }

    /// The content with this id.
    pub fn content(&self, id: &str) -> Option<&Content> {
        self.shared.contents.iter().find(|content| content.id == id)
    }
}
