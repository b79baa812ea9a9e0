//! Leads as records: the leads of one contact group, which is an account with those that people link to it (or all leads of a small file),
//! with the reps and the content of the book.
//!
//! A single lead is decided and explained from records. A [`Book`](crate::book::Book) stores leads as columns ([`crate::book::columns`])
//! and makes records on request.
//!
//! Invariant: no two leads have the same id, and all leads of an account that are in the records are found together, because caps count
//! across the account.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::book::Lead;
use crate::book::content::Content;
use crate::book::conversations::ConversationIndex;
use crate::book::humans::Humans;
use crate::book::index::IdIndex;
use crate::book::log_index::LogIndex;
use crate::book::rep::Rep;

/// Leads as records, with the reps and the content of the book. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct GroupRecords {
    shared: Arc<RecordList>,
}

#[derive(Debug, Default)]
struct RecordList {
    leads: Vec<Lead>,
    common: Arc<SharedRecords>,
    /// Absent for at most one lead, because most accounts have one and many are read one after another.
    index: Option<RecordIndex>,
    /// Made when first asked for, and so is the next.
    humans: OnceLock<Humans>,
    log_index: OnceLock<LogIndex>,
    conversations: OnceLock<ConversationIndex>,
}

/// Where leads stand, by id and by account.
#[derive(Debug, Default)]
struct RecordIndex {
    by_id: BTreeMap<String, usize>,
    by_account: BTreeMap<String, Vec<usize>>,
}

/// What a book has beside its leads: the reps and the content.
#[derive(Clone, Debug, Default)]
pub(super) struct SharedRecords {
    pub(super) reps: Vec<Rep>,
    pub(super) contents: Vec<Content>,
    rep_index: IdIndex,
    content_index: IdIndex,
}

impl SharedRecords {
    /// Reps and content, to be found by their ids. Of those with the same id the first is found.
    pub(super) fn new(reps: Vec<Rep>, contents: Vec<Content>) -> Self {
        let (mut rep_index, mut content_index) = (IdIndex::default(), IdIndex::default());
        for (nth, rep) in (0..).zip(&reps) {
            rep_index.find_or_insert(&rep.id, nth, |nth| text_of(&reps, nth, |rep| &rep.id));
        }
        for (nth, content) in (0..).zip(&contents) {
            content_index.find_or_insert(&content.id, nth, |nth| text_of(&contents, nth, |content| &content.id));
        }
        Self { reps, contents, rep_index, content_index }
    }

    pub(super) fn rep(&self, id: &str) -> Option<&Rep> {
        let found = self.rep_index.find(id, |nth| text_of(&self.reps, nth, |rep| &rep.id))?;
        self.reps.get(found as usize)
    }

    pub(super) fn content(&self, id: &str) -> Option<&Content> {
        let found = self.content_index.find(id, |nth| text_of(&self.contents, nth, |content| &content.id))?;
        self.contents.get(found as usize)
    }
}

/// The text of the item with this number; empty beyond the end.
fn text_of<T>(items: &[T], nth: u32, text: impl Fn(&T) -> &str) -> &str {
    items.get(nth as usize).map_or("", text)
}

impl GroupRecords {
    /// The records of checked leads ([`ingest`](crate::book::ingest)). Of leads with the same id the first is taken.
    pub fn new(leads: Vec<Lead>, reps: Vec<Rep>, contents: Vec<Content>) -> Self {
        Self::with_shared(leads, Arc::new(SharedRecords::new(reps, contents)))
    }

    /// The records of checked leads, with the reps and content of a book.
    pub(super) fn with_shared(leads: Vec<Lead>, common: Arc<SharedRecords>) -> Self {
        if leads.len() <= 1 {
            return Self { shared: Arc::new(RecordList { leads, common, ..RecordList::default() }) };
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
        Self { shared: Arc::new(RecordList { leads: kept, common, index: Some(index), ..RecordList::default() }) }
    }

    /// These leads, with the reps and content of these records.
    pub(crate) fn with_leads(&self, leads: Vec<Lead>) -> Self {
        Self::with_shared(leads, self.shared.common.clone())
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

    /// Which people of these leads are the same human.
    pub(crate) fn humans(&self) -> &Humans {
        self.shared.humans.get_or_init(|| Humans::of(&self.shared.leads))
    }

    /// The signals of these leads by account and human.
    pub(crate) fn log_index(&self) -> &LogIndex {
        self.shared.log_index.get_or_init(|| LogIndex::new(&self.shared.leads, self.humans()))
    }

    /// The real conversations in these leads.
    pub(crate) fn conversations(&self) -> &ConversationIndex {
        self.shared.conversations.get_or_init(|| ConversationIndex::new(&self.shared.leads, || self.humans()))
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
