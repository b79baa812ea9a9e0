//! Sales representatives: their working hours, skills, languages, absences and backups.
//!
//! Nothing here counts or ranks what a rep does.

use serde::{Deserialize, Serialize};

use crate::book::absence::Absence;
use crate::calendar::{Country, Location, Zone};

/// Working hours of a rep whose record names none.
pub(crate) const DEFAULT_HOURS: &str = "Mo-Fr 09:00-17:30; PH off";

/// A sales person. The advice is theirs to follow, adapt or decline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rep {
    /// Unique in the book.
    pub id: String,
    /// What they are called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// IANA time zone name of where they work.
    pub zone: String,
    /// ISO 3166-1 alpha-2 of where they work, for public holidays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Working hours in OpenStreetMap notation; `Mo-Fr 09:00-17:30; PH off` where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// What they are good at: "legal", "pricing" ...
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<String>,
    /// Languages they speak, as two-letter codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// When they are away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absences: Vec<Absence>,
    /// Id of the rep who steps in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup: Option<String>,
}

impl Rep {
    /// What people call them: their name, else their id.
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    /// Where they work; `None` when their time zone cannot be read.
    pub fn location(&self) -> Option<Location> {
        let country = self.country.as_deref().and_then(|code| Country::parse(code).ok());
        Some(Location::at(Zone::parse(&self.zone).ok()?, country, None))
    }
}

/// The rep whom somebody means by an id or a name, by index: the one with exactly this id, else with this name, else the only one of whom either
/// differs in capitals alone. `None` when there is none, or more than one.
pub fn find_rep(reps: &[Rep], meant: &str) -> Option<usize> {
    let meant = meant.trim();
    let by_id = reps.iter().position(|rep| rep.id == meant);
    let only = |is_meant: &dyn Fn(&str) -> bool| {
        let named = |rep: &Rep| is_meant(&rep.id) || rep.name.as_deref().is_some_and(is_meant);
        let mut found = reps.iter().enumerate().filter(|(_, rep)| named(rep)).map(|(index, _)| index);
        found.next().filter(|_| found.next().is_none())
    };
    let lowered = meant.to_lowercase();
    by_id.or_else(|| only(&|text| text == meant)).or_else(|| only(&|text| text.to_lowercase() == lowered))
}
