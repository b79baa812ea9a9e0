//! HubSpot: its tables as Fivetran lands them, each a CSV named after its table (`contact.csv`, `deal_contact_data.csv`).
//!
//! A deal becomes the lead `deal-<id>` with its contacts; a contact without a deal the lead `contact-<id>`; a company without either the
//! lead `company-<id>`. Merged contacts become aliases. A contact who unsubscribed, or reported a mail as spam, must not be mailed. A
//! signal of a contact with several deals goes to the newest open deal only, so that caps count it once.
//!
//! Times in these tables are in UTC. Owners have no time zone, so only their ids are imported and no reps are made. Opens by machines
//! (`filtered_event`) are left out and counted. This module joins the tables to leads; `signals` adds what happened, and `rows` reads
//! single rows.

mod rows;
mod signals;

use std::collections::BTreeMap;

use crate::book::import::country_code;
use crate::book::import::hubspot::rows::deal;
use crate::book::import::lead_collector::{LeadCollector, add_channel, full_name, non_empty};
use crate::book::import::table::{ImportTable, TableRow};
use crate::book::import::times::utc;
use crate::book::ingest::record::{AccountRecord, LeadRecord, PersonRecord};
use crate::book::vocabulary::{Channel, Stage};
use crate::calendar::Instant;

/// The tables of a HubSpot portal by name, and what was joined from them so far.
struct PortalTables {
    tables: BTreeMap<String, ImportTable>,
    /// By id of the contact.
    contacts: BTreeMap<String, PersonRecord>,
    /// The id of the contact into which a contact was merged, by its former id.
    merged: BTreeMap<String, String>,
    /// Ids of contacts by mail address in lower case.
    by_email: BTreeMap<String, String>,
    /// By id of the company.
    companies: BTreeMap<String, AccountRecord>,
    /// The id of the lead that gets the signals of a contact, by id of the contact.
    lead_of_contact: BTreeMap<String, String>,
    /// The id of the lead that gets the signals of a company, by account id.
    lead_of_company: BTreeMap<String, String>,
}

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
    let mut portal = PortalTables {
        tables: BTreeMap::new(),
        contacts: BTreeMap::new(),
        merged: BTreeMap::new(),
        by_email: BTreeMap::new(),
        companies: BTreeMap::new(),
        lead_of_contact: BTreeMap::new(),
        lead_of_company: BTreeMap::new(),
    };
    for (name, bytes) in files {
        let table = table_name(name);
        if IGNORED.contains(&table.as_str()) {
            collector.intake.note(format!("the table {table} says nothing about a lead and was not read"));
        } else if USED.contains(&table.as_str()) || MAIL_EVENT_DETAILS.contains(&table.as_str()) {
            if let Some(read) = ImportTable::read(&table, bytes, b',', &mut collector.intake) {
                portal.tables.insert(table, read);
            }
        } else {
            collector.intake.refuse(*name, format!("\"{table}\" is not a HubSpot table that is known here"), None);
        }
    }
    portal.contacts(collector);
    portal.companies(collector);
    portal.deals(collector);
    portal.others(collector);
    portal.forms(collector);
    portal.engagements(collector);
    portal.mails(collector);
}

/// The name of the table in a file: `contact` for `seeds/contact_data.csv`.
fn table_name(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file).to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or_default();
    stem.trim_start_matches("hubspot_").trim_end_matches("_data").to_owned()
}

fn deleted(row: &TableRow<'_>) -> bool {
    ["_fivetran_deleted", "is_deleted", "is_property_hs_is_deleted"].iter().any(|column| row.yes(column))
}

impl PortalTables {
    /// The rows of a table that are not deleted; none when the table was not given.
    fn rows<'t>(&'t self, table: &str, collector: &mut LeadCollector) -> Vec<TableRow<'t>> {
        let Some(table) = self.tables.get(table) else { return Vec::new() };
        let mut rows: Vec<TableRow<'t>> = table.rows().collect();
        let all = rows.len();
        rows.retain(|row| !deleted(row));
        for _ in rows.len()..all {
            collector.leave_out(format!("a row of {} that HubSpot marks as deleted", table.name));
        }
        rows
    }

    fn contacts(&mut self, collector: &mut LeadCollector) {
        let mut contacts = BTreeMap::new();
        let mut merged = BTreeMap::new();
        let mut by_email = BTreeMap::new();
        for row in self.rows("contact_merge_audit", collector) {
            merged.insert(row.get("vid_to_merge").to_owned(), row.first(&["canonical_vid", "contact_id"]).to_owned());
        }
        for row in self.rows("contact", collector) {
            let id = row.get("id");
            if id.is_empty() {
                collector.intake.refuse("contact.id", "this contact has no id", Some(row.line));
                continue;
            }
            for other in row.first(&["property_hs_merged_object_ids", "property_hs_calculated_merged_vids"]).split(';')
            {
                let other = other.split(':').next().unwrap_or_default().trim();
                if !other.is_empty() && other != id {
                    merged.insert(other.to_owned(), id.to_owned());
                }
            }
            let mut person = PersonRecord {
                id: id.to_owned(),
                name: full_name(row.get("property_firstname"), row.get("property_lastname")),
                title: non_empty(row.get("property_jobtitle")),
                country: country_code(row.get("property_country")),
                do_not_email: row.yes("property_hs_email_optout"),
                ..PersonRecord::default()
            };
            for column in ["property_email", "property_email_1", "property_work_email"] {
                if let Some(address) = non_empty(row.get(column)) {
                    add_channel(&mut person, Channel::Email);
                    by_email.entry(address.to_lowercase()).or_insert(id.to_owned());
                }
            }
            if !row.first(&["property_phone", "property_mobilephone"]).is_empty() {
                add_channel(&mut person, Channel::Phone);
            }
            if !row.first(&["property_hs_linkedin_url", "property_linkedinbio"]).is_empty() {
                add_channel(&mut person, Channel::Social);
            }
            contacts.insert(id.to_owned(), person);
        }
        for (other, into) in &merged {
            if contacts.contains_key(into) && contacts.remove(other).is_some() {
                collector.leave_out("a contact that was merged into another");
            }
            if let Some(person) = contacts.get_mut(into).filter(|person| !person.aliases.contains(other)) {
                person.aliases.push(other.clone());
            }
        }
        (self.contacts, self.merged, self.by_email) = (contacts, merged, by_email);
    }

    /// The contact with this id, after merges.
    fn contact<'a>(&'a self, id: &'a str) -> Option<&'a PersonRecord> {
        let into = self.merged.get(id).map_or(id, String::as_str);
        self.contacts.get(into).or_else(|| self.contacts.get(id))
    }

    fn companies(&mut self, collector: &mut LeadCollector) {
        let mut companies = BTreeMap::new();
        for row in self.rows("company", collector) {
            let id = row.get("id");
            let text = row.get("property_numberofemployees");
            let employees = non_empty(text).map(|text| text.parse::<i64>());
            if let Some(Err(_)) = employees {
                let reason = format!("\"{text}\" is not a whole number; taken for not known (company {id})");
                collector.intake.refuse("company.property_numberofemployees", reason, Some(row.line));
            }
            let country = country_code(row.get("property_country"));
            if country.is_none() && !row.get("property_country").is_empty() {
                let reason =
                    format!("\"{}\" is not a country; taken for not known (company {id})", row.get("property_country"));
                collector.intake.refuse("company.property_country", reason, Some(row.line));
            }
            let account = AccountRecord {
                id: Some(format!("company-{id}")),
                name: non_empty(row.get("property_name")),
                country,
                industry: non_empty(row.get("property_industry")),
                employees: employees.and_then(Result::ok),
                ..AccountRecord::default()
            };
            companies.insert(id.to_owned(), account);
        }
        self.companies = companies;
    }

    fn deals(&mut self, collector: &mut LeadCollector) {
        let stages: BTreeMap<String, Stage> = self
            .rows("deal_pipeline_stage", collector)
            .iter()
            .filter(|row| row.yes("is_closed") || row.yes("closed_won"))
            .map(|row| {
                (row.get("stage_id").to_owned(), if row.yes("closed_won") { Stage::Customer } else { Stage::Lost })
            })
            .collect();
        let since: BTreeMap<String, Result<Instant, String>> = self
            .rows("deal_stage", collector)
            .iter()
            .filter(|row| !row.get("date_entered").is_empty() && row.get("_fivetran_active") != "FALSE")
            .map(|row| (row.get("deal_id").to_owned(), utc(row.get("date_entered"))))
            .collect();
        let mut added: Vec<(LeadRecord, u64)> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for row in self.rows("deal", collector) {
            let id = row.get("deal_id");
            match deal(&row, id, &stages, since.get(id)) {
                Ok(lead) => {
                    places.insert(id.to_owned(), added.len());
                    added.push((lead, row.line));
                }
                Err(why) => collector.intake.set_aside(Some(&format!("deal-{id}")), vec![why], Some(row.line)),
            }
        }
        for row in self.rows("deal_company", collector) {
            let (deal, company) = (row.get("deal_id"), row.get("company_id"));
            match (places.get(deal).and_then(|at| added.get_mut(*at)), self.companies.get(company)) {
                (Some((lead, _)), Some(account)) => lead.account = Some(account.clone()),
                _ => refuse_unmatched(collector, &row, "deal_company", &format!("deal {deal} or company {company}")),
            }
        }
        for row in self.rows("deal_contact", collector) {
            let (deal, contact) = (row.get("deal_id"), row.get("contact_id"));
            match (places.get(deal).and_then(|at| added.get_mut(*at)), self.contact(contact)) {
                (Some((lead, _)), Some(person)) => {
                    if !lead.people.iter().any(|known| known.id == person.id) {
                        lead.people.push(person.clone());
                    }
                }
                _ => refuse_unmatched(collector, &row, "deal_contact", &format!("deal {deal} or contact {contact}")),
            }
        }
        // A contact's signals go to the newest open deal: the last one in this order.
        let mut order: Vec<&LeadRecord> = added.iter().map(|(lead, _)| lead).collect();
        order.sort_by_key(|lead| (lead.stage.is_none_or(Stage::is_open), lead.created_at));
        for lead in order {
            for person in &lead.people {
                self.lead_of_contact.insert(person.id.clone(), lead.id.clone());
            }
            if let Some(company) = lead.account.as_ref().and_then(|account| account.id.clone()) {
                self.lead_of_company.insert(company, lead.id.clone());
            }
        }
        for (lead, line) in added {
            collector.add(lead, Some(line));
        }
    }

    /// Adds a lead for each contact and each company without a deal.
    fn others(&mut self, collector: &mut LeadCollector) {
        let (mut contact_leads, mut company_leads) = (Vec::new(), Vec::new());
        for row in self.rows("contact", collector) {
            let id = row.get("id");
            let Some(person) = self.contacts.get(id).filter(|_| !self.lead_of_contact.contains_key(id)) else {
                continue;
            };
            let company = self.companies.get(row.get("property_associatedcompanyid"));
            let named = non_empty(row.get("property_company"))
                .map(|name| AccountRecord { name: Some(name), ..AccountRecord::default() });
            let account = company.cloned().or(named);
            let created_at = match non_empty(row.first(&["property_createdate", "property_created_at"]))
                .map(|at| utc(&at))
                .transpose()
            {
                Ok(at) => at,
                Err(why) => {
                    collector.intake.set_aside(
                        Some(&format!("contact-{id}")),
                        vec![("created_at".to_owned(), why)],
                        Some(row.line),
                    );
                    continue;
                }
            };
            let lead = LeadRecord {
                id: format!("contact-{id}"),
                name: account.as_ref().and_then(|account| account.name.clone()).or_else(|| person.name.clone()),
                stage: (row.get("property_lifecyclestage") == "customer").then_some(Stage::Customer),
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
            collector.add(lead, Some(row.line));
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

/// Refuses a row that refers to `what`, which no table has.
fn refuse_unmatched(collector: &mut LeadCollector, row: &TableRow<'_>, table: &str, what: &str) {
    collector.intake.refuse(table, format!("{what} is not in the tables given"), Some(row.line));
}
