//! Why this moment and not sooner, in words.

use crate::calendar::{Duration, Zone};
use crate::decide::advice::RuleRef;
use crate::decide::context::placement::Placement;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::PolicyHit;
use crate::decide::explain::{AdviceWriter, phrases};
use crate::decide::gates::GateInput;
use crate::decide::gates::constraints::{ConstraintCause, constraints};
use crate::decide::gates::policy::{best_hour, schedule_request};
use crate::pack::expression::Clause;
use crate::pack::statements::{Channels, Scope};

impl ConstraintCause {
    /// The policy, as one stable word.
    pub(crate) const fn policy(self) -> &'static str {
        match self {
            Self::Hours(_) | Self::OwnHours => "reachable",
            Self::Seller(_) => "rep-away",
            Self::Limit(_) => "limit",
            Self::Pause(..) => "pause",
        }
    }
}

impl AdviceWriter<'_, '_> {
    /// Why a touch is placed when it is.
    pub(crate) fn why(&self, input: &GateInput<'_, '_>, placement: Placement, zone: Zone) -> String {
        let mut unheard = ReviewTracker::new(self.account.context.now);
        let request = schedule_request(input, zone, &mut unheard);
        let best = best_hour(input, zone);
        let slot = placement.slot;
        let best_words = match &best {
            Some(best) => format!("the hour from {:02}:00 is when they answer most", best.hour(slot.from)),
            None if input.touch().at_best => {
                "too few answers to know their best hour, so the first moment that is allowed".to_owned()
            }
            None => String::new(),
        };
        let delay = || {
            // Of all that is closed at the start, what opens last.
            let constraints = constraints(input, placement.seller, request.search_end());
            let closed = constraints.iter().filter(|one| !one.open.contains(request.start));
            let last = closed.max_by_key(|one| one.open.first_at_or_after(request.start));
            last.map(|one| self.cause(input, one.cause))
        };
        let moment = if slot.from > request.start && best.is_none() {
            delay().map_or_else(
                || "the first moment that is allowed".to_owned(),
                |cause| format!("not sooner: {}", phrases::lower(&cause)),
            )
        } else if let Some(due) = input.due.filter(|due| *due > input.profile.now) {
            format!("the step is due {}", phrases::moment(due, zone))
        } else if request.start > input.profile.now {
            "the rule asks to wait until then".to_owned()
        } else if slot.from == input.profile.now {
            "it may be done now".to_owned()
        } else {
            String::new()
        };
        let late = if slot.late { "later than the rule promises" } else { "" };
        let parts: Vec<&str> = [late, &best_words, &moment].into_iter().filter(|part| !part.is_empty()).collect();
        phrases::capital(&parts.join("; "))
    }

    /// The statement that a restriction comes from.
    pub(crate) fn by(&self, cause: ConstraintCause) -> Option<&RuleRef> {
        let statements = &self.account.context.statements;
        match cause {
            ConstraintCause::Hours(hit) => statements.hours.get(hit.number).map(|hours| &hours.by),
            ConstraintCause::Limit(hit) => statements.limits.get(hit.number).map(|limit| &limit.by),
            ConstraintCause::Pause(hit, _) => statements.pauses.get(hit.number).map(|pause| &pause.by),
            ConstraintCause::OwnHours | ConstraintCause::Seller(_) => None,
        }
    }

    /// Whether it is law.
    pub(crate) fn is_hard(&self, cause: ConstraintCause) -> bool {
        let statements = &self.account.context.statements;
        match cause {
            ConstraintCause::Hours(hit) => statements.hours.get(hit.number).is_some_and(|hours| hours.hard),
            ConstraintCause::Limit(hit) => statements.limits.get(hit.number).is_some_and(|limit| limit.hard),
            ConstraintCause::Pause(hit, _) => statements.pauses.get(hit.number).is_some_and(|pause| pause.hard),
            ConstraintCause::OwnHours | ConstraintCause::Seller(_) => false,
        }
    }

    /// The sentence of a policy.
    pub(crate) fn because(&self, because: Option<&Clause>, hit: PolicyHit) -> Option<String> {
        if hit.evaluated {
            self.sentence_of(because, hit.person)
        } else {
            Some("It could not be told whether this holds, and law counts as holding".to_owned())
        }
    }

    /// A restriction in words.
    pub(crate) fn cause(&self, input: &GateInput<'_, '_>, cause: ConstraintCause) -> String {
        let who = self.called(input.person_index);
        let (statements, packs) = (&self.account.context.statements, self.account.context.packs);
        match cause {
            ConstraintCause::Hours(hit) => {
                let Some(hours) = statements.hours.get(hit.number) else { return String::new() };
                let because =
                    packs.get(hours.pack).and_then(|pack| pack.hours.get(hours.index_in_pack)?.because.as_ref());
                let reason = self.because(because, hit);
                let (over, open) = (phrases::over(input.channel), phrases::hours(&hours.what.text));
                format!("No {over} outside {open}{}", phrases::quoted(reason.as_deref()))
            }
            ConstraintCause::OwnHours => {
                format!("{who} can be reached {}", phrases::hours(input.person.hours.unwrap_or_default()))
            }
            ConstraintCause::Seller(seller) => {
                let rep = seller.rep.and_then(|rep| self.account.records.reps().get(rep));
                let called = rep.map(|rep| rep.name.as_deref().unwrap_or(&rep.id));
                format!("{} is not at work then", called.or(self.lead.owner.as_deref()).unwrap_or_default())
            }
            ConstraintCause::Limit(hit) => {
                let Some(limit) = statements.limits.get(hit.number) else { return String::new() };
                let because =
                    packs.get(limit.pack).and_then(|pack| pack.limits.get(limit.index_in_pack)?.because.as_ref());
                let channel = match limit.channels {
                    Channels::Any => None,
                    Channels::One(channel) => Some(channel),
                };
                let rate = phrases::rate(limit.what.most, channel, limit.what.per);
                let across = match limit.what.across {
                    Scope::Person => format!("for {who}"),
                    Scope::Lead => "for this lead".to_owned(),
                    Scope::Account => "for the whole account".to_owned(),
                };
                let reason = self.because(because, hit);
                format!("No more than {rate} {across}{}", phrases::quoted(reason.as_deref()))
            }
            ConstraintCause::Pause(hit, last) => {
                let Some(pause) = statements.pauses.get(hit.number) else { return String::new() };
                let because =
                    packs.get(pause.pack).and_then(|pack| pack.pauses.get(pause.index_in_pack)?.because.as_ref());
                let ago: Duration = input.profile.now - last;
                let reason = self.because(because, hit);
                format!(
                    "A rest of {} since the last contact, {ago} ago{}",
                    pause.what,
                    phrases::quoted(reason.as_deref())
                )
            }
        }
    }
}
