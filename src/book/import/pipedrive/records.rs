//! Reads deals, leads, persons and organisations of Pipedrive.
//!
//! Version 1 of its API gives the person, organisation and owner of a record as objects with a few of their fields, version 2 as ids.

use crate::book::import::json_record::{JsonField, JsonRecord, of_field};
use crate::book::import::lead_collector::add_channel;
use crate::book::import::opt_out_names::{RefusedByName, stop_of_texts};
use crate::book::import::pipedrive::id_of;
use crate::book::import::times::utc;
use crate::book::ingest::json_tree::short;
use crate::book::ingest::record::{AccountRecord, LeadRecord};
use crate::book::lead::{Person, Signal};
use crate::book::vocabulary::{Channel, Stage};
use crate::calendar::Instant;
use crate::calendar::instant::EARLIEST;
use crate::wording::Sentence;

/// What a record of a person says.
pub(super) struct PersonDetails {
    pub(super) person: Person,
    pub(super) account: Option<AccountRecord>,
    pub(super) owner: Option<String>,
    /// Whether they refuse texts, for which a person has no flag.
    no_texts: bool,
    created_at: Option<Instant>,
}

/// What a record of an organisation says.
pub(super) struct Organisation {
    /// The id of the account.
    pub(super) id: String,
    pub(super) owner: Option<String>,
    name: Option<String>,
    country: Option<String>,
    industry: Option<String>,
    employees: Option<i64>,
}

/// The moment of a member, in UTC where it does not say.
///
/// # Errors
/// Why it is no moment, with the record (`about`: "deal 15") and the member.
pub(super) fn time(record: &JsonRecord, key: &str, about: &Sentence) -> Result<Option<Instant>, Sentence> {
    record.get(key).time(utc).map_err(|why| of_field(about, key, why))
}

/// The first of these members that is known; the last when none is.
pub(super) fn first<'r>(record: &'r JsonRecord, keys: &[&str]) -> JsonField<'r> {
    let fields = keys.iter().map(|key| record.get(key));
    fields.reduce(|earlier, later| if earlier.is_known() { earlier } else { later }).unwrap_or_else(|| record.get(""))
}

/// The lead of a deal.
///
/// # Errors
/// Why it is none.
pub(super) fn deal(deal: &JsonRecord) -> Result<LeadRecord, Sentence> {
    let id = deal.get("id").text().ok_or("import-pipedrive-deal-without-id")?;
    let about = Sentence::new("import-deal").with("id", id.as_str());
    let status = deal.get("status");
    let (stage, since) = match status.word().map(|status| status.to_lowercase()).as_deref() {
        Some("won") => (Some(Stage::Customer), time(deal, "won_time", &about)?),
        Some("lost") => (Some(Stage::Lost), time(deal, "lost_time", &about)?),
        // The stages of an open deal are the team's own.
        None | Some("open") => (None, None),
        Some(other) => {
            status.fault(Sentence::new("import-deal-status").with("written", short(other)));
            (None, None)
        }
    };
    Ok(LeadRecord {
        id: format!("deal-{id}"),
        name: deal.get("title").text(),
        account: account(deal),
        stage,
        stage_since: since,
        created_at: time(deal, "add_time", &about)?,
        owner: id_of(first(deal, &["owner_id", "user_id"])),
        value: deal.get("value").number(),
        people: member(deal.get("person_id"), deal.get("person_name")).into_iter().collect(),
        ..LeadRecord::default()
    })
}

/// The lead of a record of Pipedrive's inbox of leads.
///
/// # Errors
/// Why it is none.
pub(super) fn lead(lead: &JsonRecord) -> Result<LeadRecord, Sentence> {
    let id = lead.get("id").text().ok_or("import-lead-without-id")?;
    let value = lead.get("value");
    Ok(LeadRecord {
        id: format!("lead-{id}"),
        name: lead.get("title").text(),
        account: account(lead),
        created_at: time(lead, "add_time", &Sentence::new("record-of-lead").with("lead", id.as_str()))?,
        source: lead.get("source_name").text(),
        owner: id_of(first(lead, &["owner_id", "user_id"])),
        value: if value.is_object() { value.get("amount").number() } else { value.number() },
        people: member(lead.get("person_id"), lead.get("person_name")).into_iter().collect(),
        ..LeadRecord::default()
    })
}

/// The organisation of a record, as the account of a lead.
pub(super) fn account(record: &JsonRecord) -> Option<AccountRecord> {
    let organisation = first(record, &["org_id", "organization_id"]);
    let id = id_of(organisation)?;
    let name = organisation.get("name").text().or_else(|| first(record, &["org_name", "organization_name"]).text());
    Some(AccountRecord { id: Some(format!("org-{id}")), name, ..AccountRecord::default() })
}

/// The human whom the id of a Pipedrive person stands for.
fn human(id: &str) -> String {
    format!("pipedrive-person-{id}")
}

/// The person whom a field names by id, or describes. `name` is their name where the field has none.
pub(super) fn member(person: JsonField<'_>, name: JsonField<'_>) -> Option<Person> {
    let id = id_of(person)?;
    let mut member = Person { id: format!("person-{id}"), human: Some(human(&id)), ..Person::default() };
    member.name = person.get("name").text().or_else(|| name.text());
    add_addresses(&mut member, person);
    let refused = RefusedByName::in_fields(person.members());
    member.do_not_email = refuses_mailings(person.get("marketing_status")) | refused.mail;
    member.do_not_call = refused.calls;
    member.objected = refused.all;
    Some(member)
}

/// Whether the status of a person for mailings refuses mail.
fn refuses_mailings(status: JsonField<'_>) -> bool {
    match status.word().map(|status| status.to_lowercase()).as_deref() {
        None | Some("subscribed" | "archived") => false,
        Some("unsubscribed" | "no_consent" | "bounced") => true,
        // In doubt nobody is mailed.
        Some(other) => {
            status.fault(Sentence::new("import-marketing-status").with("written", short(other)));
            true
        }
    }
}

/// Adds the channels for which a description of a person has an address or number.
fn add_addresses(person: &mut Person, description: JsonField<'_>) {
    for (channel, keys) in [(Channel::Email, ["email", "emails"]), (Channel::Phone, ["phone", "phones"])] {
        for entry in keys.into_iter().flat_map(|key| description.get(key).elements()) {
            let address = if entry.is_object() { entry.get("value") } else { entry };
            if address.is_there() {
                add_channel(person, channel);
            }
        }
    }
}

/// The mail addresses in a description of a person.
pub(super) fn mails(description: JsonField<'_>) -> Vec<String> {
    let entries = ["email", "emails"].into_iter().flat_map(|key| description.get(key).elements());
    entries.filter_map(|entry| if entry.is_object() { entry.get("value").peek() } else { entry.peek() }).collect()
}

impl PersonDetails {
    /// Reads a record of a person.
    ///
    /// # Errors
    /// Why it is none.
    pub(super) fn read(record: &JsonRecord) -> Result<Self, Sentence> {
        let id = record.get("id").text().ok_or("import-person-without-id")?;
        let mut person = Person { id: format!("person-{id}"), human: Some(human(&id)), ..Person::default() };
        person.name = match record.get("name").text() {
            Some(name) => Some(name),
            None => JsonField::full_name(record.get("first_name"), record.get("last_name")),
        };
        person.title = record.get("job_title").text();
        person.country = first_country(record, "postal_address");
        add_addresses(&mut person, record.root());
        person.do_not_email = refuses_mailings(record.get("marketing_status"));
        let refused = RefusedByName::in_fields(record.root().members());
        // What the record says about consent must not be lost with its time.
        let added = record.get("add_time");
        let created_at = added.time(utc).unwrap_or_else(|why| added.unreadable(why));
        let owner = id_of(record.get("owner_id"));
        let mut details = Self { person, account: account(record), owner, no_texts: false, created_at };
        details.refuse(refused);
        Ok(details)
    }

    /// Adds what a further record of the person says.
    pub(super) fn add(&mut self, other: &Self) {
        other.fill(&mut self.person);
        self.account = self.account.take().or_else(|| other.account.clone());
        self.owner = self.owner.take().or_else(|| other.owner.clone());
        self.no_texts |= other.no_texts;
        self.created_at = self.created_at.or(other.created_at);
    }

    /// What the person refuses.
    pub(super) fn refused(&self) -> RefusedByName {
        RefusedByName {
            mail: self.person.do_not_email,
            calls: self.person.do_not_call,
            all: self.person.objected,
            texts: self.no_texts,
        }
    }

    /// Makes the person refuse this too.
    pub(super) fn refuse(&mut self, refused: RefusedByName) {
        self.person.do_not_email |= refused.mail;
        self.person.do_not_call |= refused.calls;
        self.person.objected |= refused.all;
        self.no_texts |= refused.texts;
    }

    /// Adds what the record says to the person of a lead.
    pub(super) fn fill(&self, known: &mut Person) {
        known.name = known.name.take().or_else(|| self.person.name.clone());
        known.title = known.title.take().or_else(|| self.person.title.clone());
        known.country = known.country.take().or_else(|| self.person.country.clone());
        known.do_not_email |= self.person.do_not_email;
        known.do_not_call |= self.person.do_not_call;
        known.objected |= self.person.objected;
        self.person.channels.iter().for_each(|channel| add_channel(known, *channel));
    }

    /// The unsubscribe of somebody who refuses texts, for a lead that is there since that moment.
    pub(super) fn stop_of_texts(&self, since: Option<Instant>) -> Option<Signal> {
        self.no_texts.then(|| stop_of_texts(&self.person.id, since.unwrap_or(EARLIEST)))
    }

    /// The lead of the person alone.
    pub(super) fn lead(&self) -> LeadRecord {
        LeadRecord {
            id: self.person.id.clone(),
            name: self.account.as_ref().and_then(|account| account.name.clone()).or_else(|| self.person.name.clone()),
            account: self.account.clone(),
            created_at: self.created_at,
            owner: self.owner.clone(),
            people: vec![self.person.clone()],
            signals: self.stop_of_texts(self.created_at).into_iter().collect(),
            ..LeadRecord::default()
        }
    }
}

impl Organisation {
    /// Reads a record of an organisation.
    ///
    /// # Errors
    /// Why it is none.
    pub(super) fn read(record: &JsonRecord) -> Result<Self, Sentence> {
        let id = record.get("id").text().ok_or("import-organisation-without-id")?;
        Ok(Self {
            id: format!("org-{id}"),
            owner: id_of(record.get("owner_id")),
            name: record.get("name").text(),
            country: first_country(record, "address"),
            industry: record.get("industry").text(),
            employees: record.get("employee_count").count(),
        })
    }

    /// Adds what the record says to the account of a lead.
    pub(super) fn fill(&self, account: &mut AccountRecord) {
        account.name = account.name.take().or_else(|| self.name.clone());
        account.country = account.country.take().or_else(|| self.country.clone());
        account.industry = account.industry.take().or_else(|| self.industry.clone());
        account.employees = account.employees.or(self.employees);
    }
}

/// The country of an address: `address_country` in version 1, `address.country` in version 2.
fn first_country(record: &JsonRecord, address: &str) -> Option<String> {
    let apart = record.get(&format!("{address}_country"));
    if apart.is_known() { apart.country() } else { record.get(address).get("country").country() }
}
