//! What a pack says about the team: its goals, what a touch costs, and how many touches it can spare.
//!
//! The plan ([`crate::plan`]) keeps to effort and budgets. No decision about a lead reads any of these.

use chrono::NaiveDate;
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use crate::calendar::Duration;
use crate::diagnostics::Span;
use crate::pack::policies::Channels;

/// A goal that a team, or one person of it, agreed on.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// Its name, unique in the pack.
    pub name: String,
    /// What is measured.
    pub measure: Measure,
    /// What it should come to, above 0, in the unit of the measure.
    pub target: f64,
    /// The first day that counts.
    pub since: NaiveDate,
    /// The last day that counts.
    pub until: NaiveDate,
    /// The team or rep whose goal it is; everybody's where absent.
    pub whose: Option<String>,
    /// Who agreed, by id of a rep or as `manager`.
    pub agreed_by: Vec<String>,
    /// Who proposed it.
    pub proposed_by: Option<String>,
    /// Why.
    pub because: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// What a goal measures: what came of the work, never how much of it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Measure {
    /// Worth of the orders.
    Revenue,
    /// Yearly revenue, at the end, of those who were customers at the beginning: what they grew minus what was lost.
    RetainedRevenue,
    /// Orders.
    Orders,
    /// Leads that moved to a later stage.
    StageMoves,
    /// In how many days leads move to the next stage, in the median; the fewer the better.
    StageSpeed,
    /// The share of questions that were answered within their promise.
    AnsweredInTime,
    /// The share of buying groups of which all roles are known.
    BuyingGroupCoverage,
    /// The share of contacts that customers began.
    PullRatio,
    /// Orders before which a social touch or shared content was read.
    AssistedWins,
}

impl Measure {
    /// The measure of this word; `None` for any other.
    pub fn from_word(word: &str) -> Option<Self> {
        word.parse().ok()
    }

    /// Its word, without quotes.
    pub fn word(self) -> &'static str {
        self.into()
    }

    /// All words, in order.
    pub fn words() -> impl Iterator<Item = &'static str> {
        Self::VARIANTS.iter().map(|measure| measure.word())
    }

    /// What to measure instead of an activity, by its name in a plural: what the activity is for. `None` for a word that names none.
    pub fn instead_of(activity: &str) -> Option<Self> {
        match activity {
            "calls" | "touches" | "visits" | "meetings" | "demos" | "appointments" => Some(Self::StageMoves),
            "emails" | "mails" | "messages" | "replies" | "chats" => Some(Self::AnsweredInTime),
            "posts" | "tweets" | "connections" | "followers" | "likes" | "shares" | "views" => Some(Self::AssistedWins),
            "quotes" | "proposals" => Some(Self::Orders),
            "contacts" | "leads" => Some(Self::BuyingGroupCoverage),
            _ => None,
        }
    }
}

/// How long a touch on a channel takes a rep.
#[derive(Clone, Debug, PartialEq)]
pub struct Effort {
    /// On which channels.
    pub channels: Channels,
    /// How long.
    pub length: Duration,
    /// Why.
    pub because: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// Whose touches a budget counts together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BudgetScope {
    /// Those of all reps. The default.
    Team,
    /// Those of each rep.
    Rep,
}

/// How many touches on a channel the team can spare in a rolling window.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// On which channels; `any` counts all channels together.
    pub channels: Channels,
    /// The highest number.
    pub most: u32,
    /// The length of the window.
    pub per: Duration,
    /// Whose touches it counts together.
    pub across: BudgetScope,
    /// Why.
    pub because: Option<String>,
    /// Where it stands.
    pub span: Span,
}
