//! The book: all leads in memory, stored as pages of columns, and changed one lead at a time.
//!
//! What decisions about many leads read is in [`columns`](crate::book::columns); the rest of each record is
//! [`packed`](crate::book::packed). One lead, or all leads of an account, are made records again on request.
//!
//! Invariant: [`Book::lead`] gives back exactly the lead that was added, and no two leads have the same id.

use std::sync::Arc;

use crate::book::accounts::Accounts;
use crate::book::columns::people::{ALIASES, HUMAN};
use crate::book::columns::{NOT_COUNTED, PAGE, Page, PageBuilder};
use crate::book::contact_groups::{ContactGroups, GroupTooLarge, Link};
use crate::book::content::Content;
use crate::book::group_records::{GroupRecords, SharedRecords};
use crate::book::index::IdIndex;
use crate::book::lead_ref::{LeadRef, SignalRef};
use crate::book::packed::unpack;
use crate::book::packed::unpack::{account_of, id_of};
use crate::book::refusal::Problem;
use crate::book::rep::Rep;
use crate::book::word_table::WordTable;
use crate::book::{Feedback, Lead, Person, Signal, Team};
use crate::calendar::Instant;
use crate::limits;
use crate::wording::Sentence;

/// The leads in memory, with the reps and the content. A place is the number of a lead in the book, from 0, in file order.
#[derive(Clone, Debug, Default)]
pub struct Book {
    words: WordTable,
    pages: Vec<Page>,
    len: usize,
    ids: IdIndex,
    accounts: Accounts,
    groups: ContactGroups,
    common: Arc<SharedRecords>,
}

impl Book {
    /// A book of checked leads ([`ingest`](crate::book::ingest)). Of leads with the same id the first is taken; leads that would make a
    /// contact group too large are not taken.
    pub fn new(leads: Vec<Lead>, reps: Vec<Rep>, contents: Vec<Content>) -> Self {
        let mut builder = BookBuilder::default();
        for lead in &leads {
            // One that cannot be added is left out, as a file's would be refused.
            let _ = builder.add(&mut LeadRef::from(lead));
        }
        builder.finish(Team::new(reps, contents))
    }

    /// The number of leads.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// True when there are no leads.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The columns: lead `n` is at place `n % PAGE` of page `n / PAGE`.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The texts to which the columns refer.
    pub const fn words(&self) -> &WordTable {
        &self.words
    }

    /// The lead at this place as it was added, with what counts for nothing set apart ([`Lead::not_counted`]); `None` beyond the end.
    pub fn lead(&self, lead: usize) -> Option<Lead> {
        self.pages.get(lead / PAGE)?.lead(lead % PAGE, &self.words)
    }

    /// The people of the lead at this place, our own among them, in the order of its file record; empty beyond the end.
    pub fn people(&self, lead: usize) -> Vec<Person> {
        if lead < self.len { unpack(packed(&self.pages, lead), &self.words).0.with_not_counted().0 } else { Vec::new() }
    }

    /// The place of a person in [`people`](Self::people), from their place among those of the lead who count ([`Lead::people`]).
    pub fn place_of_person(&self, lead: usize, counted: u32) -> u32 {
        let extras = self.pages.get(lead / PAGE).and_then(|page| page.extras.get(lead % PAGE));
        if extras.is_none_or(|extras| extras & NOT_COUNTED == 0) {
            return counted;
        }
        unpack(packed(&self.pages, lead), &self.words).0.not_counted.place_in_file(counted)
    }

    /// Every lead as a record, in file order. For a large book use [`lead`](Self::lead) one by one: all records together need several times
    /// the memory of the book.
    pub fn leads(&self) -> Vec<Lead> {
        (0..self.len).filter_map(|lead| self.lead(lead)).collect()
    }

    /// The id of the lead at this place; `None` beyond the end.
    pub fn id(&self, lead: usize) -> Option<&str> {
        (lead < self.len).then(|| id_of(packed(&self.pages, lead)))
    }

    /// Every id, in file order.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len).map(|lead| id_of(packed(&self.pages, lead)))
    }

    /// The place of the lead with this id; `None` when there is none.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.ids.find(id, |lead| id_of(packed(&self.pages, lead as usize))).map(|lead| lead as usize)
    }

    /// The places of all leads of the account with this number ([`Page::account`]), in file order.
    pub fn of_account(&self, account: u32) -> &[u32] {
        self.accounts.leads(account)
    }

    /// The places of the leads that are decided together with this one, including itself, in file order: those of its account, and of the
    /// accounts that people link to it. Empty beyond the end.
    pub fn siblings(&self, lead: usize) -> &[u32] {
        let account = self.pages.get(lead / PAGE).and_then(|page| page.account.get(lead % PAGE));
        let of_group = |account: &u32| self.groups.leads(*account).unwrap_or_else(|| self.accounts.leads(*account));
        account.map_or(&[], of_group)
    }

    /// The leads that are decided together with this one as records, in the order of [`siblings`](Self::siblings).
    pub fn group_records(&self, lead: usize) -> GroupRecords {
        let leads = self.siblings(lead).iter().filter_map(|lead| self.lead(*lead as usize));
        GroupRecords::with_shared(leads.collect(), self.common.clone())
    }

    /// Records without leads, with the reps and the content: for questions about the team only.
    pub fn team_records(&self) -> GroupRecords {
        GroupRecords::with_shared(Vec::new(), self.common.clone())
    }

    /// All leads as records, for small books: see [`leads`](Self::leads).
    pub fn all_records(&self) -> GroupRecords {
        GroupRecords::with_shared(self.leads(), self.common.clone())
    }

    /// The reps and the content, for other books to share.
    pub fn team(&self) -> Team {
        Team(self.common.clone())
    }

    /// Every rep, in file order.
    pub fn reps(&self) -> &[Rep] {
        &self.common.reps
    }

    /// Every piece of content, in file order.
    pub fn contents(&self) -> &[Content] {
        &self.common.contents
    }

    /// The rep with this id; `None` when there is none.
    pub fn rep(&self, id: &str) -> Option<&Rep> {
        self.common.rep(id)
    }

    /// The content with this id; `None` when there is none.
    pub fn content(&self, id: &str) -> Option<&Content> {
        self.common.content(id)
    }

    /// The moment of the last signal of all leads; `None` when there are no signals.
    pub fn last_signal_at(&self) -> Option<Instant> {
        self.pages.iter().flat_map(|page| &page.log.at).max().map(|at| Instant::from_millis(*at))
    }

    /// Adds a checked lead, or replaces the one with its id. Returns its place.
    ///
    /// # Errors
    /// When its people would link too many leads. Nothing is changed then.
    pub fn put(&mut self, lead: &Lead) -> Result<usize, GroupTooLarge> {
        let mut lead_ref = LeadRef::from(lead);
        lead_ref.sort_signals();
        lead_ref.set_apart();
        let place = self.find(lead_ref.id).unwrap_or(self.len);
        let number = u32::try_from(place).unwrap_or(u32::MAX);
        let links = Link::of_refs(&lead_ref.people);
        let replaced = self.pages.get(place / PAGE).and_then(|page| page.account.get(place % PAGE)).copied();
        let Self { words, pages, accounts, groups, .. } = self;
        let account_id = |lead: u32| account_of(packed(pages, lead as usize));
        let people_of = |lead: u32| people(packed(pages, lead as usize), words);
        let own = accounts.find(lead_ref.account.id, account_id);
        let old_people = replaced.filter(|_| !groups.is_empty()).map(|_| people_of(number)).unwrap_or_default();
        let keeps_links = replaced.is_some() && replaced == own && Link::of_people(&old_people) == links;
        let mut joins = Vec::new();
        if !keeps_links {
            if let Some(old) = replaced {
                groups.remove((number, old), accounts, &people_of);
            }
            match groups.joins(&links, own, accounts) {
                Ok(found) => joins = found,
                Err(too_large) => {
                    if let Some(old) = replaced {
                        accounts.add_lead(old, number);
                        groups.restore((number, old), &old_people, accounts);
                    }
                    return Err(too_large);
                }
            }
        }
        if let Some(old) = replaced.filter(|old| own != Some(*old)) {
            accounts.forget_if_empty(old, account_id(number));
        }
        let account = own.unwrap_or_else(|| accounts.number(lead_ref.account.id, account_id));
        if replaced.is_none() {
            match self.pages.last_mut().filter(|page| page.len < PAGE) {
                Some(page) => page.push_unknown(),
                None => self.pages.push(PageBuilder::default().finish_with_unknown()),
            }
            self.len += 1;
        }
        if let Some(page) = self.pages.get_mut(place / PAGE) {
            page.set(place % PAGE, &lead_ref, account, &mut self.words);
        }
        let Self { pages, ids, accounts, groups, .. } = self;
        ids.find_or_insert(lead_ref.id, number, |lead| id_of(packed(pages, lead as usize)));
        accounts.add_lead(account, number);
        groups.add((number, account), &links, &joins, accounts);
        Ok(place)
    }

    /// Adds a signal to the lead at this place. A person it names should be one of the lead's people. False beyond the end.
    pub fn log(&mut self, lead: usize, signal: &Signal) -> bool {
        if lead >= self.len {
            return false;
        }
        // The log stores the place of a person among the lead's people, so only then the record is needed.
        let mut record = Lead::default();
        if signal.person.is_some() {
            record = unpack(packed(&self.pages, lead), &self.words).0;
        }
        let lead_ref = LeadRef::from(&record);
        let Some(page) = self.pages.get_mut(lead / PAGE) else { return false };
        if page.log(lead % PAGE, &lead_ref, &SignalRef::from(signal), &mut self.words) {
            return true;
        }
        // The signal has more than a log holds, so the packed record changes too.
        let Some(mut record) = self.lead(lead) else { return false };
        let at = record.signals.partition_point(|earlier| earlier.at <= signal.at);
        record.signals.insert(at, signal.clone());
        self.put(&record).is_ok()
    }

    /// Adds feedback to the lead at this place. A person it names should be one of the lead's people. Of more than [`limits::ENTRIES`] the oldest
    /// goes. False beyond the end.
    pub fn add_feedback(&mut self, lead: usize, feedback: &Feedback) -> bool {
        let Some(mut record) = self.lead(lead) else { return false };
        let at = record.feedback.partition_point(|earlier| earlier.at <= feedback.at);
        record.feedback.insert(at, feedback.clone());
        if record.feedback.len() > limits::ENTRIES {
            record.feedback.remove(0);
        }
        self.put(&record).is_ok()
    }
}

/// The people of a packed record.
fn people(record: &[u8], words: &WordTable) -> Vec<Person> {
    unpack(record, words).0.people
}

/// The packed record of the lead at this place; empty beyond the end.
fn packed(pages: &[Page], lead: usize) -> &[u8] {
    pages.get(lead / PAGE).map_or(&[], |page| page.packed.get(lead % PAGE))
}

/// Why a lead was not added to a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotAdded {
    /// An earlier lead has its id.
    SameId,
    /// Its account, or those that its people link to it, would have too many leads.
    GroupTooLarge(GroupTooLarge),
    /// With its own fields the book would have more than [`limits::FIELD_NAMES`].
    TooManyFields,
}

impl NotAdded {
    /// The field of the lead that it is about, and the reason.
    pub(super) fn refusal(self) -> Problem {
        match self {
            Self::SameId => ("id".to_owned(), Sentence::new("record-same-id")),
            Self::GroupTooLarge(too_large) => (too_large.path.clone(), too_large.reason()),
            Self::TooManyFields => {
                ("fields".to_owned(), Sentence::new("record-too-many-fields").with("most", limits::FIELD_NAMES))
            }
        }
    }
}

/// Builds a book lead by lead, or page by page.
#[derive(Clone, Debug, Default)]
pub(super) struct BookBuilder {
    book: Book,
    page: PageBuilder,
}

impl BookBuilder {
    /// An empty book with space for `count` leads.
    pub(super) fn with_capacity(count: usize) -> Self {
        let (ids, accounts) = (IdIndex::with_capacity(count), Accounts::with_capacity(count));
        let pages = Vec::with_capacity(count.div_ceil(PAGE));
        Self { book: Book { ids, accounts, pages, ..Book::default() }, page: PageBuilder::default() }
    }

    /// The number of leads added.
    pub(super) const fn len(&self) -> usize {
        self.book.len
    }

    /// Appends a lead. Sorts its signals, and sets apart what counts for nothing.
    ///
    /// # Errors
    /// Why it was not added; the book is as it was.
    pub(super) fn add(&mut self, lead: &mut LeadRef<'_>) -> Result<(), NotAdded> {
        let Self { book: Book { words, pages, len, ids, accounts, groups, .. }, page } = self;
        if page.field_names() + lead.fields.len() > limits::FIELD_NAMES
            && page.with_names_of(lead) > limits::FIELD_NAMES
        {
            return Err(NotAdded::TooManyFields);
        }
        let record = |place: u32| {
            let place = place as usize;
            if place / PAGE < pages.len() { packed(pages, place) } else { page.packed(place % PAGE) }
        };
        let place = u32::try_from(*len).unwrap_or(u32::MAX);
        let id = |other: u32| if other == place { lead.id } else { id_of(record(other)) };
        if ids.find_or_insert(lead.id, place, id).is_some() {
            return Err(NotAdded::SameId);
        }
        lead.sort_signals();
        lead.set_apart();
        let links = Link::of_refs(&lead.people);
        // A new account gets its number when it is certain that the lead is added; without links only a known account can be full.
        let own = match links.is_empty() {
            true => Some(accounts.number(lead.account.id, |lead| account_of(record(lead)))),
            false => accounts.find(lead.account.id, |lead| account_of(record(lead))),
        };
        let joins = match groups.joins(&links, own, accounts) {
            Ok(joins) => joins,
            Err(too_large) => {
                ids.remove(lead.id, place);
                return Err(NotAdded::GroupTooLarge(too_large));
            }
        };
        let account = own.unwrap_or_else(|| accounts.number(lead.account.id, |lead| account_of(record(lead))));
        accounts.add_lead(account, place);
        groups.add((place, account), &links, &joins, accounts);
        page.push(lead, account, words);
        *len += 1;
        if page.is_full() {
            pages.push(page.finish());
        }
        Ok(())
    }

    /// Appends a page of leads whose list of account numbers is still empty; it is filled here. All pages but the last must be full.
    ///
    /// # Errors
    /// The place in the page and the id of the first lead that cannot be added, and why.
    pub(super) fn add_page(&mut self, mut page: Page) -> Result<(), (usize, String, NotAdded)> {
        let Book { words, pages, len, ids, accounts, groups, .. } = &mut self.book;
        let first = *len;
        let record = |place: u32| {
            let place = place as usize;
            if place < first { packed(pages, place) } else { page.packed.get(place - first) }
        };
        let mut numbers = Vec::with_capacity(page.len);
        for nth in 0..page.len {
            let place = u32::try_from(first + nth).unwrap_or(u32::MAX);
            let id = id_of(record(place));
            if ids.find_or_insert(id, place, |other| id_of(record(other))).is_some() {
                return Err((nth, id.to_owned(), NotAdded::SameId));
            }
            let account = accounts.number(account_of(record(place)), |lead| account_of(record(lead)));
            let flags = page.people.flags.get(page.people.range(nth)).unwrap_or_default();
            let linked = flags.iter().any(|flags| flags & (HUMAN | ALIASES) != 0);
            let members = if linked { people(record(place), words) } else { Vec::new() };
            let links = Link::of_people(&members);
            let joins = groups.joins(&links, Some(account), accounts);
            let joins = joins.map_err(|too_large| (nth, id.to_owned(), NotAdded::GroupTooLarge(too_large)))?;
            accounts.add_lead(account, place);
            groups.add((place, account), &links, &joins, accounts);
            numbers.push(account);
        }
        page.account = numbers;
        *len += page.len;
        pages.push(page);
        Ok(())
    }

    /// The texts of the book, for filling a page.
    pub(super) const fn words(&mut self) -> &mut WordTable {
        &mut self.book.words
    }

    /// The book, with its reps and content.
    pub(super) fn finish(mut self, team: Team) -> Book {
        if !self.page.is_empty() {
            self.book.pages.push(self.page.finish());
        }
        self.book.pages.shrink_to_fit();
        self.book.common = team.0;
        self.book
    }
}
