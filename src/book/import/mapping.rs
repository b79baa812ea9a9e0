//! The mapping file of the CSV and event log importers: which column is which field of a lead, and which activity is which signal.
//!
//! A mapping is JSON and is checked when it is read, so that a wrong field name is reported once, with its path, and not for every row.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::book::Refusal;
use crate::book::import::times::TimeReader;
use crate::book::ingest::json_file::not_json;
use crate::book::ingest::json_tree::{self, Json};
use crate::book::lead::FieldValue;
use crate::book::vocabulary::{Channel, Direction, Outcome, QuoteStatus, SignalKind, Stage, nearest};
use crate::wording::Sentence;

/// The mapping of a table to leads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What stands between cells: `,` where absent; `;` or a tab (`\t`) otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub separator: Option<char>,
    /// True when numbers are written as 1.234,5. What is not in the notation that this says is refused.
    #[serde(default)]
    pub decimal_comma: bool,
    /// Texts that mean: not known. An empty cell always does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<String>,
    /// How times are written, and in whose zone.
    #[serde(default)]
    pub times: TimeFormat,
    /// Columns that describe leads. For an event log: of the table of cases, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leads: Option<LeadColumns>,
    /// Columns and activities of an event log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<LogColumns>,
}

/// How times are written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TimeFormat {
    /// As `strftime` writes it: `%d-%m-%Y %H:%M`. RFC 3339 where absent. A date alone means its midnight. `%z` is an offset; `%Z` a zone by
    /// its IANA name, an offset or an abbreviation that means one offset everywhere (CET, EST); others are refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// IANA zone of times that name none themselves. Without it such times are refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

/// How rows become leads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LeadColumns {
    /// `row`: every row is a lead. `id`: rows with the same lead id are one lead: they fill each other in, and each may add a person.
    #[serde(default)]
    pub one_lead_per: LeadGrouping,
    /// Fields of the lead, by their name in the lead format. `id` must be there.
    pub lead: BTreeMap<String, ValueSource>,
    /// Fields of the account.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub account: BTreeMap<String, ValueSource>,
    /// Fields of the person in the row. Without an `id` the person is called `p1`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub person: BTreeMap<String, ValueSource>,
    /// Channel and the cell that says something when the person can be reached on it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub channels: BTreeMap<Channel, ValueSource>,
    /// The team's own facts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, ValueSource>,
    /// Signals that a row tells of; each is there when its `at` and its `kind` are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signals: Vec<BTreeMap<String, ValueSource>>,
}

/// What makes a lead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum LeadGrouping {
    /// Every row.
    #[default]
    Row,
    /// All rows with the same lead id.
    Id,
}

/// Where a value comes from: the name of a column, or an object that says more.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ValueSource {
    /// The name of a column.
    Column(String),
    /// A column with translations, several columns, or a constant.
    Full(FullValueSource),
}

/// Where a value comes from, in full.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FullValueSource {
    /// The name of a column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Several columns, put together with a space: first and last name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// A constant, which every row gets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constant: Option<FieldValue>,
    /// What texts in the column stand for; `null` for not known.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Option<FieldValue>>,
    /// What to do with a text that `values` does not name.
    #[serde(default)]
    pub otherwise: UnlistedText,
    /// For the team's own facts: how to read the text.
    #[serde(default, rename = "as", skip_serializing_if = "Option::is_none")]
    pub reads_as: Option<TextReading>,
}

/// What to do with a text that is not among the translations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnlistedText {
    /// Take it as it stands.
    #[default]
    AsItStands,
    /// Take it for not known.
    Unknown,
    /// Refuse the record.
    Refuse,
}

/// How a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum TextReading {
    /// As it stands.
    Text,
    /// A number, with or without decimals.
    Number,
    /// A number without decimals.
    Whole,
    /// Yes or no, in the usual spellings of several languages: true, ja, x, WAAR, 1.
    Truth,
    /// A time, as `times` says.
    Time,
    /// Several words with `;` between them.
    Words,
    /// A country by its code or its English name.
    Country,
}

/// How rows of an event log become signals.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LogColumns {
    /// Column with the id of the case: it becomes the lead's id.
    pub case: String,
    /// Column with the activity.
    pub activity: String,
    /// Column with the time.
    pub time: String,
    /// Column with who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Column with the step in the life of an activity: SCHEDULE, START, COMPLETE.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifecycle: Option<String>,
    /// What activities mean; the first that fits counts. Activities that fit none are reported, each kind once.
    pub events: Vec<EventMeaning>,
    /// Fields that every lead gets, as in the lead format.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lead: BTreeMap<String, FieldValue>,
    /// The one person of every lead, whom all signals are with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<LogPerson>,
    /// What is known about resources as reps. Without it their ids are kept and no reps are made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reps: Option<LogReps>,
}

/// What an activity means.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EventMeaning {
    /// The activity, as the log writes it.
    pub activity: String,
    /// Only this step in its life; any where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifecycle: Option<String>,
    /// True for an activity that is known and means nothing here.
    #[serde(default)]
    pub skip: bool,
    /// The signal it gives; none where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<SignalKind>,
    /// Over which channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Who started it: inbound where absent, save for a quote. The resource becomes the rep of what is outbound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// What it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// True for a touch that only tells them that we have their question.
    #[serde(default)]
    pub acknowledges: bool,
    /// The stage that the lead enters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// `open`: a quote goes out. Otherwise: the quotes that are open get this status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<QuoteStatus>,
}

/// The one person of every lead of a log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LogPerson {
    /// Their id in each lead.
    pub id: String,
    /// Channels on which they can be reached.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// Roles that they play.
    #[serde(default)]
    pub roles: Vec<crate::book::vocabulary::Role>,
}

/// What is known about the resources of a log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LogReps {
    /// IANA zone in which they work.
    pub zone: String,
    /// Country in which they work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Their working hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Resources that are no people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
}

/// Written by hand, because serde's derive for an untagged enum loses the path of a fault inside the object.
impl<'de> Deserialize<'de> for ValueSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = ValueSource;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(json_tree::VALUE_SOURCE)
            }
            fn visit_str<E: de::Error>(self, column: &str) -> Result<ValueSource, E> {
                Ok(ValueSource::Column(column.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<ValueSource, A::Error> {
                FullValueSource::deserialize(MapAccessDeserializer::new(object)).map(ValueSource::Full)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// Fields of a lead that a column can fill, with how its text is read.
pub(super) const LEAD: &[(&str, TextReading)] = &[
    ("id", TextReading::Text),
    ("name", TextReading::Text),
    ("stage", TextReading::Text),
    ("stage_since", TextReading::Time),
    ("created_at", TextReading::Time),
    ("source", TextReading::Text),
    ("topic", TextReading::Text),
    ("country", TextReading::Country),
    ("zone", TextReading::Text),
    ("language", TextReading::Text),
    ("owner", TextReading::Text),
    ("value", TextReading::Number),
    ("churn", TextReading::Number),
    ("stage_by", TextReading::Text),
    ("spam", TextReading::Truth),
];
/// Fields of an account that a column can fill, with how its text is read.
pub(super) const ACCOUNT: &[(&str, TextReading)] = &[
    ("id", TextReading::Text),
    ("name", TextReading::Text),
    ("country", TextReading::Country),
    ("region", TextReading::Text),
    ("zone", TextReading::Text),
    ("legal_form", TextReading::Text),
    ("industry", TextReading::Text),
    ("employees", TextReading::Whole),
    ("customer_since", TextReading::Time),
];
/// Fields of a person that a column can fill, with how its text is read.
pub(super) const PERSON: &[(&str, TextReading)] = &[
    ("id", TextReading::Text),
    ("aliases", TextReading::Words),
    ("human", TextReading::Text),
    ("name", TextReading::Text),
    ("roles", TextReading::Words),
    ("title", TextReading::Text),
    ("country", TextReading::Country),
    ("zone", TextReading::Text),
    ("language", TextReading::Text),
    ("legal_form", TextReading::Text),
    ("reachable", TextReading::Text),
    ("influence", TextReading::Number),
    ("stance", TextReading::Text),
    ("do_not_call", TextReading::Truth),
    ("do_not_email", TextReading::Truth),
    ("objected", TextReading::Truth),
    ("left_at", TextReading::Time),
    ("internal", TextReading::Truth),
];
/// Fields of a signal that a column can fill, with how its text is read.
pub(super) const SIGNAL: &[(&str, TextReading)] = &[
    ("at", TextReading::Time),
    ("kind", TextReading::Text),
    ("topic", TextReading::Text),
    ("channel", TextReading::Text),
    ("direction", TextReading::Text),
    ("rep", TextReading::Text),
    ("outcome", TextReading::Text),
    ("content", TextReading::Text),
    ("weight", TextReading::Number),
    ("cadence", TextReading::Text),
    ("step", TextReading::Whole),
    ("acknowledges", TextReading::Truth),
    ("pack", TextReading::Text),
    ("rule", TextReading::Text),
    ("by", TextReading::Text),
];

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// All faults, each with the path of its field.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Refusal>> {
        let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
        let no_utf8 = |_| vec![Refusal::at("", "import-mapping-not-utf8".into())];
        let text = std::str::from_utf8(bytes).map_err(no_utf8)?;
        let tree: Json<'_> = serde_json::from_str(text).map_err(|why| {
            vec![Refusal::at("", Sentence::new("import-mapping-not-json").with("why", not_json(text, &why)))]
        })?;
        let mapping: Self = json_tree::read(tree).map_err(|faults| {
            faults
                .into_iter()
                .map(|(path, reason)| Refusal::at(path.to_string(), of_mapping(reason)))
                .collect::<Vec<_>>()
        })?;
        let mut faults = Vec::new();
        if let Err(why) = mapping.separator() {
            faults.push(Refusal::at("separator", why));
        }
        if let Err(why) = mapping.times() {
            faults.push(Refusal::at("times", why));
        }
        if let Some(leads) = &mapping.leads {
            leads.check(&mut faults);
        }
        if faults.is_empty() { Ok(mapping) } else { Err(faults) }
    }

    /// The byte between cells.
    pub(super) fn separator(&self) -> Result<u8, Sentence> {
        let separator = self.separator.unwrap_or(',');
        let allowed = !separator.is_ascii_alphanumeric() && !matches!(separator, '"' | '\r' | '\n');
        u8::try_from(separator).ok().filter(|byte| byte.is_ascii() && allowed).ok_or_else(|| "import-separator".into())
    }

    pub(super) fn times(&self) -> Result<TimeReader, Sentence> {
        TimeReader::new(self.times.format.as_deref(), self.times.zone.as_deref())
    }
}

/// The reason of a fault in a mapping, where the one for a lead speaks of the lead format.
fn of_mapping(reason: Sentence) -> Sentence {
    match reason.key() {
        "record-field-unknown" => reason.rekeyed("import-mapping-field-unknown"),
        "record-field-meant" => reason.rekeyed("import-mapping-field-meant"),
        _ => reason,
    }
}

impl LeadColumns {
    fn check(&self, faults: &mut Vec<Refusal>) {
        let mut groups = vec![("lead", &self.lead, LEAD), ("account", &self.account, ACCOUNT)];
        groups.push(("person", &self.person, PERSON));
        groups.extend(self.signals.iter().map(|signal| ("signals", signal, SIGNAL)));
        for (group, cells, known) in groups {
            for name in cells.keys().filter(|name| !known.iter().any(|(field, _)| field == name)) {
                let reason = match nearest(name, known.iter().map(|(field, _)| *field)) {
                    Some(meant) => Sentence::new("import-field-meant").with("meant", meant),
                    None => {
                        let known: Vec<&str> = known.iter().map(|(field, _)| *field).collect();
                        Sentence::new("import-field-unknown").with("known", known.join(", "))
                    }
                };
                faults.push(Refusal::at(format!("leads.{group}.{name}"), reason));
            }
        }
        if !self.lead.contains_key("id") {
            faults.push(Refusal::at("leads.lead.id", "import-no-lead-id".into()));
        }
        for signal in &self.signals {
            for required in ["at", "kind"].into_iter().filter(|required| !signal.contains_key(*required)) {
                faults.push(Refusal::at(format!("leads.signals.{required}"), "record-missing".into()));
            }
        }
    }

    /// All columns that the mapping of leads names, sorted.
    pub(super) fn columns(&self) -> Vec<&str> {
        let groups = [&self.lead, &self.account, &self.person, &self.fields];
        let mut cells: Vec<&ValueSource> = groups.into_iter().chain(&self.signals).flat_map(BTreeMap::values).collect();
        cells.extend(self.channels.values());
        let mut columns: Vec<&str> = cells.into_iter().flat_map(ValueSource::columns).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }
}

impl ValueSource {
    pub(super) fn columns(&self) -> Vec<&str> {
        match self {
            Self::Column(column) => vec![column],
            Self::Full(full) => full.column.iter().chain(&full.columns).map(String::as_str).collect(),
        }
    }
}
