//! An advice against what an example expects.

use std::sync::Arc;

use crate::book::Book;
use crate::book::value::Value;
use crate::book::vocabulary::nearest;
use crate::calendar::{Duration, Instant};
use crate::decide::advice::{Advice, Verdict};
use crate::decide::explain::vocabulary;
use crate::pack::example::Expected;
use crate::pack::statements::Pack;
use crate::pack::touch::{Action, Lapse, Target, Touch};
use crate::wording::Sentence;

/// What differs between the advice and what is expected; empty when nothing does.
pub(super) fn differences(expected: &Expected, advice: &Advice, book: &Book, pack: &Pack) -> Vec<Sentence> {
    let expected = match expected {
        Expected::Hold if advice.verdict == Verdict::Hold => return Vec::new(),
        Expected::Hold => return vec![Sentence::new("example-hold")],
        Expected::Touch(touch) => touch,
    };
    let came = advice.touch.as_ref();
    let same_action = match &expected.action {
        Action::Wait => advice.verdict == Verdict::Wait,
        Action::Contact(channel) => came.is_some_and(|touch| touch.channel == Some(*channel)),
        Action::Answer => came.is_some_and(|touch| touch.answers.is_some()),
        Action::Find(role) => came.is_some_and(|touch| touch.find == Some(*role)),
        Action::HandOver(team) => came.is_some_and(|touch| touch.hand_over.as_deref() == Some(&**team)),
    };
    let mut differs: Vec<Sentence> =
        expected.by.as_deref().and_then(|by| differing_rule(by, advice, pack)).into_iter().collect();
    if !same_action {
        differs.insert(0, expected_action(&expected.action));
        return differs;
    }
    let Some(came) = came else { return differs };
    if let Some(target) = &expected.to {
        let person = came.person.as_ref().map(|person| person.id.as_str());
        if !is_target(target, person, book) {
            differs.push(match target {
                Target::Role(role) => Sentence::new("example-for-role").with("role", vocabulary::role(*role)),
                Target::Person(id) => Sentence::new("example-for-person").with("person", &**id),
            });
        }
    }
    let offered = || expected.offers.iter().any(|one| Some(&**one) == came.offer.as_deref());
    let offer = expected.offers.first().filter(|_| !offered());
    differs.extend(differing_text(["example-offer", "example-offer-none"], offer, came.offer.as_deref()));
    differs.extend(differing_text(["example-ask", "example-ask-none"], expected.ask.as_ref(), came.ask.as_deref()));
    differs.extend(came.window.as_ref().and_then(|window| differing_time(expected, advice.now, window.from)));
    differs
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

/// `.by("Price page again")`: the rule or cadence that must win.
fn differing_rule(expected: &str, advice: &Advice, pack: &Pack) -> Option<Sentence> {
    let came = advice.rule.as_ref().map(|rule| rule.name.as_str());
    if came == Some(expected) {
        return None;
    }
    let known = pack.rules.iter().map(|rule| &rule.name).chain(pack.cadences.iter().map(|one| &one.name));
    if known.clone().all(|name| name != expected) {
        let meant = nearest(expected, known.map(String::as_str)).map(|meant| format!("\"{meant}\""));
        return Some(Sentence::new("example-by-unknown").with("rule", expected).or_did_you_mean(meant));
    }
    let Some(came) = came else { return Some(Sentence::new("example-by-none").with("rule", expected)) };
    let sentence = Sentence::new("example-by").with("rule", expected).with("came", came);
    Some(match advice.runners_up.iter().find(|one| one.rule.name == expected) {
        Some(lost) => Sentence::new("example-by-lost").with("sentence", sentence).with("why", lost.lost_by.to_string()),
        None => sentence,
    })
}

/// `keys` are the sentences of another text and of no text.
fn differing_text(keys: [&'static str; 2], expected: Option<&Arc<str>>, came: Option<&str>) -> Option<Sentence> {
    let expected = expected.map(|text| &**text).filter(|text| Some(*text) != came)?;
    let [other, none] = keys;
    Some(match came {
        Some(came) => Sentence::new(other).with("expected", expected).with("came", came),
        None => Sentence::new(none).with("expected", expected),
    })
}

/// `from` is when the touch begins.
fn differing_time(expected: &Touch, now: Instant, from: Instant) -> Option<Sentence> {
    let moment = |lapse: Lapse| match lapse {
        // An example has no reps whose working hours could be counted. A length of working time lasts at least as long by the clock.
        Lapse::Clock(length) | Lapse::Working(length) => now + length,
        Lapse::WorkingDays(days) => now + Duration::DAY.times(days).unwrap_or_default(),
    };
    if let Some(before) = expected.before.filter(|before| from >= *before) {
        return Some(
            Sentence::new("example-before").with("expected", before.to_string()).with("came", from.to_string()),
        );
    }
    let from_now = |key, expected: Instant| {
        let length = |until: Instant| Value::Length(until - now).in_rule();
        Sentence::new(key).with("expected", length(expected)).with("came", length(from))
    };
    if let Some(end) = expected.within.map(moment).filter(|end| from >= *end) {
        return Some(from_now("example-within", end));
    }
    expected.after.map(moment).filter(|start| from < *start).map(|start| from_now("example-after", start))
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
