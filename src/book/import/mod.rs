//! Importers: records as other systems give them, turned into leads.
//!
//! An importer reads shapes and joins tables; whether the result is a good lead is for the door ([`crate::book::ingest`]) to say,
//! through which every lead goes. What cannot be imported is told in [`Intake::refused`], record by record; what is
//! no signal by nature (a mail that was delivered, a task that is not done) is counted in [`Intake::noted`]. Nothing is
//! dropped in silence.
//!
//! Left out on purpose: network access and vendors' client libraries. Files come from the caller.

pub mod csv;
pub mod event_log;
mod gather;
pub mod hubspot;
mod json;
pub mod mapping;
pub mod mautic;
pub mod pipedrive;
pub mod salesforce;
pub mod segment;
mod table;
mod times;

pub use mapping::Mapping;

use strum::{EnumMessage, EnumString, IntoStaticStr, VariantArray};

use crate::book::import::gather::LeadCollector;
use crate::book::ingest::Intake;
use crate::calendar::{Country, Instant};

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
    /// Pipedrive activities and deals, one API record a line.
    #[strum(message = "Pipedrive activities and deals as JSON lines")]
    Pipedrive,
    /// Segment `track` and `identify` calls.
    #[strum(message = "Segment track and identify calls as JSON")]
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

/// What an importer needs to know beside the files.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// What columns and activities mean: for [`ImportKind::Csv`] and [`ImportKind::EventLog`].
    pub mapping: Option<Mapping>,
    /// Leave out what happened after this moment. An event log tells the end of each case; a decision about its middle
    /// must not know it.
    pub until: Option<Instant>,
}

/// Turns files into leads. `files` are names (which tell tables apart) and bytes.
pub fn import(kind: ImportKind, files: &[(&str, &[u8])], options: &ImportOptions) -> Intake {
    let mut gather = LeadCollector::new(options.until);
    if files.is_empty() {
        gather.desk.refuse("", "there is no file to import", None);
    }
    match kind {
        ImportKind::Csv => csv::read(files, options.mapping.as_ref(), &mut gather),
        ImportKind::EventLog => event_log::read(files, options.mapping.as_ref(), &mut gather),
        ImportKind::Hubspot => hubspot::read(files, &mut gather),
        ImportKind::Salesforce => salesforce::read(files, &mut gather),
        ImportKind::Pipedrive => pipedrive::read(files, &mut gather),
        ImportKind::Segment => segment::read(files, &mut gather),
        ImportKind::Mautic => mautic::read(files, &mut gather),
    }
    gather.finish()
}

/// The code of a country that is written as code or English name; `None` when it is neither.
fn country_code(text: &str) -> Option<String> {
    let text = text.trim();
    let usual = match text {
        "USA" | "United States of America" | "U.S.A." => "US",
        "England" | "Scotland" | "Wales" | "Great Britain" | "United Kingdom" => "GB",
        "The Netherlands" | "Holland" => "NL",
        other => other,
    };
    let same = |country: &Country| country.name().eq_ignore_ascii_case(usual);
    Country::parse(usual).ok().or_else(|| Country::all().find(same)).map(|country| country.code().to_owned())
}
