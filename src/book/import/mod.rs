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

use crate::book::import::gather::LeadCollector;
use crate::book::ingest::Intake;
use crate::calendar::{Country, Instant};

/// Where records come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    /// Any CSV, with a [`Mapping`] that says which column is what.
    Csv,
    /// Case, activity, time and resource, with a [`Mapping`] that says which activity is what signal.
    EventLog,
    /// HubSpot tables as Fivetran lands them.
    Hubspot,
    /// Salesforce Lead and Task history tables as Fivetran lands them.
    Salesforce,
    /// Pipedrive activities and deals, one API record a line.
    Pipedrive,
    /// Segment `track` and `identify` calls.
    Segment,
    /// Mautic's contact list.
    Mautic,
}

impl ImportKind {
    /// Every kind with the word that a command takes and what it reads.
    pub const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Csv, "csv", "a CSV file and a mapping"),
        (
            Self::EventLog,
            "event-log",
            "case, activity, time, resource as CSV and a mapping; a table of cases may come second",
        ),
        (Self::Hubspot, "hubspot", "HubSpot tables as CSV: contact, company, deal, engagement_*, email_event* ..."),
        (Self::Salesforce, "salesforce", "Salesforce lead and task tables as CSV"),
        (Self::Pipedrive, "pipedrive", "Pipedrive activities and deals as JSON lines"),
        (Self::Segment, "segment", "Segment track and identify calls as JSON"),
        (Self::Mautic, "mautic", "Mautic's contact list as JSON"),
    ];

    /// The kind spelled so.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == word).map(|(kind, ..)| *kind)
    }

    /// The word that a command takes.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, word, _)| word)
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
