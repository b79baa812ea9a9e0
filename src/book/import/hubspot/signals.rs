//! What happened: form submissions, engagements and mail events, each written into the lead where it belongs.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::import::gather::{LeadCollector, known};
use crate::book::import::hubspot::rows::{EngagementMeaning, engagement, when};
use crate::book::import::hubspot::{DETAILS, PortalTables, stray};
use crate::book::lead::Signal;
use crate::book::vocabulary::{Channel, Direction, SignalKind};
use crate::calendar::Instant;

impl PortalTables {
    pub(super) fn forms(&self, gather: &mut LeadCollector) {
        for row in self.rows("contact_form_submission", gather) {
            let Some(person) = self.contact(row.get("contact_id")) else {
                stray(gather, &row, "contact_form_submission", &format!("contact {}", row.get("contact_id")));
                continue;
            };
            let mut told = match when(&row, &["timestamp"], SignalKind::Form) {
                Ok(told) => told,
                Err(why) => {
                    gather.desk.refuse("contact_form_submission.timestamp", why, Some(row.line));
                    continue;
                }
            };
            told.topic = known(row.first(&["title", "page_url"]));
            told.direction = Some(Direction::Inbound);
            self.log(person.id.clone(), told, gather);
        }
    }

    /// Writes a signal of a contact into the lead where it belongs.
    fn log(&self, contact: String, mut told: Signal, gather: &mut LeadCollector) {
        let Some(home) = self.home.get(&contact) else { return };
        if !gather.within(told.at) {
            return gather.leave_out("a signal after the moment up to which was asked for");
        }
        told.person = Some(contact);
        if let Some(lead) = gather.find(home) {
            lead.signals.push(told);
        }
    }

    pub(super) fn engagements(&self, gather: &mut LeadCollector) {
        let links = |table: &str, column: &str, gather: &mut LeadCollector| -> BTreeMap<String, Vec<String>> {
            let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for row in self.rows(table, gather) {
                found.entry(row.get("engagement_id").to_owned()).or_default().push(row.get(column).to_owned());
            }
            found
        };
        let contacts = links("engagement_contact", "contact_id", gather);
        let deals = links("engagement_deal", "deal_id", gather);
        let companies = links("engagement_company", "company_id", gather);
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for table in [
            "engagement_call",
            "engagement_communication",
            "engagement_email",
            "engagement_meeting",
            "engagement_note",
            "engagement_task",
        ] {
            for row in self.rows(table, gather) {
                let id = row.get("engagement_id");
                seen.insert(id.to_owned());
                let person = contacts
                    .get(id)
                    .into_iter()
                    .flatten()
                    .find_map(|contact| self.contact(contact))
                    .map(|person| person.id.clone());
                let deal = deals
                    .get(id)
                    .into_iter()
                    .flatten()
                    .map(|deal| format!("deal-{deal}"))
                    .find(|deal| gather.find(deal).is_some());
                let company = companies
                    .get(id)
                    .into_iter()
                    .flatten()
                    .find_map(|company| self.company_home.get(&format!("company-{company}")));
                let home = deal.or_else(|| self.home.get(person.as_ref()?).cloned()).or_else(|| company.cloned());
                let Some(home) = home else {
                    stray(gather, &row, table, &format!("the contact, deal or company of engagement {id}"));
                    continue;
                };
                match engagement(table, &row) {
                    Ok(EngagementMeaning::Signal(told)) if !gather.within(told.at) => {
                        gather.leave_out("a signal after the moment up to which was asked for");
                    }
                    Ok(EngagementMeaning::Signal(mut told)) => {
                        if let Some(lead) = gather.find(&home) {
                            told.person = person.filter(|id| lead.people.iter().any(|known| known.id == *id));
                            lead.signals.push(told);
                        }
                    }
                    Ok(EngagementMeaning::Planned(mut planned)) => {
                        if let Some(lead) = gather.find(&home) {
                            planned.person = person.filter(|id| lead.people.iter().any(|known| known.id == *id));
                            lead.planned.push(planned);
                        }
                    }
                    Ok(EngagementMeaning::Nothing(why)) => gather.leave_out(why),
                    Err(why) => gather.desk.refuse(table, format!("{why} (engagement {id})"), Some(row.line)),
                }
            }
        }
        for row in self.rows("engagement", gather) {
            if !seen.contains(row.get("id")) {
                stray(gather, &row, "engagement", &format!("the details of engagement {}", row.get("id")));
            }
        }
    }

    pub(super) fn mails(&self, gather: &mut LeadCollector) {
        let mut statuses: BTreeMap<String, bool> = BTreeMap::new();
        for row in self.rows("email_event_status_change", gather) {
            statuses.insert(
                row.get("id").to_owned(),
                row.get("portal_subscription_status").eq_ignore_ascii_case("UNSUBSCRIBED"),
            );
        }
        let urls: BTreeMap<String, String> = self
            .rows("email_event_click", gather)
            .iter()
            .map(|row| (row.get("id").to_owned(), row.get("url").to_owned()))
            .collect();
        let mut events: BTreeSet<String> = BTreeSet::new();
        let mut changes: Vec<(Instant, String, bool)> = Vec::new();
        for row in self.rows("email_event", gather) {
            let (id, kind) = (row.get("id"), row.get("type"));
            events.insert(id.to_owned());
            let Some(contact) = self.by_email.get(&row.get("recipient").to_lowercase()).and_then(|id| self.contact(id))
            else {
                stray(gather, &row, "email_event", "the contact with the recipient's address");
                continue;
            };
            let (signal_kind, direction) = match kind {
                "SENT" => (SignalKind::Email, Direction::Outbound),
                "OPEN" => (SignalKind::Open, Direction::Inbound),
                "CLICK" => (SignalKind::Click, Direction::Inbound),
                "BOUNCE" => (SignalKind::Bounce, Direction::Inbound),
                "STATUSCHANGE" | "SPAMREPORT" => (SignalKind::Unsubscribe, Direction::Inbound),
                other => {
                    gather.leave_out(format!("a mail event of type {other}, which is no signal"));
                    continue;
                }
            };
            if row.yes("filtered_event") {
                gather.leave_out(format!("a mail event of type {kind} by a machine (filtered_event)"));
                continue;
            }
            let mut told = match when(&row, &["created"], signal_kind) {
                Ok(told) => told,
                Err(why) => {
                    gather.desk.refuse("email_event.created", why, Some(row.line));
                    continue;
                }
            };
            if signal_kind == SignalKind::Unsubscribe {
                // Without its detail a status change is taken for what it nearly always is, to be on the safe side.
                let leaves = kind == "SPAMREPORT" || statuses.get(id).copied().unwrap_or(true);
                changes.push((told.at, contact.id.clone(), leaves));
                if !leaves {
                    continue;
                }
            }
            told.channel = Some(Channel::Email);
            told.direction = Some(direction);
            told.topic = urls.get(id).and_then(|url| known(url));
            self.log(contact.id.clone(), told, gather);
        }
        changes.sort();
        for (_, contact, leaves) in changes {
            gather.each_person(&contact, |person| person.do_not_email = leaves);
        }
        for table in DETAILS {
            for row in self.rows(table, gather) {
                if !events.contains(row.get("id")) {
                    stray(gather, &row, table, &format!("the email_event {}", row.get("id")));
                }
            }
        }
    }
}
