//! What a run writes down: touches and feedback as a lead file has them, and advice as the audit reads it.

use crate::book::vocabulary::{Channel, Direction, FeedbackVerdict};
use crate::book::{Feedback, Lead, PlannedTouch, Signal};
use crate::calendar::Instant;
use crate::decide::advice::{Advice, Block, Verdict};
use crate::simulate::audit::{AdviceRecord, AdvisedAction, BlockRecord};
use crate::simulate::customers::touch_kind;

/// The pack and name of the rule, or (no pack, name) of the cadence, that gave the advice; `None` when neither did.
pub(super) fn statement(advice: &AdviceRecord) -> Option<(Option<String>, String)> {
    let rule = advice.carries_out.clone().map(|(pack, rule)| (Some(pack), rule));
    rule.or_else(|| advice.step.clone().map(|(cadence, _)| (None, cadence)))
}

/// What somebody does with the advice of a rule or cadence, which is named with its pack.
pub(super) fn feedback(at: Instant, (pack, rule): (Option<String>, String), verdict: FeedbackVerdict) -> Feedback {
    Feedback { at, rule, pack, person: None, verdict, until: None, reason: None, rep: None }
}

/// A touch of ours, as it is logged.
pub(super) fn touch(at: Instant, channel: Channel, person: &str, rep: Option<String>) -> Signal {
    Signal {
        person: Some(person.to_owned()),
        channel: Some(channel),
        direction: Some(Direction::Outbound),
        rep,
        ..Signal::new(at, touch_kind(channel))
    }
}

/// The planned touches of all leads, the earliest first.
pub(super) fn appointments(leads: &[Lead]) -> Vec<(usize, PlannedTouch)> {
    let all = leads.iter().enumerate();
    let mut planned: Vec<(usize, PlannedTouch)> =
        all.flat_map(|(lead, record)| record.planned.iter().map(move |one| (lead, one.clone()))).collect();
    planned.sort_by_key(|(lead, planned)| (planned.at, *lead));
    planned
}

/// What the audit reads of an advice.
pub(super) fn record(advice: &Advice) -> AdviceRecord {
    let touch = advice.touch.as_ref();
    let window = touch.and_then(|touch| touch.window.as_ref());
    let step = touch.and_then(|touch| touch.cadence.clone().zip(touch.step));
    let rule = advice.rule.as_ref().map(|rule| match &step {
        Some((_, number)) => format!("{}: {}, step {number}", rule.pack, rule.name),
        None => format!("{}: {}", rule.pack, rule.name),
    });
    let block = |block: &Block| BlockRecord {
        person: block.person.clone(),
        channel: block.channel,
        policy: block.policy,
        lifts_at: block.lifts_at,
        hard: block.hard,
    };
    AdviceRecord {
        action: match advice.verdict {
            Verdict::Touch => AdvisedAction::Touch,
            Verdict::Find | Verdict::HandOver => AdvisedAction::Task,
            Verdict::Wait | Verdict::Hold => AdvisedAction::Nothing,
        },
        rule,
        channel: touch.and_then(|touch| touch.channel),
        person: touch.and_then(|touch| touch.person.as_ref()).map(|person| person.id.clone()),
        rep: touch.and_then(|touch| touch.rep.as_ref()).map(|rep| rep.id.clone()),
        automatic: touch.is_some_and(|touch| touch.automatic),
        acknowledges: touch.is_some_and(|touch| touch.acknowledges),
        from: window.map(|window| window.from),
        until: window.map(|window| window.until),
        offer: touch.and_then(|touch| touch.offer.clone()),
        carries_out: touch.and_then(|touch| touch.pack.clone().zip(touch.rule.clone())),
        hands_over: advice.verdict == Verdict::HandOver,
        step,
        blocks: advice.blocks.iter().map(block).collect(),
    }
}
