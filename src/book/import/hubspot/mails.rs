//! Adds the mail events of HubSpot: signals of the contacts, and who must not be mailed.
//!
//! In: `email_event` with its tables of details, and the leads that the joins have added to the collector. Out: signals in those leads, and
//! `do_not_email` of their people. A mail that was sent, opened or clicked is a signal of one contact with the recipient's address; an opt-out
//! (an unsubscribe, a spam report) holds for every contact with it.
//!
//! **Invariant:** events only ever add an opt-out. A renewed subscription is an opt-in, which takes back what an earlier event said, and never
//! what a later one says or stands in the contact itself. An opt-out counts also when its time is unreadable, or lies after the moment up to which is imported.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::import::addresses::address;
use crate::book::import::hubspot::rows::signal_at;
use crate::book::import::hubspot::{MAIL_EVENT_DETAILS, PortalTables, refuse_unmatched};
use crate::book::import::lead_collector::{LeadCollector, non_empty};
use crate::book::import::table::{TableRow, at_column, plain_name};
use crate::book::lead::{Consent, Signal};
use crate::book::vocabulary::{Basis, Channel, Direction, Excluded, SignalKind};
use crate::calendar::Instant;
use crate::wording::Sentence;

/// What a mail event means.
enum MailEvent {
    /// A signal of one contact.
    Signal(SignalKind, Direction),
    /// Mail is refused from then on; `true` when the event is a signal as well.
    OptOut(bool),
    /// Mail is allowed again from then on.
    Renewal,
    /// Nothing.
    Other,
}

/// When the owner of each address refused mail or allowed it again. Of one address only, because a renewal at another says nothing of it.
#[derive(Default)]
struct OptOuts {
    /// Moment, address, and whether mail is refused from then on.
    events: Vec<(Instant, String, bool)>,
    /// Addresses with an opt-out of which the time is unreadable.
    at_any_time: BTreeSet<String>,
}

impl PortalTables {
    /// Adds each row of `email_event` as a signal of the contact with the recipient's address, and sets `do_not_email` of each person whose
    /// newest event of that kind is an unsubscribe or a spam report.
    pub(super) fn mails(&self, collector: &mut LeadCollector) {
        // For each id of a status change, whether it ends the subscription.
        let mut status_changes: BTreeMap<&str, bool> = BTreeMap::new();
        for row in self.rows("email_event_status_change") {
            let ends = ends_subscription(&row, collector);
            *status_changes.entry(row.get("id")).or_default() |= ends;
        }
        // Events of which a mail was held back because the recipient had unsubscribed or reported spam before.
        let is_opt_out = |row: &TableRow<'_>| row.get("drop_reason").to_ascii_uppercase().starts_with("PREVIOUSLY_");
        let refused_before: BTreeSet<&str> = self
            .rows("email_event_dropped")
            .filter(|row| is_opt_out(row) && !row.get("drop_reason").to_ascii_uppercase().contains("BOUNCE"))
            .map(|row| row.get("id"))
            .collect();
        // For each id of a click, the address that was clicked.
        let clicked_urls: BTreeMap<&str, &str> =
            self.rows("email_event_click").map(|row| (row.get("id"), row.get("url"))).collect();
        let mut event_ids: BTreeSet<&str> = BTreeSet::new();
        let mut opt_outs = OptOuts::default();
        for row in self.newest_rows("email_event", "id", collector) {
            let (id, kind) = (row.get("id"), row.get("type"));
            event_ids.insert(id);
            let recipient = address(row.get("recipient"));
            let contacts = self.contacts.with_address(&recipient);
            let Some(first) = contacts.first() else {
                refuse_unmatched(collector, &row, "import-recipient");
                continue;
            };
            let event = match plain_name(kind).as_str() {
                "sent" => MailEvent::Signal(SignalKind::Email, Direction::Outbound),
                "open" => MailEvent::Signal(SignalKind::Open, Direction::Inbound),
                "click" => MailEvent::Signal(SignalKind::Click, Direction::Inbound),
                "bounce" => MailEvent::Signal(SignalKind::Bounce, Direction::Inbound),
                "spamreport" | "unsubscribe" | "unsubscribed" => MailEvent::OptOut(true),
                // A status change without its details counts as an unsubscribe: that is what it nearly always is, and the safe reading.
                "statuschange" if status_changes.get(id).copied().unwrap_or(true) => MailEvent::OptOut(true),
                "statuschange" => MailEvent::Renewal,
                "dropped" if refused_before.contains(id) => MailEvent::OptOut(false),
                _ => MailEvent::Other,
            };
            let at = signal_at(&row, &["created"], SignalKind::Unsubscribe).map(|signal| signal.at);
            match event {
                MailEvent::OptOut(_) => opt_outs.add(&recipient, at.as_ref().ok().copied()),
                MailEvent::Renewal => {
                    opt_outs.renew(&recipient, at.as_ref().ok().copied().filter(|at| collector.within(*at)))
                }
                MailEvent::Signal(..) | MailEvent::Other => {}
            }
            let (signal_kind, direction, recipients) = match event {
                MailEvent::Signal(kind, direction) => (kind, direction, std::slice::from_ref(first)),
                MailEvent::OptOut(true) => (SignalKind::Unsubscribe, Direction::Inbound, contacts),
                // What it says is in the consents.
                MailEvent::Renewal => continue,
                MailEvent::OptOut(false) | MailEvent::Other => {
                    row.leave_out(Sentence::new("import-mail-event").with("type", kind), collector);
                    continue;
                }
            };
            let reaction = matches!(signal_kind, SignalKind::Open | SignalKind::Click);
            let by_machine = row.yes("filtered_event", collector) && reaction;
            let at = match at {
                Ok(at) => at,
                Err(why) => {
                    row.refuse(at_column("created", why), collector);
                    continue;
                }
            };
            for contact in recipients {
                let mut signal = Signal::new(at, signal_kind);
                signal.channel = Some(Channel::Email);
                signal.direction = Some(direction);
                signal.by = by_machine.then_some(Excluded::Robot);
                signal.topic = clicked_urls.get(id).and_then(|url| non_empty(url));
                self.add_signal(contact, signal, &row, collector);
            }
        }
        for (address, at) in opt_outs.renewed() {
            for contact in self.contacts.with_address(&address) {
                collector.each_person(contact, |person| person.consents.push(opt_in(at)));
            }
        }
        for address in opt_outs.standing() {
            for contact in self.contacts.with_address(&address) {
                collector.each_person(contact, |person| person.do_not_email = true);
            }
        }
        for table in MAIL_EVENT_DETAILS {
            for row in self.rows(table) {
                if !event_ids.contains(row.get("id")) {
                    refuse_unmatched(collector, &row, Sentence::new("import-email-event").with("id", row.get("id")));
                }
            }
        }
    }
}

impl OptOuts {
    fn add(&mut self, address: &str, at: Option<Instant>) {
        match at {
            Some(at) => self.events.push((at, address.to_owned(), true)),
            None => drop(self.at_any_time.insert(address.to_owned())),
        }
    }

    /// Without a time a renewal takes nothing back.
    fn renew(&mut self, address: &str, at: Option<Instant>) {
        self.events.extend(at.map(|at| (at, address.to_owned(), false)));
    }

    /// The addresses whose newest event allows mail again after an opt-out, with its moment. Of two at one moment the opt-out is the newer, and
    /// one without a readable time is never taken back.
    fn renewed(&self) -> BTreeMap<String, Instant> {
        let mut newest: BTreeMap<&str, (Instant, bool)> = BTreeMap::new();
        let mut left: BTreeSet<&str> = BTreeSet::new();
        for (at, address, refuses) in &self.events {
            let one = newest.entry(address).or_insert((*at, *refuses));
            *one = (*one).max((*at, *refuses));
            if *refuses {
                left.insert(address);
            }
        }
        let renewed = newest.into_iter().filter(|(address, (_, refuses))| {
            !refuses && left.contains(address) && !self.at_any_time.contains(*address)
        });
        renewed.map(|(address, (at, _))| (address.to_owned(), at)).collect()
    }

    /// The addresses whose newest event is an opt-out; of two at one moment, the opt-out.
    fn standing(mut self) -> BTreeSet<String> {
        self.events.sort();
        let newest: BTreeMap<String, bool> =
            self.events.into_iter().map(|(_, address, refuses)| (address, refuses)).collect();
        let refusing = newest.into_iter().filter(|(_, refuses)| *refuses).map(|(address, _)| address);
        self.at_any_time.into_iter().chain(refusing).collect()
    }
}

/// The consent that somebody gives who subscribes again: it lifts their earlier unsubscribes from mail, and none after it.
fn opt_in(at: Instant) -> Consent {
    Consent {
        channel: Some(Channel::Email),
        basis: Basis::OptIn,
        given_at: at,
        withdrawn_at: None,
        valid_to: None,
        proof: None,
    }
}

/// False for a status change that renews the subscription as a whole: the only one that allows mail again. Who leaves one list, and any status
/// that is not known, is kept from mail.
fn ends_subscription(row: &TableRow<'_>, collector: &mut LeadCollector) -> bool {
    let status = row.get("portal_subscription_status");
    let lists = row.get("subscriptions").to_ascii_uppercase();
    let leaves_a_list = ["UNSUBSCRIBED", "OPTED_OUT", "OPT_OUT", "NOT_OPTED"].iter().any(|word| lists.contains(word));
    match status.to_ascii_uppercase().as_str() {
        "SUBSCRIBED" | "RESUBSCRIBED" => leaves_a_list,
        "UNSUBSCRIBED" | "" => true,
        _ => {
            row.refuse_cell("portal_subscription_status", status, "import-cell-no-status", collector);
            true
        }
    }
}
