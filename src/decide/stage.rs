//! Where the lead is on its journey, after the `enter` statements.
//!
//! A statement moves a lead forward; it moves it back only when its condition reads `lead.stage`. Conditions see the stage
//! on record. Of several that hold, the last in the order of packs and file wins.

use super::advice::{Fault, StageNow};
use super::evaluate::holds;
use super::facts::FactContext;
use super::matching::{fault, in_force, sentence};
use crate::rulebook::pack::{Enter, Pack};

/// The stage that rules see (none when no record and no statement tells), and the context in which they see it.
///
/// A lead that moved is in its new stage since a moment nobody recorded, so `lead.stage_for` is unknown then.
pub fn stage_in(packs: &[Pack], cx: &FactContext) -> (Option<StageNow>, FactContext, Vec<Fault>) {
    let recorded = cx.lead().and_then(|lead| lead.stage);
    let mut entered: Option<&Enter> = None;
    let mut faults = Vec::new();
    for pack in packs.iter().filter(|pack| in_force(&pack.about, cx)) {
        for enter in &pack.enters {
            let forward = recorded.is_none_or(|stage| enter.stage > stage);
            if !forward && !enter.may_go_back {
                continue;
            }
            match holds(&enter.when, cx) {
                Ok(true) => entered = Some(enter),
                Ok(false) => {}
                Err(problem) => {
                    faults.push(fault(pack, &format!("enter \"{}\"", enter.stage), enter.span, problem));
                }
            }
        }
    }
    match entered {
        Some(enter) if Some(enter.stage) != recorded => {
            let because = sentence(enter.because.as_ref(), cx);
            let now = StageNow { stage: enter.stage, was: recorded, because };
            (Some(now), cx.with_stage(enter.stage, None), faults)
        }
        _ => (recorded.map(|stage| StageNow { stage, was: None, because: None }), cx.clone(), faults),
    }
}
