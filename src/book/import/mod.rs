//! Importers: turn the export files of other systems into leads.
//!
//! In: files (name and bytes) of one [`ImportKind`]. Out: an [`Intake`]. An importer maps records and joins tables; every lead then passes
//! the checks of [`crate::book::ingest`]. A record that cannot be imported is reported in [`Intake::refused`]; what is no signal by nature
//! (a mail that was delivered, a task that is not done) is counted in [`Intake::noted`]. Nothing is dropped or changed silently:
//! [`import_and_tell`] lists every text of the files that is not in the leads.
//!
//! An opt-out never gets lost: yes in any known spelling counts, what is neither a known yes nor a known no counts as yes and is told, and of
//! several records of one person a yes in any holds.
//!
//! No network access and no client libraries: files come from the caller.

mod absences;
mod addresses;
mod auto_reply;
mod call_outcomes;
mod cell_values;
mod country_names;
pub mod csv;
mod csv_rows;
mod departure_names;
mod doubled_members;
pub mod event_log;
mod file_type;
pub mod hubspot;
mod json;
mod json_record;
mod lead_collector;
mod letters;
pub mod mapping;
pub mod mautic;
mod merges;
mod opt_out_names;
pub mod pipedrive;
mod return_date;
mod rows_of_one_lead;
pub mod salesforce;
pub mod segment;
mod table;
mod table_header;
#[cfg(test)]
mod tests;
mod times;
mod told;

pub use file_type::no_json;
pub use mapping::Mapping;
pub use told::{Told, ToldText};

use strum::{EnumMessage, EnumString, IntoStaticStr, VariantArray};

use crate::book::import::country_names::country_code;
use crate::book::import::lead_collector::LeadCollector;
use crate::book::ingest::Intake;
use crate::calendar::Instant;

/// The format of the files to import. Spelled in kebab case on the command line; the message of each (strum's `EnumMessage`) tells what it
/// reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumMessage, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum ImportKind {
    /// Any CSV, with a [`Mapping`] from its columns to the fields of a lead.
    #[strum(message = "a CSV file and a mapping")]
    Csv,
    /// Case, activity, time and resource, with a [`Mapping`] from activities to signals.
    #[strum(message = "case, activity, time, resource as CSV and a mapping; a table of cases may come second")]
    EventLog,
    /// HubSpot tables as Fivetran lands them.
    #[strum(message = "HubSpot tables as CSV: contact, company, deal, engagement_*, email_event* ...")]
    Hubspot,
    /// Salesforce Lead and Task history tables as Fivetran lands them.
    #[strum(message = "Salesforce lead and task tables as CSV")]
    Salesforce,
    /// Records of Pipedrive's API, one a line or in pages.
    #[strum(message = "Pipedrive deals, leads, activities, persons and organisations as JSON")]
    Pipedrive,
    /// Calls to Segment.
    #[strum(message = "Segment track, page, identify, alias and group calls as JSON")]
    Segment,
    /// Mautic's contact list.
    #[strum(message = "Mautic's contact list as JSON")]
    Mautic,
}

impl ImportKind {
    /// Every format, in the order of the help text.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Its spelling on the command line.
    pub fn word(self) -> &'static str {
        self.into()
    }

    /// What it reads, for the help text.
    pub fn reads(self) -> &'static str {
        self.get_message().unwrap_or_default()
    }
}

/// The options of an import.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The meaning of columns and activities: needed for [`ImportKind::Csv`] and [`ImportKind::EventLog`].
    pub mapping: Option<Mapping>,
    /// Leaves out everything after this moment. An event log has each case up to its end; a decision in the middle of a case must not see
    /// the end.
    pub until: Option<Instant>,
}

/// Imports files. Each is a name, which tells the tables of a system apart, and its bytes. Never fails as a whole: see [`Intake::refused`].
pub fn import(kind: ImportKind, files: &[(&str, &[u8])], options: &ImportOptions) -> Intake {
    collect(kind, files, options, false).0
}

/// Imports files as [`import`] does, and lists every text in them that is not in the leads, or not as it was written. The list may be longer
/// than the files.
pub fn import_and_tell(kind: ImportKind, files: &[(&str, &[u8])], options: &ImportOptions) -> (Intake, Vec<Told>) {
    collect(kind, files, options, true)
}

fn collect(kind: ImportKind, files: &[(&str, &[u8])], options: &ImportOptions, telling: bool) -> (Intake, Vec<Told>) {
    let mut collector = LeadCollector::new(options.until, telling);
    if files.is_empty() {
        collector.intake.refuse("", "import-no-file", None);
    }
    match kind {
        ImportKind::Csv => csv::read(files, options.mapping.as_ref(), &mut collector),
        ImportKind::EventLog => event_log::read(files, options.mapping.as_ref(), &mut collector),
        ImportKind::Hubspot => hubspot::read(files, &mut collector),
        ImportKind::Salesforce => salesforce::read(files, &mut collector),
        ImportKind::Pipedrive => pipedrive::read(files, &mut collector),
        ImportKind::Segment => segment::read(files, &mut collector),
        ImportKind::Mautic => mautic::read(files, &mut collector),
    }
    collector.finish()
}
