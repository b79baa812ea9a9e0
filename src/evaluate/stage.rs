//! The stage of a lead after the `enter` statements of the packs.
//!
//! A statement moves a lead to a later stage; to an earlier one only when its condition reads `lead.stage`. Conditions see the stage on
//! record. Of several statements that hold, the last in the order of packs and file wins.
//!
//! **By hand.** A stage that a rep set stands for two weeks against all that was known then: a statement moves the lead only when what
//! happened since makes its condition hold, so when it holds with that alone and does not hold with nothing at all.

use serde::Serialize;

use crate::book::vocabulary::{Stage, StageBy};
use crate::calendar::Duration;
use crate::diagnostics::EvaluationError;
use crate::evaluate::clause::holds;
use crate::evaluate::facts::FactContext;
use crate::evaluate::fault::Fault;
use crate::evaluate::matching::{in_force, sentence};
use crate::pack::Pack;
use crate::pack::rule_ref::rule_ref;
use crate::pack::statements::Enter;

/// The stage of a lead, for advice.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StageNow {
    /// The stage that rules see.
    pub stage: Stage,
    /// The stage on record, where an `enter` statement moved the lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<Stage>,
    /// Why it moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// The stage of a lead, and the context in which rules are evaluated there.
pub(crate) struct EnteredStage {
    /// The stage; `None` when neither the record nor a statement gives one.
    pub(crate) stage: Option<Stage>,
    /// The statement that moved it there: the index of its pack, and of the statement in its pack.
    pub(crate) by: Option<(usize, usize)>,
    /// The context for rules. When a lead entered a stage by a statement is not recorded, so `lead.stage_for` is unknown then.
    pub(crate) cx: FactContext,
    /// Statements that could not be evaluated.
    pub(crate) faults: Vec<Fault>,
    /// Those of them in hard packs: for each the index of its pack, and of the statement in its pack. A lead that one of them would have moved
    /// may be closed, or in a stage in which law forbids contact.
    pub(crate) unsure: Vec<(usize, usize)>,
}

/// How long a stage that a rep set stands.
const BY_HAND_FOR: Duration = Duration::from_millis(14 * 86_400_000);

/// What the conditions of `enter` statements see of a lead.
pub(crate) enum StageFacts<'c> {
    /// All of it.
    All(&'c FactContext),
    /// For a lead whose stage a rep set lately: what happened since, and nothing that happened.
    SetByHand {
        /// Only what happened since.
        since: FactContext,
        /// Nothing that happened.
        nothing: FactContext,
    },
}

impl<'c> StageFacts<'c> {
    /// Those of a lead, which is given as recorded. When a stage set by hand no longer stands is noted as a change.
    pub(crate) fn of(cx: &'c FactContext) -> Self {
        let by_hand = cx.lead().filter(|lead| lead.stage_by == Some(StageBy::Rep) && cx.recorded_stage().is_some());
        let set_at = by_hand.and_then(|lead| lead.stage_since).filter(|set_at| *set_at <= cx.now());
        let Some(set_at) = set_at.filter(|set_at| cx.now() < *set_at + BY_HAND_FOR) else { return Self::All(cx) };
        cx.change_at(set_at + BY_HAND_FOR);
        Self::SetByHand { since: cx.of_what_happened(|at| at > set_at), nothing: cx.of_what_happened(|_| false) }
    }

    /// Whether a statement moves the lead to its stage.
    ///
    /// # Errors
    /// Its condition cannot be evaluated.
    pub(crate) fn move_by(&self, enter: &Enter) -> Result<bool, EvaluationError> {
        match self {
            Self::All(cx) => holds(&enter.when, cx),
            Self::SetByHand { since, nothing } => {
                // What cannot be told of nothing does not hold.
                let without = holds(&enter.when, nothing).unwrap_or(false);
                holds(&enter.when, since).map(|holds| holds && !without)
            }
        }
    }
}

/// Evaluates the `enter` statements. One that cannot move this lead is skipped.
pub(crate) fn enter(packs: &[Pack], cx: &FactContext) -> EnteredStage {
    let (recorded, facts) = (cx.recorded_stage(), StageFacts::of(cx));
    let mut entered: Option<((usize, usize), Stage)> = None;
    let (mut faults, mut unsure) = (Vec::new(), Vec::new());
    for (pack_index, pack) in packs.iter().enumerate().filter(|(_, pack)| in_force(&pack.about, cx)) {
        for (index, enter) in pack.enters.iter().enumerate() {
            let forward = recorded.is_none_or(|stage| enter.stage > stage);
            if !forward && !enter.may_go_back {
                continue;
            }
            match facts.move_by(enter) {
                Ok(true) => entered = Some(((pack_index, index), enter.stage)),
                Ok(false) => {}
                Err(error) => {
                    let statement = rule_ref(pack, &enter.title(), enter.span);
                    faults.push(Fault::new(statement, error));
                    unsure.extend(pack.about.hard.then_some((pack_index, index)));
                }
            }
        }
    }
    match entered {
        Some((by, stage)) if Some(stage) != recorded => {
            EnteredStage { stage: Some(stage), by: Some(by), cx: cx.with_stage(stage, None), faults, unsure }
        }
        _ => EnteredStage { stage: recorded, by: None, cx: cx.clone(), faults, unsure },
    }
}

/// The stage with what it was and why it changed; `None` for a lead without a stage. `cx` is the context of the lead as recorded.
pub(crate) fn stage_now(
    packs: &[Pack],
    stage: Option<Stage>,
    by: Option<(usize, usize)>,
    cx: &FactContext,
) -> Option<StageNow> {
    let entered = by.and_then(|(pack, index)| packs.get(pack).and_then(|pack| Some((pack, pack.enters.get(index)?))));
    let was = entered.and_then(|_| cx.lead()?.stage);
    let because = entered.and_then(|(pack, enter)| sentence(pack, enter.because.as_ref(), cx));
    Some(StageNow { stage: stage?, was, because })
}

/// The stage that rules see, the context in which they are evaluated, and the `enter` statements that could not be evaluated.
pub fn stage_in(packs: &[Pack], cx: &FactContext) -> (Option<StageNow>, FactContext, Vec<Fault>) {
    let entered = enter(packs, cx);
    (stage_now(packs, entered.stage, entered.by, cx), entered.cx, entered.faults)
}
