//! Leads as records: the leads of one account (or all of a small file) with the reps and the content of the book.
//!
//! A single lead is decided and explained from records. A [`Book`](crate::book::Book) stores leads as columns ([`crate::book::columns`])
//! and makes records on request.
//!
//! Invariant: no two leads have the same id, and all leads of an account that are in the records are found together, because caps count
//! across the account.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::Lead;
use crate::book::content::Content;
use crate::book::rep::Rep;

/// Leads as records, with the reps and the content of the book. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct AccountRecords {
    shared: Arc<RecordList>,
}

#[derive(Debug, Default)]
struct RecordList {
    leads: Vec<Lead>,
    common: Arc<SharedRecords>,
    /// Absent for at most one lead, because most accounts have one and many are read one after another.
    index: Option<RecordIndex>,
}

/// Where leads stand, by id and by account.
#[derive(Debug, Default)]
struct RecordIndex {
    by_id: BTreeMap<String, usize>,
    by_account: BTreeMap<String, Vec<usize>>,
}

/// What a book has beside its leads: the reps and the content.
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
    /// The records of checked leads ([`ingest`](crate::book::ingest)). Of leads with the same id the first is taken.
    pub fn new(leads: Vec<Lead>, reps: Vec<Rep>, contents: Vec<Content>) -> Self {
        Self::with_shared(leads, Arc::new(SharedRecords { reps, contents }))
    }

    /// The records of checked leads, with the reps and content of a book.
    pub(super) fn with_shared(leads: Vec<Lead>, common: Arc<SharedRecords>) -> Self {
        if leads.len() <= 1 {
            return Self { shared: Arc::new(RecordList { leads, common, index: None }) };
        }
        let mut index = RecordIndex::default();
        let mut kept = Vec::with_capacity(leads.len());
        for lead in leads {
            if index.by_id.contains_key(&lead.id) {
                continue;
            }
            index.by_id.insert(lead.id.clone(), kept.len());
            index.by_account.entry(lead.account.id.clone()).or_default().push(kept.len());
            kept.push(lead);
        }
        Self { shared: Arc::new(RecordList { leads: kept, common, index: Some(index) }) }
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

    /// The place in [`leads`](Self::leads) of the lead with this id; `None` when there is none.
    pub fn find(&self, id: &str) -> Option<usize> {
        match &self.shared.index {
            Some(index) => index.by_id.get(id).copied(),
            None => self.shared.leads.iter().position(|lead| lead.id == id),
        }
    }

    /// The places of all leads of one account, in file order.
    pub fn of_account(&self, account: &str) -> &[usize] {
        match (&self.shared.index, self.shared.leads.first()) {
            (Some(index), _) => index.by_account.get(account).map_or(&[], Vec::as_slice),
            (None, Some(only)) if only.account.id == account => &[0],
            (None, _) => &[],
        }
    }

    /// The rep with this id; `None` when there is none.
    pub fn rep(&self, id: &str) -> Option<&Rep> {
        self.shared.common.rep(id)
    }

    /// The content with this id; `None` when there is none.
    pub fn content(&self, id: &str) -> Option<&Content> {
        self.shared.common.content(id)
    }
}
