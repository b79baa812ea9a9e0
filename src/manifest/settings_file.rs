//! Files of settings (`*.settings.toml`): a name and a value a line.

use std::collections::BTreeMap;

use crate::limits;
use crate::manifest::{Refused, shown, unreadable};
use crate::pack::Overrides;
use crate::pack::overrides::GivenValue;
use crate::wording::Sentence;

/// The values that a file of settings gives: `hot_visits = 3`, `patience = "3.days"`, `"Inside sales/patience" = "3.days"`.
///
/// # Errors
/// It is too large, no TOML, or has a value that no setting can have.
pub fn read_settings(text: &str) -> Result<Overrides, Refused> {
    if text.len() > limits::PACK_BYTES {
        return Err(Box::new(Sentence::new("manifest-too-large").with("limit", limits::PACK_BYTES)));
    }
    let values: BTreeMap<String, GivenValue> =
        toml::from_str(text).map_err(|error| Box::new(unreadable(text, &error)))?;
    if values.len() > limits::ENTRIES {
        let limit = limits::ENTRIES;
        return Err(Box::new(Sentence::new("manifest-too-many").with("what", "settings").with("limit", limit)));
    }
    Overrides::given(values).map_err(|name| Box::new(Sentence::new("settings-not-finite").with("name", shown(&name))))
}
