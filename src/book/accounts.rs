//! The accounts of a book and which leads belong to each. Accounts are numbered from 0 in order of first appearance.

use crate::book::index::IdIndex;

/// The accounts of a book. Their ids are not stored here but read from the record of their first lead.
#[derive(Clone, Debug, Default)]
pub(super) struct Accounts {
    index: IdIndex,
    leads: Vec<AccountLeads>,
}

/// The leads of an account, as their places in the book, ascending. Most accounts have one lead, which needs no allocation.
#[derive(Clone, Debug)]
enum AccountLeads {
    One(u32),
    Some(Vec<u32>),
}

impl Accounts {
    /// An empty list with space for `count` accounts.
    pub(super) fn with_capacity(count: usize) -> Self {
        Self { index: IdIndex::with_capacity(count), leads: Vec::with_capacity(count) }
    }

    /// The number of the account with this id; `None` when it is not there. `id_of` gives the account id of a lead.
    pub(super) fn find<'a>(&self, id: &str, id_of: impl Fn(u32) -> &'a str) -> Option<u32> {
        self.index.find(id, |number| self.leads(number).first().map_or("", |lead| id_of(*lead)))
    }

    /// The number of the account with this id, which is added when it is not there. `id_of` gives the account id of a lead.
    pub(super) fn number<'a>(&mut self, id: &str, id_of: impl Fn(u32) -> &'a str) -> u32 {
        let leads = &self.leads;
        let new = u32::try_from(leads.len()).unwrap_or(u32::MAX);
        let text = |number: u32| {
            let first = leads.get(number as usize).and_then(|leads| leads.as_slice().first());
            first.map_or("", |lead| id_of(*lead))
        };
        if let Some(known) = self.index.find_or_insert(id, new, text) {
            return known;
        }
        self.leads.push(AccountLeads::Some(Vec::new()));
        new
    }

    /// The places of the leads of an account, in the order of the book.
    pub(super) fn leads(&self, number: u32) -> &[u32] {
        self.leads.get(number as usize).map_or(&[], AccountLeads::as_slice)
    }

    /// Adds a lead to an account.
    pub(super) fn add_lead(&mut self, number: u32, lead: u32) {
        let Some(leads) = self.leads.get_mut(number as usize) else { return };
        match leads {
            AccountLeads::Some(all) if all.is_empty() => *leads = AccountLeads::One(lead),
            AccountLeads::One(first) if *first == lead => {}
            AccountLeads::One(first) => *leads = AccountLeads::Some(vec![lead.min(*first), lead.max(*first)]),
            AccountLeads::Some(all) => {
                if let Err(at) = all.binary_search(&lead) {
                    all.insert(at, lead);
                }
            }
        }
    }

    /// Forgets the id of an account that has no leads any more: an account is known by the record of its first lead.
    pub(super) fn forget_if_empty(&mut self, number: u32, id: &str) {
        if self.leads(number).is_empty() {
            self.index.remove(id, number);
        }
    }

    /// Removes a lead from an account.
    pub(super) fn remove_lead(&mut self, number: u32, lead: u32) {
        if let Some(leads) = self.leads.get_mut(number as usize) {
            *leads = AccountLeads::Some(leads.as_slice().iter().copied().filter(|each| *each != lead).collect());
        }
    }
}

impl AccountLeads {
    fn as_slice(&self) -> &[u32] {
        match self {
            Self::One(lead) => std::slice::from_ref(lead),
            Self::Some(leads) => leads,
        }
    }
}
