//! Why this moment and not sooner.

use crate::calendar::Zone;
use crate::calendar::in_words::moment;
use crate::decide::advice::RuleRef;
use crate::decide::context::placement::Placement;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::PolicyHit;
use crate::decide::explain::blocks::REP_AWAY;
use crate::decide::explain::rep_notes::CONTACTED_ELSEWHERE;
use crate::decide::explain::zones::narrowed_by_zones;
use crate::decide::explain::{AdviceWriter, opening_hours, vocabulary};
use crate::decide::gates::GateInput;
use crate::decide::gates::constraints::{ConstraintCause, best_hour, constraints};
use crate::decide::gates::policy::schedule_request;
use crate::evaluate::matching::sentence;
use crate::pack::Pack;
use crate::pack::expression::Clause;
use crate::pack::policies::{Channels, Scope};
use crate::wording::{Arg, Sentence};

impl ConstraintCause {
    /// The policy, as one stable word.
    pub(crate) const fn policy(self) -> &'static str {
        match self {
            Self::Hours(_) | Self::OwnHours | Self::RuleHours => "reachable",
            Self::Seller(_) => REP_AWAY,
            Self::Limit(_) => "limit",
            Self::Pause(..) => "pause",
            Self::Away(_) => "away",
            Self::Promised(_) => "promised",
            Self::ElsewhereThatDay(_) => CONTACTED_ELSEWHERE,
            Self::ConsentEnds(_) => "consent-ends",
            Self::LawStarts(_) => "law-starts",
        }
    }
}

impl AdviceWriter<'_, '_> {
    /// Why a touch is placed when it is.
    pub(crate) fn why_then(&self, input: &GateInput<'_, '_>, placement: Placement, zone: Zone) -> String {
        let mut unused = ReviewTracker::new(self.group.context.now);
        let request = schedule_request(input, zone, &mut unused);
        let best = best_hour(input, zone);
        let slot = placement.slot;
        let by_hour = match &best {
            Some(best) => {
                let key = if best.contains(slot.from) { "moment-best" } else { "moment-near-best" };
                Some(Sentence::new(key).with("hour", format!("{:02}", best.hour())))
            }
            None if input.touch().at_best => Some(Sentence::new("moment-no-evidence")),
            None => None,
        };
        let delay = || {
            // Of all that is closed at the start, what opens last.
            let constraints = constraints(input, placement.seller, request.search_end());
            let closed = constraints.iter().filter(|one| !one.open.contains(request.start));
            let last = closed.max_by_key(|one| one.open.first_at_or_after(request.start));
            last.map(|one| self.cause(input, one.cause))
        };
        let start = if slot.from > request.start && best.is_none() {
            let cause = delay().map(|cause| Sentence::new("moment-not-sooner").with("cause", cause));
            Some(cause.unwrap_or_else(|| Sentence::new("moment-first")))
        } else if let Some(due) = input.starts_at.filter(|due| *due > input.profile.now) {
            Some(Sentence::new("moment-due").with("moment", moment(due, zone)))
        } else if request.start > input.profile.now {
            Some(Sentence::new("moment-rule-waits"))
        } else if slot.from == input.profile.now {
            Some(Sentence::new("moment-now"))
        } else {
            None
        };
        let was_due = input.promise.filter(|_| slot.late).map(|promise| moment(promise.due, zone));
        let late = was_due.map(|due| Sentence::new("moment-late").with("due", due));
        let zones = narrowed_by_zones(input, placement.seller, (&request, slot)).map(|country| {
            let who = self.called(input.person_index);
            Sentence::new("moment-all-zones").with("country", self.country(country)).with("who", who)
        });
        let parts = [late, by_hour, start, zones].into_iter().flatten();
        let why = parts.reduce(|first, second| Sentence::new("then-also").with("first", first).with("second", second));
        why.map_or_else(String::new, |why| self.capitalised(&why))
    }

    /// The statement that a restriction comes from.
    pub(crate) fn by(&self, cause: ConstraintCause) -> Option<&RuleRef> {
        let statements = &self.group.context.statements;
        match cause {
            ConstraintCause::Hours(hit) => statements.hours.get(hit.number).map(|hours| &hours.by),
            ConstraintCause::Limit(hit) => statements.limits.get(hit.number).map(|limit| &limit.by),
            ConstraintCause::Pause(hit, _) => statements.pauses.get(hit.number).map(|pause| &pause.by),
            ConstraintCause::OwnHours
            | ConstraintCause::RuleHours
            | ConstraintCause::Seller(_)
            | ConstraintCause::Away(_)
            | ConstraintCause::Promised(_)
            | ConstraintCause::ElsewhereThatDay(_)
            | ConstraintCause::ConsentEnds(_)
            | ConstraintCause::LawStarts(_) => None,
        }
    }

    /// Whether it is law.
    pub(crate) fn is_hard(&self, cause: ConstraintCause) -> bool {
        let statements = &self.group.context.statements;
        match cause {
            ConstraintCause::Hours(hit) => statements.hours.get(hit.number).is_some_and(|hours| hours.hard),
            ConstraintCause::Limit(hit) => statements.limits.get(hit.number).is_some_and(|limit| limit.hard),
            ConstraintCause::Pause(hit, _) => statements.pauses.get(hit.number).is_some_and(|pause| pause.hard),
            ConstraintCause::OwnHours
            | ConstraintCause::RuleHours
            | ConstraintCause::Seller(_)
            | ConstraintCause::Away(_)
            | ConstraintCause::Promised(_)
            | ConstraintCause::ElsewhereThatDay(_) => false,
            ConstraintCause::ConsentEnds(_) | ConstraintCause::LawStarts(_) => true,
        }
    }

    /// The `because` of a policy of a pack.
    pub(crate) fn policy_reason(&self, pack: &Pack, because: Option<&Clause>, hit: PolicyHit) -> Option<String> {
        sentence(pack, because, &self.cx.for_person(hit.person))
    }

    /// A restriction as a sentence that can stand inside another.
    pub(crate) fn cause(&self, input: &GateInput<'_, '_>, cause: ConstraintCause) -> Sentence {
        let who = self.called(input.person_index);
        let (statements, packs) = (&self.group.context.statements, self.group.context.packs);
        let hours_text = |notation: &str| opening_hours::in_words(notation, self.options.language);
        match cause {
            ConstraintCause::Hours(hit) => {
                let Some(hours) = statements.hours.get(hit.number) else { return Sentence::as_is("") };
                let reason = packs.get(hours.pack).and_then(|pack| {
                    self.policy_reason(pack, pack.hours.get(hours.index_in_pack)?.because.as_ref(), hit)
                });
                let closed = Sentence::new("cause-hours")
                    .with("over", vocabulary::contacts(input.channel))
                    .with("hours", hours_text(&hours.what.text));
                with_reason(closed, reason)
            }
            ConstraintCause::OwnHours => Sentence::new("cause-own-hours")
                .with("who", who)
                .with("hours", hours_text(input.person.hours.unwrap_or_default())),
            ConstraintCause::RuleHours => Sentence::new("cause-rule-hours")
                .with("hours", hours_text(input.touch().between.as_deref().unwrap_or_default())),
            ConstraintCause::Seller(seller) => Sentence::new("cause-rep").with("rep", self.rep_called(seller)),
            ConstraintCause::Limit(hit) => {
                let Some(limit) = statements.limits.get(hit.number) else { return Sentence::as_is("") };
                let reason = packs.get(limit.pack).and_then(|pack| {
                    self.policy_reason(pack, pack.limits.get(limit.index_in_pack)?.because.as_ref(), hit)
                });
                let rate = match limit.channels {
                    Channels::Any => Sentence::new("rate"),
                    Channels::One(channel) => {
                        Sentence::new("rate-on-channel").with("channel", vocabulary::channel(channel))
                    }
                };
                let across = match limit.what.across {
                    Scope::Person => Sentence::new("across-person").with("who", who),
                    Scope::Lead => Sentence::new("across-lead"),
                    Scope::Account => Sentence::new("across-account"),
                };
                let rate = rate.with("most", limit.what.most).with("per", limit.what.per);
                with_reason(Sentence::new("cause-limit").with("rate", rate).with("across", across), reason)
            }
            ConstraintCause::Pause(hit, last) => {
                let Some(pause) = statements.pauses.get(hit.number) else { return Sentence::as_is("") };
                let reason = packs.get(pause.pack).and_then(|pack| {
                    self.policy_reason(pack, pack.pauses.get(pause.index_in_pack)?.because.as_ref(), hit)
                });
                let rest = Sentence::new("cause-pause").with("rest", pause.what);
                with_reason(rest.with("ago", input.profile.now - last), reason)
            }
            ConstraintCause::Away(until) => {
                Sentence::new("cause-away").with("who", who).with("moment", moment(until, clock(input)))
            }
            ConstraintCause::Promised(at) => {
                Sentence::new("cause-promised").with("who", who).with("moment", moment(at, clock(input)))
            }
            ConstraintCause::ElsewhereThatDay(contact) => {
                self.contact_elsewhere("cause-contacted-elsewhere", who, &contact, clock(input))
            }
            ConstraintCause::ConsentEnds(end) => Sentence::new("cause-consent-ends")
                .with("who", who)
                .with("channel", vocabulary::channel(input.channel))
                .with("end", moment(end, clock(input))),
            ConstraintCause::LawStarts(start) => {
                let starts = |pack: &&Pack| pack.about.hard && pack.about.valid_from == Some(start);
                let pack = packs.iter().find(starts).map_or("", |pack| pack.about.name.as_str());
                Sentence::new("cause-law-starts").with("pack", pack).with("start", moment(start, clock(input)))
            }
        }
    }
}

/// The zone in which moments are told to whoever contacts the person.
pub(super) fn clock(input: &GateInput<'_, '_>) -> Zone {
    input.person.place.location.clock().unwrap_or(Zone::UTC)
}

/// A sentence with the reason that its author gave, where they gave one.
fn with_reason(sentence: Sentence, reason: Option<String>) -> Sentence {
    match reason {
        Some(reason) => Sentence::new("with-reason")
            .with("sentence", Arg::Sentence(sentence))
            .with("reason", reason.trim_end_matches('.')),
        None => sentence,
    }
}
