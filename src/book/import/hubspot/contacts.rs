//! The contacts of a portal: merges, addresses and opt-outs.
//!
//! In: the rows of `contact`, also those that are marked as deleted, and of `contact_merge_audit`. Out: the contacts that are left after all
//! merges, as people, and who has which mail address.
//!
//! Columns of the portal's own that refuse contact by their name (`hs_whatsapp_optout`, `do_not_text`) count as HubSpot's do.
//!
//! **Invariant:** an opt-out never gets lost. A yes in any row of a human holds: in another version of the row, in a record that was merged
//! into this one (in any number of steps, deleted or not), and in another contact with one of the same addresses.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::import::addresses::address;
use crate::book::import::departure_names::{departure_columns, left_at};
use crate::book::import::hubspot::PortalTables;
use crate::book::import::lead_collector::{LeadCollector, add_channel, non_empty};
use crate::book::import::merges::follow;
use crate::book::import::opt_out_names::stop_of_texts;
use crate::book::import::table::{ImportTable, TableRow, plain_name};
use crate::book::lead::Person;
use crate::book::vocabulary::Channel;
use crate::calendar::instant::EARLIEST;
use crate::wording::Sentence;

/// The contacts that are left after all merges.
#[derive(Default)]
pub(super) struct Contacts {
    /// By id.
    pub(super) people: BTreeMap<String, Person>,
    /// The id of the contact that a record is part of now, by the id of the record.
    now: BTreeMap<String, String>,
    /// The ids of the contacts with a mail address, by the address in lower case; in the order of the rows.
    by_address: BTreeMap<String, Vec<String>>,
    /// The ids of the contacts who refuse texts, for which a person has no flag.
    no_texts: BTreeSet<String>,
}

/// Columns with mail addresses of a contact; several in one cell stand apart by `;`.
const ADDRESSES: &[&str] = &[
    "property_email",
    "property_email_1",
    "property_email_2",
    "property_email_3",
    "property_work_email",
    "property_personal_email",
    "property_private_email",
    "property_secondary_email",
    "property_alternate_email",
    "property_other_email",
    "property_hs_additional_emails",
];
/// Columns with the moment of the last change.
const CHANGED: &[&str] = &["property_lastmodifieddate", "property_hs_lastmodifieddate", "updated_at"];
/// Columns in which a yes means: no mail.
const NO_MAIL: &[&str] = &["property_hs_email_optout", "property_do_not_email"];
/// What the columns of single mailing lists begin with. Who left one list is kept from mail altogether, because a mail of ours is in none.
const NO_MAIL_OF_A_LIST: &[&str] = &["propertyhsemailoptout", "hsemailoptout", "optedoutofemail"];
/// Columns in which a yes means: no calls.
const NO_CALLS: &[&str] = &["property_do_not_call"];
/// Columns with the ids of records that were merged into this one.
const MERGED_IDS: &[&str] = &["property_hs_merged_object_ids", "property_hs_calculated_merged_vids"];

/// For each record, those that it was merged into.
type Merges = BTreeMap<String, BTreeSet<String>>;

impl Contacts {
    /// Reads the contacts of a portal.
    pub(super) fn read(portal: &PortalTables, collector: &mut LeadCollector) -> Self {
        let merges = merges(portal);
        let rows: Vec<TableRow<'_>> = portal.files("contact").iter().flat_map(|file| file.table.rows()).collect();
        let mut refusing = Refusing::default();
        for file in portal.files("contact") {
            refusing.add(&file.table, collector);
        }
        let newest = portal.newest_rows("contact", "id", collector);
        let live: BTreeSet<&str> = newest.iter().map(|row| row.get("id")).filter(|id| !id.is_empty()).collect();
        let now = records_now(&merges, &live, collector);
        refusing.spread(&merges, &rows);
        let mut aliases: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (other, id) in now.iter().filter(|(other, id)| other != id) {
            aliases.entry(id).or_default().push(other.clone());
        }
        let mut contacts = Self::default();
        let departures: Vec<String> =
            portal.files("contact").iter().flat_map(|file| departure_columns(&file.table)).collect();
        for row in newest.into_iter().filter(|row| !row.get("id").is_empty()) {
            let id = row.get("id");
            if now.get(id).is_some_and(|now| now != id) {
                row.leave_out("import-contact-merged", collector);
                continue;
            }
            let mut person = person(&row, collector);
            person.do_not_email = refusing.mail.contains(id);
            person.do_not_call = refusing.calls.contains(id);
            person.objected = refusing.all.contains(id);
            person.left_at = left_at(&row, &departures, CHANGED, collector);
            person.aliases = aliases.remove(id).unwrap_or_default();
            contacts.people.insert(id.to_owned(), person);
        }
        contacts.no_texts = refusing.texts.into_iter().map(|id| now.get(&id).cloned().unwrap_or(id)).collect();
        contacts.now = now;
        let mut known: BTreeSet<(String, String)> = BTreeSet::new();
        for row in &rows {
            let Some(person) = contacts.contact(row.get("id")).map(|person| person.id.clone()) else { continue };
            for address in addresses(row) {
                if known.insert((address.clone(), person.clone())) {
                    contacts.by_address.entry(address).or_default().push(person.clone());
                }
            }
        }
        contacts
    }

    /// Adds to each lead the unsubscribe of its people who refuse texts.
    pub(super) fn stop_texts(&self, collector: &mut LeadCollector) {
        if self.no_texts.is_empty() {
            return;
        }
        collector.each(|lead| {
            let since = lead.created_at.unwrap_or(EARLIEST);
            let refusing = lead.people.iter().filter(|person| self.no_texts.contains(&person.id));
            lead.signals.extend(refusing.map(|person| stop_of_texts(&person.id, since)));
        });
    }

    /// The contact that the record with this id is part of.
    pub(super) fn contact(&self, id: &str) -> Option<&Person> {
        self.people.get(self.now.get(id).map_or(id, String::as_str))
    }

    /// The ids of the contacts with this mail address, as [`address`] gives it.
    pub(super) fn with_address(&self, address: &str) -> &[String] {
        self.by_address.get(address).map_or(&[], Vec::as_slice)
    }
}

fn addresses(row: &TableRow<'_>) -> Vec<String> {
    let cells = ADDRESSES.iter().map(|column| row.get(column));
    let parts = cells.flat_map(|cell| cell.split([';', ',']));
    parts.map(address).filter(|address| !address.is_empty()).collect()
}

/// The person of a row, without opt-outs and aliases.
fn person(row: &TableRow<'_>, collector: &mut LeadCollector) -> Person {
    let mut person = Person {
        id: row.get("id").to_owned(),
        human: Some(format!("hubspot-contact-{}", row.get("id"))),
        name: row.full_name("property_firstname", "property_lastname"),
        title: non_empty(row.get("property_jobtitle")),
        country: row.country(&["property_country"], collector),
        ..Person::default()
    };
    if !addresses(row).is_empty() {
        add_channel(&mut person, Channel::Email);
    }
    if !row.first(&["property_phone", "property_mobilephone"]).is_empty() {
        add_channel(&mut person, Channel::Phone);
    }
    if !row.first(&["property_hs_linkedin_url", "property_linkedinbio"]).is_empty() {
        add_channel(&mut person, Channel::Social);
    }
    person
}

/// The merges that both tables tell of.
fn merges(portal: &PortalTables) -> Merges {
    let mut merges = Merges::new();
    let mut add = |from: &str, into: &str| {
        if !from.is_empty() && !into.is_empty() && from != into {
            merges.entry(from.to_owned()).or_default().insert(into.to_owned());
        }
    };
    for row in portal.rows("contact_merge_audit") {
        add(row.get("vid_to_merge"), row.first(&["canonical_vid", "contact_id"]));
    }
    for row in portal.files("contact").iter().flat_map(|file| file.table.rows()) {
        for ids in MERGED_IDS.iter().map(|column| row.get(column)) {
            // `76340251;46897301`, or with the moment of each merge: `76340251:1617298967000`.
            for id in ids.split([';', ',']).filter_map(|each| each.split(':').next()) {
                add(id.trim(), row.get("id"));
            }
        }
    }
    merges
}

/// For each record, the id of the contact that it is part of now. Records that were merged in a circle are one, which is told.
fn records_now(merges: &Merges, live: &BTreeSet<&str>, collector: &mut LeadCollector) -> BTreeMap<String, String> {
    let ids = merges.keys().map(String::as_str).chain(live.iter().copied());
    let merged = follow(ids, |id| next(merges, live, id), |id| live.contains(id));
    for circle in merged.circles {
        let reason = match circle.iter().find(|id| live.contains(*id)) {
            Some(kept) => Sentence::new("import-merged-in-circle").with("kept", *kept),
            None => Sentence::new("import-merged-away"),
        };
        let reason = reason.with("contacts", circle.join(", "));
        collector.intake.refuse("contact_merge_audit", reason, None);
    }
    merged.now.into_iter().map(|(id, now)| (id.to_owned(), now.to_owned())).collect()
}

/// What a record was merged into; a live one where there are several.
fn next<'m>(merges: &'m Merges, live: &BTreeSet<&str>, id: &str) -> Option<&'m str> {
    let into = merges.get(id)?;
    into.iter().find(|into| live.contains(into.as_str())).or_else(|| into.first()).map(String::as_str)
}

/// The ids of the records that refuse mail, calls, texts, and all contact.
#[derive(Default)]
struct Refusing {
    mail: BTreeSet<String>,
    calls: BTreeSet<String>,
    texts: BTreeSet<String>,
    all: BTreeSet<String>,
}

impl Refusing {
    /// Adds the records that refuse contact by a cell of their own in any of their rows.
    fn add(&mut self, table: &ImportTable, collector: &mut LeadCollector) {
        let of_lists: Vec<String> =
            NO_MAIL_OF_A_LIST.iter().flat_map(|name| table.columns_that_begin(name, NO_MAIL)).collect();
        let no_mail: Vec<&str> = NO_MAIL.iter().copied().chain(of_lists.iter().map(String::as_str)).collect();
        let known = |name: &str| no_mail.iter().chain(NO_CALLS).any(|column| plain_name(column) == plain_name(name));
        let mut by_name = table.opt_out_columns();
        by_name.retain(|(name, _)| !known(name));
        for row in table.rows() {
            let mut refused = row.refused(&by_name, collector);
            refused.mail |= row.opted_out(&no_mail, collector);
            refused.calls |= row.opted_out(NO_CALLS, collector);
            let sets = [
                (refused.mail, &mut self.mail),
                (refused.calls, &mut self.calls),
                (refused.texts, &mut self.texts),
                (refused.all, &mut self.all),
            ];
            for (_, ids) in sets.into_iter().filter(|(refused, _)| *refused) {
                ids.insert(row.get("id").to_owned());
            }
        }
    }

    /// Adds all records of the same human, and, for mail, all with one of the same addresses.
    fn spread(&mut self, merges: &Merges, rows: &[TableRow<'_>]) {
        let mut same: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (from, into) in
            merges.iter().flat_map(|(from, into)| into.iter().map(move |into| (from.as_str(), into.as_str())))
        {
            same.entry(from).or_default().insert(into);
            same.entry(into).or_default().insert(from);
        }
        for ids in [&mut self.calls, &mut self.mail, &mut self.texts, &mut self.all] {
            add_all_reached(ids, &same);
        }
        let refused: BTreeSet<String> =
            rows.iter().filter(|row| self.mail.contains(row.get("id"))).flat_map(addresses).collect();
        let sharing = rows.iter().filter(|row| addresses(row).iter().any(|address| refused.contains(address)));
        self.mail.extend(sharing.map(|row| row.get("id").to_owned()));
        add_all_reached(&mut self.mail, &same);
    }
}

/// Adds every id that is reached from those in the set.
fn add_all_reached(ids: &mut BTreeSet<String>, same: &BTreeMap<&str, BTreeSet<&str>>) {
    let mut open: Vec<String> = ids.iter().cloned().collect();
    while let Some(id) = open.pop() {
        for other in same.get(id.as_str()).into_iter().flatten() {
            if ids.insert((*other).to_owned()) {
                open.push((*other).to_owned());
            }
        }
    }
}
