//! Which ids of Segment's calls are one human: user ids, and the anonymous ids of their devices.
//!
//! A call with both ids says that they are the same; `alias` joins a former id with a user id. An anonymous id of several users (a shared
//! device) is nobody's: two users are never joined by it.

use std::collections::{BTreeMap, BTreeSet};

/// The ids that a call names.
#[derive(Clone, Debug, Default)]
pub(super) struct CallIds {
    pub(super) user: Option<String>,
    pub(super) anonymous: Option<String>,
    /// Of an `alias` call: the id that the user had before.
    pub(super) previous: Option<String>,
}

/// The humans behind the ids of all calls.
#[derive(Debug, Default)]
pub(super) struct Identities {
    /// By user id that was replaced: the one that replaced it.
    replaced: BTreeMap<String, String>,
    /// By anonymous id: the ids of its users, each the newest of the user.
    users_of: BTreeMap<String, BTreeSet<String>>,
}

impl Identities {
    /// Joins the ids of all calls, whatever their order.
    pub(super) fn new<'c>(calls: impl Iterator<Item = &'c CallIds> + Clone) -> Self {
        let mut found = Self::default();
        let users: BTreeSet<&String> = calls.clone().filter_map(|call| call.user.as_ref()).collect();
        let anonymous: BTreeSet<&String> = calls.clone().filter_map(|call| call.anonymous.as_ref()).collect();
        for CallIds { user, previous, .. } in calls.clone() {
            if let (Some(user), Some(previous)) = (user, previous)
                && users.contains(previous)
            {
                let (from, to) = (found.newest(previous), found.newest(user));
                if from != to {
                    found.replaced.insert(from, to);
                }
            }
        }
        for call in calls {
            let Some(user) = &call.user else { continue };
            let newest = found.newest(user);
            let previous =
                call.previous.as_ref().filter(|previous| !users.contains(*previous) || anonymous.contains(previous));
            for id in call.anonymous.iter().chain(previous) {
                found.users_of.entry(id.clone()).or_default().insert(newest.clone());
            }
        }
        // An id that is used as both is that user's.
        for id in anonymous.intersection(&users) {
            let newest = found.newest(id);
            found.users_of.entry((*id).clone()).or_default().insert(newest);
        }
        found
    }

    /// The id of the lead to which a call belongs. `None` when it names nobody.
    pub(super) fn lead_of(&self, call: &CallIds) -> Option<String> {
        if let Some(user) = &call.user {
            return Some(self.newest(user));
        }
        let anonymous = call.anonymous.as_ref()?;
        let mut users = self.users_of.get(anonymous).into_iter().flatten();
        match (users.next(), users.next()) {
            (Some(user), None) => Some(user.clone()),
            _ => Some(anonymous.clone()),
        }
    }

    /// Who may have made a call, when they are several; otherwise none: the users of the device on which it was made anonymously, and where the id
    /// of a user is that of a device too, those who were identified there.
    pub(super) fn sharers(&self, call: &CallIds) -> BTreeSet<&String> {
        let mut found = BTreeSet::new();
        let device = call.anonymous.as_ref().filter(|_| call.user.is_none());
        let mut open: Vec<&String> = call.user.iter().chain(device).collect();
        while let Some(id) = open.pop() {
            for user in self.users_of.get(id).into_iter().flatten() {
                if found.insert(user) {
                    open.push(user);
                }
            }
        }
        if found.len() > 1 { found } else { BTreeSet::new() }
    }

    /// By id of a lead: the other ids of its human.
    pub(super) fn other_ids(&self) -> BTreeMap<String, Vec<String>> {
        let mut others: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for former in self.replaced.keys() {
            others.entry(self.newest(former)).or_default().push(former.clone());
        }
        for (anonymous, users) in &self.users_of {
            let mut users = users.iter();
            if let (Some(user), None) = (users.next(), users.next())
                && user != anonymous
                && !self.replaced.contains_key(anonymous)
            {
                others.entry(user.clone()).or_default().push(anonymous.clone());
            }
        }
        others
    }

    /// The newest id of a user.
    fn newest(&self, user: &str) -> String {
        let mut id = user;
        // A chain of replacements has no circles, because an id is replaced only when it is the newest of another user.
        while let Some(newer) = self.replaced.get(id) {
            id = newer;
        }
        id.to_owned()
    }
}
