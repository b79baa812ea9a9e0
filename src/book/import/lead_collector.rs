//! Collects leads whose parts come from several tables, and passes them to the checks when all tables are read.

use std::collections::BTreeMap;

use crate::book::ingest::record::{LeadRecord, PersonRecord};
use crate::book::ingest::{Intake, IntakeBuilder};
use crate::book::vocabulary::Channel;
use crate::calendar::Instant;

/// The leads of an import in order of first appearance, found by id, and the intake that checks and reports.
pub(super) struct LeadCollector {
    pub(super) intake: IntakeBuilder,
    /// Each with its line in the file.
    leads: Vec<(LeadRecord, Option<u64>)>,
    by_id: BTreeMap<String, usize>,
    by_person: BTreeMap<String, usize>,
    /// The reasons for which something was left out, with their number.
    left_out: BTreeMap<String, u64>,
    until: Option<Instant>,
}

impl LeadCollector {
    pub(super) fn new(until: Option<Instant>) -> Self {
        Self {
            intake: IntakeBuilder::default(),
            leads: Vec::new(),
            by_id: BTreeMap::new(),
            by_person: BTreeMap::new(),
            left_out: BTreeMap::new(),
            until,
        }
    }

    /// Adds a lead with its line in the file. A second one with the same id is added too, so that the checks report it.
    pub(super) fn add(&mut self, lead: LeadRecord, line: Option<u64>) {
        let place = self.leads.len();
        self.by_id.entry(lead.id.clone()).or_insert(place);
        for id in lead.people.iter().flat_map(|person| std::iter::once(&person.id).chain(&person.aliases)) {
            self.by_person.entry(id.clone()).or_insert(place);
        }
        self.leads.push((lead, line));
    }

    /// The lead with this id; `None` when there is none.
    pub(super) fn find(&mut self, id: &str) -> Option<&mut LeadRecord> {
        let at = *self.by_id.get(id)?;
        self.leads.get_mut(at).map(|(lead, _)| lead)
    }

    /// Changes the lead with this id, which is added when it is not there.
    pub(super) fn change(&mut self, id: &str, line: Option<u64>, change: impl FnOnce(&mut LeadRecord)) {
        if !self.by_id.contains_key(id) {
            self.add(LeadRecord { id: id.to_owned(), ..LeadRecord::default() }, line);
        }
        if let Some(lead) = self.find(id) {
            change(lead);
        }
    }

    /// The id of the first lead that was added with a person of this id or alias.
    pub(super) fn lead_of_person(&self, id: &str) -> Option<String> {
        let at = *self.by_person.get(id)?;
        self.leads.get(at).map(|(lead, _)| lead.id.clone())
    }

    /// Changes the person with this id in every lead that has them.
    pub(super) fn each_person(&mut self, id: &str, mut change: impl FnMut(&mut PersonRecord)) {
        let people = self.leads.iter_mut().flat_map(|(lead, _)| &mut lead.people);
        people.filter(|person| person.id == id).for_each(&mut change);
    }

    /// Changes every lead.
    pub(super) fn each(&mut self, mut change: impl FnMut(&mut LeadRecord)) {
        self.leads.iter_mut().for_each(|(lead, _)| change(lead));
    }

    /// True unless the moment lies after [`ImportOptions::until`](crate::book::import::ImportOptions::until).
    pub(super) fn within(&self, at: Instant) -> bool {
        self.until.is_none_or(|until| at <= until)
    }

    /// Counts something that is left out, for [`Intake::noted`].
    pub(super) fn leave_out(&mut self, reason: impl Into<String>) {
        *self.left_out.entry(reason.into()).or_default() += 1;
    }

    /// Checks every lead and adds those that pass to the book.
    pub(super) fn finish(mut self) -> Intake {
        for (reason, count) in self.left_out {
            let often = if count == 1 { "once".to_owned() } else { format!("{count} times") };
            self.intake.note(format!("left out {often}: {reason}"));
        }
        for (lead, line) in self.leads {
            self.intake.lead(lead, line);
        }
        self.intake.finish()
    }
}

/// The text without white space around it; `None` when it is empty.
pub(super) fn non_empty(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// First and last name in one text; `None` when both are empty.
pub(super) fn full_name(first: &str, last: &str) -> Option<String> {
    non_empty(&format!("{} {}", first.trim(), last.trim()))
}

/// Adds a channel to a person unless they have it.
pub(super) fn add_channel(person: &mut PersonRecord, channel: Channel) {
    if !person.channels.contains(&channel) {
        person.channels.push(channel);
    }
}
