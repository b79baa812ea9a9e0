//! Times in which somebody is away: a rep, or a person of a lead.

use serde::{Deserialize, Serialize};

use crate::calendar::Instant;

/// A time in which somebody is away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Absence {
    /// First moment away.
    pub from: Instant,
    /// First moment back.
    pub until: Instant,
}
