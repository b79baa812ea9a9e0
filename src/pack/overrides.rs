//! Values that a manager gives to settings, in place of those of the packs.

use std::collections::BTreeMap;

use crate::book::value::Value;
use crate::book::vocabulary::nearest;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Diagnostic, Span, codes};
use crate::pack::Pack;

/// Values of settings, by `name` (in every pack that has such a setting) or by `pack name/name`, which takes precedence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    values: BTreeMap<String, Value>,
}

impl Overrides {
    /// Gives a setting a value.
    pub fn set(&mut self, name: impl Into<String>, value: Value) {
        self.values.insert(name.into(), value);
    }

    /// The value given to a setting of a pack; `None` when it keeps the value of the pack.
    pub fn of(&self, pack: &str, setting: &str) -> Option<&Value> {
        self.values.get(&format!("{pack}/{setting}")).or_else(|| self.values.get(setting))
    }

    /// A warning for each name that is no setting of these packs.
    pub fn unknown(&self, packs: &[Pack]) -> Vec<Diagnostic> {
        let known: Vec<(String, String)> = packs
            .iter()
            .flat_map(|pack| pack.settings.iter().map(move |setting| (pack, setting)))
            .map(|(pack, setting)| (setting.name.to_string(), format!("{}/{}", pack.about.name, setting.name)))
            .collect();
        let unknown =
            self.values.keys().filter(|name| !known.iter().any(|(short, long)| *name == short || *name == long));
        unknown
            .map(|name| {
                let known = known.iter().flat_map(|(short, long)| [short.as_str(), long.as_str()]);
                let finding = Finding::warning(codes::UNKNOWN_SETTING, Span::START).with("name", name.as_str());
                let finding = match nearest(name, known) {
                    Some(meant) => finding.did_you_mean(meant),
                    None => finding,
                };
                finding.render("")
            })
            .collect()
    }
}
