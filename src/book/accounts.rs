//! Which leads are of one account. An account has a number, in the order in which they first came.

use crate::book::index::IdIndex;

/// The accounts of a book. Their ids stand in the records of their leads.
#[derive(Clone, Debug, Default)]
pub(super) struct Accounts {
    index: IdIndex,
    leads: Vec<AccountLeads>,
}

/// The leads of an account, as their places in the book, in order. Most have one.
#[derive(Clone, Debug)]
enum AccountLeads {
    One(u32),
    Some(Vec<u32>),
}

impl Accounts {
    /// Room for so many.
    pub(super) fn expecting(many: usize) -> Self {
        Self { index: IdIndex::with_capacity(many), leads: Vec::with_capacity(many) }
    }

    /// The number of the account with this id, new or known. `id_of` tells the id of the account of a lead.
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

    /// Makes a lead one of an account's.
    pub(super) fn join(&mut self, number: u32, lead: u32) {
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

    /// Makes a lead none of an account's any more.
    pub(super) fn leave(&mut self, number: u32, lead: u32) {
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
