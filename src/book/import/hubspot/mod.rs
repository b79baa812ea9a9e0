//! HubSpot: its tables as Fivetran lands them, each a CSV named after its table (`contact.csv`, `deal_contact_data.csv`), and the contacts,
//! companies and deals that HubSpot itself exports, recognised by their columns (`Record ID`, `Unsubscribed from all email`).
//!
//! A deal becomes the lead `deal-<id>` with its contacts; a contact without a deal the lead `contact-<id>`; a company without either the
//! lead `company-<id>`. Merged contacts become aliases. A contact who unsubscribed, or reported a mail as spam, must not be mailed. A
//! signal of a contact with several deals goes to the newest open deal only, so that caps of a company count it once; caps of the person count it
//! in all of their deals, because they are one human there (`human`). A table may come in several files; of several versions of a record the
//! newest counts, or else the last.
//!
//! Times in these tables are in UTC unless they say otherwise. Owners have no time zone, so only their ids are imported and no reps are
//! made. Opens by machines (`filtered_event`) are those of a robot, which count for nothing. This module joins the tables to leads; `contacts` finds out who is
//! who, `signals` and `mails` add what happened, and `rows` reads single rows.

mod contacts;
mod mails;
mod rows;
mod signals;

use std::collections::BTreeMap;

use crate::book::import::cell_values::{Truth, truth};
use crate::book::import::hubspot::contacts::Contacts;
use crate::book::import::hubspot::rows::deal;
use crate::book::import::lead_collector::{LeadCollector, non_empty};
use crate::book::import::table::{ColumnNaming, ImportTable, TableRow};
use crate::book::import::table_header::TableFile;
use crate::book::ingest::record::{AccountRecord, LeadRecord};
use crate::book::vocabulary::Stage;
use crate::calendar::Instant;
use crate::wording::Sentence;

/// The tables of a HubSpot portal by name, and what was joined from them so far.
#[derive(Default)]
struct PortalTables {
    tables: BTreeMap<String, Vec<PortalTable>>,
    contacts: Contacts,
    /// By id of the company.
    companies: BTreeMap<String, AccountRecord>,
    /// The id of the lead that gets the signals of a contact, by id of the contact.
    lead_of_contact: BTreeMap<String, String>,
    /// The id of the lead that gets the signals of a company, by account id.
    lead_of_company: BTreeMap<String, String>,
}

/// One file of a table.
struct PortalTable {
    table: ImportTable,
    /// For each row, whether HubSpot marks it as deleted.
    deleted: Vec<bool>,
}

/// Columns by the labels of HubSpot's own exports, where these are not its names for them.
const NAMES: ColumnNaming = ColumnNaming::OfSystem(&[
    ("id", &["Record ID", "Contact ID", "vid", "hs_object_id"]),
    ("deal_id", &["Record ID", "hs_object_id", "id"]),
    ("property_email", &["Email Address"]),
    ("property_phone", &["Phone Number"]),
    ("property_mobilephone", &["Mobile Phone Number"]),
    ("property_country", &["Country/Region"]),
    (
        "property_hs_email_optout",
        &["Unsubscribed from all email", "Unsubscribed from all emails", "Opted out of all email"],
    ),
    ("property_createdate", &["Date created"]),
    ("property_hubspot_owner_id", &["Contact owner", "Company owner", "HubSpot owner"]),
    ("property_company", &["Company name"]),
    (
        "property_associatedcompanyid",
        &["Primary Associated Company ID", "Associated Company ID", "Associated Company IDs"],
    ),
    ("property_hs_additional_emails", &["Additional email addresses", "Additional emails"]),
    ("property_hs_merged_object_ids", &["Merged contact IDs", "Merged record IDs", "Merged object IDs"]),
    ("property_hs_linkedin_url", &["LinkedIn URL"]),
    ("property_name", &["Company name"]),
    ("property_hs_call_disposition", &["disposition", "Call outcome"]),
    ("owner_id", &["Deal owner"]),
    ("associated_contact_ids", &["Associated Contact ID"]),
    ("associated_company_ids", &["Associated Company ID", "Primary Associated Company ID"]),
]);

/// Columns that say when this version of a row came to be, the surest first.
const VERSION_TIMES: &[&str] =
    &["property_hs_lastmodifieddate", "property_lastmodifieddate", "_fivetran_synced", "Last Modified Date"];

/// Tables without information about leads, which are not read.
const IGNORED: &[&str] = &[
    "contact_list",
    "contact_list_member",
    "contact_property_history",
    "deal_pipeline",
    "email_campaign",
    "form",
    "merged_deal",
    "owner",
    "property",
    "property_option",
];
/// Tables with details of mail events; the event itself is a row of `email_event` with the same id.
const MAIL_EVENT_DETAILS: &[&str] = &[
    "email_event_sent",
    "email_event_delivered",
    "email_event_open",
    "email_event_click",
    "email_event_bounce",
    "email_event_dropped",
    "email_event_deferred",
    "email_event_forward",
    "email_event_print",
    "email_event_spam_report",
    "email_event_status_change",
];
/// Tables that are read, beside [`MAIL_EVENT_DETAILS`].
const USED: &[&str] = &[
    "contact",
    "contact_merge_audit",
    "contact_form_submission",
    "company",
    "deal",
    "deal_contact",
    "deal_company",
    "deal_stage",
    "deal_pipeline_stage",
    "engagement",
    "engagement_contact",
    "engagement_company",
    "engagement_deal",
    "engagement_call",
    "engagement_communication",
    "engagement_email",
    "engagement_meeting",
    "engagement_note",
    "engagement_task",
    "email_event",
];

/// Reads the tables of a portal. A row that does not fit is refused.
pub(super) fn read(files: &[(&str, &[u8])], collector: &mut LeadCollector) {
    let mut portal = PortalTables::default();
    for (name, bytes) in files {
        portal.read_file(name, bytes, collector);
    }
    portal.contacts = Contacts::read(&portal, collector);
    portal.companies(collector);
    portal.deals(collector);
    portal.others(collector);
    portal.contacts.stop_texts(collector);
    portal.forms(collector);
    portal.engagements(collector);
    portal.mails(collector);
    for PortalTable { table, .. } in portal.tables.values().flatten() {
        table.account(collector);
    }
}

/// The name of the table in a file: `contact` for `seeds/contact_data.csv` and for `contacts.csv`.
fn table_name(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file).to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or_default();
    let table = stem.trim_start_matches("hubspot_").trim_end_matches("_data");
    match table {
        "contacts" => "contact".to_owned(),
        "companies" => "company".to_owned(),
        "deals" => "deal".to_owned(),
        table => table.to_owned(),
    }
}

/// The table that HubSpot itself exports with these columns, whatever the name of the file.
fn exported_table(file: &TableFile<'_>) -> Option<&'static str> {
    let has_any = |columns: &[&str]| columns.iter().any(|column| file.has(column));
    if !file.has("id") {
        None
    } else if file.has("property_dealname") {
        Some("deal")
    } else if has_any(&["property_email", "property_firstname", "property_lastname"]) {
        Some("contact")
    } else {
        file.has("property_name").then_some("company")
    }
}

/// The columns without which the rows of a table say nothing.
fn required(table: &str) -> &'static [&'static str] {
    match table {
        "contact" | "company" | "email_event" | "engagement" => &["id"],
        "deal" => &["deal_id"],
        "deal_contact" => &["deal_id", "contact_id"],
        "deal_company" => &["deal_id", "company_id"],
        "engagement_contact" => &["engagement_id", "contact_id"],
        "engagement_company" => &["engagement_id", "company_id"],
        "engagement_deal" => &["engagement_id", "deal_id"],
        "deal_stage" => &["deal_id", "date_entered"],
        "deal_pipeline_stage" => &["stage_id"],
        "contact_merge_audit" => &["vid_to_merge"],
        "contact_form_submission" => &["contact_id"],
        table if table.starts_with("engagement_") => &["engagement_id"],
        _ => &["id"],
    }
}

impl PortalTables {
    /// Adds the table in a file.
    fn read_file(&mut self, name: &str, bytes: &[u8], collector: &mut LeadCollector) {
        let named = table_name(name);
        let is_ignored = IGNORED.contains(&named.as_str());
        if is_ignored {
            collector.intake.note(Sentence::new("import-table-ignored").with("table", named.as_str()));
            if !collector.told.is_wanted() {
                return;
            }
        }
        let Some(file) = TableFile::open(name, bytes, None, NAMES, collector) else { return };
        let is_named = USED.contains(&named.as_str()) || MAIL_EVENT_DETAILS.contains(&named.as_str());
        let table = if is_ignored || is_named { Some(named.as_str()) } else { exported_table(&file) };
        let Some(table) = table else {
            let reason = Sentence::new("import-hubspot-table").with("table", named).with("found", file.found());
            collector.refuse_file(name, reason.clone(), None);
            return file.tell_all(reason, collector);
        };
        if is_ignored {
            return file.tell_all("import-table-without-leads", collector);
        }
        if !is_named {
            collector.intake.note(Sentence::new("import-hubspot-export").with("file", name).with("table", table));
        }
        if !file.require(required(table).iter().copied(), collector) {
            return file.tell_all("import-table-columns", collector);
        }
        let known = self.tables.entry(table.to_owned()).or_default();
        let shown = if known.is_empty() { table.to_owned() } else { format!("{table} ({name})") };
        let read = file.read(&shown, collector);
        let mut deleted = Vec::new();
        for row in read.rows() {
            let columns = ["_fivetran_deleted", "is_deleted", "is_property_hs_is_deleted"];
            let is_deleted = columns.iter().filter(|column| row.yes(column, collector)).count() > 0;
            if is_deleted {
                row.leave_out(Sentence::new("import-hubspot-deleted").with("table", table), collector);
            }
            deleted.push(is_deleted);
        }
        known.push(PortalTable { table: read, deleted });
    }

    /// The rows of a table, each with whether it is deleted; none when the table was not given.
    fn all_rows<'t>(&'t self, table: &str) -> impl Iterator<Item = (TableRow<'t>, bool)> + use<'t> {
        let files = self.tables.get(table).into_iter().flatten();
        files.flat_map(|file| file.table.rows().zip(file.deleted.iter().copied()))
    }

    /// The rows of a table that are not deleted; none when the table was not given.
    fn rows<'t>(&'t self, table: &str) -> impl Iterator<Item = TableRow<'t>> + use<'t> {
        self.all_rows(table).filter(|(_, deleted)| !deleted).map(|(row, _)| row)
    }

    /// The files of a table.
    fn files(&self, table: &str) -> &[PortalTable] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }

    /// The newest row of each record that is not deleted, in order of first appearance; and the other rows. Rows without an id are among the
    /// newest.
    fn versions<'t>(&'t self, table: &str, id: &str) -> (Vec<TableRow<'t>>, Vec<TableRow<'t>>) {
        let (mut newest, mut others) = (Vec::<TableRow<'t>>::new(), Vec::new());
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for row in self.rows(table) {
            let known = places.get(row.get(id)).and_then(|place| newest.get_mut(*place));
            let Some(known) = known.filter(|_| !row.get(id).is_empty()) else {
                places.insert(row.get(id), newest.len());
                newest.push(row);
                continue;
            };
            let times =
                VERSION_TIMES.iter().find_map(|column| Some((known.version_time(column)?, row.version_time(column)?)));
            let is_newer = times.is_none_or(|(known, this)| this >= known);
            others.push(if is_newer { std::mem::replace(known, row) } else { row });
        }
        (newest, others)
    }

    /// The newest row of each record; the others are left out.
    fn newest_rows<'t>(&'t self, table: &str, id: &str, collector: &mut LeadCollector) -> Vec<TableRow<'t>> {
        let (newest, others) = self.versions(table, id);
        for row in others {
            row.leave_out(Sentence::new("import-other-version").with("table", table), collector);
        }
        newest
    }

    fn companies(&mut self, collector: &mut LeadCollector) {
        let mut companies = BTreeMap::new();
        for row in self.newest_rows("company", "id", collector) {
            let id = row.get("id");
            if id.is_empty() {
                row.refuse("import-company-without-id", collector);
                continue;
            }
            let account = AccountRecord {
                id: Some(format!("company-{id}")),
                name: non_empty(row.get("property_name")),
                country: row.country(&["property_country"], collector),
                industry: non_empty(row.get("property_industry")),
                employees: row.whole_number("property_numberofemployees", collector),
                ..AccountRecord::default()
            };
            companies.insert(id.to_owned(), account);
        }
        self.companies = companies;
    }

    fn deals(&mut self, collector: &mut LeadCollector) {
        let mut stages: BTreeMap<String, Stage> = BTreeMap::new();
        for row in self.rows("deal_pipeline_stage") {
            let (won, closed) = (row.yes("closed_won", collector), row.yes("is_closed", collector));
            if won || closed {
                stages.insert(row.get("stage_id").to_owned(), if won { Stage::Customer } else { Stage::Lost });
            }
        }
        let mut since: BTreeMap<String, Result<Instant, Sentence>> = BTreeMap::new();
        for row in self.rows("deal_stage") {
            let active = row.get("_fivetran_active");
            let is_over = !active.is_empty() && truth(active) == Truth::No;
            if let Some(entered) = row.time("date_entered").transpose().filter(|_| !is_over) {
                since.insert(row.get("deal_id").to_owned(), entered);
            }
        }
        let mut added: Vec<(LeadRecord, TableRow<'_>)> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for row in self.newest_rows("deal", "deal_id", collector) {
            let id = row.get("deal_id");
            match deal(&row, id, &stages, since.get(id)) {
                Ok(mut lead) => {
                    // What HubSpot's own export has in the place of deal_company and deal_contact.
                    lead.account =
                        ids(row.get("associated_company_ids")).find_map(|id| self.companies.get(id)).cloned();
                    for person in ids(row.get("associated_contact_ids")).filter_map(|id| self.contacts.contact(id)) {
                        if !lead.people.contains(person) {
                            lead.people.push(person.clone());
                        }
                    }
                    places.insert(id.to_owned(), added.len());
                    added.push((lead, row));
                }
                Err(why) => row.set_aside(&format!("deal-{id}"), vec![why], collector),
            }
        }
        for row in self.rows("deal_company") {
            let (deal, company) = (row.get("deal_id"), row.get("company_id"));
            match (places.get(deal).and_then(|at| added.get_mut(*at)), self.companies.get(company)) {
                (Some((lead, _)), Some(account)) => lead.account = Some(account.clone()),
                _ => refuse_unmatched(
                    collector,
                    &row,
                    Sentence::new("import-deal-or-company").with("deal", deal).with("company", company),
                ),
            }
        }
        for row in self.rows("deal_contact") {
            let (deal, contact) = (row.get("deal_id"), row.get("contact_id"));
            match (places.get(deal).and_then(|at| added.get_mut(*at)), self.contacts.contact(contact)) {
                (Some((lead, _)), Some(person)) => {
                    if !lead.people.iter().any(|known| known.id == person.id) {
                        lead.people.push(person.clone());
                    }
                }
                _ => refuse_unmatched(
                    collector,
                    &row,
                    Sentence::new("import-deal-or-contact").with("deal", deal).with("contact", contact),
                ),
            }
        }
        // A contact's signals go to the newest open deal: the last one in this order.
        let (mut lead_of_contact, mut lead_of_company) = (BTreeMap::new(), BTreeMap::new());
        let mut order: Vec<&LeadRecord> = added.iter().map(|(lead, _)| lead).collect();
        order.sort_by_key(|lead| (lead.stage.is_none_or(Stage::is_open), lead.created_at));
        for lead in order {
            for person in &lead.people {
                lead_of_contact.insert(person.id.clone(), lead.id.clone());
            }
            if let Some(company) = lead.account.as_ref().and_then(|account| account.id.clone()) {
                lead_of_company.insert(company, lead.id.clone());
            }
        }
        for (lead, row) in added {
            collector.add_from(lead, Some(row.table.file.clone()), Some(row.line));
        }
        self.lead_of_contact.extend(lead_of_contact);
        self.lead_of_company.extend(lead_of_company);
    }

    /// Adds a lead for each contact and each company without a deal.
    fn others(&mut self, collector: &mut LeadCollector) {
        let (mut contact_leads, mut company_leads) = (Vec::new(), Vec::new());
        for row in self.versions("contact", "id").0 {
            let id = row.get("id");
            if id.is_empty() {
                row.refuse("import-contact-without-id", collector);
                continue;
            }
            let Some(person) = self.contacts.people.get(id).filter(|_| !self.lead_of_contact.contains_key(id)) else {
                continue;
            };
            let company = ids(row.get("property_associatedcompanyid")).find_map(|id| self.companies.get(id));
            let named = non_empty(row.get("property_company"))
                .map(|name| AccountRecord { name: Some(name), ..AccountRecord::default() });
            let account = company.cloned().or(named);
            let created_at = match ["property_createdate", "property_created_at"]
                .into_iter()
                .find_map(|column| row.time(column).transpose())
            {
                None => None,
                Some(Ok(at)) => Some(at),
                Some(Err(why)) => {
                    row.set_aside(&format!("contact-{id}"), vec![("created_at".to_owned(), why)], collector);
                    continue;
                }
            };
            let is_customer = row.get("property_lifecyclestage").eq_ignore_ascii_case("customer");
            let lead = LeadRecord {
                id: format!("contact-{id}"),
                name: account.as_ref().and_then(|account| account.name.clone()).or_else(|| person.name.clone()),
                stage: is_customer.then_some(Stage::Customer),
                created_at,
                owner: non_empty(row.get("property_hubspot_owner_id")),
                people: vec![person.clone()],
                account,
                ..LeadRecord::default()
            };
            if let Some(company) = lead.account.as_ref().and_then(|account| account.id.clone()) {
                company_leads.push((company, lead.id.clone()));
            }
            contact_leads.push((id.to_owned(), lead.id.clone()));
            collector.add_from(lead, Some(row.table.file.clone()), Some(row.line));
        }
        self.lead_of_contact.extend(contact_leads);
        for (company, lead) in company_leads {
            self.lead_of_company.entry(company).or_insert(lead);
        }
        for account in self.companies.values() {
            let Some(id) = account.id.clone().filter(|id| !self.lead_of_company.contains_key(id)) else { continue };
            self.lead_of_company.insert(id.clone(), id.clone());
            let (name, account) = (account.name.clone(), Some(account.clone()));
            collector.add(LeadRecord { id, name, account, ..LeadRecord::default() }, None);
        }
    }
}

/// The ids in a cell, which stand apart by `;`.
fn ids(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', ',']).map(str::trim).filter(|id| !id.is_empty())
}

/// Refuses a row that refers to `what`, which no table has.
fn refuse_unmatched(collector: &mut LeadCollector, row: &TableRow<'_>, what: impl Into<Sentence>) {
    row.refuse(Sentence::new("import-not-in-tables").with("what", what.into()), collector);
}
