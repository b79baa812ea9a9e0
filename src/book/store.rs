//! The book: many leads resident in memory, small, and changed one at a time.
//!
//! What deciding reads of many leads stands in [`columns`](crate::book::columns); the rest of each record is [`packed`](crate::book::packed). A lead, or
//! all leads of an account ([`Book::dossier_of`]), become records again when somebody asks for the whole story.
//!
//! Invariant: [`Book::lead`] gives back exactly the lead that was put in, and every id is there once.

use std::sync::Arc;

use crate::book::account_records::{AccountRecords, SharedRecords};
use crate::book::accounts::Accounts;
use crate::book::columns::{PAGE, Page, PageBuilder};
use crate::book::content::Content;
use crate::book::index::IdIndex;
use crate::book::lead_ref::{LeadRef, SignalRef};
use crate::book::packed::record::{account_of, id_of};
use crate::book::packed::unpack;
use crate::book::rep::Rep;
use crate::book::word_table::WordTable;
use crate::book::{Lead, Person, Signal};
use crate::calendar::Instant;

/// The leads in memory, with the reps who look after them and the content there is to offer.
#[derive(Clone, Debug, Default)]
pub struct Book {
    words: WordTable,
    pages: Vec<Page>,
    len: usize,
    ids: IdIndex,
    accounts: Accounts,
    common: Arc<SharedRecords>,
}

impl Book {
    /// A book of leads that have passed the door ([`ingest`](crate::book::ingest)). Of leads with the same id the first is kept.
    pub fn new(leads: Vec<Lead>, reps: Vec<Rep>, contents: Vec<Content>) -> Self {
        let mut filling = BookBuilder::default();
        for lead in &leads {
            filling.add(&mut LeadRef::from(lead));
        }
        filling.finish(reps, contents)
    }

    /// How many leads.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// True when there are none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The columns: lead `n` stands at place `n % PAGE` of page `n / PAGE`.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The texts to which the columns refer.
    pub const fn words(&self) -> &WordTable {
        &self.words
    }

    /// The lead at this place, exactly as it came in.
    pub fn lead(&self, lead: usize) -> Option<Lead> {
        self.pages.get(lead / PAGE)?.lead(lead % PAGE, &self.words)
    }

    /// The people of the lead at this place; none where there is no such lead.
    pub fn people(&self, lead: usize) -> Vec<Person> {
        if lead < self.len { unpack(packed(&self.pages, lead), &self.words).0.people } else { Vec::new() }
    }

    /// Every lead as a record, in file order. Of many leads ask one after another.
    pub fn leads(&self) -> Vec<Lead> {
        (0..self.len).filter_map(|lead| self.lead(lead)).collect()
    }

    /// The id of the lead at this place.
    pub fn id(&self, lead: usize) -> Option<&str> {
        (lead < self.len).then(|| id_of(packed(&self.pages, lead)))
    }

    /// Every id, in file order.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len).map(|lead| id_of(packed(&self.pages, lead)))
    }

    /// The place of the lead with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.ids.find(id, |lead| id_of(packed(&self.pages, lead as usize))).map(|lead| lead as usize)
    }

    /// The places of all leads of the account with this number ([`Page::account`]), in file order.
    pub fn of_account(&self, account: u32) -> &[u32] {
        self.accounts.leads(account)
    }

    /// The places of the leads of the same account as this one, itself among them, in file order.
    pub fn siblings(&self, lead: usize) -> &[u32] {
        let account = self.pages.get(lead / PAGE).and_then(|page| page.account.get(lead % PAGE));
        account.map_or(&[], |account| self.accounts.leads(*account))
    }

    /// The leads of the same account as this one as records, in the order of [`siblings`](Self::siblings).
    pub fn dossier_of(&self, lead: usize) -> AccountRecords {
        let leads = self.siblings(lead).iter().filter_map(|lead| self.lead(*lead as usize));
        AccountRecords::sharing(leads.collect(), self.common.clone())
    }

    /// No leads, with the reps and the content: for what is asked of the team alone.
    pub fn dossier_of_nobody(&self) -> AccountRecords {
        AccountRecords::sharing(Vec::new(), self.common.clone())
    }

    /// All leads as records, for small books.
    pub fn dossier(&self) -> AccountRecords {
        AccountRecords::sharing(self.leads(), self.common.clone())
    }

    /// Every rep, in file order.
    pub fn reps(&self) -> &[Rep] {
        &self.common.reps
    }

    /// Every piece of content, in file order.
    pub fn contents(&self) -> &[Content] {
        &self.common.contents
    }

    /// The rep with this id.
    pub fn rep(&self, id: &str) -> Option<&Rep> {
        self.common.rep(id)
    }

    /// The content with this id.
    pub fn content(&self, id: &str) -> Option<&Content> {
        self.common.content(id)
    }

    /// When the last thing happened in any of the leads.
    pub fn newest(&self) -> Option<Instant> {
        self.pages.iter().flat_map(|page| &page.log.at).max().map(|at| Instant::from_millis(*at))
    }

    /// Adds a lead that has passed the door, or puts it in the place of the one with its id. Its place.
    pub fn put(&mut self, lead: &Lead) -> usize {
        let mut sketch = LeadRef::from(lead);
        sketch.sort_signals();
        let pages = &self.pages;
        let account = self.accounts.number(sketch.account.id, |lead| account_of(packed(pages, lead as usize)));
        let place = self.find(sketch.id).unwrap_or(self.len);
        let number = u32::try_from(place).unwrap_or(u32::MAX);
        if place == self.len {
            match self.pages.last_mut().filter(|page| page.len < PAGE) {
                Some(page) => page.push_unknown(),
                None => self.pages.push(PageBuilder::default().seal_with_one()),
            }
            self.len += 1;
        } else if let Some(old) = self.pages.get(place / PAGE).and_then(|page| page.account.get(place % PAGE)) {
            self.accounts.leave(*old, number);
        }
        if let Some(page) = self.pages.get_mut(place / PAGE) {
            page.set(place % PAGE, &sketch, account, &mut self.words);
        }
        let pages = &self.pages;
        self.ids.find_or_insert(sketch.id, number, |lead| id_of(packed(pages, lead as usize)));
        self.accounts.join(account, number);
        place
    }

    /// Adds a signal to the log of the lead at this place. The person it names should be one of the lead's. False when there is no such lead.
    pub fn log(&mut self, lead: usize, signal: &Signal) -> bool {
        if lead >= self.len {
            return false;
        }
        let mut named = Lead::default();
        if signal.person.is_some() {
            named = unpack(packed(&self.pages, lead), &self.words).0;
        }
        let sketch = LeadRef::from(&named);
        let Some(page) = self.pages.get_mut(lead / PAGE) else { return false };
        if page.log(lead % PAGE, &sketch, &SignalRef::from(signal), &mut self.words) {
            return true;
        }
        // It says more than a log holds, so the record changes too.
        let Some(mut record) = self.lead(lead) else { return false };
        let at = record.signals.partition_point(|earlier| earlier.at <= signal.at);
        record.signals.insert(at, signal.clone());
        self.put(&record);
        true
    }
}

/// The packed record of the lead at this place.
fn packed(pages: &[Page], lead: usize) -> &[u8] {
    pages.get(lead / PAGE).map_or(&[], |page| page.packed.get(lead % PAGE))
}

/// A book that is being filled, lead after lead.
#[derive(Clone, Debug, Default)]
pub(super) struct BookBuilder {
    book: Book,
    draft: PageBuilder,
}

impl BookBuilder {
    /// With room for so many leads.
    pub(super) fn expecting(many: usize) -> Self {
        let (ids, accounts) = (IdIndex::with_capacity(many), Accounts::expecting(many));
        let pages = Vec::with_capacity(many.div_ceil(PAGE));
        Self { book: Book { ids, accounts, pages, ..Book::default() }, draft: PageBuilder::default() }
    }

    /// How many leads so far.
    pub(super) const fn len(&self) -> usize {
        self.book.len
    }

    /// Adds a lead at the end; false when its id is there already.
    pub(super) fn add(&mut self, lead: &mut LeadRef<'_>) -> bool {
        let Self { book: Book { words, pages, len, ids, accounts, .. }, draft } = self;
        let record = |place: u32| {
            let place = place as usize;
            if place / PAGE < pages.len() { packed(pages, place) } else { draft.packed(place % PAGE) }
        };
        let place = u32::try_from(*len).unwrap_or(u32::MAX);
        if ids.find_or_insert(lead.id, place, |other| id_of(record(other))).is_some() {
            return false;
        }
        lead.sort_signals();
        let account = accounts.number(lead.account.id, |place| account_of(record(place)));
        accounts.join(account, place);
        draft.push(lead, account, words);
        *len += 1;
        if draft.is_full() {
            pages.push(draft.seal());
        }
        true
    }

    /// Adds a page of leads, of which only the accounts have no numbers yet. Pages come one after another, all but the last one full.
    ///
    /// # Errors
    /// The place in the page of a lead whose id is there already, and the id.
    pub(super) fn add_page(&mut self, mut page: Page) -> Result<(), (usize, String)> {
        let Book { pages, len, ids, accounts, .. } = &mut self.book;
        let first = *len;
        let record = |place: u32| {
            let place = place as usize;
            if place < first { packed(pages, place) } else { page.packed.get(place - first) }
        };
        for nth in 0..page.len {
            let place = u32::try_from(first + nth).unwrap_or(u32::MAX);
            let id = id_of(record(place));
            if ids.find_or_insert(id, place, |other| id_of(record(other))).is_some() {
                return Err((nth, id.to_owned()));
            }
            let account = accounts.number(account_of(record(place)), |lead| account_of(record(lead)));
            accounts.join(account, place);
            page.account.push(account);
        }
        *len += page.len;
        pages.push(page);
        Ok(())
    }

    /// The texts of the book.
    pub(super) const fn words(&mut self) -> &mut WordTable {
        &mut self.book.words
    }

    /// The book.
    pub(super) fn finish(mut self, reps: Vec<Rep>, contents: Vec<Content>) -> Book {
        if !self.draft.is_empty() {
            self.book.pages.push(self.draft.seal());
        }
        self.book.pages.shrink_to_fit();
        self.book.common = Arc::new(SharedRecords { reps, contents });
        self.book
    }
}
