//! The settings of the packs in force, as a list: name, value, range, unit and meaning.

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::book::value::Value;
use crate::diagnostics::Span;
use crate::pack::Pack;
use crate::pack::statements::{Setting, TYPICAL_VALUE, Unit};

/// A setting with the value in force.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SettingInForce {
    /// Its name.
    pub name: String,
    /// The pack that has it, and its file.
    pub pack: String,
    /// The file of the pack.
    pub file: String,
    /// Where it stands.
    pub span: Span,
    /// The value in force, as `--set` and `*.settings.toml` take it: a length of time is a text such as `4.hours`.
    pub value: Json,
    /// The value that the pack has.
    pub written: Json,
    /// The lowest and the highest value that it may have, both included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<AllowedValues>,
    /// What it is: `count`, `amount`, `percent`, `number`, `time`, `working time`, `text`, `truth` or `list`.
    pub unit: &'static str,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Who proposed it to the team.
    #[serde(rename = "proposedBy", skip_serializing_if = "Option::is_none")]
    pub proposed_by: Option<String>,
    /// For the leads of which rep it has this value; absent for all others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rep: Option<String>,
}

/// The lowest and the highest value of a setting, both included.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AllowedValues {
    /// The lowest.
    pub from: Json,
    /// The highest.
    pub to: Json,
}

/// The settings of these packs, in their order.
pub(super) fn in_force(packs: &[Pack]) -> Vec<SettingInForce> {
    packs.iter().flat_map(|pack| pack.settings.iter().map(move |setting| of_pack(pack, setting))).collect()
}

fn of_pack(pack: &Pack, setting: &Setting) -> SettingInForce {
    let lengths = setting.lengths.as_ref().map(|(from, to)| (from.as_given(), to.as_given()));
    let range = lengths.or_else(|| setting.range.map(|(from, to)| (json!(from), json!(to))));
    SettingInForce {
        name: setting.name.to_string(),
        pack: pack.about.name.clone(),
        file: pack.file.clone(),
        span: setting.span,
        value: setting.value.as_given(),
        written: setting.written.as_given(),
        range: range.map(|(from, to)| AllowedValues { from, to }),
        unit: unit_of(setting),
        because: setting.because.clone(),
        proposed_by: setting.proposed_by.clone(),
        rep: pack.owners.as_ref().and_then(|owners| owners.only.as_ref()).map(ToString::to_string),
    }
}

/// What a setting is: its unit, and where none is said, what its value is.
fn unit_of(setting: &Setting) -> &'static str {
    match (setting.unit, &setting.written) {
        (Some(unit), _) => unit.word(),
        (None, Value::Whole(_) | Value::Number(_)) if *setting.name == *TYPICAL_VALUE => Unit::Amount.word(),
        (None, Value::Whole(_)) => Unit::Count.word(),
        (None, Value::Number(_)) => "number",
        (None, Value::Length(_)) => "time",
        (None, Value::WorkingLength(_) | Value::WorkingDays(_)) => "working time",
        (None, Value::Truth(_)) => "truth",
        (None, Value::List(_)) => "list",
        (None, _) => "text",
    }
}
