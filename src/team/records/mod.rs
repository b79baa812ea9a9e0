//! The team file: what a team records beside its leads. Which stage a lead moved to and when, orders, what customers are worth a year, promises to one
//! another, what customers asked for that we lack, proposals, hand-overs, and what each member wants to be told to whom.
//!
//! All of it is optional. Where the file says nothing of a lead, the lead's own record says what it can.

mod read;

use serde::{Deserialize, Serialize};

pub use read::{RefusedEntry, TeamIntake};

use crate::book::vocabulary::{Role, Stage};
use crate::calendar::Instant;

/// What a team records beside its leads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct TeamFile {
    /// Who is in the team, and what they want to be told to whom.
    pub members: Vec<Member>,
    /// When leads moved from one stage to another.
    pub stage_moves: Vec<StageMove>,
    /// Orders.
    pub orders: Vec<Order>,
    /// What customers are worth a year, from when on.
    pub contracts: Vec<Contract>,
    /// What was promised within the team: help, a tool, an answer.
    pub promises: Vec<TeamPromise>,
    /// Content that customers asked for and that there is not.
    pub requests: Vec<ContentRequest>,
    /// Rules, settings and goals that somebody proposed.
    pub proposals: Vec<TeamProposal>,
    /// Leads that went from sales to marketing or back.
    pub hand_overs: Vec<HandOver>,
}

/// A member of the team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Id of the rep.
    pub rep: String,
    /// The name of their team, for goals of one team among several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// Whether they share their own figures with the manager. Theirs to say.
    #[serde(default)]
    pub shares: bool,
    /// Their working time, as 1 for full time; 1 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "command", schemars(range(min = 0.0, max = 2.0)))]
    pub time: Option<f64>,
    /// The share of their day that is planned, from 0 to 1; that of the plan where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "command", schemars(range(min = 0.0, max = 1.0)))]
    pub planned: Option<f64>,
    /// How visible they are on a subject, for their own eyes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visibility: Vec<Visibility>,
}

/// How visible a member is on a subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Visibility {
    /// The subject, in the team's own words.
    pub topic: String,
    /// Whether their profile says what they can do for somebody who looks for this.
    #[serde(default)]
    pub profile: bool,
    /// When they last shared something useful about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_at: Option<Instant>,
    /// When they last answered a question about it in public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Instant>,
}

/// A lead that moved from one stage to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StageMove {
    /// When.
    pub at: Instant,
    /// Id of the lead.
    pub lead: String,
    /// From which stage; that of the move before where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Stage>,
    /// To which stage.
    pub to: Stage,
    /// Why, for a lead that was lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// When.
    pub at: Instant,
    /// Id of the lead.
    pub lead: String,
    /// What it is worth, in the team's currency.
    pub amount: f64,
}

/// What a customer is worth a year from a moment on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// From when on.
    pub at: Instant,
    /// Id of the lead.
    pub lead: String,
    /// How much a year, in the team's currency; 0 is a customer who left.
    pub yearly: f64,
    /// Why it changed, in the team's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// Something that one promised another within the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TeamPromise {
    /// When.
    pub at: Instant,
    /// Who promised: `manager`, or the id of a rep.
    pub by: String,
    /// To whom: the id of a rep, or `team`.
    pub to: String,
    /// What.
    pub what: String,
    /// Until when, not included.
    pub due: Instant,
    /// When it was kept; absent where it was not yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_at: Option<Instant>,
}

/// Content that a customer asked for and that there was not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ContentRequest {
    /// When.
    pub at: Instant,
    /// About what, in the team's own words.
    pub topic: String,
    /// Id of the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// The part that whoever asked plays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Id of the rep who was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep: Option<String>,
    /// Id of the content that was made of it; absent while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
}

/// Something that somebody proposed to the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TeamProposal {
    /// Unique in the file.
    pub id: String,
    /// When.
    pub at: Instant,
    /// Who, as they are to be named in the pack.
    pub by: String,
    /// The rule, cadence, setting or goal, as it would stand in a pack.
    pub statement: String,
    /// Why, in the words of who proposed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// What others said, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<Comment>,
    /// What became of it; absent while it is talked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<ProposalDecision>,
}

/// What somebody said about a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// When.
    pub at: Instant,
    /// Who.
    pub by: String,
    /// What.
    pub text: String,
}

/// What became of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposalDecision {
    /// When.
    pub at: Instant,
    /// Whether the team took it.
    pub adopted: bool,
    /// Why.
    pub because: String,
}

/// A lead that went from sales to marketing, or came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// When.
    pub at: Instant,
    /// Id of the lead.
    pub lead: String,
    /// To whom it went.
    pub to: Department,
    /// Why.
    pub because: String,
    /// Id of the rep who gave it away, or got it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep: Option<String>,
}

/// Who looks after a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Department {
    /// Reps.
    Sales,
    /// Marketing, which nurtures it.
    Marketing,
}
