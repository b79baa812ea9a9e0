//! What is counted: each kind of incident with its number and its first cases.

use serde::Serialize;

use crate::book::vocabulary::Channel;
use crate::calendar::Instant;

/// The cases of a kind that are kept; more are only counted.
pub const CASES: usize = 5;

/// What advice should not lead to. `docs/simulating.md` tells each in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IncidentKind {
    /// A promise that moved later without a signal.
    PromiseMoved,
    /// A customer who waited while the same rep did other work.
    BehindOtherWork,
    /// A touch to somebody else while the one who asked could be reached.
    SomebodyElse,
    /// An answer over another channel than that of the question, which was open.
    OtherChannel,
    /// A question on hold, or with nothing to do, that neither law nor hours nor zone explain.
    Unadvised,
    /// Three touches to one person by one rule within two weeks.
    SameRule,
    /// An offer of what the person had received within 90 days.
    SameOffer,
    /// A touch due on a day on which its rep does not work.
    DayOff,
    /// A touch within a working day of a real conversation with the person, who had asked nothing since.
    AfterConversation,
    /// A touch to somebody who has left, or who was away and had asked nothing.
    AwayOrGone,
}

impl IncidentKind {
    /// Every kind, in the order in which they are told.
    pub const ALL: [Self; 10] = [
        Self::PromiseMoved,
        Self::BehindOtherWork,
        Self::SomebodyElse,
        Self::OtherChannel,
        Self::Unadvised,
        Self::SameRule,
        Self::SameOffer,
        Self::DayOff,
        Self::AfterConversation,
        Self::AwayOrGone,
    ];
}

/// A kind of incident, with how often it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Incident {
    /// What.
    pub kind: IncidentKind,
    /// How often.
    pub number: usize,
    /// Of how many: questions, or touches; absent where a share says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<usize>,
    /// The first cases.
    pub cases: Vec<Case>,
}

/// One case of a incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Case {
    /// When it was found: the advice at this moment shows it.
    pub at: Instant,
    /// Id of the lead.
    pub lead: String,
    /// Id of the person: who asked, was touched, or has the promise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Id of the rep.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rep: Option<String>,
    /// The rule or cadence that advised it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Over which channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// What it is compared with: when the question came, when the promise was due before, when the conversation was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Instant>,
    /// The other lead, person, channel or offer that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
}

/// The incidents so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Incidents {
    found: Vec<(IncidentKind, usize, Vec<Case>)>,
}

impl Incidents {
    /// Adds a case.
    pub(super) fn add(&mut self, kind: IncidentKind, case: Case) {
        let known = self.found.iter().position(|(one, ..)| *one == kind);
        let index = known.unwrap_or_else(|| {
            self.found.push((kind, 0, Vec::new()));
            self.found.len() - 1
        });
        if let Some((_, number, cases)) = self.found.get_mut(index) {
            *number += 1;
            if cases.len() < CASES {
                cases.push(case);
            }
        }
    }

    /// Every kind with its number, those that were not found too.
    pub(super) fn all(&self, of: impl Fn(IncidentKind) -> Option<usize>) -> Vec<Incident> {
        let found = |kind: IncidentKind| self.found.iter().find(|(one, ..)| *one == kind);
        let incident = |kind: IncidentKind| {
            let (number, cases) = found(kind).map_or((0, Vec::new()), |(_, number, cases)| (*number, cases.clone()));
            Incident { kind, number, of: of(kind), cases }
        };
        IncidentKind::ALL.map(incident).to_vec()
    }
}
