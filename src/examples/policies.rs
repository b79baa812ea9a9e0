//! Whether a policy or rule stopped or moved what would have been advised.
//!
//! A block of the advice tells of what cannot be done in the coming time. A limit, pause or hours that only move a touch leave none, so it is asked what
//! the advice would be without the policy: where it would be another one, the policy mattered.

use crate::book::vocabulary::nearest;
use crate::decide::Decider;
use crate::decide::advice::{Advice, RuleRef};
use crate::diagnostics::Span;
use crate::pack::Pack;
use crate::pack::expression::Clause;
use crate::wording::Sentence;

/// Whether two advices for a lead differ in what is done, for whom, by whom, from when, on whose behalf, or in what was stopped. The end of a window
/// does not count: hours nearly always set one.
pub(crate) fn is_other_advice(one: &Advice, other: &Advice) -> bool {
    fn done(advice: &Advice) -> impl PartialEq + use<'_> {
        advice.touch.as_ref().map(|touch| {
            let (person, rep) = (touch.person.as_ref().map(|one| &one.id), touch.rep.as_ref().map(|one| &one.id));
            let begins = touch.window.as_ref().map(|window| window.from);
            (touch.channel, person, rep, begins, &touch.offer, &touch.find, &touch.hand_over, touch.step)
        })
    }
    one.verdict != other.verdict || one.rule != other.rule || done(one) != done(other) || one.blocks != other.blocks
}

/// Whether what this name stands for stopped or moved something: it is the name of the statement in a block of the advice, the block's policy in a word,
/// or its reason; or that of a policy without which another advice would come.
pub(super) fn is_blocked_by(name: &str, advice: &Advice, pack: &Pack, decider: &mut Decider<'_>) -> bool {
    let in_a_block = advice.blocks.iter().any(|block| {
        block.policy == name || block.reason == name || block.by.as_ref().is_some_and(|by| is_called(by, name, pack))
    });
    if in_a_block {
        return true;
    }
    let called: Vec<RuleRef> = decider.policy_refs().filter(|by| is_called(by, name, pack)).cloned().collect();
    called.iter().any(|policy| is_other_advice(advice, &decider.lead_without(policy, 0)))
}

/// Why nothing can be blocked by this name: no policy or rule of the pack has it. `None` for one that something has, and for a single word, which may
/// be that of a gate, such as `objection`.
pub(super) fn unknown(name: &str, pack: &Pack, decider: &Decider<'_>) -> Option<Sentence> {
    let is_gate = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let rules: Vec<&str> = pack.rules.iter().map(|rule| rule.name.as_str()).collect();
    if is_gate || rules.contains(&name) || decider.policy_refs().any(|by| is_called(by, name, pack)) {
        return None;
    }
    let known = decider.policy_refs().map(|by| by.name.as_str()).chain(rules);
    let meant = nearest(name, known).map(|meant| format!("\"{meant}\""));
    Some(Sentence::new("example-blocked-unknown").with("name", name).or_did_you_mean(meant))
}

/// Whether a statement is meant by this name: its own, its first words as its pack has them, or its reason.
fn is_called(by: &RuleRef, name: &str, pack: &Pack) -> bool {
    if by.name == name {
        return true;
    }
    let in_words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let text = by.span.bytes(&pack.source).and_then(|bytes| pack.source.get(bytes)).unwrap_or_default();
    let first_words = in_words(name);
    // A single word is the kind of a policy: all of them are meant.
    !first_words.is_empty() && in_words(text).starts_with(&first_words)
        || because(by.span, pack).as_deref() == Some(name)
}

/// The text of the `because` of the policy at this place; `None` when it has none, or one that depends on the lead.
fn because(span: Span, pack: &Pack) -> Option<String> {
    let nevers = pack.nevers.iter().map(|one| (one.span, &one.because));
    let limits = pack.limits.iter().map(|one| (one.span, &one.because));
    let hours = pack.hours.iter().map(|one| (one.span, &one.because));
    let pauses = pack.pauses.iter().map(|one| (one.span, &one.because));
    let mut all = nevers.chain(limits).chain(hours).chain(pauses);
    let (_, because): (Span, &Option<Clause>) = all.find(|(at, _)| *at == span)?;
    because.as_ref()?.constant_text()
}
