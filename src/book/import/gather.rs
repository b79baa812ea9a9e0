//! Leads while their records come together from several tables.

use std::collections::BTreeMap;

use crate::book::ingest::record::{LeadRecord, PersonRecord};
use crate::book::ingest::{Intake, IntakeBuilder};
use crate::book::vocabulary::Channel;
use crate::calendar::Instant;

/// Leads in order of first appearance, found again by id; and the desk at which all is told.
pub(super) struct LeadCollector {
    pub(super) desk: IntakeBuilder,
    leads: Vec<(LeadRecord, Option<u64>)>,
    by_id: BTreeMap<String, usize>,
    by_person: BTreeMap<String, usize>,
    /// What was left out on purpose: reason and how often.
    left_out: BTreeMap<String, u64>,
    until: Option<Instant>,
}

impl LeadCollector {
    pub(super) fn new(until: Option<Instant>) -> Self {
        Self {
            desk: IntakeBuilder::default(),
            leads: Vec::new(),
            by_id: BTreeMap::new(),
            by_person: BTreeMap::new(),
            left_out: BTreeMap::new(),
            until,
        }
    }

    /// A lead with its line in the file. A second one with the same id is kept apart, so that the door can tell.
    pub(super) fn add(&mut self, lead: LeadRecord, line: Option<u64>) {
        let place = self.leads.len();
        self.by_id.entry(lead.id.clone()).or_insert(place);
        for id in lead.people.iter().flat_map(|person| std::iter::once(&person.id).chain(&person.aliases)) {
            self.by_person.entry(id.clone()).or_insert(place);
        }
        self.leads.push((lead, line));
    }

    pub(super) fn find(&mut self, id: &str) -> Option<&mut LeadRecord> {
        let at = *self.by_id.get(id)?;
        self.leads.get_mut(at).map(|(lead, _)| lead)
    }

    /// Changes the lead with this id, which is made when it is not there yet.
    pub(super) fn change(&mut self, id: &str, line: Option<u64>, change: impl FnOnce(&mut LeadRecord)) {
        if !self.by_id.contains_key(id) {
            self.add(LeadRecord { id: id.to_owned(), ..LeadRecord::default() }, line);
        }
        if let Some(lead) = self.find(id) {
            change(lead);
        }
    }

    /// The id of the first lead that was added with somebody of this id in it.
    pub(super) fn lead_of_person(&self, id: &str) -> Option<String> {
        let at = *self.by_person.get(id)?;
        self.leads.get(at).map(|(lead, _)| lead.id.clone())
    }

    /// Changes somebody in every lead they are part of.
    pub(super) fn each_person(&mut self, id: &str, mut change: impl FnMut(&mut PersonRecord)) {
        let people = self.leads.iter_mut().flat_map(|(lead, _)| &mut lead.people);
        people.filter(|person| person.id == id).for_each(&mut change);
    }

    /// Changes every lead.
    pub(super) fn each(&mut self, mut change: impl FnMut(&mut LeadRecord)) {
        self.leads.iter_mut().for_each(|(lead, _)| change(lead));
    }

    /// True when the moment lies before the end of what is to be imported.
    pub(super) fn within(&self, at: Instant) -> bool {
        self.until.is_none_or(|until| at <= until)
    }

    /// Counts something that is left out on purpose.
    pub(super) fn leave_out(&mut self, reason: impl Into<String>) {
        *self.left_out.entry(reason.into()).or_default() += 1;
    }

    /// Takes every lead to the door.
    pub(super) fn finish(mut self) -> Intake {
        for (reason, count) in self.left_out {
            let often = if count == 1 { "once".to_owned() } else { format!("{count} times") };
            self.desk.note(format!("left out {often}: {reason}"));
        }
        for (lead, line) in self.leads {
            self.desk.lead(lead, line);
        }
        self.desk.close()
    }
}

/// A text that is known: not empty.
pub(super) fn known(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// First and last name as one.
pub(super) fn full_name(first: &str, last: &str) -> Option<String> {
    known(&format!("{} {}", first.trim(), last.trim()))
}

/// Gives the person a channel once.
pub(super) fn reach(person: &mut PersonRecord, channel: Channel) {
    if !person.channels.contains(&channel) {
        person.channels.push(channel);
    }
}
