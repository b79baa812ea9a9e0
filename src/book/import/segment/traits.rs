//! The traits of a user and of a group, from all calls that give some.
//!
//! Calls are added in order of time; a trait that a later call gives again replaces the earlier one, which is told. What cannot be read
//! replaces nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::import::json_record::JsonField;
use crate::book::import::lead_collector::add_channel;
use crate::book::ingest::record::{AccountRecord, LeadRecord};
use crate::book::vocabulary::Channel;

/// A trait: the value that counts, and where it stands.
type Trait<'c, T> = Option<(JsonField<'c>, T)>;

/// The traits of a user.
#[derive(Debug, Default)]
pub(super) struct UserTraits<'c> {
    /// The id of the group that the user belongs to.
    group: Trait<'c, String>,
    name: Trait<'c, ()>,
    first_name: Trait<'c, ()>,
    last_name: Trait<'c, ()>,
    title: Trait<'c, String>,
    country: Trait<'c, String>,
    zone: Trait<'c, String>,
    channels: Vec<Channel>,
    company: GroupTraits<'c>,
    unreadable: BTreeSet<String>,
}

/// The traits of a group, or of the company of a user.
#[derive(Debug, Default)]
pub(super) struct GroupTraits<'c> {
    name: Trait<'c, String>,
    industry: Trait<'c, String>,
    employees: Trait<'c, i64>,
    country: Trait<'c, String>,
    unreadable: BTreeSet<String>,
}

impl<'c> UserTraits<'c> {
    /// Takes over the traits of the next call.
    pub(super) fn add(&mut self, traits: JsonField<'c>) {
        let known = |field: JsonField<'c>| field.is_known().then_some(());
        // Whether a name such as Null is one depends on the other name.
        let written = |field: JsonField<'c>| field.is_written().then_some(());
        replace(&mut self.name, traits.get("name"), known);
        replace(&mut self.first_name, either(traits, "firstName", "first_name"), written);
        replace(&mut self.last_name, either(traits, "lastName", "last_name"), written);
        replace(&mut self.title, traits.get("title"), JsonField::text);
        for (key, channel) in [("email", Channel::Email), ("phone", Channel::Phone)] {
            if traits.get(key).is_there() && !self.channels.contains(&channel) {
                self.channels.push(channel);
            }
        }
        add_country(&mut self.country, traits, &mut self.unreadable);
        let company = traits.get("company");
        if company.is_object() {
            self.company.add(company);
        } else {
            replace(&mut self.company.name, company, JsonField::text);
        }
    }

    /// Takes over the group of the next call.
    pub(super) fn add_group(&mut self, id: JsonField<'c>) {
        replace(&mut self.group, id, JsonField::text);
    }

    /// Takes over the time zone of the next call.
    pub(super) fn add_zone(&mut self, zone: JsonField<'c>) {
        replace_known(&mut self.zone, zone, JsonField::zone, &mut self.unreadable);
    }

    /// Writes the traits, and those of the user's group, into the lead.
    pub(super) fn fill(&self, lead: &mut LeadRecord, groups: &BTreeMap<String, GroupTraits<'_>>) {
        lead.country = self.country.as_ref().map(|(_, code)| code.clone());
        lead.zone = self.zone.as_ref().map(|(_, zone)| zone.clone());
        let mut account = self.company.account();
        if let Some((_, id)) = &self.group {
            let group = groups.get(id).map(GroupTraits::account).unwrap_or_default();
            account = AccountRecord {
                id: Some(id.clone()),
                name: group.name.or(account.name),
                industry: group.industry.or(account.industry),
                employees: group.employees.or(account.employees),
                country: group.country.or(account.country),
                ..AccountRecord::default()
            };
        }
        if account != AccountRecord::default() {
            lead.account = Some(account);
        }
        for person in &mut lead.people {
            person.name = self.full_name();
            person.title = self.title.as_ref().map(|(_, title)| title.clone());
            self.channels.iter().for_each(|channel| add_channel(person, *channel));
        }
    }

    /// The name as a whole, or else first and last name.
    fn full_name(&self) -> Option<String> {
        let parts = [&self.first_name, &self.last_name].map(|part| part.as_ref().map(|(field, ())| *field));
        if let Some(name) = self.name.as_ref().and_then(|(field, ())| field.text()) {
            parts.into_iter().flatten().for_each(|part| part.leave_out("import-whole-name"));
            return Some(name);
        }
        match parts {
            [Some(first), Some(last)] => JsonField::full_name(first, last),
            [one, other] => one.or(other).and_then(JsonField::text),
        }
    }
}

impl<'c> GroupTraits<'c> {
    /// Takes over the traits of the next call.
    pub(super) fn add(&mut self, traits: JsonField<'c>) {
        replace(&mut self.name, traits.get("name"), JsonField::text);
        replace(&mut self.industry, traits.get("industry"), JsonField::text);
        replace(&mut self.employees, either(traits, "employees", "employee_count"), JsonField::count);
        add_country(&mut self.country, traits, &mut self.unreadable);
    }

    fn account(&self) -> AccountRecord {
        AccountRecord {
            name: self.name.as_ref().map(|(_, name)| name.clone()),
            industry: self.industry.as_ref().map(|(_, industry)| industry.clone()),
            employees: self.employees.as_ref().map(|(_, employees)| *employees),
            country: self.country.as_ref().map(|(_, code)| code.clone()),
            ..AccountRecord::default()
        }
    }
}

/// The first of two members that is known.
fn either<'c>(traits: JsonField<'c>, key: &str, other: &str) -> JsonField<'c> {
    if traits.get(key).is_written() { traits.get(key) } else { traits.get(other) }
}

/// Takes over the country of an address, or one that stands among the traits.
fn add_country<'c>(kept: &mut Trait<'c, String>, traits: JsonField<'c>, unreadable: &mut BTreeSet<String>) {
    let in_address = traits.get("address").get("country");
    let country = if in_address.is_known() { in_address } else { traits.get("country") };
    replace_known(kept, country, JsonField::country, unreadable);
}

/// Replaces a trait by that of a later call, where the call has it and it can be read.
fn replace<'c, T>(kept: &mut Trait<'c, T>, field: JsonField<'c>, read: impl Fn(JsonField<'c>) -> Option<T>) {
    let Some(value) = read(field) else { return };
    if let Some((earlier, _)) = kept.replace((field, value))
        && earlier.peek() != field.peek()
    {
        earlier.leave_out("import-later-call");
    }
}

/// As [`replace`], for a trait that calls repeat: a text that cannot be read is refused once.
fn replace_known<'c>(
    kept: &mut Trait<'c, String>,
    field: JsonField<'c>,
    read: impl Fn(JsonField<'c>) -> Option<String>,
    unreadable: &mut BTreeSet<String>,
) {
    let Some(text) = field.peek() else { return };
    if unreadable.contains(&text) {
        return field.leave_out("import-unreadable-again");
    }
    match read(field) {
        Some(value) => replace(kept, field, |_| Some(value.clone())),
        None => drop(unreadable.insert(text)),
    }
}
