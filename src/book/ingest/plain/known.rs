//! Words that need a look in a table or a parser, seen before: most of a file are the same few.

use std::collections::BTreeSet;

use crate::calendar::{Country, Reachable, Zone};

/// Texts that the careful door takes as they stand.
#[derive(Debug, Default)]
pub(in crate::book::ingest) struct AcceptedTexts {
    countries: RecentTexts,
    zones: RecentTexts,
    hours: RecentTexts,
}

/// Texts found to be right, the last first.
#[derive(Debug, Default)]
struct RecentTexts {
    last: String,
    all: BTreeSet<String>,
}

impl RecentTexts {
    fn holds(&mut self, text: &str, right: impl FnOnce(&str) -> bool) -> bool {
        if self.last == text {
            return true;
        }
        if !self.all.contains(text) {
            if !right(text) {
                return false;
            }
            self.all.insert(text.to_owned());
        }
        text.clone_into(&mut self.last);
        true
    }
}

impl AcceptedTexts {
    /// True for the code of a country in its own spelling.
    pub(super) fn country(&mut self, code: &str) -> bool {
        self.countries.holds(code, |code| Country::parse(code).is_ok_and(|country| country.code() == code))
    }

    /// True for the name of a zone in its own spelling.
    pub(super) fn zone(&mut self, name: &str) -> bool {
        self.zones.holds(name, |name| Zone::parse(name).is_ok_and(|zone| zone.name() == name))
    }

    /// True for hours that can be read.
    pub(super) fn hours(&mut self, text: &str) -> bool {
        self.hours.holds(text, |text| Reachable::parse(text).is_ok())
    }
}
