//! What the facts of the catalogue are computed from: the record, signals, touches, questions, the stage.

use crate::book::catalogue::Fact;

/// Whether no passing of time changes a fact: it is as the record has it.
pub(crate) const fn is_as_recorded(fact: Fact) -> bool {
    matches!(
        fact,
        Fact::Id
            | Fact::Name
            | Fact::Source
            | Fact::Topic
            | Fact::Country
            | Fact::Region
            | Fact::Zone
            | Fact::Language
            | Fact::LegalForm
            | Fact::Industry
            | Fact::Employees
            | Fact::Owner
            | Fact::Worth
            | Fact::Churn
            | Fact::Stage
            | Fact::Open
            | Fact::Title
            | Fact::Role
            | Fact::Roles
            | Fact::IsA
            | Fact::Influence
            | Fact::Stance
    )
}

/// Whether a fact is computed from signals.
pub(crate) const fn reads_log(fact: Fact) -> bool {
    is_signal_fact(fact) || is_touch_fact(fact) || is_question_fact(fact)
}

/// Whether a fact is computed from single signals.
pub(super) const fn is_signal_fact(fact: Fact) -> bool {
    matches!(
        fact,
        Fact::Count(_)
            | Fact::MissedCalls
            | Fact::Signals
            | Fact::Since
            | Fact::First
            | Fact::Score
            | Fact::Replied
            | Fact::Answered
            | Fact::InboundShare
    )
}

/// Whether a fact is computed from our touches.
pub(super) const fn is_touch_fact(fact: Fact) -> bool {
    matches!(
        fact,
        Fact::Touches
            | Fact::Unanswered
            | Fact::LastTouch
            | Fact::LastHeard
            | Fact::LastOutcome
            | Fact::LastTouchTo
            | Fact::Planned
    )
}

/// Whether a fact is computed from what somebody asked.
pub(super) const fn is_question_fact(fact: Fact) -> bool {
    matches!(
        fact,
        Fact::Waiting | Fact::WaitingFor | Fact::WaitingElsewhere | Fact::Tried | Fact::Question | Fact::Bought
    )
}

/// Whether a fact depends on the stage entered, which differs between contexts that share the cached facts.
pub(super) const fn depends_on_stage(fact: Fact) -> bool {
    matches!(fact, Fact::Stage | Fact::StageFor | Fact::Open)
}
