//! Caches of texts that were found valid: countries, time zones and hours. A file has few distinct ones, and checking each needs a search
//! in a table or a parser.

use std::collections::BTreeSet;

use crate::calendar::{Country, Reachable, Zone};

/// Texts that the checking reader accepts without changing their spelling.
#[derive(Debug, Default)]
pub(in crate::book::ingest) struct AcceptedTexts {
    countries: RecentTexts,
    zones: RecentTexts,
    hours: RecentTexts,
}

/// The valid texts seen so far; `last` is the one seen last, which is compared first.
#[derive(Debug, Default)]
struct RecentTexts {
    last: String,
    all: BTreeSet<String>,
}

impl RecentTexts {
    /// True when the text is valid: it was seen before, or `is_valid` says so.
    fn accepts(&mut self, text: &str, is_valid: impl FnOnce(&str) -> bool) -> bool {
        if self.last == text {
            return true;
        }
        if !self.all.contains(text) {
            if !is_valid(text) {
                return false;
            }
            self.all.insert(text.to_owned());
        }
        text.clone_into(&mut self.last);
        true
    }
}

impl AcceptedTexts {
    /// True for a country code in its usual spelling.
    pub(super) fn country(&mut self, code: &str) -> bool {
        self.countries.accepts(code, |code| Country::parse(code).is_ok_and(|country| country.code() == code))
    }

    /// True for the name of a time zone in its usual spelling.
    pub(super) fn zone(&mut self, name: &str) -> bool {
        self.zones.accepts(name, |name| Zone::parse(name).is_ok_and(|zone| zone.name() == name))
    }

    /// True for valid hours.
    pub(super) fn hours(&mut self, text: &str) -> bool {
        self.hours.accepts(text, |text| Reachable::parse(text).is_ok())
    }
}
