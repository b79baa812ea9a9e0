//! Where the lead is on its journey, after the `enter` statements.
//!
//! A statement moves a lead forward; it moves it back only when its condition reads `lead.stage`. Conditions see the stage
//! on record. Of several that hold, the last in the order of packs and file wins.

use serde::Serialize;

use crate::book::vocabulary::Stage;
use crate::evaluate::clause::holds;
use crate::evaluate::facts::FactContext;
use crate::evaluate::fault::{Fault, fault};
use crate::evaluate::matching::{in_force, sentence};
use crate::pack::Pack;

/// Where the lead is on its journey.
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

/// Where a lead is, and the context in which rules see it there.
pub(crate) struct EnteredStage {
    /// The stage; none when no record and no statement tells.
    pub(crate) stage: Option<Stage>,
    /// The statement that moved it there: its pack, and its place in it.
    pub(crate) by: Option<(usize, usize)>,
    /// What rules see. A lead that moved is in its new stage since a moment nobody recorded, so `lead.stage_for` is unknown then.
    pub(crate) cx: FactContext,
    /// Statements that could not be evaluated.
    pub(crate) faults: Vec<Fault>,
}

/// Asks the `enter` statements. One that could not move this lead is not asked.
pub(crate) fn enter(packs: &[Pack], cx: &FactContext) -> EnteredStage {
    let recorded = cx.lead().and_then(|lead| lead.stage);
    let mut entered: Option<((usize, usize), Stage)> = None;
    let mut faults = Vec::new();
    for (number, pack) in packs.iter().enumerate().filter(|(_, pack)| in_force(&pack.about, cx)) {
        for (nth, enter) in pack.enters.iter().enumerate() {
            let forward = recorded.is_none_or(|stage| enter.stage > stage);
            if !forward && !enter.may_go_back {
                continue;
            }
            match holds(&enter.when, cx) {
                Ok(true) => entered = Some(((number, nth), enter.stage)),
                Ok(false) => {}
                Err(problem) => {
                    faults.push(fault(pack, &format!("enter \"{}\"", enter.stage), enter.span, problem));
                }
            }
        }
    }
    match entered {
        Some((by, stage)) if Some(stage) != recorded => {
            EnteredStage { stage: Some(stage), by: Some(by), cx: cx.with_stage(stage, None), faults }
        }
        _ => EnteredStage { stage: recorded, by: None, cx: cx.clone(), faults },
    }
}

/// The stage in words: with what it was and why it changed. `cx` is that of the lead as recorded.
pub(crate) fn stage_now(
    packs: &[Pack],
    stage: Option<Stage>,
    by: Option<(usize, usize)>,
    cx: &FactContext,
) -> Option<StageNow> {
    let enter = by.and_then(|(pack, nth)| packs.get(pack)?.enters.get(nth));
    let was = enter.and_then(|_| cx.lead()?.stage);
    Some(StageNow { stage: stage?, was, because: enter.and_then(|enter| sentence(enter.because.as_ref(), cx)) })
}

/// The stage that rules see (none when no record and no statement tells), and the context in which they see it.
pub fn stage_in(packs: &[Pack], cx: &FactContext) -> (Option<StageNow>, FactContext, Vec<Fault>) {
    let entered = enter(packs, cx);
    (stage_now(packs, entered.stage, entered.by, cx), entered.cx, entered.faults)
}
