//! Adds form submissions, engagements and mail events of HubSpot to the leads of their contacts, deals and companies.
//!
//! In: the tables of the portal, and the leads that the joins have added to the collector. Out: signals and planned touches in those leads,
//! and `do_not_email` of their people. A row that refers to a record that is not there, or has no valid time, is refused with its table and
//! line; a row that is no signal, or lies after the moment up to which is imported, is left out and counted.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::import::hubspot::rows::{EngagementMeaning, engagement, signal_at};
use crate::book::import::hubspot::{MAIL_EVENT_DETAILS, PortalTables, refuse_unmatched};
use crate::book::import::lead_collector::{LeadCollector, non_empty};
use crate::book::lead::Signal;
use crate::book::vocabulary::{Channel, Direction, SignalKind};
use crate::calendar::Instant;

impl PortalTables {
    /// Adds each row of `contact_form_submission` as an inbound signal of its contact.
    pub(super) fn forms(&self, collector: &mut LeadCollector) {
        for row in self.rows("contact_form_submission", collector) {
            let Some(person) = self.contact(row.get("contact_id")) else {
                refuse_unmatched(
                    collector,
                    &row,
                    "contact_form_submission",
                    &format!("contact {}", row.get("contact_id")),
                );
                continue;
            };
            let mut signal = match signal_at(&row, &["timestamp"], SignalKind::Form) {
                Ok(signal) => signal,
                Err(why) => {
                    collector.intake.refuse("contact_form_submission.timestamp", why, Some(row.line));
                    continue;
                }
            };
            signal.topic = non_empty(row.first(&["title", "page_url"]));
            signal.direction = Some(Direction::Inbound);
            self.add_signal(person.id.clone(), signal, collector);
        }
    }

    /// Adds a signal of a contact (by id, after merges) to the lead that gets the contact's signals. A contact without a lead is one whose
    /// lead was set aside, which is reported already.
    fn add_signal(&self, contact: String, mut signal: Signal, collector: &mut LeadCollector) {
        let Some(lead_id) = self.lead_of_contact.get(&contact) else { return };
        if !collector.within(signal.at) {
            return collector.leave_out("a signal after the moment up to which was asked for");
        }
        signal.person = Some(contact);
        if let Some(lead) = collector.find(lead_id) {
            lead.signals.push(signal);
        }
    }

    /// Adds each engagement (call, mail, message, meeting, note or task) as a signal or a planned touch.
    ///
    /// It goes to one lead: that of its first deal that is a lead, else the one that gets the signals of its contact, else that of its
    /// first company with a lead. The contact is the first one that is known, and is named only if the lead has that person.
    pub(super) fn engagements(&self, collector: &mut LeadCollector) {
        // For each id of an engagement, the ids in a column of a table that links engagements to other records.
        let linked_ids = |table: &str, column: &str, collector: &mut LeadCollector| -> BTreeMap<String, Vec<String>> {
            let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for row in self.rows(table, collector) {
                found.entry(row.get("engagement_id").to_owned()).or_default().push(row.get(column).to_owned());
            }
            found
        };
        let contacts = linked_ids("engagement_contact", "contact_id", collector);
        let deals = linked_ids("engagement_deal", "deal_id", collector);
        let companies = linked_ids("engagement_company", "company_id", collector);
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
            for row in self.rows(table, collector) {
                let id = row.get("engagement_id");
                detailed.insert(id.to_owned());
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
                    .find(|deal| collector.find(deal).is_some());
                let company = companies
                    .get(id)
                    .into_iter()
                    .flatten()
                    .find_map(|company| self.lead_of_company.get(&format!("company-{company}")));
                let lead_id =
                    deal.or_else(|| self.lead_of_contact.get(person.as_ref()?).cloned()).or_else(|| company.cloned());
                let Some(lead_id) = lead_id else {
                    refuse_unmatched(
                        collector,
                        &row,
                        table,
                        &format!("the contact, deal or company of engagement {id}"),
                    );
                    continue;
                };
                match engagement(table, &row) {
                    Ok(EngagementMeaning::Signal(signal)) if !collector.within(signal.at) => {
                        collector.leave_out("a signal after the moment up to which was asked for");
                    }
                    Ok(EngagementMeaning::Signal(mut signal)) => {
                        if let Some(lead) = collector.find(&lead_id) {
                            signal.person = person.filter(|id| lead.people.iter().any(|known| known.id == *id));
                            lead.signals.push(signal);
                        }
                    }
                    Ok(EngagementMeaning::Planned(mut planned)) => {
                        if let Some(lead) = collector.find(&lead_id) {
                            planned.person = person.filter(|id| lead.people.iter().any(|known| known.id == *id));
                            lead.planned.push(planned);
                        }
                    }
                    Ok(EngagementMeaning::Nothing(why)) => collector.leave_out(why),
                    Err(why) => collector.intake.refuse(table, format!("{why} (engagement {id})"), Some(row.line)),
                }
            }
        }
        for row in self.rows("engagement", collector) {
            if !detailed.contains(row.get("id")) {
                refuse_unmatched(
                    collector,
                    &row,
                    "engagement",
                    &format!("the details of engagement {}", row.get("id")),
                );
            }
        }
    }

    /// Adds each row of `email_event` as a signal of the contact with the recipient's address, and sets `do_not_email` of each person to
    /// what the newest unsubscribe, spam report or renewed subscription says.
    pub(super) fn mails(&self, collector: &mut LeadCollector) {
        // For each id of a status change, whether it ends the subscription.
        let mut unsubscribes: BTreeMap<String, bool> = BTreeMap::new();
        for row in self.rows("email_event_status_change", collector) {
            unsubscribes.insert(
                row.get("id").to_owned(),
                row.get("portal_subscription_status").eq_ignore_ascii_case("UNSUBSCRIBED"),
            );
        }
        // For each id of a click, the address that was clicked.
        let clicked_urls: BTreeMap<String, String> = self
            .rows("email_event_click", collector)
            .iter()
            .map(|row| (row.get("id").to_owned(), row.get("url").to_owned()))
            .collect();
        let mut event_ids: BTreeSet<String> = BTreeSet::new();
        // Moment, id of the contact, and whether mail is refused from then on.
        let mut opt_outs: Vec<(Instant, String, bool)> = Vec::new();
        for row in self.rows("email_event", collector) {
            let (id, kind) = (row.get("id"), row.get("type"));
            event_ids.insert(id.to_owned());
            let Some(contact) = self.by_email.get(&row.get("recipient").to_lowercase()).and_then(|id| self.contact(id))
            else {
                refuse_unmatched(collector, &row, "email_event", "the contact with the recipient's address");
                continue;
            };
            let (signal_kind, direction) = match kind {
                "SENT" => (SignalKind::Email, Direction::Outbound),
                "OPEN" => (SignalKind::Open, Direction::Inbound),
                "CLICK" => (SignalKind::Click, Direction::Inbound),
                "BOUNCE" => (SignalKind::Bounce, Direction::Inbound),
                "STATUSCHANGE" | "SPAMREPORT" => (SignalKind::Unsubscribe, Direction::Inbound),
                other => {
                    collector.leave_out(format!("a mail event of type {other}, which is no signal"));
                    continue;
                }
            };
            if row.yes("filtered_event") {
                collector.leave_out(format!("a mail event of type {kind} by a machine (filtered_event)"));
                continue;
            }
            let mut signal = match signal_at(&row, &["created"], signal_kind) {
                Ok(signal) => signal,
                Err(why) => {
                    collector.intake.refuse("email_event.created", why, Some(row.line));
                    continue;
                }
            };
            if signal_kind == SignalKind::Unsubscribe {
                // A status change without its details counts as an unsubscribe: that is what it nearly always is, and the safe reading.
                let opts_out = kind == "SPAMREPORT" || unsubscribes.get(id).copied().unwrap_or(true);
                opt_outs.push((signal.at, contact.id.clone(), opts_out));
                if !opts_out {
                    continue;
                }
            }
            signal.channel = Some(Channel::Email);
            signal.direction = Some(direction);
            signal.topic = clicked_urls.get(id).and_then(|url| non_empty(url));
            self.add_signal(contact.id.clone(), signal, collector);
        }
        // In order of time, so that the newest one decides; of two at one moment, the refusal.
        opt_outs.sort();
        for (_, contact, opts_out) in opt_outs {
            collector.each_person(&contact, |person| person.do_not_email = opts_out);
        }
        for table in MAIL_EVENT_DETAILS {
            for row in self.rows(table, collector) {
                if !event_ids.contains(row.get("id")) {
                    refuse_unmatched(collector, &row, table, &format!("the email_event {}", row.get("id")));
                }
            }
        }
    }
}
