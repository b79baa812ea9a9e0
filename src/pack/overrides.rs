//! Values that somebody gives to settings, in place of those of the packs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::book::value::Value;
use crate::book::vocabulary::nearest;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Diagnostic, Span, codes};
use crate::limits;
use crate::pack::Pack;

/// A value for a setting as files and callers give it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "the value of a setting is a number, a text, true or false, or a list of these")]
pub enum GivenValue {
    /// True or false.
    Truth(bool),
    /// A whole number.
    Whole(i64),
    /// A number with decimals.
    Number(f64),
    /// A text; for a length of time such as `"3.days"`, for a share `"30%"`.
    Text(String),
    /// Several.
    List(Vec<GivenValue>),
}

impl GivenValue {
    /// A value as files and callers give it.
    #[cfg(feature = "editing")]
    pub(crate) fn of(value: &Value) -> Option<Self> {
        serde_json::from_value(value.as_given()).ok()
    }

    /// The value in the notation of a rule; empty for a number that is none.
    #[cfg(feature = "editing")]
    pub(crate) fn in_rule(&self) -> String {
        self.clone().value().map(|value| value.in_rule()).unwrap_or_default()
    }

    /// The value; `None` for what is no number: infinite, or "not a number".
    fn value(self) -> Option<Value> {
        Some(match self {
            Self::Truth(truth) => Value::Truth(truth),
            Self::Whole(count) => Value::Whole(count),
            Self::Number(number) => Some(number).filter(|number| number.is_finite()).map(Value::Number)?,
            Self::Text(text) => Value::text(&text),
            Self::List(items) => Value::List(items.into_iter().map(Self::value).collect::<Option<_>>()?),
        })
    }
}

/// Values of settings, by `name` (in every pack that has such a setting) or by `pack name/name`, which takes precedence among those that were
/// given together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// What was given together; what comes later takes precedence.
    levels: Vec<BTreeMap<String, Value>>,
}

/// That a text gives no value to a setting: it is not `name=value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoValue;

/// The value of a text.
fn value_of(text: &str) -> Value {
    if let Ok(whole) = text.parse::<i64>() {
        return Value::Whole(whole);
    }
    if let Some(number) = text.parse::<f64>().ok().filter(|number| number.is_finite()) {
        return Value::Number(number);
    }
    if let Ok(truth) = text.parse::<bool>() {
        return Value::Truth(truth);
    }
    Value::text(text.trim_matches('"'))
}

impl Overrides {
    /// The values that are given together, by name.
    ///
    /// # Errors
    /// The name of the first whose number is infinite or none.
    pub fn given(values: BTreeMap<String, GivenValue>) -> Result<Self, String> {
        let mut overrides = Self::default();
        for (name, value) in values {
            match value.value() {
                Some(value) => overrides.set(name, value),
                None => return Err(name),
            }
        }
        Ok(overrides)
    }

    /// Gives the setting of `name=value` a value, such as `hot_visits=3`, together with those that were set before. The value is what a pack would
    /// have: `3`, `2.5`, `true`, else a text, as which a setting takes `4.hours` and `30%` too.
    ///
    /// # Errors
    /// The text does not say which value.
    pub fn set_as_written(&mut self, setting: &str) -> Result<(), NoValue> {
        match setting.split_once('=').map(|(name, value)| (name.trim(), value.trim())) {
            Some((name, value)) if !name.is_empty() && !value.is_empty() => {
                self.set(name, value_of(value));
                Ok(())
            }
            _ => Err(NoValue),
        }
    }

    /// Gives a setting a value, together with those that were set before.
    pub fn set(&mut self, name: impl Into<String>, value: Value) {
        if self.levels.is_empty() {
            self.levels.push(BTreeMap::new());
        }
        if let Some(level) = self.levels.last_mut() {
            level.insert(name.into(), value);
        }
    }

    /// These values, and later ones that take precedence over them.
    #[must_use]
    pub fn then(&self, later: &Self) -> Self {
        let levels = self.levels.iter().chain(&later.levels).filter(|level| !level.is_empty());
        Self { levels: levels.cloned().collect() }
    }

    /// The values as whoever gives them writes them: of a name that is given several times the last.
    #[cfg(feature = "editing")]
    pub fn to_json(&self) -> serde_json::Map<String, serde_json::Value> {
        let all = self.levels.iter().flatten();
        all.map(|(name, value)| (name.clone(), value.as_given())).collect()
    }

    /// The names to which values are given, some of them more than once.
    #[cfg(feature = "editing")]
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.levels.iter().flat_map(BTreeMap::keys).map(String::as_str)
    }

    /// The value that is given by exactly this name, the last of several.
    #[cfg(feature = "editing")]
    pub(crate) fn given_as(&self, name: &str) -> Option<&Value> {
        self.levels.iter().rev().find_map(|level| level.get(name))
    }

    /// These values with that of one name as others have it: without it where they give none.
    #[cfg(feature = "editing")]
    #[must_use]
    pub(crate) fn with_as_in(&self, name: &str, others: &Self) -> Self {
        let mut levels = self.levels.clone();
        levels.iter_mut().for_each(|level| drop(level.remove(name)));
        levels.extend(others.given_as(name).map(|value| BTreeMap::from([(name.to_owned(), value.clone())])));
        Self { levels }
    }

    /// Whether no value is given.
    pub fn is_empty(&self) -> bool {
        self.levels.iter().all(BTreeMap::is_empty)
    }

    /// The value given to a setting of a pack; `None` when it keeps the value of the pack.
    pub fn of(&self, pack: &str, setting: &str) -> Option<&Value> {
        let long = format!("{pack}/{setting}");
        self.levels.iter().rev().find_map(|level| level.get(&long).or_else(|| level.get(setting)))
    }

    /// An error for each name that is no setting of these packs. `file` is where the values were given; empty where that is no file.
    pub(crate) fn unknown<'p>(&self, packs: impl Iterator<Item = &'p Pack> + Clone, file: &str) -> Vec<Diagnostic> {
        let settings = packs.flat_map(|pack| pack.settings.iter().map(move |setting| (pack, setting)));
        let known: Vec<(String, String)> = settings
            .map(|(pack, setting)| (setting.name.to_string(), format!("{}/{}", pack.about.name, setting.name)))
            .collect();
        let names = self.levels.iter().flat_map(BTreeMap::keys);
        let unknown = names.filter(|name| !known.iter().any(|(short, long)| *name == short || *name == long));
        unknown
            .enumerate()
            .map(|(nth, name)| {
                // Looking for a similar name takes time for each.
                let known = known.iter().filter(|_| nth < limits::UNKNOWN_NAMES);
                let known = known.flat_map(|(short, long)| [short.as_str(), long.as_str()]);
                let finding = Finding::error(codes::UNKNOWN_SETTING, Span::START).with("name", name.as_str());
                let finding = match nearest(name, known) {
                    Some(meant) => finding.did_you_mean(meant),
                    None => finding,
                };
                finding.render(file)
            })
            .collect()
    }
}
