//! An advice against what an example expects.
//!
//! * A touch names what must be so and nothing else.
//! * `by("...")` names the rule or cadence that must speak, `reason("...")` is a part of the reason for the rep.
//! * `blocked_by("...")` names a policy or rule that must have stopped or moved something ([`policies`](crate::examples::policies)).
//! * `since(...)` and `due(...)` are when the reason of the touch began and when it is due, to the millisecond.
//! * `not` before any of them asks for the opposite. A name that nothing has is a difference either way, so that a slip in it cannot pass.

use std::sync::Arc;

use crate::book::Book;
use crate::book::value::Value;
use crate::book::vocabulary::nearest;
use crate::calendar::{Duration, Instant, Zone};
use crate::decide::Decider;
use crate::decide::advice::{Advice, AdvisedTouch, Verdict};
use crate::decide::explain::vocabulary;
use crate::examples::policies;
use crate::pack::Pack;
use crate::pack::example::{ExampleCase, Expectation, Expected, ExpectedMoment};
use crate::pack::touch::{Action, Lapse, Target, Touch};
use crate::wording::Sentence;

/// One thing that is expected, beside what came.
pub(super) struct Compared {
    /// What it is about, as one stable word.
    pub(super) aspect: &'static str,
    /// What is expected.
    pub(super) expected: Sentence,
    /// What came.
    pub(super) came: Sentence,
    /// Why it is not as expected; `None` when it is.
    pub(super) differs: Option<Sentence>,
}

/// What a case expects, beside the advice that came.
pub(super) fn compare(
    case: &ExampleCase,
    advice: &Advice,
    book: &Book,
    pack: &Pack,
    decider: &mut Decider<'_>,
) -> Vec<Compared> {
    let mut all = Vec::new();
    for expectation in &case.expected {
        if let Some((aspect, unknown)) = unknown_name(&expectation.what, pack, decider) {
            let (expected, came) = (Sentence::as_is(&*expectation.written), nothing());
            all.push(Compared { aspect, expected, came, differs: Some(unknown) });
            continue;
        }
        let compared = match &expectation.what {
            Expected::Hold => vec![hold(advice)],
            Expected::Touch(touch) => touch_parts(touch, advice, book),
            Expected::By(name) => vec![rule(name, advice)],
            Expected::BlockedBy(name) => vec![blocked(name, advice, pack, decider)],
            Expected::Reason(part) => vec![reason(part, advice)],
            Expected::Since(moment) => {
                let since = advice.touch.as_ref().and_then(|touch| touch.since);
                vec![moment_of("since", ["example-since", "example-since-none"], *moment, since, advice)]
            }
            Expected::Due(moment) => {
                let due = advice.touch.as_ref().and_then(|touch| touch.due);
                vec![moment_of("due", ["example-due", "example-due-none"], *moment, due, advice)]
            }
        };
        if expectation.negated {
            all.extend(opposite(expectation, compared));
        } else {
            all.extend(compared);
        }
    }
    all
}

/// What must not be so: it differs from what came in something.
fn opposite(expectation: &Expectation, compared: Vec<Compared>) -> Option<Compared> {
    let is_so = compared.iter().all(|one| one.differs.is_none());
    let differing = compared.iter().position(|one| one.differs.is_some()).unwrap_or_default();
    let Compared { aspect, came, .. } = compared.into_iter().nth(differing)?;
    let written = &*expectation.written;
    let written = written.strip_prefix("not ").unwrap_or(written);
    let differs = is_so.then(|| Sentence::new("example-not").with("written", written));
    Some(Compared { aspect, expected: Sentence::new("not-so").with("written", written), came, differs })
}

/// Why no advice can meet an expectation: nothing in the pack has the name that it gives. With the aspect that it is about.
fn unknown_name(expected: &Expected, pack: &Pack, decider: &Decider<'_>) -> Option<(&'static str, Sentence)> {
    let rule = match expected {
        Expected::By(name) => name,
        Expected::Touch(touch) => touch.by.as_ref()?,
        Expected::BlockedBy(name) => return policies::unknown(name, pack, decider).map(|why| ("blocked", why)),
        _ => return None,
    };
    let known = pack.rules.iter().map(|rule| &rule.name).chain(pack.cadences.iter().map(|one| &one.name));
    if known.clone().any(|name| **name == **rule) {
        return None;
    }
    let meant = nearest(rule, known.map(String::as_str)).map(|meant| format!("\"{meant}\""));
    Some(("rule", Sentence::new("example-by-unknown").with("rule", &**rule).or_did_you_mean(meant)))
}

fn hold(advice: &Advice) -> Compared {
    let differs = (advice.verdict != Verdict::Hold).then(|| Sentence::new("example-hold"));
    Compared { aspect: "action", expected: Sentence::as_is("hold"), came: action(advice), differs }
}

/// What an expected touch says, part by part. When another action came, only that and the rule are compared.
fn touch_parts(expected: &Touch, advice: &Advice, book: &Book) -> Vec<Compared> {
    let came = advice.touch.as_ref();
    let same_action = match &expected.action {
        Action::Wait => advice.verdict == Verdict::Wait,
        Action::Contact(channel) => came.is_some_and(|touch| touch.channel == Some(*channel)),
        Action::Answer => came.is_some_and(|touch| touch.answers.is_some()),
        Action::Find(role) => came.is_some_and(|touch| touch.find == Some(*role)),
        Action::HandOver(team) => came.is_some_and(|touch| touch.hand_over.as_deref() == Some(&**team)),
    };
    let mut all = vec![Compared {
        aspect: "action",
        expected: Sentence::as_is(action_word(&expected.action)),
        came: action(advice),
        differs: (!same_action).then(|| expected_action(&expected.action)),
    }];
    all.extend(expected.by.as_deref().map(|by| rule(by, advice)));
    let Some(came) = came.filter(|_| same_action) else { return all };
    all.extend(expected.to.as_ref().map(|target| person(target, came, book)));
    if let Some(first) = expected.offers.first() {
        let offered = expected.offers.iter().find(|one| Some(&***one) == came.offer.as_deref()).unwrap_or(first);
        all.push(text("offer", ["example-offer", "example-offer-none"], offered, came.offer.as_deref()));
    }
    if let Some(ask) = &expected.ask {
        all.push(text("question", ["example-ask", "example-ask-none"], ask, came.ask.as_deref()));
    }
    let begins = came.window.as_ref().map(|window| window.from);
    all.extend(begins.into_iter().flat_map(|from| begins_parts(expected, advice, from)));
    all
}

fn person(target: &Target, came: &AdvisedTouch, book: &Book) -> Compared {
    let id = came.person.as_ref().map(|person| person.id.as_str());
    let (word, differs) = match target {
        Target::Role(role) => (role.word(), Sentence::new("example-for-role").with("role", vocabulary::role(*role))),
        Target::Person(id) => (&**id, Sentence::new("example-for-person").with("person", &**id)),
    };
    Compared {
        aspect: "person",
        expected: Sentence::as_is(word),
        came: id.map_or_else(nothing, Sentence::as_is),
        differs: (!is_target(target, id, book)).then_some(differs),
    }
}

fn is_target(target: &Target, person: Option<&str>, book: &Book) -> bool {
    let Some(id) = person else { return false };
    match target {
        Target::Person(wanted) => **wanted == *id,
        Target::Role(role) => {
            let people = book.lead(0).map(|lead| lead.people).unwrap_or_default();
            people.iter().any(|person| person.id == id && person.roles.contains(role))
        }
    }
}

/// `by("Price page again")`: the rule or cadence that must speak.
fn rule(expected: &str, advice: &Advice) -> Compared {
    let came = advice.rule.as_ref().map(|rule| rule.name.as_str());
    let differs = match came {
        Some(came) if came == expected => None,
        None => Some(Sentence::new("example-by-none").with("rule", expected)),
        Some(came) => {
            let sentence = Sentence::new("example-by").with("rule", expected).with("came", came);
            Some(match advice.runners_up.iter().find(|one| one.rule.name == expected) {
                Some(lost) => {
                    Sentence::new("example-by-lost").with("sentence", sentence).with("why", lost.lost_by.to_string())
                }
                None => sentence,
            })
        }
    };
    Compared {
        aspect: "rule",
        expected: Sentence::as_is(expected),
        came: came.map_or_else(nothing, Sentence::as_is),
        differs,
    }
}

/// `reason("looked at prices")`: a part of the reason.
fn reason(part: &str, advice: &Advice) -> Compared {
    let came = advice.reason.as_str();
    let differs = (!came.contains(part)).then(|| Sentence::new("example-reason").with("part", part).with("came", came));
    Compared { aspect: "reason", expected: Sentence::as_is(part), came: Sentence::as_is(came), differs }
}

/// `blocked_by("limit phone 2 per 7.days")`: what must have stopped or moved something.
fn blocked(name: &str, advice: &Advice, pack: &Pack, decider: &mut Decider<'_>) -> Compared {
    let mut came: Vec<&str> = Vec::new();
    for block in &advice.blocks {
        let by = block.by.as_ref().map_or(block.policy, |by| by.name.as_str());
        if !came.contains(&by) {
            came.push(by);
        }
    }
    let is_blocked = policies::is_blocked_by(name, advice, pack, decider);
    let differs = match came.is_empty() {
        true => Sentence::new("example-blocked-by-none"),
        false => Sentence::new("example-blocked-by").with("came", came.join(", ")),
    };
    let came = match (is_blocked, came.is_empty()) {
        (true, _) => Sentence::as_is(name),
        (false, true) => nothing(),
        (false, false) => Sentence::as_is(came.join(", ")),
    };
    let differs = (!is_blocked).then(|| differs.with("name", name));
    Compared { aspect: "blocked", expected: Sentence::as_is(name), came, differs }
}

/// `since(...)` or `due(...)`. `keys` are the sentences of another moment and of none.
fn moment_of(
    aspect: &'static str,
    [other, none]: [&'static str; 2],
    expected: ExpectedMoment,
    came: Option<Instant>,
    advice: &Advice,
) -> Compared {
    let expected = expected.at(advice.now);
    let written = local(expected, advice);
    let differs = match came {
        Some(came) if came == expected => None,
        Some(came) => Some(Sentence::new(other).with("expected", &*written).with("came", local(came, advice))),
        None => Some(Sentence::new(none).with("expected", &*written)),
    };
    let came = came.map_or_else(nothing, |came| Sentence::as_is(local(came, advice)));
    Compared { aspect, expected: Sentence::as_is(written), came, differs }
}

/// A moment in the local time of the advice.
fn local(moment: Instant, advice: &Advice) -> String {
    let window = advice.touch.as_ref().and_then(|touch| touch.window.as_ref()).map(|window| window.zone.as_str());
    let zone = window.or(advice.review_zone.as_deref()).and_then(|zone| Zone::parse(zone).ok());
    zone.map_or_else(|| moment.to_string(), |zone| zone.local(moment).to_string())
}

/// `keys` are the sentences of another text and of no text.
fn text(aspect: &'static str, [other, none]: [&'static str; 2], expected: &Arc<str>, came: Option<&str>) -> Compared {
    let differs = match came {
        Some(came) if came == &**expected => None,
        Some(came) => Some(Sentence::new(other).with("expected", &**expected).with("came", came)),
        None => Some(Sentence::new(none).with("expected", &**expected)),
    };
    let came = came.map_or_else(nothing, Sentence::as_is);
    Compared { aspect, expected: Sentence::as_is(&**expected), came, differs }
}

/// What an expected touch says of when it begins; `from` is when it does.
fn begins_parts(expected: &Touch, advice: &Advice, from: Instant) -> Vec<Compared> {
    let now = advice.now;
    let moment = |lapse: Lapse| match lapse {
        // By the clock, whoever works when: a length of working time lasts at least as long.
        Lapse::Clock(length) | Lapse::Working(length) => now + length,
        Lapse::WorkingDays(days) => now + Duration::DAY.times(days).unwrap_or_default(),
    };
    let from_now = |key, expected: Instant| {
        let length = |until: Instant| Value::Length(until - now).in_rule();
        Sentence::new(key).with("expected", length(expected)).with("came", length(from))
    };
    let before = expected.before.map(|end| {
        let sentence = Sentence::new("example-before").with("expected", end.to_string()).with("came", from.to_string());
        ("begins-before", end, (from >= end).then_some(sentence))
    });
    let within = expected
        .within
        .map(moment)
        .map(|end| ("begins-before", end, (from >= end).then(|| from_now("example-within", end))));
    let after = expected
        .after
        .map(moment)
        .map(|start| ("begins-after", start, (from < start).then(|| from_now("example-after", start))));
    let parts = before.into_iter().chain(within).chain(after);
    let compared = parts.map(|(key, at, differs)| Compared {
        aspect: "begins",
        expected: Sentence::new(key).with("moment", local(at, advice)),
        came: Sentence::as_is(local(from, advice)),
        differs,
    });
    compared.collect()
}

/// What stands for something that did not come.
fn nothing() -> Sentence {
    Sentence::new("example-nothing")
}

/// What an advice says to do, in the words of the rule language.
fn action(advice: &Advice) -> Sentence {
    let done = advice.touch.as_ref().and_then(|touch| {
        let find = touch.find.map(Action::Find);
        let hand_over = touch.hand_over.as_deref().map(|team| Action::HandOver(team.into()));
        find.or(hand_over).or(touch.channel.map(Action::Contact))
    });
    match advice.verdict {
        Verdict::Hold => Sentence::as_is("hold"),
        _ => Sentence::as_is(action_word(&done.unwrap_or(Action::Wait))),
    }
}

/// An action in the words of the rule language.
fn action_word(action: &Action) -> String {
    match action {
        Action::Wait => "wait".to_owned(),
        Action::Contact(channel) => channel.word().to_owned(),
        Action::Answer => "answer".to_owned(),
        Action::Find(role) => format!("find(\"{role}\")"),
        Action::HandOver(team) => format!("hand_over(\"{team}\")"),
    }
}

/// The sentence that the advice has another action than the expected one.
fn expected_action(action: &Action) -> Sentence {
    match action {
        Action::Wait => Sentence::new("example-wait"),
        Action::Contact(channel) => Sentence::new("example-channel").with("channel", channel.word()),
        Action::Answer => Sentence::new("example-answer"),
        Action::Find(role) => Sentence::new("example-find").with("role", vocabulary::role(*role)),
        Action::HandOver(team) => Sentence::new("example-hand-over").with("team", &**team),
    }
}
