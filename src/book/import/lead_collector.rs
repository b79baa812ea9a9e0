//! Collects leads whose parts come from several tables, and passes them to the checks when all tables are read.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::book::import::absences::add_absences;
use crate::book::import::addresses::Addresses;
use crate::book::import::auto_reply::is_automatic;
use crate::book::import::table::NAMED_UNREAD;
use crate::book::import::told::{TextUse, Told, ToldList};
use crate::book::ingest::record::LeadRecord;
use crate::book::ingest::{Intake, IntakeBuilder, kept_refusals};
use crate::book::lead::{Person, Signal};
use crate::book::vocabulary::{Channel, Direction, SignalKind};
use crate::calendar::Instant;
use crate::wording::{Arg, Sentence};

/// The leads of an import in order of first appearance, found by id, and the intake that checks and reports.
pub(super) struct LeadCollector {
    pub(super) intake: IntakeBuilder,
    leads: Vec<CollectedLead>,
    by_id: BTreeMap<String, usize>,
    by_person: BTreeMap<String, usize>,
    /// The reasons for which something was left out, with their number; by their text in English, so that the order is the same in every
    /// language.
    left_out: BTreeMap<String, (Sentence, usize)>,
    /// The fields of JSON records with values that are not used, by file, with the number of these values.
    unread: BTreeMap<Rc<str>, BTreeMap<String, u64>>,
    /// Records that were refused, with nothing but what their people refuse: that holds for the same people in other records all the same.
    refusing: Vec<LeadRecord>,
    /// The mail addresses of people; an opt-out in one lead holds for all with the address.
    pub(super) addresses: Addresses,
    /// What is not in the leads, or not as it was written.
    pub(super) told: ToldList,
    until: Option<Instant>,
}

/// A lead with the place that it comes from.
struct CollectedLead {
    lead: LeadRecord,
    /// The file, where the importer tells it.
    file: Option<Rc<str>>,
    line: Option<u64>,
}

impl LeadCollector {
    /// `telling`: whether the list of everything that is not in the leads is wanted.
    pub(super) fn new(until: Option<Instant>, telling: bool) -> Self {
        Self {
            intake: IntakeBuilder::default(),
            leads: Vec::new(),
            by_id: BTreeMap::new(),
            by_person: BTreeMap::new(),
            left_out: BTreeMap::new(),
            unread: BTreeMap::new(),
            refusing: Vec::new(),
            addresses: Addresses::default(),
            told: ToldList::new(telling),
            until,
        }
    }

    /// Adds a lead with its line in the file. A second one with the same id is added too, so that the checks report it; what its people
    /// refuse holds for the first.
    pub(super) fn add(&mut self, lead: LeadRecord, line: Option<u64>) {
        self.add_from(lead, None, line);
    }

    /// Adds a lead with its file and line, as [`Self::add`].
    pub(super) fn add_from(&mut self, mut lead: LeadRecord, file: Option<Rc<str>>, line: Option<u64>) {
        if let Some(earlier) = self.find(&lead.id) {
            // Both ways: the earlier one may be the one that the checks refuse.
            kept_refusals::keep_refusals(&mut earlier.people, &mut earlier.signals, &lead);
            kept_refusals::keep_refusals(&mut lead.people, &mut lead.signals, earlier);
        }
        let place = self.leads.len();
        self.by_id.entry(lead.id.clone()).or_insert(place);
        for id in lead.people.iter().flat_map(|person| std::iter::once(&person.id).chain(&person.aliases)) {
            self.by_person.entry(id.clone()).or_insert(place);
        }
        self.leads.push(CollectedLead { lead, file, line });
    }

    /// Keeps what the people of a record that is refused refuse themselves. `record` has the id of its lead, its people, and their unsubscribes.
    pub(super) fn keep_refusals(&mut self, record: LeadRecord) {
        self.refusing.push(record);
    }

    /// The lead with this id; `None` when there is none.
    pub(super) fn find(&mut self, id: &str) -> Option<&mut LeadRecord> {
        let at = *self.by_id.get(id)?;
        self.leads.get_mut(at).map(|collected| &mut collected.lead)
    }

    /// The line of the lead with this id.
    pub(super) fn line_of(&self, id: &str) -> Option<u64> {
        self.leads.get(*self.by_id.get(id)?)?.line
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
        self.leads.get(at).map(|collected| collected.lead.id.clone())
    }

    /// Changes the person with this id in every lead that has them.
    pub(super) fn each_person(&mut self, id: &str, mut change: impl FnMut(&mut Person)) {
        let people = self.leads.iter_mut().flat_map(|collected| &mut collected.lead.people);
        people.filter(|person| person.id == id).for_each(&mut change);
    }

    /// Changes every lead.
    pub(super) fn each(&mut self, mut change: impl FnMut(&mut LeadRecord)) {
        self.leads.iter_mut().for_each(|collected| change(&mut collected.lead));
    }

    /// True unless the moment lies after [`ImportOptions::until`](crate::book::import::ImportOptions::until).
    pub(super) fn within(&self, at: Instant) -> bool {
        self.until.is_none_or(|until| at <= until)
    }

    /// Counts something that is left out, for [`Intake::noted`].
    pub(super) fn leave_out(&mut self, reason: impl Into<Sentence>) {
        let reason = reason.into();
        self.left_out.entry(reason.english()).or_insert((reason, 0)).1 += 1;
    }

    /// Counts a value of a field that is not used, for [`Intake::noted`].
    pub(super) fn count_unread(&mut self, file: &Rc<str>, field: String) {
        *self.unread.entry(Rc::clone(file)).or_default().entry(field).or_default() += 1;
    }

    /// Tells a text of the input (a cell, or a field of a JSON record by its path) that is not in the leads, with the reason. Printed only
    /// for who asks for the whole list; what everybody must see goes through [`Self::refuse_text`] or [`Self::leave_out`] too.
    pub(super) fn told(&mut self, file: &str, row: Option<u64>, column: &str, text: &str, reason: &Sentence) {
        self.told.tell(file, row, column, text, reason);
    }

    /// Refuses a file, or lines of it that are told one by one.
    pub(super) fn refuse_file(&mut self, file: &str, reason: impl Into<Sentence>, line: Option<u64>) {
        self.refuse_text((file, file.to_owned(), ""), line, "", reason.into());
    }

    /// Refuses a text of the input, and tells it. `path` is its place in messages.
    pub(super) fn refuse_text(
        &mut self,
        (file, path, column): (&str, String, &str),
        row: Option<u64>,
        text: &str,
        reason: Sentence,
    ) {
        self.told.tell(file, row, column, text, &reason);
        self.intake.refuse(path, reason, row);
    }

    /// Notes a text of the input that was used; it is told when it turns out not to be in the leads.
    pub(super) fn seen(&mut self, file: &Rc<str>, row: Option<u64>, column: &str, text: &str) {
        if self.told.is_wanted() {
            self.told.seen(file, row, &Rc::from(column), text, TextUse::Text);
        }
    }

    /// Checks every lead, adds those that pass to the book, and lists what is told.
    pub(super) fn finish(mut self) -> (Intake, Vec<Told>) {
        for (reason, count) in self.left_out.into_values() {
            let key = if count == 1 { "import-left-out-once" } else { "import-left-out" };
            self.intake.note(Sentence::new(key).with("times", count).with("reason", reason));
        }
        for (file, fields) in self.unread {
            let more = fields.len().saturating_sub(NAMED_UNREAD);
            let named = fields.iter().take(NAMED_UNREAD).map(|(field, count)| format!("{field} ({count})").into());
            let note = Sentence::new("import-unread-fields").with("file", &*file).with("rest", more_unread(more));
            self.intake.note(note.with("fields", Arg::List(named.collect())));
        }
        let mut refusing = std::mem::take(&mut self.refusing);
        for record in &refusing {
            let same = self.leads.iter_mut().filter(|collected| collected.lead.id == record.id);
            for CollectedLead { lead, .. } in same {
                kept_refusals::keep_refusals(&mut lead.people, &mut lead.signals, record);
            }
        }
        self.addresses.share_opt_outs(self.leads.iter_mut().map(|collected| &mut collected.lead).chain(&mut refusing));
        let mut automatic = 0_usize;
        for collected in &mut self.leads {
            for signal in collected.lead.signals.iter_mut().filter(|signal| is_mail_of_machine(signal)) {
                signal.kind = SignalKind::AutoReply;
                automatic += 1;
            }
        }
        if automatic > 0 {
            self.intake.note(Sentence::new("import-automatic").with("count", automatic));
        }
        let away: usize = self.leads.iter_mut().map(|collected| add_absences(&mut collected.lead)).sum();
        if away > 0 {
            self.intake.note(Sentence::new("import-away").with("count", away));
        }
        let mut set_aside = BTreeSet::new();
        for CollectedLead { lead, file, line } in self.leads {
            let accepted = self.intake.lead(lead, line);
            if let Some(line) = line.filter(|_| !accepted) {
                set_aside.insert((file.map(|file| file.to_string()), line));
            }
        }
        let intake = self.intake.finish();
        let told = self.told.finish(&intake, &set_aside);
        (intake, told)
    }
}

/// The end of a note that names only some of the columns or fields that are not used; `more` is the number of the others.
pub(super) fn more_unread(more: usize) -> Sentence {
    if more > 0 { Sentence::new("import-more-unread").with("more", more) } else { Sentence::as_is("") }
}

/// True for a mail of theirs whose subject, kept as its topic, begins as that of an automatic reply.
fn is_mail_of_machine(signal: &Signal) -> bool {
    matches!(signal.kind, SignalKind::Reply | SignalKind::Email | SignalKind::Message)
        && signal.channel.is_none_or(|channel| channel == Channel::Email)
        && signal.is_inbound()
        && signal.topic.as_deref().is_some_and(is_automatic)
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

/// Sets who started a logged activity: a rep of ours, or the customer, and then there is no rep.
pub(super) fn set_initiator(signal: &mut Signal, ours: bool, rep: Option<String>) {
    signal.direction = Some(if ours { Direction::Outbound } else { Direction::Inbound });
    signal.rep = rep.filter(|_| ours);
}

/// Adds a channel to a person unless they have it.
pub(super) fn add_channel(person: &mut Person, channel: Channel) {
    if !person.channels.contains(&channel) {
        person.channels.push(channel);
    }
}
