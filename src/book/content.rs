//! The content that a touch can offer: guides, cases, calculators.

use serde::{Deserialize, Serialize};

use crate::book::vocabulary::{Role, Stage};

/// One piece of content that a touch can offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// Unique in the book; what `.offer("...")` names.
    pub id: String,
    /// What a reader sees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Stages it is written for; empty means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
    /// Roles it is written for; empty means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// Languages it exists in, as two-letter codes; empty means any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// True when it sells rather than advises. Not offered before the need is known (stage `orientation`).
    #[serde(default)]
    pub pitch: bool,
}
