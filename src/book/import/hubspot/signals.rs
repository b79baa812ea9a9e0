//! Adds form submissions and engagements of HubSpot to the leads of their contacts, deals and companies.
//!
//! In: the tables of the portal, and the leads that the joins have added to the collector. Out: signals and planned touches in those leads. A
//! row that refers to a record that is not there, or has no valid time, is refused with its table and
//! line; a row that is no signal, or lies after the moment up to which is imported, is left out and counted.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::import::addresses::address;
use crate::book::import::hubspot::rows::{EngagementMeaning, engagement, signal_at};
use crate::book::import::hubspot::{PortalTables, refuse_unmatched};
use crate::book::import::lead_collector::{LeadCollector, non_empty};
use crate::book::import::table::TableRow;
use crate::book::lead::{PlannedTouch, Signal};
use crate::book::vocabulary::{Direction, SignalKind};
use crate::wording::Sentence;

impl PortalTables {
    /// Adds each row of `contact_form_submission` as an inbound signal of its contact.
    pub(super) fn forms(&self, collector: &mut LeadCollector) {
        for row in self.rows("contact_form_submission") {
            let Some(person) = self.contacts.contact(row.get("contact_id")) else {
                refuse_unmatched(collector, &row, Sentence::new("import-contact").with("id", row.get("contact_id")));
                continue;
            };
            let mut signal = match signal_at(&row, &["timestamp"], SignalKind::Form) {
                Ok(signal) => signal,
                Err(why) => {
                    row.refuse(why, collector);
                    continue;
                }
            };
            signal.topic = non_empty(row.first(&["title", "page_url"]));
            signal.direction = Some(Direction::Inbound);
            self.add_signal(&person.id, signal, &row, collector);
        }
    }

    /// Adds a signal of a contact (by id, after merges) to the lead that gets the contact's signals. A contact without a lead is one whose
    /// lead was set aside, which is reported already.
    pub(super) fn add_signal(
        &self,
        contact: &str,
        mut signal: Signal,
        row: &TableRow<'_>,
        collector: &mut LeadCollector,
    ) {
        let Some(lead_id) = self.lead_of_contact.get(contact) else {
            return row.tell("import-contact-refused", collector);
        };
        if !collector.within(signal.at) {
            return row.leave_out("import-signal-later", collector);
        }
        signal.person = Some(contact.to_owned());
        if let Some(lead) = collector.find(lead_id) {
            lead.signals.push(signal);
        }
    }

    /// Adds each engagement (call, mail, message, meeting, note or task) as a signal or a planned touch.
    ///
    /// Of a contact it goes to one lead, so that it counts once: that of the first deal of the engagement which has the contact, else the one
    /// that gets the contact's signals. So a touch counts for a contact who was never added to the deal. A touch of ours counts for each of its
    /// contacts, as a signal of each. What is theirs, and a note, is one contact's: the sender's, where the address says who it is, else the first
    /// one's. Without a known contact it goes to its first deal that is a lead, else to its first company with one, and names nobody.
    pub(super) fn engagements(&self, collector: &mut LeadCollector) {
        // For each id of an engagement, the ids in a column of a table that links engagements to other records.
        let linked_ids = |table: &str, column: &str| -> BTreeMap<String, Vec<String>> {
            let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for row in self.rows(table) {
                found.entry(row.get("engagement_id").to_owned()).or_default().push(row.get(column).to_owned());
            }
            found
        };
        let contacts = linked_ids("engagement_contact", "contact_id");
        let deals = linked_ids("engagement_deal", "deal_id");
        let companies = linked_ids("engagement_company", "company_id");
        // The engagements with a row in the table of their kind; a row of `engagement` without one is refused.
        let mut detailed: BTreeSet<String> = BTreeSet::new();
        for table in [
            "engagement_call",
            "engagement_communication",
            "engagement_email",
            "engagement_meeting",
            "engagement_note",
            "engagement_task",
        ] {
            for row in self.newest_rows(table, "engagement_id", collector) {
                let id = row.get("engagement_id");
                detailed.insert(id.to_owned());
                let of = |links: &BTreeMap<String, Vec<String>>| links.get(id).cloned().unwrap_or_default();
                let mut known: Vec<&str> = Vec::new();
                for contact in of(&contacts).iter().filter_map(|id| self.contacts.contact(id)) {
                    if !known.contains(&contact.id.as_str()) {
                        known.push(&contact.id);
                    }
                }
                let deals: Vec<String> = of(&deals).iter().map(|deal| format!("deal-{deal}")).collect();
                let companies = of(&companies);
                let mut companies = companies.iter().map(|company| format!("company-{company}"));
                let mut places: Vec<(String, Option<String>)> = Vec::new();
                for contact in &known {
                    let mut has = |deal: &&String| {
                        collector.find(deal).is_some_and(|lead| lead.people.iter().any(|person| person.id == *contact))
                    };
                    let lead = deals.iter().find(&mut has).or_else(|| self.lead_of_contact.get(*contact));
                    places.extend(lead.map(|lead| (lead.clone(), Some((*contact).to_owned()))));
                }
                if places.is_empty() {
                    let deal = deals.iter().find(|deal| collector.find(deal).is_some()).cloned();
                    let company = || companies.find_map(|company| self.lead_of_company.get(&company).cloned());
                    places.extend(deal.or_else(company).map(|lead| (lead, None)));
                }
                if places.is_empty() {
                    refuse_unmatched(collector, &row, Sentence::new("import-lead-of-engagement").with("id", id));
                    continue;
                }
                match engagement(table, &row, collector) {
                    Ok(EngagementMeaning::Signal(signal)) if !collector.within(signal.at) => {
                        row.leave_out("import-signal-later", collector);
                    }
                    Ok(EngagementMeaning::Signal(signal)) => {
                        if !signal.is_touch() {
                            self.keep_sender(&mut places, &row, collector);
                        }
                        for (lead, person) in places {
                            if let Some(lead) = collector.find(&lead) {
                                lead.signals.push(Signal { person, ..signal.clone() });
                            }
                        }
                    }
                    Ok(EngagementMeaning::Planned(planned)) => {
                        for (lead, person) in places {
                            if let Some(lead) = collector.find(&lead) {
                                lead.planned.push(PlannedTouch { person, ..planned.clone() });
                            }
                        }
                    }
                    Ok(EngagementMeaning::Nothing(why)) => row.leave_out(why, collector),
                    Err(why) => {
                        row.refuse(Sentence::new("import-engagement").with("why", why).with("id", id), collector)
                    }
                }
            }
        }
        for row in self.rows("engagement") {
            if !detailed.contains(row.get("id")) {
                refuse_unmatched(
                    collector,
                    &row,
                    Sentence::new("import-details-of-engagement").with("id", row.get("id")),
                );
            }
        }
    }

    /// Keeps one of the places of an engagement that is no touch of ours: that of the contact with the address of the sender, else the first.
    /// The others are counted.
    fn keep_sender(
        &self,
        places: &mut Vec<(String, Option<String>)>,
        row: &TableRow<'_>,
        collector: &mut LeadCollector,
    ) {
        let sender = address(row.first(SENDER_ADDRESSES));
        let senders = self.contacts.with_address(&sender);
        let is_sender = |(_, person): &(String, Option<String>)| person.as_ref().is_some_and(|id| senders.contains(id));
        let kept = places.iter().position(is_sender).unwrap_or_default();
        for _ in 1..places.len() {
            collector.leave_out("import-further-contact");
        }
        *places = places.drain(..).skip(kept).take(1).collect();
    }
}

/// Columns with the address of the sender of a mail.
const SENDER_ADDRESSES: &[&str] = &["property_hs_email_from_email", "property_hs_email_sender_email", "from_email"];
