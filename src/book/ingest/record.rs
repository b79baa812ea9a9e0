//! The lead format: the records of a lead file, field by field.
//!
//! The reader, the JSON Schema and the table in the documentation are derived from these types. The checks beyond types are in
//! [`crate::book::ingest::check`].

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use crate::book::content::Content;
use crate::book::lead::{Feedback, FieldValue, Person, PlannedTouch, Quote, Signal, is_false};
use crate::book::rep::Rep;
use crate::book::vocabulary::{LegalForm, Stage, StageBy};
use crate::calendar::Instant;
use crate::order;

/// A file of leads with, if wanted, the reps who look after them and the content there is to offer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LeadFile {
    /// The leads.
    #[serde(default)]
    pub leads: Vec<LeadRecord>,
    /// Sales people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reps: Vec<Rep>,
    /// Guides, cases, calculators: what a touch can bring.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<Content>,
}

/// One lead.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema), schemars(rename = "Lead"))]
#[serde(deny_unknown_fields)]
pub struct LeadRecord {
    /// Unique in the file.
    pub id: String,
    /// What people call it; the account's name where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The organisation (or household) behind the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountRecord>,
    /// Where the lead is on its journey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// Since when it is in that stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage_since: Option<Instant>,
    /// When the lead came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Instant>,
    /// Where it came from, in the team's own words: website, fair, referral.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What it is about, in the team's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Country as two letters (ISO 3166-1); the account's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Time zone by its IANA name; the account's where absent, else the zones of the country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Language as two letters (ISO 639-1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Id of the rep who looks after the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Expected yearly value, in the team's currency, 0 or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "command", schemars(range(min = 0.0, max = 1e15)))]
    pub value: Option<f64>,
    /// Expected share of such customers that leaves within a year, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "command", schemars(range(min = 0.0, max = 1.0)))]
    pub churn: Option<f64>,
    /// The team's own facts, by name, as declared in a pack with `fact budget as number`.
    #[serde(default, deserialize_with = "without_nulls", skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, FieldValue>,
    /// The buying group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
    /// What happened, in any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signals: Vec<Signal>,
    /// Touches agreed on but not yet made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub planned: Vec<PlannedTouch>,
    /// Quotes sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<Quote>,
    /// Who put it at its stage: a rep by hand, or a system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage_by: Option<StageBy>,
    /// No lead at all but spam: nobody is contacted, and nobody waits.
    #[serde(default, skip_serializing_if = "is_false")]
    pub spam: bool,
    /// What reps did with the advice they got about it, in any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feedback: Vec<Feedback>,
}

/// The organisation behind one or more leads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema), schemars(rename = "Account"))]
#[serde(deny_unknown_fields)]
pub struct AccountRecord {
    /// Leads with the same account id share its limits; the lead's own id where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Country as two letters (ISO 3166-1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Part of the country (ISO 3166-2 without the country, as BY for Bavaria), for regional holidays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Time zone by its IANA name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Its legal form; when not known, the stricter rules for natural persons hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_form: Option<LegalForm>,
    /// Line of business, in the team's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub industry: Option<String>,
    /// Number of people it employs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "command", schemars(range(min = 0)))]
    pub employees: Option<i64>,
    /// Since when it buys from us.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_since: Option<Instant>,
}

/// The fields whose value is not `null`.
fn without_nulls<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, FieldValue>, D::Error> {
    let fields = BTreeMap::<String, Option<FieldValue>>::deserialize(deserializer)?;
    Ok(order::collect_map(fields.into_iter().filter_map(|(name, value)| Some((name, value?)))))
}
