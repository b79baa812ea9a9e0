//! HubSpot: its tables as Fivetran lands them, each a CSV named after its table (`contact.csv`, `deal_contact_data.csv`).
//!
//! A deal becomes the lead `deal-<id>` with its contacts; a contact without a deal the lead `contact-<id>`; a company that
//! neither mentions the lead `company-<id>`. Merged contacts become aliases. Somebody who unsubscribed, or called a mail spam, is not to be
//! mailed. A signal of somebody with several deals goes to the newest open one, once, so that limits count it once.
//!
//! Times in these tables are in UTC without saying so. Owners carry no time zone, so they are kept as ids and no reps are
//! made of them. Opens by machines (`filtered_event`) are left out and counted. Here tables become leads; `signals` tells what happened.

mod rows;
mod signals;

use std::collections::BTreeMap;

use crate::book::import::country_code;
use crate::book::import::gather::{LeadCollector, full_name, known, reach};
use crate::book::import::hubspot::rows::deal;
use crate::book::import::table::{ImportTable, TableRow};
use crate::book::import::times::utc;
use crate::book::ingest::record::{AccountRecord, LeadRecord, PersonRecord};
use crate::book::vocabulary::{Channel, Stage};
use crate::calendar::Instant;

/// The tables that were given, by name, and what they have been joined to so far.
struct PortalTables {
    tables: BTreeMap<String, ImportTable>,
    contacts: BTreeMap<String, PersonRecord>,
    /// Contact ids that were merged away, and into whom.
    merged: BTreeMap<String, String>,
    by_email: BTreeMap<String, String>,
    companies: BTreeMap<String, AccountRecord>,
    /// The lead to which the signals of a contact go.
    home: BTreeMap<String, String>,
    /// The lead to which the signals of a company go.
    company_home: BTreeMap<String, String>,
}

/// Tables that say nothing about who should be contacted.
const SILENT: &[&str] = &[
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
/// Details of mail events; the event itself is a row of `email_event` with the same id.
const DETAILS: &[&str] = &[
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
const READ: &[&str] = &[
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

/// Reads tables.
pub(super) fn read(files: &[(&str, &[u8])], gather: &mut LeadCollector) {
    let mut portal = PortalTables {
        tables: BTreeMap::new(),
        contacts: BTreeMap::new(),
        merged: BTreeMap::new(),
        by_email: BTreeMap::new(),
        companies: BTreeMap::new(),
        home: BTreeMap::new(),
        company_home: BTreeMap::new(),
    };
    for (name, bytes) in files {
        let table = table_name(name);
        if SILENT.contains(&table.as_str()) {
            gather.desk.note(format!("the table {table} says nothing about a lead and was not read"));
        } else if READ.contains(&table.as_str()) || DETAILS.contains(&table.as_str()) {
            if let Some(read) = ImportTable::read(&table, bytes, b',', &mut gather.desk) {
                portal.tables.insert(table, read);
            }
        } else {
            gather.desk.refuse(*name, format!("\"{table}\" is not a HubSpot table that is known here"), None);
        }
    }
    portal.contacts(gather);
    portal.companies(gather);
    portal.deals(gather);
    portal.others(gather);
    portal.forms(gather);
    portal.engagements(gather);
    portal.mails(gather);
}

/// `seeds/contact_data.csv` is `contact`.
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
    fn rows<'t>(&'t self, table: &str, gather: &mut LeadCollector) -> Vec<TableRow<'t>> {
        let Some(table) = self.tables.get(table) else { return Vec::new() };
        let mut rows: Vec<TableRow<'t>> = table.rows().collect();
        let all = rows.len();
        rows.retain(|row| !deleted(row));
        for _ in rows.len()..all {
            gather.leave_out(format!("a row of {} that HubSpot marks as deleted", table.name));
        }
        rows
    }

    fn contacts(&mut self, gather: &mut LeadCollector) {
        let mut contacts = BTreeMap::new();
        let mut merged = BTreeMap::new();
        let mut by_email = BTreeMap::new();
        for row in self.rows("contact_merge_audit", gather) {
            merged.insert(row.get("vid_to_merge").to_owned(), row.first(&["canonical_vid", "contact_id"]).to_owned());
        }
        for row in self.rows("contact", gather) {
            let id = row.get("id");
            if id.is_empty() {
                gather.desk.refuse("contact.id", "this contact has no id", Some(row.line));
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
                title: known(row.get("property_jobtitle")),
                country: country_code(row.get("property_country")),
                do_not_email: row.yes("property_hs_email_optout"),
                ..PersonRecord::default()
            };
            for column in ["property_email", "property_email_1", "property_work_email"] {
                if let Some(address) = known(row.get(column)) {
                    reach(&mut person, Channel::Email);
                    by_email.entry(address.to_lowercase()).or_insert(id.to_owned());
                }
            }
            if !row.first(&["property_phone", "property_mobilephone"]).is_empty() {
                reach(&mut person, Channel::Phone);
            }
            if !row.first(&["property_hs_linkedin_url", "property_linkedinbio"]).is_empty() {
                reach(&mut person, Channel::Social);
            }
            contacts.insert(id.to_owned(), person);
        }
        for (other, into) in &merged {
            if contacts.contains_key(into) && contacts.remove(other).is_some() {
                gather.leave_out("a contact that was merged into another");
            }
            if let Some(person) = contacts.get_mut(into).filter(|person| !person.aliases.contains(other)) {
                person.aliases.push(other.clone());
            }
        }
        (self.contacts, self.merged, self.by_email) = (contacts, merged, by_email);
    }

    /// The contact that this id stands for now.
    fn contact<'a>(&'a self, id: &'a str) -> Option<&'a PersonRecord> {
        let into = self.merged.get(id).map_or(id, String::as_str);
        self.contacts.get(into).or_else(|| self.contacts.get(id))
    }

    fn companies(&mut self, gather: &mut LeadCollector) {
        let mut companies = BTreeMap::new();
        for row in self.rows("company", gather) {
            let id = row.get("id");
            let text = row.get("property_numberofemployees");
            let employees = known(text).map(|text| text.parse::<i64>());
            if let Some(Err(_)) = employees {
                let reason = format!("\"{text}\" is not a whole number; taken for not known (company {id})");
                gather.desk.refuse("company.property_numberofemployees", reason, Some(row.line));
            }
            let country = country_code(row.get("property_country"));
            if country.is_none() && !row.get("property_country").is_empty() {
                let reason =
                    format!("\"{}\" is not a country; taken for not known (company {id})", row.get("property_country"));
                gather.desk.refuse("company.property_country", reason, Some(row.line));
            }
            let account = AccountRecord {
                id: Some(format!("company-{id}")),
                name: known(row.get("property_name")),
                country,
                industry: known(row.get("property_industry")),
                employees: employees.and_then(Result::ok),
                ..AccountRecord::default()
            };
            companies.insert(id.to_owned(), account);
        }
        self.companies = companies;
    }

    fn deals(&mut self, gather: &mut LeadCollector) {
        let stages: BTreeMap<String, Stage> = self
            .rows("deal_pipeline_stage", gather)
            .iter()
            .filter(|row| row.yes("is_closed") || row.yes("closed_won"))
            .map(|row| {
                (row.get("stage_id").to_owned(), if row.yes("closed_won") { Stage::Customer } else { Stage::Lost })
            })
            .collect();
        let since: BTreeMap<String, Result<Instant, String>> = self
            .rows("deal_stage", gather)
            .iter()
            .filter(|row| !row.get("date_entered").is_empty() && row.get("_fivetran_active") != "FALSE")
            .map(|row| (row.get("deal_id").to_owned(), utc(row.get("date_entered"))))
            .collect();
        let mut added: Vec<(LeadRecord, u64)> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for row in self.rows("deal", gather) {
            let id = row.get("deal_id");
            match deal(&row, id, &stages, since.get(id)) {
                Ok(lead) => {
                    places.insert(id.to_owned(), added.len());
                    added.push((lead, row.line));
                }
                Err(why) => gather.desk.set_aside(Some(&format!("deal-{id}")), vec![why], Some(row.line)),
            }
        }
        for row in self.rows("deal_company", gather) {
            let (deal, company) = (row.get("deal_id"), row.get("company_id"));
            match (places.get(deal).and_then(|at| added.get_mut(*at)), self.companies.get(company)) {
                (Some((lead, _)), Some(account)) => lead.account = Some(account.clone()),
                _ => stray(gather, &row, "deal_company", &format!("deal {deal} or company {company}")),
            }
        }
        for row in self.rows("deal_contact", gather) {
            let (deal, contact) = (row.get("deal_id"), row.get("contact_id"));
            match (places.get(deal).and_then(|at| added.get_mut(*at)), self.contact(contact)) {
                (Some((lead, _)), Some(person)) => {
                    if !lead.people.iter().any(|known| known.id == person.id) {
                        lead.people.push(person.clone());
                    }
                }
                _ => stray(gather, &row, "deal_contact", &format!("deal {deal} or contact {contact}")),
            }
        }
        // The newest open deal is where somebody's signals belong: the later in this order wins.
        let mut order: Vec<&LeadRecord> = added.iter().map(|(lead, _)| lead).collect();
        order.sort_by_key(|lead| (lead.stage.is_none_or(Stage::is_open), lead.created_at));
        for lead in order {
            for person in &lead.people {
                self.home.insert(person.id.clone(), lead.id.clone());
            }
            if let Some(company) = lead.account.as_ref().and_then(|account| account.id.clone()) {
                self.company_home.insert(company, lead.id.clone());
            }
        }
        for (lead, line) in added {
            gather.add(lead, Some(line));
        }
    }

    /// Contacts and companies without a deal.
    fn others(&mut self, gather: &mut LeadCollector) {
        let (mut homes, mut company_homes) = (Vec::new(), Vec::new());
        for row in self.rows("contact", gather) {
            let id = row.get("id");
            let Some(person) = self.contacts.get(id).filter(|_| !self.home.contains_key(id)) else { continue };
            let company = self.companies.get(row.get("property_associatedcompanyid"));
            let named = known(row.get("property_company"))
                .map(|name| AccountRecord { name: Some(name), ..AccountRecord::default() });
            let account = company.cloned().or(named);
            let created_at = match known(row.first(&["property_createdate", "property_created_at"]))
                .map(|at| utc(&at))
                .transpose()
            {
                Ok(at) => at,
                Err(why) => {
                    gather.desk.set_aside(
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
                owner: known(row.get("property_hubspot_owner_id")),
                people: vec![person.clone()],
                account,
                ..LeadRecord::default()
            };
            if let Some(company) = lead.account.as_ref().and_then(|account| account.id.clone()) {
                company_homes.push((company, lead.id.clone()));
            }
            homes.push((id.to_owned(), lead.id.clone()));
            gather.add(lead, Some(row.line));
        }
        self.home.extend(homes);
        for (company, lead) in company_homes {
            self.company_home.entry(company).or_insert(lead);
        }
        for account in self.companies.values() {
            let Some(id) = account.id.clone().filter(|id| !self.company_home.contains_key(id)) else { continue };
            self.company_home.insert(id.clone(), id.clone());
            let (name, account) = (account.name.clone(), Some(account.clone()));
            gather.add(LeadRecord { id, name, account, ..LeadRecord::default() }, None);
        }
    }
}

fn stray(gather: &mut LeadCollector, row: &TableRow<'_>, table: &str, what: &str) {
    gather.desk.refuse(table, format!("{what} is not in the tables given"), Some(row.line));
}
