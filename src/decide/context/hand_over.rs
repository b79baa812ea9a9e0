//! With which team a lead is: the last hand-over that was carried out.
//!
//! A hand-over is carried out when somebody says so: by feedback (`followed`, `adapted`) on the advice of a rule that hands over, or by a signal that
//! names such a rule. It is taken back by feedback after it that declines it, and by a stage that a rep sets by hand after it: the lead is with sales
//! again, and the hand-over was made all the same.
//!
//! Left out: what the customer does after it, which depends on what the rules say of that
//! ([`crate::decide::gates::feedback`]).

use crate::book::Lead;
use crate::book::vocabulary::{FeedbackVerdict, StageBy};
use crate::calendar::Instant;
use crate::decide::context::statements::StatementIndex;

/// A hand-over that was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HandOver {
    /// The rule that advised it, by number.
    pub(crate) rule: usize,
    /// When it was carried out.
    pub(crate) at: Instant,
    /// Whether it was taken back.
    pub(crate) taken_back: bool,
}

/// The last hand-over of a lead up to `now`; `None` when there was none. Rules whose touches depend on the lead are not
/// looked at.
pub(crate) fn handed_over(statements: &StatementIndex, lead: &Lead, now: Instant) -> Option<HandOver> {
    let mut rules = statements.hand_overs.iter().filter_map(|number| Some((*number, statements.rules.get(*number)?)));
    rules.clone().next()?;
    let carried_out = |rule: &str, pack: Option<&str>, at: Instant| {
        let (rule, _) = rules.clone().find(|(_, one)| one.is_called(pack, rule))?;
        Some(HandOver { rule, at, taken_back: false })
    };
    let past = || lead.feedback.iter().filter(|one| one.at <= now);
    let said = past().filter(|one| matches!(one.verdict, FeedbackVerdict::Followed | FeedbackVerdict::Adapted));
    let said = said.filter_map(|one| carried_out(&one.rule, one.pack.as_deref(), one.at)).max_by_key(|one| one.at);
    let logged = lead.past_signals(now).iter().rev();
    let logged = logged
        .filter_map(|one| Some((one.rule.as_deref()?, one)))
        .find_map(|(rule, signal)| carried_out(rule, signal.pack.as_deref(), signal.at));
    let last = said.into_iter().chain(logged).max_by_key(|one| one.at)?;
    let (_, rule) = rules.find(|(number, _)| *number == last.rule)?;
    let declined = past().any(|one| {
        one.verdict == FeedbackVerdict::Declined && one.at > last.at && rule.is_called(one.pack.as_deref(), &one.rule)
    });
    let moved = lead.stage_by == Some(StageBy::Rep) && lead.stage_since.is_some_and(|at| last.at < at && at <= now);
    Some(HandOver { taken_back: declined || moved, ..last })
}
