//! Leads as records: the leads of one account, or of a small file, with the reps and the content there is.
//!
//! This is what one lead is decided and explained from. Many leads are kept as columns ([`crate::book::columns`]), and become a dossier when
//! somebody asks for the whole story of one of them.
//!
//! Invariant: every id is there once, and the leads of an account are found together, because caps count across the account.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::Lead;
use crate::book::content::Content;
use crate::book::rep::Rep;

/// Leads as records, with the reps who look after them and the content there is to offer.
///
/// A cheap handle: cloning shares the leads.
#[derive(Clone, Debug, Default)]
pub struct AccountRecords {
    shared: Arc<RecordList>,
}

#[derive(Debug, Default)]
struct RecordList {
    leads: Vec<Lead>,
    common: Arc<SharedRecords>,
    by_id: BTreeMap<String, usize>,
    by_account: BTreeMap<String, Vec<usize>>,
}

/// What all leads of a book have in common: who looks after them and what there is to offer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct SharedRecords {
    pub(super) reps: Vec<Rep>,
    pub(super) contents: Vec<Content>,
}

impl SharedRecords {
    pub(super) fn rep(&self, id: &str) -> Option<&Rep> {
        self.reps.iter().find(|rep| rep.id == id)
    }

    pub(super) fn content(&self, id: &str) -> Option<&Content> {
        self.contents.iter().find(|content| content.id == id)
    }
}

impl AccountRecords {
    /// A dossier of leads that have passed the door ([`ingest`](crate::book::ingest)). Of leads with the same id the first is kept.
    pub fn new(leads: Vec<Lead>, reps: Vec<Rep>, contents: Vec<Content>) -> Self {
        Self::sharing(leads, Arc::new(SharedRecords { reps, contents }))
    }

    /// The same, with the reps and content of a book.
    pub(super) fn sharing(leads: Vec<Lead>, common: Arc<SharedRecords>) -> Self {
        let mut shelf = RecordList { common, ..RecordList::default() };
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
        &self.shared.common.reps
    }

    /// Every piece of content, in file order.
    pub fn contents(&self) -> &[Content] {
        &self.shared.common.contents
    }

    /// The place of the lead with this id in [`leads`](Self::leads).
    pub fn find(&self, id: &str) -> Option<usize> {
        self.shared.by_id.get(id).copied()
    }

    /// The places of all leads of one account, in file order.
    pub fn of_account(&self, account: &str) -> &[usize] {
        self.shared.by_account.get(account).map_or(&[], Vec::as_slice)
    }

    /// The rep with this id.
    pub fn rep(&self, id: &str) -> Option<&Rep> {
        self.shared.common.rep(id)
    }

    /// The content with this id.
    pub fn content(&self, id: &str) -> Option<&Content> {
        self.shared.common.content(id)
    }
}
