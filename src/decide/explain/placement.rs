//! Why this moment and not sooner, in words.

use crate::calendar::{Duration, Zone};
use crate::decide::advice::RuleRef;
use crate::decide::context::placement::Placement;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::PolicyHit;
use crate::decide::explain::{AdviceWriter, phrases};
use crate::decide::gates::GateInput;
use crate::decide::gates::policy::{ConstraintCause, ask, best, constraints};
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
    pub(crate) fn why(&self, asking: &GateInput<'_, '_>, placed: Placement, zone: Zone) -> String {
        let mut unheard = ReviewTracker::new(self.desk.now);
        let ask = ask(asking, zone, &mut unheard);
        let best = best(asking, zone);
        let slot = placed.slot;
        let best_words = match &best {
            Some(best) => format!("the hour from {:02}:00 is when they answer most", best.hour(slot.from)),
            None if asking.touch().at_best => {
                "too few answers to know their best hour, so the first moment that is allowed".to_owned()
            }
            None => String::new(),
        };
        let delay = || {
            // Of all that is closed at the start, what opens last.
            let constraints = constraints(asking, placed.seller, ask.sight());
            let closed = constraints.iter().filter(|one| !one.open.contains(ask.start));
            let last = closed.max_by_key(|one| one.open.first_at_or_after(ask.start));
            last.map(|one| self.cause(asking, one.cause))
        };
        let moment = if slot.from > ask.start && best.is_none() {
            delay().map_or_else(
                || "the first moment that is allowed".to_owned(),
                |cause| format!("not sooner: {}", phrases::lower(&cause)),
            )
        } else if let Some(due) = asking.due.filter(|due| *due > asking.case.now) {
            format!("the step is due {}", phrases::moment(due, zone))
        } else if ask.start > asking.case.now {
            "the rule asks to wait until then".to_owned()
        } else if slot.from == asking.case.now {
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
        let statements = &self.desk.statements;
        match cause {
            ConstraintCause::Hours(says) => statements.hours.get(says.nth).map(|hours| &hours.by),
            ConstraintCause::Limit(says) => statements.limits.get(says.nth).map(|limit| &limit.by),
            ConstraintCause::Pause(says, _) => statements.pauses.get(says.nth).map(|pause| &pause.by),
            ConstraintCause::OwnHours | ConstraintCause::Seller(_) => None,
        }
    }

    /// Whether it is law.
    pub(crate) fn is_hard(&self, cause: ConstraintCause) -> bool {
        let statements = &self.desk.statements;
        match cause {
            ConstraintCause::Hours(says) => statements.hours.get(says.nth).is_some_and(|hours| hours.hard),
            ConstraintCause::Limit(says) => statements.limits.get(says.nth).is_some_and(|limit| limit.hard),
            ConstraintCause::Pause(says, _) => statements.pauses.get(says.nth).is_some_and(|pause| pause.hard),
            ConstraintCause::OwnHours | ConstraintCause::Seller(_) => false,
        }
    }

    /// The sentence of a policy.
    pub(crate) fn because(&self, because: Option<&Clause>, says: PolicyHit) -> Option<String> {
        if says.told {
            self.sentence_of(because, says.person)
        } else {
            Some("It could not be told whether this holds, and law counts as holding".to_owned())
        }
    }

    /// A restriction in words.
    pub(crate) fn cause(&self, asking: &GateInput<'_, '_>, cause: ConstraintCause) -> String {
        let who = self.called(asking.person);
        let (statements, packs) = (&self.desk.statements, self.desk.packs);
        match cause {
            ConstraintCause::Hours(says) => {
                let Some(hours) = statements.hours.get(says.nth) else { return String::new() };
                let because = packs.get(hours.pack).and_then(|pack| pack.hours.get(hours.nth)?.because.as_ref());
                let reason = self.because(because, says);
                let (over, open) = (phrases::over(asking.channel), phrases::hours(&hours.what.text));
                format!("No {over} outside {open}{}", phrases::quoted(reason.as_deref()))
            }
            ConstraintCause::OwnHours => {
                format!("{who} can be reached {}", phrases::hours(asking.member.hours.unwrap_or_default()))
            }
            ConstraintCause::Seller(seller) => {
                let rep = seller.rep.and_then(|rep| self.desk.book.reps().get(rep));
                let called = rep.map(|rep| rep.name.as_deref().unwrap_or(&rep.id));
                format!("{} is not at work then", called.or(self.lead.owner.as_deref()).unwrap_or_default())
            }
            ConstraintCause::Limit(says) => {
                let Some(limit) = statements.limits.get(says.nth) else { return String::new() };
                let because = packs.get(limit.pack).and_then(|pack| pack.limits.get(limit.nth)?.because.as_ref());
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
                let reason = self.because(because, says);
                format!("No more than {rate} {across}{}", phrases::quoted(reason.as_deref()))
            }
            ConstraintCause::Pause(says, last) => {
                let Some(pause) = statements.pauses.get(says.nth) else { return String::new() };
                let because = packs.get(pause.pack).and_then(|pack| pack.pauses.get(pause.nth)?.because.as_ref());
                let ago: Duration = asking.case.now - last;
                let reason = self.because(because, says);
                format!(
                    "A rest of {} since the last contact, {ago} ago{}",
                    pause.what,
                    phrases::quoted(reason.as_deref())
                )
            }
        }
    }
}
