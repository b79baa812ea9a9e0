//! The stage of a lead after the `enter` statements of the packs.
//!
//! A statement moves a lead to a later stage; to an earlier one only when its condition reads `lead.stage`. Conditions see the stage on
//! record. Of several statements that hold, the last in the order of packs and file wins.

use serde::Serialize;

use crate::book::vocabulary::Stage;
use crate::evaluate::clause::holds;
use crate::evaluate::facts::FactContext;
use crate::evaluate::fault::Fault;
use crate::evaluate::matching::{in_force, sentence};
use crate::pack::Pack;
use crate::pack::rule_ref::rule_ref;

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

/// Evaluates the `enter` statements. One that cannot move this lead is skipped.
pub(crate) fn enter(packs: &[Pack], cx: &FactContext) -> EnteredStage {
    let recorded = cx.recorded_stage();
    let mut entered: Option<((usize, usize), Stage)> = None;
    let (mut faults, mut unsure) = (Vec::new(), Vec::new());
    for (pack_index, pack) in packs.iter().enumerate().filter(|(_, pack)| in_force(&pack.about, cx)) {
        for (index, enter) in pack.enters.iter().enumerate() {
            let forward = recorded.is_none_or(|stage| enter.stage > stage);
            if !forward && !enter.may_go_back {
                continue;
            }
            match holds(&enter.when, cx) {
                Ok(true) => entered = Some(((pack_index, index), enter.stage)),
                Ok(false) => {}
                Err(error) => {
                    let statement = rule_ref(pack, &format!("enter \"{}\"", enter.stage), enter.span);
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
