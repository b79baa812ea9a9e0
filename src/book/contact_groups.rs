//! Contact groups: the accounts that are linked by people, directly or through other accounts. Their leads are decided together, because one
//! human has one set of caps, objections and opt-outs.
//!
//! Which people link is told in [`crate::book::humans`]. Here only accounts are joined: each [`LinkKey`] is stored with one account that has
//! it, and a lead with the same key joins its own account to that one. A book without such keys needs no memory for this.
//!
//! Invariant: the groups do not depend on the order in which leads were added or removed.

use rustc_hash::FxHashMap;

use crate::book::accounts::Accounts;
use crate::book::humans::LinkKey;
use crate::book::index::IdIndex;
use crate::book::lead::Person;
use crate::book::lead_ref::PersonRecordRef;
use crate::book::list_ranges;
use crate::{limits, order};

/// The contact groups of a book, of two accounts or more each.
#[derive(Clone, Debug, Default)]
pub(super) struct ContactGroups {
    humans: KeyTable,
    aliases: KeyTable,
    /// The group of each account that is linked to another, as its index in `groups`.
    of_account: FxHashMap<u32, usize>,
    groups: Vec<ContactGroup>,
    /// The indexes in `groups` that are not in use.
    unused: Vec<usize>,
}

#[derive(Clone, Debug, Default)]
struct ContactGroup {
    accounts: Vec<u32>,
    /// Places in the book, ascending.
    leads: Vec<u32>,
}

/// The link keys of one kind, each with an account that has it. A key is kept when nobody has it any more.
#[derive(Clone, Debug, Default)]
struct KeyTable {
    index: IdIndex,
    /// The texts of all keys, one after another.
    texts: String,
    /// Where each text begins, and at the end the length of `texts`; empty without keys.
    starts: Vec<u32>,
    /// An account of each key; `None` when no lead has it any more.
    accounts: Vec<Option<u32>>,
}

/// A link key of a person of a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link<'a> {
    key: LinkKey<'a>,
    /// The index of the person.
    person: usize,
}

impl<'a> Link<'a> {
    /// The link keys of people whose texts are borrowed.
    pub(super) fn of_refs(people: &[PersonRecordRef<'a>]) -> Vec<Self> {
        let keys = |(person, record)| LinkKey::of_person_ref(record).map(move |key| Link { key, person });
        people.iter().enumerate().flat_map(keys).collect()
    }

    /// The link keys of people.
    pub(super) fn of_people(people: &'a [Person]) -> Vec<Self> {
        let keys = |(person, record)| LinkKey::of_person(record).map(move |key| Link { key, person });
        people.iter().enumerate().flat_map(keys).collect()
    }
}

/// The reason why a lead does not fit a book: its contact group would be too large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupTooLarge {
    /// The field that brings the lead into the group: `people[0].human`, `people[2].aliases` or `account.id`.
    pub path: String,
    /// The human or alias; `None` for the account.
    pub id: Option<String>,
    /// The number of leads that the group would have.
    pub leads: usize,
}

impl ContactGroups {
    /// True when no lead that was added has a link key, so that every account is by itself.
    pub(super) const fn is_empty(&self) -> bool {
        self.humans.accounts.is_empty() && self.aliases.accounts.is_empty()
    }

    /// The leads of the group of an account, ascending; `None` when it is linked to no other account.
    pub(super) fn leads(&self, account: u32) -> Option<&[u32]> {
        if self.of_account.is_empty() {
            return None;
        }
        self.groups.get(*self.of_account.get(&account)?).map(|group| group.leads.as_slice())
    }

    /// One account of each other group that a lead with these links joins to its own. `account` is its own account; `None` when the book does not
    /// have it yet.
    ///
    /// # Errors
    /// When the group would have more than [`limits::LEADS_PER_CONTACT_GROUP`] leads.
    pub(super) fn joins(
        &self,
        links: &[Link<'_>],
        account: Option<u32>,
        accounts: &Accounts,
    ) -> Result<Vec<u32>, GroupTooLarge> {
        let size = |account: u32| self.leads(account).unwrap_or_else(|| accounts.leads(account)).len();
        let mut leads = 1 + account.map_or(0, size);
        if leads > limits::LEADS_PER_CONTACT_GROUP {
            return Err(GroupTooLarge { path: "account.id".to_owned(), id: None, leads });
        }
        let mut joins: Vec<u32> = Vec::new();
        for link in links {
            let Some(other) = self.keys(link.key).account(link.key.text()) else { continue };
            if account.iter().chain(&joins).any(|known| self.same_group(*known, other)) {
                continue;
            }
            joins.push(other);
            leads += size(other);
            if leads > limits::LEADS_PER_CONTACT_GROUP {
                let field = match link.key {
                    LinkKey::Human(_) => "human",
                    LinkKey::Alias(_) => "aliases",
                };
                let path = format!("people[{}].{field}", link.person);
                return Err(GroupTooLarge { path, id: Some(link.key.text().to_owned()), leads });
            }
        }
        Ok(joins)
    }

    /// Adds a lead, which `accounts` must have in its account already, and joins its account to these others.
    pub(super) fn add(&mut self, (lead, account): (u32, u32), links: &[Link<'_>], joins: &[u32], accounts: &Accounts) {
        for other in joins {
            self.join(account, *other, accounts);
        }
        if let Some(group) = self.of_account.get(&account).and_then(|group| self.groups.get_mut(*group)) {
            group.insert(lead);
        }
        for link in links {
            match link.key {
                LinkKey::Human(human) => self.humans.insert(human, account),
                LinkKey::Alias(alias) => self.aliases.insert(alias, account),
            }
        }
    }

    /// Removes a lead from its group and from `accounts`. The other leads of the group are grouped anew, because this lead may have been what
    /// linked them. `people_of` gives the people of a lead by its place; it must still give those that this lead had.
    pub(super) fn remove(
        &mut self,
        (lead, account): (u32, u32),
        accounts: &mut Accounts,
        people_of: &impl Fn(u32) -> Vec<Person>,
    ) {
        if self.is_empty() {
            accounts.remove_lead(account, lead);
            return;
        }
        let linked = match self.of_account.get(&account) {
            Some(group) => {
                self.unused.push(*group);
                self.groups.get_mut(*group).map(std::mem::take).unwrap_or_default().accounts
            }
            None => vec![account],
        };
        let mut leads: Vec<(u32, u32)> = Vec::new();
        for account in linked {
            self.of_account.remove(&account);
            leads.extend(accounts.leads(account).iter().map(|lead| (*lead, account)));
        }
        order::sort(&mut leads);
        accounts.remove_lead(account, lead);
        let all: Vec<(u32, u32, Vec<Person>)> =
            leads.into_iter().map(|(one, account)| (one, account, people_of(one))).collect();
        // Every lead with one of these keys is in this group.
        for key in all.iter().flat_map(|(.., people)| people).flat_map(LinkKey::of_person) {
            match key {
                LinkKey::Human(text) => self.humans.forget(text),
                LinkKey::Alias(text) => self.aliases.forget(text),
            }
        }
        for (one, account, people) in all.iter().filter(|(one, ..)| *one != lead) {
            self.restore((*one, *account), people, accounts);
        }
    }

    /// Adds a lead that was in the book before, and so fits.
    pub(super) fn restore(&mut self, (lead, account): (u32, u32), people: &[Person], accounts: &Accounts) {
        let links = Link::of_people(people);
        let joins: Vec<u32> = links.iter().filter_map(|link| self.keys(link.key).account(link.key.text())).collect();
        self.add((lead, account), &links, &joins, accounts);
    }

    /// Makes one group of the groups of two accounts.
    fn join(&mut self, one: u32, other: u32, accounts: &Accounts) {
        if one == other {
            return;
        }
        let (one, other) = (self.group(one, accounts), self.group(other, accounts));
        if one == other {
            return;
        }
        let size = |group: usize| self.groups.get(group).map_or(0, |group| group.leads.len());
        // The smaller one moves, so that a lead moves a logarithmic number of times.
        let (from, into) = if size(one) < size(other) { (one, other) } else { (other, one) };
        let moved = self.groups.get_mut(from).map(std::mem::take).unwrap_or_default();
        self.unused.push(from);
        self.of_account.extend(moved.accounts.iter().map(|account| (*account, into)));
        if let Some(group) = self.groups.get_mut(into) {
            group.accounts.extend(moved.accounts);
            moved.leads.into_iter().for_each(|lead| group.insert(lead));
        }
    }

    /// The index of the group of an account, which gets one of its own when it is not linked.
    fn group(&mut self, account: u32, accounts: &Accounts) -> usize {
        if let Some(known) = self.of_account.get(&account) {
            return *known;
        }
        let group = ContactGroup { accounts: vec![account], leads: accounts.leads(account).to_vec() };
        let index = self.unused.pop().unwrap_or(self.groups.len());
        match self.groups.get_mut(index) {
            Some(unused) => *unused = group,
            None => self.groups.push(group),
        }
        self.of_account.insert(account, index);
        index
    }

    fn same_group(&self, one: u32, other: u32) -> bool {
        let group = |account: u32| self.of_account.get(&account);
        one == other || group(one).is_some_and(|group_of_one| group(other) == Some(group_of_one))
    }

    const fn keys(&self, key: LinkKey<'_>) -> &KeyTable {
        match key {
            LinkKey::Human(_) => &self.humans,
            LinkKey::Alias(_) => &self.aliases,
        }
    }
}

impl ContactGroup {
    /// Adds a lead unless it is there.
    fn insert(&mut self, lead: u32) {
        if self.leads.last().is_none_or(|last| *last < lead) {
            self.leads.push(lead);
        } else if let Err(at) = self.leads.binary_search(&lead) {
            self.leads.insert(at, lead);
        }
    }
}

impl KeyTable {
    /// The account of a key; `None` when no lead has it.
    fn account(&self, key: &str) -> Option<u32> {
        let number = self.index.find(key, |number| self.text(number))?;
        self.accounts.get(number as usize).copied().flatten()
    }

    /// Stores an account of a key, unless one of its accounts is stored already.
    fn insert(&mut self, key: &str, account: u32) {
        let new = list_ranges::place(self.accounts.len());
        // The index compares texts and asks for that of a new number when it grows, so the text is appended first.
        let end = self.texts.len();
        self.texts.push_str(key);
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        self.starts.push(list_ranges::place(self.texts.len()));
        let Self { index, texts, starts, accounts } = self;
        let text = |number: u32| texts.get(list_ranges::range(starts, number as usize)).unwrap_or_default();
        match index.find_or_insert(key, new, text) {
            None => accounts.push(Some(account)),
            Some(known) => {
                texts.truncate(end);
                starts.pop();
                if let Some(known) = accounts.get_mut(known as usize) {
                    known.get_or_insert(account);
                }
            }
        }
    }

    /// Notes that no lead has a key.
    fn forget(&mut self, key: &str) {
        let number = self.index.find(key, |number| self.text(number));
        if let Some(account) = number.and_then(|number| self.accounts.get_mut(number as usize)) {
            *account = None;
        }
    }

    fn text(&self, number: u32) -> &str {
        self.texts.get(list_ranges::range(&self.starts, number as usize)).unwrap_or_default()
    }
}
